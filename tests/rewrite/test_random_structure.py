"""Random programs of parts, joins, repetitions and increments keep value, type and errors through all passes."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

import theano.tensor as T
from tests.rewrite.evaluation import rewritten, values
from tests.sweep import examples
from theano.graph import FunctionGraph, Variable
from theano.rewrite.passes import rewriter

m = T.dmatrix("m")
c = T.dscalar("c")
n = T.lscalar("n")
rows = T.lvector("rows")
ARGUMENTS = [np.arange(12.0).reshape(3, 4) - 5.5, np.array(1.5), np.array(2), np.array([1, 0, 1])]

SLICES = st.builds(
    slice,
    st.sampled_from([None, 0, 1, -2]),
    st.sampled_from([None, 2, 3, -1]),
    st.sampled_from([None, 1, 2, -1]),
)


def increment(v: Variable, kind: str, index: slice) -> Variable:
    """A matrix of zeros like ``v`` into which something was added or put."""
    zeros = T.zeros_like(v)
    match kind:
        case "rows":
            return T.inc_subtensor(zeros[rows], c)
        case "slice":
            return T.inc_subtensor(zeros[index], 2.0)
        case "set":
            return T.set_subtensor(v[index], v[index] * 3.0)
        case _:
            return T.inc_subtensor(zeros[rows, rows], c * 2.0)


UNARY = st.one_of(
    st.just(lambda v: v.T),
    st.just(lambda v: v.dimshuffle(0, "x", 1)[:, 0]),
    st.just(lambda v: T.exp(v / 64.0)),
    st.just(lambda v: -v),
    st.just(lambda v: c * v),
    st.just(lambda v: v / c),
    st.just(lambda v: 2.0 * v),
    st.just(lambda v: T.alloc(v[0, 0], n, 3)),
    st.just(lambda v: T.alloc(v[0], 2, v.shape[1])),
    st.just(lambda v: T.alloc(2.0, v.shape[0], 3) * v[0, 0]),
    st.just(lambda v: v.sum(axis=0, keepdims=True)),
    st.builds(lambda i: lambda v: v[i], SLICES),
    st.builds(lambda i, j: lambda v: v[i, j], SLICES, SLICES),
    st.builds(lambda i: lambda v: v[i : i + 1], st.integers(-1, 2)),
    st.builds(lambda i: lambda v: T.shape_padleft(v[i]), st.integers(-2, 1)),
    st.builds(
        lambda k, i: lambda v: v + increment(v, k, i),
        st.sampled_from(["rows", "slice", "set", "both"]),
        SLICES,
    ),
    st.builds(
        lambda k, i: lambda v: v - c * increment(v, k, i), st.sampled_from(["rows", "slice", "both"]), SLICES
    ),
    st.builds(
        lambda k, i: lambda v: increment(v, k, i) / c, st.sampled_from(["rows", "slice", "set"]), SLICES
    ),
)
BINARY = st.sampled_from(
    [
        lambda v, w: T.join(0, v, w),
        lambda v, w: T.join(1, v, w),
        lambda v, w: T.join(0, v[:1], T.alloc(0.0, 0, v.shape[1]), w),
        lambda v, w: v + w,
        lambda v, w: v * w[0, 0],
        lambda v, w: T.dot(v.T, w.T),
    ]
)
PROGRAMS = st.recursive(
    st.just(m),
    lambda inner: st.one_of(
        st.tuples(UNARY, inner).map(lambda pair: pair[0](pair[1])),
        st.tuples(BINARY, inner, inner).map(lambda triple: triple[0](triple[1], triple[2])),
    ),
    max_leaves=4,
)


@examples(400)
@given(PROGRAMS)
@example(increment(m.T, "slice", slice(None, None, 1)) / c)  # the room's lengths are those of m
def test_random_programs_keep_their_value_and_come_to_rest(out: Variable) -> None:
    graph = rewritten([m, c, n, rows], [out])
    assert graph.outputs[0].type == out.type
    size = len(graph.apply_nodes)
    try:
        (wanted,) = values(FunctionGraph([m, c, n, rows], [out]), ARGUMENTS)
    except (ValueError, IndexError):
        return  # lengths that do not fit: of what nobody asks for, they are not compared
    (found,) = values(graph, ARGUMENTS)
    assert (found.dtype, found.shape) == (wanted.dtype, wanted.shape)
    np.testing.assert_allclose(found, wanted, rtol=1e-9, atol=1e-9)
    rewriter("fast_run")(graph)
    assert len(graph.apply_nodes) == size
