"""Variables whose values are lists of one type."""

from __future__ import annotations

from typing import Any

from theano.graph import Constant, Type, Variable
from theano.typed_list import ops
from theano.typed_list.type import TypedListType


class _ListOperators:
    """What can be written on a typed list; each gives a new variable."""

    type: TypedListType

    def __getitem__(self, index: Any) -> Any:
        return ops.getitem(self, index)

    def __len__(self) -> int:
        raise TypeError(f"{self} is symbolic, and its length known only at run time: use theano.typed_list.length")

    def __iter__(self) -> Any:
        raise TypeError(f"{self} is symbolic, and its length known only at run time, so it cannot be iterated over")

    def __bool__(self) -> bool:
        return True

    def append(self, toAppend: Any) -> Any:
        return ops.append(self, toAppend)

    def extend(self, toAppend: Any) -> Any:
        return ops.extend(self, toAppend)

    def insert(self, index: Any, toInsert: Any) -> Any:
        return ops.insert(self, index, toInsert)

    def remove(self, toRemove: Any) -> Any:
        return ops.remove(self, toRemove)

    def reverse(self) -> Any:
        return ops.reverse(self)

    def count(self, elem: Any) -> Any:
        return ops.count(self, elem)

    def ind(self, elem: Any) -> Any:
        """The position of ``elem``; ``index`` is the place of a variable among its owner's outputs."""
        return ops.index_(self, elem)

    @property
    def ttype(self) -> Type:
        return self.type.ttype

    @property
    def dtype(self) -> Type:
        return self.type.dtype

    @property
    def ndim(self) -> int:
        return self.type.ndim


class TypedListVariable(_ListOperators, Variable):
    """A symbolic list."""


class TypedListConstant(_ListOperators, Constant):
    """A list that is known."""
