"""Reverse mode: the gradient of a cost, by the chain rule from the cost back to the variables asked for.

With dv = d cost / d v, the cotangent of a variable v:

    dcost = 1,    dv = sum over uses of v as input i of a node:  L_op(inputs, outputs, cotangents of outputs)[i]

The cost is real.  The cotangent of a complex z = u + iv is

    dz = d cost / d u + i d cost / d v,

the direction in which the cost grows fastest; so z -= rate * dz descends.  For w = f(z) with the complex derivative f',
dz = conj(f'(z)) dw; for w = conj(z), dz = conj(dw); of real w = u and v, dz is dw and i dw (``theano.scalar.chain``).

Only nodes between the variables asked for and the cost are differentiated, each once.

Within a branch of a choice (``theano.graph.guard``) cotangents hold only where it is taken.  Where they leave it, the
choice is made again, with zeros in the other branch: so what is computed backwards belongs to the branch too::

    y = ifelse(c, f(x), x),   dx = ifelse(c, L_op of f (dy), dy)
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from theano.configuration import config
from theano.gradient.types import (
    DisconnectedInputError,
    DisconnectedType,
    NullType,
    NullTypeGradError,
    disconnected_type,
    grad_not_implemented,
    is_cotangent,
)
from theano.graph import Apply, Constant, MethodNotDefined, Op, Variable, inherited_origin
from theano.graph.collection import paused_collection
from theano.graph.guard import Guard, Guards
from theano.graph.subgraph import connection_pattern
from theano.graph.walk import io_toposort
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.scalar.complex import real
from theano.scalar.function import UNDEFINED, ScalarFunction, ScalarOp
from theano.scalar.type import ScalarType
from theano.tensor.alloc import filled_like
from theano.tensor.elemwise import Elemwise, elemwise_of, zeros_of_gradient
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import TensorType


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
    """The gradient of ``cost`` with respect to ``wrt``, as expressions.

    cost                 a 0-d real variable; None when ``known_grads`` say all
    wrt                  a variable, or a list or tuple of them: the result is of the same kind
    consider_constant    variables behind which nothing is differentiated
    disconnected_inputs  when the cost does not depend on a variable of wrt: "raise", "warn" or "ignore"
    add_names            call the gradient of x "(dcost/dx)" when both have names
    known_grads          cotangents of some variables, from which to go on
    return_disconnected  what to return where the cost does not depend: "zero" zeros in the shape of the variable,
                         "none" None, "disconnected" a variable of DisconnectedType
    null_gradients       where the gradient is undefined or not implemented: "raise", or "return" a NullType variable

    >>> import theano.tensor as T
    >>> x = T.dscalar("x")
    >>> dx = T.grad(x ** 2, x)                        # 2 x

    Raises TypeError when the cost is not a real scalar, DisconnectedInputError (a ValueError) and
    NullTypeGradError (a TypeError) as told above.
    """
    wanted = list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]
    _check_choice("disconnected_inputs", disconnected_inputs, ("ignore", "warn", "raise"))
    _check_choice("null_gradients", null_gradients, ("raise", "return"))
    return_disconnected = return_disconnected.lower()
    _check_choice("return_disconnected", return_disconnected, ("zero", "none", "disconnected"))
    for variable in wanted:
        if not isinstance(variable, Variable):
            raise TypeError(
                f"grad needs variables as wrt, found {variable!r} of type {type(variable).__name__}"
            )
    constants = _checked_constants(consider_constant)
    seeds = _seeds(cost, known_grads)
    cost_name = cost.name if add_names and cost is not None else None
    with paused_collection():
        found = cotangents_of(wanted, seeds, constants, cost_name)

    results: list[Variable | None] = []
    for variable in wanted:
        gradient = found[variable]
        if isinstance(gradient.type, NullType) and null_gradients == "raise":
            raise NullTypeGradError(f"grad encountered an undefined gradient: {gradient.type.why_null}")
        if not isinstance(gradient.type, DisconnectedType):
            results.append(gradient)
            continue
        _react_to_disconnected(cost, variable, disconnected_inputs)
        match return_disconnected:
            case "zero":
                results.append(zeros_for(variable))
            case "none":
                results.append(None)
            case _:
                results.append(gradient)
    return format_as(isinstance(wrt, list), isinstance(wrt, tuple), results)


def format_as(use_list: bool, use_tuple: bool, outputs: Any) -> Any:
    """``outputs`` as a list, as a tuple, or alone."""
    assert not (use_list and use_tuple), "Both flags cannot be simultaneously True"
    if not isinstance(outputs, (list, tuple)):
        outputs = [outputs]
    if use_list or use_tuple:
        return list(outputs) if use_list else tuple(outputs)
    assert len(outputs) == 1, (
        f"Wrong arguments: {len(outputs)} outputs, and neither a list nor a tuple is asked for"
    )
    return outputs[0]


def subgraph_grad(
    wrt: Sequence[Variable],
    end: Sequence[Variable],
    start: Mapping[Variable, Variable] | None = None,
    cost: Variable | None = None,
    details: bool = False,
) -> tuple:
    """Gradients through a part of a graph: from ``start`` (and ``cost``) back to ``end``.

    wrt    parameters within the part
    end    variables behind which nothing is differentiated; their cotangents are the ``start`` of the next part
    start  cotangents of the part's results
    cost   what the part itself costs

    Returns (gradients of wrt, cotangents of end); with ``details`` also those from start and from cost alone.
    """
    assert cost is not None or isinstance(start, Mapping), (
        "subgraph_grad needs a cost, a dict of cotangents, or both"
    )
    assert isinstance(end, list) and isinstance(wrt, list), "subgraph_grad needs lists for wrt and end"
    variables = list(dict.fromkeys([*wrt, *end]))

    def gradients(of: Variable | None, known: Mapping[Variable, Variable] | None) -> list:
        return grad(of, variables, consider_constant=end, disconnected_inputs="ignore", known_grads=known)

    start_grads = None if start is None else gradients(None, start)
    cost_grads = None if cost is None else gradients(cost, None)
    if start_grads is None or cost_grads is None:
        total = cost_grads if start_grads is None else start_grads
    else:
        total = [a + b for a, b in zip(start_grads, cost_grads, strict=True)]
    gradient_of = dict(zip(variables, total, strict=True))  # type: ignore[arg-type]
    result = [gradient_of[v] for v in wrt], [gradient_of[v] for v in end]
    return (*result, start_grads, cost_grads) if details else result


# -- the walk back -----------------------------------------------------------------------------------------------------


def cotangents_of(
    wanted: Sequence[Variable],
    seeds: Mapping[Variable, Variable],
    constants: Iterable[Variable] = (),
    cost_name: str | None = None,
) -> dict[Variable, Variable]:
    """The cotangents of ``wanted``, given those of ``seeds``; of DisconnectedType where nothing flows."""
    blocked = set(constants)
    order = io_toposort(blocked, seeds)
    patterns = _connected_patterns(order, set(wanted))
    guards = Guards(order, [*wanted, *seeds])
    terms: dict[Variable, dict[Guard | None, list[Variable]]] = {}  # what the uses of a variable contribute, by guard
    total: dict[Variable, Variable] = dict(seeds)

    def cotangent(v: Variable) -> Variable:
        if v not in total:
            total[v] = _sum(v, _brought_out(v, terms.pop(v, {}), guards), cost_name)
        return total[v]

    for node in reversed(order):
        pattern = patterns.get(node)
        if pattern is None:
            continue
        douts = [
            disconnected_type() if o in blocked and o not in seeds else cotangent(o) for o in node.outputs
        ]
        with inherited_origin(node.origin):
            for position, dx in _input_cotangents(node, pattern, douts):
                x, use = node.inputs[position], guards.of_use(node, position)
                if use is not None and use is guards.of(x) is not guards.of_node(node):
                    dx = _chosen(use, dx, None, x)  # of the shape of x also where another branch is taken
                terms.setdefault(x, {}).setdefault(use, []).append(dx)
    return {v: cotangent(v) for v in wanted}


def _brought_out(v: Variable, terms: dict[Guard | None, list[Variable]], guards: Guards) -> list[Variable]:
    """Terms of the cotangent of ``v`` that hold wherever ``v`` is computed, from terms that hold under guards."""
    own = guards.of(v)
    while inner := [guard for guard in terms if guard is not None and guard is not own]:
        guard = max(inner, key=lambda g: g.depth)
        d, other = (_sum(v, terms.pop(g, ()), None) for g in (guard, guards.other_side(guard)))
        outer = terms.setdefault(guard.parent, [])
        outer.append(_chosen(guard, d, None if isinstance(other.type, DisconnectedType) else other, v))
    return terms.get(own, [])


def _chosen(guard: Guard, d: Variable, other: Variable | None, v: Variable) -> Variable:
    """The cotangent of ``v`` that is ``d`` under the guard, else ``other`` or zeros."""
    for term in (d, other):
        if term is not None and not is_cotangent(term):
            return term
    there, elsewhere = (d, other) if guard.side else (other, d)
    return guard.op.choose(guard.condition, there, elsewhere, v)  # type: ignore[attr-defined]


def _connected_patterns(order: Sequence[Apply], wanted: set[Variable]) -> dict[Apply, list[list[bool]]]:
    """Nodes through which some wanted variable acts, with [input][output] -> whether it does so there."""
    reached = set(wanted)
    patterns: dict[Apply, list[list[bool]]] = {}
    for node in order:
        if not any(v in reached for v in node.inputs):
            continue
        declared = connection_pattern(node)
        pattern = [
            row if v in reached else [False] * len(row) for v, row in zip(node.inputs, declared, strict=True)
        ]
        outputs = [o for position, o in enumerate(node.outputs) if any(row[position] for row in pattern)]
        if outputs:
            patterns[node] = pattern
            reached.update(outputs)
    return patterns


def _input_cotangents(
    node: Apply, pattern: Sequence[Sequence[bool]], douts: list[Variable]
) -> list[tuple[int, Variable]]:
    """(position, cotangent) for the inputs through which ``node`` connects, as far as something flows."""
    found: list[tuple[int, Variable]] = []
    open_inputs = []
    for position, (x, row) in enumerate(zip(node.inputs, pattern, strict=True)):
        uses = [
            (o, d)
            for o, d, connected in zip(node.outputs, douts, row, strict=True)
            if connected and not isinstance(d.type, DisconnectedType)
        ]
        null = next((d for _, d in uses if isinstance(d.type, NullType)), None)
        if null is not None:
            found.append((position, null))
        elif uses and all(_is_discrete(o) for o, _ in uses):
            found.append((position, zeros_for(x)))  # steps: flat almost everywhere
        elif uses:
            open_inputs.append(position)
    if not open_inputs:
        return found
    # a null cotangent of one output must not disturb inputs that are connected to others only
    usable = [
        disconnected_type() if isinstance(d.type, NullType) else _in_dtype(d, o)
        for d, o in zip(douts, node.outputs, strict=True)
    ]
    dxs = _call_L_op(node, usable, open_inputs)
    for position in open_inputs:
        dx = _checked(node, position, dxs[position])
        if dx is not None:
            found.append((position, dx))
    return found


def _call_L_op(node: Apply, douts: list[Variable], wanted: Sequence[int]) -> Sequence[Any]:
    """A term for each input; those at positions that are not wanted may be anything."""
    op = node.op
    try:
        if type(op) is Elemwise and isinstance(op.scalar_op, ScalarFunction):
            return op.cotangents_of(wanted, node.inputs, node.outputs, douts)
        if hasattr(op, "branches"):
            return op.cotangents_where_chosen(node.inputs, douts)  # type: ignore[attr-defined]
        # a class of the user that does not derive from Op may have the older method only
        L_op = getattr(op, "L_op", None)
        dxs = L_op(node.inputs, node.outputs, douts) if L_op is not None else op.grad(node.inputs, douts)
    except MethodNotDefined as problem:
        raise type(problem)(f"{_place(node)}: {problem}") from problem
    if not isinstance(dxs, (list, tuple)):
        raise TypeError(
            f"{_place(node)}: L_op returned {type(dxs).__name__}, expected a list with a term for each input"
        )
    if len(dxs) != len(node.inputs):
        raise ValueError(
            f"{_place(node)}: L_op returned the wrong number of gradient terms, {len(dxs)} for {len(node.inputs)} inputs"
        )
    return dxs


def _checked(node: Apply, position: int, dx: Any) -> Variable | None:
    """A term from L_op, fit for the input at ``position``; None where nothing flows."""
    x = node.inputs[position]
    if dx is None and isinstance(node.op, ScalarOp):
        return None  # a partial derivative that is zero everywhere
    if dx is UNDEFINED:
        return grad_not_implemented(node.op, position, x)
    if dx is None:
        raise TypeError(
            f"{_place(node)}: L_op returned None for input {position}, which connection_pattern calls connected. "
            "Return zeros_like(input), DisconnectedType()(), or grad_undefined or grad_not_implemented of theano.gradient"
        )
    if not isinstance(dx, Variable):
        raise TypeError(f"{_place(node)}: L_op returned {dx!r} for input {position}, expected a variable")
    if isinstance(dx.type, DisconnectedType):
        return None
    return _fitted(x, dx, node)


def _in_dtype(dout: Variable, output: Variable) -> Variable:
    """A cotangent in the dtype of its variable, as an L_op expects it; at the end of the way it keeps its own."""
    dtype, wanted = getattr(dout.type, "dtype", None), getattr(output.type, "dtype", None)
    if dtype is not None and dtype != wanted and wanted in dtypes.CONTINUOUS:
        return elemwise_of(casts[wanted])(dout)  # type: ignore[index]
    return dout


def _fitted(x: Variable, dx: Variable, node: Apply | None) -> Variable:
    """``dx``, which comes from the L_op of ``node`` or from known_grads, in the dimensions of ``x``, and real where that is."""
    if isinstance(dx.type, NullType):
        return dx
    dtype, wanted = getattr(dx.type, "dtype", None), getattr(x.type, "dtype", None)
    if dtype in dtypes.DISCRETE:
        raise TypeError(
            f"{_source(node)} gave a cotangent of the discrete type {dx.type} for {x} of type {x.type}; make it float"
        )
    if not isinstance(dx.type, TensorType) or not isinstance(x.type, TensorType):
        return dx
    if dx.type.ndim != x.type.ndim:
        raise ValueError(
            f"{_source(node)} gave a cotangent of {dx.type.ndim} dimensions, {x.type.ndim} are needed for {x} of "
            f"type {x.type}"
        )
    if dtype in dtypes.COMPLEX and wanted in dtypes.FLOAT:
        dx = elemwise_of(real)(dx)
    if dx.type.broadcastable != x.type.broadcastable:  # type: ignore[attr-defined]
        dx = patternbroadcast(dx, x.type.broadcastable)
    return dx


def _sum(v: Variable, terms: Sequence[Variable], cost_name: str | None) -> Variable:
    """The sum of contributions; null if one is, disconnected if there are none."""
    if not terms:
        return disconnected_type()
    total = terms[0]
    for term in terms:
        if isinstance(term.type, NullType):
            return term
    for term in terms[1:]:
        total = total + term  # type: ignore[operator]
    if (
        cost_name is not None
        and v.name is not None
        and total.name is None
        and not isinstance(total, Constant)
    ):
        total.name = f"(d{cost_name}/d{v.name})"
    return total


def zeros_for(x: Variable) -> Variable:
    """A cotangent of zeros for ``x``, in floatX where its dtype is discrete."""
    if isinstance(x.type, TensorType):
        return zeros_of_gradient(x)
    if isinstance(x.type, ScalarType):
        return ScalarType(config.floatX if _is_discrete(x) else x.type.dtype).make_constant(0)
    zeros_like = getattr(x, "zeros_like", None)
    if zeros_like is None:
        raise TypeError(f"there is no gradient for {x} of type {x.type}")
    return zeros_like()


def _is_discrete(v: Variable) -> bool:
    return getattr(v.type, "dtype", None) in dtypes.DISCRETE


# -- arguments and messages --------------------------------------------------------------------------------------------


def _seeds(
    cost: Variable | None, known_grads: Mapping[Variable, Variable] | None
) -> dict[Variable, Variable]:
    if cost is None and known_grads is None:
        raise ValueError("grad needs a cost, or known_grads, or both")
    seeds: dict[Variable, Variable] = {}
    if cost is not None:
        _check_cost(cost)
        seeds[cost] = filled_like(cost, 1, "floatX" if _is_discrete(cost) else None)
    for variable, given in (known_grads or {}).items():
        if not isinstance(given, Variable):
            raise TypeError(
                f"known_grads must be variables, found {given!r} of type {type(given).__name__} for {variable}: "
                "make it one with T.as_tensor_variable"
            )
        if is_cotangent(given):
            given = _fitted(variable, given, None)
        seeds[variable] = given
    return seeds


def _check_cost(cost: Any) -> None:
    if not isinstance(cost, Variable):
        raise TypeError(f"cost must be a variable, found {cost!r} of type {type(cost).__name__}")
    place = f", made at {cost.origin}" if cost.origin is not None else ""
    if isinstance(cost.type, NullType):
        raise ValueError(f"Cannot differentiate a cost without a value: {cost.type.why_null}")
    ndim = getattr(cost.type, "ndim", None)
    if ndim != 0:
        dimensions = f", of {ndim} dimensions" if ndim is not None else ""
        raise TypeError(
            f"cost must be a scalar.\n    Found {cost} of type {cost.type}{dimensions}{place}: "
            "reduce it first, for instance with .sum() or .mean()"
        )
    if getattr(cost.type, "dtype", None) in dtypes.COMPLEX:
        raise TypeError(
            f"cost must be real, found {cost} of type {cost.type}{place}: take its abs, real or imag"
        )


def _checked_constants(consider_constant: Iterable[Variable] | None) -> list[Variable]:
    if consider_constant is None:
        return []
    if isinstance(consider_constant, Variable) or not isinstance(consider_constant, Iterable):
        raise TypeError(f"consider_constant must be an iterable collection, got {type(consider_constant)}")
    constants = list(consider_constant)
    for variable in constants:
        if not isinstance(variable, Variable):
            raise TypeError(f"Elements of consider_constant must be variables, got {type(variable)}")
    return constants


def _check_choice(keyword: str, value: Any, valid: Sequence[str]) -> None:
    if value not in valid:
        names = ", ".join(f"'{v}'" for v in valid[:-1]) + f" and '{valid[-1]}'"
        raise ValueError(f"Invalid value for keyword '{keyword}', valid values are {names}.\n    Found {value!r}.")


def _react_to_disconnected(cost: Variable | None, variable: Variable, reaction: str) -> None:
    if reaction == "ignore":
        return
    made = f", made at {variable.origin}" if variable.origin is not None else ""
    of = "the known gradients" if cost is None else f"the cost {cost}"
    message = (
        f"grad was asked for the gradient with respect to {variable} of type {variable.type}{made}, but {of} "
        "does not depend on it, or only through operations that let no gradient pass (shapes, indices, disconnected_grad). "
        "Pass disconnected_inputs='ignore' to get zeros."
    )
    if reaction == "warn":
        warnings.warn(message, stacklevel=3)
        return
    raise DisconnectedInputError(message)


def _source(node: Apply | None) -> str:
    return "known_grads" if node is None else f"{_place(node)}: L_op"


def _place(node: Apply) -> str:
    """An application in words: op, types, and the user's line."""
    op: Op = node.op
    types = ", ".join(str(v.type) for v in node.inputs)
    made = f" made at {node.origin}" if node.origin is not None else ""
    return f"gradient of {op}({types}){made}"
