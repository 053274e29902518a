"""How each op acts on inputs with batch axes in front: the rules of ``vectorize_graph``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Op
from theano.tensor.advanced import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor,
    AdvancedSubtensor1,
)
from theano.tensor.alloc import Alloc, alloc, arange
from theano.tensor.assertion import Assert
from theano.tensor.batching.graph import Application, Batched, batched
from theano.tensor.choose import Choose
from theano.tensor.cumulative import CumOp
from theano.tensor.diagonal import AllocDiag, ExtractDiag
from theano.tensor.dimshuffle import DimShuffle, dimshuffle
from theano.tensor.dot import BatchedDot, Dot, dot, matmul, tensordot
from theano.tensor.elemwise import Elemwise
from theano.tensor.extremum import Argmax, Argmin, MaxAndArgmax
from theano.tensor.fourier import FourierTransform
from theano.tensor.indexing import inc_subtensor, set_subtensor
from theano.tensor.join import Join, Split
from theano.tensor.passing import Barrier
from theano.tensor.rebroadcast import Rebroadcast, patternbroadcast
from theano.tensor.reduction import CAReduce
from theano.tensor.scalar_conversion import ScalarFromTensor, TensorFromScalar
from theano.tensor.shape import Flatten, MakeVector, Reshape, Shape, Shape_i, SpecifyShape, reshape
from theano.tensor.sort import ArgSortOp, SortOp
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor, Subtensor
from theano.tensor.truth import all as all_of

# -- one element at a time -----------------------------------------------------------------------------------------------


@batched.register(Elemwise)
@batched.register(Choose)
def elementwise(op: Op, a: Application) -> list[Any]:
    ndim = max(v.type.ndim for v in a.node.inputs)  # type: ignore[attr-defined]
    inputs = [i.spread(ndim) if isinstance(i, Batched) else i for i in a.inputs]
    return [Batched(v, a.depth) for v in op.make_node(*inputs).outputs]


@batched.register(Barrier)
@batched.register(TensorFromScalar)
@batched.register(ScalarFromTensor)
def same(op: Op, a: Application) -> list[Any]:
    x = a.inputs[0].variable
    return [Batched(op(x) if isinstance(op, Barrier) else x, a.depth)]


@batched.register(Assert)
def assertion(op: Assert, a: Application) -> list[Any]:
    conditions = [all_of(c.variable) if isinstance(c, Batched) else c for c in a.inputs[1:]]
    x = a.inputs[0]
    return [Batched(op(x.variable, *conditions), a.depth) if isinstance(x, Batched) else op(x, *conditions)]


# -- axes ----------------------------------------------------------------------------------------------------------------


def _behind(axis: int, ndim: int, depth: int) -> int:
    """The axis, of ``ndim`` own ones, counted with the batch's."""
    return axis % ndim + depth


@batched.register(DimShuffle)
def shuffled(op: DimShuffle, a: Application) -> list[Any]:
    pattern = ["x" if axis == "x" else int(axis) + a.depth for axis in op.new_order]
    return [Batched(dimshuffle(a.inputs[0].variable, *range(a.depth), *pattern), a.depth)]


@batched.register(CAReduce)
@batched.register(MaxAndArgmax)
@batched.register(Argmax)
@batched.register(Argmin)
def folded(op: Any, a: Application) -> list[Any]:
    (x,) = a.inputs
    axes = range(x.ndim) if op.axis is None else [axis % x.ndim for axis in op.axis]
    settings = {name: getattr(op, name) for name in op.__props__} | {"axis": tuple(k + a.depth for k in axes)}
    node = type(op)(**settings).make_node(x.variable)
    return [Batched(v, a.depth) for v in node.outputs]


@batched.register(FourierTransform)
def transformed(op: FourierTransform, a: Application) -> list[Any]:
    return [Batched(op(a.inputs[0].variable, a.alone(1)), a.depth)]  # axes are counted from the end


@batched.register(CumOp)
def cumulated(op: CumOp, a: Application) -> list[Any]:
    (x,) = a.inputs
    flat = _flattened(x) if op.axis is None else x
    axis = 0 if op.axis is None else op.axis
    return [Batched(CumOp(_behind(axis, flat.ndim, a.depth), op.mode)(flat.variable), a.depth)]


@batched.register(SortOp)
@batched.register(ArgSortOp)
def sorted_along(op: Any, a: Application) -> list[Any]:
    axis = known_integer(a.alone(1))
    if axis is None:
        raise NotImplementedError(
            f"vectorize_graph: the axis of {op} must be a constant, found {a.node.inputs[1]}"
        )
    return [Batched(op(a.inputs[0].variable, _behind(axis, a.inputs[0].ndim, a.depth)), a.depth)]


@batched.register(ExtractDiag)
def diagonal_of(op: ExtractDiag, a: Application) -> list[Any]:
    (x,) = a.inputs
    first, second = (_behind(axis, x.ndim, a.depth) for axis in (op.axis1, op.axis2))
    return [Batched(ExtractDiag(op.offset, first, second, op.view)(x.variable), a.depth)]


