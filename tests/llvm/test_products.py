"""Matrix products in compiled programs: factors and sums that BLAS takes over, and states that they are added to."""

from itertools import product

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm.lower import lower_graph
from theano.loops.plan import make_program
from theano.loops.program import Launch, LibraryCall
from theano.tensor.blas import Gemm

NATIVE = theano.Mode(linker="llvm")
PLAIN = theano.Mode(linker="py", optimizer=None)
LENGTHS = (0, 1, 2, 3, 7, 8, 17, 64, 100)
TOLERANCE = {"float32": 2e-4, "complex64": 2e-4, "float64": 1e-11, "complex128": 1e-11}


def numbers(shape, dtype="float64", seed=0):
    rng = np.random.default_rng(seed)
    found = rng.uniform(-1, 1, shape)
    if np.dtype(dtype).kind == "c":
        found = found + 1j * rng.uniform(-1, 1, shape)
    return np.asarray(found).astype(dtype)


def assert_alike(ours, expected, dtype):
    assert ours.dtype == expected.dtype and ours.shape == expected.shape
    np.testing.assert_allclose(ours, expected, rtol=TOLERANCE[dtype], atol=TOLERANCE[dtype])


def matrices(names, dtype="float64"):
    return [T.matrix(name, dtype=dtype) for name in names]


FORMS = {
    "added": lambda c, x, y, a: c + T.dot(x, y),
    "added on the left": lambda c, x, y, a: T.dot(x, y) + c,
    "subtracted": lambda c, x, y, a: c - T.dot(x, y),
    "subtracted from": lambda c, x, y, a: T.dot(x, y) - c,
    "scaled": lambda c, x, y, a: a * T.dot(x, y),
    "scaled and negated": lambda c, x, y, a: -(T.dot(x, y) * a),
    "divided": lambda c, x, y, a: c - T.dot(x, y) / a,
    "step": lambda c, x, y, a: c - a * T.dot(x, y),
    "half": lambda c, x, y, a: c - T.dot(x, y) * 0.5,
    "both scaled": lambda c, x, y, a: 0.25 * c + a * T.dot(x, y),
    "decay": lambda c, x, y, a: c - a * (T.dot(x, y) + 0.125 * c),
    "two products": lambda c, x, y, a: T.dot(x, y) + a * T.dot(-x, y),
    "two products and a row": lambda c, x, y, a: T.dot(x, y) + T.dot(a * x, y) + c.sum(axis=0, keepdims=True),
    "three products": lambda c, x, y, a: c + T.dot(x, y) - T.dot(x, y + 1) - a * T.dot(x + 1, y),
    "of transposes": lambda c, x, y, a: c.T + T.dot(y.T, x.T),
    "transposed": lambda c, x, y, a: c - a * T.dot(y.T, x.T).T,
    "in a loop": lambda c, x, y, a: T.sqr(c - a * T.dot(x, y)),
    "twice": lambda c, x, y, a: (c + T.dot(x, y)) * T.dot(x, y),
    "row": lambda c, x, y, a: a * T.dot(x, y) + c[0],
    "of itself": lambda c, x, y, a: T.dot(x, y) + a * T.dot(c, T.dot(y.T, y)),
}


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
@pytest.mark.parametrize("form", FORMS)
def test_scaled_and_added_products_have_their_values(form, dtype):
    c, x, y = matrices("cxy", dtype)
    a = T.scalar("a", dtype=dtype)
    out = FORMS[form](c, x, y, a).astype(dtype)
    ours, plain = (theano.function([c, x, y, a], out, mode=mode, on_unused_input="ignore") for mode in (NATIVE, PLAIN))
    for m, k, n in [(1, 1, 1), (2, 3, 5), (5, 0, 2), (7, 17, 8), (64, 3, 1), (1, 64, 9)]:
        arguments = numbers((m, n), dtype, 1), numbers((m, k), dtype, 2), numbers((k, n), dtype, 3)
        kept = [v.copy() for v in arguments]
        scale = numbers((), dtype, 4)
        assert_alike(ours(*arguments, scale), plain(*arguments, scale), dtype)
        for argument, copy in zip(arguments, kept, strict=True):
            np.testing.assert_array_equal(argument, copy)


