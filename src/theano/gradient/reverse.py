"""Reverse-mode differentiation: cotangents from a cost back to the variables it depends on.

    dx = sum over the clients of x of (cotangents of the client's outputs) . d(client) / dx

The graph is walked once, from the cost down; an application's ``L_op`` is called when the cotangents of all its
outputs are known.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from theano.gradient.types import DisconnectedType, NullType, disconnected_type
from theano.graph import Apply, Variable
from theano.graph.walk import ancestors, io_toposort
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import ones_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of, zeros_of_gradient
from theano.tensor.type import TensorType


class DisconnectedInputError(ValueError):
    """A gradient was asked for with respect to a variable on which the cost does not depend differentiably."""


class NullTypeGradError(TypeError):
    """A gradient that is not defined, or not implemented, is needed for the result."""


def grad(
    cost: Variable | None,
    wrt: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
    add_names: bool = True,
    known_grads: Mapping[Variable, Variable] | None = None,
    return_disconnected: str = "zero",
    null_gradients: str = "raise",
) -> Any:
    """The gradient of ``cost`` with respect to ``wrt``.

    Parameters
    ----------
    cost
        0-d floating variable; None when ``known_grads`` says where the cotangents come from.
    wrt
        A variable, or a list or tuple of them; the result is of the same form.
    consider_constant
        Variables through which no gradient flows.
    disconnected_inputs
        "raise", "warn" or "ignore" when the cost does not depend on a variable in ``wrt``.
    add_names
        Name gradients ``(dcost/dx)`` where both have names.
    known_grads
        Cotangents of intermediate variables, given instead of being computed.
    return_disconnected
        What stands for the gradient of a disconnected variable: "zero", "None" or "Disconnected".
    null_gradients
        "raise" or "return" for gradients that are undefined.

    Raises
    ------
    TypeError
        ``cost`` is not a scalar, or not continuous.
    DisconnectedInputError
        A variable in ``wrt`` is disconnected, unless ``disconnected_inputs`` says otherwise.
    NullTypeGradError
        A gradient is undefined.
    """
    if disconnected_inputs not in ("raise", "warn", "ignore"):
        raise ValueError(
            "Invalid value for keyword 'disconnected_inputs', valid values are 'ignore', 'warn' and 'raise'."
        )
    wanted = list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]
    for v in wanted:
        if not isinstance(v, Variable):
            raise TypeError(f"Expected Variable, got {v} of type {type(v)} in wrt")
    _check_cost(cost, known_grads)
    constants = _checked_constants(consider_constant)
    cotangent: dict[Variable, Variable] = {}
    if cost is not None:
        cotangent[cost] = ones_like(cost, dtype=cost.type.dtype)  # type: ignore[attr-defined]
    given = _checked_known(known_grads)
    cotangent.update(given)
    sources = [v for v in cotangent if v not in constants]
    found = _cotangents(sources, wanted, constants, cotangent, set(given))
    results = [_result(v, found.get(v), disconnected_inputs, return_disconnected, null_gradients) for v in wanted]
    if add_names and cost is not None and cost.name is not None:
        for v, r in zip(wanted, results, strict=True):
            if isinstance(r, Variable) and v.name is not None and r.name is None:
                r.name = f"(d{cost.name}/d{v.name})"
    if isinstance(wrt, tuple):
        return tuple(results)
    return results if isinstance(wrt, list) else results[0]


def _check_cost(cost: Any, known_grads: Any) -> None:
    if cost is None:
        if known_grads is None:
            raise ValueError("cost and known_grads can't both be None.")
        return
    if isinstance(cost.type, NullType):
        raise ValueError(f"Can't differentiate a NaN cost. cost is NaN because {cost.type.why_null}")
    if isinstance(cost.type, DisconnectedType):
        return
    if cost.type.ndim != 0:
        where = f" It was made at {cost.origin}." if cost.origin else ""
        raise TypeError(f"cost must be a scalar. {cost} is a {cost.type}.{where} Take its sum() or mean().")
    if cost.type.dtype in dtypes.COMPLEX:
        raise AssertionError(f"cost must be real, found {cost.type}: take real() or abs() of it")


def _checked_constants(consider_constant: Any) -> set[Variable]:
    if consider_constant is None:
        return set()
    if not isinstance(consider_constant, (list, tuple, set, frozenset, dict)):
        raise TypeError(f"consider_constant must be an iterable collection, got {type(consider_constant)}")
    return set(consider_constant)


def _checked_known(known_grads: Mapping[Variable, Any] | None) -> dict[Variable, Variable]:
    if known_grads is None:
        return {}
    pairs = known_grads.items() if hasattr(known_grads, "items") else known_grads
    result = {}
    for variable, value in pairs:
        if not isinstance(value, Variable):
            raise TypeError(
                "output grads must be theano variables."
                f"Ambiguous whether {type(value)} should be made into tensor or sparse theano variable"
            )
        result[variable] = value
    return result


def _cotangents(
    sources: Sequence[Variable],
    wanted: Sequence[Variable],
    constants: set[Variable],
    cotangent: dict[Variable, Variable],
    given: set[Variable],
) -> dict[Variable, Variable]:
    """The cotangent of every variable between ``sources`` and ``wanted``."""
    useful = _depending_on(sources, set(wanted))
    order = [node for node in io_toposort({}, sources) if any(o in useful for o in node.outputs)]
    for node in reversed(order):
        known = [cotangent.get(o) for o in node.outputs]
        if all(c is None or isinstance(c.type, DisconnectedType) for c in known):
            continue
        needed = [v for v in node.inputs if v in useful and v not in constants]
        if not needed or all(o in constants for o in node.outputs):
            continue
        pattern = _connection_pattern(node)
        flows = [
            any(pattern[i][o] and known[o] is not None for o in range(len(known))) for i in range(len(node.inputs))
        ]
        if not any(flow and v in useful for flow, v in zip(flows, node.inputs, strict=True)):
            continue
        incoming = [disconnected_type() if c is None else c for c in known]
        outgoing = _apply_l_op(node, incoming)
        for v, d, flow in zip(node.inputs, outgoing, flows, strict=True):
            if not flow or d is None or v not in useful or v in constants or v in given:
                continue
            if isinstance(d.type, DisconnectedType):
                continue
            before = cotangent.get(v)
            cotangent[v] = _typed(v, d) if before is None else _sum(before, _typed(v, d))
    return cotangent


def _depending_on(sources: Sequence[Variable], wanted: set[Variable]) -> set[Variable]:
    """The variables below ``sources`` that are, or are computed from, ``wanted``."""
    useful = {v for v in ancestors(sources) if v in wanted}
    for node in io_toposort({}, sources):
        if any(v in useful for v in node.inputs):
            useful.update(node.outputs)
    return useful


def _connection_pattern(node: Apply) -> list[list[bool]]:
    pattern = getattr(node.op, "connection_pattern", None)
    return pattern(node) if pattern is not None else [[True] * len(node.outputs)] * len(node.inputs)


def _apply_l_op(node: Apply, incoming: Sequence[Variable]) -> list[Any]:
    """The op's own cotangents, checked in number and kind."""
    op = node.op
    if not op.defines_gradient():
        where = f", made at {node.origin}" if node.origin else ""
        raise AttributeError(
            f"'{type(op).__name__}' object has no attribute 'grad': give the op L_op(inputs, outputs, cotangents), "
            f"or keep it out of the cost with disconnected_grad (node {node}{where})"
        )
    incoming = [_as_output(c, o) for c, o in zip(incoming, node.outputs, strict=True)]
    outgoing = op.L_op(node.inputs, node.outputs, incoming)
    if len(outgoing) != len(node.inputs):
        raise ValueError(f"{op}.L_op gave {len(outgoing)} cotangents for {len(node.inputs)} inputs")
    for position, d in enumerate(outgoing):
        if d is not None and not isinstance(d, Variable):
            outgoing[position] = as_tensor_variable(d)
    return list(outgoing)


