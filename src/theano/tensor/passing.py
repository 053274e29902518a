"""Ops that hand a value on as it is: what they mean concerns gradients, or who owns the array."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, Op, Variable
from theano.tensor.constant import as_tensor_variable


class Barrier(Op):
    """out = x, any type; subclasses say what becomes of the cotangent.  Once gradients are taken, x will do."""

    __props__: tuple[str, ...] = ()
    view_map = {0: [0]}

    def make_node(self, x: Any) -> Apply:
        x = x if isinstance(x, Variable) else as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0]

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list:
        return list(shapes)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]


class ViewOp(Barrier):
    """vjp: dout.  The result is a variable of its own that shares the array of ``x``."""

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return list(cotangents)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return list(tangents)


class OutputGuard(ViewOp):
    """What Theano 1.0.5 put around outputs to keep them from being overwritten; here storage is nobody's business."""


class DeepCopyOp(ViewOp):
    """vjp: dout.  The result shares nothing with ``x``."""

    view_map = {}

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = copy.deepcopy(inputs[0])


view_op = ViewOp()
deep_copy_op = DeepCopyOp()
