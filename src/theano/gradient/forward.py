"""Forward mode, and products with the Jacobian from either side."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from theano.gradient.reverse import cotangents_of, format_as, grad, zeros_for
from theano.gradient.types import (
    DisconnectedInputError,
    DisconnectedType,
    NullType,
    NullTypeGradError,
    disconnected_type,
)
from theano.graph import Apply, MethodNotDefined, Variable, inherited_origin
from theano.graph.subgraph import connection_pattern
from theano.graph.walk import io_toposort
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts, second
from theano.scalar.chain import pushed_forward
from theano.scalar.function import UNDEFINED, ScalarFunction
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import Elemwise, elemwise_of


def Lop(
    f: Any,
    wrt: Any,
    eval_points: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """eval_points . df/dwrt: the vector-Jacobian product, of wrt's kind (variable, list or tuple).

    f            a variable or several
    eval_points  for each of f a cotangent of its shape
    """
    outputs, given = _several(f), _several(eval_points)
    assert len(outputs) == len(given), (
        f"Lop needs an eval point for each of f, found {len(given)} for {len(outputs)}"
    )
    known: dict[Variable, Variable] = {}
    for output, point in zip(outputs, given, strict=True):
        point = point if isinstance(point, Variable) else as_tensor_variable(point)
        known[output] = known[output] + point if output in known else point  # type: ignore[operator]
    return grad(
        None,
        wrt,
        consider_constant=consider_constant,
        disconnected_inputs=disconnected_inputs,
        known_grads=known,
    )


def Rop(
    f: Any,
    wrt: Any,
    eval_points: Any,
    disconnected_outputs: str = "raise",
    return_disconnected: str = "zero",
) -> Any:
    """df/dwrt . eval_points: the Jacobian-vector product, of f's kind (variable, list or tuple).

    wrt                   a variable or several
    eval_points           for each of wrt a tangent of its shape
    disconnected_outputs  when a variable of f does not depend on wrt: "raise", "warn" or "ignore"
    return_disconnected   what to return for it: "zero" zeros, "none" None, "disconnected" a DisconnectedType variable

    With t the tangents,  t_out = sum over inputs i of  d out / d in_i . t_in_i,  node by node from wrt to f.
    """
    variables, given = _several(wrt), _several(eval_points)
    assert len(variables) == len(given), (
        f"Rop needs an eval point for each of wrt, found {len(given)} for {len(variables)}"
    )
    tangents: dict[Variable, Variable] = {}
    for variable, point in zip(variables, given, strict=True):
        if point is None:
            continue
        point = point if isinstance(point, Variable) else as_tensor_variable(point)
        found, needed = getattr(point.type, "ndim", None), getattr(variable.type, "ndim", None)
        if found != needed:
            raise ValueError(f"Rop needs an eval point of {needed} dimensions for {variable}, found {found}")
        tangents[variable] = point
    outputs = _several(f)
    for node in io_toposort(set(tangents), outputs):
        if any(v in tangents for v in node.inputs):
            with inherited_origin(node.origin):
                _push(node, tangents)
    results = [_result(o, tangents.get(o), disconnected_outputs, return_disconnected) for o in outputs]
    return format_as(isinstance(f, list), isinstance(f, tuple), results)


def _push(node: Apply, tangents: dict[Variable, Variable]) -> None:
    """Enter the tangents of the node's outputs."""
    given = [tangents.get(v) for v in node.inputs]
    R_op = getattr(node.op, "R_op", None)
    scalar_op = getattr(node.op, "scalar_op", None) if isinstance(node.op, Elemwise) else None
    if isinstance(scalar_op, ScalarFunction) and scalar_op.partials is not None:
        found = _elementwise_tangents(node, scalar_op, given)
    elif R_op is None:
        found = derived_R_op(node, given)
    else:
        found = R_op(node.inputs, given)
        if len(found) != len(node.outputs):
            raise ValueError(f"{node.op}.R_op returned {len(found)} tangents for {len(node.outputs)} outputs")
    for output, tangent in zip(node.outputs, found, strict=True):
        if tangent is not None and not isinstance(tangent.type, DisconnectedType):
            tangents[output] = tangent