@pytest.mark.parametrize("turned", [(False, False), (True, False), (False, True), (True, True)])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_products_of_all_shapes(turned, dtype):
    c, x, y = matrices("cxy", dtype)
    p = T.dot(x.T if turned[0] else x, y.T if turned[1] else y)
    f = theano.function([c, x, y], [p, c - 2 * p], mode=NATIVE)
    for m, k, n in product(LENGTHS, repeat=3):
        if (m > 8) + (k > 8) + (n > 8) > 1 and not m == k == n:
            continue
        left, right, base = numbers((m, k), dtype), numbers((k, n), dtype, 1), numbers((m, n), dtype, 2)
        given = [np.ascontiguousarray(v.T) if t else v for v, t in zip((left, right), turned, strict=True)]
        expected = left.astype("float64") @ right
        for ours, value in zip(f(base, *given), (expected, base - 2 * expected), strict=True):
            np.testing.assert_allclose(ours, value, rtol=TOLERANCE[dtype], atol=10 * TOLERANCE[dtype])


def steps(updates, inputs=(), outputs=()):
    """The library calls and loops of a program, and the states that it writes in place."""
    f = theano.function(list(inputs), list(outputs), updates=updates, mode=NATIVE, on_unused_input="ignore")
    fgraph = f.maker.fgraph
    graph = lower_graph(fgraph, len(inputs))
    returned, new = graph.outputs[: len(outputs)], graph.outputs[len(outputs) :]
    states = {v: s for v, s in zip(fgraph.inputs[len(inputs) :], graph.states, strict=True)}
    ordered = [next(s for v, s in states.items() if v.name == state.name) for state, _ in updates]
    program = make_program(
        graph.inputs, graph.states, graph.constants, graph.definitions, returned, list(zip(ordered, new, strict=True))
    )
    calls = [s for s in program.steps if isinstance(s, LibraryCall)]
    loops = [s for s in program.steps if isinstance(s, Launch) and s.kernel.extents]
    return calls, loops, {b.name for b in program.in_place}


def state(name="W", shape=(5, 4), dtype="float64", seed=7):
    return theano.shared(numbers(shape, dtype, seed), name)


RATES = {
    "a number": lambda: (0.1, []),
    "a variable": lambda: (T.scalar("lr", dtype="float64"), None),
    "a state": lambda: (theano.shared(np.float32(0.1), "lr"), []),
    "a cast constant": lambda: (T.cast(T.constant(np.float32(0.1)), "float64"), []),
}


@pytest.mark.parametrize("rate", RATES)
def test_a_step_of_training_is_one_product_into_the_states_memory(rate):
    x, d = matrices("xd")
    W = state()
    lr, inputs = RATES[rate]()
    inputs = [x, d, *([lr] if inputs is None else inputs)]
    calls, loops, in_place = steps([(W, W - lr * T.dot(x.T, d))], inputs)
    assert len(calls) == 1 and not loops and in_place == {"W"}
    (call,) = calls
    assert call.accumulates and call.result.name == "W" and call.flags == (True, False)


def test_a_step_is_taken_where_the_state_lies():
    x, d = matrices("xd")
    W = state()
    f = theano.function([x, d], [], updates=[(W, W - 0.1 * T.dot(x.T, d))], mode=NATIVE)
    start, address = W.get_value(), W.container.storage[0].ctypes.data
    given = numbers((3, 5)), numbers((3, 4), seed=1)
    f(*given)
    assert W.container.storage[0].ctypes.data == address
    np.testing.assert_allclose(W.get_value(), start - 0.1 * given[0].T @ given[1])
    held = W.get_value(borrow=True)
    before = held.copy()
    f(*given)
    np.testing.assert_array_equal(held, before)
    np.testing.assert_allclose(W.get_value(), start - 0.2 * given[0].T @ given[1])


