"""Ops that Theano 1.0.5 showed as examples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, Op, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import TensorType


class DoubleOp(Op):
    """2 x."""

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0] * 2

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        return [shapes[0]]

    def grad(self, inputs: Sequence[Variable], cotangents: Sequence[Any]) -> list:
        return [cotangents[0] * 2]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Any]) -> list:
        return [None if tangents[0] is None else tangents[0] * 2]


class Minimal(Op):
    """The sum of all elements of vectors, as a 0-d float64."""

    __props__ = ()

    def make_node(self, *args: Any) -> Apply:
        inputs = [as_tensor_variable(a) for a in args]
        return Apply(self, inputs, [TensorType("float64", ())()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = TensorType("float64", ()).filter(float(sum(x.sum() for x in inputs)))

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        return [()]


minimal = Minimal()
