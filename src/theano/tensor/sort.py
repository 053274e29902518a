"""Sorting along an axis, and the k largest or smallest elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import arange, zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.indexing import inc_subtensor
from theano.tensor.shape import flatten
from theano.tensor.static_value import known_integer
from theano.tensor.type import tensor_type

_KINDS = {"quicksort": "quicksort", "mergesort": "stable", "stable": "stable", "heapsort": "heapsort"}


def _axis_operand(axis: Any) -> Variable:
    axis = as_tensor_variable(axis)
    if axis.type.ndim or axis.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"sort needs a 0-d integer axis, found {axis} of type {axis.type}")
    return axis


def along_axis(x: Variable, index: Variable, axis: int) -> tuple[Any, ...]:
    """Index arrays such that ``x[...]`` is ``take_along_axis(x, index, axis)``."""
    ndim = x.type.ndim  # type: ignore[attr-defined]
    return tuple(
        index if k == axis else dimshuffle(arange(index.shape[k]), *["x"] * k, 0, *["x"] * (ndim - k - 1))  # type: ignore
        for k in range(ndim)
    )


def scattered_along_axis(x: Variable, dout: Variable, index: Variable, axis: int) -> Variable:
    """Zeros like ``x`` with ``dout`` added where ``index`` took it from."""
    return inc_subtensor(zeros_like(x)[along_axis(x, index, axis)], dout)  # type: ignore[index]


def _known_axis(op: str, x: Variable, axis: Variable) -> int:
    known = known_integer(axis)
    if known is None:
        raise NotImplementedError(
            f"The gradient of {op} needs an axis that is known; give an int instead of {axis}"
        )
    return known % x.type.ndim  # type: ignore[attr-defined]


class SortOp(Op):
    """``x`` in ascending order along an axis; NaN last.

    x     tensor of at least 1 dimension
    axis  0-d integer
    out   type of x
    """

    __props__ = ("kind", "order")

    def __init__(self, kind: str = "quicksort", order: Any = None) -> None:
        if kind not in _KINDS:
            raise ValueError(f"sort kind must be one of {', '.join(_KINDS)}, found {kind!r}")
        self.kind, self.order = kind, order

    def make_node(self, x: Any, axis: Any = -1) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x, _axis_operand(axis)], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, axis = inputs
        outputs[0][0] = np.sort(x, int(axis), kind=_KINDS[self.kind])  # type: ignore[call-overload]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x, axis = inputs
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None]
        index = ArgSortOp(self.kind, self.order)(x, axis)
        return [scattered_along_axis(x, cotangents[0], index, _known_axis("sort", x, axis)), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        if tangents[0] is None:
            return [None]
        x, axis = inputs
        index = ArgSortOp(self.kind, self.order)(x, axis)
        return [tangents[0][along_axis(x, index, _known_axis("sort", x, axis))]]  # type: ignore[index]


class ArgSortOp(Op):
    """The positions, int64, at which the elements stand that ``sort`` puts in order."""

    __props__ = ("kind", "order")

    def __init__(self, kind: str = "quicksort", order: Any = None) -> None:
        if kind not in _KINDS:
            raise ValueError(f"sort kind must be one of {', '.join(_KINDS)}, found {kind!r}")
        self.kind, self.order = kind, order

    def make_node(self, x: Any, axis: Any = -1) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x, _axis_operand(axis)], [tensor_type("int64", x.type.broadcastable)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(shapes[0])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, axis = inputs
        positions = np.argsort(x, int(axis), kind=_KINDS[self.kind])  # type: ignore[arg-type]
        outputs[0][0] = np.asarray(positions, dtype="int64")

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0]), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]


class TopKOp(Op):
    """The k largest elements along an axis (the smallest for a negative k), or their positions, or both.

    x    tensor of at least 1 dimension
    kth  0-d integer, 1 <= abs(kth) <= length of the axis, or a ValueError at run time
    out  length abs(kth) along the axis; in descending order (ascending for a negative k) when ``sorted``
    """

    __props__ = ("axis", "sorted", "return_values", "return_indices", "idx_dtype")

    def __init__(
        self,
        axis: int = -1,
        sorted: bool = True,
        idx_dtype: str = "int64",
        return_values: bool = True,
        return_indices: bool = True,
    ) -> None:
        if not isinstance(axis, int):
            raise TypeError(f'"axis" parameter must be integer, got "{type(axis)}"')
        if idx_dtype not in dtypes.INTEGER:
            raise TypeError(f'"idx_dtype" parameter must be an integer dtype, got "{idx_dtype}"')
        if not (return_values or return_indices):
            raise ValueError("Neither return_values nor return_indices is True, this isn't allowed")
        self.axis, self.sorted, self.idx_dtype = axis, bool(sorted), idx_dtype
        self.return_values, self.return_indices = return_values, return_indices

    def make_node(self, x: Any, kth: Any) -> Apply:
        x, kth = as_tensor_variable(x), _axis_operand(kth)
        if not -x.type.ndim <= self.axis < x.type.ndim:
            raise IndexError(
                f'"axis" parameter out of range, expected integer within [-{x.type.ndim}, {x.type.ndim})'
            )
        pattern = list(x.type.broadcastable)
        pattern[self.axis] = False
        out = [tensor_type(x.type.dtype, pattern)()] if self.return_values else []
        out += [tensor_type(self.idx_dtype, pattern)()] if self.return_indices else []
        return Apply(self, [x, kth], out)

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        known = known_integer(node.inputs[1])
        shape = list(shapes[0])
        shape[self.axis] = abs(node.inputs[1].astype("int64")) if known is None else abs(known)  # type: ignore
        return [tuple(shape)] * len(node.outputs)

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, kth = inputs
        k, n = int(kth), x.shape[self.axis]
        if not 1 <= abs(k) <= n:
            raise ValueError(f"topk: kth must be between 1 and {n} in magnitude, found {k}")
        order = np.argsort(x, self.axis, kind="stable")
        chosen = slice(None, -k - 1, -1) if k > 0 else slice(None, -k)
        index = np.take(order, np.arange(n)[chosen], self.axis)
        if self.return_values:
            outputs[0][0] = np.take_along_axis(x, index, self.axis)
        if self.return_indices:
            outputs[-1][0] = index.astype(self.idx_dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        values = [True] if self.return_values else []
        indices = [False] if self.return_indices else []
        return [values + indices, [False] * len(node.outputs)]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        x, kth = inputs
        if not self.return_values or x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None]
        index = outputs[-1]
        if not self.return_indices:
            index = TopKOp(self.axis, self.sorted, self.idx_dtype, return_values=False)(x, kth)
        return [scattered_along_axis(x, cotangents[0], index, self.axis % x.type.ndim), None]  # type: ignore


# -- functions -----------------------------------------------------------------------------------------------------------


def _along(a: Any, axis: Any) -> tuple[Variable, Any]:
    a = as_tensor_variable(a)
    return (flatten(a), 0) if axis is None else (a, axis)


def sort(a: Any, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Variable:
    """``a`` in ascending order along ``axis``; flattened first when ``axis`` is None."""
    return SortOp(kind, order)(*_along(a, axis))


def argsort(a: Any, axis: Any = -1, kind: str = "quicksort", order: Any = None) -> Variable:
    """The positions, int64, that would sort ``a`` along ``axis``; flattened first when ``axis`` is None."""
    return ArgSortOp(kind, order)(*_along(a, axis))


def topk(x: Any, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = "int64") -> Variable:
    """The ``kth`` largest elements along ``axis``, or the ``-kth`` smallest."""
    x, axis = _along(x, axis)
    return TopKOp(axis, sorted, idx_dtype, return_indices=False)(x, kth)


def argtopk(
    x: Any, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = "int64"
) -> Variable:
    """The positions of the ``kth`` largest elements along ``axis``, or of the ``-kth`` smallest."""
    x, axis = _along(x, axis)
    return TopKOp(axis, sorted, idx_dtype, return_values=False)(x, kth)


def topk_and_argtopk(
    x: Any, kth: Any, axis: int | None = -1, sorted: bool = True, idx_dtype: str = "int64"
) -> Any:
    """``topk`` and ``argtopk`` of one sorting."""
    x, axis = _along(x, axis)
    return TopKOp(axis, sorted, idx_dtype)(x, kth)


__getattr__ = old_names(__name__)
