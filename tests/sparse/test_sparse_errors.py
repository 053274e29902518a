"""Mistakes with sparse matrices: what is raised, and that it names the op and the user's line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp

import theano
import theano.sparse as S
import theano.tensor as T

x, c, b = S.csr_matrix("x"), S.csc_matrix("c"), S.bsr_matrix("b")
w, v, k = T.dmatrix("w"), T.dvector("v"), T.lscalar("k")

AT_CONSTRUCTION: dict[str, tuple[Callable[[], Any], type[Exception], str]] = {
    "dense_for_sparse": (lambda: S.sp_sum(w), TypeError, r"w has type TensorType\(float64, matrix\), made at test_sparse_errors"),
    "array_for_sparse": (lambda: S.neg(np.ones((2, 2))), TypeError, "Cannot convert"),
    "transpose_of_dense": (lambda: S.transpose(w), TypeError, "csr_from_dense"),
    "dot_of_dense": (lambda: S.dot(w, w), TypeError, r"dot\(x, y\) needs at least one sparse operand"),
    "structured_dot_of_dense": (lambda: S.structured_dot(w, w), TypeError, "at least one sparse operand"),
    "true_dot_of_dense": (lambda: S.true_dot(w, w), TypeError, "at least one sparse operand"),
    "tensor_dot_of_sparse": (lambda: T.dot(x, w), TypeError, "must be a TensorType"),
    "dot_of_tensor3": (lambda: S.dot(x, T.dtensor3()), TypeError, "y to be a matrix or a vector"),
    "structured_dot_of_vector": (lambda: S.structured_dot(x, v), NotImplementedError, "theano.sparse.dot takes vectors"),
    "add_number": (lambda: x + 1, AssertionError, "structured_add"),
    "add_vector": (lambda: x + v, AssertionError, "needs a matrix y"),
    "add_of_dense": (lambda: S.add(w, w), AssertionError, "needs a sparse operand"),
    "mul_vector": (lambda: x * v, NotImplementedError, "mul_s_v, row_scale and col_scale"),
    "compare_number": (lambda: x > 1, AssertionError, "needs a matrix y"),
    "compare_dense": (lambda: S.eq(w, w), AssertionError, "needs a sparse operand"),
    "scale_by_matrix": (lambda: S.col_scale(x, w), TypeError, "needs a vector s"),
    "scale_of_blocks": (lambda: S.row_scale(b, v), TypeError, "format csr or csc, found bsr"),
    "scale_csc_of_csr": (lambda: S.ColScaleCSC()(x, v), ValueError, "x in the format csc, found csr"),
    "mul_s_v_of_matrix": (lambda: S.mul_s_v(x, w), AssertionError, "needs a vector y"),
    "add_s_s_data_of_types": (lambda: S.add_s_s_data(x, c), NotImplementedError, "operands of one type"),
    "sum_over_axis_2": (lambda: S.sp_sum(x, 2), ValueError, "axis None, 0 or 1"),
    "data_of_matrix": (lambda: S.CSR(w, v, v, v), TypeError, "data to be a vector"),
    "indices_of_floats": (lambda: S.CSR(v, v, v, v), TypeError, "indices to be a vector of integers"),
    "indptr_of_scalar": (lambda: S.CSC(v, [0], 0, [1, 1]), TypeError, "indptr to be a vector"),
    "unknown_format": (lambda: S.CSM("coo"), ValueError, "format must be one of"),
    "stack_of_nothing": (lambda: S.HStack("csr", "float64")(), ValueError, "at least one block"),
    "stack_without_dtype": (lambda: S.HStack("csr"), ValueError, "dtype must be specified"),
    "stack_of_dense": (lambda: S.vstack([x, w]), TypeError, "must be a SparseType"),
    "one_row": (lambda: x[0], NotImplementedError, r"x\[i:i \+ 1\] is a matrix of one row"),
    "one_row_and_slice": (lambda: x[k, 1:], NotImplementedError, "there is no sparse vector"),
    "new_axis": (lambda: x[:, None], NotImplementedError, "takes slices"),
    "three_indices": (lambda: x[1:, 1:, 1:], IndexError, "at most two indices"),
    "slice_of_float": (lambda: x[: T.dscalar()], TypeError, "integers as indices"),
    "sampling_of_vector": (lambda: S.sampling_dot(v, w, x), NotImplementedError, "needs matrices"),
    "usmm_of_two_sparse": (lambda: S.usmm(1.0, x, x, w), TypeError, "one of x and y dense"),
    "usmm_of_dense": (lambda: S.usmm(1.0, w, w, w), TypeError, "sparse operand"),
    "from_dense_of_tensor3": (lambda: S.csr_from_dense(T.dtensor3()), TypeError, "needs a matrix"),
    "rows_of_vector": (lambda: S.construct_sparse_from_list(v, w, [0]), TypeError, "x of 2 dimensions"),
    "diagonal_of_matrix": (lambda: S.square_diagonal(w), TypeError, "needs a vector"),
    "constant_of_array": (lambda: S.constant(np.ones((2, 2))), TypeError, "Scipy sparse"),
    "constant_of_coordinates": (lambda: S.constant(sp.coo_matrix((2, 2))), TypeError, "Could not convert"),
}  # fmt: skip


@pytest.mark.parametrize("name", AT_CONSTRUCTION)
def test_a_mistake_is_told_where_it_is_made(name: str) -> None:
    make, error, message = AT_CONSTRUCTION[name]
    with pytest.raises(error, match=message):
        make()


M = sp.random(5, 4, 0.5, "csr", random_state=0)
N = sp.random(3, 4, 0.5, "csr", random_state=1)
y = S.csr_matrix("y")
AT_RUN_TIME: dict[str, tuple[Any, list[Any], list[Any]]] = {
    "dot": (S.dot(x, w), [x, w], [M, np.ones((3, 2))]),
    "dot_of_vector": (S.dot(x, v), [x, v], [M, np.ones(5)]),
    "dot_from_left": (S.dot(w, x), [x, w], [M, np.ones((3, 2))]),
    "dot_of_sparse": (S.dot(x, y), [x, y], [M, N]),
    "structured_dot": (S.structured_dot(x, w), [x, w], [M, np.ones((5, 2))]),
    "structured_dot_from_left": (S.structured_dot(w, x), [x, w], [M, np.ones((2, 4))]),
    "true_dot": (S.true_dot(x, y), [x, y], [M, N]),
    "sampling_dot": (S.sampling_dot(w, w, x), [x, w], [M, np.ones((5, 2))]),
    "add_sparse": (x + y, [x, y], [M, N]),
    "add_dense": (x + w, [x, w], [M, np.ones((4, 5))]),
    "add_row": (x + w, [x, w], [M, np.ones((1, 4))]),
    "mul_sparse": (x * y, [x, y], [M, N]),
    "mul_dense": (x * w, [x, w], [M, np.ones((5, 5))]),
    "mul_s_v": (S.mul_s_v(x, v), [x, v], [M, np.ones(5)]),
    "structured_add_s_v": (S.structured_add_s_v(x, v), [x, v], [M, np.ones(3)]),
    "col_scale": (S.col_scale(x, v), [x, v], [M, np.ones(5)]),
    "row_scale": (S.row_scale(x, v), [x, v], [M, np.ones(4)]),
    "less": (x < w, [x, w], [M, np.ones((5, 5))]),
    "less_sparse": (x < y, [x, y], [M, N]),
    "hstack": (S.hstack([x, y]), [x, y], [M, N]),
    "vstack": (S.vstack([x, y.T]), [x, y], [M, N]),
    "diag": (S.diag(x), [x], [M]),
    "usmm": (S.usmm(1.0, x, w, w), [x, w], [M, np.ones((4, 2))]),
    "lists": (x[[0, 1], [0]], [x], [M]),
    "csm": (S.CSR(v, [0], [0, 1], [1, 1]), [v], [np.ones(2)]),
    "csm_shape": (S.CSR(v, [0], [0, 1], [1, 1, 1]), [v], [np.ones(1)]),
}  # fmt: skip


@pytest.mark.parametrize("optimizer", ["fast_run", None])
@pytest.mark.parametrize("name", AT_RUN_TIME)
def test_lengths_that_do_not_fit_name_the_line(name: str, optimizer: str | None, backend: str) -> None:
    out, inputs, values = AT_RUN_TIME[name]
    f = theano.function(inputs, out, mode=theano.Mode(backend, optimizer))
    with pytest.raises(ValueError, match=r"made at test_sparse_errors\.py:\d+"):
        f(*values)


def test_an_index_outside_is_an_index_error(backend: str) -> None:
    for out in (x[9, 0], x[[9]], x[[9], [0]]):
        with pytest.raises(IndexError, match="test_sparse_errors"):
            theano.function([x], out, mode=theano.Mode(backend, "fast_run"))(M)


def test_what_is_no_matrix_is_refused_as_an_argument(backend: str) -> None:
    f = theano.function([x], S.sp_sum(x), mode=theano.Mode(backend, "fast_run"))
    for wrong in ("text", np.ones((2, 2, 2)), None):
        with pytest.raises(TypeError):
            f(wrong)
    with pytest.raises(NotImplementedError, match="Expected float64 dtype but got int64"):
        f(sp.csr_matrix(np.ones((2, 2), "int64")))
    assert f(M.tocsc()) == pytest.approx(M.sum()) and f(M.toarray()) == pytest.approx(M.sum())
