"""Lists of values of one type as variables: appended to, indexed and searched within a graph."""

from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

from theano.typed_list.ops import (
    Append,
    Count,
    Extend,
    GetItem,
    GetSlice,
    Index,
    Insert,
    Length,
    MakeList,
    Remove,
    Reverse,
    append,
    count,
    extend,
    getitem,
    index_,
    insert,
    length,
    make_list,
    remove,
    reverse,
)
from theano.typed_list.type import TypedListType
from theano.typed_list.variable import TypedListConstant, TypedListVariable

__all__ = [
    "Append",
    "Count",
    "Extend",
    "GetItem",
    "GetSlice",
    "Index",
    "Insert",
    "Length",
    "MakeList",
    "Remove",
    "Reverse",
    "TypedListConstant",
    "TypedListType",
    "TypedListVariable",
    "append",
    "count",
    "extend",
    "getitem",
    "index_",
    "insert",
    "length",
    "make_list",
    "remove",
    "reverse",
]

__getattr__ = old_names(__name__)
