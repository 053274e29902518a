"""ifelse: values and derivatives of choices on every back end, and what users do wrong."""

import numpy as np
import pytest
from loops import check_gradient
from theano.ifelse import IfElse, ifelse

import theano
import theano.tensor as T

LINKERS = ("py", "llvm")
RNG = np.random.RandomState(0)


@pytest.fixture(params=LINKERS)
def linker(request):
    return request.param


def compiled(inputs, outputs, linker="llvm", **kwargs):
    mode = theano.Mode(linker=linker, optimizer=kwargs.pop("optimizer", "fast_run"))
    return theano.function(inputs, outputs, mode=mode, on_unused_input="ignore", **kwargs)


c, d = T.dscalar("c"), T.iscalar("d")
x, y = T.dvector("x"), T.dvector("y")
A, B = T.dmatrix("A"), T.dmatrix("B")
VALUES = {x: RNG.uniform(-1, 1, 4), y: RNG.uniform(-1, 1, 4), A: RNG.uniform(-1, 1, (4, 4)), B: RNG.uniform(-1, 1, (4, 4))}

# name -> (choice as an expression of c and d, the same in Python, of numbers c and d and arrays x, y, A, B)
CHOICES = {
    "values": (lambda: ifelse(c, x, y), lambda c, d, x, y, A, B: x if c else y),
    "computed": (lambda: ifelse(c, T.exp(x) * y, y - x), lambda c, d, x, y, A, B: np.exp(x) * y if c else y - x),
    "of one input": (lambda: ifelse(c, T.sin(x), x), lambda c, d, x, y, A, B: np.sin(x) if c else x),
    "numbers": (lambda: ifelse(c, x.sum(), x[0] * 2), lambda c, d, x, y, A, B: x.sum() if c else x[0] * 2),
    "products": (
        lambda: ifelse(c, T.dot(A, T.tanh(T.dot(B, x))), T.dot(A.T, y)),
        lambda c, d, x, y, A, B: A @ np.tanh(B @ x) if c else A.T @ y,
    ),
    "nested": (
        lambda: ifelse(c, ifelse(d, T.exp(x), T.sin(x) * y), ifelse(d, x * y, T.cos(y)) ** 2),
        lambda c, d, x, y, A, B: (np.exp(x) if d else np.sin(x) * y) if c else (x * y if d else np.cos(y)) ** 2,
    ),
    "in a row": (
        lambda: ifelse(d, T.sin(ifelse(c, T.exp(x), x)), ifelse(c, T.exp(x), x) * y),
        lambda c, d, x, y, A, B: np.sin(np.exp(x) if c else x) if d else (np.exp(x) if c else x) * y,
    ),
    "on one condition in a row": (
        lambda: ifelse(c, T.sin(ifelse(c, T.exp(x), x)) * T.exp(x), ifelse(c, T.exp(x), y) * y),
        lambda c, d, x, y, A, B: np.sin(np.exp(x)) * np.exp(x) if c else y * y,
    ),
    "shared between branches": (
        lambda: ifelse(c, T.exp(x) * y, T.exp(x) + y),
        lambda c, d, x, y, A, B: np.exp(x) * y if c else np.exp(x) + y,
    ),
    "used after": (
        lambda: T.sqr(ifelse(c, T.exp(x), y)) * x,
        lambda c, d, x, y, A, B: (np.exp(x) if c else y) ** 2 * x,
    ),
    "of different shapes": (
        lambda: ifelse(c, x[:2], T.concatenate([y, x])),
        lambda c, d, x, y, A, B: x[:2] if c else np.concatenate([y, x]),
    ),
    "of lengths that values tell": (
        lambda: ifelse(c, T.exp(x[x > 0]), y[y > 2]),
        lambda c, d, x, y, A, B: np.exp(x[x > 0]) if c else y[y > 2],
    ),
    "of matrices of different shapes": (
        lambda: T.tanh(ifelse(c, A[:, :2], B[:3])) * 2,
        lambda c, d, x, y, A, B: np.tanh(A[:, :2] if c else B[:3]) * 2,
    ),
    "reshaped": (
        lambda: ifelse(c, A.reshape((2, 8)), T.dot(A, B).reshape((2, 8))),
        lambda c, d, x, y, A, B: (A if c else A @ B).reshape(2, 8),
    ),
}
CONDITIONS = [(1.0, 0), (0.0, 0), (-0.5, 3), (0.0, -1)]


