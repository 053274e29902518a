"""Texts of theano.d3viz: what programs of old call to label pictures of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from theano.graph import Apply, Constant, Variable
from theano.pictures.model import label_of_op, shorter
from theano.profiling.page import embedded
from theano.tensor.elemwise import Elemwise

LETTERS = {
    "int8": "b", "int16": "w", "int32": "i", "int64": "l",
    "float32": "f", "float64": "d", "complex64": "c", "complex128": "z",
}  # fmt: skip
SHAPES = {
    (): "scalar",
    (False,): "vector",
    (False, False): "matrix",
    (True, False): "row",
    (False, True): "col",
}


def replace_patterns(x: str, replace: Mapping[str, Any]) -> str:
    """``x`` with each key of ``replace`` in it replaced by its value.

    >>> replace_patterns("<title>%% name %%</title>", {"%% name %%": "f"})
    '<title>f</title>'
    """
    for key, value in replace.items():
        x = x.replace(key, str(value))
    return x


def safe_json(obj: Any) -> str:
    """JSON that may stand in an element of HTML: no text in it ends that element.

    >>> safe_json(["</script>"])
    '["\\\\u003c/script\\\\u003e"]'
    """
    return embedded(obj)


def apply_label(node: Apply) -> str:
    """What an application is called in a picture."""
    return f"Elemwise {label_of_op(node.op)}" if isinstance(node.op, Elemwise) else label_of_op(node.op)


def apply_profile(node: Apply, profile: Any) -> list[float]:
    """Seconds that a profile puts down to an application, and to the whole function; empty without a profile."""
    if not profile:
        return []
    seconds_of = profile.apply_time
    return [seconds_of.get(node, 0.0), sum(seconds_of.values())]


def broadcastable_to_str(b: Sequence[bool]) -> str:
    """The name of a pattern: "matrix", "row"; "" of one without a name."""
    return SHAPES.get(tuple(b), "")


def dtype_to_char(dtype: Any) -> str:
    """The letter that the names of variables' constructors begin with; "X" for dtypes that have none."""
    return LETTERS.get(str(dtype), "X")


def type_to_str(t: Any) -> str:
    """A type in a word: "dmatrix"."""
    if getattr(t, "broadcastable", None) is None:
        return str(t)
    return dtype_to_char(t.dtype) + broadcastable_to_str(t.broadcastable)


def var_label(var: Variable, precision: int = 3) -> str:
    """The name of a variable, or the value of a constant with so many digits."""
    if var.name is not None:
        return var.name
    if isinstance(var, Constant) and getattr(var.data, "size", 2) == 1:
        value = var.data.item()
        return f"{value:.{precision}g}" if isinstance(value, float) else str(value)
    return shorter(str(var), 100) if isinstance(var, Constant) else type_to_str(var.type)


def var_tag(var: Variable) -> list[Any] | None:
    """Where a variable was made: file, line, function and text of the line; None where that is not known."""
    place = var.origin
    return None if place is None else [place.file, place.line, place.function, place.source]
