"""Lengths as values: shape, vectors made of 0-d tensors, asserted shapes, reshape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Op, ShapeMismatch, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_left
from theano.tensor.elemwise import elemwise_of
from theano.tensor.rebroadcast import addbroadcast, patternbroadcast
from theano.tensor.static_value import ValueOf, entries, length, scalar_value, vector_entries
from theano.tensor.type import tensor_type


class Shape(Op):
    """The lengths of ``x``: a vector of int64, of ``x.ndim`` entries.  No gradient flows."""

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        if not isinstance(x, Variable):
            x = as_tensor_variable(x)
        return Apply(self, [x], [tensor_type("int64", (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(node.inputs[0].type.ndim,)]  # type: ignore[attr-defined]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.array(inputs[0].shape, dtype="int64")

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]


class Shape_i(Op):
    """The length of ``x`` along axis ``i``: a 0-d int64.  No gradient flows."""

    __props__ = ("i",)

    def __init__(self, i: int) -> None:
        self.i = int(i)

    def make_node(self, x: Any) -> Apply:
        if not isinstance(x, Variable):
            x = as_tensor_variable(x)
        if not 0 <= self.i < x.type.ndim:  # type: ignore[attr-defined]
            raise TypeError("x has too few dimensions for Shape_i", (x, self.i))
        return Apply(self, [x], [tensor_type("int64", ())()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [()]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.array(inputs[0].shape[self.i], dtype="int64")

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]

    def __str__(self) -> str:
        return f"Shape_i{{{self.i}}}"


class MakeVector(Op):
    """The vector of its 0-d inputs, converted to ``dtype``."""

    __props__ = ("dtype",)

    def __init__(self, dtype: str = "int64") -> None:
        self.dtype = dtype

    def make_node(self, *inputs: Any) -> Apply:
        variables = [as_tensor_variable(i) for i in inputs]
        for v in variables:
            if v.type.ndim != 0:
                raise TypeError(f"MakeVector takes 0-d tensors, found {v} of type {v.type}")
            if dtypes.upcast(v.type.dtype, self.dtype) != self.dtype:
                raise TypeError(f"MakeVector{{{self.dtype}}} cannot hold {v} of type {v.type}")
        variables = [
            v if v.type.dtype == self.dtype else elemwise_of(casts[self.dtype])(v) for v in variables
        ]
        return Apply(self, variables, [tensor_type(self.dtype, (len(variables) == 1,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [(len(node.inputs),)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.array([np.asarray(i)[()] for i in inputs], dtype=self.dtype)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (dout,) = cotangents
        return [dout[i] for i in range(len(inputs))]  # type: ignore[index]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        if all(t is None for t in tangents):
            return [None]
        zero = as_tensor_variable(np.zeros((), self.dtype))
        return [self(*[zero if t is None else t for t in tangents])]


class SpecifyShape(Op):
    """``x``, whose shape must be ``shape`` at run time; lengths that are the constant 1 become broadcastable.

    Raises AssertionError where the shape is another one.
    """

    __props__ = ()
    view_map = {0: [0]}

    def make_node(self, x: Any, shape: Any) -> Apply:
        x = as_tensor_variable(x)
        shape = as_tensor_variable(shape)
        if shape.type.ndim != 1 or shape.type.dtype not in dtypes.INTEGER:
            raise TypeError(f"specify_shape needs a vector of integers, found {shape} of type {shape.type}")
        lengths = vector_entries(shape)
        if lengths is not None and len(lengths) != x.type.ndim:
            raise AssertionError(f"SpecifyShape: {x} has {x.type.ndim} dimensions, expected {len(lengths)}.")
        known = lengths if lengths is not None else [None] * x.type.ndim
        pattern = [b or n == 1 for b, n in zip(x.type.broadcastable, map(_int_or_none, known), strict=True)]
        return Apply(self, [x, shape], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        lengths = vector_entries(node.inputs[1]) or [None] * len(shapes[0])
        return [
            tuple(n if isinstance(n, int) else found for n, found in zip(lengths, shapes[0], strict=True))
        ]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, shape = inputs
        if x.ndim != len(shape):
            raise AssertionError(f"SpecifyShape: input has {x.ndim} dimensions, expected {len(shape)}.")
        for axis, (found, wanted) in enumerate(zip(x.shape, shape, strict=True)):
            if found != wanted:
                raise AssertionError(
                    f"SpecifyShape: dim {axis} of input has shape {found}, expected {wanted}."
                )
        outputs[0][0] = x

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x, shape = inputs
        return [patternbroadcast(specify_shape(cotangents[0], shape), x.type.broadcastable), None]  # type: ignore

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]


class Reshape(Op):
    """The elements of ``x``, in C order, under another shape of ``ndim`` dimensions.

    x      tensor, any dtype
    shape  vector of ``ndim`` integers, of which one may be -1: what is left over
    out    dtype of x; broadcastable where the length is the constant 1

    Raises ValueError at run time where the numbers of elements differ.
    """

    __props__ = ("ndim",)
    view_map = {0: [0]}

    def __init__(self, ndim: int, name: str | None = None) -> None:
        self.ndim = int(ndim)
        self.name = name
        if self.ndim < 0:
            raise ValueError(f"The output dimensions after reshape must be 0 or greater, found {ndim}")

    def make_node(self, x: Any, shape: Any) -> Apply:
        x = as_tensor_variable(x)
        shape = as_tensor_variable(shape, ndim=1)
        if isinstance(shape, Constant) and shape.data.size == 0:
            shape = as_tensor_variable(np.zeros(0, "int64"))
        if shape.type.dtype not in dtypes.INTEGER:
            raise TypeError(
                f"Shape must be integers, found {shape} of type {shape.type}", shape, shape.type.dtype
            )
        lengths = vector_entries(shape)
        if lengths is not None:
            if len(lengths) != self.ndim:
                raise ValueError(
                    f"reshape to {self.ndim} dimensions needs a shape of so many, found {len(lengths)}"
                )
            if sum(n == -1 for n in lengths if isinstance(n, int)) > 1:
                raise ValueError(f"reshape can find one length that is -1, not several: {lengths}")
        pattern = [_int_or_none(n) == 1 for n in lengths or [None] * self.ndim]
        return Apply(self, [x, shape], [tensor_type(x.type.dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        requested = vector_entries(node.inputs[1])
        if requested is None:
            requested = [node.inputs[1][i] for i in range(self.ndim)]  # type: ignore[index]
        return [reshaped_lengths(shapes[0], requested)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, shape = inputs
        if len(shape) != self.ndim:
            raise ValueError(
                f"shape argument to Reshape.perform has incorrect length {len(shape)}, should be {self.ndim}"
            )
        try:
            outputs[0][0] = np.reshape(x, tuple(int(n) for n in shape))
        except ValueError:
            wanted = tuple(int(n) for n in shape)
            require(
                False,
                f"reshape({node.inputs[0]}, shape)",
                needs=f"{x.size} elements",
                found=f"shape {wanted} for x of shape {x.shape}",
                operands={"x": node.inputs[0]},
                error=ShapeMismatch,
            )

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x = inputs[0]
        back = reshape(cotangents[0], shape(x), ndim=x.type.ndim)  # type: ignore[attr-defined]
        return [patternbroadcast(back, x.type.broadcastable), None]  # type: ignore[attr-defined]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]

    def __str__(self) -> str:
        return f"Reshape{{{self.ndim}}}"


def reshaped_lengths(lengths: Sequence[Any], requested: Sequence[Any]) -> tuple[Any, ...]:
    """What reshape makes of ``requested``, where one entry may be -1: lengths of any kind that has arithmetic."""
    from theano.scalar import eq, switch

    uncertain = [k for k, n in enumerate(requested) if not isinstance(n, int)]
    if not uncertain and -1 not in requested:
        return tuple(requested)
    total = product(lengths)
    rest = product([n for n in requested if not (isinstance(n, int) and n == -1)])
    if -1 in [n for n in requested if isinstance(n, int)]:
        found = total // rest if not (isinstance(rest, int) and rest == 0) else 0
        return tuple(found if isinstance(n, int) and n == -1 else n for n in requested)
    # of the entries known at run time only, one may be -1; then the product of all is minus that of the others
    return tuple(
        switch(eq(n, -1), total // -rest, n) if k in uncertain else n for k, n in enumerate(requested)
    )


def product(lengths: Sequence[Any]) -> Any:
    """The product, 1 of nothing."""
    result: Any = 1
    for n in lengths:
        result = n if isinstance(result, int) and result == 1 else result * n
    return result


_shape = Shape()
_specify_shape = SpecifyShape()


@entries.register
def _(op: MakeVector, node: Apply) -> list[Any]:
    return list(node.inputs)


@entries.register
def _(op: Shape, node: Apply) -> list[Any]:
    x = node.inputs[0]
    if isinstance(x, Constant):
        return list(x.data.shape)
    pattern = getattr(x.type, "broadcastable", (False,) * x.type.ndim)  # type: ignore[attr-defined]
    return [1 if b else node.outputs[0][i] for i, b in enumerate(pattern)]  # type: ignore[index]


@length.register
def _(op: Shape, node: Apply) -> int:
    return node.inputs[0].type.ndim  # type: ignore[attr-defined]


@length.register
def _(op: MakeVector, node: Apply) -> int:
    return len(node.inputs)


@scalar_value.register
def _(op: Shape_i, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    from theano.tensor.static_value import NotScalarConstantError

    x = node.inputs[0]
    if isinstance(x, Constant):
        return np.array(x.data.shape[op.i])
    if not x.type.has_lengths and x.type.broadcastable[op.i]:  # type: ignore[attr-defined]
        return np.array(1)
    raise NotScalarConstantError(node.outputs[0])


def _int_or_none(n: Any) -> int | None:
    return n if isinstance(n, int) else None


# -- functions -----------------------------------------------------------------------------------------------------------


def shape(x: Any) -> Variable:
    """The lengths of ``x``, a vector of int64."""
    return _shape(x)


def shape_i(var: Any, i: int, fgraph: None = None) -> Variable:
    """The length of ``var`` along axis ``i``; ``fgraph`` is accepted, lengths need no help from it."""
    return Shape_i(i)(var)


def specify_shape(x: Any, shape: Any) -> Variable:
    """``x``, asserted at run time to be of this shape."""
    return _specify_shape(x, shape)


def as_lengths(shape: Any) -> list[Any]:
    """A shape given as a number, a sequence of numbers and 0-d variables, or a vector, as a list of lengths."""
    if isinstance(shape, Variable) and shape.type.ndim == 1:  # type: ignore[attr-defined]
        known = vector_entries(shape)
        if known is not None:
            return known
        from theano.tensor.static_value import get_vector_length

        return [shape[i] for i in range(get_vector_length(shape))]  # type: ignore[index]
    if (isinstance(shape, np.ndarray) and shape.ndim == 1) or isinstance(shape, (list, tuple)):
        return list(shape)
    return [shape]


def reshape(x: Any, newshape: Any, ndim: int | None = None) -> Variable:
    """``x`` under another shape; one entry may be -1.

    ndim  the number of dimensions, needed when ``newshape`` is a vector of unknown length

    Raises ValueError when that number is not known, or the numbers of elements differ.
    """
    x = as_tensor_variable(x)
    if isinstance(newshape, (list, tuple)):
        newshape = [int(n) if isinstance(n, (int, np.integer)) else n for n in newshape]
        newshape = np.array(newshape, "int64") if all(isinstance(n, int) for n in newshape) else newshape
    elif isinstance(newshape, (int, np.integer)):
        newshape = [int(newshape)]
    newshape = as_tensor_variable(newshape)
    if newshape.type.ndim == 0 and newshape.type.dtype in dtypes.INTEGER:
        newshape = pad_left(newshape)
    if newshape.type.ndim != 1 or (
        newshape.type.dtype not in dtypes.INTEGER and newshape.type.dtype == "bool"
    ):
        raise TypeError(
            "New shape in reshape must be a vector or a list/tuple of scalar. "
            f"Got {newshape} after conversion to a vector."
        )
    if ndim is None:
        known = vector_entries(newshape)
        n = (
            len(known)
            if known is not None
            else length(newshape.owner.op, newshape.owner)
            if newshape.owner
            else None
        )
        if n is None:
            raise ValueError(
                f"To reshape to a shape of unknown length, give ndim; the length of {newshape} is not known"
            )
        ndim = n
    return Reshape(ndim)(x, newshape)


def flatten(x: Any, ndim: int | None = None, outdim: int | None = None) -> Variable:
    """``x`` with ``ndim`` dimensions: the first ``ndim - 1`` kept, all others joined into the last.

    ``outdim`` is an old name of ``ndim``; neither given means 1.
    """
    x = as_tensor_variable(x)
    if outdim is not None and ndim is not None:
        raise ValueError("You should only specify ndim")
    ndim = ndim if ndim is not None else outdim if outdim is not None else 1
    if ndim < 1 or ndim > max(x.type.ndim, 1):
        raise ValueError(f"ndim {ndim} out of bound [1, {x.type.ndim + 1})")
    pattern = x.type.broadcastable
    kept = [1 if b else x.shape[k] for k, b in enumerate(pattern[: ndim - 1])]
    joined = all(pattern[ndim - 1 :])
    flat = reshape(x, [*kept, 1 if joined else -1])
    return addbroadcast(flat, *[k for k, b in enumerate([*pattern[: ndim - 1], joined]) if b])


def is_flat(var: Variable, ndim: int | None = None, outdim: int | None = None) -> bool:
    """Whether ``var`` has no more than ``ndim`` dimensions."""
    return var.type.ndim == (ndim if ndim is not None else outdim if outdim is not None else 1)  # type: ignore


class Flatten(Op):
    """``flatten`` as an op of Theano 1.0.5: applying it reshapes."""

    __props__ = ("outdim",)

    def __init__(self, outdim: int = 1) -> None:
        self.outdim = int(outdim)

    def make_node(self, x: Any) -> Apply:
        return flatten(x, self.outdim).owner  # type: ignore[return-value]