def scalar_of(v):
    flat = v.flatten()
    return (T.sin(flat + 1) * T.cos(T.arange(flat.shape[0]) + 1)).sum()


@pytest.mark.parametrize("optimizer", [None, "fast_compile", "fast_run"])
@pytest.mark.parametrize("name", CHOICES)
def test_values(name, linker, optimizer):
    build, of_arrays = CHOICES[name]
    f = compiled([c, d, *VALUES], build(), linker, optimizer=optimizer)
    for condition in CONDITIONS:
        found, wanted = f(*condition, *VALUES.values()), of_arrays(*condition, *VALUES.values())
        assert found.shape == np.shape(wanted)
        np.testing.assert_allclose(found, wanted, rtol=1e-12)


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("name", CHOICES)
def test_gradients_to_second_order(name, condition):
    cost = scalar_of(CHOICES[name][0]())
    wrt = [v for v in VALUES if v in theano.gof.graph.inputs([cost])]
    slope = sum((g * T.cos(g)).sum() for g in T.grad(cost, wrt, disconnected_inputs="ignore"))
    numbers = [T.constant(np.asarray(v, dtype)) for v, dtype in zip(condition, ("float64", "int32"))]

    def at(*given):  # a sum has the right gradient only if both parts have
        conditions = [theano.shared(n.data) for n in numbers]
        return theano.clone(cost + slope, dict(zip((c, d, *wrt), (*conditions, *given))))

    check_gradient(at, [VALUES[v] for v in wrt])


@pytest.mark.parametrize("name", CHOICES)
def test_forward_mode_agrees_with_reverse_mode(name):
    z = CHOICES[name][0]()
    tangents = [v.clone() for v in VALUES]
    moved = T.Rop(z, list(VALUES), tangents, disconnected_outputs="ignore")
    pulled = T.grad(None, list(VALUES), known_grads={z: T.cos(z)}, disconnected_inputs="ignore")
    ahead, back = (moved * T.cos(z)).sum(), sum((g * t).sum() for g, t in zip(pulled, tangents))
    f = compiled([c, d, *VALUES, *tangents], [ahead, back])
    directions = [RNG.uniform(-1, 1, v.shape) for v in VALUES.values()]
    for condition in CONDITIONS:
        a, b = f(*condition, *VALUES.values(), *directions)
        np.testing.assert_allclose(a, b, rtol=1e-10)


@pytest.mark.parametrize("kind", [list, tuple])
def test_branches_of_several_values_give_as_many(kind, linker):
    first, second = ifelse(c, kind([x, T.sqr(A)]), kind([y * 2, B]))
    assert isinstance(ifelse(c, kind([x]), kind([y])), kind)
    f = compiled([c, *VALUES], [first, second], linker)
    for condition in (1, 0):
        for found, wanted in zip(f(condition, *VALUES.values()), [(VALUES[y] * 2, VALUES[B]), (VALUES[x], VALUES[A] ** 2)][condition]):
            np.testing.assert_allclose(found, wanted)


def test_empty_arrays(linker):
    f = compiled([c, x, y], [ifelse(c, x * 2, T.exp(y)), ifelse(c, x[:0], y), T.grad(ifelse(c, x * 2, T.exp(y)).sum(), x)], linker)
    for condition in (1, 0):
        a, b, g = f(condition, [], [])
        assert a.shape == b.shape == g.shape == (0,)
    assert f(1, [], [1.0])[1].shape == (0,)
    assert f(0, [], [1.0])[1].shape == (1,)


