"""Basic indexing, ``x[0, 1:n]``, and its inverses, ``set_subtensor`` and ``inc_subtensor``.

The indices that are not there by themselves (integers, ends and steps of slices) are inputs of the op, numbers of
``theano.scalar``; ``idx_list`` says where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Op, ShapeMismatch, Variable
from theano.graph.errors import describe_operand
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.scalar.type import ScalarType
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import sum_back, zeros_of_gradient
from theano.tensor.scalar_conversion import scalar_from_tensor, tensor_from_scalar
from theano.tensor.shape import Shape
from theano.tensor.static_value import (
    NotScalarConstantError,
    ValueOf,
    entries,
    known_integer,
    scalar_value,
    vector_entries,
)
from theano.tensor.type import TensorType, tensor_type

Index = Any  # an index of one axis: an integer of any kind, or a slice of such and None


def fill_in(idx_list: Sequence[Any], values: Sequence[Any]) -> list[Index]:
    """``idx_list`` with ``values`` in place of the types, in order."""
    rest = iter(values)

    def taken(entry: Any) -> Any:
        return None if entry is None else next(rest)

    return [
        slice(taken(e.start), taken(e.stop), taken(e.step)) if isinstance(e, slice) else taken(e)
        for e in idx_list
    ]


def template(indices: Sequence[Index]) -> tuple[tuple[Any, ...], list[Variable]]:
    """Indices made of scalar variables taken apart: the ``idx_list``, and the variables in order."""
    variables: list[Variable] = []

    def typed(entry: Any) -> Any:
        if entry is None:
            return None
        variables.append(entry)
        return entry.type

    parts = [
        slice(typed(i.start), typed(i.stop), typed(i.step)) if isinstance(i, slice) else typed(i)
        for i in indices
    ]
    return tuple(parts), variables


def hashable(idx_list: Sequence[Any]) -> tuple:
    """``idx_list`` in a form that can be a key."""
    return tuple(("slice", e.start, e.stop, e.step) if isinstance(e, slice) else e for e in idx_list)


def text_of(idx_list: Sequence[Any]) -> str:
    """``int64, int64::``, as in printed ops."""

    def one(entry: Any) -> str:
        if isinstance(entry, slice):
            start, stop, step = ("" if e is None else str(e) for e in (entry.start, entry.stop, entry.step))
            return f"{start}:{stop}:{step}"
        return str(entry)

    return ", ".join(one(e) for e in idx_list)


# -- lengths: written with operators and scalar functions, so that they serve variables, loop indices and ints ------------


def slice_extent(start: Any, stop: Any, step: Any, length: Any) -> tuple[Any, Any]:
    """(first, count) of a slice of an axis: it holds the elements first, first + step, ... , ``count`` of them.

    start, stop, step  ints, expressions, or None
    length             the axis's, an int or an expression
    """
    from theano.scalar import lt, switch

    if step is None:
        step = 1
    if isinstance(step, int):
        if step == 0:
            raise ValueError("slice step cannot be zero")
        return _ascending(start, stop, step, length) if step > 0 else _descending(start, stop, -step, length)
    up, down = _ascending(start, stop, step, length), _descending(start, stop, -step, length)
    return switch(lt(step, 0), down[0], up[0]), switch(lt(step, 0), down[1], up[1])


def slice_length(start: Any, stop: Any, step: Any, length: Any) -> Any:
    """How many elements of an axis of this length a slice holds."""
    return slice_extent(start, stop, step, length)[1]


def _ascending(start: Any, stop: Any, step: Any, length: Any) -> tuple[Any, Any]:
    """first = start in [0, length], end = stop in [0, length], count = max(0, ceil((end - first) / step))"""
    first = 0 if start is None else _brought_between(start, 0, length, length)
    end = length if stop is None else _brought_between(stop, 0, length, length)
    if isinstance(first, int) and first == 0 and (stop is None or not _may_be_negative(stop)):
        distance = end
    else:
        distance = _at_least_zero(end - first)
    return first, _ceil_div(distance, step)


def _descending(start: Any, stop: Any, stride: Any, length: Any) -> tuple[Any, Any]:
    """first = start in [-1, length - 1], end = stop in [-1, length - 1], count = max(0, ceil((first - end) / stride))"""
    last = length - 1
    first = last if start is None else _brought_between(start, -1, last, length)
    end = -1 if stop is None else _brought_between(stop, -1, last, length)
    distance = length if start is None and stop is None else _at_least_zero(first - end)
    return first, _ceil_div(distance, stride)


def _may_be_negative(n: Any) -> bool:
    return not (isinstance(n, int) and n >= 0)


def _brought_between(n: Any, low: int, high: Any, length: Any) -> Any:
    """An index, counted from the end where it is negative, cut off at ``low`` and ``high``."""
    from theano.scalar import lt, maximum, minimum, switch

    if isinstance(n, int) and isinstance(length, int):
        return min(max(n + length if n < 0 else n, low), high)
    if isinstance(n, int):
        return maximum(length + n, low) if n < 0 else 0 if n == 0 and low == 0 else minimum(n, high)
    return switch(lt(n, 0), maximum(n + length, low), minimum(n, high))


def _at_least_zero(n: Any) -> Any:
    from theano.scalar import maximum

    return max(n, 0) if isinstance(n, int) else maximum(n, 0)


def _ceil_div(n: Any, d: Any) -> Any:
    if isinstance(d, int) and d == 1:
        return n
    return (n + (d - 1)) // d


def subtensor_lengths(indices: Sequence[Index], lengths: Sequence[Any]) -> tuple[Any, ...]:
    """The shape of ``x[indices]`` for x of the given lengths."""
    result = []
    for axis, length in enumerate(lengths):
        index = indices[axis] if axis < len(indices) else slice(None)
        if isinstance(index, slice):
            result.append(slice_length(index.start, index.stop, index.step, length))
    return tuple(result)


def _as_length_operand(v: Any) -> Any:
    """A scalar input of the op for arithmetic with lengths: an int, or a 0-d tensor of int64."""
    from theano.scalar.arithmetic import casts

    known = known_integer(v)
    if known is not None:
        return known
    t = tensor_from_scalar(v)
    return t if t.type.dtype == "int64" else casts["int64"](t)  # type: ignore[attr-defined]


# -- ops -----------------------------------------------------------------------------------------------------------------


class _Indexed(Op):
    """What Subtensor and IncSubtensor share: the description of the indices."""

    idx_list: tuple[Any, ...]

    def indices(self, values: Sequence[Any]) -> list[Index]:
        """The indices, with ``values`` for the op's index inputs."""
        return fill_in(self.idx_list, values)

    def _checked(self, x: Variable, inputs: Sequence[Variable]) -> None:
        ndim: int = x.type.ndim  # type: ignore[attr-defined]
        if len(self.idx_list) > ndim:
            raise IndexError("too many indices for array")
        _, wanted = template(fill_in(self.idx_list, inputs))
        for v in wanted:
            if not isinstance(v.type, ScalarType) or v.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"Wrong type for Subtensor: index {v} is of type {v.type}, not an integer")

    def pattern(self, x: Variable, inputs: Sequence[Variable]) -> list[bool]:
        """A slice of a dimension known to be 1 is known to be 1 when it begins at 0 and is not empty."""
        indices = self.indices(inputs)
        pattern = []
        for axis, stretches in enumerate(x.type.broadcastable):  # type: ignore[attr-defined]
            index = indices[axis] if axis < len(indices) else slice(None)
            if isinstance(index, slice):
                starts = index.start is None or known_integer(index.start) == 0
                stop = 1 if index.stop is None else known_integer(index.stop)
                pattern.append(stretches and starts and stop is not None and stop > 0)
        return pattern

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        arrays = 1 if isinstance(self, Subtensor) else 2
        return [[position < arrays] for position in range(len(node.inputs))]


