"""PatternSub of Theano 1.0.5: a rewrite of a node, as two patterns of ops."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Op, Variable
from theano.legacy.adapters.local_optimizers import LocalOptimizer
from theano.tensor.constant import constant


class PatternSub(LocalOptimizer):
    """A pattern of ops -> another one.

    in_pattern              nested tuples ``(op, operand, ...)``: an operand is a pattern, the name of anything, a number,
                            a constant, or {"pattern": ..., "constraint": function of a variable}
    out_pattern             the same without constraints, and variables
    allow_multiple_clients  match also inner results that others use
    """

    def __init__(
        self,
        in_pattern: Any,
        out_pattern: Any,
        allow_multiple_clients: bool = False,
        skip_identities_fn: Callable[[Variable], Variable | None] | None = None,
        name: str | None = None,
        pdb: bool = False,
        tracks: Sequence[Any] = (),
        get_nodes: Callable[[Apply], Sequence[Apply]] | None = None,
        values_eq_approx: Callable | None = None,
    ) -> None:
        if not isinstance(in_pattern, (list, tuple, dict)):
            raise TypeError(
                f"The pattern to search for must start with a specific Op instance, found {in_pattern!r}"
            )
        self.in_pattern, self.out_pattern = in_pattern, out_pattern
        self.op = in_pattern["pattern"][0] if isinstance(in_pattern, dict) else in_pattern[0]
        self.allow_multiple_clients = allow_multiple_clients
        self.skip_identities_fn = skip_identities_fn
        self.values_eq_approx = values_eq_approx
        self.pdb = pdb
        self._tracks, self.get_nodes = tracks, get_nodes
        if tracks and get_nodes is None:
            raise ValueError("tracks is given, so get_nodes must tell the nodes to match from those tracked")
        self.__name__ = name if name is not None else str(self)

    def op_key(self) -> Op:
        return self.op

    def tracks(self) -> Sequence[Any]:
        return self._tracks or [self.op]

    def transform(self, node: Apply, get_nodes: bool = True) -> Any:
        if get_nodes and self.get_nodes is not None:
            for other in self.get_nodes(node):
                found = self.transform(other, get_nodes=False)
                if found:
                    return dict(zip(other.outputs, found, strict=True))
        if node.op != self.op:
            return False
        names: dict[str, Variable] = {}
        if not self._matches(self.in_pattern, node.out, names, getattr(node, "fgraph", None)):
            return False
        result = _built(self.out_pattern, names)
        return [result] if result.type == node.outputs[0].type else False

    def _matches(self, pattern: Any, v: Variable, names: dict[str, Variable], fgraph: Any) -> bool:
        """Whether ``v`` is an instance of the pattern; ``names`` is filled.  As deep as the pattern is."""
        todo: list[tuple[Any, Variable, bool, bool]] = [(pattern, v, self.allow_multiple_clients, True)]
        while todo:
            wanted, found, is_shared_allowed, is_top = todo.pop()
            if isinstance(wanted, dict):
                constraint = wanted.get("constraint", lambda expr: True)
                if not constraint(found):
                    return False
                allowed = wanted.get("allow_multiple_clients", is_shared_allowed)
                todo.append((wanted["pattern"], found, allowed, is_top))
            elif isinstance(wanted, (list, tuple)):
                node = self._without_identities(found).owner
                if node is None or node.op != wanted[0] or len(node.inputs) != len(wanted) - 1:
                    return False
                if (
                    not (is_shared_allowed or is_top)
                    and fgraph is not None
                    and len(fgraph.clients(found)) > 1
                ):
                    return False
                todo += [
                    (w, i, is_shared_allowed, False) for w, i in zip(wanted[1:], node.inputs, strict=True)
                ]
            elif isinstance(wanted, str):
                if names.setdefault(wanted, found) is not found:
                    return False
            elif isinstance(wanted, (int, float)):
                if not isinstance(found, Constant) or not np.all(np.asarray(found.data) == wanted):
                    return False
            elif not (isinstance(wanted, Constant) and wanted.equals(found)):
                return False
        return True

    def _without_identities(self, v: Variable) -> Variable:
        inner = self.skip_identities_fn(v) if self.skip_identities_fn is not None else None
        return v if inner is None else inner

    def __str__(self) -> str:
        return f"{_pattern_text(self.in_pattern)} -> {_pattern_text(self.out_pattern)}"


def _built(pattern: Any, names: Mapping[str, Variable]) -> Any:
    if isinstance(pattern, (list, tuple)):
        return pattern[0](*[_built(part, names) for part in pattern[1:]])
    if isinstance(pattern, str):
        return names[pattern]
    return constant(pattern) if isinstance(pattern, (int, float)) else pattern


def _pattern_text(pattern: Any) -> str:
    if isinstance(pattern, (list, tuple)):
        return f"{pattern[0]}({', '.join(_pattern_text(part) for part in pattern[1:])})"
    if isinstance(pattern, dict):
        return f"{_pattern_text(pattern['pattern'])} subject to {pattern.get('constraint', 'no constraint')}"
    return str(pattern)
