"""IfElse: a choice between values, of which only those chosen are computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.gradient.types import DisconnectedType, NullType
from theano.graph import Apply, Constant, Op, Variable
from theano.graph.walk import equal_computations
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import zeros_like
from theano.tensor.batching import Application, Batched, batched
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of, zeros_of_gradient
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import Shape_i
from theano.tensor.type import TensorType


class IfElse(Op):
    """out[k] = then[k] if condition else otherwise[k], k = 0 .. n_outs - 1; what only one branch needs is not computed
    unless it is chosen.

    inputs  condition, 0-d, 0 is false; the values of one branch, then those of the other, of any types, alike in pairs
            but for which lengths are known to be 1
    out     of the type of the pair
    vjp     where the condition holds dout flows to the first branch, else to the second; the other gets zeros

    ``as_view`` and ``gpu`` are taken for old programs; they mean nothing, since storage is decided last.
    """

    __props__ = ("n_outs",)

    def __init__(self, n_outs: int, as_view: bool = False, gpu: bool = False, name: str | None = None) -> None:
        self.n_outs = n_outs
        self.as_view = as_view
        self.gpu = gpu
        self.name = name

    def make_node(self, condition: Any, *values: Any) -> Apply:
        if len(values) != 2 * self.n_outs:
            raise ValueError(f"{self} needs a condition and {2 * self.n_outs} values, found {len(values)} values")
        condition = _as_condition(condition)
        pairs = [_alike(a, b) for a, b in zip(values[: self.n_outs], values[self.n_outs :], strict=True)]
        return Apply(self, [condition, *(a for a, _ in pairs), *(b for _, b in pairs)], [a.type() for a, _ in pairs])

    def split(self, inputs: Sequence[Any]) -> tuple[Any, Sequence[Any], Sequence[Any]]:
        """The condition, the values where it holds, the values where it does not."""
        return inputs[0], inputs[1 : 1 + self.n_outs], inputs[1 + self.n_outs :]

    def branches(self, node: Apply) -> tuple[Variable, list[bool | None]]:
        """The condition, and for each input under which truth of it alone it is used."""
        return node.inputs[0], [None, *[True] * self.n_outs, *[False] * self.n_outs]

    def choose(self, condition: Variable, there: Variable | None, elsewhere: Variable | None, like: Variable) -> Variable:
        """A cotangent of ``like``: what is known of it in either branch, zeros where nothing is."""
        known = [d for d in (there, elsewhere) if d is not None]
        if not isinstance(known[0].type, TensorType):
            return IfElse(1)(condition, *(like.zeros_like() if d is None else d for d in (there, elsewhere)))  # type: ignore
        dtype = str(np.result_type(*(d.type.dtype for d in known)))  # type: ignore[attr-defined]
        return IfElse(1)(condition, *(_in_dtype(zeros_like(like) if d is None else d, dtype) for d in (there, elsewhere)))

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        condition, there, elsewhere = self.split(inputs)
        for cell, value in zip(outputs, there if condition else elsewhere, strict=True):
            cell[0] = value

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        """Lengths that both branches have in common; the others only the result tells."""
        _, there, elsewhere = self.split(shapes)
        return [
            None if a is None else common_lengths(out, a, b)
            for out, a, b in zip(node.outputs, there, elsewhere, strict=True)
        ]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        """The condition has an influence, though its gradient is zero; a value has one on its own output."""
        own = [[k == j for j in range(self.n_outs)] for k in range(self.n_outs)]
        return [[True] * self.n_outs, *own, *own]

    def cotangents_where_chosen(
        self, inputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Variable]:
        """Cotangents that hold only where an input is used; see ``branches``."""
        return [_zero_of_condition(inputs[0]), *cotangents, *cotangents]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Variable]:
        condition, there, elsewhere = self.split(inputs)

        def guarded(d: Variable, x: Variable, side: bool) -> Variable:
            if isinstance(d.type, (DisconnectedType, NullType)):
                return d
            return self.choose(condition, d if side else None, None if side else d, x)

        found = [guarded(d, x, True) for d, x in zip(cotangents, there, strict=True)]
        found += [guarded(d, x, False) for d, x in zip(cotangents, elsewhere, strict=True)]
        return [_zero_of_condition(condition), *found]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Variable | None]:
        condition, there, elsewhere = self.split(inputs)
        _, moved, moved_elsewhere = self.split(tangents)
        found: list[Variable | None] = []
        for x, y, t, u in zip(there, elsewhere, moved, moved_elsewhere, strict=True):
            if t is None and u is None:
                found.append(None)
                continue
            found.append(IfElse(1)(condition, zeros_of_gradient(x) if t is None else t, zeros_of_gradient(y) if u is None else u))
        return found

    def __str__(self) -> str:
        return f"if{{{self.name or ''}}}"


def ifelse(condition: Any, then_branch: Any, else_branch: Any, name: str | None = None) -> Any:
    """``then_branch`` if ``condition`` is not 0, else ``else_branch``: only what is chosen is computed.

    Parameters
    ----------
    condition
        A 0-d tensor or a number.  (For a choice element by element there is ``theano.tensor.switch``, which computes both.)
    then_branch, else_branch
        A variable or a number each, or lists or tuples of equal length.  Two values that stand for each other have the
        same type, and may be of different shapes; a number takes the dtype of its counterpart where that holds it.
    name
        What the choice is called when it is printed.

    Returns
    -------
    The chosen value, or a list or tuple of values as ``then_branch`` is one.

    Raises
    ------
    TypeError
        When the condition is not 0-d, or two values that stand for each other have different types.
    ValueError
        When the branches have different numbers of values.

    Notes
    -----
    A computation that anything else needs too is done in any case.  In a gradient as well only the branch that is
    chosen is computed, forwards and backwards.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> from theano.ifelse import ifelse
    >>> x = T.dvector("x")
    >>> f = theano.function([x], ifelse(T.gt(x.sum(), 0), T.log(x), x[:1]))
    >>> f([1.0, 1.0]).tolist(), f([-1.0, -1.0]).tolist()
    ([0.0, 0.0], [-1.0])
    """
    there, elsewhere = (list(b) if isinstance(b, (list, tuple)) else [b] for b in (then_branch, else_branch))
    if len(there) != len(elsewhere):
        raise ValueError(
            "The number of values on the `then` branch should have the same number of variables as the `else` branch : "
            f"(variables on `then` {len(there)}, variables on `else` {len(elsewhere)})"
        )
    chosen = IfElse(len(there), name=name)(condition, *there, *elsewhere, return_list=True)
    if isinstance(then_branch, tuple):
        return tuple(chosen)
    return chosen if isinstance(then_branch, list) else chosen[0]


def common_lengths(out: Variable, there: Sequence[Any], elsewhere: Sequence[Any]) -> tuple[Any, ...]:
    """The lengths of ``out``, which is of one of two shapes; those in which they differ are asked of it."""
    return tuple(
        n if _is_same_length(n, m) else Shape_i(axis)(out) for axis, (n, m) in enumerate(zip(there, elsewhere, strict=True))
    )


def _is_same_length(n: Any, m: Any) -> bool:
    if isinstance(n, Variable) and isinstance(m, Variable):
        return equal_computations([n], [m])
    return not isinstance(n, Variable) and not isinstance(m, Variable) and int(n) == int(m)


def _as_condition(condition: Any) -> Variable:
    condition = condition if isinstance(condition, Variable) else as_tensor_variable(condition)
    if getattr(condition.type, "ndim", None) != 0:
        raise TypeError(
            "Condition given to the op has to be a scalar with 0 standing for False, anything else for True\n"
            f"    Found {condition} of type {condition.type}{_place(condition)}.\n"
            "    hint: for a choice element by element there is theano.tensor.switch"
        )
    return as_tensor_variable(condition)


def _alike(there: Any, elsewhere: Any) -> tuple[Any, Any]:
    """Two values in one type."""
    a, b = (v if isinstance(v, Variable) else as_tensor_variable(v) for v in (there, elsewhere))
    a, b = _fitted_number(there, a, b), _fitted_number(elsewhere, b, a)
    if isinstance(a.type, TensorType) and isinstance(b.type, TensorType):
        if a.type.dtype == b.type.dtype and a.type.ndim == b.type.ndim:
            pattern = [p and q for p, q in zip(a.type.broadcastable, b.type.broadcastable, strict=True)]
            a, b = patternbroadcast(a, pattern), patternbroadcast(b, pattern)
    if a.type != b.type:
        raise TypeError(
            f"The two branches should have identical types, but they are {a.type} and {b.type} respectively. This error "
            "could be raised if for example you provided a one element list on the `then` branch but a tensor on the "
            "`else` branch." + "".join(f"\n    {name}  {v} of type {v.type}{_place(v)}" for name, v in (("then", a), ("else", b)))
        )
    return a, b


def _place(v: Variable) -> str:
    return f", made at {v.origin}" if v.origin is not None else ""


def _fitted_number(given: Any, v: Variable, other: Variable) -> Variable:
    """A number that the user wrote, in the dtype of its counterpart if that holds every number of its own."""
    if isinstance(given, Variable) or not isinstance(v, Constant) or not isinstance(other.type, TensorType):
        return v
    dtype = other.type.dtype
    return as_tensor_variable(v.data.astype(dtype)) if np.can_cast(v.data.dtype, dtype, "safe") else v


def _in_dtype(d: Any, dtype: str) -> Variable:
    return d if d.type.dtype == dtype else elemwise_of(casts[dtype])(d)  # type: ignore[index]


def _zero_of_condition(condition: Any) -> Variable:
    dtype = condition.type.dtype if condition.type.dtype in dtypes.CONTINUOUS else config.floatX
    return as_tensor_variable(np.zeros((), dtype))


@batched.register(IfElse)
def choice(op: IfElse, a: Application) -> list[Any]:
    """The same branch for the whole batch."""
    condition = a.alone(0)
    found: list[Any] = []
    for k in range(1, op.n_outs + 1):
        pair = (k, k + op.n_outs)
        if any(isinstance(a.inputs[position], Batched) for position in pair):
            found.append(Batched(IfElse(1)(condition, *(a.full(position).variable for position in pair)), a.depth))
        else:
            found.append(IfElse(1)(condition, *(a.inputs[position] for position in pair)))
    return found
