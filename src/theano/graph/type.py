"""Type: the set of values that a variable may take, and how values are brought into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theano.graph.variable import Constant, Variable


class Type:
    """Base of all types.  A subclass gives ``filter`` and ``__eq__``/``__hash__``.

    ``filter(value, strict, allow_downcast)`` returns the value in the type's own form, or raises TypeError
    or ValueError.  With ``strict`` nothing is converted.  ``allow_downcast`` True permits loss of precision,
    False forbids it, None permits only what is harmless (a Python float to a floatX scalar).

    has_lengths  whether values have a ``shape`` of ``ndim`` lengths, though they are no arrays
    """

    has_lengths = False

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        raise NotImplementedError(f"{type(self).__name__} gives no filter(value, strict, allow_downcast)")

    def is_valid_value(self, value: Any) -> bool:
        """Whether ``value`` belongs to the type as it stands."""
        try:
            self.filter(value, strict=True)
        except (TypeError, ValueError):
            return False
        return True

    def filter_variable(self, other: Any, allow_convert: bool = True) -> Variable:
        """``other`` as a variable of this type; a value becomes a constant.  TypeError when it cannot be."""
        from theano.graph.variable import Variable

        if not isinstance(other, Variable):
            other = self.make_constant(self.filter(other))
        if other.type == self:
            return other
        converted = self.convert_variable(other) if allow_convert else None
        if converted is None:
            raise TypeError(
                f"Cannot convert Type {other.type} (of Variable {other}) into Type {self}. "
                f"You can try to manually convert {other} into a {self}."
            )
        return converted

    def convert_variable(self, variable: Variable) -> Variable | None:
        """``variable`` viewed in this type where no value is lost, or None."""
        return variable if variable.type == self else None

    def make_variable(self, name: str | None = None) -> Variable:
        from theano.graph.variable import Variable

        return Variable(self, name=name)

    def make_constant(self, value: Any, name: str | None = None) -> Constant:
        from theano.graph.variable import Constant

        return Constant(self, value, name=name)

    def __call__(self, name: str | None = None) -> Variable:
        """A new variable of this type."""
        return self.make_variable(name)

    def values_eq(self, a: Any, b: Any) -> bool:
        return bool(a == b)

    def values_eq_approx(self, a: Any, b: Any) -> bool:
        return self.values_eq(a, b)

    def __ne__(self, other: object) -> bool:
        return not self == other


class Generic(Type):
    """Any Python object.  Strings, lists and None held by shared variables have this type."""

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        return value

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(Generic)

    def __str__(self) -> str:
        return "Generic"

    def __repr__(self) -> str:
        return "<theano.gof.type.Generic>"


generic = Generic()
