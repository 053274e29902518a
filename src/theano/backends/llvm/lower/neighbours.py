"""Lowering of neighbourhoods of images as rows of a matrix."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, known, lower
from theano.loops.definitions import Definition, Pointwise, Requirement, Reshaped
from theano.loops.expressions import INDEX, Expression, Literal, apply, axes_of, expression
from theano.tensor.nnet.neighbours import Images2Neibs


@lower.register
def lower_neighbours(op: Images2Neibs, node: Any, x: Definition, shape: Definition, step: Definition) -> Definition:
    """out[i, j, a, b, k, l] = x[i, j, a step + k - before, b step + l - before], its first four and last two axes joined"""
    sizes, steps = _entries(shape), _entries(step)
    requirements = []
    for v in (shape, step):
        requirements.append(_alike(v.shape[0], 2, "neib_shape and neib_step must have 2 entries, found {left}", node, ValueError))
    counts: list[Expression] = []
    begins: list[Any] = []
    for n, c, s in zip(x.shape[2:], sizes, steps, strict=True):
        requirements += _fitting(op, node, n, c, s)
        before, count = op.rectangles(n, c, s)
        counts.append(expression(count))
        begins.append(before)
    i, j, a, b, k, l = axes_of(6)
    index, inside = [], []
    for n, s, before, window, place in zip(x.shape[2:], steps, begins, (a, b), (k, l), strict=True):
        q = window * s + place - before
        if op.mode == "wrap_centered":
            q = q % n
        elif op.mode in ("half", "full"):
            inside += [apply(scalar.ge, q, 0), apply(scalar.lt, q, n)]
            q = apply(scalar.maximum, apply(scalar.minimum, q, n - 1), 0)
        index.append(q)
    element = x[(i, j, *index)]
    for condition in inside:
        element = apply(scalar.switch, condition, element, Literal(0 if x.dtype[0] in "iu" else 0.0, x.dtype))
    lengths = tuple(map(expression, (*x.shape[:2], *counts, *sizes)))
    whole = Pointwise(x.dtype, lengths, element=converted(element, x.dtype), requirements=tuple(requirements), origin=node)
    rows = lengths[0] * lengths[1] * lengths[2] * lengths[3]
    return Reshaped(x.dtype, (rows, lengths[4] * lengths[5]), source=whole, origin=node)


def _entries(v: Definition) -> list[Any]:
    if v.entries is not None:
        return [known(e) for e in v.entries]
    return [converted(v[Literal(k)], INDEX) for k in range(2)]


def _fitting(op: Images2Neibs, node: Any, n: Expression, c: Any, s: Any) -> list[Requirement]:
    """That rectangles of length c at steps of s fit an axis of length n."""
    what = f"Images2Neibs: in mode {op.mode}"
    positive = [
        Requirement(expression(v), Literal(0), "Images2Neibs: shape and step must be positive, found {left}", node, TypeError, ">")
        for v in (c, s)
        if not isinstance(v, int) or v < 1
    ]
    if positive and any(isinstance(v, int) for v in (c, s) if not isinstance(v, Expression) and v < 1):
        return positive
    found = positive
    if op.needs_odd:
        found.append(_alike(c % 2, 1, f"{what} need patch with odd shapes", node, TypeError))
    if op.mode in ("valid", "wrap_centered"):
        message = "Images2Neibs: the image is smaller than the patch: {left} < {right}"
        found.append(Requirement(n + 1, expression(c), message, node, TypeError, ">"))
    left = op.left_over(n, c, s)
    if left is not None:
        found.append(_alike(left, 0, f"{what} patches do not fit, {{left}} places are left over", node, TypeError))
    return found


def _alike(left: Any, right: Any, message: str, node: Any, error: type[Exception]) -> Requirement:
    return Requirement(expression(left), expression(right), message, node, error)