class Subtensor(_Indexed):
    """``x[indices]`` for integers and slices: a view.

    x       tensor, any dtype
    inputs  the integers in ``idx_list``, in order
    out     dtype of x; a dimension for each slice and for each axis not indexed

    vjp: dout put at the indices of zeros

    Raises IndexError where an integer is out of bounds.
    """

    __props__ = ("idx_list",)
    view_map = {0: [0]}

    def __init__(self, idx_list: Sequence[Any]) -> None:
        self.idx_list = tuple(idx_list)
        self._hash = hash((Subtensor, hashable(self.idx_list)))

    def __hash__(self) -> int:
        return self._hash

    def make_node(self, x: Any, *inputs: Variable) -> Apply:
        x = as_tensor_variable(x)
        self._checked(x, inputs)
        return Apply(self, [x, *inputs], [tensor_type(x.type.dtype, self.pattern(x, inputs))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        indices = self.indices([_as_length_operand(v) for v in node.inputs[1:]])
        lengths = subtensor_lengths(indices, shapes[0])
        pattern = node.outputs[0].type.broadcastable  # type: ignore[attr-defined]
        return [tuple(1 if b else n for b, n in zip(pattern, lengths, strict=True))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, *values = inputs
        outputs[0][0] = np.asarray(x[tuple(self.indices([int(v) for v in values]))])

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.tensor.alloc import zeros_like

        x, *rest = inputs
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), *[None] * len(rest)]
        return [IncSubtensor(self.idx_list)(zeros_like(x), cotangents[0], *rest), *[None] * len(rest)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], *inputs[1:])]

    def __str__(self) -> str:
        return f"Subtensor{{{text_of(self.idx_list)}}}"


