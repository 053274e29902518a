"""What is known of a matrix from the way it was made, or because the program says so.

What ops of linear algebra say of their results stands in ``linear_algebra_facts``.  Each question is followed through
a few applications only, so that it costs a constant.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theano import scalar
from theano.data_classes import dataclass
from theano.graph import Constant, Variable
from theano.late import dispatched
from theano.rewrite.terms import factors_of, function_of, is_number, number_in, pattern_of, terms_of
from theano.scalar import erfc, erfcx, exp, sigmoid, softplus
from theano.tensor.alloc import Eye, Tri
from theano.tensor.diagonal import AllocDiag
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.static_value import known_integer

_DEEPEST = 4  # applications that a question is followed through


def op_of(v: Variable) -> Any:
    """The op that makes ``v``, or None."""
    return None if v.owner is None else v.owner.op


@dataclass(frozen=True)
class Said:
    """What an op says of a matrix that it makes.

    facts  their names, as ``Hint`` has them, and "orthogonal"
    like   a matrix that is triangular, or symmetric, where this one is
    """

    facts: frozenset[str] = frozenset()
    like: Variable | None = None


NOTHING = Said()
_MODULES = ("cholesky", "eigen", "hint", "inverse", "orthogonal")


@dispatched({f"theano.tensor.linalg.{name}": "theano.rewrite.linear_algebra_facts" for name in _MODULES})
def said_by(op: Any, v: Variable) -> Said:
    """What ``op`` says of ``v``, which is one of its outputs."""
    return NOTHING


def is_said(v: Variable, *names: str) -> bool:
    """Whether one of these things is said of ``v`` by the op that makes it."""
    return not said_by(op_of(v), v).facts.isdisjoint(names)


def transposed(v: Variable) -> Variable | None:
    """x where ``v`` is the transpose of the matrix x, or of each of an array."""
    op = op_of(v)
    if not isinstance(op, DimShuffle) or len(op.new_order) < 2:
        return None
    return v.owner.inputs[0] if op.new_order == _exchanged(len(op.new_order)) else None  # type: ignore[union-attr]


def transpose_of(v: Variable) -> Variable:
    """The transpose of a matrix, or of each of an array; of a transpose, the matrix."""
    inner = transposed(v)
    return DimShuffle(pattern_of(v), _exchanged(len(pattern_of(v))))(v) if inner is None else inner


def _exchanged(ndim: int) -> tuple[int, ...]:
    return (*range(ndim - 2), ndim - 1, ndim - 2)


def triangle(v: Variable) -> str | None:
    """ "lower" or "upper" where ``v`` is known to have only zeros beyond that triangle; a diagonal matrix is lower."""
    is_lower = True
    for _ in range(_DEEPEST):
        inner, like = transposed(v), said_by(op_of(v), v).like
        if inner is not None:
            v, is_lower = inner, not is_lower
        elif like is not None:
            v = like
    found = True if is_diagonal(v) else _triangle(v)
    return None if found is None else "lower" if found is is_lower else "upper"


def is_diagonal(v: Variable) -> bool:
    """Whether ``v`` is known to have only zeros beside its diagonal."""
    op = op_of(v)
    if isinstance(op, AllocDiag):
        return op.offset == 0 and len(pattern_of(v)) == 2
    return is_said(v, "diagonal") or (isinstance(op, Eye) and _is_positive_diagonal(v))


def is_orthogonal(v: Variable) -> bool:
    """Whether the square matrix ``v`` is known to have its transpose as inverse: told so, or made by eigh, qr, svd.

    Of qr and svd those results are meant that are square whatever the shape of what they are of.
    """
    inner = transposed(v)
    return is_said(v if inner is None else inner, "orthogonal")


def _triangle(v: Variable) -> bool | None:
    """Whether ``v`` is lower, or else upper, triangular; None if it may be neither."""
    if is_said(v, "lower_triangular", "upper_triangular"):
        return is_said(v, "lower_triangular")
    if function_of(v) is scalar.mul:
        for factor in v.owner.inputs:  # type: ignore[union-attr]
            if _last_diagonal(factor, 0) is not None and _last_diagonal(factor, 0) <= 0:  # type: ignore[operator]
                return True
            if function_of(factor) is scalar.sub and is_number(factor.owner.inputs[0], 1):  # type: ignore
                last = _last_diagonal(factor.owner.inputs[1], 1)  # type: ignore[union-attr]
                if last is not None and last >= -1:
                    return False
    return None


def _last_diagonal(v: Variable, position: int) -> int | None:
    """The last diagonal with ones where ``v`` is Tri: zeros are above it."""
    return known_integer(v.owner.inputs[2]) if isinstance(op_of(v), Tri) else None  # type: ignore[union-attr]


def is_symmetric(v: Variable, depth: int = _DEEPEST) -> bool:
    """Whether the matrix ``v`` is known to be its own transpose."""
    if is_said(v, "symmetric", "psd") or is_diagonal(v):
        return True
    op = op_of(v)
    if depth == 0 or op is None:
        return False
    like = said_by(op, v).like
    inner = transposed(v) if like is None else like
    if inner is not None:
        return is_symmetric(inner, depth - 1)
    if function_of(v) in (scalar.add, scalar.sub):
        return all(is_symmetric(t, depth - 1) for t, _ in terms_of(v))
    return is_semidefinite(v, depth)


def is_semidefinite(v: Variable, depth: int = _DEEPEST) -> bool:
    """Whether the matrix ``v`` is known to be symmetric without negative eigenvalues: x.T x, sums, and multiples."""
    if is_said(v, "psd") or _is_positive_diagonal(v):
        return True
    op = op_of(v)
    if depth == 0 or op is None:
        return False
    if isinstance(op, Dot):
        x, y = v.owner.inputs  # type: ignore[union-attr]
        return transposed(x) is y or transposed(y) is x
    if function_of(v) is scalar.add:
        return all(sign > 0 and is_semidefinite(t, depth - 1) for t, sign in terms_of(v))
    rest = _scaled(v)
    return rest is not None and is_semidefinite(rest, depth - 1)


def is_positive_definite(v: Variable, depth: int = _DEEPEST) -> bool:
    """Whether the matrix ``v`` is known to be positive definite: told so, or x.T x with something on the diagonal."""
    if is_said(v, "psd") or _is_positive_diagonal(v):
        return True
    if depth == 0 or v.owner is None:
        return False
    if function_of(v) is scalar.add:
        terms = [t for t, sign in terms_of(v) if sign > 0]
        return (
            len(terms) == len(terms_of(v))
            and all(is_semidefinite(t, depth - 1) for t in terms)
            and any(is_positive_definite(t, depth - 1) for t in terms)
        )
    rest = _scaled(v)
    return rest is not None and is_positive_definite(rest, depth - 1)


def _scaled(v: Variable) -> Variable | None:
    """x where ``v`` is a positive number times the matrix x."""
    factors, sign = factors_of(v)
    matrices = [w for w, e in factors if not all(pattern_of(w))]
    if sign < 0 or len(factors) < 2 or len(matrices) != 1:
        return None
    (x,) = matrices
    if any(w is x and e < 0 for w, e in factors):
        return None
    return x if all(w is x or _is_positive(w) for w, _ in factors) else None


def _is_positive(v: Variable) -> bool:
    """Whether all elements of ``v`` are known to be positive."""
    value = number_in(v)
    if value is not None:
        return bool(value > 0)
    while isinstance(op_of(v), DimShuffle):
        v = v.owner.inputs[0]  # type: ignore[union-attr]
    return function_of(v) in (exp, sigmoid, softplus, erfc, erfcx) or is_said(v, "positive")


def _is_positive_diagonal(v: Variable) -> bool:
    """Whether ``v`` is an identity, a constant diagonal matrix with positive entries, or made of positive ones."""
    op = op_of(v)
    if isinstance(op, Eye):
        n, m, k = v.owner.inputs  # type: ignore[union-attr]
        return known_integer(k) == 0 and (n is m or known_integer(n) == known_integer(m) is not None)
    if isinstance(op, AllocDiag):
        return op.offset == 0 and _is_positive(v.owner.inputs[0])  # type: ignore[union-attr]
    if not isinstance(v, Constant) or len(pattern_of(v)) != 2 or v.data.shape[0] != v.data.shape[1]:
        return False
    entries = np.diagonal(v.data)
    return bool((entries > 0).all()) and np.array_equal(v.data, np.diag(entries))
