"""Lowerings of elementwise functions and of what merely renames axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.backends.llvm.lower.registry import converted, lower, lowered_numbers, pointwise
from theano.backends.llvm.scalar_code import can_emit
from theano.loops.definitions import Definition, Requirement
from theano.loops.expressions import Call, Expression, Literal, axes_of
from theano.scalar.function import ScalarFunction
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise
from theano.tensor.rebroadcast import Rebroadcast
from theano.tensor.scalar_conversion import ScalarFromTensor, TensorFromScalar

UNIT = Literal(1)


@lower.register
def lower_elemwise(op: Elemwise, node: Any, *operands: Definition) -> Sequence[Definition] | None:
    """out[i, j, ...] = f(x[i, j, ...], y[i, j, ...], ...), index 0 where an operand is stretched"""
    patterns = [v.type.broadcastable for v in node.inputs]
    ndim = len(node.outputs[0].type.broadcastable)
    index = axes_of(ndim)
    arguments = tuple(
        o[tuple(Literal(0) if b else i for i, b in zip(index, p, strict=True))]
        for o, p in zip(operands, patterns, strict=True)
    )
    values = _values(op.scalar_op, arguments, node)
    if values is None:
        return None
    shape: list[Expression] = []
    requirements: list[Requirement] = []
    for axis in range(ndim):
        lengths = [(k, o.shape[axis]) for k, o in enumerate(operands) if not patterns[k][axis]]
        first, length = lengths[0] if lengths else (0, UNIT)
        shape.append(length)
        for k, other in lengths[1:]:
            if other != length:
                message = (
                    f"Input dimension mis-match. (input[{first}].shape[{axis}] = {{left}}, "
                    f"input[{k}].shape[{axis}] = {{right}})"
                )
                requirements.append(Requirement(length, other, message, node))
    return [
        pointwise(node, shape, lambda *index, value=value: value, k, requirements=() if k else tuple(requirements))
        for k, value in enumerate(values)
    ]


def _values(function: Any, arguments: tuple[Expression, ...], node: Any) -> Sequence[Expression] | None:
    """The results of a scalar op; None where no loop can compute them."""
    if not isinstance(function, ScalarFunction):
        values = lowered_numbers(function, arguments)
        if values is not None and len(values) != len(node.outputs):
            raise TypeError(
                f"the lowering of {type(function).__name__} gives {len(values)} numbers for {len(node.outputs)} outputs"
            )
        return values
    if not can_emit(function, [a.dtype for a in arguments]):
        return None
    if function.name == "identity":
        return [converted(arguments[0], node.outputs[0].type.dtype)]
    return [Call(function, arguments, node.outputs[0].type.dtype)]


@lower.register
def lower_dimshuffle(op: DimShuffle, node: Any, x: Definition) -> Definition:
    """out[..., i_k, ...] = x[..., i_{new_order[k]}, ...]"""
    position = {axis: k for k, axis in enumerate(op.new_order)}

    def element(*index: Expression) -> Expression:
        return x[tuple(index[position[axis]] if axis in position else Literal(0) for axis in range(x.ndim))]

    return pointwise(node, op.infer_shape(node, [x.shape])[0], element)


@lower.register
def lower_rebroadcast(op: Rebroadcast, node: Any, x: Definition) -> Definition:
    """out = x, where some lengths must be 1"""
    requirements = tuple(
        Requirement(
            x.shape[axis],
            UNIT,
            f"Dimension {axis} in Rebroadcast's input was supposed to be 1 (got {{left}} instead)",
            node,
            ValueError,
        )
        for axis, stretches in op.axis
        if stretches and x.shape[axis] != UNIT
    )
    pattern = node.outputs[0].type.broadcastable
    shape = [UNIT if b else n for b, n in zip(pattern, x.shape, strict=True)]
    return pointwise(node, shape, lambda *index: x[index], requirements=requirements)


@lower.register
def lower_tensor_from_scalar(op: TensorFromScalar, node: Any, x: Definition) -> Definition:
    """out = x"""
    return pointwise(node, (), lambda: x[()])


@lower.register
def lower_scalar_from_tensor(op: ScalarFromTensor, node: Any, x: Definition) -> Definition:
    """out = x"""
    return pointwise(node, (), lambda: x[()])
