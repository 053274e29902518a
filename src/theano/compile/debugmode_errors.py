"""What DebugMode raises: ops and rewrites that do not keep what they promise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.backends.explanation import described_graph, described_line
from theano.graph import Apply, Variable

_SHOWN = 20  # elements of values


class DebugModeError(Exception):
    """Base of the errors that only DebugMode finds."""


class BadThunkOutput(DebugModeError):
    """Two ways to carry out one application give different values.

    r             the variable
    thunk1, val1  one way, and what it gave; thunk2, val2 the other
    inputs_val    the operands
    """

    def __init__(
        self, r: Variable, thunk1: str, val1: Any, thunk2: str, val2: Any, inputs_val: Sequence[Any] = ()
    ) -> None:
        super().__init__()
        self.r, self.thunk1, self.val1, self.thunk2, self.val2 = r, thunk1, val1, thunk2, val2
        self.inputs_val = inputs_val

    def offending_op(self) -> type | None:
        """The class of the op."""
        return None if self.r.owner is None else type(self.r.owner.op)

    def str_diagnostic(self) -> str:
        """What differs, and by how much."""
        kind = self.offending_op()
        lines = [
            f"BadThunkOutput: {self.thunk1} and {self.thunk2} of {kind.__name__ if kind else 'the graph'} disagree",
            f"    variable {self.r} of {self.r.type}",
            *_two_values((self.thunk1, self.val1), (self.thunk2, self.val2)),
        ]
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.str_diagnostic()


class BadOptimization(DebugModeError):
    """A rewrite has changed a value.

    old_r, new_r          what was replaced, and what by, with the values old_r_val and new_r_val
    reason                which rewrite it was
    old_graph, new_graph  how each is computed
    """

    def __init__(
        self,
        old_r: Variable,
        new_r: Variable | None = None,
        old_r_val: Any = None,
        new_r_val: Any = None,
        reason: Any = None,
        old_graph: str | None = None,
        new_graph: str | None = None,
    ) -> None:
        super().__init__()
        self.old_r, self.new_r, self.old_r_val, self.new_r_val = old_r, new_r, old_r_val, new_r_val
        self.reason = reason
        self.old_graph = graph_text(old_r) if old_graph is None else old_graph
        self.new_graph = graph_text(new_r) if new_graph is None else new_graph

    def str_diagnostic(self) -> str:
        """Which rewrite changed what."""
        lines = [
            f"BadOptimization: the rewrite {self.reason} has changed the value of {self.old_r}",
            *_two_values(("before", self.old_r_val), ("after", self.new_r_val)),
            "    before, it was computed as",
            *(f"        {line}" for line in self.old_graph.splitlines()),
            "    after, as",
            *(f"        {line}" for line in self.new_graph.splitlines()),
        ]
        if self.old_r.origin is not None:
            lines.append(f"    made at {described_line(self.old_r.origin)}")
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.str_diagnostic()


class BadDestroyMap(DebugModeError):
    """An op has written into an operand that its ``destroy_map`` does not tell of.

    idx               which operand
    old_val, new_val  what it held before and after
    perform           which way to carry it out has done so
    """

    def __init__(self, node: Apply, idx: int, old_val: Any, new_val: Any, perform: str) -> None:
        super().__init__()
        self.node, self.idx, self.old_val, self.new_val, self.perform = node, idx, old_val, new_val, perform

    def __str__(self) -> str:
        lines = [
            f"BadDestroyMap: {self.perform} of {self.node.op} has changed input {self.idx}, and its destroy_map "
            f"{getattr(self.node.op, 'destroy_map', {})} does not say so",
            *_two_values(("before", self.old_val), ("after", self.new_val)),
        ]
        return "\n".join(lines)


class BadViewMap(DebugModeError):
    """An output of an op lies in the memory of an operand, or of another output, and nothing tells of it.

    out_alias_idx, in_alias_idx  other outputs and operands that share memory with the output
    """

    def __init__(
        self,
        node: Apply,
        output_idx: int,
        out_storage: Any,
        in_alias_idx: Sequence[int] | None = None,
        out_alias_idx: Sequence[int] | None = None,
    ) -> None:
        super().__init__()
        self.node, self.output_idx, self.out_storage = node, output_idx, out_storage
        self.in_alias_idx, self.out_alias_idx = in_alias_idx, out_alias_idx

    def __str__(self) -> str:
        op = self.node.op
        others = [f"inputs {list(self.in_alias_idx)}"] if self.in_alias_idx else []
        others += [f"outputs {list(self.out_alias_idx)}"] if self.out_alias_idx else []
        return (
            f"BadViewMap: output {self.output_idx} of {op} shares memory with {' and '.join(others)}, and neither its "
            f"view_map {getattr(op, 'view_map', {})} nor its destroy_map {getattr(op, 'destroy_map', {})} says so"
        )


class InvalidValueError(DebugModeError):
    """A value that is not of its variable's type, or NaN or an infinity where those are no values.

    r               the variable
    v               the value
    client_node     the application that gave it, or that it was given to
    hint            what about
    specific_hint   why it is no value
    """

    def __init__(
        self,
        r: Variable,
        v: Any = None,
        client_node: Apply | None = None,
        hint: str = "none",
        specific_hint: str = "none",
    ) -> None:
        super().__init__()
        self.r, self.v, self.client_node, self.hint, self.specific_hint = (
            r,
            v,
            client_node,
            hint,
            specific_hint,
        )

    def __str__(self) -> str:
        lines = [
            f"InvalidValueError: {self.hint}: {self.specific_hint}",
            f"    variable {self.r} of {self.r.type}",
        ]
        lines.append(f"    value    {_shown(self.v)}")
        if self.client_node is not None:
            lines.append(f"    at       {self.client_node}")
        return "\n".join(lines)


class StochasticOrder(DebugModeError):
    """Rewriting one graph twice gave two graphs."""


def graph_text(v: Variable | None) -> str:
    """How a variable is computed, in a few lines."""
    if v is None or v.owner is None:
        return str(v)
    return "\n".join(described_graph(v.owner))


def _two_values(one: tuple[str, Any], other: tuple[str, Any]) -> list[str]:
    lines = [f"    {name:<9} {_shown(value)}" for name, value in (one, other)]
    a, b = one[1], other[1]
    if (
        isinstance(a, np.ndarray)
        and isinstance(b, np.ndarray)
        and a.shape == b.shape
        and a.size
        and a.dtype.kind in "fiuc"
    ):
        with np.errstate(all="ignore"):
            difference = np.abs(a.astype("complex128") - b.astype("complex128"))
            relative = difference / (np.abs(a) + np.abs(b) + np.finfo("float64").tiny)
        lines.append(
            f"    largest difference {np.nanmax(difference):.3g}, relative {np.nanmax(relative):.3g}"
        )
    return lines


def _shown(value: Any) -> str:
    """An array's dtype, shape, strides and first elements; of another object its text."""
    if not isinstance(value, np.ndarray):
        return repr(value)
    elements = value.ravel()[:_SHOWN].tolist()
    more = " ..." if value.size > _SHOWN else ""
    return f"{value.dtype} array of shape {value.shape}, strides {value.strides}, {elements}{more}"
