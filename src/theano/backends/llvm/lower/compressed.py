"""Lowerings of products and sums with matrices in compressed rows or columns: routines of our own, and gathers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import converted, lower, number, pointwise
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expressions import INDEX, Axis, Carried, Expression, Literal, Load, apply, axes_of
from theano.loops.results import LibraryResult
from theano.tensor.compressed import (
    UNLIKE,
    CompressedDot,
    ElementsAt,
    Fitting,
    MajorIndex,
    SampledDot,
    SegmentSum,
)

UNFIT = (
    "the arrays of a compressed matrix do not fit each other: indptr must grow from 0 to the number of elements, and "
    "indices must lie in the matrix"
)
OTHER_LENGTHS = f"{UNLIKE} needs equal lengths, found {{left}} and {{right}}"


@lower.register
def lower_fitting(op: Fitting, node: Any, y: Definition, lengths: Definition) -> Definition:
    """out = y"""
    wanted = [_entry(lengths, k) for k in range(len(op.axes))]
    requirements = [Requirement(n, y.shape[axis], OTHER_LENGTHS, node) for n, axis in zip(wanted, op.axes, strict=True)]
    return pointwise(node, y.shape, lambda *index: y[index], requirements=tuple(requirements))


@lower.register
def lower_compressed_dot(
    op: CompressedDot, node: Any, data: Definition, indices: Definition, indptr: Definition, shape: Definition, y: Definition
) -> Definition | None:
    """out[i, c] = sum over the elements e of row i of data[e] * y[j[e], c]"""
    dtype = node.outputs[0].type.dtype
    if dtype in ("float16", "bool"):
        return None
    m, n = _entry(shape, 0), _entry(shape, 1)
    requirements = [
        Requirement(
            n, y.shape[0], "product of a sparse and a dense matrix needs as many columns of the first as rows of the second, "
            "found {left} and {right}", node,
        ),
        *_of_one_matrix(node, indptr, (m, n)[op.major]),
        Requirement(data.shape[0], indices.shape[0], UNFIT, node),
        Requirement(m, Literal(-1), UNFIT, node, ValueError, ">"),
    ]  # fmt: skip
    operands = _cast(node, data, dtype), indices, indptr, _cast(node, y, dtype)
    return _routine(node, "compressed.dot", operands, (m, *y.shape[1:]), op.format, requirements)


@lower.register
def lower_sampled_dot(
    op: SampledDot, node: Any, indices: Definition, indptr: Definition, x: Definition, y: Definition
) -> Definition | None:
    """out[e] = sum over c of x[i[e], c] * y[j[e], c]"""
    dtype = node.outputs[0].type.dtype
    if dtype in ("float16", "bool"):
        return None
    requirements = [
        Requirement(
            p, q, "product at the places of a sparse matrix needs dense matrices of as many columns, found {left} and {right}",
            node,
        )
        for p, q in zip(x.shape[1:], y.shape[1:], strict=True)
    ]  # fmt: skip
    requirements += _of_one_matrix(node, indptr, (x, y)[op.major].shape[0])
    operands = indices, indptr, _cast(node, x, dtype), _cast(node, y, dtype)
    return _routine(node, "compressed.sampled", operands, indices.shape, op.format, requirements)


@lower.register
def lower_segment_sum(op: SegmentSum, node: Any, data: Definition, indptr: Definition) -> Definition | None:
    """out[i] = sum over the elements e of row i of data[e]"""
    if data.dtype in ("float16", "bool"):
        return None
    return _routine(node, "compressed.sums", (data, indptr), (indptr.shape[0] - 1,), "csr", _some(node, indptr))


@lower.register
def lower_major_index(op: MajorIndex, node: Any, indptr: Definition, count: Definition) -> Definition:
    """out[e] = i for the elements e of row i"""
    return _major(node, indptr, number(count))


def _major(node: Any, indptr: Definition, count: Expression) -> Definition:
    """The row of each of so many elements, computed once for all that want it."""
    found = indptr.parts.get(("major", count))
    if found is None:
        requirements = [*_some(node, indptr), Requirement(count, Literal(-1), UNFIT, node, ValueError, ">")]
        found = _routine(node, "compressed.major", (indptr,), (count,), "csr", requirements)
        indptr.parts["major", count] = found
    return found


@lower.register
def lower_elements_at(
    op: ElementsAt, node: Any, indices: Definition, indptr: Definition, shape: Definition, y: Definition
) -> Definition:
    """out[e] = y[i[e], j[e]], or y[i[e]], or y[j[e]]"""
    lengths = _entry(shape, 0), _entry(shape, 1)
    wanted = lengths if op.axis is None else (lengths[op.axis],)
    requirements = [Requirement(n, k, OTHER_LENGTHS, node) for n, k in zip(wanted, y.shape, strict=True)]
    minor = 1 - op.major
    requirements += _of_one_matrix(node, indptr, lengths[op.major])
    places: list[Definition] = [indices, indices]
    if op.axis != op.major:
        requirements.append(Requirement(lengths[minor], _largest(node, indices), UNFIT, node, ValueError, ">"))
    if op.axis != minor:
        places[op.major] = _major(node, indptr, indices.shape[0])
    chosen = places if op.axis is None else [places[op.axis]]

    def element(e: Expression) -> Expression:
        return y[tuple(converted(place[e], INDEX) for place in chosen)]

    return pointwise(node, indices.shape, element, requirements=tuple(requirements))


def _largest(node: Any, indices: Definition) -> Expression:
    """The largest index, where a negative one counts as very large; -1 where there are none.  Computed once."""
    found = indices.parts.get("largest")
    if found is None:
        index = converted(indices[(Axis(0),)], INDEX)
        index = apply(scalar.switch, apply(scalar.lt, index, 0), Literal(1 << 62), index)
        following = apply(scalar.maximum, Carried(0, INDEX), index)
        found = Fold(INDEX, (), extents=indices.shape, initial=(Literal(-1),), following=(following,), origin=node)
        indices.parts["largest"] = found
    return Load(found, (), INDEX)


def _entry(shape: Definition, axis: int) -> Expression:
    """A length of the matrix."""
    return shape.entries[axis] if shape.entries is not None else converted(shape[(Literal(axis),)], INDEX)


def _some(node: Any, indptr: Definition) -> list[Requirement]:
    return [Requirement(indptr.shape[0], Literal(0), UNFIT, node, ValueError, ">")]


def _of_one_matrix(node: Any, indptr: Definition, major: Expression) -> list[Requirement]:
    """That indptr is that of a matrix of so many rows, in compressed columns of so many columns."""
    return [*_some(node, indptr), Requirement(indptr.shape[0], major + 1, UNFIT, node)]


def _cast(node: Any, x: Definition, dtype: str) -> Definition:
    if x.dtype == dtype:
        return x
    return Pointwise(dtype, x.shape, element=converted(x[axes_of(x.ndim)], dtype), origin=node)


def _routine(
    node: Any, routine: str, operands: Sequence[Definition], shape: Sequence[Expression], format: str,
    requirements: Sequence[Requirement],
) -> LibraryResult:  # fmt: skip
    return LibraryResult(
        node.outputs[0].type.dtype if routine != "compressed.major" else operands[0].dtype,
        tuple(shape),
        routine=routine,
        operands=tuple(operands),
        flags=(format,),
        factor=Literal(1),
        origin=node,
        requirements=tuple(requirements),
        requirement=Requirement(Literal(0), Literal(0), UNFIT, node, ValueError),
    )