def _as_output(cotangent: Variable, output: Variable) -> Variable:
    """A cotangent in the dtype of its variable."""
    kind, wanted = cotangent.type, output.type
    if isinstance(kind, TensorType) and isinstance(wanted, TensorType):
        if kind.dtype != wanted.dtype and wanted.dtype in dtypes.FLOAT and kind.dtype not in dtypes.COMPLEX:
            return elemwise_of(casts[wanted.dtype])(cotangent)
    return cotangent


def _typed(v: Variable, d: Variable) -> Variable:
    """A cotangent as it belongs to ``v``: its dtype where that is floating."""
    if isinstance(d.type, TensorType) and isinstance(v.type, TensorType):
        if d.type.ndim != v.type.ndim:
            raise ValueError(f"the gradient for {v} of type {v.type} has type {d.type}")
        return _as_output(d, v)
    return d


def _sum(a: Variable, b: Variable) -> Variable:
    if isinstance(a.type, NullType):
        return a
    if isinstance(b.type, NullType):
        return b
    return a + b  # type: ignore[operator]


def _result(
    v: Variable, found: Variable | None, disconnected_inputs: str, return_disconnected: str, null_gradients: str
) -> Any:
    if found is None or isinstance(found.type, DisconnectedType):
        where = f" It was made at {v.origin}." if v.origin else ""
        message = (
            "grad method was asked to compute the gradient with respect to a variable that is not part of the "
            f"computational graph of the cost, or is used only by a non-differentiable operator: {v}.{where}"
        )
        if disconnected_inputs == "raise":
            raise DisconnectedInputError(message)
        if disconnected_inputs == "warn":
            warnings.warn(message, stacklevel=3)
        match return_disconnected.lower():
            case "zero":
                return zeros_of_gradient(v)
            case "none":
                return None
            case "disconnected":
                return disconnected_type()
        raise ValueError(f"return_disconnected must be 'zero', 'None' or 'Disconnected', found {return_disconnected!r}")
    if isinstance(found.type, NullType):
        if null_gradients == "raise":
            raise NullTypeGradError(f"tensor.grad encountered a NaN. {found.type.why_null}")
        return found
    if isinstance(v.type, TensorType) and v.type.dtype in dtypes.DISCRETE and isinstance(found.type, TensorType):
        if found.type.dtype in dtypes.DISCRETE:
            return zeros_of_gradient(v)
    return found