@batched.register(AllocDiag)
def on_diagonal(op: AllocDiag, a: Application) -> list[Any]:
    (x,) = a.inputs
    first, second = (_behind(axis, x.ndim + 1, a.depth) for axis in (op.axis1, op.axis2))
    return [Batched(AllocDiag(op.offset, first, second)(x.variable), a.depth)]


@batched.register(Rebroadcast)
def rebroadcast(op: Op, a: Application) -> list[Any]:
    x = a.inputs[0].variable
    own = a.node.outputs[0].type.broadcastable  # type: ignore[attr-defined]
    return [Batched(patternbroadcast(x, (*x.type.broadcastable[: a.depth], *own)), a.depth)]


# -- shapes --------------------------------------------------------------------------------------------------------------


@batched.register(Shape)
def lengths(op: Op, a: Application) -> list[Any]:
    return [op(a.inputs[0].variable)[a.depth :]]


@batched.register(Shape_i)
def length(op: Shape_i, a: Application) -> list[Any]:
    return [Shape_i(op.i + a.depth)(a.inputs[0].variable)]


@batched.register(SpecifyShape)
def specified(op: Op, a: Application) -> list[Any]:
    x, shape = a.inputs[0], a.alone(1)
    own = [shape[k] for k in range(x.ndim)]
    return [Batched(op(x.variable, [x.variable.shape[k] for k in range(a.depth)] + own), a.depth)]


@batched.register(Reshape)
def reshaped(op: Reshape, a: Application) -> list[Any]:
    shape = a.alone(1)
    return [_reshaped(a.inputs[0], [shape[k] for k in range(op.ndim)], a.node.outputs[0])]


@batched.register(Flatten)
def flattened(op: Flatten, a: Application) -> list[Any]:
    (x,) = a.inputs
    kept = x.lengths()[: op.outdim - 1]
    return [_reshaped(x, [*kept, -1], a.node.outputs[0])]


def _flattened(x: Batched) -> Batched:
    lengths = [x.variable.shape[k] for k in range(x.depth)]
    return Batched(reshape(x.variable, [*lengths, -1], ndim=x.depth + 1), x.depth)


def _reshaped(x: Batched, shape: Sequence[Any], like: Any) -> Batched:
    lengths = [x.variable.shape[k] for k in range(x.depth)]
    out = reshape(x.variable, [*lengths, *shape], ndim=x.depth + len(shape))
    pattern = (*x.variable.type.broadcastable[: x.depth], *like.type.broadcastable)
    return Batched(patternbroadcast(out, pattern), x.depth)


@batched.register(MakeVector)
def vector_of(op: MakeVector, a: Application) -> list[Any]:
    entries = [a.full(k) for k in range(len(a.inputs))]
    columns = [dimshuffle(e.variable.astype(op.dtype), *range(a.depth), "x") for e in entries]
    return [Batched(Join()(a.depth, *columns), a.depth)]


@batched.register(Alloc)
def allocated(op: Op, a: Application) -> list[Any]:
    shape = [a.alone(k) for k in range(1, len(a.inputs))]
    value = a.inputs[0].spread(len(shape))
    return [Batched(alloc(value, *[value.shape[k] for k in range(a.depth)], *shape), a.depth)]


# -- side by side --------------------------------------------------------------------------------------------------------


@batched.register(Join)
def joined(op: Join, a: Application) -> list[Any]:
    pieces = [a.full(k) for k in range(1, len(a.inputs))]
    return [Batched(op(_known_axis(a, 0, pieces[0].ndim), *[p.variable for p in pieces]), a.depth)]


@batched.register(Split)
def pieces(op: Split, a: Application) -> list[Any]:
    x, sizes = a.inputs[0], a.alone(2)
    node = op.make_node(x.variable, _known_axis(a, 1, x.ndim), sizes)
    return [Batched(v, a.depth) for v in node.outputs]


def _known_axis(a: Application, position: int, ndim: int) -> int:
    axis = known_integer(a.alone(position))
    if axis is None:
        found = a.node.inputs[position]
        raise NotImplementedError(
            f"vectorize_graph: the axis of {a.node.op} must be a constant, found {found}"
        )
    return _behind(axis, ndim, a.depth)


# -- products ------------------------------------------------------------------------------------------------------------


@batched.register(Dot)
def product(op: Op, a: Application) -> list[Any]:
    x, y = a.inputs
    if not isinstance(y, Batched):
        return [Batched(dot(x.variable, y), a.depth)]
    if not isinstance(x, Batched):
        out: Any = tensordot(y.variable, x, [[a.depth], [x.type.ndim - 1]])
        if x.type.ndim == 2 and y.ndim == 2:  # (batch, n, m)
            out = dimshuffle(out, *range(a.depth), a.depth + 1, a.depth)
        return [Batched(out, a.depth)]
    left, right = a.full(0), a.full(1)
    axes = range(a.depth)
    first = left.variable if left.ndim == 2 else dimshuffle(left.variable, *axes, "x", a.depth)
    second = right.variable if right.ndim == 2 else dimshuffle(right.variable, *axes, a.depth, "x")
    rows = slice(None) if left.ndim == 2 else 0
    columns = slice(None) if right.ndim == 2 else 0
    matrices: Any = matmul(first, second)
    return [Batched(matrices[(*[slice(None)] * a.depth, rows, columns)], a.depth)]