class IncSubtensor(_Indexed):
    """A copy of ``x`` with ``y`` added at, or put at, the indices.

    x       tensor, any dtype
    y       tensor that fits ``x[indices]``, missing dimensions added on the left; converted to the dtype of x
    inputs  the integers in ``idx_list``, in order
    out     type of x

    vjp: add: dx = dout;  set: dx = dout with zeros at the indices;  both: dy = dout[indices]
    """

    __props__ = ("idx_list", "inplace", "set_instead_of_inc")

    def __init__(
        self,
        idx_list: Sequence[Any],
        inplace: bool = False,
        set_instead_of_inc: bool = False,
        destroyhandler_tolerate_aliased: Any = None,
    ) -> None:
        self.idx_list = tuple(idx_list)
        self.inplace = inplace
        self.set_instead_of_inc = set_instead_of_inc
        self.destroy_map = {0: [0]} if inplace else {}
        self._hash = hash((IncSubtensor, hashable(self.idx_list), inplace, set_instead_of_inc))

    def __hash__(self) -> int:
        return self._hash

    def make_node(self, x: Any, y: Any, *inputs: Variable) -> Apply:
        x, y = as_tensor_variable(x), as_tensor_variable(y)
        self._checked(x, inputs)
        wanted = len(self.pattern(x, inputs))
        if y.type.ndim > wanted:
            raise ValueError(
                f"Trying to increment a {wanted}-dimensional subtensor with a {y.type.ndim}-dimensional value."
            )
        return Apply(self, [x, y, *inputs], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y, *values = inputs
        out = x if self.inplace else x.copy()
        index = tuple(self.indices([int(v) for v in values]))
        place = out[(*index, ...)]
        if not _fits(np.shape(y), place.shape):
            shapes = [f"({','.join(map(str, shape))})" for shape in (np.shape(y), place.shape)]
            raise ShapeMismatch(
                f"could not broadcast input array from shape {shapes[0]} into shape {shapes[1]}\n"
                f"    {describe_operand('x', node.inputs[0])}\n    {describe_operand('y', node.inputs[1])}"
            )
        y = np.asarray(y).astype(out.dtype)
        if self.set_instead_of_inc:
            place[...] = y
        else:
            place += y
        outputs[0][0] = out

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.tensor.alloc import zeros_like

        (x, y, *rest), (dout,) = inputs, cotangents
        disconnected = [None] * len(rest)
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), zeros_of_gradient(y), *disconnected]
        dx = dout
        if self.set_instead_of_inc:
            dx = IncSubtensor(self.idx_list, set_instead_of_inc=True)(
                dout, zeros_like(y, dout.type.dtype), *rest
            )  # type: ignore
        dy = Subtensor(self.idx_list)(dout, *rest)
        return [dx, sum_back(dy, y), *disconnected]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        from theano.tensor.alloc import zeros_like

        (x, y, *rest), (tx, ty) = inputs, tangents[:2]
        if tx is None and ty is None:
            return [None]
        return [self(zeros_like(x) if tx is None else tx, zeros_like(y) if ty is None else ty, *rest)]

    def __str__(self) -> str:
        kind = "Set" if self.set_instead_of_inc else "Inc"
        return f"IncSubtensor{{{'Inplace' if self.inplace else ''}{kind};{text_of(self.idx_list)}}}"