def test_a_shared_variable_is_updated_by_a_choice(linker):
    total = theano.shared(np.zeros(4))
    f = compiled([c, x], total.sum(), linker, updates=[(total, ifelse(T.gt(c, 0), total + T.exp(x), total * 0.5))])
    expected = np.zeros(4)
    for sign in (1, 1, -1, 1, -1, -1):
        np.testing.assert_allclose(f(sign, VALUES[x]), expected.sum())
        expected = expected + np.exp(VALUES[x]) if sign > 0 else expected * 0.5
        np.testing.assert_allclose(total.get_value(), expected)


@pytest.mark.parametrize("dtype", ["bool", "int8", "uint64", "float32", "float64"])
def test_conditions_of_every_dtype(dtype, linker):
    condition = T.scalar("condition", dtype=dtype)
    f = compiled([condition], ifelse(condition, 1, 2), linker)
    assert f(np.asarray(1, dtype)) == 1 and f(np.asarray(0, dtype)) == 2
    if dtype.startswith("float"):
        assert f(np.asarray(0.25, dtype)) == 1 and f(np.asarray(np.nan, dtype)) == 1 and f(np.asarray(-0.0, dtype)) == 2


def test_a_number_takes_the_dtype_of_its_counterpart():
    assert ifelse(c, x.sum(), 0).type == ifelse(c, 0.0, x.sum()).type == T.dscalar
    with pytest.raises(TypeError, match="identical types"):
        ifelse(c, T.iscalar(), 0.5)


def test_lengths_known_in_one_branch_only_are_not_known_of_the_result(linker):
    row = T.drow("row")
    z = ifelse(c, row, A)
    assert z.broadcastable == (False, False)
    f = compiled([c, row, A], z, linker)
    assert f(1, [[1.0, 2.0]], VALUES[A]).shape == (1, 2) and f(0, [[1.0, 2.0]], VALUES[A]).shape == (4, 4)


def test_the_gradient_of_the_condition_is_zero(linker):
    assert compiled([c, *VALUES], T.grad(ifelse(c, x, y).sum(), c), linker)(1, *VALUES.values()) == 0


def test_choices_are_written_for_a_batch_where_the_condition_is_one():
    X = T.dmatrix("X")
    f = compiled([c, X, y], theano.vectorize_graph(ifelse(c, x * y, T.exp(y)), {x: X}))
    rows = RNG.uniform(-1, 1, (3, 4))
    np.testing.assert_allclose(f(1, rows, VALUES[y]), rows * VALUES[y])
    np.testing.assert_allclose(f(0, rows, VALUES[y]), np.exp(VALUES[y]) + 0 * rows)
    with pytest.raises(NotImplementedError, match="must not depend on the batch"):
        theano.vectorize_graph(ifelse(x.sum(), y, y), {x: X})


# -- mistakes --------------------------------------------------------------------------------------------------------------


def test_a_condition_must_be_a_number():
    with pytest.raises(TypeError, match=r"has to be a scalar with 0 standing for False(.|\n)*TensorType\(bool, vector\), made at (.|\n)*switch"):
        ifelse(x > 0, x, y)


@pytest.mark.parametrize("other", [T.fvector("v"), A, T.ivector("i")], ids=str)
def test_values_that_stand_for_each_other_must_be_of_one_type(other):
    with pytest.raises(TypeError, match=r"should have identical types, but they are .* respectively(.|\n)*then  x of type TensorType\(float64, vector\), made at"):
        ifelse(c, x, other)


def test_branches_must_have_as_many_values():
    with pytest.raises(ValueError, match=r"variables on `then` 1, variables on `else` 2"):
        ifelse(c, [x], [x, y])
    with pytest.raises(ValueError, match="needs a condition and 2 values, found 3"):
        IfElse(1)(c, x, y, y)


# -- only what is chosen is computed ---------------------------------------------------------------------------------------


