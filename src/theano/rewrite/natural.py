"""Rules about lengths, which are never negative: comparisons of them are decided, and slices of a whole axis vanish.

They are what inferring the shapes of parts and of reshaped arrays leaves behind.
"""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Apply, Constant, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.terms import filled, function_of, is_length, number_in, pattern_of
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.scalar_conversion import ScalarFromTensor, TensorFromScalar
from theano.tensor.shape import Shape_i
from theano.tensor.subtensor import Subtensor, basic

natural = RuleBook("natural")  # a part of canonicalize

_DEEPEST = 6  # applications that a number is followed through
_KEEPING = {scalar.add, scalar.mul, scalar.minimum, *casts.values()}  # natural where all of their arguments are


def is_natural(v: Variable, deepest: int = _DEEPEST) -> bool:
    """Whether a 0-d integer is known not to be negative: a length, or sums and products of such."""
    if isinstance(v, Constant):
        value = v.data if not hasattr(v.type, "broadcastable") else number_in(v)
        return value is not None and bool(value >= 0)
    owner = v.owner
    if owner is None or deepest == 0 or v.type.dtype not in dtypes.INTEGER:  # type: ignore[attr-defined]
        return False
    if type(owner.op) is Shape_i:
        return True
    if type(owner.op) in (ScalarFromTensor, TensorFromScalar):
        return is_natural(owner.inputs[0], deepest - 1)
    function = function_of(v)
    if function in _KEEPING:
        return all(is_natural(x, deepest - 1) for x in owner.inputs)
    if function is scalar.maximum:
        return any(is_natural(x, deepest - 1) for x in owner.inputs)
    if function is scalar.switch:
        return all(is_natural(x, deepest - 1) for x in owner.inputs[1:])
    return False


def _number_below(v: Variable) -> Any:
    """The number that a 0-d ``v`` is known to be, where that is at most 0."""
    value = number_in(v) if not pattern_of(v) else None
    return None if value is None or value > 0 else value


@natural.on(scalar.lt, scalar.ge)
def natural_below_zero(node: Apply) -> Variable | None:
    """n < c -> False;  n >= c -> True: for a length n and a number c <= 0"""
    n, c = node.inputs
    if _number_below(c) is None or not is_natural(n):
        return None
    return filled(node.outputs[0], int(node.op.scalar_op is scalar.ge), [])  # type: ignore[attr-defined]


@natural.on(scalar.eq, scalar.neq)
def natural_is_negative(node: Apply) -> Variable | None:
    """n == c -> False;  n != c -> True: for a length n and a number c < 0"""
    n, c = node.inputs
    value = _number_below(c)
    if value is None or value == 0 or not is_natural(n):
        return None
    return filled(node.outputs[0], int(node.op.scalar_op is scalar.neq), [])  # type: ignore[attr-defined]


@natural.on(scalar.maximum)
def natural_at_least_zero(node: Apply) -> Variable | None:
    """maximum(n, c) -> n, for a length n and a number c <= 0"""
    if len(node.inputs) != 2:
        return None
    for n, c in (node.inputs, node.inputs[::-1]):
        if _number_below(c) is not None and is_natural(n):
            return filled(node.outputs[0], n, [])
    return None


@natural.on(Subtensor)
def slice_of_everything(node: Apply) -> Variable | None:
    """x[:n] -> x, where n is the length of x"""
    x, *numbers = node.inputs
    given = list(node.op.indices(numbers))  # type: ignore[attr-defined]
    plain = [_without_end(x, axis, index) for axis, index in enumerate(given)]
    if all(a is b for a, b in zip(plain, given, strict=True)):
        return None
    return basic(x, plain) if any(index != slice(None) for index in plain) else x


def _without_end(x: Variable, axis: int, index: Any) -> Any:
    """The index of an axis, without the end of a slice where that is the end of the axis."""
    if not isinstance(index, slice) or index.stop is None or index.start is not None or index.step is not None:
        return index
    stop = index.stop
    if stop.owner is not None and type(stop.owner.op) is ScalarFromTensor:
        stop = stop.owner.inputs[0]
    return slice(None) if is_length(stop, x, axis) else index
