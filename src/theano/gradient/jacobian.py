"""Matrices of first and second derivatives, a row in each step of a loop."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from theano.gradient.reverse import format_as, grad
from theano.graph import Variable
from theano.tensor.alloc import arange
from theano.tensor.type import TensorType


def jacobian(
    expression: Variable,
    wrt: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """J[i, j, ...] = d expression[i] / d wrt[j, ...], for each of wrt, of its kind (variable, list or tuple).

    expression  a vector, or a scalar: then the gradient
    """
    assert isinstance(getattr(expression, "type", None), TensorType), (
        "tensor.jacobian expects a Variable as `expression`"
    )
    assert expression.type.ndim < 2, (  # type: ignore[attr-defined]
        "tensor.jacobian expects a 1 dimensional variable as `expression`. If not use flatten to make it a vector"
    )
    wanted = list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]
    constants = None if consider_constant is None else list(consider_constant)
    if expression.type.ndim == 0:  # type: ignore[attr-defined]
        return format_as(*_kind(wrt), grad(expression, wanted, constants, disconnected_inputs))
    rows = _rows(expression, wanted, constants, disconnected_inputs)
    return format_as(*_kind(wrt), rows)


def hessian(
    cost: Variable,
    wrt: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """H[i, j] = d2 cost / (d wrt[i] d wrt[j]), for each vector of wrt, of its kind (variable, list or tuple)."""
    assert isinstance(getattr(cost, "type", None), TensorType), "tensor.hessian expects a Variable as `cost`"
    assert cost.type.ndim == 0, "tensor.hessian expects a 0 dimensional variable as `cost`"  # type: ignore[attr-defined]
    constants = None if consider_constant is None else list(consider_constant)
    blocks = []
    for variable in list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]:
        assert isinstance(variable, Variable), "tensor.hessian expects a (list of) Variable as `wrt`"
        assert variable.type.ndim == 1, (  # type: ignore[attr-defined]
            "tensor.hessian expects a (list of) 1 dimensional variable as `wrt`"
        )
        slope = grad(cost, variable, constants, disconnected_inputs)
        blocks += _rows(slope, [variable], constants, disconnected_inputs)
    return format_as(*_kind(wrt), blocks)


def _kind(wrt: Any) -> tuple[bool, bool]:
    return isinstance(wrt, list), isinstance(wrt, tuple)


def _rows(expression: Any, wanted: list[Variable], constants: Any, disconnected_inputs: str) -> list:
    """The gradients of expression[0], expression[1], ..., stacked, for each of ``wanted``."""
    scan = import_module("theano.control_flow").scan  # whose own gradient needs this room

    def row(i: Any, *_: Variable) -> list:
        return grad(expression[i], wanted, constants, disconnected_inputs)

    rows, updates = scan(row, sequences=arange(expression.shape[0]), non_sequences=[expression, *wanted])
    assert not updates, "jacobian and hessian need an expression without random draws in its gradient"
    return list(rows) if isinstance(rows, (list, tuple)) else [rows]