class Noted(theano.Op):
    """out = exp(x), noted in a list each time that it is computed; so is its derivative."""

    __props__ = ("name",)

    def __init__(self, name, notes):
        self.name, self.notes = name, notes

    def make_node(self, x):
        return theano.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs):
        self.notes.append(self.name)
        outputs[0][0] = np.exp(inputs[0])

    def infer_shape(self, node, shapes):
        return shapes

    def L_op(self, inputs, outputs, cotangents):
        return [cotangents[0] * Noted(f"d{self.name}", self.notes)(inputs[0])]


def noted(*names):
    notes = []
    return notes, [Noted(name, notes) for name in names]


def runs(f, notes, *arguments):
    """What a call notes, in alphabetical order."""
    del notes[:]
    f(*arguments)
    return " ".join(sorted(notes))


OPTIMIZERS = [None, "fast_compile", "fast_run"]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_only_the_chosen_branch_is_computed(linker, optimizer):
    notes, (f, g, h) = noted("f", "g", "h")
    call = compiled([c, x], ifelse(c, f(x) + 1, g(h(x))), linker, optimizer=optimizer)
    assert runs(call, notes, 1, VALUES[x]) == "f"
    assert runs(call, notes, 0, VALUES[x]) == "g h"


def test_what_something_else_needs_is_computed_in_any_case(linker):
    notes, (f, g, h) = noted("f", "g", "h")
    call = compiled([c, x], [ifelse(c, f(h(x)), g(x)), h(x).sum()], linker)
    assert runs(call, notes, 1, VALUES[x]) == "f h"
    assert runs(call, notes, 0, VALUES[x]) == "g h"
    call = compiled([c, x], ifelse(c, f(h(x)), g(h(x))), linker)
    assert runs(call, notes, 1, VALUES[x]) == "f h"
    assert runs(call, notes, 0, VALUES[x]) == "g h"


def test_nested_choices_compute_one_of_all_branches(linker):
    notes, (f, g, h, k) = noted("f", "g", "h", "k")
    call = compiled([c, d, x], ifelse(c, ifelse(d, f(x), g(x)), ifelse(T.exp(d) > 1, h(k(x)), x)), linker)
    assert [runs(call, notes, p, q, VALUES[x]) for p in (1, 0) for q in (1, 0)] == ["f", "g", "h k", ""]


def test_a_choice_within_one_on_the_same_condition_is_known(linker):
    notes, (f, g, h) = noted("f", "g", "h")
    call = compiled([c, x], ifelse(c, ifelse(c, f(x), g(x)), ifelse(c, g(x), h(x))), linker)
    assert runs(call, notes, 1, VALUES[x]) == "f"
    assert runs(call, notes, 0, VALUES[x]) == "h"


def test_a_condition_may_need_a_choice(linker):
    notes, (f, g, h) = noted("f", "g", "h")
    first = ifelse(c, f(x), g(x))
    call = compiled([c, x], ifelse(first.sum() > 3, h(first), first), linker)
    assert runs(call, notes, 1, np.ones(4)) == "f h"
    assert runs(call, notes, 0, -np.ones(4)) == "g"


def test_the_branch_not_taken_cannot_fail(linker):
    failing = theano.compile.ops.as_op(itypes=[T.dvector], otypes=[T.dvector])(lambda v: 1 / 0)
    call = compiled([c, x, y], ifelse(c, x + y, failing(x)), linker)
    np.testing.assert_array_equal(call(1, [1.0], [2.0]), [3.0])
    with pytest.raises(ZeroDivisionError):
        call(0, [1.0], [2.0])
    call = compiled([c, x, y], ifelse(c, T.dot(x, y), (x + y)[5]), linker)
    assert call(1, [1.0, 2.0], [1.0, 1.0]) == 3
    with pytest.raises(IndexError):
        call(0, [1.0, 2.0], [1.0, 1.0])
    with pytest.raises(ValueError):
        call(1, [1.0, 2.0], [1.0])


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_gradients_compute_the_chosen_branch_only(linker, optimizer):
    notes, (f, g, h) = noted("f", "g", "h")
    cost = T.sqr(ifelse(c, f(x) * y, g(h(x)))).sum()
    slopes = T.grad(cost, [x, y])
    call = compiled([c, x, y], [cost, *slopes], linker, optimizer=optimizer)
    assert runs(call, notes, 1, VALUES[x], VALUES[y]) == "df f"
    assert runs(call, notes, 0, VALUES[x], VALUES[y]) == "dg dh g h"
    curvature = T.grad(sum(T.sin(s).sum() for s in slopes), [x, y])
    call = compiled([c, x, y], [cost, *slopes, *curvature], linker, optimizer=optimizer)
    assert runs(call, notes, 1, VALUES[x], VALUES[y]) == "ddf df f"
    assert runs(call, notes, 0, VALUES[x], VALUES[y]) == "ddg ddh dg dh g h"


