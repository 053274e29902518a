"""Shared variables whose values are sparse matrices."""

from __future__ import annotations

from typing import Any

import scipy.sparse

from theano.compile.shared import SharedVariable, shared_constructor
from theano.sparse.type import SparseType
from theano.sparse.variable import SparseOperators


class SparseTensorSharedVariable(SparseOperators, SharedVariable):
    """A shared sparse matrix."""

    def zero(self, borrow: bool = False) -> None:
        """Give up all stored elements."""
        held = self.container.value
        self.container.value = type(held)(held.shape, dtype=held.dtype)


@shared_constructor
def sparse_constructor(
    value: Any,
    name: str | None = None,
    strict: bool = False,
    allow_downcast: bool | None = None,
    borrow: bool = False,
    format: str | None = None,
) -> SparseTensorSharedVariable:
    """A shared variable with the value of a sparse matrix of SciPy, in its own format unless told.

    borrow  keep the matrix itself, where it is of the format, instead of a copy
    """
    if not scipy.sparse.issparse(value):
        raise TypeError(
            "Expected a sparse matrix in the sparse shared variable constructor. Received: ", type(value)
        )
    kind = SparseType(value.format if format is None else format, value.dtype.name)
    held = kind.filter(value)
    if held is value and not borrow:
        held = value.copy()
    return SparseTensorSharedVariable(name, kind, held, strict, allow_downcast)
