"""Names of theano.printing and theano.tensor.inplace that identify things, or are other names of functions."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import printing


def test_digests_tell_arrays_apart() -> None:
    x = np.arange(6.0).reshape(2, 3)
    digests = {printing.hex_digest(a) for a in (x, x.copy(), x.T, x.reshape(3, 2), x + 1)}
    assert len(digests) == 4
    assert printing.hex_digest(x).endswith("|strides=[24,8]|shape=[2,3]")
    with pytest.raises(AssertionError, match="takes an array"):
        printing.hex_digest([1])


def test_texts_that_every_process_writes_alike() -> None:
    x = T.dmatrix("x")
    assert (
        printing.position_independent_str(x + 1)
        == "TensorVariable(TensorType(broadcastable=(False, False),dtype=float64))"
    )
    with pytest.raises(NotImplementedError):
        printing.position_independent_str(theano.gof.generic())
    y = T.exp(x)
    assert (
        printing.var_descriptor(y * y)
        == "*1 -> Elemwise{mul,no_inplace}(*2 -> Elemwise{exp,no_inplace}(*3 -> x), <*2>)"
    )
    same = [printing.var_descriptor(T.exp(T.dmatrix("x")) + T.constant([1.0, 2.0])) for _ in range(2)]
    assert same[0] == same[1]
    assert "shape=[2]" in same[0]


def test_a_printer_of_the_user_s_own() -> None:
    class Braces:
        def process(self, output, pstate):
            inner = pstate.clone(precedence=-1000)
            assert inner.precedence == -1000
            return "{%s}" % pstate.pprinter.process(output.owner.inputs[0], inner)  # noqa: UP031

    x = T.dvector("x")
    printer = printing.pprint.clone_assign(
        lambda pstate, r: r.owner is not None and r.owner.op == T.exp, Braces()
    )
    assert printer(T.exp(x) + 1) == "({x} + TensorConstant{1})"
    assert theano.pp(T.exp(x)) == "exp(x)"
    assert printing.PrinterState({"a": 1}, b=2).clone({"c": 3}, d=4).__dict__ == {
        "memo": {},
        "a": 1,
        "b": 2,
        "c": 3,
        "d": 4,
    }


@pytest.mark.parametrize("backend", ["python", "llvm"])
def test_inplace_names_compute_the_same_and_destroy_nothing(backend) -> None:
    from theano.tensor import inplace

    x, y = T.dmatrices("xy")
    value = np.array([[1.0, 2.0], [3.0, 4.0]])
    outputs = [
        inplace.add_inplace(x, y),
        inplace.exp_inplace(x),
        inplace.transpose_inplace(x),
        inplace.fill_inplace(x, y),
        x,
    ]
    found = theano.function([x, y], outputs, mode=backend)(value, value + 1)
    for one, other in zip(found, [2 * value + 1, np.exp(value), value.T, value + 1, value], strict=True):
        np.testing.assert_allclose(one, other)
    assert str(inplace.add_inplace) == "Elemwise{add,inplace}"
    assert inplace.add_inplace.destroy_map == {0: [0]}
