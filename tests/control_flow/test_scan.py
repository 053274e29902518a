"""scan: values and derivatives of many loops on every back end, and what users do wrong."""

import numpy as np
import pytest
from loops import LOOPS, check_gradient
from theano.scan_module import until
from theano.tensor.shared_randomstreams import RandomStreams

import theano
import theano.tensor as T
from theano.control_flow import Scan

LINKERS = ("py", "llvm")


def variables_for(values):
    return [T.TensorType(str(np.asarray(v).dtype), (False,) * np.ndim(v))(f"x{k}") for k, v in enumerate(values)]


def compiled(inputs, outputs, linker="llvm", **kwargs):
    mode = theano.Mode(linker=linker)
    return theano.function(inputs, outputs, mode=mode, on_unused_input="ignore", **kwargs)


@pytest.fixture(params=LINKERS)
def linker(request):
    return request.param


@pytest.mark.parametrize("loop", LOOPS, ids=lambda loop: loop.name)
def test_values(loop, linker):
    variables = variables_for(loop.values)
    f = compiled(variables, loop.scan(*variables), linker)
    for _ in range(2):
        for found, wanted in zip(f(*loop.values), loop.numpy(*loop.values), strict=True):
            assert found.shape == np.shape(wanted)
            np.testing.assert_allclose(found, wanted, rtol=1e-12)


def cost_of(loop, variables):
    """A number in which every element of every output counts in a way of its own."""
    total = 0
    for k, out in enumerate(loop.scan(*variables)):
        flat = out.flatten()
        total = total + (T.sin(flat + k) * T.cos(T.arange(flat.shape[0]) + 1)).sum()
    return total


@pytest.mark.parametrize("loop", [lp for lp in LOOPS if lp.differentiable], ids=lambda loop: loop.name)
def test_gradients_to_second_order(loop):
    def cost_and_slope(*variables):  # a sum has the right gradient only if both parts have
        cost = cost_of(loop, variables)
        gradients = T.grad(cost, list(variables), disconnected_inputs="ignore")
        return cost + sum((g * T.cos(g)).sum() for g in gradients)

    check_gradient(cost_and_slope, loop.values)


@pytest.mark.parametrize("loop", [lp for lp in LOOPS if lp.differentiable], ids=lambda loop: loop.name)
def test_forward_mode(loop, linker):
    variables = variables_for(loop.values)
    rng = np.random.RandomState(2)
    points = [rng.uniform(-1, 1, np.shape(v)) for v in loop.values]
    outputs = loop.scan(*variables)
    tangents = compiled(variables, T.Rop(outputs, variables, [T.constant(p) for p in points]), linker)(*loop.values)
    step = 1e-6
    forward = loop.numpy(*[v + step * p for v, p in zip(loop.values, points)])
    backward = loop.numpy(*[v - step * p for v, p in zip(loop.values, points)])
    for tangent, a, b in zip(tangents, forward, backward, strict=True):
        np.testing.assert_allclose(tangent, (a - b) / (2 * step), rtol=1e-5, atol=1e-7)


def test_no_steps_give_no_rows(linker):
    x, n = T.dmatrix("x"), T.iscalar("n")
    (sums, squares), _ = theano.scan(lambda r, s: [s + r, r[:2] ** 2], sequences=x, outputs_info=[T.zeros((3,)), None])
    powers, _ = theano.scan(lambda p: p * 2, outputs_info=T.ones((2,)), n_steps=n)
    f = compiled([x, n], [sums, squares, powers, T.grad(sums.sum(), x)], linker)
    assert [v.shape for v in f(np.zeros((0, 3)), 0)] == [(0, 3), (0, 2), (0, 2), (0, 3)]


def test_shapes_follow_without_computation():
    x, n = T.dmatrix("x"), T.lscalar("n")
    (h, z), _ = theano.scan(
        lambda r, h: [T.tanh(h + r), T.concatenate([r, h])], sequences=x, outputs_info=[T.zeros((3,)), None], n_steps=n
    )
    f = compiled([x, n], [h.shape, z.shape])
    assert not any(isinstance(node.op, Scan) for node in f.maker.fgraph.toposort())
    assert [list(v) for v in f(np.zeros((5, 3)), 4)] == [[4, 3], [4, 6]]


