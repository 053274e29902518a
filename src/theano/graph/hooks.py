"""Callbacks that lower rooms need from higher ones, set once when those are imported.

``Variable.eval`` and test values need a compiled function; the rooms that can make one stand above this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

_hooks: dict[str, Callable[..., Any]] = {}


def set_hook(name: str, function: Callable[..., Any]) -> None:
    _hooks[name] = function


def compile_for_eval(
    inputs: Sequence[Any], output: Any, mode: Any = None, on_unused_input: str | None = None
) -> Callable[..., Any]:
    """A compiled function of ``inputs`` that returns ``output`` (a list of values for a list of outputs)."""
    return _hooks["compile_for_eval"](inputs, output, mode, on_unused_input)
