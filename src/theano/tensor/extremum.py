"""Extrema: the largest and smallest elements along axes of an array, and where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Constant, Op, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.reduction import CAReduce, axes_given, axes_within, keep_dims
from theano.tensor.type import TensorType, tensor_type


class _Extremum(Op):
    """What the ops of this file share.

    x     tensor, any dtype; complex numbers are ordered by real part, then imaginary part
    axis  the axes searched, ascending, counted from the first one; their indices are combined in C order
    """

    __props__ = ("axis",)

    def __init__(self, axis: Sequence[int]) -> None:
        if not isinstance(axis, (tuple, list)):
            raise TypeError(f"{type(self).__name__} needs a tuple of axes, found {axis!r}")
        self.axis = axes_given(axis) or ()

    def axes(self, ndim: int) -> tuple[int, ...]:
        """The searched axes of an array of ``ndim`` dimensions, in ascending order."""
        return axes_within(self.axis, ndim)

    def _pattern(self, x: Any) -> list[bool]:
        axes = self.axes(x.type.ndim)
        return [b for k, b in enumerate(x.type.broadcastable) if k not in axes]

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        (shape,) = shapes
        axes = self.axes(len(shape))
        return [tuple(n for k, n in enumerate(shape) if k not in axes)] * len(node.outputs)

    def _searched(self, x: np.ndarray) -> np.ndarray:
        """``x`` with the searched axes joined into one, the last.  ValueError when that is empty."""
        axes = self.axes(x.ndim)
        kept = [k for k in range(x.ndim) if k not in axes]
        n = int(np.prod([x.shape[k] for k in axes], dtype=np.int64))
        if n == 0:
            name = "argmin" if isinstance(self, Argmin) else "argmax"
            raise ValueError(f"attempt to get {name} of an empty sequence")
        return np.transpose(x, [*kept, *axes]).reshape(*[x.shape[k] for k in kept], n)


class MaxAndArgmax(_Extremum):
    """The largest elements along axes, and the positions of the first of them.

    max     dtype of x
    argmax  int64

    max[i...] = x[i..., argmax[i...]],  argmax[i...] = the least k with x[i..., k] >= x[i..., j] for all j;
    NaN counts as larger than every number, so the first NaN is found where there is one.
    vjp: dmax at *every* element that equals the maximum;  argmax has no influence

    As a fold over k: two accumulators, of the dtype of x and int64, that begin with x[i..., 0] and 0;
    an element x and its k take their place if  x > max or (x != x and max == max).

    Raises ValueError at run time when there is no element along the axes.
    """

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        pattern = self._pattern(x)
        outputs = [tensor_type(x.type.dtype, pattern)("max"), tensor_type("int64", pattern)("argmax")]
        return Apply(self, [x], outputs)

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        elements = self._searched(inputs[0])
        position = np.asarray(np.argmax(elements, axis=-1), dtype="int64")
        outputs[0][0] = np.take_along_axis(elements, position[..., None], axis=-1)[..., 0].copy()
        outputs[1][0] = position

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (largest, _), (dmax, _) = inputs, outputs, cotangents
        if not isinstance(dmax.type, TensorType):
            return [zeros_of_gradient(x)]  # nobody uses the maximum
        return [scalar.eq(keep_dims(x, largest, self.axis), x) * keep_dims(x, dmax, self.axis)]


class Argmax(_Extremum):
    """The position of the first largest element along axes, int64: MaxAndArgmax without its first output."""

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x], [tensor_type("int64", self._pattern(x))("argmax")])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.asarray(np.argmax(self._searched(inputs[0]), axis=-1), dtype="int64")

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0])]


class Argmin(_Extremum):
    """The position of the first smallest element along axes, int64.

    out[i...] = the least k with x[i..., k] <= x[i..., j] for all j; the first NaN where there is one

    As a fold over k: two accumulators, of the dtype of x and int64, that begin with x[i..., 0] and 0;
    an element x and its k take their place if  x < min or (x != x and min == min).
    Raises ValueError at run time when there is no element along the axes.
    """

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x], [tensor_type("int64", self._pattern(x))("argmin")])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.asarray(np.argmin(self._searched(inputs[0]), axis=-1), dtype="int64")

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0])]


# -- functions of the user -----------------------------------------------------------------------------------


def max_and_argmax(a: Any, axis: Any = None, keepdims: bool = False) -> list[Variable]:
    """[largest elements, positions of the first of them] along ``axis``; see MaxAndArgmax.

    axis  an integer, several, or None or () for all; the positions are then in the flattened axes
    """
    a = as_tensor_variable(a)
    axes = tuple(check_and_normalize_axes(a, axis))
    outputs = MaxAndArgmax(axes)(a)
    return [keep_dims(a, v, axes) for v in outputs] if keepdims else outputs


def argmax(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """Position of the first largest element along ``axis``, int64; of the first NaN where there is one."""
    return max_and_argmax(x, axis, keepdims)[1]


def argmin(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """Position of the first smallest element along ``axis``, int64; of the first NaN where there is one.

    Correct for the least integer too, where Theano 1.0.5 took the largest of -x.
    """
    x = as_tensor_variable(x)
    axes = tuple(check_and_normalize_axes(x, axis))
    out = Argmin(axes)(x)
    return keep_dims(x, out, axes) if keepdims else out


def max(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The largest element along ``axis`` (None or (): all), NaN where there is one.

    The gradient goes in full to every element that is the maximum.  Of no elements: ValueError at run time.
    """
    x = as_tensor_variable(x)
    axes = _searched_axes(x, axis)
    out = MaxAndArgmax(axes)(x)[0]
    return keep_dims(x, out, axes) if keepdims else out


