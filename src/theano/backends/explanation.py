"""What a user needs to know about an error at run time: the step, its operands, and the line that asked for it."""

from __future__ import annotations

import linecache
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Origin

_SHOWN_ELEMENTS = 5  # values of larger operands are left out


def explain(error: Exception, node: Apply, position: int, values: Sequence[Any]) -> Exception:
    """``error`` itself, with the step at which it occurred told at the end of its text.

    position  of the node among all steps, from 0
    values    the operands, as far as they are known
    """
    text = described_step(node, position, values)
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


def described_line(origin: Origin) -> str:
    """``train.py:12, in cost: y = T.dot(x, w)``"""
    source = linecache.getline(origin.file, origin.line).strip()
    return f"{origin}, in {origin.function}" + (f": {source}" if source else "")


def described_value(value: Any) -> str:
    """Shape and strides of an array, and its elements where they are few."""
    if not isinstance(value, np.ndarray):
        return f"a {type(value).__name__}"
    shown = f", value {value.tolist()}" if value.size <= _SHOWN_ELEMENTS else ""
    return f"shape {value.shape}, strides {value.strides}{shown}"
