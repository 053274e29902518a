"""pp writes variables as Theano 1.0.5 did."""

from __future__ import annotations

import pytest

import theano
import theano.tensor as T
from theano import printing

a, b, c = T.matrix("a"), T.vector("b"), T.scalar("c")
k, n = T.iscalar("k"), T.lvector("n")


@pytest.mark.parametrize(
    ("variable", "formula"),
    [
        (a - b * c, "(a - (b * c))"),
        ((-a) ** 2, "((-a) ** TensorConstant{2})"),
        (c - (1 - c), "(c - (TensorConstant{1} - c))"),
        (T.tanh(T.dot(a, b) + c), "tanh(((a \\dot b) + c))"),
        (T.outer(b, b), "(DimShuffle{0, x}(b) \\dot b)"),
        (T.dot(a, a.T), "(a \\dot a.T)"),
        (T.tensor3("t").T, "t.T"),
        (b.dimshuffle("x", 0, "x"), "DimShuffle{0, x}(b)"),
        (T.col("q").dimshuffle(0), "DimShuffle{0}(q)"),
        (a.dimshuffle("x", 1, 0), "a.T"),
        (T.concatenate([b, b]), "join(TensorConstant{0}, b, b)"),
        (T.tensor_copy(c), "c"),
        (theano.gradient.grad_clip(c, 0, 1) + theano.gradient.grad_scale(c, 2), "(GradClip(c) + GradScale(c))"),
        (a[0], "a[Constant{0}]"),
        (a[1:, ::2], "a[int64:, ::int64]"),
        (b[n], "AdvancedSubtensor1(b, n)"),
        (abs(c), "|c|"),
        (T.cast(c, "int32"), "int32(c)"),
        (a.mean(), "((Sum{acc_dtype=float64}(a) / float64(Shape(a))[Constant{0}]) / float64(Shape(a))[Constant{1}])"),
        (T.switch(T.gt(c, 0), c, -c), "switch(gt(c, TensorConstant{0}), c, (-c))"),
        (T.stack([c, c]), "[c, c]"),
        (T.zeros_like(b), "fill(b, TensorConstant{0.0})"),
        (T.alloc(c, 2, k), "alloc(c, TensorConstant{2}, k)"),
        (T.set_subtensor(b[0], c), "IncSubtensor{Set;int64}(b, c, Constant{0})"),
    ],
    ids=str,
)
def test_formulas(variable, formula):
    assert theano.pp(variable) == formula


def test_several_variables_and_their_inputs():
    assert theano.pp(c + 1, c * k) == "inputs: c, TensorConstant{1}, k\n(c + TensorConstant{1})\n(c * k)"
    assert printing.pp.process_graph([c], [c + 1], {c: c * 2}) == "(c + TensorConstant{1})\nc <- (c * TensorConstant{2})"


def test_printers_are_chosen_by_op_or_condition():
    own = printing.pp.clone_assign(T.exp, printing.PatternPrinter("e^{%(0)s}"))
    assert own(T.exp(c) + 1) == "(e^{c} + TensorConstant{1})" and theano.pp(T.exp(c)) == "exp(c)"
    own.assign(lambda pstate, v: v.name == "b", printing.LeafPrinter())
    own.assign(T.add, printing.FunctionPrinter("plus"))
    own.assign(T.neg, printing.IgnorePrinter())
    assert own(b + (-b)) == "plus(b, b)"


def test_a_long_formula_is_written():
    y = c
    for _ in range(5000):
        y = T.sin(y)
    assert theano.pp(y) == "sin(" * 5000 + "c" + ")" * 5000


def test_mistakes():
    with pytest.raises(ValueError, match="assoc must be one of"):
        printing.OperatorPrinter("+", 0, "both")
    with pytest.raises(TypeError, match="computed by no op"):
        printing.IgnorePrinter().process(c, printing.PrinterState(pprinter=printing.pp))
