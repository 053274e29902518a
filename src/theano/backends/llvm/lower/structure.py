"""Lowerings of ops that cut and reshape arrays, and of shapes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.lower.registry import known, lower, number, pointwise, verbatim
from theano.loops.definitions import Definition, Pointwise, Requirement, Reshaped
from theano.loops.expressions import Expression, Literal, apply, computed_in, expression
from theano.tensor.shape import MakeVector, Reshape, Shape, Shape_i, SpecifyShape, product, reshaped_lengths
from theano.tensor.subtensor import Subtensor, slice_extent

UNIT = Literal(1)
Place = Callable[[Sequence[Expression]], tuple[Expression, ...]]  # an index of an operand for one of the result


@lower.register
def lower_shape_i(op: Shape_i, node: Any, x: Definition) -> Definition | None:
    """out = length of axis i"""
    return None if x.dtype == "object" else pointwise(node, (), lambda: x.shape[op.i])


@lower.register
def lower_shape(op: Shape, node: Any, x: Definition) -> Definition | None:
    """out[k] = length of axis k"""
    return None if x.dtype == "object" else _vector_of(node, list(x.shape), x.shape)


@lower.register
def lower_make_vector(op: MakeVector, node: Any, *numbers: Definition) -> Definition:
    """out[k] = numbers[k]"""
    known = tuple(number(n) for n in numbers) if op.dtype == "int64" else None
    return _vector_of(node, [n[()] for n in numbers], known)


def _vector_of(node: Any, numbers: list[Expression], entries: Any) -> Pointwise:
    def element(i: Expression) -> Expression:
        value = numbers[-1] if numbers else Literal(0)
        for k in reversed(range(len(numbers) - 1)):
            value = apply(scalar.switch, apply(scalar.eq, i, k), numbers[k], value)
        return value

    return pointwise(node, (len(numbers),), element, entries=entries)


@lower.register
def lower_specify_shape(op: SpecifyShape, node: Any, x: Definition, shape: Definition) -> Definition | None:
    """out = x, whose lengths must be those given"""
    if shape.entries is None or len(shape.entries) != x.ndim:
        return None
    requirements = tuple(
        Requirement(
            found, wanted, f"SpecifyShape: dim {axis} of input has shape {{left}}, expected {{right}}.", node, AssertionError
        )
        for axis, (found, wanted) in enumerate(zip(x.shape, shape.entries, strict=True))
        if found != wanted
    )
    lengths = [w if isinstance(w, Literal) else f for f, w in zip(x.shape, shape.entries, strict=True)]
    return pointwise(node, lengths, lambda *index: x[index], requirements=requirements)


@lower.register
def lower_reshape(op: Reshape, node: Any, x: Definition, shape: Definition) -> Definition | None:
    """The elements of x in C order; one length that is -1 is what is left over."""
    entries = shape.entries
    if entries is None or len(entries) != op.ndim:
        return None
    total = product(x.shape)
    if sum(isinstance(n, Literal) and n.value == -1 for n in entries) > 1:
        return None
    lengths = [expression(n) for n in reshaped_lengths(x.shape, [known(n) for n in entries])]
    count = expression(product(lengths))
    called = f"reshape({verbatim(node.inputs[0])}, shape)"
    requirements = tuple(
        Requirement(n, Literal(-1), f"{called} found a negative length, {{left}}", node, ValueError, ">")
        for n in lengths
        if computed_in([n])
    )
    if count != total:
        message = f"{called} needs as many elements: found {{left}}, and a shape for {{right}}"
        requirements += (Requirement(total, count, message, node, ValueError),)
    kept_in = [n for n in x.shape if n != UNIT]
    kept_out = [n for n in lengths if n != UNIT]
    if kept_in == kept_out:  # only axes of length 1 come or go
        axes_out = [k for k, n in enumerate(lengths) if n != UNIT]

        def element(*index: Expression) -> Expression:
            rest = iter([index[k] for k in axes_out])
            return x[tuple(Literal(0) if n == UNIT else next(rest) for n in x.shape)]

        return pointwise(node, lengths, element)
    return Reshaped(x.dtype, tuple(lengths), source=x, requirements=requirements)


@lower.register
def lower_subtensor(op: Subtensor, node: Any, x: Definition, *numbers: Definition) -> Definition | None:
    """out[..., i, ...] = x[..., first + i * step, ...]"""
    found = basic_places(op, node, x, numbers)
    if found is None:
        return None
    shape, place, requirements = found
    pattern = node.outputs[0].type.broadcastable
    lengths = [UNIT if b else n for b, n in zip(pattern, shape, strict=True)]
    taken = _taken_entries(x, shape, place)
    if taken is not None and not shape:
        return pointwise(node, (), lambda: taken[0], requirements=requirements)
    return pointwise(node, lengths, lambda *index: x[place(index)], requirements=requirements, entries=taken)


def _taken_entries(x: Definition, shape: Sequence[Expression], place: Place) -> tuple[Expression, ...] | None:
    """The numbers taken from a short vector of known ones."""
    if x.entries is None or not all(isinstance(n, Literal) for n in shape):
        return None
    turns = [(Literal(k),) for n in shape for k in range(int(n.value))] if shape else [()]  # type: ignore[attr-defined]
    places = [place(turn)[0] for turn in turns]
    if not all(isinstance(p, Literal) and 0 <= p.value < len(x.entries) for p in places):
        return None
    return tuple(x.entries[int(p.value)] for p in places)  # type: ignore[attr-defined]


def basic_places(
    op: Any, node: Any, x: Definition, numbers: Sequence[Definition]
) -> tuple[tuple[Expression, ...], Place, tuple[Requirement, ...]] | None:
    """For integers and slices: lengths, the index of x for one of the result, and what must hold."""
    indices = op.indices([known(number(n)) for n in numbers])
    shape: list[Any] = []
    requirements: list[Requirement] = []
    parts: list[tuple[Any, Any, int | None]] = []  # (first, step, axis of the result)
    for axis, length in enumerate(x.shape):
        index = indices[axis] if axis < len(indices) else slice(None)
        if isinstance(index, slice):
            step = 1 if index.step is None else index.step
            if not isinstance(step, int) or step == 0:
                return None
            first, count = slice_extent(index.start, index.stop, step, known(length))
            parts.append((first, step, len(shape)))
            shape.append(count)
            continue
        position = index
        if isinstance(index, int) and index < 0:
            position = length + index
        elif not isinstance(index, int):
            position = apply(scalar.switch, apply(scalar.lt, index, 0), index + length, index)
        message = f"index {{left}} is out of bounds for axis {axis} with size {{right}}"
        left = Literal(index) if isinstance(index, int) else index
        requirements.append(Requirement(left, length, message, node, IndexError, "index"))
        parts.append((position, 0, None))

    def place(index: Sequence[Expression]) -> tuple[Expression, ...]:
        return tuple(expression(first if axis is None else first + index[axis] * step) for first, step, axis in parts)

    return tuple(map(expression, shape)), place, tuple(requirements)
