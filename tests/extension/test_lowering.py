"""Native code of users' own: index expressions, and C functions."""

from __future__ import annotations

import ctypes
import pickle

import numpy as np
import pytest
from machine_code import libm, row_sums, scaled_sum
from numpy.testing import assert_allclose, assert_array_equal

import theano
import theano.tensor as T
from theano import extension
from theano.extension import fold, lengths_agree, pointwise, register_lowering

backends = pytest.mark.parametrize("backend", ["python", "llvm"])


class OneInput(theano.Op):
    """An op of one tensor whose result is of its type."""

    __props__ = ()
    calls = 0

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return theano.Apply(self, [x], [x.type()])

    def infer_shape(self, node, shapes):
        return shapes

    def perform(self, node, inputs, outputs):
        type(self).calls += 1
        outputs[0][0] = self.value(inputs[0])


class Affine(OneInput):
    """a x + b"""

    __props__ = ("a", "b")

    def __init__(self, a, b):
        self.a, self.b = a, b

    def value(self, x):
        return (self.a * x + self.b).astype(x.dtype)

    def grad(self, inputs, cotangents):
        return [cotangents[0] * self.a]


@register_lowering(Affine)
def _(op, node, x):
    return pointwise(node, x.shape, lambda *index: op.a * x[index] + op.b)


def kernels(f):
    """How many loops a compiled function has, by the graph that it carries out."""
    from theano.backends.llvm.lower import lower_graph
    from theano.loops.plan import make_program
    from theano.loops.program import Launch

    graph = lower_graph(f.maker.fgraph, len(f.maker.fgraph.inputs))
    program = make_program(graph.inputs, graph.states, graph.constants, graph.definitions, graph.outputs, ())
    return [step for step in program.steps if isinstance(step, Launch)]


@pytest.mark.parametrize("dtype", ["float32", "float64", "int32"])
def test_a_formula_joins_the_loop_of_its_neighbours(dtype) -> None:
    Affine.calls = 0
    x = T.matrix("x", dtype=dtype)
    f = theano.function([x], T.exp(Affine(2, 1)(x * x) - 3), mode="llvm")
    assert len(kernels(f)) == 1
    value = np.arange(6).reshape(2, 3).astype(dtype) / 2
    value = value.astype(dtype)
    assert_allclose(
        f(value), theano.function([x], T.exp(Affine(2, 1)(x * x) - 3), mode="python")(value), rtol=1e-6
    )
    assert Affine.calls == 1


@backends
def test_its_gradient_and_a_loop_around_it(backend) -> None:
    x = T.dvector("x")
    f = theano.function([x], T.grad((Affine(3, 1)(x) ** 2).sum(), x), mode=backend)
    assert_array_equal(f([1.0, 2.0]), [24, 42])
    states, _ = theano.scan(
        lambda row, s: Affine(2, 0.5)(s + row), sequences=x, outputs_info=T.constant(0.0, dtype="float64")
    )
    assert_array_equal(theano.function([x], states, mode=backend)([1.0, 2.0]), [2.5, 9.5])


class Differences(OneInput):
    """x[i + 1] - x[i], and a gradient of its own."""

    def value(self, x):
        return np.diff(x)

    def infer_shape(self, node, shapes):
        return [(shapes[0][0] - 1,)]


@register_lowering(Differences)
def _(op, node, x):
    return pointwise(node, [x.shape[0] - 1], lambda i: x[i + 1] - x[i])


