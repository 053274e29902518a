"""theano.compat of Theano 1.0.5."""

from collections import OrderedDict as _collections_OrderedDict
from collections.abc import Callable as _abc_Callable
from collections.abc import Iterable
from typing import Any

__all__ = ['PY2', 'PY3', 'Callable', 'DefaultOrderedDict', 'OrderedDict', 'StringIO', 'cmp', 'decode', 'decode_iter', 'decode_with', 'defaultdict', 'exc_message', 'get_unbound_function', 'ifilter', 'imap', 'izip', 'maybe_add_to_os_environ_pathlist', 'operator_div', 'partial']
PY2: bool
PY3: bool
class Callable:
    def __call__(self, *args: Any, **kwds: Any) -> Any: ...
class DefaultOrderedDict(OrderedDict, _collections_OrderedDict[Any, Any]):
    """An OrderedDict that makes what is missing, as ``collections.defaultdict`` does."""
    default_factory: _abc_Callable[[], Any] | None
    def __init__(self, default_factory: _abc_Callable[[], Any] | None = None, *a: Any, **kw: Any) -> None: ...
    def copy(self) -> DefaultOrderedDict: ...
class OrderedDict(dict[Any, Any]):
    """Dictionary that remembers insertion order"""
    move_to_end: Any
    def __eq__(self, other: object) -> bool: ...
class StringIO:
    """Text I/O implementation using an in-memory buffer."""
    getvalue: Any
    line_buffering: Any
def cmp(x: Any, y: Any) -> int:
    """-1, 0 or 1: how ``x`` compares with ``y``."""
def decode(x: Any) -> str:
    """Bytes of UTF-8 as text; text as it is."""
def decode_iter(itr: Iterable[Any]) -> Iterable[str]:
    """Each of them as text."""
def decode_with(x: Any, encoding: str) -> str:
    """Bytes as text; text as it is."""
class defaultdict(dict[Any, Any]):
    """defaultdict(default_factory=None, /, [...]) --> dict with default factory"""
    default_factory: Any
def exc_message(e: BaseException) -> Any:
    """What an exception was made with: its only argument, or all of them."""
def get_unbound_function(unbound: Any) -> Any:
    """The function of a method that was looked up in a class: itself."""
class ifilter:
    """filter(function or None, iterable) --> filter object"""
    __iter__: Any
class imap:
    """map(func, *iterables) --> map object"""
    __iter__: Any
class izip:
    """zip(*iterables, strict=False) --> Yield tuples until an input is exhausted."""
    __iter__: Any
def maybe_add_to_os_environ_pathlist(var: str, newpath: str) -> None:
    """Put an absolute path before those of an environment variable that lists paths, unless it is there."""
operator_div: Any
class partial:
    """partial(func, *args, **keywords) - new function with partial application of the given arguments and keywords."""
    func: Any
    args: Any
    keywords: Any
    __call__: Any
