"""vectorize_graph against a loop over the batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.gradient import OpFromGraph, disconnected_grad

rng = np.random.RandomState(5)


def floats(*shape: int) -> np.ndarray:
    return rng.uniform(0.2, 2.0, shape)


def ints(high: int, *shape: int) -> np.ndarray:
    return rng.randint(0, high, shape)


v, m, t = floats(3), floats(3, 4), floats(2, 3, 4)

# name, expression, values of one example, positions that are batched
CASES: list[tuple[str, Callable[..., Any], tuple[np.ndarray, ...], tuple[int, ...]]] = [
    ("elementwise", lambda x, y: T.exp(x) * y + 1, (m, v[:, None] * np.ones(4)), (0, 1)),
    ("elementwise_one_side", lambda x, y: x - y, (v, v), (1,)),
    ("elementwise_of_ranks", lambda x, y: x * y, (floats(4), m), (0,)),
    ("switch", lambda x, y: T.switch(x > 1, x, y), (m, m * 2), (0, 1)),
    ("dimshuffle", lambda x: x.dimshuffle(2, "x", 0, 1), (t,), (0,)),
    ("transpose", lambda x: x.T, (m,), (0,)),
    ("sum", lambda x: x.sum(), (m,), (0,)),
    ("sum_axis", lambda x: x.sum(axis=-1), (m,), (0,)),
    ("mean_keepdims", lambda x: x.mean(axis=0, keepdims=True), (m,), (0,)),
    ("prod", lambda x: x.prod(axis=1), (t,), (0,)),
    ("max", lambda x: x.max(axis=0), (m,), (0,)),
    ("argmax", lambda x: x.argmax(), (m,), (0,)),
    ("any", lambda x: T.any(x > 1.5, axis=1), (m,), (0,)),
    ("var", lambda x: x.var(axis=1), (m,), (0,)),
    ("softmax", lambda x: T.exp(x - x.max()) / T.exp(x - x.max()).sum(), (v,), (0,)),
    ("dot_vv", lambda x, y: T.dot(x, y), (v, v + 1), (0, 1)),
    ("dot_mv", lambda x, y: T.dot(x, y), (m, floats(4)), (0, 1)),
    ("dot_vm", lambda x, y: T.dot(x, y), (v, m), (0, 1)),
    ("dot_mm", lambda x, y: T.dot(x, y), (m, floats(4, 2)), (0, 1)),
    ("dot_left", lambda x, y: T.dot(x, y), (m, floats(4, 2)), (0,)),
    ("dot_right", lambda x, y: T.dot(x, y), (m, floats(4, 2)), (1,)),
    ("dot_right_vector", lambda x, y: T.dot(x, y), (m, floats(4)), (1,)),
    ("dot_vector_right", lambda x, y: T.dot(x, y), (v, m), (1,)),
    ("batched_dot", lambda x, y: T.batched_dot(x, y), (t, floats(2, 4, 5)), (0, 1)),
    ("batched_dot_one_side", lambda x, y: T.batched_dot(x, y), (t, floats(2, 4)), (1,)),
    ("tensordot", lambda x, y: T.tensordot(x, y, [[1], [0]]), (t, m), (0, 1)),
    ("reshape", lambda x: x.reshape((2, 6)), (m,), (0,)),
    ("reshape_rest", lambda x: x.reshape((x.shape[1], -1)), (m,), (0,)),
    ("flatten", lambda x: x.flatten(2), (t,), (0,)),
    ("shape", lambda x: x * x.shape[0] + x.shape[1], (m,), (0,)),
    ("specify_shape", lambda x: T.specify_shape(x, (3, 4)), (m,), (0,)),
    ("make_vector", lambda x, y: T.stack([x.sum(), y, 2.0]), (v, np.array(0.5)), (0,)),
    ("alloc", lambda x: T.alloc(x, 2, 3), (v,), (0,)),
    ("zeros_like", lambda x: T.zeros_like(x) + x.sum(), (m,), (0,)),
    ("addbroadcast", lambda x, y: T.addbroadcast(x, 0) + y, (floats(1, 4), m), (0, 1)),
    ("join", lambda x, y: T.concatenate([x, y], axis=1), (m, floats(3, 2)), (0, 1)),
    ("join_one_side", lambda x, y: T.concatenate([x, y, x], axis=-2), (m, floats(2, 4)), (1,)),
    ("stack", lambda x, y: T.stack([x, y], axis=1), (m, m), (0,)),
    ("split", lambda x: T.split(x, [1, 3], 2, axis=1)[1], (m,), (0,)),
    ("cumsum", lambda x: T.cumsum(x, axis=1), (m,), (0,)),
    ("cumprod_flat", lambda x: T.cumprod(x), (m,), (0,)),
    ("sort", lambda x: T.sort(x, axis=0), (m,), (0,)),
    ("argsort", lambda x: T.argsort(x), (m,), (0,)),
    ("diagonal", lambda x: T.diagonal(x, 1), (m,), (0,)),
    ("diag", lambda x: T.diag(x, -1), (v,), (0,)),
    ("trace", lambda x: T.nlinalg.trace(x), (m,), (0,)),
    ("row", lambda x: x[1], (m,), (0,)),
    ("slices", lambda x: x[::-1, 1:3], (m,), (0,)),
    ("new_axis", lambda x: x[:, None, 2], (m,), (0,)),
    ("index_by_batch", lambda x, i: x[i], (m, np.array(2)), (0, 1)),
    ("index_by_batch_alone", lambda x, i: x[i], (m, np.array(2)), (1,)),
    ("column_by_batch", lambda x, i: x[:, i], (m, np.array(2)), (0, 1)),
    ("column_by_batch_alone", lambda x, i: x[1:, i], (m, np.array(2)), (1,)),
    ("rows", lambda x: x[[2, 0, 2]], (m,), (0,)),
    ("rows_by_batch", lambda x, i: x[i], (m, ints(3, 5)), (0, 1)),
    ("rows_by_batch_alone", lambda x, i: x[i], (m, ints(3, 5)), (1,)),
    ("columns", lambda x, i: x[:, i], (m, ints(4, 2)), (0,)),
    ("columns_by_batch", lambda x, i: x[:, i], (m, ints(4, 2)), (0, 1)),
    ("pairs_by_batch", lambda x, i, j: x[i, j], (m, ints(3, 2), ints(4, 2)), (0, 1, 2)),
    ("pairs_by_one_of_the_batch", lambda x, i, j: x[i, j], (m, ints(3, 2), ints(4, 2)), (0, 2)),
    ("arrays_apart", lambda x, i, j: x[i, :, j], (t, ints(2, 5), ints(4, 5)), (0,)),
    ("arrays_apart_by_batch", lambda x, i, j: x[i, :, j], (t, ints(2, 5), ints(4, 5)), (0, 1, 2)),
    ("middle_by_batch", lambda x, i: x[:, i, 1:], (t, ints(3, 2)), (0, 1)),
    ("set_row", lambda x, y: T.set_subtensor(x[1], y), (m, floats(4)), (0, 1)),
    ("set_row_of_one", lambda x, y: T.set_subtensor(x[1], y), (m, floats(4)), (1,)),
    ("inc_stretched", lambda x, y: T.inc_subtensor(x[:, 1:], y), (m, floats(3)), (0, 1)),
    ("inc_rows", lambda x, y: T.inc_subtensor(x[[1, 1, 0]], y), (m, floats(3, 4)), (0, 1)),
    ("inc_rows_by_batch", lambda x, y, i: T.inc_subtensor(x[i], y), (m, floats(3, 4), ints(3, 3)), (0, 1, 2)),
    (
        "set_columns_by_batch",
        lambda x, y, i: T.set_subtensor(x[:, i], y),
        (m, floats(3, 1), np.array([2])),
        (0, 1, 2),
    ),
    ("set_element_by_batch", lambda x, i: T.set_subtensor(x[i], 0.0), (m, np.array(1)), (0, 1)),
    ("one_hot", lambda i: T.extra_ops.to_one_hot(i, 4), (ints(4, 3),), (0,)),
    ("choose", lambda i, x, y: T.choose(i, [x, y]), (ints(2, 3), v, v + 1), (0, 2)),
    ("barrier", lambda x: disconnected_grad(x) * 2, (v,), (0,)),
    ("gradient", lambda x, w: T.grad(T.tanh(T.dot(w, x)).sum(), w), (v, floats(2, 3)), (0,)),
    ("op_from_graph", lambda x: OpFromGraph([q := T.dvector()], [q * q.sum()])(x) + 1, (v,), (0,)),
]


@pytest.mark.parametrize("batch", [(2,), (2, 3)], ids=["one_axis", "two_axes"])
@pytest.mark.parametrize(("build", "values", "positions"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_it_is_a_loop_over_the_batch(
    build: Callable[..., Any], values: tuple, positions: tuple, batch: tuple, backend: str
) -> None:
    mode = theano.Mode(linker=backend)
    single = [T.TensorType(a.dtype.name, (False,) * a.ndim)() for a in values]
    expression = T.as_tensor_variable(build(*single))
    many, arguments = list(single), list(values)
    generator = np.random.RandomState(0)
    for k in positions:
        many[k] = T.TensorType(values[k].dtype.name, (False,) * (values[k].ndim + len(batch)))()
        shuffled = [generator.permutation(values[k].ravel()) for _ in range(int(np.prod(batch)))]
        arguments[k] = np.array(shuffled).reshape(batch + values[k].shape)
    vectorized = theano.tensor.vectorize_graph(expression, {single[k]: many[k] for k in positions})
    assert vectorized.type.ndim == expression.type.ndim + len(batch)
    found = theano.function(many, vectorized, mode=mode, on_unused_input="ignore")(*arguments)
    one = theano.function(single, expression, mode=mode, on_unused_input="ignore")
    for index in np.ndindex(*batch):
        wanted = one(*[a[index] if k in positions else a for k, a in enumerate(arguments)])
        assert found[index].dtype == wanted.dtype
        np.testing.assert_allclose(found[index], wanted, rtol=1e-10)


def test_batches_of_different_depth_stretch_from_the_right() -> None:
    x, y = T.dvectors("x", "y")
    xs, ys = T.dmatrix("xs"), T.dtensor3("ys")
    f = theano.function([xs, ys], theano.vectorize_graph(T.dot(x, y), {x: xs, y: ys}))
    a, b = floats(4, 3), floats(2, 4, 3)
    np.testing.assert_allclose(f(a, b), np.einsum("jk,ijk->ij", a, b))


def test_what_does_not_depend_on_the_batch_stays_as_it_is() -> None:
    x, y = T.dvectors("x", "y")
    fixed = T.exp(y)
    new = theano.vectorize_graph([x + 1, fixed, x.shape[0]], {x: T.dmatrix("xs")})
    assert new[1] is fixed and new[2].ndim == 0


def test_an_intermediate_variable_may_be_replaced() -> None:
    x = T.dvector("x")
    hidden = T.exp(x)
    f = theano.function([z := T.dmatrix("z")], theano.vectorize_graph(hidden * 2, {hidden: z}))
    assert f([[1.0], [2.0]]).tolist() == [[2.0], [4.0]]


def test_the_kind_of_outputs_is_kept() -> None:
    x, xs = T.dvector("x"), T.dmatrix("xs")
    assert isinstance(theano.vectorize_graph((x, x + 1), {x: xs}), tuple)
    assert theano.vectorize_graph(x, {x: xs}).type == xs.type


def test_misuse_is_told() -> None:
    x, n = T.dvector("x"), T.lscalar("n")
    with pytest.raises(NotImplementedError, match="no rule for Nonzero"):
        theano.vectorize_graph(T.nonzero(x)[0], {x: T.dmatrix()})
    with pytest.raises(NotImplementedError, match="input 1 of Alloc must not depend on the batch"):
        theano.vectorize_graph(T.alloc(1.0, n), {n: T.lvector()})
    with pytest.raises(NotImplementedError, match="bounds of slices"):
        theano.vectorize_graph(x[:n], {n: T.lvector()})
    with pytest.raises(TypeError, match="cannot stand for x"):
        theano.vectorize_graph(x, {x: T.fmatrix()})
    with pytest.raises(TypeError, match="cannot stand for x"):
        theano.vectorize_graph(x, {x: T.dscalar()})
