"""Python's operators on scalar variables: ``x * y`` is ``mul(x, y)``.  Importing this file installs them."""

from __future__ import annotations

from typing import Any

from theano.scalar import arithmetic, comparison, complex, logic, power
from theano.scalar.type import ScalarVariable

_UNARY: dict[str, Any] = {"neg": arithmetic.neg, "abs": complex.abs_, "invert": logic.invert}

_BINARY: dict[str, Any] = {
    "add": arithmetic.add,
    "sub": arithmetic.sub,
    "mul": arithmetic.mul,
    "truediv": arithmetic.true_div,
    "floordiv": arithmetic.int_div,
    "mod": arithmetic.mod_check,
    "pow": power.pow,
    "and": logic.and_,
    "or": logic.or_,
    "xor": logic.xor,
}

_ORDER: dict[str, Any] = {"lt": comparison.lt, "le": comparison.le, "gt": comparison.gt, "ge": comparison.ge}


def _unary(function: Any) -> Any:
    return lambda self: function(self)


def _binary(function: Any) -> Any:
    return lambda self, other: function(self, other)


def _reflected(function: Any) -> Any:
    return lambda self, other: function(other, self)


for _name, _function in _UNARY.items():
    setattr(ScalarVariable, f"__{_name}__", _unary(_function))
for _name, _function in {**_BINARY, **_ORDER}.items():
    setattr(ScalarVariable, f"__{_name}__", _binary(_function))
for _name, _function in _BINARY.items():
    setattr(ScalarVariable, f"__r{_name}__", _reflected(_function))
