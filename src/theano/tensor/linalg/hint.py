"""What a program knows about its matrices and tells the rules (``theano.rewrite.matrices``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.tensor.batching.graph import Application, Batched, batched
from theano.tensor.constant import as_tensor_variable
from theano.tensor.diagonal import trace
from theano.tensor.dot import dot
from theano.tensor.linalg.matrix import as_matrices, as_matrix

FACTS = {
    "symmetric": ("symmetric",),
    "positive_definite": ("psd", "symmetric"),
    "lower_triangular": ("lower_triangular",),
    "upper_triangular": ("upper_triangular",),
    "diagonal": ("diagonal", "symmetric"),
    "orthogonal": ("orthogonal",),
}
"""What ``assume`` takes, and the hints that say so."""


class Hint(Op):
    """out = x, of which something is known: ``positive``, or of a matrix one of those in ``FACTS``.

    vjp: dout.  Nothing is checked: where a hint is wrong, so may be the result.
    """

    __props__ = ("hints",)
    view_map = {0: [0]}

    def __init__(self, **kwargs: bool) -> None:
        self.hints = tuple(sorted(kwargs.items()))

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = inputs[0]

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        return list(shapes)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return list(cotangents)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return list(tangents)


@batched.register
def hinted_each(op: Hint, a: Application) -> list[Any]:
    return [Batched(op(a.inputs[0].variable), a.depth)]


def assume(x: Any, *facts: str) -> Variable:
    """The matrix ``x``, or array of such, of which the program knows that it is

        symmetric          x' = x; a complex one hermitian
        positive_definite  symmetric, with positive eigenvalues
        lower_triangular   0 above the diagonal
        upper_triangular   0 below it
        diagonal           0 beside it
        orthogonal         square, x' x = I; a complex one unitary

    Then equations are solved, inverses and determinants computed by what is cheap for such a matrix.  Nothing is checked:
    where a fact is wrong, so may be the result.  ValueError for other facts, TypeError where x is no matrix.
    """
    unknown = [fact for fact in facts if fact not in FACTS]
    if unknown or not facts:
        raise ValueError(f"assume(x, *facts) takes {', '.join(FACTS)}, found {', '.join(map(repr, unknown)) or 'none'}")
    x = as_matrices(x, "assume(x, *facts)")
    return Hint(**{hint: True for fact in facts for hint in FACTS[fact]})(x)  # type: ignore[return-value]


def is_hint_node(node: Apply) -> bool:
    """Whether an application only tells something about its input."""
    return isinstance(node.op, Hint)


def psd(v: Any) -> Variable:
    """The matrix ``v``, which is symmetric and positive definite.

    Then its logarithmic determinant is taken, and systems of equations with it are solved, by its Cholesky factor.
    """
    return Hint(psd=True, symmetric=True)(v)


def spectral_radius_bound(X: Any, log2_exponent: int) -> Variable:
    """At least the largest magnitude of an eigenvalue of the symmetric matrix ``X``: trace(X^k)^(1 / k), k = 2^log2_exponent.

    The trace is the sum of the k-th powers of the eigenvalues.  A larger exponent costs one more product of matrices and
    halves the logarithm of the ratio of bound and radius, which is at most log(n) / k for n rows.

    TypeError for another X than a matrix, and for an exponent that is no integer; ValueError unless it is positive.
    """
    if not isinstance(log2_exponent, (int, np.integer)) or isinstance(log2_exponent, bool):
        raise TypeError(f"log2_exponent must be an int, found {log2_exponent!r}")
    if log2_exponent <= 0:
        raise ValueError(f"log2_exponent must be positive, found {log2_exponent}")
    power: Any = as_matrix(X, "spectral_radius_bound(X, log2_exponent)")
    for _ in range(log2_exponent):
        power = dot(power, power)
    return trace(power) ** (2.0**-log2_exponent)  # type: ignore[operator]
