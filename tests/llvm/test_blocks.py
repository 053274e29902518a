"""Arrays in the memory of others: slices that library routines read where they are, and results in other shapes."""

from itertools import combinations

import numpy as np
import pytest
import theano.ifelse

import theano
import theano.tensor as T
from theano.backends.llvm.lower import lower_graph
from theano.loops.lifetimes import begins_at_source
from theano.loops.plan import make_program
from theano.loops.program import LibraryCall

NATIVE = theano.Mode(linker="llvm")
PLAIN = theano.Mode(linker="py", optimizer=None)
BOUNDS = (None, 0, 1, 3, 5, 7, -1, -3, -5, -7)


def numbers(*shape, seed=0):
    return np.random.default_rng(seed).uniform(-1, 1, shape)


def program_of(inputs, outputs, updates=()):
    """The program of a function of no more than one state."""
    f = theano.function(inputs, outputs, updates=updates, mode=NATIVE, on_unused_input="ignore")
    graph = lower_graph(f.maker.fgraph, len(inputs))
    returned, new = graph.outputs[: len(outputs)], graph.outputs[len(outputs) :]
    changed = list(zip(graph.states, new, strict=False))
    return make_program(graph.inputs, graph.states, graph.constants, graph.definitions, returned, changed)


def calls_inside(inputs, outputs):
    """The library calls of a program of which an operand begins inside another array."""
    calls = [step for step in program_of(inputs, outputs).steps if isinstance(step, LibraryCall)]
    return [call for call in calls if not all(map(begins_at_source, call.operands))]


i, j = T.lscalars("i", "j")
x, w, v = T.matrix("x"), T.matrix("w"), T.vector("v")
stack, images, kernels = T.tensor3("stack"), T.tensor4("images"), T.tensor4("kernels")

FORMS = {
    "rows": lambda: T.dot(x[i:j], w),
    "rows turned": lambda: T.dot(x[i:j].T, x[i:j]),
    "rows of rows": lambda: T.dot(x[1:][i:j], w),
    "rows of rows of rows": lambda: T.dot(x[i:][:-1][:j], w),
    "columns summed": lambda: T.dot(x[i:j].T, v[i:j]),
    "an entry": lambda: T.dot(stack[2], w),
    "an entry that is given": lambda: T.dot(stack[i % 3], w),
    "rows of an entry": lambda: T.dot(stack[1, i:j], w),
    "entries": lambda: T.batched_dot(stack[i:j], stack[i:j].dimshuffle(0, 2, 1)),
    "rows reshaped": lambda: T.dot(x[i:j].reshape((-1, 2)), w[:2]),
    "rows of what is reshaped": lambda: T.dot(x.reshape((-1, 4))[i:j], w),
    "rows of a product": lambda: T.dot(T.dot(x, w)[i:j], w.T),
    "images": lambda: T.nnet.conv2d(images[i:j], kernels),
    "rows as images": lambda: T.nnet.conv2d(images.flatten(2)[i:j].reshape((-1, 1, 4, 4)), kernels),
    "and elsewhere": lambda: T.dot(x[i:j], w).sum() + T.exp(x[i:j]).sum() + x[i:j].mean(),
}
"""By name, what is computed of 5 x 4 numbers and of others."""

GIVEN = {x: numbers(5, 4), w: numbers(4, 3), v: numbers(5), stack: numbers(5, 2, 4), images: numbers(5, 1, 4, 4), kernels: numbers(2, 1, 3, 3)}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_slices_have_the_values_of_their_copies(form):
    expression = FORMS[form]()
    inputs = [i, j, *GIVEN]
    native, plain = (
        theano.function(inputs, expression, mode=m, on_unused_input="ignore") for m in (NATIVE, PLAIN)
    )
    for first in (0, 1, 2, 4, 5, 6, -1, -4, -9):
        for stop in (0, 1, 2, 4, 5, 6, -1, -4, -9):
            expected = plain(first, stop, *GIVEN.values())
            np.testing.assert_allclose(native(first, stop, *GIVEN.values()), expected, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("first", BOUNDS)
@pytest.mark.parametrize("stop", BOUNDS)
def test_bounds_that_are_known_are_those_of_numpy(first, stop):
    f = theano.function([x, w], T.dot(x[first:stop], w), mode=NATIVE)
    np.testing.assert_allclose(f(GIVEN[x], GIVEN[w]), GIVEN[x][first:stop] @ GIVEN[w], rtol=1e-12)


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"and elsewhere", "columns summed"}))
def test_slices_are_read_where_they_are(form):
    assert calls_inside([i, j, *GIVEN], [FORMS[form]()])


def test_slices_of_what_is_computed_element_by_element_are_computed_alone():
    assert not calls_inside([i, j, x, w], [T.dot(T.exp(x)[i:j], w)])


