"""Names by which Theano 1.0.5 hid the differences between Python 2 and 3, as they are in Python 3."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

PY2 = False
PY3 = True
izip, imap, ifilter = zip, map, filter


def cmp(x: Any, y: Any) -> int:
    """-1, 0 or 1: how ``x`` compares with ``y``."""
    return (x > y) - (x < y)


def decode_with(x: Any, encoding: str) -> str:
    """Bytes as text; text as it is."""
    return x.decode(encoding) if isinstance(x, bytes) else x


def decode(x: Any) -> str:
    """Bytes of UTF-8 as text; text as it is."""
    return decode_with(x, "utf-8")


def decode_iter(itr: Iterable[Any]) -> Iterable[str]:
    """Each of them as text."""
    return (decode(x) for x in itr)


def exc_message(e: BaseException) -> Any:
    """What an exception was made with: its only argument, or all of them."""
    return e.args[0] if len(e.args) == 1 else e.args


def get_unbound_function(unbound: Any) -> Any:
    """The function of a method that was looked up in a class: itself."""
    return getattr(unbound, "__func__", unbound)


def maybe_add_to_os_environ_pathlist(var: str, newpath: str) -> None:
    """Put an absolute path before those of an environment variable that lists paths, unless it is there."""
    if os.path.isabs(newpath):
        paths = [path for path in os.environ.get(var, "").split(os.pathsep) if path]
        if newpath not in paths:
            os.environ[var] = os.pathsep.join([newpath, *paths])


class DefaultOrderedDict(OrderedDict):
    """An OrderedDict that makes what is missing, as ``collections.defaultdict`` does."""

    def __init__(self, default_factory: Callable[[], Any] | None = None, *a: Any, **kw: Any) -> None:
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable")
        super().__init__(*a, **kw)
        self.default_factory = default_factory

    def __missing__(self, key: Any) -> Any:
        if self.default_factory is None:
            raise KeyError(key)
        self[key] = value = self.default_factory()
        return value

    def copy(self) -> DefaultOrderedDict:
        return type(self)(self.default_factory, self)

    __copy__ = copy  # type: ignore[assignment]
