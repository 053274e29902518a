"""Ops on typed lists.  None of them has a gradient.

With ``inplace`` an op may write into the list that it is given; of what results the values are the same.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, MethodNotDefined, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import TensorType, tensor_type
from theano.typed_list.type import TypedListType


def as_list(x: Any) -> Variable:
    """``x``, which must be a variable whose values are lists.  TypeError where it is not."""
    if not isinstance(x, Variable) or not isinstance(x.type, TypedListType):
        raise TypeError(f"a typed list is needed, found {x!r}" + (f" of type {x.type}" if isinstance(x, Variable) else ""))
    return x


def _as_entry(x: Variable, entry: Any) -> Variable:
    """``entry`` as a variable of the type of x's entries.  TypeError where it is none."""
    return x.type.ttype.filter_variable(entry)  # type: ignore[attr-defined]


def _as_position(index: Any) -> Variable:
    index = as_tensor_variable(index)
    if index.type.ndim != 0 or index.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"a position in a list must be an integer, found {index} of type {index.type}")
    return index


class _OfList(Op):
    """What ops share that make one list of another."""

    __props__ = ("inplace",)

    def __init__(self, inplace: bool = False) -> None:
        self.inplace = bool(inplace)
        self.destroy_map = {0: [0]} if inplace else {}

    def make_node(self, x: Any, *more: Any) -> Apply:
        x = as_list(x)
        return Apply(self, [x, *self.operands(x, *more)], [x.type()])

    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        """The other inputs, in their types."""
        return []

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, *more = inputs
        out = x if self.inplace else list(x)
        self.change(node.inputs[0].type.ttype, out, *more)  # type: ignore[attr-defined]
        outputs[0][0] = out

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        """Do to the list ``out`` what the op is for."""
        raise MethodNotDefined(f"{self} does not say what it does to a list: give change(ttype, out, *more)")

    def __str__(self) -> str:
        return type(self).__name__


class Append(_OfList):
    """x with ``toAppend`` behind its entries."""

    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        (entry,) = more
        return [_as_entry(x, entry)]

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        out.append(copy.deepcopy(more[0]))


class Extend(_OfList):
    """x with the entries of the list ``toAppend`` behind its own."""

    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        other = as_list(more[0])
        if other.type != x.type:
            raise TypeError(f"a list is extended by a list of its type {x.type}, found {other.type}")
        return [other]

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        out.extend(copy.deepcopy(more[0]))


class Insert(_OfList):
    """x with ``toInsert`` before the entry at ``index``, which Python's rules bring into range."""

    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        index, entry = more
        return [_as_position(index), _as_entry(x, entry)]

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        out.insert(int(more[0]), copy.deepcopy(more[1]))


class Remove(_OfList):
    """x without the first entry that equals ``toRemove``; ValueError at run time where there is none."""

    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        (entry,) = more
        return [_as_entry(x, entry)]

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        del out[_position(ttype, out, more[0])]


class Reverse(_OfList):
    """The entries of x from the last to the first."""

    def change(self, ttype: Any, out: list, *more: Any) -> None:
        out.reverse()


class GetItem(Op):
    """The entry of x at ``index``, negative ones counted from the end; for a slice see ``GetSlice``.

    IndexError at run time where there is no such entry.
    """

    __props__ = ()

    def make_node(self, x: Any, index: Any) -> Apply:
        x = as_list(x)
        if isinstance(index, slice):
            parts = (index.start, index.stop, index.step)
            return GetSlice(tuple(part is not None for part in parts)).make_node(x, *[p for p in parts if p is not None])
        return Apply(self, [x, _as_position(index)], [x.type.ttype()])  # type: ignore[attr-defined]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, index = inputs
        outputs[0][0] = copy.deepcopy(x[int(index)])


class GetSlice(Op):
    """The entries x[start:stop:step]; ``given`` says which of the three follow as integers."""

    __props__ = ("given",)

    def __init__(self, given: tuple[bool, ...]) -> None:
        self.given = tuple(given)

    def make_node(self, x: Any, *parts: Any) -> Apply:
        x = as_list(x)
        return Apply(self, [x, *map(_as_position, parts)], [x.type()])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, *parts = inputs
        rest = iter(parts)
        outputs[0][0] = copy.deepcopy(x[slice(*[int(next(rest)) if is_given else None for is_given in self.given])])


class Index(Op):
    """The position of the first entry of x that equals ``elem``, int64; ValueError at run time where there is none."""

    __props__ = ()

    def make_node(self, x: Any, elem: Any) -> Apply:
        x = as_list(x)
        return Apply(self, [x, _as_entry(x, elem)], [_integer()])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        outputs[0][0] = _as_array(_position(node.inputs[0].type.ttype, *inputs))  # type: ignore[attr-defined]


class Count(Op):
    """How many entries of x equal ``elem``, int64."""

    __props__ = ()

    def make_node(self, x: Any, elem: Any) -> Apply:
        x = as_list(x)
        return Apply(self, [x, _as_entry(x, elem)], [_integer()])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, elem = inputs
        ttype = node.inputs[0].type.ttype  # type: ignore[attr-defined]
        outputs[0][0] = _as_array(sum(ttype.values_eq(entry, elem) for entry in x))


class Length(Op):
    """How many entries x has, int64."""

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        return Apply(self, [as_list(x)], [_integer()])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        outputs[0][0] = _as_array(len(inputs[0]))


class MakeList(Op):
    """The list of several values of one type, given as a list or tuple of at least one."""

    __props__ = ()

    def make_node(self, a: Any) -> Apply:
        if not isinstance(a, (list, tuple)) or not a:
            raise TypeError(f"a list or tuple of values is needed, with at least one, found {a!r}")
        entries = [v if isinstance(v, Variable) else as_tensor_variable(v) for v in a]
        types = {v.type for v in entries}
        if len(types) > 1:
            raise TypeError(f"MakeList need all input variable to be of the same type, found {[v.type for v in entries]}")
        return Apply(self, entries, [TypedListType(types.pop())()])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        outputs[0][0] = [copy.deepcopy(v) for v in inputs]


def _integer() -> Variable:
    return tensor_type("int64", ())()


def _as_array(n: int) -> Any:
    return TensorType("int64", ()).filter(n)


def _position(ttype: Any, x: list, elem: Any) -> int:
    """Where in x the first entry equals ``elem``."""
    for position, entry in enumerate(x):
        if ttype.values_eq(entry, elem):
            return position
    raise ValueError(f"{elem!r} is not in list")


append, extend, insert, remove, reverse = Append(), Extend(), Insert(), Remove(), Reverse()
getitem, index_, count, length, make_list = GetItem(), Index(), Count(), Length(), MakeList()