def test_gradients_of_nested_choices_compute_one_of_all_branches(linker):
    notes, (f, g, h) = noted("f", "g", "h")
    inner = ifelse(d, f(x), g(x))
    cost = T.sqr(ifelse(c, h(inner * y), T.exp(inner))).sum()
    call = compiled([c, d, x, y], [cost, *T.grad(cost, [x, y])], linker)
    found = [runs(call, notes, p, q, VALUES[x], VALUES[y]) for p in (1, 0) for q in (1, 0)]
    assert found == ["df dh f h", "dg dh g h", "df f", "dg g"]
    cost = T.sqr(ifelse(c, h(ifelse(d, f(x), g(x)) * y), y)).sum()
    call = compiled([c, d, x, y], [cost, *T.grad(cost, [x, y])], linker)
    found = [runs(call, notes, p, q, VALUES[x], VALUES[y]) for p in (1, 0) for q in (1, 0)]
    assert found == ["df dh f h", "dg dh g h", "", ""]


def test_steps_of_a_scan_compute_what_they_choose(linker):
    notes, (f, g) = noted("f", "g")
    signs = T.dvector("signs")
    outputs, _ = theano.scan(lambda s, v: ifelse(s > 0, f(v) * 0.5, g(v) - 1), sequences=[signs], outputs_info=[x])
    cost = outputs[-1].sum()
    call = compiled([signs, x], [cost, T.grad(cost, x)], linker)
    assert runs(call, notes, [1, -1, 1], VALUES[x]) == "df df dg f f g"
    value, slope = call([1, -1, 1], VALUES[x])

    def by_hand(v):
        return np.exp(np.exp(np.exp(v) * 0.5) - 1) * 0.5

    np.testing.assert_allclose(value, by_hand(VALUES[x]).sum())
    step = 1e-6
    np.testing.assert_allclose(slope, (by_hand(VALUES[x] + step) - by_hand(VALUES[x] - step)) / (2 * step), rtol=1e-6)


def test_values_of_other_types_are_chosen():
    first, second = theano.generic("first"), theano.generic("second")
    for linker in LINKERS:
        f = compiled([c, first, second], ifelse(c, first, second), linker)
        assert f(1, "a", "b") == "a" and f(0, "a", "b") == "b"


def test_long_programs_in_branches(linker):
    def chain(v, w, length=40):
        for k in range(length):
            v = T.tanh(T.dot(w, v)) + v[::-1] * (k % 3)
        return v

    z = ifelse(c, chain(x, A), chain(y, B) * x)
    f = compiled([c, *VALUES], [z, T.grad(z.sum(), A)], linker)
    g = compiled([*VALUES], [chain(x, A), chain(y, B) * x, T.grad(chain(x, A).sum(), A)], linker)
    first, second, slope = g(*VALUES.values())
    np.testing.assert_allclose(f(1, *VALUES.values())[0], first)
    np.testing.assert_allclose(f(1, *VALUES.values())[1], slope)
    np.testing.assert_allclose(f(0, *VALUES.values())[0], second)
    assert not f(0, *VALUES.values())[1].any()
