"""The pass that makes one step of a product, of the number that scales it, and of the sum that it is added to.

    W - lr * dot(x, d)               ->  gemm(W, -lr, x, d, 1)
    W - lr * (dot(x, d) + c * W)     ->  gemm(W - lr * c * W, -lr, x, d, 1)
    tanh(dot(x, W) + dot(h, U) + b)  ->  tanh(gemm(dot(x, W), 1, h, U, 1) + b)
    c * dot(x, y)                    ->  dot22scalar(x, y, c)

So a product is accumulated in the memory of the sum, which is that of W where W may be updated in place.  Sums are
taken apart as far as nothing else uses them.  What is computed in a loop anyway stays there: ``dot(x, W) + b`` in
``tanh(dot(x, W) + b)`` costs no pass over memory of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from theano import scalar
from theano.data_classes import dataclass
from theano.graph import Apply, FunctionGraph, Variable, inherited_origin
from theano.rewrite.terms import (
    Signed,
    converted,
    dtype_of,
    function_of,
    number,
    number_in,
    of_ndim,
    pattern_of,
    product_of,
    sum_of,
)
from theano.tensor.blas import Dot22Scalar, Gemm
from theano.tensor.dimshuffle import DimShuffle, transpose
from theano.tensor.dot import BatchedDot, Dot
from theano.tensor.elemwise import elemwise_of
from theano.tensor.type import TensorType

BLAS_DTYPES = ("float32", "float64", "complex64", "complex128")
LINEAR = (scalar.add, scalar.sub, scalar.neg, scalar.mul, scalar.true_div)

_gemm = Gemm(inplace=False)
_scaled_dot = Dot22Scalar()


@dataclass(frozen=True)
class Term:
    """sign * factors * x y, or sign * factors * x where ``y`` is None; factors are numbers with exponents 1 and -1."""

    x: Variable
    y: Variable | None = None
    factors: tuple[Signed, ...] = ()
    sign: int = 1

    @property
    def is_plain(self) -> bool:
        return not self.factors and self.sign > 0


def use_blas(fgraph: FunctionGraph) -> int:
    """Accumulate products wherever that saves a pass over memory; how many sums were changed."""
    replaced = 0
    seen: set[Apply] = set()  # parts of larger sums
    for node in reversed(fgraph.toposort()):
        if node in seen or node not in fgraph.apply_nodes or not _is_sum(node):
            continue
        terms = _terms(fgraph, node, seen)
        with inherited_origin(node.origin):
            result = _accumulated(node, terms, _is_stored(fgraph, node.outputs[0]))
        if result is not None:
            fgraph.replace(node.outputs[0], result, reason="use_blas")
            replaced += 1
    return replaced


def _is_sum(node: Apply) -> bool:
    out = node.outputs[0]
    if function_of(out) not in LINEAR or not isinstance(out.type, TensorType):
        return False
    return out.type.ndim == 2 and not all(out.type.broadcastable) and out.type.dtype in BLAS_DTYPES


def _is_stored(fgraph: FunctionGraph, out: Variable) -> bool:
    """Whether ``out`` is wanted in memory, not only in loops."""
    return any(
        not isinstance(client, Apply) or isinstance(client.op, (Dot, BatchedDot, Gemm, Dot22Scalar))
        for client, _ in fgraph.clients(out)
    )


def _terms(fgraph: FunctionGraph, root: Apply, seen: set[Apply]) -> list[Term]:
    """What is summed; the nodes taken apart are noted in ``seen``."""
    out = root.outputs[0]
    kind = dtype_of(out), pattern_of(out)
    terms: list[Term] = []
    stack = [Term(out)]
    while stack:
        term = stack.pop()
        v = term.x
        is_alike = (dtype_of(v), pattern_of(v)) == kind
        parts = None
        if is_alike and v.owner is not None and (v is out or fgraph.uses(v) == 1):
            parts = _product(fgraph, term) or _parts(term)
        if parts is None:
            terms.append(term)
        elif parts[0].y is not None:
            terms += parts
        else:
            seen.add(v.owner)  # type: ignore[arg-type]
            stack += reversed(parts)
    return terms


def _parts(term: Term) -> list[Term] | None:
    """The terms of a sum, or what a number multiplies or divides."""
    v = term.x
    inputs: Sequence[Variable] = v.owner.inputs  # type: ignore[union-attr]
    function = function_of(v)
    if function is scalar.add:
        return [replace(term, x=x) for x in inputs]
    if function is scalar.sub:
        return [replace(term, x=inputs[0]), replace(term, x=inputs[1], sign=-term.sign)]
    if function is scalar.neg:
        return [replace(term, x=inputs[0], sign=-term.sign)]
    if function not in (scalar.mul, scalar.true_div):
        return None
    scaled = [x for x in inputs if not all(pattern_of(x))]
    if len(scaled) != 1 or (function is scalar.true_div and scaled[0] is not inputs[0]):
        return None
    exponent = 1 if function is scalar.mul else -1
    factors = [(c, exponent) for c in inputs if c is not scaled[0]]
    return [replace(term, x=scaled[0], factors=(*term.factors, *factors))]


def _product(fgraph: FunctionGraph, term: Term) -> list[Term] | None:
    """The term as a product of matrices, where it is one, perhaps transposed."""
    v, turned = term.x, False
    op: Any = v.owner.op  # type: ignore[union-attr]
    if isinstance(op, DimShuffle) and op.new_order == (1, 0):
        v, turned = v.owner.inputs[0], True  # type: ignore[union-attr]
        if v.owner is None or fgraph.uses(v) != 1:
            return None
        op = v.owner.op
    if type(op) is not Dot:
        return None
    x, y = v.owner.inputs  # type: ignore[union-attr]
    if not all(len(pattern_of(w)) == 2 and dtype_of(w) == dtype_of(v) for w in (x, y)):
        return None
    return [replace(term, x=transpose(y), y=transpose(x)) if turned else replace(term, x=x, y=y)]


def _accumulated(node: Apply, terms: Sequence[Term], is_stored: bool) -> Variable | None:
    """The sum of the terms with its products accumulated; None where that would save nothing."""
    out = node.outputs[0]
    dtype = dtype_of(out)
    products = [t for t in terms if t.y is not None]
    others = [t for t in terms if t.y is None]
    if not products:
        return None
    if is_stored and any(pattern_of(t.x) == pattern_of(out) for t in others):
        return _added(_sum(others, dtype), products, dtype)
    if len(products) == 1 and (not is_stored or others or products[0].is_plain):
        return None
    first = next((t for t in products if t.is_plain), products[0])
    begin: Any = Dot()(first.x, first.y) if first.is_plain else _scaled_dot(first.x, first.y, _factor(first, dtype))
    total = _added(begin, [t for t in products if t is not first], dtype)
    return _sum([Term(total), *others], dtype) if others else total


def _added(total: Variable, products: Sequence[Term], dtype: str) -> Variable:
    for term in products:
        total = _gemm(total, _factor(term, dtype), term.x, term.y, number(1, dtype))
    return total


def _sum(terms: Sequence[Term], dtype: str) -> Variable:
    """The sum of terms that are no products."""
    found: list[Signed] = []
    for term in terms:
        v, sign = term.x, term.sign
        if term.factors:
            scale, sign = _factor(term, dtype), 1
            v = elemwise_of(scalar.mul)(of_ndim(scale, len(pattern_of(v))), v)
        found.append((v, sign))
    return converted(sum_of(found), dtype)


def _factor(term: Term, dtype: str) -> Variable:
    """The number that scales a term; what is known of it is computed now."""
    value, factors = np.dtype(dtype).type(term.sign), list[Signed]()
    for v, exponent in term.factors:
        known = number_in(v)
        if known is None:
            factors.append((converted(of_ndim(v, 0), dtype), exponent))
        else:
            known = np.dtype(dtype).type(known)
            value = value * known if exponent > 0 else value / known
    if not factors:
        return number(value, dtype)
    if abs(value) == 1 and dtype.startswith("float"):
        return product_of(factors, int(value), dtype)
    return product_of([(number(value, dtype), 1), *factors], 1, dtype)
