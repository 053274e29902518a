"""Types of users, and the arithmetic of doubles and its rewrites that the documentation of Theano 1.0.5 builds up."""

from __future__ import annotations

import pickle
from dataclasses import dataclass

import numpy as np
import pytest
from theano.gof import toolbox

import theano
import theano.tensor as T
from theano import gof

backends = pytest.mark.parametrize("backend", ["python", "llvm"])


class Double(gof.Type):
    """Python's floats."""

    def filter(self, x, strict=False, allow_downcast=None):
        if strict:
            if isinstance(x, float):
                return x
            raise TypeError("Expected a float!")
        if allow_downcast:
            return float(x)
        converted = float(x)
        if converted != x:
            raise TypeError(f"The double type cannot accurately represent {x} of type {type(x)}")
        return converted

    def values_eq_approx(self, x, y, tolerance=1e-4):
        return abs(x - y) / (abs(x) + abs(y)) < tolerance

    def __str__(self):
        return "double"

    def __eq__(self, other):
        return type(self) is type(other)

    def __hash__(self):
        return hash(type(self))


double = Double()


class BinaryDoubleOp(gof.Op):
    __props__ = ("name", "fn")

    def __init__(self, name, fn):
        self.name, self.fn = name, fn

    def make_node(self, x, y):
        if isinstance(x, (int, float)):
            x = gof.Constant(double, x)
        if isinstance(y, (int, float)):
            y = gof.Constant(double, y)
        if x.type != double or y.type != double:
            raise TypeError(f"{self.name} only works on doubles")
        return gof.Apply(self, [x, y], [double()])

    def perform(self, node, inp, out):
        x, y = inp
        (z,) = out
        z[0] = self.fn(x, y)

    def __str__(self):
        return self.name


add = BinaryDoubleOp("add", lambda x, y: x + y)
sub = BinaryDoubleOp("sub", lambda x, y: x - y)
mul = BinaryDoubleOp("mul", lambda x, y: x * y)
div = BinaryDoubleOp("div", lambda x, y: x / y)


@backends
def test_arithmetic_of_doubles(backend) -> None:
    x, y = double("x"), double("y")
    f = theano.function([x, y], [mul(add(x, y), 2), sub(x, 1.0)], mode=backend)
    assert f(1.5, 2.5) == [8.0, 0.5]
    assert type(f(1, 2)[0]) is float
    with pytest.raises(TypeError, match="add only works on doubles"):
        add(x, T.dscalar())
    with pytest.raises(ValueError, match="x is of double"):
        f("a", 2)


@backends
def test_constants_and_shared_values_of_a_type(backend) -> None:
    state = theano.compile.SharedVariable("state", double, 2.0, strict=False)
    f = theano.function([], state, updates=[(state, mul(state, 3.0))], mode=backend)
    assert (f(), f(), state.get_value()) == (2.0, 6.0, 18.0)


@backends
def test_between_a_type_and_tensors(backend) -> None:
    class Norm(gof.Op):
        __props__ = ()

        def make_node(self, x):
            return gof.Apply(self, [T.as_tensor_variable(x)], [double()])

        def perform(self, node, inputs, outputs):
            outputs[0][0] = float(np.linalg.norm(inputs[0]))

    class Filled(gof.Op):
        __props__ = ()

        def make_node(self, x, n):
            return gof.Apply(self, [x, T.as_tensor_variable(n)], [T.dvector()])

        def perform(self, node, inputs, outputs):
            outputs[0][0] = np.full(int(inputs[1]), inputs[0])

    x = T.dvector("x")
    norm = Norm()(x * 2)
    f = theano.function([x], [Filled()(mul(norm, norm), x.shape[0]) + 1, norm], mode=backend)
    vector, number = f([3.0, 4.0])
    assert vector.tolist() == [101.0, 101.0]
    assert number == 10.0


@dataclass(frozen=True)
class Labelled:
    label: str
    data: tuple


class LabelledType(gof.Type):
    """Immutable objects, compared by what they hold."""

    def __init__(self, label):
        self.label = label

    def filter(self, value, strict=False, allow_downcast=None):
        if isinstance(value, Labelled) and value.label == self.label:
            return value
        if strict:
            raise TypeError(f"expected a Labelled with the label {self.label}, found {value!r}")
        return Labelled(self.label, tuple(value))

    def is_valid_value(self, value):
        return isinstance(value, Labelled) and value.label == self.label

    def values_eq(self, a, b):
        return a == b

    def make_variable(self, name=None):
        return LabelledVariable(self, name=name)

    def clone(self, label=None):
        return type(self)(label or self.label)

    def __eq__(self, other):
        return type(self) is type(other) and self.label == other.label

    def __hash__(self):
        return hash((type(self), self.label))


