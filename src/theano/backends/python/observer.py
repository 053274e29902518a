"""Who watches a graph being carried out: the modes that look for errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Apply
from theano.graph.performing import perform_node


class Observer:
    """Told of each call of a function, and of each step, which it carries out.  This one only does that.

    What its methods raise goes to the caller, and nothing is updated.
    """

    def start(self, values: Sequence[Any]) -> None:
        """Before the first step: the values of the graph's inputs."""

    def perform(self, position: int, node: Apply, inputs: Sequence[Any]) -> list[Any]:
        """Carry out a step; an error is told with the step."""
        return perform_node(node, inputs)

    def step(self, position: int, node: Apply, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        """After a step."""

    def end(self, values: Sequence[Any]) -> None:
        """After the last step: what the function returns, then the new values of states."""