@batched.register(BatchedDot)
def batched_product(op: Op, a: Application) -> list[Any]:
    operands = [a.full(0), a.full(1)]
    first = operands[0].variable
    axes = [first.shape[k] for k in range(a.depth + 1)]
    merged = [reshape(o.variable, [-1, *o.lengths()[1:]], ndim=o.ndim) for o in operands]
    out = op(*merged)
    own = [out.shape[k] for k in range(1, out.type.ndim)]
    return [Batched(reshape(out, [*axes, *own], ndim=len(axes) + len(own)), a.depth)]


# -- indexing ------------------------------------------------------------------------------------------------------------


@batched.register(Subtensor)
@batched.register(AdvancedSubtensor)
@batched.register(AdvancedSubtensor1)
def indexed(op: Any, a: Application) -> list[Any]:
    place, order = _place(a, a.inputs[0], _indices(op, a, 1))
    return [Batched(dimshuffle(place, *order) if order is not None else place, a.depth)]


@batched.register(IncSubtensor)
@batched.register(AdvancedIncSubtensor)
@batched.register(AdvancedIncSubtensor1)
def changed(op: Any, a: Application) -> list[Any]:
    place, order = _place(a, a.full(0), _indices(op, a, 2))
    y = a.inputs[1]
    if isinstance(y, Batched):
        value = y.spread(place.type.ndim - a.depth)
    else:
        value = dimshuffle(y, *["x"] * (place.type.ndim - y.type.ndim), *range(y.type.ndim))
    if order is not None:
        value = dimshuffle(value, *[order.index(k) for k in range(len(order))])
    put = set_subtensor if op.set_instead_of_inc else inc_subtensor
    return [Batched(put(place, value), a.depth)]


def _indices(op: Any, a: Application, start: int) -> list[Any]:
    """The indices: integers, slices and None; arrays; where they depend on the batch, Batched."""
    if isinstance(op, (AdvancedSubtensor1, AdvancedIncSubtensor1)):
        return [a.inputs[-1]]
    return op.indices(a.inputs[start:])


def _place(a: Application, x: Any, indices: Sequence[Any]) -> tuple[Any, list[int] | None]:
    """``x[..., indices]`` for each of the batch, and the order of axes that it is to be brought to (None: as it is)."""
    for index in indices:
        parts = (index.start, index.stop, index.step) if isinstance(index, slice) else ()
        if any(isinstance(part, Batched) for part in parts):
            raise NotImplementedError(
                f"vectorize_graph: bounds of slices of {a.node.op} must not depend on the batch"
            )
    is_array = [not isinstance(i, slice) and i is not None for i in indices]
    positions = [k for k, array in enumerate(is_array) if array]
    ndim = max([_own_ndim(indices[k]) for k in positions], default=0)
    are_apart = bool(positions) and positions[-1] - positions[0] + 1 != len(positions)
    if not any(isinstance(i, Batched) for i in indices):
        place = x.variable[(*[slice(None)] * a.depth, *indices)]
        if not ndim or not are_apart:
            return place, None
        rest = range(ndim + a.depth, place.type.ndim)  # arrays apart: their axes have come to the front
        return place, [*range(ndim, ndim + a.depth), *range(ndim), *rest]
    of_batch, source = _batch_positions(a, x, ndim)
    arrays = [i.spread(ndim) if isinstance(i, Batched) else i for i in indices]
    place = source[(*of_batch, *arrays)]  # batch axes, axes of the arrays, the others
    if are_apart:
        return place, None
    before = sum(not array for array in is_array[: positions[0]])
    start = a.depth + ndim
    others = list(range(start, place.type.ndim))
    return place, [*range(a.depth), *others[:before], *range(a.depth, start), *others[before:]]


def _own_ndim(index: Any) -> int:
    return index.ndim if isinstance(index, Batched) else getattr(getattr(index, "type", None), "ndim", 0)


def _batch_positions(a: Application, x: Any, ndim: int) -> tuple[list[Any], Any]:
    """Indices of the batch axes that go with index arrays of ``ndim`` axes of their own; and ``x`` with batch axes."""
    if not isinstance(x, Batched):
        return [0] * a.depth, dimshuffle(x, *["x"] * a.depth, *range(x.type.ndim))
    found: list[Any] = []
    for k in range(a.depth):
        if x.variable.type.broadcastable[k]:
            found.append(0)
        else:
            around = ["x"] * k, ["x"] * (a.depth - k - 1 + ndim)
            found.append(dimshuffle(arange(x.variable.shape[k]), *around[0], 0, *around[1]))
    return found, x.variable