def test_a_wrong_shape_changes_nothing():
    x, d = matrices("xd")
    W = state()
    f = theano.function([x, d], [], updates=[(W, W - T.dot(x.T, d))], mode=NATIVE)
    start = W.get_value()
    for shapes, message in [(((3, 5), (2, 4)), "3 and 2"), (((3, 4), (3, 4)), "5 and 4"), (((3, 5), (3, 1)), "4 and 1")]:
        with pytest.raises(ValueError, match=message):
            f(*map(numbers, shapes))
        np.testing.assert_array_equal(W.get_value(), start)


def test_momentum_and_decay_are_written_in_place():
    x, d = matrices("xd")
    W, v = state(), state("v", seed=8)
    new_v = 0.9 * v - 0.1 * (T.dot(x.T, d) + 0.01 * W)
    calls, loops, in_place = steps([(v, new_v), (W, W + new_v)], [x, d])
    assert len(calls) == 1 and len(loops) == 2 and in_place == {"W", "v"}


def test_a_product_that_reads_the_state_works_on_a_copy():
    W = state(shape=(4, 4))
    calls, _, in_place = steps([(W, W - 0.1 * T.dot(W, W))])
    assert len(calls) == 1 and not in_place


def test_products_into_one_sum_share_its_memory():
    x, y, z = matrices("xyz")
    W = state()
    calls, loops, in_place = steps([(W, W + T.dot(x, y) - 2 * T.dot(x, z))], [x, y, z])
    assert [call.result.name for call in calls] == ["W", "W"] and not loops and in_place == {"W"}
    calls, loops, _ = steps([], [x, y, z], [T.tanh(T.dot(x, y) + T.dot(x, z))])
    assert len(calls) == 2 and calls[0].result is calls[1].result and len(loops) == 1


def test_what_a_loop_reads_is_left_to_the_loop():
    x, y, c = matrices("xyc")
    calls, loops, _ = steps([], [x, y, c], [T.tanh(c - 2 * T.dot(x, y))])
    assert not calls[0].accumulates and len(loops) == 1


