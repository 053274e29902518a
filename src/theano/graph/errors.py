"""The exceptions of the package, and ``require``, which speaks to users about their program."""

from __future__ import annotations

from collections.abc import Mapping


class MissingInputError(Exception):
    """A graph needs a variable that is neither an input, a constant nor a shared variable: ``args[1]``, if given."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnusedInputError(Exception):
    """An input of a function is not used by any output or update."""


class MethodNotDefined(Exception):
    """An op was asked for something that its class does not define."""


class GradientNotDefined(MethodNotDefined, AttributeError):
    """An op without a gradient; in 1.0.5 such an op lacks the method, and programs catch the AttributeError."""


class InconsistencyError(Exception):
    """A replacement in a FunctionGraph would break a promise that one of its features keeps."""


class AlreadyThere(Exception):
    """Raised by a feature's ``on_attach``: the graph has such a feature, and this one is not attached."""


# The names say what is meant; programs of old catch, and compare, the builtin classes that 1.0.5 raised.
ShapeMismatch = ValueError
DTypeMismatch = TypeError


def describe_operand(name: str, operand: object) -> str:
    """One aligned line about an operand: name, type, shape where known, and the user's line that made it."""
    kind = getattr(operand, "type", None)
    if kind is None:
        return f"{name}  {type(operand).__name__} {operand!r}"
    origin = getattr(operand, "origin", None)
    made = f", made at {origin}" if origin is not None else ""
    return f"{name}  {kind}{made}"


def require(
    condition: bool,
    operation: str,
    *,
    needs: str,
    found: object,
    operands: Mapping[str, object] | None = None,
    hint: str | None = None,
    error: type[Exception] = ShapeMismatch,
) -> None:
    """Raise ``error`` unless ``condition``: operation, condition, values found, operands and the mend.

    >>> require(2 == 3, "dot(x, w)", needs="x.shape[1] == w.shape[0]", found="2 != 3")
    Traceback (most recent call last):
    ValueError: dot(x, w) needs x.shape[1] == w.shape[0], found 2 != 3
    """
    if condition:
        return
    lines = [f"{operation} needs {needs}, found {found}"]
    lines += [f"    {describe_operand(name, operand)}" for name, operand in (operands or {}).items()]
    if hint:
        lines.append(f"    hint: {hint}")
    raise error("\n".join(lines))
