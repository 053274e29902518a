"""InnerGraph: an op that is a graph of other ops, from inputs of its own to outputs."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from theano.graph.errors import MissingInputError
from theano.graph.op import Op
from theano.graph.performing import perform_node
from theano.graph.variable import Apply, Constant, Variable
from theano.graph.walk import clone_with_replacements, graph_inputs, io_toposort


class InnerGraph(Op):
    """outputs = graph(inputs).  When a function is compiled the graph is written out where the op stands.

    local_inputs   the inner graph's inputs; then the shared variables that it uses
    local_outputs  its outputs
    shared_inputs  those shared variables: inputs of each application, which nobody has to give

    The inner graph is a copy: variables outside are not touched.
    """

    def __init__(self, inputs: Sequence[Variable], outputs: Sequence[Variable]) -> None:
        inputs, outputs = list(inputs), list(outputs)
        for v in [*inputs, *outputs]:
            if not isinstance(v, Variable):
                raise TypeError(f"Inputs and outputs must be Variable instances, found {v!r} of type {type(v).__name__}")
        outer = [v for v in graph_inputs(outputs, inputs) if v not in set(inputs) and not isinstance(v, Constant)]
        self.shared_inputs = [v for v in outer if getattr(v, "container", None) is not None]
        for v in outer:
            if v not in self.shared_inputs:
                raise MissingInputError(f"{type(self).__name__} needs {v} of type {v.type} among its inputs")
        self.local_inputs = [v.type() for v in (*inputs, *self.shared_inputs)]
        given = dict(zip((*inputs, *self.shared_inputs), self.local_inputs, strict=True))
        self.local_outputs, _ = clone_with_replacements(outputs, given)

    def make_node(self, *inputs: Any) -> Apply:
        expected = len(self.local_inputs) - len(self.shared_inputs)
        if len(inputs) != expected:
            raise ValueError(f"Expected {expected} inputs, got {len(inputs)}")
        given = [own.type.filter_variable(v) for own, v in zip(self.local_inputs, inputs)]
        return Apply(self, [*given, *self.shared_inputs], [v.type() for v in self.local_outputs])

    def inlined(self, inputs: Sequence[Variable]) -> list[Variable]:
        """The outputs as expressions of ``inputs``, the shared ones included."""
        given = dict(zip(self.local_inputs, inputs, strict=True))
        return clone_with_replacements(self.local_outputs, given)[0]

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        """The lengths of the inner graph's outputs."""
        return [
            None if getattr(v.type, "ndim", None) is None else tuple(v.shape[k] for k in range(v.type.ndim))  # type: ignore
            for v in self.inlined(node.inputs)
        ]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        order = io_toposort(self.local_inputs, self.local_outputs)
        for cell, value in zip(outputs, perform_graph(order, self.local_inputs, self.local_outputs, inputs), strict=True):
            cell[0] = value

    def do_constant_folding(self, node: Apply) -> bool:
        return False  # what it is made of is folded


def perform_graph(
    order: Sequence[Apply], inputs: Sequence[Variable], outputs: Sequence[Variable], given: Sequence[Any]
) -> list[Any]:
    """What a graph makes of values for its inputs.

    order  its applications, each after those that it needs
    """
    values: dict[Variable, Any] = {
        own: np.asarray(v) if isinstance(v, np.generic) else v for own, v in zip(inputs, given, strict=True)
    }

    def value(v: Variable) -> Any:
        return values[v] if v in values else v.data  # type: ignore[attr-defined]

    told = _watch.carried_out
    for node in order:
        taken = [value(v) for v in node.inputs]
        for positions in node.op.destroy_map.values():
            for k in positions:
                taken[k] = copy.deepcopy(taken[k])
        try:
            made = perform_node(node, taken)
        except Exception as error:
            if not hasattr(error, "inner_step"):
                error.inner_step = node, taken  # type: ignore[attr-defined]  # read where it is explained
            raise
        if told is not None:
            told(node, taken, made)
        values.update(zip(node.outputs, made, strict=True))
    return [value(v) for v in outputs]


class _Watch(threading.local):
    carried_out: Callable[[Apply, Sequence[Any], Sequence[Any]], object] | None = None


_watch = _Watch()


@contextmanager
def watched(carried_out: Callable[[Apply, Sequence[Any], Sequence[Any]], object]) -> Iterator[None]:
    """Within the ``with`` block, let a function be told of what is carried out in steps of loops, branches and other
    inner graphs: the application, the values of its inputs, and of its outputs."""
    before, _watch.carried_out = _watch.carried_out, carried_out
    try:
        yield
    finally:
        _watch.carried_out = before
