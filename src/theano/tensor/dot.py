"""Products of vectors, matrices and tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle, transpose
from theano.tensor.elemwise import sum_back
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import flatten, product, reshape
from theano.tensor.type import tensor_type


class Dot(Op):
    """out[..., j] = sum over k of x[..., k] * y[k, j]: vectors and matrices.

    x, y  1 or 2 dimensions, any dtypes
    out   their common dtype, x.ndim + y.ndim - 2 dimensions

    vjp: dx = dout y', dy = x' dout, with the conjugates of complex x and y
    """

    __props__ = ()

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_tensor_variable(x), as_tensor_variable(y)
        for name, v in (("x", x), ("y", y)):
            require(
                v.type.ndim in (1, 2),
                "Dot",
                needs="vectors or matrices",
                found=f"{v.type.ndim} dimensions of {name}",
                operands={"x": x, "y": y},
                hint="dot and tensordot take any number of dimensions",
                error=TypeError,
            )
        pattern = x.type.broadcastable[:-1] + y.type.broadcastable[1:]
        return Apply(self, [x, y], [tensor_type(dtypes.upcast(x.type.dtype, y.type.dtype), pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        x, y = shapes
        return [(*x[:-1], *y[1:])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        left, right = node.inputs
        require(
            x.shape[-1] == y.shape[0],
            f"dot({left}, {right})",
            needs="as many columns of the first as rows of the second",
            found=f"shapes {x.shape} and {y.shape}",
            operands={"x": left, "y": right},
            hint="did you mean y.T?" if y.ndim == 2 and x.shape[-1] == y.shape[1] else None,
        )
        outputs[0][0] = np.asarray(np.dot(x, y), dtype=node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x, y), (dout,) = inputs, cotangents
        u, v = conjugated(x), conjugated(y)
        match x.type.ndim, y.type.ndim:  # type: ignore[attr-defined]
            case 1, 1:
                dx, dy = dout * v, dout * u
            case 2, 1:
                dx, dy = outer(dout, v), dot(transpose(u), dout)
            case 1, 2:
                dx, dy = dot(dout, transpose(v)), outer(u, dout)
            case _:
                dx, dy = dot(dout, transpose(v)), dot(transpose(u), dout)
        return [_like(dx, x), _like(dy, y)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return _product_rule(self, inputs, tangents)

    def __str__(self) -> str:
        return "dot"


class BatchedDot(Op):
    """out[b, i, j] = sum over k of x[b, i, k] * y[b, k, j].

    x, y  3 dimensions, any dtypes
    out   their common dtype, 3 dimensions
    """

    __props__ = ()

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_tensor_variable(x), as_tensor_variable(y)
        for v in (x, y):
            if v.type.ndim != 3:
                raise TypeError(f"BatchedDot takes tensors of 3 dimensions, found {v} of type {v.type}")
        pattern = (
            x.type.broadcastable[0] or y.type.broadcastable[0],
            x.type.broadcastable[1],
            y.type.broadcastable[2],
        )
        return Apply(self, [x, y], [tensor_type(dtypes.upcast(x.type.dtype, y.type.dtype), pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        x, y = shapes
        return [(1 if node.outputs[0].type.broadcastable[0] else x[0], x[1], y[2])]  # type: ignore[attr-defined]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        require(
            x.shape[0] == y.shape[0] and x.shape[2] == y.shape[1],
            f"batched_dot({node.inputs[0]}, {node.inputs[1]})",
            needs="equal first lengths, and as many columns of the first as rows of the second",
            found=f"shapes {x.shape} and {y.shape}",
            operands={"x": node.inputs[0], "y": node.inputs[1]},
        )
        outputs[0][0] = np.matmul(x, y).astype(node.outputs[0].type.dtype, copy=False)  # type: ignore[attr-defined]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x, y), (dout,) = inputs, cotangents
        dx = self(dout, dimshuffle(conjugated(y), 0, 2, 1))
        dy = self(dimshuffle(conjugated(x), 0, 2, 1), dout)
        return [_like(dx, x), _like(dy, y)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return _product_rule(self, inputs, tangents)


def _like(gradient: Variable, x: Variable) -> Variable:
    """``gradient``, of the shape of ``x`` already, in its pattern and dtype."""
    return sum_back(patternbroadcast(gradient, x.type.broadcastable), x)  # type: ignore[attr-defined]


def _product_rule(op: Op, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
    """t(x y) = tx y + x ty"""
    (x, y), (tx, ty) = inputs, tangents
    terms = [op(tx, y)] if tx is not None else []
    terms += [op(x, ty)] if ty is not None else []
    if not terms:
        return [None]
    return [terms[0] if len(terms) == 1 else terms[0] + terms[1]]


_dot = Dot()
_batched_dot = BatchedDot()


def dot(a: Any, b: Any) -> Variable:
    """The sum of products over the last axis of ``a`` and the last but one of ``b``; a number scales."""
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    if a.type.ndim == 0 or b.type.ndim == 0:
        return a * b
    if a.type.ndim > 2 or b.type.ndim > 2:
        return tensordot(a, b, [[a.type.ndim - 1], [max(0, b.type.ndim - 2)]])
    return _dot(a, b)


def dot_of_any(l: Any, r: Any) -> Variable:
    """``dot`` of what knows how it is multiplied: tensors, and variables of other types with ``__dot__`` or ``__rdot__``."""
    for factor, other, name in ((l, r, "__dot__"), (r, l, "__rdot__")):
        if isinstance(factor, Variable) and hasattr(factor, name) and not hasattr(factor.type, "broadcastable"):
            return getattr(factor, name)(other)
    return dot(l, r)


def matmul(a: Any, b: Any) -> Variable:
    """``a @ b``: as ``dot`` for at most two dimensions of one of them, else products of the last two axes.

    The leading axes of both must agree in number and lengths.
    """
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    if a.type.ndim == 0 or b.type.ndim == 0:
        raise ValueError(f"@ needs at least one dimension on both sides, found {a.type} and {b.type}")
    if b.type.ndim <= 2 or a.type.ndim == 1:
        return dot(a, b)
    if a.type.ndim == 2:
        return dimshuffle(
            dot(dimshuffle(b, *range(b.type.ndim - 2), b.type.ndim - 1, b.type.ndim - 2), transpose(a)),
            *range(b.type.ndim - 2), b.type.ndim - 1, b.type.ndim - 2,
        )  # fmt: skip
    if a.type.ndim != b.type.ndim:
        raise ValueError(
            f"@ needs the same number of leading axes on both sides, found {a.type} and {b.type}"
        )
    leading = a.type.ndim - 2
    flat = _batched_dot(_flat_batch(a, leading), _flat_batch(b, leading))
    return reshape(flat, [*[a.shape[k] for k in range(leading)], flat.shape[1], flat.shape[2]])


def _flat_batch(x: Variable, leading: int) -> Variable:
    lengths = [x.shape[k] for k in range(leading + 2)]  # type: ignore[attr-defined]
    return reshape(x, [product(lengths[:leading]), *lengths[leading:]])


def outer(x: Any, y: Any) -> Variable:
    """out[i, j] = x[i] * y[j], of the flattened arguments."""
    x, y = as_tensor_variable(x), as_tensor_variable(y)
    x = x if x.type.ndim == 1 else flatten(x)
    y = y if y.type.ndim == 1 else flatten(y)
    return _dot(dimshuffle(x, 0, "x"), dimshuffle(y, "x", 0))


def tensordot(a: Any, b: Any, axes: Any = 2) -> Variable:
    """Sums of products over several axes.

    axes  a number n: the last n of ``a`` with the first n of ``b``; or two lists of axes, paired in order
    """
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    first, second = _paired_axes(a, b, axes, 0)
    return _contracted(a, b, first, second, 0)


def batched_dot(a: Any, b: Any) -> Variable:
    """``dot`` of each entry of ``a`` with the entry of ``b`` at the same position of the first axis."""
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    if a.type.ndim == 0 or b.type.ndim == 0:
        raise TypeError(f"batched_dot needs at least one dimension of both, found {a.type} and {b.type}")
    if a.type.ndim == 1:
        return dimshuffle(a, 0, *["x"] * (b.type.ndim - 1)) * b
    if b.type.ndim == 1:
        return a * dimshuffle(b, 0, *["x"] * (a.type.ndim - 1))
    if a.type.ndim > 3 or b.type.ndim > 3:
        return batched_tensordot(a, b, [[a.type.ndim - 1], [max(1, b.type.ndim - 2)]])
    left = dimshuffle(a, 0, "x", 1) if a.type.ndim == 2 else a
    right = dimshuffle(b, 0, 1, "x") if b.type.ndim == 2 else b
    kept = [0] + ([1] if a.type.ndim == 3 else []) + ([2] if b.type.ndim == 3 else [])
    return dimshuffle(_batched_dot(left, right), *kept)


def batched_tensordot(x: Any, y: Any, axes: Any = 2) -> Variable:
    """``tensordot`` of each entry of ``x`` with that of ``y``; ``axes`` count the first one too."""
    x, y = as_tensor_variable(x), as_tensor_variable(y)
    first, second = _paired_axes(x, y, axes, 1)
    return _contracted(x, y, first, second, 1)


def _paired_axes(a: Variable, b: Variable, axes: Any, batch: int) -> tuple[list[int], list[int]]:
    a_ndim, b_ndim = a.type.ndim, b.type.ndim  # type: ignore[attr-defined]
    if isinstance(axes, (int, np.integer)):
        n = int(axes)
        for name, ndim in (("a", a_ndim), ("b", b_ndim)):
            if n > ndim - batch:
                raise ValueError(
                    f"axes can not be larger than the dimension of {name} ({name}.ndim={ndim}, axes={n})"
                )
        return list(range(a_ndim - n, a_ndim)), list(range(batch, batch + n))
    first, second = (list(s) if isinstance(s, (list, tuple, np.ndarray)) else [s] for s in axes)
    if len(first) != len(second):
        raise ValueError("Axes elements must have the same length.")
    for name, ndim, chosen in (("a", a_ndim, first), ("b", b_ndim, second)):
        for axis in chosen:
            if not isinstance(axis, (int, np.integer)) or not -ndim <= axis < ndim:
                raise ValueError(
                    f"axes of {name} must be integers between -{ndim} and {ndim - 1}, found {axis!r}"
                )
            if batch and axis % ndim == 0:
                raise ValueError(
                    f"axes to sum over must not contain the batch axis, found {chosen} for {name}"
                )
    return [int(i) % a_ndim for i in first], [int(i) % b_ndim for i in second]


def _contracted(a: Variable, b: Variable, first: list[int], second: list[int], batch: int) -> Variable:
    """Bring the summed axes together, multiply as matrices, and give the other axes back."""
    a_ndim, b_ndim = a.type.ndim, b.type.ndim  # type: ignore[attr-defined]
    a_kept = [k for k in range(batch, a_ndim) if k not in first]
    b_kept = [k for k in range(batch, b_ndim) if k not in second]
    a_lengths = [a.shape[k] for k in range(a_ndim)]  # type: ignore[attr-defined]
    b_lengths = [b.shape[k] for k in range(b_ndim)]  # type: ignore[attr-defined]
    leading = a_lengths[:batch]
    summed = product([a_lengths[k] for k in first])
    left = dimshuffle(a, *range(batch), *a_kept, *first)
    right = dimshuffle(b, *range(batch), *second, *b_kept)
    if len(a_kept) != 1 or len(first) != 1:
        left = reshape(left, [*leading, product([a_lengths[k] for k in a_kept]), summed])
    if len(b_kept) != 1 or len(second) != 1:
        summed = product([b_lengths[k] for k in second])
        right = reshape(right, [*leading, summed, product([b_lengths[k] for k in b_kept])])
    out = _batched_dot(left, right) if batch else _dot(left, right)
    pattern = [*a.type.broadcastable[:batch]]  # type: ignore[attr-defined]
    pattern += [a.type.broadcastable[k] for k in a_kept]  # type: ignore[attr-defined]
    pattern += [b.type.broadcastable[k] for k in b_kept]  # type: ignore[attr-defined]
    if len(a_kept) != 1 or len(b_kept) != 1:
        out = reshape(
            out, [*leading, *[a_lengths[k] for k in a_kept], *[b_lengths[k] for k in b_kept]], len(pattern)
        )
    return patternbroadcast(out, pattern)
