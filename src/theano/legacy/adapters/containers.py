"""Containers of theano.misc: a dict that cannot change, a set that keeps its order."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, MutableSet
from typing import Any


class frozendict(Mapping):
    """A mapping that cannot change and can be hashed, if its values can."""

    dict_cls: type[dict] = dict

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._dict = self.dict_cls(*args, **kwargs)
        self._hash: int | None = None

    def __getitem__(self, key: Any) -> Any:
        return self._dict[key]

    def __contains__(self, key: object) -> bool:
        return key in self._dict

    def __iter__(self) -> Iterator[Any]:
        return iter(self._dict)

    def __len__(self) -> int:
        return len(self._dict)

    def copy(self, **add_or_replace: Any) -> frozendict:
        """A copy with some entries added or replaced."""
        return type(self)(self, **add_or_replace)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._dict!r}>"

    def __hash__(self) -> int:
        if self._hash is None:
            self._hash = hash(frozenset(self._dict.items()))
        return self._hash


class FrozenOrderedDict(frozendict):
    """A frozendict that keeps the order of its keys."""

    dict_cls = OrderedDict


class OrderedSet(MutableSet):
    """A set that keeps the order in which its elements came in."""

    def __init__(self, iterable: Iterable[Any] | None = None) -> None:
        self._items: dict[Any, None] = dict.fromkeys(iterable or ())

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[Any]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[Any]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def add(self, key: Any) -> None:
        self._items[key] = None

    def discard(self, key: Any) -> None:
        self._items.pop(key, None)

    def pop(self, last: bool = True) -> Any:
        """Remove and return the last element, or the first.  KeyError when there is none."""
        if not self._items:
            raise KeyError("set is empty")
        key = next(reversed(self._items)) if last else next(iter(self._items))
        del self._items[key]
        return key

    def update(self, iterable: Iterable[Any]) -> None:
        self._items.update(dict.fromkeys(iterable))

    union_update = update

    def difference_update(self, s: Iterable[Any]) -> None:
        for key in s:
            self.discard(key)

    def intersection_update(self, s: Iterable[Any]) -> None:
        kept = set(s)
        self._items = {key: None for key in self._items if key in kept}

    def copy(self) -> OrderedSet:
        return OrderedSet(self)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, OrderedSet):
            return list(self) == list(other)
        return isinstance(other, (set, frozenset)) and set(self) == other

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"OrderedSet({list(self)!r})"
