"""Lowering of searches in vectors that are in ascending order."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower
from theano.loops.definitions import Definition, Fold
from theano.loops.expressions import INDEX, Carried, Expression, Literal, apply, axes_of
from theano.scalar import dtype as dtypes
from theano.tensor.search import SearchsortedOp


@lower.register
def lower_searchsorted(op: SearchsortedOp, node: Any, x: Definition, v: Definition, *sorter: Definition) -> Any:
    """(low, high)[i] = (0, n), halved until both are the first k with x[k] >= v[i], or > of side "right"

    middle = (low + high) / 2; low becomes middle + 1 where x[middle] comes before v[i], else high becomes middle.  So
    many times as n has binary digits; once both are equal, low stays.  What is carried instead of high is n - high.
    """
    dtype = dtypes.upcast(x.dtype, v.dtype)
    if sorter or dtype in dtypes.COMPLEX:
        return None
    n = x.shape[0]
    low, cut = Carried(0, INDEX), Carried(1, INDEX)
    high = n - cut
    middle = apply(scalar.minimum, (low + high) // 2, n - 1)
    tried, wanted = converted(x[middle], dtype), converted(v[axes_of(v.ndim)], dtype)
    if op.side == "left":
        goes_on = _comes_before(tried, wanted)
    else:
        goes_on = apply(scalar.eq, _comes_before(wanted, tried), Literal(False, "bool"))
    goes_on = apply(scalar.and_, goes_on, apply(scalar.lt, low, high))
    return Fold(
        INDEX,
        v.shape,
        extents=(_digits(n),),
        initial=(Literal(0), Literal(0)),
        following=(apply(scalar.switch, goes_on, middle + 1, low), apply(scalar.switch, goes_on, cut, n - middle)),
        origin=node,
    )


def _comes_before(a: Expression, b: Expression) -> Expression:
    """a < b in the order of sorted arrays, where NaN comes last."""
    is_less = apply(scalar.lt, a, b)
    if a.dtype not in dtypes.FLOAT:
        return is_less
    return apply(scalar.or_, is_less, apply(scalar.and_, apply(scalar.neq, b, b), apply(scalar.eq, a, a)))


def _digits(n: Expression) -> Expression:
    """At least the number of binary digits of n, and 0 where n is."""
    logarithm = apply(scalar.log2, converted(apply(scalar.maximum, n, 1), "float64"))
    return apply(scalar.switch, apply(scalar.eq, n, 0), 0, converted(logarithm, INDEX) + 2)
