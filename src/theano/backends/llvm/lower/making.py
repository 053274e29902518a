"""Lowerings of ops that make arrays from numbers, read or fill diagonals, or choose among arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, known, lower, number, pointwise
from theano.loops.definitions import Definition, Pointwise, Requirement, Scatter
from theano.loops.expressions import INDEX, Expression, Literal, apply, axes_of
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import Alloc, AllocEmpty, ARange, Eye, Tri, range_length
from theano.tensor.choose import Choose
from theano.tensor.diagonal import AllocDiag, ExtractDiag


@lower.register
def lower_alloc(op: Alloc, node: Any, value: Definition, *lengths: Definition) -> Definition:
    """out[i, j, ...] = value[i, j, ...], index 0 where value is stretched"""
    shape = [number(n) for n in lengths]
    missing = len(shape) - value.ndim
    requirements = []
    for axis, found in enumerate(value.shape):
        wanted = shape[missing + axis]
        if found not in (Literal(1), wanted):
            message = f"alloc needs a value that fits the shape, found length {{left}} for {{right}} on axis {missing + axis}"
            requirements.append(Requirement(found, wanted, message, node))

    def element(*index: Expression) -> Expression:
        return value[tuple(Literal(0) if n == Literal(1) else i for i, n in zip(index[missing:], value.shape, strict=True))]

    return pointwise(node, shape, element, requirements=tuple(requirements))


@lower.register
def lower_eye(op: Eye, node: Any, n: Definition, m: Definition, k: Definition) -> Definition:
    """out[i, j] = (j - i == k);  of Tri (j - i <= k)"""
    offset = number(k)
    relation = scalar.le if isinstance(op, Tri) else scalar.eq
    shape = number(n), number(m)
    requirements = not_negative(node, shape)
    return pointwise(node, shape, lambda i, j: apply(relation, j - i, offset), requirements=requirements)


@lower.register
def lower_arange(op: ARange, node: Any, start: Definition, stop: Definition, step: Definition) -> Definition | None:
    """out[i] = start + i * step, of integers"""
    if any(d not in dtypes.INTEGER for d in (op.dtype, start.dtype, stop.dtype, step.dtype)):
        return None
    first, end, stride = (known(number(d)) for d in (start, stop, step))
    requirements: tuple[Requirement, ...] = ()
    if stride == 0:
        return None
    if not isinstance(stride, int):
        message = "arange needs a step other than 0"
        requirements = (Requirement(stride * stride, Literal(0), message, node, ZeroDivisionError, ">"),)
    length = range_length(first, end, stride)
    return pointwise(node, (length,), lambda i: first + i * stride, requirements=requirements)


@lower.register
def lower_alloc_empty(op: AllocEmpty, node: Any, *lengths: Definition) -> Definition:
    """out[i, ...] = 0, as good as any other number"""
    shape = [number(n) for n in lengths]
    zero = Literal(False if op.dtype == "bool" else 0, op.dtype)
    return pointwise(node, shape, lambda *index: zero, requirements=not_negative(node, shape))


def not_negative(node: Any, lengths: Sequence[Expression]) -> tuple[Requirement, ...]:
    """That lengths which a user computed can be lengths."""
    return tuple(
        Requirement(n, Literal(-1), "negative dimensions are not allowed: found {left}", node, ValueError, ">")
        for n in lengths
        if not (isinstance(n, Literal) and n.value >= 0)
    )


@lower.register
def lower_extract_diag(op: ExtractDiag, node: Any, x: Definition) -> Definition:
    """out[..., i] = x[..., i + row, i + col]"""
    first, second = op.axes(x.ndim)
    row, col = max(-op.offset, 0), max(op.offset, 0)

    def element(*index: Expression) -> Expression:
        *others, i = index
        rest = iter(others)
        return x[tuple(i + row if k == first else i + col if k == second else next(rest) for k in range(x.ndim))]

    return pointwise(node, op.infer_shape(node, [x.shape])[0], element)


@lower.register
def lower_alloc_diag(op: AllocDiag, node: Any, x: Definition) -> Definition:
    """out = 0;  out[..., i + row, i + col] = x[..., i]"""
    ndim = x.ndim + 1
    first, second = op.axis1 % ndim, op.axis2 % ndim
    row, col = max(-op.offset, 0), max(op.offset, 0)
    (lengths,) = op.infer_shape(node, [x.shape])
    *others, i = axes_of(x.ndim)
    rest = iter(others)
    zero = Literal(False if x.dtype == "bool" else 0, x.dtype)
    return Scatter(
        x.dtype,
        lengths,
        base=Pointwise(x.dtype, lengths, element=zero, origin=node),
        extents=x.shape,
        value=x[axes_of(x.ndim)],
        index=tuple(i + row if k == first else i + col if k == second else next(rest) for k in range(ndim)),
        distinct=True,
        origin=node,
    )


@lower.register
def lower_choose(op: Choose, node: Any, a: Definition, *choices: Definition) -> Definition | None:
    """out[i, ...] = choices[a[i, ...]][i, ...]; which choice is taken is computed, all of them are read"""
    if op.mode == "raise":
        return None
    operands = (a, *choices)
    patterns = [v.type.broadcastable for v in node.inputs]
    shape: list[Expression] = []
    requirements: list[Requirement] = []
    for axis, stretches in enumerate(node.outputs[0].type.broadcastable):
        lengths = [o.shape[axis] for o, p in zip(operands, patterns, strict=True) if not p[axis]]
        shape.append(Literal(1) if stretches else lengths[0])
        message = f"choose needs arrays of one shape, found lengths {{left}} and {{right}} along axis {axis}"
        requirements += [Requirement(lengths[0], n, message, node) for n in lengths[1:] if n != lengths[0]]
    dtype = node.outputs[0].type.dtype

    def element(*index: Expression) -> Expression:
        position, *values = [
            o[tuple(Literal(0) if b else i for i, b in zip(index, p, strict=True))]
            for o, p in zip(operands, patterns, strict=True)
        ]
        position = converted(position, INDEX)
        if op.mode == "wrap":
            position = apply(scalar.mod, position, len(values))
        value = converted(values[-1], dtype)
        for k in reversed(range(len(values) - 1)):
            chosen = apply(scalar.le, position, k)  # those below have been taken out before
            value = apply(scalar.switch, chosen, converted(values[k], dtype), value)
        return value

    return pointwise(node, shape, element, requirements=tuple(requirements))
