"""Ops of 1.0.5 on the arrays of a sparse matrix: called as there, they give expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.tensor.compressed import ElementsAt, SampledDot
from theano.tensor.constant import as_tensor_variable
from theano.tensor.shape import MakeVector


def _at_columns(indices: Any, indptr: Any, b: Any) -> Any:
    """b[j] for each stored element of a matrix in compressed rows, j its column."""
    indptr, b = as_tensor_variable(indptr), as_tensor_variable(b)
    return ElementsAt("csr", 1)(indices, indptr, MakeVector("int64")(indptr.shape[0] - 1, b.shape[0]), b)


def mul_s_d_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements of a * b, for a in compressed rows and a dense b."""
    b = as_tensor_variable(b)
    return as_tensor_variable(a_data) * ElementsAt("csr")(a_indices, a_indptr, b.shape, b)


def mul_s_d_csc(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements of a * b, for a in compressed columns and a dense b."""
    b = as_tensor_variable(b)
    return as_tensor_variable(a_data) * ElementsAt("csc")(a_indices, a_indptr, b.shape, b)


def mul_s_v_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements a[i, j] * b[j], for a in compressed rows and a vector b."""
    return as_tensor_variable(a_data) * _at_columns(a_indices, a_indptr, b)


def structured_add_s_v_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements a[i, j] + b[j], for a in compressed rows and a vector b."""
    return as_tensor_variable(a_data) + _at_columns(a_indices, a_indptr, b)


def sampling_dot_csr(x: Any, y: Any, p_data: Any, p_ind: Any, p_ptr: Any, p_ncols: Any) -> list[Any]:
    """data, indices, indptr of p * (x y'), for p in compressed rows; y has a row for each of the ``p_ncols`` columns."""
    indices, indptr = as_tensor_variable(p_ind), as_tensor_variable(p_ptr)
    return [as_tensor_variable(p_data) * SampledDot("csr")(indices, indptr, x, y), indices, indptr]


def MulSDCSR() -> Callable[..., Any]:
    return mul_s_d_csr


def MulSDCSC() -> Callable[..., Any]:
    return mul_s_d_csc


def MulSVCSR() -> Callable[..., Any]:
    return mul_s_v_csr


def StructuredAddSVCSR() -> Callable[..., Any]:
    return structured_add_s_v_csr


def SamplingDotCSR() -> Callable[..., Any]:
    return sampling_dot_csr
