"""From values to sparse variables, and new symbolic inputs."""

from __future__ import annotations

from typing import Any

import scipy.sparse

from theano.configuration import config
from theano.graph import Constant, Variable
from theano.sparse.type import SparseType, is_sparse_variable
from theano.tensor.constant import as_tensor_variable


def constant(x: Any, name: str | None = None) -> Constant:
    """A constant with the value of the sparse matrix ``x``.  TypeError where it is none."""
    if not scipy.sparse.issparse(x):
        raise TypeError("sparse.constant must be called on a Scipy sparse.spmatrix", x)
    try:
        kind = SparseType(x.format, x.dtype.name)
    except NotImplementedError as problem:
        raise TypeError(f"Could not convert {x!r} to SparseType", x) from problem
    return kind.make_constant(x.copy(), name)


def as_sparse_variable(x: Any, name: str | None = None) -> Any:
    """``x`` as a sparse variable: sparse variables stay, SciPy's matrices become constants.

    Raises TypeError for all else: a dense operand is converted by ``csr_from_dense`` or ``csc_from_dense``.
    """
    if is_sparse_variable(x):
        return x
    if isinstance(x, Variable):
        place = f", made at {x.origin}" if x.origin is not None else ""
        raise TypeError(
            f"Variable type field must be a SparseType. {x} has type {x.type}{place}.\n"
            "    hint: csr_from_dense(x) and csc_from_dense(x) make a sparse matrix of a dense one",
            x,
        )
    try:
        return constant(x, name=name)
    except TypeError as problem:
        raise TypeError(f"Cannot convert {x!r} to SparseType", type(x)) from problem


as_sparse = as_sparse_variable


def as_sparse_or_tensor_variable(x: Any, name: str | None = None) -> Any:
    """``x`` as a sparse variable where it is sparse, else as a tensor variable."""
    return (
        as_sparse_variable(x, name)
        if is_sparse_variable(x) or scipy.sparse.issparse(x)
        else as_tensor_variable(x, name)
    )


def matrix(format: str, name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic sparse matrix, of floatX unless told."""
    return SparseType(format, config.floatX if dtype is None else dtype)(name)


def csc_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed columns, of floatX unless told."""
    return matrix("csc", name, dtype)


def csr_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed rows, of floatX unless told."""
    return matrix("csr", name, dtype)


def bsr_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed rows of blocks, of floatX unless told: to be given and returned."""
    return matrix("bsr", name, dtype)


csc_dmatrix, csr_dmatrix, bsr_dmatrix = (SparseType(format, "float64") for format in ("csc", "csr", "bsr"))
csc_fmatrix, csr_fmatrix, bsr_fmatrix = (SparseType(format, "float32") for format in ("csc", "csr", "bsr"))