SYSTEMS = {
    "another update reads W": lambda W, v, x, d: [(W, W - T.dot(x.T, d)), (v, v + T.tanh(W))],
    "another update reads W first": lambda W, v, x, d: [(v, v + T.tanh(W)), (W, W - T.dot(x.T, d))],
    "another update reads the new W": lambda W, v, x, d: [(W, W - T.dot(x.T, d)), (v, v + W - T.dot(x.T, d))],
    "each reads the other": lambda W, v, x, d: [(W, W + v - T.dot(x.T, d)), (v, v * W - T.dot(x.T, d))],
    "products of each other": lambda W, v, x, d: [(W, W + T.dot(v, v.T).dot(v)), (v, v + T.dot(W, W.T).dot(W))],
    "W and its product swapped": lambda W, v, x, d: [(W, v - T.dot(x.T, d)), (v, W)],
    "W from v": lambda W, v, x, d: [(W, v + T.dot(x.T, d)), (v, v - T.dot(x.T, d))],
    "a reshape of W": lambda W, v, x, d: [(W, W - T.dot(x.T, d)), (v, W.reshape((4, 5)).T)],
    "a factor from W": lambda W, v, x, d: [(W, W - W.sum() * T.dot(x.T, d))],
    "a corner of W": lambda W, v, x, d: [(W, W - W[0, 0] * T.dot(x.T, d))],
    "momentum": lambda W, v, x, d: [(v, 0.5 * v - T.dot(x.T, d)), (W, W + (0.5 * v - T.dot(x.T, d)))],
    "W is a factor": lambda W, v, x, d: [(W, W + T.dot(W, T.dot(d.T, d))), (v, v + T.dot(T.dot(x.T, x), W))],
    "rows set besides": lambda W, v, x, d: [(W, T.set_subtensor((W - T.dot(x.T, d))[1], 1.0))],
    "a product onto rows set": lambda W, v, x, d: [(W, T.set_subtensor(W[1], 1.0) - T.dot(x.T, d))],
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_updates_see_the_old_values(system):
    ends = []
    for mode in (NATIVE, PLAIN):
        x, d = matrices("xd")
        W, v = state(), state("v", seed=8)
        outputs = [W.sum(), W if system == "another update reads W" else v[0]]
        f = theano.function([x, d], outputs, updates=SYSTEMS[system](W, v, x, d), mode=mode, on_unused_input="ignore")
        results = [r.copy() for _ in range(3) for r in f(numbers((3, 5)) / 4, numbers((3, 4), seed=1) / 4)]
        ends.append([*results, W.get_value(), v.get_value()])
    for ours, expected in zip(*ends, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)


VECTOR_FORMS = {
    "rows": lambda x, v: T.dot(x, v),
    "columns": lambda x, v: T.dot(x.T, v),
    "vector first": lambda x, v: T.dot(v, x),
    "vector first, transposed": lambda x, v: T.dot(v, x.T),
    "of a sum": lambda x, v: T.dot((x + 1).T, v),
    "stepped down": lambda x, v: v - 0.5 * T.dot(x.T, T.dot(x, v)),
    "twice a vector": lambda x, v: T.dot(v, v) * x,
    "outer": lambda x, v: x + 0.5 * T.outer(v, v),
}


@pytest.mark.parametrize("form", VECTOR_FORMS)
@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex64", "int32", "int8", "bool"])
def test_products_with_vectors(form, dtype):
    x, v = T.matrix("x", dtype=dtype), T.vector("v", dtype=dtype)
    if dtype == "bool" and form in ("stepped down", "of a sum"):
        return
    ours, plain = (theano.function([x, v], VECTOR_FORMS[form](x, v), mode=mode) for mode in (NATIVE, PLAIN))
    for n in (*LENGTHS, 200):
        rng = np.random.default_rng(n)
        given = (rng.integers(-3, 4, (n, n)) / (4 if dtype[0] in "fc" else 1), rng.integers(-1, 2, n))
        matrix, vector = (np.asarray(a).astype(dtype) for a in given)
        result, expected = ours(matrix, vector), plain(matrix, vector)
        assert result.dtype == expected.dtype and result.shape == expected.shape
        tolerance = 2e-2 if dtype == "float16" else 1e-4
        np.testing.assert_allclose(result, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("types", [("int8", "float32"), ("float32", "float64"), ("bool", "int16"), ("float64", "complex64")])
def test_products_of_two_dtypes(types):
    x, y = (T.matrix(name, dtype=dtype) for name, dtype in zip("xy", types, strict=True))
    f, plain = (theano.function([x, y], [T.dot(x, y), T.dot(x, y[:, 0])], mode=mode) for mode in (NATIVE, PLAIN))
    for n in LENGTHS[1:]:
        left, right = (np.random.default_rng(n).integers(0, 2, (n, n)).astype(dtype) for dtype in types)
        for ours, expected in zip(f(left, right), plain(left, right), strict=True):
            assert ours.dtype == expected.dtype
            np.testing.assert_allclose(ours, expected, rtol=1e-5)


BATCHES = {
    "plain": lambda x, y: T.batched_dot(x, y),
    "turned": lambda x, y: T.batched_dot(y.dimshuffle(0, 2, 1), x.dimshuffle(0, 2, 1)),
    "rows": lambda x, y: T.batched_dot(x[:, 0], y),
    "columns": lambda x, y: T.batched_dot(x, y[:, :, 0]),
    "numbers": lambda x, y: T.batched_dot(x[:, 0], y[:, :, 0]),
    "batched_tensordot": lambda x, y: T.batched_tensordot(x, y.dimshuffle(0, 2, 1), [[2], [2]]),
    "tensordot": lambda x, y: T.tensordot(x, y, [[0, 2], [0, 1]]),
    "matmul": lambda x, y: x @ y,
}


@pytest.mark.parametrize("form", BATCHES)
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "int32", "float16"])
def test_batches_of_products(form, dtype):
    x, y = (T.tensor3(name, dtype=dtype) for name in "xy")
    ours, plain = (theano.function([x, y], BATCHES[form](x, y), mode=mode) for mode in (NATIVE, PLAIN))
    sizes = [(0, 2, 3, 4), (1, 1, 1, 1), (3, 0, 2, 1), (2, 3, 0, 4), (5, 2, 3, 4), (100, 8, 8, 8), (40, 17, 33, 20)]
    for batch, m, k, n in sizes:
        if "number" in form + "row" and 0 in (m, n):
            continue
        rng = np.random.default_rng(m)
        left, right = (rng.integers(-2, 3, s).astype(dtype) for s in ((batch, max(m, 1), k), (batch, k, max(n, 1))))
        result, expected = ours(left, right), plain(left, right)
        assert result.dtype == expected.dtype and result.shape == expected.shape
        np.testing.assert_allclose(result, expected, rtol=1e-2 if dtype == "float16" else 1e-5)