@pytest.mark.parametrize(
    "rows", [x[:, 1:3].T, x[::2], x[::-1], x[i:j, :3]], ids=["columns", "step", "turned", "narrow"]
)
def test_what_is_not_one_block_is_copied(rows):
    assert not calls_inside([i, j, x, w, v], [T.dot(rows, T.outer(v, v))])


def test_an_index_out_of_bounds_is_an_error():
    f = theano.function([stack, w, i], T.dot(stack[i], w), mode=NATIVE)
    with pytest.raises(IndexError):
        f(GIVEN[stack], GIVEN[w], 5)


def test_a_slice_that_is_an_output_is_a_copy():
    rows = x[i:j]
    f = theano.function([i, j, x, w], [rows, T.dot(rows, w), rows.reshape((-1, 2))], mode=NATIVE)
    given = GIVEN[x].copy()
    taken, _, reshaped = f(1, 4, given, GIVEN[w])
    for found in (taken, reshaped):
        assert not np.shares_memory(found, given)
        np.testing.assert_array_equal(found.ravel(), given[1:4].ravel())


UPDATES = {
    "everything": lambda s, rows, product: s * 0.5 + 1,
    "everything by the product": lambda s, rows, product: s - product.sum(),
    "the rows": lambda s, rows, product: T.inc_subtensor(rows, product),
    "other rows": lambda s, rows, product: T.set_subtensor(s[:2], product[:2]),
    "everything by the rows": lambda s, rows, product: s + T.dot(s, T.dot(rows.T, rows)),
    "everything by the sum of the rows": lambda s, rows, product: s + rows.sum(axis=0) + rows.sum(),
    "reshaped": lambda s, rows, product: s * T.dot(rows.reshape((2, -1)), rows.reshape((2, -1)).T).sum(),
}
"""New values of a state of which rows, and a product of these, are read."""


@pytest.mark.parametrize("update", UPDATES)
@pytest.mark.parametrize("output", ["rows", "product", "product and sum", "reshaped"])
@pytest.mark.parametrize("is_held", [False, True])
def test_a_state_is_read_before_it_is_changed(update, output, is_held):
    found = []
    for mode in (NATIVE, PLAIN):
        state = theano.shared(numbers(6, 4))
        rows = state[i : i + 2]
        product = T.dot(rows, w)
        wanted = {
            "rows": rows,
            "product": product,
            "product and sum": [T.dot(T.tanh(product), w), rows.sum()],
            "reshaped": rows.reshape((-1,)),
        }[output]
        updates = [(state, UPDATES[update](state, rows, product))]
        f = theano.function([i, w], wanted, updates=updates, mode=mode, on_unused_input="ignore")
        held = state.get_value(borrow=True) if is_held else None
        values = []
        for start in (1, 0, 4):
            out = f(start, numbers(4, 4, seed=3))
            values += out if isinstance(out, list) else [out]
            values.append(state.get_value())
        if held is not None:
            np.testing.assert_array_equal(held, numbers(6, 4))
        found.append(values)
    for ours, expected in zip(*found, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-10, atol=1e-10)


def test_states_whose_slices_are_read_are_still_changed_in_place():
    weights = theano.shared(numbers(3, 4, 4))
    y = x
    for k in range(3):
        y = T.tanh(T.dot(y, weights[k]))
    updates = [(weights, weights - 0.1 * T.grad(y.sum(), weights))]
    assert program_of([x], [y.sum()], updates).in_place


def test_long_programs_read_slices_where_they_are():
    rng = np.random.default_rng(1)
    expected, y = GIVEN[x], x
    data = theano.shared(rng.uniform(-1, 1, (80, 4)))
    array = data.get_value()
    for k in range(40):
        first = (7 * k) % 71
        rows = data[first : first + 4] if k % 3 else data[i + k : i + k + 4]
        taken = array[first : first + 4] if k % 3 else array[2 + k : 6 + k]
        y, expected = T.tanh(T.dot(y, rows) + k), np.tanh(expected @ taken + k)
    f = theano.function([x, i], [y, data[:3]], updates=[(data, data + y.sum())], mode=NATIVE)
    found, top = f(GIVEN[x], 2)
    np.testing.assert_allclose(found, expected, rtol=1e-10)
    np.testing.assert_array_equal(top, array[:3])
    np.testing.assert_allclose(data.get_value(), array + expected.sum())


