"""Lists of values of one type as variables: appended to, indexed and searched within a graph."""

from theano.graph import Constant as _graph_Constant
from theano.graph import Op as _graph_Op
from theano.graph import Variable as _graph_Variable
from theano.typed_list._ops import _OfList
from theano.typed_list._variable import _ListOperators
from typing import Any

from theano.typed_list import basic as basic
from theano.typed_list import type as type
__all__ = ['Append', 'Count', 'Extend', 'GetItem', 'GetSlice', 'Index', 'Insert', 'Length', 'MakeList', 'Remove', 'Reverse', 'TypedListConstant', 'TypedListType', 'TypedListVariable', 'append', 'count', 'extend', 'getitem', 'index_', 'insert', 'length', 'make_list', 'remove', 'reverse']
class Append(_OfList):
    """x with ``toAppend`` behind its entries."""
    def operands(self, x: _graph_Variable, *more: Any) -> list[_graph_Variable]: ...
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None: ...
class Count(_graph_Op):
    """How many entries of x equal ``elem``, int64."""
class Extend(_OfList):
    """x with the entries of the list ``toAppend`` behind its own."""
    def operands(self, x: _graph_Variable, *more: Any) -> list[_graph_Variable]: ...
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None: ...
class GetItem(_graph_Op):
    """The entry of x at ``index``, negative ones counted from the end; for a slice see ``GetSlice``."""
class GetSlice(_graph_Op):
    """The entries x[start:stop:step]; ``given`` says which of the three follow as integers."""
    given: Any
    def __init__(self, given: tuple[bool, ...]) -> None: ...
class Index(_graph_Op):
    """The position of the first entry of x that equals ``elem``, int64; ValueError at run time where there is none."""
class Insert(_OfList):
    """x with ``toInsert`` before the entry at ``index``, which Python's rules bring into range."""
    def operands(self, x: _graph_Variable, *more: Any) -> list[_graph_Variable]: ...
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None: ...
class Length(_graph_Op):
    """How many entries x has, int64."""
class MakeList(_graph_Op):
    """The list of several values of one type, given as a list or tuple of at least one."""
class Remove(_OfList):
    """x without the first entry that equals ``toRemove``; ValueError at run time where there is none."""
    def operands(self, x: _graph_Variable, *more: Any) -> list[_graph_Variable]: ...
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None: ...
class Reverse(_OfList):
    """The entries of x from the last to the first."""
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None: ...
class TypedListConstant(_ListOperators, _graph_Constant):
    """A list that is known."""
from theano.typed_list.type import TypedListType as TypedListType
class TypedListVariable(_ListOperators, _graph_Variable):
    """A symbolic list."""
append: Append
count: Count
extend: Extend
getitem: GetItem
index_: Index
insert: Insert
length: Length
make_list: MakeList
remove: Remove
reverse: Reverse
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.graph import Variable as Variable
from theano.graph import Op as Op
from theano.tensor import SliceType as SliceType