def _elementwise_tangents(node: Apply, function: ScalarFunction, tangents: Sequence[Variable | None]) -> list:
    """t_out = sum of partial_i * t_i, in the shape and dtype of the output."""
    (out,) = node.outputs
    assert function.partials is not None
    if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
        return [None]
    total: Any = None
    partials = function.partials(*node.inputs, out)
    for x, partial, tangent in zip(node.inputs, partials, tangents, strict=True):
        if partial is None or tangent is None:
            continue
        if partial is UNDEFINED:
            raise MethodNotDefined(f"no formula is known for a partial derivative of {function}")
        term = pushed_forward(tangent, partial, x, out)
        total = term if total is None else total + term
    if total is None:
        return [None]
    if total.type.dtype != out.type.dtype:  # type: ignore[attr-defined]
        total = elemwise_of(casts[out.type.dtype])(total)  # type: ignore[attr-defined]
    if total.type.broadcastable != out.type.broadcastable:  # type: ignore[attr-defined]
        total = elemwise_of(second)(out, total)
    return [total]


def derived_R_op(node: Apply, tangents: Sequence[Variable | None]) -> list[Variable | None]:
    """Tangents of the outputs by reverse mode applied twice.

    The L_op, dx = dout . J, is linear in dout, and what it pulls back from the cotangent t of dx is J . t.
    The point dout at which it is taken has no influence; zeros in the shape of the outputs serve.
    """
    pattern = connection_pattern(node)
    moved = list(dict.fromkeys(v for v, t in zip(node.inputs, tangents, strict=True) if t is not None))
    tangent_of = dict(zip(node.inputs, tangents, strict=True))
    connected = [
        getattr(o.type, "dtype", None) in dtypes.CONTINUOUS
        and any(pattern[i][position] for i, t in enumerate(tangents) if t is not None)
        for position, o in enumerate(node.outputs)
    ]
    douts = {o: zeros_for(o) for o, c in zip(node.outputs, connected, strict=True) if c}
    if not douts:
        return [None] * len(node.outputs)
    around = [*node.inputs, *node.outputs, *douts.values()]  # do not walk beyond this node
    dxs = cotangents_of(moved, douts, [v for v in node.inputs if v.owner is not None])
    total: dict[Variable, Variable] = {}
    for x in moved:
        dx = dxs[x]
        if isinstance(dx.type, NullType):
            raise NullTypeGradError(f"Rop encountered an undefined gradient: {dx.type.why_null}")
        if isinstance(dx.type, DisconnectedType):
            continue
        back = cotangents_of(list(douts.values()), {dx: tangent_of[x]}, around)  # type: ignore[dict-item]
        for dout, term in back.items():
            if isinstance(term.type, NullType):
                raise NullTypeGradError(f"Rop encountered an undefined gradient: {term.type.why_null}")
            if not isinstance(term.type, DisconnectedType):
                total[dout] = total[dout] + term if dout in total else term  # type: ignore[operator]
    return [total.get(douts[o]) if o in douts else None for o in node.outputs]


def _result(output: Variable, tangent: Variable | None, reaction: str, instead: str) -> Variable | None:
    if tangent is not None:
        return tangent
    if reaction not in ("ignore", "warn", "raise"):
        raise ValueError(
            "Invalid value for keyword 'disconnected_outputs', valid values are 'ignore', 'warn' and 'raise'.\n"
            f"    Found {reaction!r}."
        )
    if reaction != "ignore":
        made = f", made at {output.origin}" if output.origin is not None else ""
        message = (
            f"Rop was asked for the tangent of {output} of type {output.type}{made}, which does not depend on wrt "
            "by differentiable operations. Pass disconnected_outputs='ignore' to get zeros."
        )
        if reaction == "raise":
            raise DisconnectedInputError(message)
        warnings.warn(message, stacklevel=3)
    match instead.lower():
        case "zero":
            return zeros_for(output)
        case "none":
            return None
        case "disconnected":
            return disconnected_type()
    raise ValueError(
        "Invalid value for keyword 'return_disconnected', valid values are 'zero', 'None' and 'Disconnected'.\n"
        f"    Found {instead!r}."
    )


def _several(given: Any) -> list:
    return list(given) if isinstance(given, (list, tuple)) else [given]
