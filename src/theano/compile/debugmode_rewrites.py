"""DebugMode's look at rewriting: is every value what it was, and does rewriting again give the same graph."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from theano.compile.debugmode_errors import BadOptimization, StochasticOrder, graph_text
from theano.graph import Apply, Constant, FunctionGraph, Variable
from theano.graph.performing import perform_node
from theano.graph.walk import equal_computations, io_toposort

OF_LOOPS = ("optimise_loops", "unite_loops")  # which leave steps out that nobody reads

IMPROVED = 1e3  # times rounding: by so much may a value change that a rule makes more accurate


class Replacements:
    """A feature that remembers which variable each rewrite has put in the place of which.

    What has left the graph is still computed from what is in it, so both sides can be computed when a call gives values.
    """

    def __init__(self) -> None:
        self.reasons: dict[tuple[Variable, Variable], Any] = {}

    def on_change_input(
        self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None
    ) -> None:
        self.reasons.setdefault((r, new_r), reason)

    def compare(self, fgraph: FunctionGraph, values: Mapping[Variable, Any]) -> None:
        """Raise BadOptimization where the two sides of a replacement have different values.

        values  of the graph's inputs, and of all that the last form of the graph computes
        """
        known = dict(values)
        from theano.rewrite.passes import stabilize  # with all rules; a function that was made has them

        improving = {rule.name for rule in stabilize.within_reach()}
        both = [v for pair in self.reasons for v in pair]
        with np.errstate(all="ignore"):
            for node in io_toposort(known, both):
                _compute(node, known)
        for (old, new), reason in self.reasons.items():
            before, after = _value(old, known), _value(new, known)
            if before is None or after is None:
                continue
            if reason in OF_LOOPS:
                before, after = _in_common(before, after)
            if _agree(old, new, before, after, IMPROVED if reason in improving else 1.0):
                continue
            raise BadOptimization(old, new, before, after, reason)


def _compute(node: Apply, known: dict[Variable, Any]) -> None:
    """Enter the values of a node's outputs; nothing where an operand is not known, or the computation fails: the rewrite
    may have been what avoids that."""
    inputs = [_value(v, known) for v in node.inputs]
    if any(value is None for value in inputs):
        return
    try:
        known.update(zip(node.outputs, perform_node(node, copy.deepcopy(inputs)), strict=True))
    except Exception:
        return


def _in_common(before: Any, after: Any) -> tuple[Any, Any]:
    """The last steps of two arrays of steps."""
    if np.ndim(before) and np.ndim(before) == np.ndim(after):
        count = min(len(before), len(after))
        return before[len(before) - count :], after[len(after) - count :]
    return before, after


def _value(v: Variable, known: Mapping[Variable, Any]) -> Any:
    return v.data if isinstance(v, Constant) else known.get(v)


def _agree(old: Variable, new: Variable, before: Any, after: Any, leave: float) -> bool:
    """Whether two values are equal, but for rounding, where the first one is finite: rewrites may avoid overflow.

    leave  by how much more than rounding they may differ
    """
    own = getattr(new.tag, "values_eq_approx", None) or getattr(old.tag, "values_eq_approx", None)
    if own is not None:
        return bool(own(before, after))
    if isinstance(before, (np.ndarray, np.generic)) and isinstance(after, (np.ndarray, np.generic)):
        before, after = np.asarray(before), np.asarray(after)
        if before.shape != after.shape:
            return False
        if before.dtype.kind in "fc":
            finite = np.isfinite(before)
            before, after = before[finite], after[finite]
            scale = 1e-5 if before.dtype.itemsize <= 4 * (1 + (before.dtype.kind == "c")) else 1e-9
            size = float(np.max(np.abs(before), initial=0.0))
            with np.errstate(all="ignore"):
                return bool(np.allclose(before, after, rtol=100 * leave * scale, atol=leave * scale * max(size, 1.0)))
    return bool(old.type.values_eq_approx(before, after))


def require_stable(fgraph: FunctionGraph, rewrite: Callable[[FunctionGraph], None], patience: int) -> None:
    """StochasticOrder unless rewriting copies of a graph gives one result, as often as ``patience`` says."""
    first: FunctionGraph | None = None
    for _ in range(patience if patience > 1 else 0):
        copied = fgraph.clone()
        rewrite(copied)
        if first is None:
            first = copied
        elif not equal_computations(first.outputs, copied.outputs, first.inputs, copied.inputs):
            one, other = ("\n".join(graph_text(v) for v in g.outputs) for g in (first, copied))
            raise StochasticOrder(f"rewriting the graph again gave another one:\n{one}\nand\n{other}")
