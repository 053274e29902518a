"""The type of lists whose entries are of one type."""

from theano.graph import Type
from typing import Any

class TypedListType(Type):
    """Lists of values of ``ttype``; with ``depth``, lists of lists of them, that many more levels."""
    ttype: Any
    def __init__(self, ttype: Type, depth: int = 0) -> None: ...
    def get_depth(self) -> int:
        """How many levels of lists there are below the outermost one."""
    @property
    def dtype(self) -> Type:
        """The type of the entries."""
    @property
    def ndim(self) -> int:
        """The number of dimensions of an entry, and one for the list."""
    def may_share_memory(self, a: Any, b: Any) -> bool:
        """Whether a change of a list or array within ``a`` could show in ``b``."""
    def make_constant(self, value: Any, name: str | None = None) -> Any: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
