"""The type of lists whose entries are of one type."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.graph import Type
from theano.legacy import old_names


class TypedListType(Type):
    """Lists of values of ``ttype``; with ``depth``, lists of lists of them, that many more levels.

    >>> import theano.tensor as T
    >>> TypedListType(T.dvector)
    TypedList <TensorType(float64, vector)>
    """

    def __init__(self, ttype: Type, depth: int = 0) -> None:
        if depth < 0:
            raise ValueError(f"Please specify a depth superior or equal to 0, found {depth}")
        if not isinstance(ttype, Type):
            raise TypeError(f"Expected a Theano Type, found {ttype!r}")
        self.ttype = ttype if depth == 0 else TypedListType(ttype, depth - 1)

    def filter(self, x: Any, strict: bool = False, allow_downcast: bool | None = None) -> list:
        """A new list of the entries brought into their type; with ``strict`` the list itself, if it fits."""
        if not isinstance(x, list):
            raise TypeError(f"Expected a python list, found {type(x).__name__}")
        if not strict:
            return [self.ttype.filter(entry, False, allow_downcast) for entry in x]
        if all(self.ttype.is_valid_value(entry) for entry in x):
            return x
        raise TypeError(f"Expected all elements to be {self.ttype}")

    def get_depth(self) -> int:
        """How many levels of lists there are below the outermost one."""
        return self.ttype.get_depth() + 1 if isinstance(self.ttype, TypedListType) else 0

    @property
    def dtype(self) -> Type:
        """The type of the entries."""
        return self.ttype

    @property
    def ndim(self) -> int:
        """The number of dimensions of an entry, and one for the list."""
        return self.ttype.ndim + 1  # type: ignore[attr-defined]

    def values_eq(self, a: Any, b: Any) -> bool:
        """Whether two lists are of one length and have equal entries in the same order."""
        if len(a) != len(b):
            return False
        return all(self.ttype.values_eq(x, y) for x, y in zip(a, b, strict=True))

    def may_share_memory(self, a: Any, b: Any) -> bool:
        """Whether a change of a list or array within ``a`` could show in ``b``."""
        return any(x is y or _share_memory(x, y) for x in _parts(a) for y in _parts(b))

    def make_variable(self, name: str | None = None) -> Any:
        from theano.typed_list.variable import TypedListVariable

        return TypedListVariable(self, name=name)

    def make_constant(self, value: Any, name: str | None = None) -> Any:
        from theano.typed_list.variable import TypedListConstant

        return TypedListConstant(self, value, name=name)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.ttype == other.ttype  # type: ignore[attr-defined]

    def __hash__(self) -> int:
        return hash((TypedListType, self.ttype))

    def __str__(self) -> str:
        return f"TypedList <{self.ttype}>"

    __repr__ = __str__


def _parts(value: Any) -> list[Any]:
    """A value, and all that lists within it hold."""
    found = [value]
    for part in found:
        if isinstance(part, list):
            found += part
    return found


def _share_memory(x: Any, y: Any) -> bool:
    return isinstance(x, np.ndarray) and isinstance(y, np.ndarray) and np.may_share_memory(x, y)


__getattr__ = old_names(__name__)
