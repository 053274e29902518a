"""Features of a FunctionGraph that optimizers written for Theano 1.0.5 attach in ``add_requirements``.

What ``ReplaceValidate`` gave a graph, replacing with validation, every FunctionGraph has.
"""

from __future__ import annotations

import sys
from typing import Any

from theano.graph import Apply, FunctionGraph, InconsistencyError, Op, Variable
from theano.graph.errors import AlreadyThere


class ReplacementDidntRemovedError(Exception):
    """A replacement left in the graph what it was to remove."""


class Feature:
    """What is told of every change of a graph."""

    def on_attach(self, function_graph: FunctionGraph) -> None:
        """The feature was attached."""

    def on_detach(self, function_graph: FunctionGraph) -> None:
        """The feature was removed."""

    def on_import(self, function_graph: FunctionGraph, node: Apply, reason: Any) -> None:
        """``node`` came into the graph."""

    def on_prune(self, function_graph: FunctionGraph, node: Apply, reason: Any) -> None:
        """``node`` left the graph."""

    def on_change_input(
        self,
        function_graph: FunctionGraph,
        node: Any,
        i: int,
        r: Variable,
        new_r: Variable,
        reason: Any = None,
    ) -> None:
        """Input ``i`` of ``node``, which was ``r``, is ``new_r``; of an output of the graph, ``node`` is "output"."""

    def orderings(self, function_graph: FunctionGraph) -> dict[Apply, list[Apply]]:
        """Nodes that must come after others, besides those whose results they use."""
        return {}


class Bookkeeper(Feature):
    """A feature that treats the nodes that are there as if they came in one by one."""

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        for node in fgraph.toposort():
            self.on_import(fgraph, node, "Bookkeeper.on_attach")

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        for node in fgraph.toposort():
            self.on_prune(fgraph, node, "Bookkeeper.detach")


