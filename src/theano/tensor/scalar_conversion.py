"""Between the single numbers of ``theano.scalar`` and 0-d tensors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Op, Variable
from theano.scalar.type import ScalarType
from theano.tensor.static_value import ValueOf, scalar_value
from theano.tensor.type import TensorType, tensor_type


class TensorFromScalar(Op):
    """A 0-d tensor with the value of a scalar variable."""

    __props__ = ()

    def make_node(self, s: Variable) -> Apply:
        if not isinstance(s.type, ScalarType):
            raise TypeError(f"TensorFromScalar takes a scalar variable, found {s} of type {s.type}")
        return Apply(self, [s], [tensor_type(s.type.dtype, ())()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [()]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.asarray(inputs[0])

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [scalar_from_tensor(cotangents[0])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]


class ScalarFromTensor(Op):
    """A scalar variable with the value of a 0-d tensor."""

    __props__ = ()

    def make_node(self, t: Variable) -> Apply:
        if not isinstance(t.type, TensorType) or t.type.ndim != 0:
            raise TypeError(f"ScalarFromTensor takes a 0-d tensor, found {t} of type {t.type}")
        return Apply(self, [t], [ScalarType(t.type.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [()]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.asarray(inputs[0])[()]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [tensor_from_scalar(cotangents[0])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]


_tensor_from_scalar = TensorFromScalar()
_scalar_from_tensor = ScalarFromTensor()


@scalar_value.register
def _(op: TensorFromScalar, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    return value_of(node.inputs[0])


@scalar_value.register
def _(op: ScalarFromTensor, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    return value_of(node.inputs[0])


def tensor_from_scalar(s: Variable) -> Variable:
    """``s`` as a 0-d tensor; constants and converted tensors are converted at once."""
    if isinstance(s, Constant):
        return tensor_type(s.type.dtype, ()).make_constant(np.asarray(s.data))  # type: ignore[attr-defined]
    if s.owner is not None and isinstance(s.owner.op, ScalarFromTensor):
        return s.owner.inputs[0]
    return _tensor_from_scalar(s)


def scalar_from_tensor(t: Variable) -> Variable:
    """The 0-d tensor ``t`` as a scalar variable; constants and converted scalars are converted at once."""
    if isinstance(t, Constant) and isinstance(t.type, TensorType) and t.type.ndim == 0:
        return ScalarType(t.type.dtype).make_constant(t.data[()])
    if t.owner is not None and isinstance(t.owner.op, TensorFromScalar):
        return t.owner.inputs[0]
    return _scalar_from_tensor(t)
