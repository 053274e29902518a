"""What a user needs to know about an error at run time: the step, its operands, and the line that asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Apply, Origin, Variable
from theano.graph.origin import RecordedOrigin

_SHOWN_ELEMENTS = 5  # values of larger operands are left out
_SHOWN_LINES = 50  # of a graph


def explain(error: Exception, node: Apply, position: int, values: Sequence[Any]) -> Exception:
    """``error`` itself, with the step at which it occurred told at the end of its text.

    position  of the node among all steps, from 0
    values    the operands, as far as they are known

    Under ``config.exception_verbosity == "high"`` the callers of the user's line, the graph above the step and the
    operands' values are told too.
    """
    if getattr(error, "is_explained", False):
        return error  # it tells more by itself
    within, (node, values) = node, getattr(error, "inner_step", (node, values))
    text = described_step(node, position, values)
    if node is not within:
        text = "\n".join([text, described_surroundings(within)])
    if config.exception_verbosity == "high":
        text = "\n".join([text, *_details(node, values)])
    is_plain = len(error.args) == 1 and isinstance(error.args[0], str) and str(error) == error.args[0]
    if is_plain and str(error):
        error.args = (f"{error.args[0]}\n{text}",)
    else:
        error.add_note(text)  # its text is made from several arguments, or in a way of its own
    return error


def described_step(node: Apply, position: int, values: Sequence[Any]) -> str:
    """Lines about an application: what it is, its operands, where the user made it and its operands."""
    lines = [f"Apply node that caused the error: {node}", f"    step {position} of the compiled graph"]
    for index, variable in enumerate(node.inputs):
        found = described_value(values[index]) if index < len(values) else "not known"
        made = f", made at {variable.origin}" if variable.origin is not None else ""
        lines.append(f"    input {index}  {variable}: {variable.type}, {found}{made}")
    if node.origin is not None:
        lines.append(f"    made at {described_line(node.origin)}")
    return "\n".join(lines)


def described_surroundings(node: Apply) -> str:
    """The loop, or the choice, that a step is a part of."""
    made = "" if node.origin is None else f", made at {described_line(node.origin)}"
    return f"    within {node}{made}"


def described_line(origin: Origin | RecordedOrigin) -> str:
    """``train.py:12, in cost: y = T.dot(x, w)``"""
    return f"{origin}, in {origin.function}" + (f": {origin.source}" if origin.source else "")


def described_value(value: Any) -> str:
    """Shape and strides of an array, and its elements where they are few."""
    if not isinstance(value, np.ndarray):
        return f"a {type(value).__name__}"
    shown = f", value {value.tolist()}" if value.size <= _SHOWN_ELEMENTS else ""
    return f"shape {value.shape}, strides {value.strides}{shown}"


def _details(node: Apply, values: Sequence[Any]) -> Iterator[str]:
    if node.origin is not None:
        yield from (f"    called from {described_line(caller)}" for caller in node.origin.stack[1:])
    yield "Graph above it:"
    yield from (f"    {line}" for line in described_graph(node))
    yield "Values of its operands:"
    for index, value in enumerate(values):
        size = f", {value.nbytes} bytes" if isinstance(value, np.ndarray) else ""
        yield f"    input {index}{size}"
        yield from (f"        {line}" for line in str(value).splitlines())


def described_graph(node: Apply) -> list[str]:
    """What ``node`` is computed from, an application or leaf a line, operands indented; each application once.

    ::

        Sum{axis=[0], acc_dtype=float64}
          Elemwise{mul}
            x: TensorType(float64, vector)
    """
    lines: list[str] = []
    seen: set[Apply] = set()
    stack: list[tuple[int, Apply | Variable]] = [(0, node)]
    while stack:
        if len(lines) == _SHOWN_LINES:
            return [*lines, "..."]
        depth, thing = stack.pop()
        indent = "  " * depth
        if isinstance(thing, Variable):
            lines.append(f"{indent}{thing}: {thing.type}")
        elif thing in seen:
            lines.append(f"{indent}{thing.op}, as above")
        else:
            seen.add(thing)
            lines.append(f"{indent}{thing.op}")
            stack += [(depth + 1, v if v.owner is None else v.owner) for v in reversed(thing.inputs)]
    return lines
