"""Indexing with arrays: integer vectors and arrays, boolean masks, alone or mixed with slices and new axes."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import sum_back, zeros_of_gradient
from theano.tensor.mixed_layout import MixedLayout, as_index_array
from theano.tensor.scalar_conversion import tensor_from_scalar
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import (
    as_basic_index,
    fill_in,
    hashable,
    slice_length,
    template,
)
from theano.tensor.type import TensorType, tensor_type


def _vector_of_integers(ilist: Any) -> Variable:
    v = as_tensor_variable(ilist)
    if v.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"index must be integers, found {v} of type {v.type}")
    if v.type.ndim != 1:
        raise TypeError(f"index must be vector, found {v} of type {v.type}")
    return v


class AdvancedSubtensor1(Op):
    """out[i, ...] = x[ilist[i], ...]: rows of ``x`` chosen by a vector of integers.

    x      tensor of at least 1 dimension, any dtype
    ilist  vector of integers; negative ones count from the end
    out    dtype of x, shape (len(ilist), *x.shape[1:])

    vjp: dout added to the rows ``ilist`` of zeros; with ``sparse_grad``, for matrices, as a sparse matrix

    Raises IndexError at run time where an integer is out of bounds.
    """

    __props__ = ()

    def __init__(self, sparse_grad: bool = False) -> None:
        self.sparse_grad = sparse_grad

    def make_node(self, x: Any, ilist: Any) -> Apply:
        x, ilist = as_tensor_variable(x), _vector_of_integers(ilist)
        if x.type.ndim == 0:
            raise TypeError("cannot index into a scalar")
        pattern = ilist.type.broadcastable + x.type.broadcastable[1:]
        return Apply(self, [x, ilist], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        x, ilist = shapes
        return [(ilist[0], *x[1:])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, ilist = inputs
        outputs[0][0] = x[ilist.astype("int64")]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.tensor.alloc import zeros_like

        x, ilist = inputs
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None]
        if self.sparse_grad:
            sparse = import_module("theano.sparse")  # built upon this room, and slow to import
            return [sparse.construct_sparse_from_list(x, cotangents[0], ilist), None]
        return [AdvancedIncSubtensor1()(zeros_like(x), cotangents[0], ilist), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]


class AdvancedIncSubtensor1(Op):
    """A copy of ``x`` with the rows of ``y`` added to, or put at, the rows ``ilist``.

    Where a row is named twice, both are added; of rows put, the last one stays.
    """

    __props__ = ("inplace", "set_instead_of_inc")

    def __init__(self, inplace: bool = False, set_instead_of_inc: bool = False) -> None:
        self.inplace = bool(inplace)
        self.set_instead_of_inc = bool(set_instead_of_inc)
        self.destroy_map = {0: [0]} if inplace else {}

    def make_node(self, x: Any, y: Any, ilist: Any) -> Apply:
        x, y, ilist = as_tensor_variable(x), as_tensor_variable(y), _vector_of_integers(ilist)
        if x.type.ndim == 0:
            raise TypeError("cannot index into a scalar")
        if y.type.ndim > x.type.ndim:
            verb = "set" if self.set_instead_of_inc else "increment"
            raise TypeError(f"cannot {verb} x subtensor with ndim={x.type.ndim} by y with ndim={y.type.ndim}")
        return Apply(self, [x, y, ilist], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y, ilist = inputs
        out = x if self.inplace else x.copy()
        put(out, ilist.astype("int64"), y, self.set_instead_of_inc)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.tensor.alloc import zeros_like

        (x, y, ilist), (dout,) = inputs, cotangents
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), zeros_of_gradient(y), None]
        dx = dout
        if self.set_instead_of_inc:
            dx = AdvancedIncSubtensor1(set_instead_of_inc=True)(dout, zeros_like(y, dout.type.dtype), ilist)  # type: ignore
        return [dx, sum_back(AdvancedSubtensor1()(dout, ilist), y), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return inc_tangent(self, inputs, tangents)

    def __str__(self) -> str:
        place = "inplace" if self.inplace else "no_inplace"
        return f"AdvancedIncSubtensor1{{{place},{'set' if self.set_instead_of_inc else 'inc'}}}"


def put(out: np.ndarray, index: Any, y: Any, set_instead_of_inc: bool) -> None:
    """Set or add ``y`` at ``out[index]``; what is named several times is added several times."""
    y = np.asarray(y).astype(out.dtype)
    if set_instead_of_inc:
        out[index] = y
    elif out.dtype == bool:
        out[index] |= y
    else:
        np.add.at(out, index, y)


def inc_tangent(op: Op, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
    """Setting and adding are linear in ``x`` and ``y``."""
    from theano.tensor.alloc import zeros_like

    (x, y, *rest), (tx, ty) = inputs, tangents[:2]
    if tx is None and ty is None:
        return [None]
    return [op(zeros_like(x) if tx is None else tx, zeros_like(y) if ty is None else ty, *rest)]


# -- any mixture ---------------------------------------------------------------------------------------------------------


class _Mixed(Op):
    """Description of mixed indices: None for a new axis, a slice of scalar types, or the type of an index array."""

    idx_list: tuple[Any, ...]

    def indices(self, values: Sequence[Any]) -> list[Any]:
        return fill_in(self.idx_list, values)

    def run_time_index(self, values: Sequence[Any]) -> tuple:
        return tuple(
            slice(*[None if part is None else int(part) for part in (i.start, i.stop, i.step)])
            if isinstance(i, slice)
            else None
            if i is None
            else i
            if i.dtype == bool
            else i.astype("int64")
            for i in self.indices([v if isinstance(v, np.ndarray) else np.asarray(v) for v in values])
        )


class AdvancedSubtensor(_Mixed):
    """``x[indices]`` for index arrays, masks, integers, slices and new axes in any mixture, as in NumPy.

    The axes of the broadcast index arrays come first, unless the arrays stand next to each other: then they
    stay in place.  A mask counts as the vectors of positions at which it is true.
    """

    __props__ = ("idx_list",)

    def __init__(self, idx_list: Sequence[Any] = ()) -> None:
        self.idx_list = tuple(idx_list)
        self._hash = hash((AdvancedSubtensor, hashable(self.idx_list)))

    def __hash__(self) -> int:
        return self._hash

    def make_node(self, x: Any, *inputs: Any) -> Apply:
        x = as_tensor_variable(x)
        if not self.idx_list:
            return AdvancedSubtensor(*_parsed(inputs)[:1]).make_node(x, *_parsed(inputs)[1])
        layout = MixedLayout(self.indices(inputs), x.type.ndim)
        pattern = layout.arranged(
            [_known_one(i, x.type.broadcastable[axis]) for axis, i in layout.slices],
            layout.broadcast_pattern(),
            True,
        )
        return Apply(self, [x, *inputs], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        x, *inputs = node.inputs
        layout = MixedLayout(self.indices(inputs), x.type.ndim)  # type: ignore[attr-defined]
        shape_of = dict(zip(inputs, shapes[1:], strict=True))
        lengths = []
        for axis, index in layout.slices:
            start, stop, step = [_operand(part) for part in (index.start, index.stop, index.step)]
            lengths.append(slice_length(start, stop, step, shapes[0][axis]))
        return [tuple(layout.arranged(lengths, layout.broadcast_lengths(shape_of), 1))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, *values = inputs
        outputs[0][0] = np.array(x[self.run_time_index(values)])

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[position == 0] for position in range(len(node.inputs))]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.tensor.alloc import zeros_like

        x, *rest = inputs
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), *[None] * len(rest)]
        return [AdvancedIncSubtensor(self.idx_list)(zeros_like(x), cotangents[0], *rest), *[None] * len(rest)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], *inputs[1:])]

    def __str__(self) -> str:
        return "AdvancedSubtensor"


class AdvancedIncSubtensor(_Mixed):
    """A copy of ``x`` with ``y`` added at, or put at, ``x[indices]``."""

    __props__ = ("idx_list", "inplace", "set_instead_of_inc")

    def __init__(
        self, idx_list: Sequence[Any] = (), inplace: bool = False, set_instead_of_inc: bool = False
    ) -> None:
        self.idx_list = tuple(idx_list)
        self.inplace = bool(inplace)
        self.set_instead_of_inc = bool(set_instead_of_inc)
        self.destroy_map = {0: [0]} if inplace else {}
        self._hash = hash(
            (AdvancedIncSubtensor, hashable(self.idx_list), self.inplace, self.set_instead_of_inc)
        )

    def __hash__(self) -> int:
        return self._hash

    def make_node(self, x: Any, y: Any, *inputs: Any) -> Apply:
        x, y = as_tensor_variable(x), as_tensor_variable(y)
        if not self.idx_list:
            idx_list, operands = _parsed(inputs)
            op = AdvancedIncSubtensor(idx_list, self.inplace, self.set_instead_of_inc)
            return op.make_node(x, y, *operands)
        place = AdvancedSubtensor(self.idx_list).make_node(x, *inputs).outputs[0]
        if y.type.ndim > place.type.ndim:  # type: ignore[attr-defined]
            raise TypeError(
                f"Trying to increment a {place.type.ndim}-dimensional subtensor "  # type: ignore[attr-defined]
                f"with a {y.type.ndim}-dimensional value."
            )
        return Apply(self, [x, y, *inputs], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y, *values = inputs
        out = x if self.inplace else x.copy()
        put(out, self.run_time_index(values), y, self.set_instead_of_inc)
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[position < 2] for position in range(len(node.inputs))]

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
            zero = zeros_like(y, dout.type.dtype)  # type: ignore[attr-defined]
            dx = AdvancedIncSubtensor(self.idx_list, set_instead_of_inc=True)(dout, zero, *rest)
        return [dx, sum_back(AdvancedSubtensor(self.idx_list)(dout, *rest), y), *disconnected]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return inc_tangent(self, inputs, tangents)

    def __str__(self) -> str:
        place = "inplace" if self.inplace else "no_inplace"
        return f"AdvancedIncSubtensor{{{place},{'set' if self.set_instead_of_inc else 'inc'}}}"


def indexed_axes(node: Any) -> list[int]:
    """The axes that index arrays address: of what an application gathers from, or scatters to.  Empty for others."""
    match getattr(node, "op", None):
        case AdvancedSubtensor1() | AdvancedIncSubtensor1():
            return [0]
        case AdvancedSubtensor() | AdvancedIncSubtensor() as op:
            x, *rest = node.inputs
            given = rest if isinstance(op, AdvancedSubtensor) else rest[1:]
            kept = {axis for axis, _ in MixedLayout(op.indices(given), x.type.ndim).slices}
            return [axis for axis in range(x.type.ndim) if axis not in kept]
    return []


def _known_one(index: slice, stretches: bool) -> bool:
    return stretches and index == slice(None)


def _operand(part: Any) -> Any:
    if part is None:
        return None
    known = known_integer(part)
    return tensor_from_scalar(part) if known is None else known


def _parsed(indices: Sequence[Any]) -> tuple[tuple[Any, ...], list[Variable]]:
    """Indices of all kinds as an ``idx_list`` and the variables in it."""
    parsed: list[Any] = []
    for index in indices:
        if index is None or (isinstance(index, Variable) and getattr(index, "data", 0) is None):
            parsed.append(None)
        elif isinstance(index, slice):
            parsed.append(as_basic_index(index))
        elif isinstance(index, Variable) and not isinstance(index.type, TensorType):
            parsed.append(tensor_from_scalar(index))
        else:
            parsed.append(as_index_array(index))
    return template(parsed)


def mixed(x: Any, indices: Sequence[Any]) -> Variable:
    """``x[indices]`` with at least one index array."""
    idx_list, inputs = _parsed(indices)
    return AdvancedSubtensor(idx_list)(x, *inputs)


def inc_mixed(x: Any, y: Any, indices: Sequence[Any], set_instead_of_inc: bool = False) -> Variable:
    """A copy of ``x`` with ``y`` added at, or put at, ``x[indices]``."""
    idx_list, inputs = _parsed(indices)
    return AdvancedIncSubtensor(idx_list, set_instead_of_inc=set_instead_of_inc)(x, y, *inputs)


advanced_subtensor1 = AdvancedSubtensor1()
advanced_inc_subtensor1 = AdvancedIncSubtensor1()
advanced_set_subtensor1 = AdvancedIncSubtensor1(set_instead_of_inc=True)


def advanced_subtensor(x: Any, *indices: Any) -> Variable:
    """``x[indices]`` for any mixture of indices."""
    return mixed(x, indices)


def advanced_inc_subtensor(x: Any, y: Any, *indices: Any) -> Variable:
    """A copy of ``x`` with ``y`` added at ``x[indices]``."""
    return inc_mixed(x, y, indices)


def advanced_set_subtensor(x: Any, y: Any, *indices: Any) -> Variable:
    """A copy of ``x`` with ``y`` put at ``x[indices]``."""
    return inc_mixed(x, y, indices, set_instead_of_inc=True)
