"""What is computed of transposes alone is made as a transpose, and leaves in Fortran's order."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm.lower import lower_graph

NATIVE = theano.Mode(linker="llvm")
x, y = T.dmatrices("x", "y")
row, column = T.dvectors("row", "column")

TURNED = {
    "a transpose": ([x], lambda x: x.T),
    "of a sum": ([x, y, row], lambda x, y, row: (x.T + row) * (x - y).T),
    "and vectors": ([x, row, column], lambda x, row, column: x.T * row[None, :] - column[:, None]),
}
STRAIGHT = {
    "a slice": ([x, y], lambda x, y: x[1:].T * y[:-1].T),
    "one that is not turned": ([x, y], lambda x, y: x.T @ y + x.T),
    "no matrix": ([row, column], lambda row, column: column[:, None] + row),
    "back again": ([x], lambda x: (x.T * 2).T),
}


def values(operands, m, n):
    rng = np.random.default_rng(1)
    lengths = {x: (m, n), y: (m, n), row: m, column: n}
    return [rng.integers(-9, 9, lengths[v]).astype("float64") for v in operands]


@pytest.mark.parametrize("m, n", [(5, 3), (1, 4), (4, 1), (70, 130), (3, 0)])
@pytest.mark.parametrize("name", TURNED)
def test_transposes_give_fortrans_order(name, m, n):
    operands, formula = TURNED[name]
    arrays = values(operands, m, n)
    found = theano.function(operands, formula(*operands), mode=NATIVE)(*arrays)
    np.testing.assert_array_equal(found, formula(*arrays))
    assert found.flags.f_contiguous and found.flags.owndata


@pytest.mark.parametrize("name", STRAIGHT)
def test_what_is_read_along_its_rows_too_stays(name):
    operands, formula = STRAIGHT[name]
    arrays = values(operands, 4, 4)
    found = theano.function(operands, formula(*operands), mode=NATIVE)(*arrays)
    np.testing.assert_array_equal(found, formula(*arrays))
    assert found.flags.c_contiguous


def test_what_is_read_again_or_becomes_a_state_is_as_always():
    state = theano.shared(np.zeros((3, 2)))
    z = x.T * 2
    f = theano.function([x], [z, z.sum(axis=0), x.T + 1], updates=[(state, z.T + state)], mode=NATIVE)
    (a,) = values([x], 3, 2)
    for k in (1, 2):
        for found, wanted in zip(f(a), [a.T * 2, a.sum(axis=1) * 2, a.T + 1], strict=True):
            np.testing.assert_array_equal(found, wanted)
        np.testing.assert_array_equal(state.get_value(), k * 2 * a)
    g = theano.function([x], x.T + 1, updates=[(state, (x.T + 1).T)], mode=NATIVE)
    np.testing.assert_array_equal(g(a), a.T + 1)
    np.testing.assert_array_equal(state.get_value(), a + 1)
    assert state.get_value(borrow=True).flags.c_contiguous


@pytest.mark.parametrize("threads", [1, 2])
def test_long_ones_are_split(threads):
    arrays = values([x, y], 400, 900)
    with theano.config.change_flags(threads=threads):
        f = theano.function([x, y], [x.T * y.T, x.T - y.T, x.T - y.T], mode=NATIVE)
    a, b = arrays
    for found, wanted in zip(f(a, b), [a.T * b.T, a.T - b.T, a.T - b.T], strict=True):
        np.testing.assert_array_equal(found, wanted)


def test_loops_and_branches_keep_their_entries_in_rows():
    outputs, _ = theano.scan(lambda a: a.T * 2, sequences=[T.stack([x, y])], n_steps=2)
    choice = theano.ifelse.ifelse(T.gt(x[0, 0], y[0, 0]), x.T * 2, y.T + 1)
    f = theano.function([x, y], [outputs, choice], mode=NATIVE)
    a, b = values([x, y], 3, 4)
    looped, chosen = f(a, b)
    np.testing.assert_array_equal(looped, 2 * np.stack([a.T, b.T]))
    np.testing.assert_array_equal(chosen, a.T * 2 if a[0, 0] > b[0, 0] else b.T + 1)


def test_an_output_that_is_a_view_is_listed_once():
    graph = lower_graph(theano.FunctionGraph([x], [(x * 2)[1:]]), 1, copied=[0])
    assert len(graph.definitions) == len(set(graph.definitions))