class LabelledVariable(gof.Variable):
    """A variable with a method of its own."""

    def total(self):
        return Total()(self)


class Total(gof.Op):
    __props__ = ()

    def make_node(self, x):
        return gof.Apply(self, [x], [T.dscalar()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = np.asarray(sum(inputs[0].data), "float64")


@backends
def test_variables_of_a_class_of_their_own(backend) -> None:
    kind = LabelledType("pounds")
    x = kind("x")
    assert isinstance(x, LabelledVariable)
    assert x.clone().type == kind == kind.clone() != kind.clone("euros")
    f = theano.function([x], x.total() * 2, mode=backend)
    assert f([1, 2]) == 6.0
    assert f(Labelled("pounds", (4,))) == 8.0
    assert not kind.is_valid_value(Labelled("euros", ()))
    same = theano.function([x], x, mode=backend)
    assert same([1]) == Labelled("pounds", (1,))


def test_a_type_of_one_s_own_is_pickled() -> None:
    x, kind = pickle.loads(pickle.dumps((double("x"), LabelledType("a"))))
    assert (x.type, kind) == (double, LabelledType("a"))


def test_a_type_without_filter_tells_what_is_missing() -> None:
    class Empty(gof.Type):
        pass

    with pytest.raises(NotImplementedError, match="Empty gives no filter"):
        theano.function([Empty()("x")], [], on_unused_input="ignore")(1)


# -- x * y / y = x -----------------------------------------------------------------------------------------------------


class Simplify(gof.Optimizer):
    """(x * y) / y -> x and (x * y) / x -> y, as a rewrite of the whole graph."""

    def add_requirements(self, fgraph):
        fgraph.attach_feature(toolbox.ReplaceValidate())

    def apply(self, fgraph):
        for node in fgraph.toposort():
            if node.op == div:
                x, y = node.inputs
                z = node.outputs[0]
                if x.owner and x.owner.op == mul:
                    a, b = x.owner.inputs
                    if y == a:
                        fgraph.replace_validate(z, b)
                    elif y == b:
                        fgraph.replace_validate(z, a)


class LocalSimplify(gof.LocalOptimizer):
    """The same, for one node."""

    def tracks(self):
        return [div]

    def transform(self, node):
        if node.op == div:
            x, y = node.inputs
            if x.owner and x.owner.op == mul:
                a, b = x.owner.inputs
                if y == a:
                    return [b]
                if y == b:
                    return [a]
        return False


pattern = gof.PatternSub((div, (mul, "x", "y"), "y"), "x")
local_simplify = LocalSimplify()


@pytest.mark.parametrize(
    "rewrite",
    [
        Simplify(),
        gof.TopoOptimizer(local_simplify),
        gof.TopoOptimizer(pattern),
        gof.EquilibriumOptimizer([local_simplify], max_use_ratio=10),
        gof.opt.out2in(local_simplify),
        gof.SeqOptimizer([Simplify()]),
    ],
    ids=lambda r: type(r).__name__,
)
def test_a_product_divided_by_a_factor(rewrite) -> None:
    x, y, z = double("x"), double("y"), double("z")
    e = gof.FunctionGraph([x, y, z], [add(z, mul(div(mul(x, y), y), div(z, x)))])
    rewrite.optimize(e)
    assert [node.op for node in e.toposort()] == [div, mul, add]
    assert e.toposort()[1].inputs == [e.inputs[0], e.toposort()[0].out]


@backends
def test_rewrites_of_doubles_take_part_in_compilation(backend) -> None:
    x, y = double("x"), double("y")
    mode = theano.compile.get_mode(backend).register((gof.opt.in2out(local_simplify, name="simplify"), 1.6))
    f = theano.function([x, y], div(mul(x, y), y), mode=mode, on_unused_input="ignore")
    assert f.maker.fgraph.toposort() == []
    assert f(2.5, 0.0) == 2.5


def test_ops_are_exchanged_and_removed() -> None:
    x, y = double("x"), double("y")
    e = gof.FunctionGraph([x, y], [add(x, y)])
    gof.TopoOptimizer(gof.OpSub(add, mul)).optimize(e)
    assert [node.op for node in e.toposort()] == [mul]

    class Same(gof.Op):
        __props__ = ()

        def make_node(self, x):
            return gof.Apply(self, [x], [x.type()])

    e = gof.FunctionGraph([x, y], [add(Same()(x), y)])
    gof.TopoOptimizer(gof.OpRemove(Same())).optimize(e)
    assert [node.op for node in e.toposort()] == [add]
