"""Composite: a graph of scalars as one scalar op."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.gradient import grad
from theano.graph import Variable
from theano.graph.inner_graph import perform_graph
from theano.graph.walk import clone_with_replacements, equal_computations, io_toposort
from theano.scalar.function import ScalarOp
from theano.scalar.type import ScalarType


class Composite(ScalarOp):
    """outputs(inputs), for a graph of scalar variables.  Two of equal graphs are equal.

    Loops are fused whatever they are made of, so it makes nothing faster.
    """

    def __init__(self, inputs: Sequence[Variable], outputs: Sequence[Variable]) -> None:
        self.inputs, self.outputs = list(inputs), list(outputs)
        for v in (*self.inputs, *self.outputs):
            if not isinstance(v.type, ScalarType):
                raise TypeError(f"Composite takes scalar variables, found {v} of type {v.type}")
        self.nin, self.nout = len(self.inputs), len(self.outputs)
        self.order = io_toposort(self.inputs, self.outputs)
        super().__init__()

    def output_types(self, types: Sequence[ScalarType]) -> list[ScalarType]:
        wanted = [v.type for v in self.inputs]
        if list(types) != wanted:
            raise TypeError(f"Wrong types for Composite. Expected {wanted}, got {list(types)}.")
        return [v.type for v in self.outputs]  # type: ignore[misc]

    def impl(self, *values: Any) -> Any:
        results = perform_graph(self.order, self.inputs, self.outputs, values)
        return tuple(results) if self.nout > 1 else results[0]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        own, _ = clone_with_replacements(self.outputs, dict(zip(self.inputs, inputs, strict=True)))
        known = {o: c for o, c in zip(own, cotangents, strict=True) if isinstance(c.type, ScalarType)}
        return grad(
            None, list(inputs), known_grads=known, disconnected_inputs="ignore", return_disconnected="None"
        )

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Composite)
            and len(self.outputs) == len(other.outputs)
            and equal_computations(self.outputs, other.outputs, self.inputs, other.inputs)
        )

    def __hash__(self) -> int:
        return hash((Composite, self.nin, tuple(node.op for node in self.order)))

    def __str__(self) -> str:
        return f"Composite{{{', '.join(str(node.op) for node in self.order)}}}"