class History(Feature):
    """Gives the graph ``checkpoint()``, and ``revert(checkpoint)``, which undoes the replacements made since."""

    def __init__(self) -> None:
        self.history: dict[FunctionGraph, list[tuple[Any, int, Variable]]] = {}

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        if hasattr(fgraph, "checkpoint"):
            raise AlreadyThere("History feature is already present or in conflict with another plugin.")
        self.history[fgraph] = []
        fgraph.checkpoint = lambda: len(self.history[fgraph])  # type: ignore[attr-defined]
        fgraph.revert = lambda checkpoint: self.revert(fgraph, checkpoint)  # type: ignore[attr-defined]

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        del fgraph.checkpoint, fgraph.revert, self.history[fgraph]  # type: ignore[attr-defined]

    def on_change_input(  # type: ignore[override]
        self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        self.history[fgraph].append((node, i, r))

    def revert(self, fgraph: FunctionGraph, checkpoint: int) -> None:
        """Undo what was done since ``fgraph.checkpoint()`` gave ``checkpoint``."""
        changes = self.history[fgraph]
        while len(changes) > checkpoint:
            node, i, r = changes.pop()
            fgraph.change_input(node, i, r, reason="Revert")
            changes.pop()


class Validator(Feature):
    """Gives the graph ``validate()`` and ``consistent()``, which ask the ``validate`` of all features."""

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        if hasattr(fgraph, "consistent"):
            raise AlreadyThere("Validator feature is already present or in conflict with another plugin.")
        fgraph.validate = lambda: self.validate_(fgraph)  # type: ignore[attr-defined]
        fgraph.consistent = lambda: self.consistent_(fgraph)  # type: ignore[attr-defined]

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        del fgraph.validate, fgraph.consistent  # type: ignore[attr-defined]

    def validate_(self, fgraph: FunctionGraph) -> None:
        """InconsistencyError where a feature objects."""
        for feature in fgraph._features:
            validate = getattr(feature, "validate", None)
            if validate is not None:
                validate(fgraph)

    def consistent_(self, fgraph: FunctionGraph) -> bool:
        """Whether no feature objects."""
        try:
            self.validate_(fgraph)
        except InconsistencyError:
            return False
        return True


class ReplaceValidate(Validator):
    """Validation, and replacing that must remove something."""

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        super().on_attach(fgraph)
        fgraph.replace_all_validate_remove = (  # type: ignore[attr-defined]
            lambda replacements, remove, reason=None, warn=True: self.replace_all_validate_remove(
                fgraph, replacements, remove, reason, warn
            )
        )

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        super().on_detach(fgraph)
        del fgraph.replace_all_validate_remove  # type: ignore[attr-defined]

    def replace_validate(
        self, fgraph: FunctionGraph, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        fgraph.replace_validate(r, new_r, reason)

    def replace_all_validate(
        self, fgraph: FunctionGraph, replacements: Any, reason: Any = None, verbose: bool | None = None
    ) -> None:
        fgraph.replace_all_validate(replacements, reason)

    def replace_all_validate_remove(
        self, fgraph: FunctionGraph, replacements: Any, remove: Any, reason: Any = None, warn: bool = True
    ) -> None:
        """Replace; ReplacementDidntRemovedError where a node of ``remove`` is still in the graph."""
        pairs = list(replacements)
        fgraph.replace_all_validate(pairs, reason)
        left = [node for node in remove if node in fgraph.apply_nodes]
        if left:
            fgraph.replace_all([(new, old) for old, new in reversed(pairs)], reason="revert")
            raise ReplacementDidntRemovedError(f"{reason} left in the graph what it was to remove: {left}")

    def validate(self, fgraph: FunctionGraph) -> None:
        """Nothing to object."""


class NodeFinder(Bookkeeper):
    """Gives the graph ``get_nodes(op)``: the applications of an op."""

    def __init__(self) -> None:
        self.d: dict[Op, list[Apply]] = {}

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        if hasattr(fgraph, "get_nodes"):
            raise AlreadyThere("NodeFinder is already present or in conflict with another plugin.")
        fgraph.get_nodes = lambda op: self.query(fgraph, op)  # type: ignore[attr-defined]

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        del fgraph.get_nodes  # type: ignore[attr-defined]

    def on_import(self, fgraph: FunctionGraph, node: Apply, reason: Any) -> None:  # type: ignore[override]
        self.d.setdefault(node.op, []).append(node)

    def on_prune(self, fgraph: FunctionGraph, node: Apply, reason: Any) -> None:  # type: ignore[override]
        self.d[node.op].remove(node)

    def query(self, fgraph: FunctionGraph, op: Op) -> list[Apply]:
        """The applications of ``op`` that are in the graph."""
        return list(self.d.get(op, ()))


class PrintListener(Feature):
    """Prints every change."""

    def __init__(self, active: bool = True) -> None:
        self.active = active

    def _tell(self, *what: Any) -> None:
        if self.active:
            print("--", *what, file=sys.stdout)

    def on_attach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        self._tell("attaching to:", fgraph)

    def on_detach(self, fgraph: FunctionGraph) -> None:  # type: ignore[override]
        self._tell("detaching from:", fgraph)

    def on_import(self, fgraph: FunctionGraph, node: Apply, reason: Any) -> None:  # type: ignore[override]
        self._tell(f"importing: {node}, reason: {reason}")

    def on_prune(self, fgraph: FunctionGraph, node: Apply, reason: Any) -> None:  # type: ignore[override]
        self._tell(f"pruning: {node}, reason: {reason}")

    def on_change_input(  # type: ignore[override]
        self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        self._tell(f"changing ({node}.inputs[{i}]) from {r} to {new_r}")


class PreserveNames(Feature):
    """What takes the place of a named variable, and has no name, gets its name."""

    def on_change_input(  # type: ignore[override]
        self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        if r.name is not None and new_r.name is None:
            new_r.name = r.name


class PreserveVariableAttributes(PreserveNames):
    """What takes the place of a variable gets its name and its tags as well."""

    def on_change_input(  # type: ignore[override]
        self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        super().on_change_input(fgraph, node, i, r, new_r, reason)
        if r._tag is not None:
            new_r.tag.__dict__.update({**r.tag.__dict__, **new_r.tag.__dict__})