def test_the_gradient_goes_back_as_far_as_told(linker):
    x = T.dvector("x")
    for steps in (1, 3, 10):
        out, _ = theano.scan(lambda e, p: p + e**2, sequences=x, outputs_info=T.zeros(()), truncate_gradient=steps)
        found = compiled([x], T.grad(out[-1], x), linker)(np.arange(5.0))
        wanted = 2 * np.arange(5.0)
        wanted[: max(5 - steps, 0)] = 0
        np.testing.assert_array_equal(found, wanted)


def test_updates_of_shared_variables(linker):
    c = theano.shared(np.float64(1.0), "c")
    kept = theano.shared(np.arange(3.0), "kept")

    def step():
        return c * 10, {c: c + 1, kept: kept * c}

    out, updates = theano.scan(step, n_steps=4)
    f = compiled([], out, linker, updates=updates)
    np.testing.assert_array_equal(f(), [10, 20, 30, 40])
    assert c.get_value() == 5
    np.testing.assert_array_equal(kept.get_value(), np.arange(3.0) * 24)
    np.testing.assert_array_equal(f(), [50, 60, 70, 80])


def test_updates_without_outputs(linker):
    c = theano.shared(np.int64(5), "c")
    out, updates = theano.scan(lambda: {c: c * 2}, n_steps=3)
    assert out is None
    compiled([], [], linker, updates=updates)()
    assert c.get_value() == 40


def test_a_step_hands_on_what_it_read(linker):
    """Though only the last values are kept, in places that are written again."""
    x = T.dvector("x")
    (a, b, seen), _ = theano.scan(lambda a, b: [b, a + b, a], outputs_info=[x, 2 * x, None], n_steps=5)
    f = theano.function([x], [a[-1], b[-1], seen], mode=theano.Mode(linker))
    start = np.array([1.0, -3.0])
    last, next_one, all_of_them = f(start)
    np.testing.assert_array_equal(last, 13 * start)
    np.testing.assert_array_equal(next_one, 21 * start)
    np.testing.assert_array_equal(all_of_them, np.outer([1, 2, 3, 5, 8], start))


def test_equal_loops_are_one():
    x = T.dvector("x")
    a, _ = theano.scan(lambda e, s: s + e, sequences=x, outputs_info=T.zeros(()))
    b, _ = theano.scan(lambda f, t: t + f, sequences=x, outputs_info=T.zeros(()))
    f = compiled([x], [a[-1], b.sum()])
    assert sum(isinstance(node.op, Scan) for node in f.maker.fgraph.toposort()) == 1


@pytest.mark.parametrize("kind", ["RandomStreams", "MRG_RandomStreams"])
def test_gradients_take_the_numbers_that_were_drawn(kind, linker):
    from theano.sandbox.rng_mrg import MRG_RandomStreams

    random = {"RandomStreams": RandomStreams, "MRG_RandomStreams": MRG_RandomStreams}[kind](5)
    x = T.dvector("x")

    def step(e, s):
        u = random.uniform((), dtype="float64")
        return [s * 0.5 + e**2 * u, u]

    (s, u), updates = theano.scan(step, sequences=x, outputs_info=[T.zeros(()), None])
    f = compiled([x], [T.grad(s[-1], x), u], linker, updates=updates)
    value = np.arange(1.0, 5.0)
    first = None
    for _ in range(2):
        found, drawn = f(value)
        np.testing.assert_allclose(found, 2 * value * drawn * 0.5 ** np.arange(4)[::-1])
        assert first is None or not np.array_equal(first, drawn)
        first = drawn
    if linker == "llvm":
        loops = [node for node in f.maker.fgraph.toposort() if isinstance(node.op, Scan)]
        assert len(loops) == 2  # forward and backward: what is drawn for the gradient is drawn once


def test_a_failing_step_changes_nothing(linker):
    w = theano.shared(np.zeros(3), "w")
    x, i = T.dvector("x"), T.lvector("i")
    out, _updates = theano.scan(lambda k, s: s + x[k], sequences=i, outputs_info=T.zeros(()))
    f = compiled([x, i], out, linker, updates=[(w, w + out[-1])])
    with pytest.raises(IndexError):
        f([1.0, 2.0], [0, 1, 7])
    np.testing.assert_array_equal(w.get_value(), np.zeros(3))
    np.testing.assert_array_equal(f([1.0, 2.0], [0, 1]), [1, 3])
    np.testing.assert_array_equal(w.get_value(), [3, 3, 3])


