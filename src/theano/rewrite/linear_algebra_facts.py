"""What ops of linear algebra say of the matrices that they make."""

from __future__ import annotations

from theano.graph import Variable
from theano.rewrite.facts import NOTHING, Said, said_by
from theano.tensor.linalg.cholesky import Cholesky, InverseFromFactor
from theano.tensor.linalg.eigen import Eigh
from theano.tensor.linalg.hint import Hint
from theano.tensor.linalg.inverse import MatrixInverse
from theano.tensor.linalg.orthogonal import QR, SVD

_LOWER, _UPPER = Said(frozenset(["lower_triangular"])), Said(frozenset(["upper_triangular"]))
_ORTHOGONAL, _SYMMETRIC = Said(frozenset(["orthogonal"])), Said(frozenset(["symmetric"]))


@said_by.register
def said_by_hint(op: Hint, v: Variable) -> Said:
    return Said(frozenset(name for name, holds in op.hints if holds))


@said_by.register
def said_by_cholesky(op: Cholesky, v: Variable) -> Said:
    return _LOWER if op.lower else _UPPER


@said_by.register
def said_by_inverse_from_factor(op: InverseFromFactor, v: Variable) -> Said:
    return _SYMMETRIC


@said_by.register
def said_by_inverse(op: MatrixInverse, v: Variable) -> Said:
    return Said(like=v.owner.inputs[0])  # type: ignore[union-attr]


@said_by.register
def said_by_eigh(op: Eigh, v: Variable) -> Said:
    return _ORTHOGONAL if v.index == 1 else NOTHING


@said_by.register
def said_by_qr(op: QR, v: Variable) -> Said:
    """q is square in mode "complete" alone."""
    if op.mode == "complete" and v.index == 0:
        return _ORTHOGONAL
    return _UPPER if op.mode != "raw" and v is v.owner.outputs[-1] else NOTHING  # type: ignore[union-attr]


@said_by.register
def said_by_svd(op: SVD, v: Variable) -> Said:
    """u and v are square where they are wanted whole."""
    return _ORTHOGONAL if op.full_matrices and op.compute_uv and v.index != 1 else NOTHING
