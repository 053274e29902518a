"""theano.sparse.opt of Theano 1.0.5."""

from collections.abc import Callable
from typing import Any

__all__ = ['MulSDCSC', 'MulSDCSR', 'MulSVCSR', 'SamplingDotCSR', 'StructuredAddSVCSR', 'mul_s_d_csc', 'mul_s_d_csr', 'mul_s_v_csr', 'sampling_dot_csr', 'structured_add_s_v_csr']
def MulSDCSC() -> Callable[..., Any]: ...
def MulSDCSR() -> Callable[..., Any]: ...
def MulSVCSR() -> Callable[..., Any]: ...
def SamplingDotCSR() -> Callable[..., Any]: ...
def StructuredAddSVCSR() -> Callable[..., Any]: ...
def mul_s_d_csc(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements of a * b, for a in compressed columns and a dense b."""
def mul_s_d_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements of a * b, for a in compressed rows and a dense b."""
def mul_s_v_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements a[i, j] * b[j], for a in compressed rows and a vector b."""
def sampling_dot_csr(x: Any, y: Any, p_data: Any, p_ind: Any, p_ptr: Any, p_ncols: Any) -> list[Any]:
    """data, indices, indptr of p * (x y'), for p in compressed rows; y has a row for each of the ``p_ncols`` columns."""
def structured_add_s_v_csr(a_data: Any, a_indices: Any, a_indptr: Any, b: Any) -> Any:
    """The stored elements a[i, j] + b[j], for a in compressed rows and a vector b."""