def min(x: Any, axis: Any = None, keepdims: bool = False) -> Variable:
    """The smallest element along ``axis`` (None or (): all), NaN where there is one; gradient as of max."""
    x = as_tensor_variable(x)
    axes = _searched_axes(x, axis)
    out = CAReduce(scalar.minimum, axes)(x)
    return keep_dims(x, out, axes) if keepdims else out


def ptp(a: Any, axis: Any = None) -> Variable:
    """Peak to peak: max(a, axis) - min(a, axis)."""
    a = as_tensor_variable(a)
    return scalar.sub(max(a, axis), min(a, axis))


def check_and_normalize_axes(x: Any, axis: Any) -> list[int]:
    """``axis`` as a list of axes of ``x``, ascending, counted from the first one; None and () are all axes.

    Raises TypeError when it is not made of constant integers, ValueError when ``x`` has no such axis.
    """
    x = as_tensor_variable(x)
    ndim = x.type.ndim
    given = _constant_axes(axis)
    for one in given:
        if not -ndim <= one < ndim:
            raise ValueError(f"Computation needs a valid axis number for {ndim}-D tensor. Got {one}")
    return sorted({one % ndim for one in given}) or list(range(ndim))


def _constant_axes(axis: Any) -> list[int]:
    """The integers in ``axis``: None, an integer, several, or a constant of the graph that holds them."""
    if isinstance(axis, Constant):
        axis = axis.data
    elif isinstance(axis, Variable):
        raise TypeError(f"Computation needs a constant axis. Got {axis}")
    if axis is None:
        return []
    if isinstance(axis, (int, np.integer)):
        return [int(axis)]
    if isinstance(axis, np.ndarray):
        axis = axis.ravel().tolist()
    if not isinstance(axis, (list, tuple)):
        raise TypeError(f"Computation needs an integer axis. Got {axis}")
    found = [one.data.item() if isinstance(one, Constant) else one for one in axis]
    for one in found:
        if isinstance(one, Variable):
            raise TypeError(f"Computation needs a constant axis. Got {one}")
        if not isinstance(one, (int, np.integer)):
            raise TypeError(f"Computation needs an integer axis. Got {one}")
    return [int(one) for one in found]


def _searched_axes(x: Variable, axis: Any) -> tuple[int, ...]:
    """The axes meant by ``axis``, with the message of a reduction when ``x`` has too few."""
    ndim = x.type.ndim  # type: ignore[attr-defined]
    return axes_within(tuple(_constant_axes(axis)), ndim) or tuple(range(ndim))
