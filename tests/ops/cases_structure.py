"""Cases of structure: axes, shapes, joining, indexing, products, sorting.  Edge cases first."""

from __future__ import annotations

import numpy as np
from case import case, sample

import theano.tensor as T
from theano import scalar
from theano.gradient import OpFromGraph, grad_clip, grad_scale
from theano.tensor.assertion import Assert
from theano.tensor.matrix_product import kron, matrix_power
from theano.tensor.passing import OutputGuard, deep_copy_op, view_op

v, m, t = sample(4), sample(2, 3), sample(2, 3, 4)
w, n = sample(3), sample(3, 4)
i = np.array([1, 0, 1])
mask = np.array([[True, False, True], [False, True, False]])


def parts(*outputs):
    """The real and imaginary parts of each: what a real cost can be made of."""
    return [f(o) for o in outputs for f in (T.real, T.imag)]


CASES = [
    # -- axes
    case("dimshuffle_of_empty", lambda x: x.dimshuffle(1, "x", 0), sample(0, 3)),
    case("dimshuffle", lambda x: x.dimshuffle(2, "x", 0, 1), t),
    case("dimshuffle_drops_axis", lambda x: x.dimshuffle(1), sample(1, 3), patterns={0: (True, False)}),
    case("transpose", lambda x: T.transpose(x, (1, 0, 2)), t),
    case("swapaxes", lambda x: x.swapaxes(0, -1), t),
    case("squeeze", lambda x: T.squeeze(x), sample(1, 3, 1), patterns={0: (True, False, True)}),
    case("pad_axis", lambda x: T.shape_padaxis(x, -2), m),
    case("addbroadcast", lambda x: T.addbroadcast(x, 0), sample(1, 3)),
    case("unbroadcast", lambda x: T.unbroadcast(x, 0), sample(1, 3), patterns={0: (True, False)}),
    # -- shapes
    case("reshape_of_empty", lambda x: x.reshape((-1, 3)), sample(0, 6)),
    case("reshape_known", lambda x: x.reshape((3, 2)), m),
    case("reshape_to_one", lambda x: x.reshape((1, -1)), m),
    case("reshape_by_vector", lambda x, s: x.reshape(s, ndim=2), m, np.array([3, -1])),
    case("reshape_by_lengths", lambda x: x.reshape((x.shape[0] * x.shape[1], x.shape[2])), t),
    case("flatten_scalar", lambda x: x.flatten(), np.array(1.5)),
    case("flatten_two", lambda x: x.flatten(2), t),
    case("shape", lambda x: x.shape, m, gradient=()),
    case("specify_shape", lambda x: T.specify_shape(x, (2, 3)), m),
    case("make_vector", lambda x, y: T.stack([x, y, 2.0]), np.array(1.5), np.array(-0.5)),
    # -- arrays from nothing
    case("alloc_stretches", lambda x: T.alloc(x, 2, 4), v),
    case("alloc_of_no_rows", lambda x: T.alloc(x, 0, 4), v, gradient=()),
    case(
        "alloc_by_lengths", lambda x, y: T.alloc(x, y.shape[0], y.shape[1]), np.array(2.5), m, gradient=(0,)
    ),
    case("zeros_like", lambda x: T.zeros_like(x), m, gradient=()),
    case("eye", lambda k: T.eye(k, 4, -1), np.array(3), gradient=()),
    case("tri", lambda k: T.tri(k, 4, 1), np.array(3), gradient=()),
    case("arange_empty", lambda a, b: T.arange(a, b), np.array(4), np.array(2), gradient=()),
    case(
        "arange_down", lambda a, b, s: T.arange(a, b, s), np.array(9), np.array(1), np.array(-3), gradient=()
    ),
    case("arange_of_step", lambda s: [T.arange(7, 0, s), T.arange(0, 7, -s)], np.array(-3), gradient=()),
    case("arange_of_floats", lambda a, b: T.arange(a, b, 0.25), np.array(0.1), np.array(2.3), gradient=(0,)),
    case("tril_triu", lambda x: [T.tril(x), T.triu(x, 1)], sample(3, 3)),
    # -- joining
    case("join_one_empty", lambda x, y: T.join(0, x, y), sample(0, 3), m, gradient=(1,)),
    case("join", lambda x, y: T.concatenate([x, y, x], axis=-1), m, sample(2, 2)),
    case(
        "join_by_variable_axis",
        lambda k, x, y: T.join(k, x, y),
        np.array(1),
        m,
        sample(2, 3),
        gradient=(1, 2),
    ),
    case("join_row_and_matrix", lambda r, x: T.join(0, r, x), sample(1, 3), m, patterns={0: (True, False)}),
    case("stack", lambda x, y: T.stack([x, y], axis=1), m, 2 * m),
    case("split", lambda x: T.split(x, [1, 3], 2), v),
    case("split_by_vector", lambda x, s: T.split(x, s, 3, axis=1), sample(2, 5), np.array([2, 0, 3])),
    # -- basic indexing
    case("slice_past_the_end", lambda x: x[2:9], v),
    case("slice_empty", lambda x: x[3:1], v),
    case("slice_backwards", lambda x: x[::-2], v),
    case("slice_backwards_from", lambda x: x[-2:0:-1], v),
    case("slice_of_empty", lambda x: x[1:], sample(0, 3)),
    case("slice_by_variables", lambda x, a, b: x[a:b], v, np.array(-3), np.array(7)),
    case("slice_step_by_variable", lambda x, s: x[::s], v, np.array(-3)),
    case("slice_ends_and_step", lambda x, a, b, s: x[a:b:s], v, np.array(-1), np.array(-9), np.array(-2)),
    case("index_by_int", lambda x: x[-1], t),
    case("index_and_slice", lambda x, k: x[k, 1:, ::2], t, np.array(-1)),
    case("new_axes", lambda x: x[None, 1, :, None], m),
    case("row_slice", lambda x: x[0:1], sample(1, 3), patterns={0: (True, False)}),
    case("set_slice", lambda x, y: T.set_subtensor(x[1:3], y), v, sample(2)),
    case("set_backwards", lambda x, y: T.set_subtensor(x[::-1], y), v, 2 * v),
    case("set_by_scalar", lambda x, y: T.set_subtensor(x[1], y), m, np.array(0.5)),
    case("inc_row", lambda x, y: T.inc_subtensor(x[1], y), m, w),
    case("inc_stretched", lambda x, y: T.inc_subtensor(x[:, 1:], y), m, sample(2)),
    case("inc_transposed", lambda x, y: T.inc_subtensor(x.T[0], y), m, sample(2)),
    # -- indexing with arrays
    case("rows_none", lambda x: x[np.zeros(0, "int64")], m),
    case("rows", lambda x, k: x[k], m, i),
    case("rows_negative", lambda x: x[[-1, 0]], m),
    case("columns", lambda x, k: x[:, k], m, np.array([2, 0, 2])),
    case("rows_of_matrix_of_indices", lambda x: x[:, [[0, 1], [2, 1]]], m),
    case("pairs", lambda x, k: x[k, [2, 0, 2]], m, i),
    case("arrays_apart", lambda x: x[[0, 1], :, [2, 3]], t),
    case("array_and_int", lambda x: x[0, :, [2, 3]], t),
    case("array_and_new_axis", lambda x: x[None, [1, 0], 1:], m),
    case("mask", lambda x, k: x[k], m, mask),
    case("mask_of_columns", lambda x: x[:, np.array([True, False, True])], m),
    case("take_wrapped", lambda x: x.take([5, -4], axis=1, mode="wrap"), m),
    case("take_flat", lambda x: T.take(x, [[0, 5], [1, 1]]), m),
    case("set_rows", lambda x, y: T.set_subtensor(x[[1, 0]], y), m, 2 * m),
    case("inc_rows_twice", lambda x, y: T.inc_subtensor(x[[1, 1, 0]], y), m, sample(3, 3)),
    case("inc_columns", lambda x, y: T.inc_subtensor(x[:, [0, 0]], y), m, sample(2, 2)),
    case("inc_pairs", lambda x, y: T.inc_subtensor(x[[0, 0], [2, 2]], y), m, sample(2)),
    case("set_mask", lambda x, k: T.set_subtensor(x[k], 0.5), m, mask),
    case("nonzero", lambda x: T.nonzero(x), sample(3, 3, dtype="int64")),
    # -- products
    case("dot_of_empty", lambda x, y: T.dot(x, y), sample(2, 0), sample(0, 3)),
    case("dot_vv", lambda x, y: T.dot(x, y), v, 2 * v),
    case("dot_vm", lambda x, y: T.dot(x, y), w, n),
    case("dot_mv", lambda x, y: T.dot(x, y), m, w),
    case("dot_mm", lambda x, y: T.dot(x, y), m, n),
    case("dot_transposed", lambda x, y: T.dot(x.T, y), m, sample(2, 2)),
    case("dot_tm", lambda x, y: T.dot(x, y), t, sample(4, 2)),
    case("dot_mt", lambda x, y: T.dot(x, y), sample(2, 3), t),
    case("dot_int_float", lambda x, y: T.dot(x, y), sample(2, 3, dtype="int32"), n),
    case("dot_row", lambda x, y: T.dot(x, y), sample(1, 3), n, patterns={0: (True, False)}),
    case("outer", lambda x, y: T.outer(x, y), v, w),
    case("tensordot", lambda x, y: T.tensordot(x, y, [[0, 1], [1, 0]]), t, sample(3, 2)),
    case("batched_dot", lambda x, y: T.batched_dot(x, y), t, sample(2, 4, 3)),
    case("batched_dot_of_rows", lambda x, y: T.batched_dot(x, y), m, sample(2, 3, 4)),
    case("matmul", lambda x, y: x @ y, sample(2, 2, 3, 2), sample(2, 2, 2, 3)),
    # -- diagonals, order, repetition
    case("diagonal_past_the_edge", lambda x: T.diagonal(x, 7), n),
    case("diagonal", lambda x: T.diagonal(x, -1, 0, 2), t),
    case("diag_of_vector", lambda x: T.diag(x, 1), v),
    case("sort", lambda x: T.sort(x, axis=0), n),
    case("sort_flat", lambda x: T.sort(x, axis=None), n),
    case("argsort", lambda x: T.argsort(x), n, gradient=()),
    case("topk", lambda x: T.topk(x, 2), n),
    case("topk_smallest", lambda x: T.topk_and_argtopk(x, -2, axis=0), n),
    case("repeat", lambda x: T.repeat(x, 2, axis=1), m),
    case("repeat_each", lambda x, r: T.repeat(x, r, axis=1), m, np.array([2, 0, 1])),
    case("tile", lambda x: T.tile(x, (2, 1, 3)), m),
    case("roll", lambda x: T.roll(x, 5, axis=1), m),
    case("choose", lambda i, x, y: T.choose(i, [x, y]), np.array([1, 0, 1]), w, 2 * w),
    case("choose_clipped", lambda i, x, y: T.choose(i, [x, y], mode="clip"), np.array([5, -1, 1]), w, m),
    case("choose_rows", lambda i, x: T.choose(i, x), np.array([1, 0, 1]), m),
    case("choose_rows_wrapped", lambda i, x: T.choose(i, x, mode="wrap"), np.array([5, -1, 0]), m),
    # -- values handed on
    case("assert_of_nothing", lambda x: Assert("no")(x), sample(0, 3)),
    case("assert", lambda x, c: Assert("no")(x, c, x.size > 0), m, np.array(1)),
    case("view", lambda x: view_op(x), m),
    case("deep_copy", lambda x: deep_copy_op(x), m),
    case("output_guard", lambda x: OutputGuard()(x), m),
    case(
        "scalar_and_back",
        lambda x: T.tensor_from_scalar(scalar.exp(T.scalar_from_tensor(x)) * T.scalar_from_tensor(x)),
        np.array(1.5),
    ),
    case("grad_clip_far_away", lambda x: grad_clip(x, -1e9, 1e9), m),
    case("grad_scale_by_one", lambda x: grad_scale(x, 1.0), m),
    case(
        "op_from_graph",
        lambda x, y: OpFromGraph([a := x.type(), b := y.type()], [T.dot(a, b), a * b])(x, y),
        m,
        w,
    ),
    case("kron", lambda x, y: kron(x, y), m, sample(2, 2)),
    case("matrix_power", lambda x: matrix_power(x, 3), sample(3, 3)),
    case("cov", lambda x: T.cov(x), sample(2, 4)),
    # -- structure of complex numbers x + iy, as functions of the real x and y
    case("dot_mm_of_complex", lambda x, y: parts(T.dot(T.complex(x, y), T.complex(y, 1 - x).T)), m, 2 * m),
    case("dot_mv_of_complex", lambda x, y: parts(T.dot(T.complex(x, y), T.complex(y, x)[0])), m, 2 * m),
    case("dot_vm_of_complex", lambda x, y: parts(T.dot(T.complex(x, y)[1], T.complex(y, x).T)), m, 2 * m),
    case("dot_vv_of_complex", lambda x, y: parts(T.dot(T.complex(x, y), T.complex(y, 1 - x))), v, 2 * v),
    case(
        "batched_dot_of_complex",
        lambda x, y: parts(T.batched_dot(T.complex(x, y), T.complex(y, x).dimshuffle(0, 2, 1))),
        sample(2, 3, 2),
        -sample(2, 3, 2),
    ),
    case("reduced_complex", lambda x, y: parts(*[f(T.complex(x, y), axis=1) for f in (T.sum, T.prod, T.mean)]), m, 2 * m),
    case("cumulated_complex", lambda x, y: parts(*[f(T.complex(x, y), axis=1) for f in (T.cumsum, T.cumprod)]), m, 2 * m),
    case("indexed_complex", lambda x, y: parts(T.inc_subtensor(T.complex(x, y)[[1, 1]], T.complex(y, x))), m, 2 * m),
    case("joined_complex", lambda x, y: parts(T.join(0, T.complex(x, y), x)), m, 2 * m),
]