@pytest.mark.parametrize("dtype", ["float32", "float64", "complex64", "complex128"])
def test_products_of_a_matrix_and_its_transpose(dtype):
    (x,) = matrices("x", dtype)
    f = theano.function([x], [T.dot(x, x.T), T.dot(x.T, x), 2 * T.dot(x.T, x), x.T + T.dot(x.T, T.dot(x, x.T))], mode=NATIVE)
    for m, k in [(1, 1), (0, 3), (3, 0), (127, 5), (128, 3), (200, 131), (129, 300)]:
        given = numbers((m, k), dtype)
        wide = given.astype("complex128" if dtype.startswith("complex") else "float64")
        gram = wide.T @ wide
        expected = wide @ wide.T, gram, 2 * gram, wide.T + wide.T @ (wide @ wide.T)
        for ours, value in zip(f(given), expected, strict=True):
            np.testing.assert_allclose(ours, value, rtol=10 * TOLERANCE[dtype], atol=100 * TOLERANCE[dtype])


def test_batches_that_do_not_fit_are_an_error():
    x, y = T.tensor3("x"), T.tensor3("y")
    f = theano.function([x, y], T.batched_dot(x, y), mode=NATIVE)
    floats = "float64" if theano.config.floatX == "float64" else "float32"
    for shapes, message in [(((2, 3, 4), (3, 4, 5)), "equal first lengths, found 2 and 3"), (((2, 3, 4), (2, 5, 4)), "found 4 and 5")]:
        with pytest.raises(ValueError, match=message):
            f(*(numbers(s, floats) for s in shapes))


@pytest.mark.parametrize("form", ["plain", "turned", "rows", "batched_tensordot"])
def test_gradients_of_batches(form):
    theano.gradient.verify_grad(BATCHES[form], [numbers((3, 2, 4)), numbers((3, 4, 5))], rng=np.random.RandomState(1))


def test_long_programs_accumulate_from_their_table():
    x = T.dmatrix("x")
    states = [theano.shared(numbers((6, 6), seed=k), f"W{k}") for k in range(20)]
    lr = T.dscalar("lr")
    h = x
    for W in states:
        h = T.tanh(T.dot(h, W))
    cost = T.sqr(h).sum()
    ends = []
    for mode in (NATIVE, PLAIN):
        for k, W in enumerate(states):
            W.set_value(numbers((6, 6), seed=k))
        f = theano.function([x, lr], cost, updates=[(W, W - lr * T.grad(cost, W)) for W in states], mode=mode)
        ends.append([f(numbers((4, 6)), 0.1), f(numbers((4, 6)), 0.1), *(W.get_value() for W in states)])
    for ours, expected in zip(*ends, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)


def test_the_pass_can_be_left_out():
    x, y, c = matrices("xyc")
    for mode, expected in ((NATIVE, True), (NATIVE.excluding("BlasOpt"), False)):
        f = theano.function([x, y, c], c + T.dot(x, y), mode=mode)
        assert any(isinstance(node.op, Gemm) for node in f.maker.fgraph.toposort()) == expected