def _fits(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    return len(shape) <= len(target) and all(
        n in (1, m) for n, m in zip(reversed(shape), reversed(target), strict=False)
    )


# -- knowledge at graph construction ---------------------------------------------------------------------------------------


@scalar_value.register
def _(op: Subtensor, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    """Entries of vectors that were made of numbers, and anything taken from an array of equal numbers."""
    x, *inputs = node.inputs
    if len(op.idx_list) == 1 and inputs and x.type.ndim == 1 and not isinstance(op.idx_list[0], slice):  # type: ignore
        position = known_integer(inputs[0])
        if position is not None and isinstance(x, Constant):
            return np.array(x.data[position])
        owner = x.owner
        if position is not None and owner is not None and isinstance(owner.op, Shape):
            source = owner.inputs[0]
            if isinstance(source, Constant):
                return np.array(source.data.shape[position])
            if source.type.broadcastable[position]:  # type: ignore[attr-defined]
                return np.array(1)
            raise NotScalarConstantError(node.outputs[0])
        if position is not None and owner is not None:
            known = entries(owner.op, owner)
            if known is not None and -len(known) <= position < len(known):
                return value_of(known[position])
    return value_of(x)


@entries.register
def _(op: Subtensor, node: Apply) -> list[Any] | None:
    """A slice with known ends of a vector of known entries."""
    x, *inputs = node.inputs
    if len(op.idx_list) != 1 or not isinstance(op.idx_list[0], slice) or x.type.ndim != 1:  # type: ignore[attr-defined]
        return None
    values = [known_integer(v) for v in inputs]
    known = vector_entries(x)
    if known is None or any(v is None for v in values):
        return None
    return known[op.indices(values)[0]]


@entries.register
def _(op: IncSubtensor, node: Apply) -> list[Any] | None:
    """A vector of known entries, of which one or a slice was set."""
    x, y, *inputs = node.inputs
    if len(op.idx_list) != 1 or not op.set_instead_of_inc or x.type.ndim != 1:  # type: ignore[attr-defined]
        return None
    values = [known_integer(v) for v in inputs]
    known = vector_entries(x)
    if known is None or any(v is None for v in values):
        return None
    where = op.indices(values)[0]
    positions = list(range(len(known)))[
        where if isinstance(where, slice) else slice(where, where + 1 or None)
    ]
    if y.type.ndim == 0:  # type: ignore[attr-defined]
        replaced: list[Any] | None = [y] * len(positions)
    else:
        replaced = vector_entries(y)
    if replaced is None or len(replaced) != len(positions):
        return None
    result = list(known)
    for position, entry in zip(positions, replaced, strict=True):
        result[position] = entry
    return result


# -- making indices --------------------------------------------------------------------------------------------------------


def as_index(i: Any) -> Variable:
    """An integer of any kind as a scalar variable: Python's as int64, a 0-d tensor through ScalarFromTensor."""
    if isinstance(i, Variable):
        if isinstance(i.type, ScalarType):
            scalar = i
        elif isinstance(i.type, TensorType) and i.type.ndim == 0:
            if isinstance(i, Constant) and i.type.dtype in dtypes.INTEGER:
                return ScalarType("int64").make_constant(int(i.data))
            scalar = scalar_from_tensor(i)
        else:
            raise TypeError(f"an index must be an integer, found {i} of type {i.type}")
        if scalar.type.dtype not in dtypes.INTEGER:  # type: ignore[attr-defined]
            raise TypeError(f"an index must be an integer, found {i} of type {i.type}")
        return scalar
    if isinstance(i, (bool, np.bool_)):
        raise TypeError("True or False cannot be an index; use an array of bools, or the integers 1 and 0")
    if isinstance(i, np.ndarray) and i.ndim == 0:
        i = i[()]
    if not isinstance(i, (int, np.integer)):
        raise TypeError(f"an index must be an integer, a slice, an array, None or ..., found {i!r}")
    return ScalarType("int64").make_constant(int(i))


def as_basic_index(index: Any) -> Index:
    """An integer or a slice, made of scalar variables and None."""
    if isinstance(index, slice):
        parts = (index.start, index.stop, index.step)
        return slice(*[None if part is None or _is_none_constant(part) else as_index(part) for part in parts])
    return as_index(index)


def _is_none_constant(v: Any) -> bool:
    return isinstance(v, Constant) and v.data is None


def basic(x: Variable, indices: Sequence[Any]) -> Variable:
    """``x[indices]`` for integers and slices."""
    idx_list, variables = template([as_basic_index(i) for i in indices])
    return Subtensor(idx_list)(x, *variables)


__getattr__ = old_names(__name__)