def test_a_loop_in_a_loop_in_a_loop(linker):
    x = T.tensor3("x", dtype="float64")

    def plane(m):
        return theano.scan(
            lambda r: theano.scan(lambda e, s: s + e, sequences=r, outputs_info=T.zeros(()))[0][-1], sequences=m
        )[0].sum()

    out, _ = theano.scan(plane, sequences=x)
    value = np.random.RandomState(0).randn(2, 3, 4)
    np.testing.assert_allclose(compiled([x], out, linker)(value), value.sum((1, 2)))


MISTAKES = {
    "no number of steps": (lambda x: theano.scan(lambda a: a + 1), ValueError, "number of steps"),
    "a number as sequence": (lambda x: theano.scan(lambda a: a + 1, sequences=3), TypeError, "not subscriptable"),
    "a 0-d sequence": (lambda x: theano.scan(lambda a: a, sequences=T.dscalar()), IndexError, "0-d"),
    "another number of axes": (
        lambda x: theano.scan(lambda a, p: p.dimshuffle("x"), x, T.zeros(())),
        ValueError,
        "dimension",
    ),
    "another dtype": (
        lambda x: theano.scan(lambda a, p: p + a, x, T.zeros((), "float32")),
        ValueError,
        "dtype float32.*dtype float64",
    ),
    "too many outputs": (lambda x: theano.scan(lambda a, p: [p, p], x, T.zeros(())), ValueError, "provide None"),
    "no variables": (lambda x: theano.scan(lambda a: None, x), ValueError, "only be made of lists"),
    "a tap of the future": (
        lambda x: theano.scan(lambda a, p: p, x, {"initial": T.zeros((2,)), "taps": [1]}),
        ValueError,
        "smaller than 0",
    ),
    "taps without initial values": (
        lambda x: theano.scan(lambda a, p: p, x, {"taps": [-1]}),
        ValueError,
        "initial state",
    ),
    "too few initial axes": (
        lambda x: theano.scan(lambda a, p, q: p, x, {"initial": T.zeros(()), "taps": [-1, -2]}),
        ValueError,
        "0-d",
    ),
    "steps that are no integer": (
        lambda x: theano.scan(lambda p: p, outputs_info=T.zeros(()), n_steps=2.5),
        TypeError,
        "integer",
    ),
    "two conditions": (
        lambda x: theano.scan(lambda a: (a, until(a > 1), until(a > 2)), x),
        ValueError,
        "two conditions",
    ),
    "a condition that is a vector": (lambda x: theano.scan(lambda a: (a, until(x > 1)), x), TypeError, "0-d"),
    "a shared variable in strict mode": (
        lambda x: theano.scan(lambda a: a + theano.shared(1.0, "w"), x, strict=True),
        theano.MissingInputError,
        "missing an input",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_when_building(mistake):
    build, error, text = MISTAKES[mistake]
    with pytest.raises(error, match=f"(?s).*{text}"):
        build(T.dvector("x"))


@pytest.mark.parametrize("mistake", ["another number of axes", "another dtype"])
def test_mistakes_in_a_step_are_told_with_its_line(mistake):
    with pytest.raises(ValueError, match=r"the result .+ is made at test_scan.py:\d+"):
        MISTAKES[mistake][0](T.dvector("x"))


def test_a_negative_number_of_steps(linker):
    n = T.iscalar("n")
    out, _ = theano.scan(lambda p: p + 1, outputs_info=T.zeros(()), n_steps=n)
    with pytest.raises(IndexError, match="negative number of step -1"):
        compiled([n], out, linker)(-1)


def test_a_sequence_that_is_too_short(linker):
    x, n = T.dvector("x"), T.iscalar("n")
    out, _ = theano.scan(lambda e, p: p + e, x, T.zeros(()), n_steps=n)
    f = compiled([x, n], out, linker)
    np.testing.assert_array_equal(f(np.ones(3), 2), [1, 2])
    with pytest.raises(ValueError, match="required number of steps is 5"):
        f(np.ones(3), 5)


def test_a_value_of_another_shape(linker):
    x = T.dmatrix("x")
    out, _ = theano.scan(lambda r, p: T.concatenate([p, r]), x, T.zeros((3,)))
    with pytest.raises(ValueError):
        compiled([x], out, linker)(np.ones((2, 3)))


def test_test_values_reach_the_step():
    with theano.change_flags(compute_test_value="raise"):
        x = T.dmatrix("x")
        x.tag.test_value = np.ones((4, 3))
        seen = []

        def step(row, total):
            seen.append((row.tag.test_value.shape, total.tag.test_value.shape))
            return total + row

        out, _ = theano.scan(step, sequences=x, outputs_info=T.zeros((3,)))
        assert seen == [((3,), (3,))]
        np.testing.assert_array_equal(out.tag.test_value[-1], [4, 4, 4])


@pytest.mark.parametrize("loop", [lp for lp in LOOPS if not lp.name.startswith("until")], ids=lambda loop: loop.name)
def test_a_batch_of_loops_is_a_loop(loop, linker):
    rng = np.random.RandomState(3)
    variables = variables_for(loop.values)
    batch = [np.stack([v, *(v + rng.uniform(-0.1, 0.1, np.shape(v)) for _ in range(2))]) for v in loop.values]
    given = variables_for(batch)
    outputs = theano.vectorize_graph(loop.scan(*variables), dict(zip(variables, given)))
    found = compiled(given, outputs, linker)(*batch)
    for k in range(3):
        for out, wanted in zip(found, loop.numpy(*[v[k] for v in batch]), strict=True):
            np.testing.assert_allclose(out[k] if out.ndim > np.ndim(wanted) else out, wanted, rtol=1e-10)


def test_some_operands_alone_differ_within_a_batch(linker):
    x, w, h = T.dmatrix("x"), T.dmatrix("w"), T.dvector("h")
    out, _ = theano.scan(lambda e, h, w: [T.tanh(T.dot(h, w) + e), e.sum()], x, [h, None], w)
    ws = T.tensor3("ws", dtype="float64")
    hidden, sums = theano.vectorize_graph(out, {w: ws})
    rng = np.random.RandomState(0)
    values = rng.randn(4, 3), rng.randn(2, 3, 3), rng.randn(3)
    found, total = compiled([x, ws, h], [hidden, sums], linker)(*values)
    for k in range(2):
        wanted, state = [], values[2]
        for e in values[0]:
            state = np.tanh(state @ values[1][k] + e)
            wanted.append(state)
        np.testing.assert_allclose(found[k], wanted)
    np.testing.assert_allclose(total, values[0].sum(1))


def test_jacobian_and_hessian_of_loops(linker):
    x = T.dvector("x")
    out, _ = theano.scan(lambda e, s: T.tanh(s + e) * e, sequences=x, outputs_info=T.zeros(()))
    J, H = theano.gradient.jacobian(out, x), theano.gradient.hessian(out[-1], x)
    value = np.random.RandomState(0).randn(4)
    found_J, found_H = compiled([x], [J, H], linker)(value)
    f, g = compiled([x], out, linker), compiled([x], T.grad(out[-1], x), linker)
    step = 1e-6
    for k, e in enumerate(np.eye(4)):
        np.testing.assert_allclose(found_J[:, k], (f(value + step * e) - f(value - step * e)) / (2 * step), atol=1e-8)
        np.testing.assert_allclose(found_H[:, k], (g(value + step * e) - g(value - step * e)) / (2 * step), atol=1e-8)


def test_a_loop_in_a_map_becomes_one_loop():
    m = T.dmatrix("m")
    out, _ = theano.scan(
        lambda row: theano.scan(lambda e, s: s * 0.5 + e, sequences=row, outputs_info=T.zeros(()))[0][-1], sequences=m
    )
    f = compiled([m], out)
    loops = [node for node in f.maker.fgraph.toposort() if isinstance(node.op, Scan)]
    assert len(loops) == 1 and not any(isinstance(node.op, Scan) for node in loops[0].op.step)
    value = np.random.RandomState(0).randn(3, 5)
    np.testing.assert_allclose(f(value), (value * 0.5 ** np.arange(5)[::-1]).sum(1))


def test_a_draw_that_is_handed_in_is_one_draw_for_all_steps(backend: str) -> None:
    x = T.dvector("x")
    draw = RandomStreams(seed=3).normal((2,))
    products, updates = theano.scan(lambda e, d: e * d, sequences=x, non_sequences=draw)
    f = theano.function([x], [products, draw], updates=updates, mode=theano.Mode(linker=backend))
    (first, drawn), (again, drawn_again) = f([1, 2, 3]), f([1, 2, 3])
    np.testing.assert_allclose(first, np.outer([1, 2, 3], drawn))
    np.testing.assert_allclose(again, np.outer([1, 2, 3], drawn_again))
    assert not updates and (drawn != drawn_again).all()