def test_steps_of_loops_read_slices_of_sequences_states_and_what_they_write():
    seq, start = T.tensor3("seq"), T.matrix("start")

    def step(s, h, c):
        new = T.dot(h[:2], s[1:3]) + T.dot(c[i : i + 2].T, s[:2]).sum(0)
        return T.concatenate([T.tanh(new), h[1:3]]), T.dot(new[1:], c[i : i + 2])

    expression = theano.scan(step, sequences=seq, outputs_info=[start, None], non_sequences=stack[0].T)[0]
    values = numbers(5, 4, 2), numbers(4, 2, seed=1), numbers(5, 5, 4, seed=2)
    results = [theano.function([seq, start, stack, i], expression, mode=m) for m in (NATIVE, PLAIN)]
    for ours, expected in zip(*(f(*values, 0) for f in results), strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-10)


def test_what_leaves_in_another_shape_is_made_where_it_leaves():
    product, root = T.dot(x, w), T.sqrt(x)
    outputs = [
        product.flatten(),
        root.reshape((2, -1)),
        root.sum(axis=1).reshape((-1, 1, 5)),
        T.exp(x).flatten() + 1,
    ]
    program = program_of([x, w], outputs)
    assert all(output.alias is None for output in program.outputs)
    f = theano.function([x, w], outputs, mode=NATIVE)
    given = abs(GIVEN[x])
    first, _ = f(given, GIVEN[w]), f(given + 1, GIVEN[w])
    roots = np.sqrt(given)
    expected = [
        (given @ GIVEN[w]).ravel(),
        roots.reshape(2, -1),
        roots.sum(axis=1).reshape(-1, 1, 5),
        np.exp(given).ravel() + 1,
    ]
    for ours, value in zip(first, expected, strict=True):
        assert ours.shape == value.shape and ours.flags.owndata
        np.testing.assert_allclose(ours, value, rtol=1e-12)


def test_what_is_scattered_leaves_in_another_shape():
    joined = T.concatenate([T.sqrt(x), T.exp(x)], axis=1)
    added = T.inc_subtensor(T.sqr(x)[1:3], 1.0)
    outputs = [joined.reshape((-1,)), added.reshape((2, 10))]
    f, plain = (theano.function([x], outputs, mode=m) for m in (NATIVE, PLAIN))
    for ours, expected in zip(f(abs(GIVEN[x])), plain(abs(GIVEN[x])), strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_what_leaves_in_several_shapes_is_several_arrays():
    root = T.sqrt(x)
    f = theano.function([x], [root.flatten(), root.reshape((2, -1)), root], mode=NATIVE)
    found = f(abs(GIVEN[x]))
    assert not any(np.shares_memory(a, b) for a, b in combinations(found, 2))
    for ours in found:
        np.testing.assert_array_equal(ours.ravel(), np.sqrt(abs(GIVEN[x])).ravel())


def test_states_get_new_values_of_another_shape():
    state = theano.shared(numbers(6))
    f = theano.function([x, w], state.sum(), updates=[(state, T.dot(x[:2], w).flatten())], mode=NATIVE)
    np.testing.assert_allclose(f(GIVEN[x], GIVEN[w]), numbers(6).sum())
    np.testing.assert_allclose(state.get_value(), (GIVEN[x][:2] @ GIVEN[w]).ravel())
    held = state.get_value(borrow=True)
    f(2 * GIVEN[x], GIVEN[w])
    np.testing.assert_allclose(held, (GIVEN[x][:2] @ GIVEN[w]).ravel())


def test_a_reshape_to_another_size_fails_before_anything_is_written():
    f = theano.function([x], T.exp(x).reshape((2, 3)), mode=NATIVE)
    with pytest.raises(ValueError, match="as many elements"):
        f(numbers(300, 300))


def test_steps_of_loops_leave_reshaped_values():
    start = T.vector("start")

    def step(s, h):
        new = T.tanh(T.dot(h.reshape((2, 2)), s))
        return new.reshape((-1,)), T.exp(new).flatten(), new.sum(axis=0).reshape((2, 1))

    expression = theano.scan(step, sequences=stack, outputs_info=[start, None, None])[0]
    values = numbers(5, 2, 2), numbers(4, seed=1)
    results = [
        theano.function([stack, start], [*expression, expression[0][-1]], mode=m)(*values)
        for m in (NATIVE, PLAIN)
    ]
    for ours, expected in zip(*results, strict=True):
        np.testing.assert_allclose(ours, expected, rtol=1e-10)


def test_branches_leave_reshaped_values():
    chosen = theano.ifelse.ifelse(T.gt(i, 0), T.dot(x, w).flatten(), T.exp(T.dot(x, w)).flatten())
    f = theano.function([i, x, w], chosen, mode=NATIVE)
    for k in (0, 1):
        product = (GIVEN[x] @ GIVEN[w]).ravel()
        np.testing.assert_allclose(f(k, GIVEN[x], GIVEN[w]), product if k else np.exp(product), rtol=1e-12)
