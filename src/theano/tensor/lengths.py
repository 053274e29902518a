"""The lengths of arrays, as far as they follow from lengths of others without computing the arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from theano.graph import Apply, Constant, MethodNotDefined, Variable
from theano.tensor.constant import as_tensor_variable
from theano.tensor.shape import Shape_i
from theano.tensor.static_value import known_integer
from theano.tensor.type import TensorType

Lengths = tuple[Any, ...] | None  # ints and 0-d variables; None for what is no array
OnShapeError = Callable[[Exception, Apply], None]


class KnownLengths:
    """The lengths of variables, each found once; for the duration of one pass."""

    def __init__(self, on_error: OnShapeError | None = None, known: Mapping[Variable, Lengths] | None = None) -> None:
        """``known`` are lengths found already; ``on_error`` is told of faults in ``infer_shape``, instead of the caller."""
        self._found: dict[Variable, Lengths] = dict(known or {})
        self._on_error = on_error

    def of(self, variable: Variable) -> Lengths:
        """The lengths of ``variable``.  Walks what it is computed from without recursion."""
        found = self._found
        stack = [variable]
        while stack:
            v = stack[-1]
            if v in found:
                stack.pop()
                continue
            if _pattern(v) is None:
                found[v] = None
            elif isinstance(v, Constant):
                found[v] = tuple(v.data.shape)
            elif v.owner is None or not hasattr(v.owner.op, "infer_shape"):
                found[v] = _asked(v)
            else:
                missing = [i for i in v.owner.inputs if i not in found]
                if missing:
                    stack += missing
                    continue
                self._infer(v.owner)
            stack.pop()
        return found[variable]

    def _infer(self, node: Apply) -> None:
        try:
            shapes = node.op.infer_shape(node, [self._found[i] for i in node.inputs])  # type: ignore[attr-defined]
        except (NotImplementedError, MethodNotDefined):
            shapes = [None] * len(node.outputs)
        except Exception as problem:
            if self._on_error is None:
                raise
            self._on_error(problem, node)
            shapes = [None] * len(node.outputs)
        for v, shape in zip(node.outputs, shapes, strict=True):
            pattern = _pattern(v)
            if pattern is None:
                self._found[v] = None
            elif shape is None:
                self._found[v] = _asked(v)
            else:
                self._found[v] = tuple(
                    1 if b else _simplified(n) for b, n in zip(pattern, shape, strict=True)
                )


def _asked(v: Variable) -> Lengths:
    """1 where it is known to be, else what the array itself says."""
    return tuple(1 if b else Shape_i(k)(v) for k, b in enumerate(_pattern(v) or ()))


def _pattern(v: Variable) -> tuple[bool, ...] | None:
    """For each length whether it is known to be 1; None where values have no lengths."""
    if isinstance(v.type, TensorType):
        return v.type.broadcastable
    return (False,) * v.type.ndim if v.type.has_lengths else None  # type: ignore[attr-defined]


def _simplified(n: Any) -> Any:
    known = known_integer(n)
    return (
        n if known is None and isinstance(n, Variable) else as_tensor_variable(n) if known is None else known
    )