class RowNorms(theano.Op):
    """x -> for each row the sum of squares, and the largest magnitude."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return theano.Apply(self, [x], [T.dvector(), T.dvector()])

    def infer_shape(self, node, shapes):
        return [shapes[0][:1]] * 2

    def perform(self, node, inputs, outputs):
        outputs[0][0] = (inputs[0] ** 2).sum(axis=1)
        outputs[1][0] = np.abs(inputs[0]).max(axis=1, initial=0.0)


@register_lowering(RowNorms)
def _(op, node, x):
    m, n = x.shape
    squares = fold(node, [m], [n], 0.0, lambda total, i, j: total + x[i, j] * x[i, j])
    largest = fold(
        node, [m], [n], 0.0, lambda most, i, j: theano.scalar.maximum(most, abs(x[i, j])), output=1
    )
    return squares, largest


class Blend(theano.Op):
    """x[i] where i is even, else y[i] / 2: their lengths must agree."""

    __props__ = ()

    def make_node(self, x, y):
        x, y = T.as_tensor_variable(x), T.as_tensor_variable(y)
        return theano.Apply(self, [x, y], [T.dvector()])

    def perform(self, node, inputs, outputs):
        x, y = inputs
        if len(x) != len(y):
            raise ValueError(f"Blend needs equal lengths, found {len(x)} and {len(y)}")
        outputs[0][0] = np.where(np.arange(len(x)) % 2 == 0, x, y / 2).astype("float64")


@register_lowering(Blend)
def _(op, node, x, y):
    agree = lengths_agree(node, x.shape[0], y.shape[0], "Blend needs equal lengths, found {left} and {right}")

    def element(i):
        return theano.scalar.switch(i % 2 < 1, x[i], y[i] / 2)

    return pointwise(node, x.shape, element, requirements=[agree])


@backends
def test_neighbours_folds_and_choices(backend) -> None:
    x, y = T.dvectors("xy")
    f = theano.function([x, y], [Differences()(x * 2), Blend()(x, y) + 1], mode=backend)
    first, second = f([1, 4, 9], [10, 20, 30])
    assert_array_equal(first, [6, 10])
    assert_array_equal(second, [2, 11, 10])
    with pytest.raises(ValueError, match=r"Blend needs equal lengths, found 2 and 3[\s\S]*test_lowering\.py"):
        f([1, 2], [1, 2, 3])
    M = T.dmatrix("M")
    g = theano.function([M], RowNorms()(M - 1), mode=backend)
    assert [r.tolist() for r in g([[1.0, -2.0], [4.0, 1.0]])] == [[9, 9], [3, 3]]
    assert [r.tolist() for r in g(np.ones((2, 0)))] == [[0, 0], [0, 0]]


class Softsign(theano.scalar.UnaryScalarOp):
    output_types_preference = staticmethod(theano.scalar.upgrade_to_float)

    def impl(self, x):
        raise AssertionError("called back")

    def grad(self, inputs, cotangents):
        return [cotangents[0] / theano.scalar.sqr(1 + abs(inputs[0]))]


@register_lowering(Softsign)
def _(op, x):
    return x / (1 + abs(x))


def test_a_scalar_op_as_a_formula() -> None:
    x = T.fvector("x")
    op = T.Elemwise(Softsign())
    f = theano.function([x], [op(x) * 2, T.grad(op(x).sum(), x)], mode="llvm")
    first, second = f(np.array([-1, 0, 3], "float32"))
    assert first.dtype == "float32"
    assert_allclose(first, [-1, 0, 1.5])
    assert_allclose(second, [0.25, 1, 1 / 16])
    a, b = theano.scalar.float64("a"), theano.scalar.float64("b")
    composite = T.Elemwise(theano.scalar.Composite([a, b], [Softsign()(a) * b, a - b]))
    y, z = T.dvectors("yz")
    g = theano.function([y, z], composite(y, z), mode="llvm")
    assert_allclose(g([1.0], [4.0]), [[2.0], [-3.0]])


class Joined(theano.scalar.BinaryScalarOp):
    """x + y + x y: (1 + x) (1 + y) - 1, of which 0 is the identity."""

    identity, commutative, associative = 0, True, True
    output_types_preference = staticmethod(theano.scalar.upcast_out)

    def impl(self, x, y):
        return x + y + x * y


class JoinedInCode(Joined):
    def impl(self, x, y):
        raise AssertionError("called back")


register_lowering(JoinedInCode)(lambda op, x, y: x + y + x * y)


@pytest.mark.parametrize(
    ("op", "backend"), [(Joined(), "python"), (Joined(), "llvm"), (JoinedInCode(), "llvm")]
)
@pytest.mark.parametrize("axis", [0, 1, None, ()])
def test_reductions_by_a_scalar_op_of_one_s_own(op, backend, axis) -> None:
    x = T.dmatrix("x")
    f = theano.function([x], T.elemwise.CAReduce(op, axis)(x), mode=backend)
    value = np.arange(6.0).reshape(2, 3)
    assert_allclose(f(value), (1 + value).prod(axis=axis) - 1 if axis != () else value)
    assert_array_equal(f(np.ones((0, 3))), f(np.ones((0, 3))) * 0)


def test_what_a_lowering_returns_is_checked() -> None:
    def op(lowering):
        kind = type("Wrong", (OneInput,), {"value": lambda self, x: x})
        register_lowering(kind)(lowering)
        return kind()

    x = T.dmatrix("x")
    for lowering, message in (
        (lambda op, node, x: x[0, 0] + 1, "an index expression"),
        (lambda op, node, x: [], "0 results for 1 outputs"),
        (lambda op, node, x: pointwise(node, [3], lambda i: x[i, i]), "float64 of 1 dimensions"),
    ):
        with pytest.raises(TypeError, match=rf"the lowering of Wrong gives .*{message}[\s\S]*test_lowering"):
            theano.function([x], op(lowering)(x), mode="llvm")
    f = theano.function([x], op(lambda op, node, x: None)(x), mode="llvm")
    assert_array_equal(f([[1, 2]]), [[1, 2]])
    with pytest.raises(TypeError, match="takes a class of ops"):
        register_lowering(Affine(1, 2))
    with pytest.raises(ValueError, match="an op of Theano"):
        register_lowering(T.Dot)


# -- C functions -------------------------------------------------------------------------------------------------------


class NumbaLike:
    """What numba.cfunc gives: an address, and the same function as ctypes see it."""

    def __init__(self, address, prototype=None):
        self.address = address
        self.ctypes = prototype(address) if prototype else None


def address_of(function) -> int:
    return ctypes.cast(function, ctypes.c_void_p).value


UNARY = ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double)
typed = ctypes.CDLL("libm.so.6").cbrt
typed.argtypes, typed.restype = [ctypes.c_double], ctypes.c_double


@backends
@pytest.mark.parametrize(
    "pointer",
    [address_of(libm.cbrt), typed, UNARY(address_of(libm.cbrt)), NumbaLike(address_of(libm.cbrt), UNARY)],
    ids=["address", "ctypes", "prototype", "cfunc"],
)
def test_a_c_function_of_numbers(pointer, backend) -> None:
    cbrt = extension.scalar_function(pointer, ["float64"], "float64", "cbrt", lambda x, y: [1 / (3 * y * y)])
    x = T.dmatrix("x")
    f = theano.function([x], [T.Elemwise(cbrt)(x) * 2, T.grad(T.Elemwise(cbrt)(x).sum(), x)], mode=backend)
    value = np.array([[1.0, 8.0], [27.0, 0.125]])
    first, second = f(value)
    assert_allclose(first, 2 * np.cbrt(value))
    assert_allclose(second, np.cbrt(value) ** -2 / 3)
    assert_array_equal(theano.function([x], T.Elemwise(cbrt)(x).sum(), mode=backend)(np.zeros((0, 3))), 0)
    row = T.fvector("row")
    g = theano.function([row], T.Elemwise(cbrt)(row), mode=backend)
    assert_allclose(g(np.array([8, 27], "float32")), [2, 3])
    states, _ = theano.scan(
        lambda r, s: T.Elemwise(cbrt)(r) + s, sequences=x[0], outputs_info=T.constant(0.0, dtype="float64")
    )
    assert_allclose(theano.function([x], states, mode=backend)(value), [1, 3])


def test_it_joins_the_loop_of_its_neighbours() -> None:
    cbrt = extension.scalar_function(typed, ["float64"], "float64")
    assert str(cbrt) == "cbrt"
    x = T.dvector("x")
    f = theano.function([x], T.exp(T.Elemwise(cbrt)(x * 2)) + 1, mode="llvm")
    assert len(kernels(f)) == 1
    with pytest.raises(TypeError, match="address of this process"):
        pickle.dumps(cbrt)


@backends
def test_arguments_of_several_dtypes(backend) -> None:
    code = scaled_sum()
    f = T.Elemwise(extension.scalar_function(code.address("f"), ["float64", "int32"], "float64", "scaled"))
    x, n = T.fvector("x"), T.bvector("n")
    found = theano.function([x, n], f(x, n), mode=backend)(
        np.array([0.5, 2], "float32"), np.array([2, -3], "int8")
    )
    assert_array_equal(found, [2, -5])
    assert found.dtype == "float64"


@backends
@pytest.mark.parametrize("way", ["op", "registered"])
def test_a_c_function_of_arrays(way, backend) -> None:
    code = row_sums()
    if way == "op":
        op = extension.array_function(
            code.address("f"), [T.dmatrix], [T.dvector], lambda x: [x[:1]], "row_sums",
            lambda inputs, outputs, cotangents: [T.zeros_like(inputs[0]) + cotangents[0][:, None]],
        )  # fmt: skip
    else:

        class RowSums(theano.Op):
            __props__ = ()
            itypes, otypes = [T.dmatrix], [T.dvector]

            def infer_shape(self, node, shapes):
                return [shapes[0][:1]]

            def perform(self, node, inputs, outputs):
                assert backend == "python", "called back"
                if not inputs[0].shape[1]:
                    raise RuntimeError("RowSums: the C function returned 7")
                outputs[0][0] = inputs[0].sum(axis=1)

            def grad(self, inputs, cotangents):
                return [T.zeros_like(inputs[0]) + cotangents[0][:, None]]

        extension.register_pointer(RowSums, NumbaLike(code.address("f")))
        op = RowSums()
    x = T.dmatrix("x")
    f = theano.function([x], [op(x * 2) + 1, T.grad((op(x) ** 2).sum(), x), op(x).shape], mode=backend)
    value = np.arange(6.0).reshape(2, 3)
    first, second, shape = f(value)
    assert_array_equal(first, [7, 25])
    assert_array_equal(second, [[6] * 3, [24] * 3])
    assert_array_equal(shape, [2])
    assert_array_equal(f(np.asfortranarray(value))[0], [7, 25])
    assert_array_equal(theano.function([x], op(x.T), mode=backend)(value), [3, 5, 7])
    with pytest.raises(RuntimeError, match=r"the C function returned 7[\s\S]*test_lowering\.py"):
        f(np.ones((2, 0)))
    rows, _ = theano.scan(lambda k, x: op(x * k), sequences=T.arange(3), non_sequences=x)
    assert_array_equal(theano.function([x], rows, mode=backend)(value), [[0, 0], [3, 12], [6, 24]])
    large = np.ones((300, 200))
    assert_array_equal(theano.function([x], op(x), mode=backend)(large), np.full(300, 200.0))


def test_pointers_that_do_not_fit() -> None:
    for pointer, arguments, result, error, message in (
        (
            typed,
            ["float64", "float64"],
            "float64",
            TypeError,
            r"cbrt is declared to take \(float64, float64\), .*\(float64\)",
        ),
        (typed, ["float64"], "float32", TypeError, "declared to return float32, .* returning float64"),
        (0, ["float64"], "float64", ValueError, "null pointer"),
        ("cbrt", ["float64"], "float64", TypeError, "a C function is given by its address"),
        (typed, ["complex128"], "float64", TypeError, "found 'complex128'"),
        (UNARY(lambda x: x), ["float64"], "float64", TypeError, "calls a Python function"),
    ):
        with pytest.raises(error, match=message):
            extension.scalar_function(pointer, arguments, result)
    with pytest.raises(TypeError, match=r"declared to take \(pointer, pointer"):
        extension.array_function(typed, [T.dmatrix], [T.dvector], lambda x: [x[:1]])
    with pytest.raises(TypeError, match="takes and gives tensors"):
        extension.array_function(1, [theano.gof.generic], [T.dvector], lambda x: [x[:1]])
    with pytest.raises(TypeError, match="no infer_shape"):
        extension.register_pointer(Blend, 1)
    x = T.zvector("x")
    with pytest.raises(TypeError):
        T.Elemwise(extension.scalar_function(typed, ["float64"], "float64"))(x)


def test_code_at_an_address_is_not_kept_for_other_processes() -> None:
    from theano.backends.llvm.cache import key_of

    x = T.dvector("x")
    cbrt = T.Elemwise(extension.scalar_function(typed, ["float64"], "float64"))
    assert key_of(theano.function([x], cbrt(x), mode="llvm").maker.task) is None
    assert key_of(theano.function([x], T.exp(x), mode="llvm").maker.task) is not None
