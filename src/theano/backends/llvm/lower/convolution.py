"""Lowerings of convolution and its adjoints: routines of our own for shared kernels of floats, loops for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from theano import scalar
from theano.backends.llvm.convolution_code import Settings, method_of
from theano.backends.llvm.lower.registry import converted, lower, pointwise
from theano.configuration import config
from theano.loops.definitions import Definition, Fold, Requirement
from theano.loops.expressions import Carried, Expression, Literal, apply, axes_of, expression
from theano.loops.results import LibraryResult
from theano.tensor.nnet.convolution import (
    AbstractConv,
    AbstractConv_gradInputs,
    AbstractConv_gradWeights,
    BaseAbstractConv,
    too_large,
)
from theano.tensor.nnet.convolution_shapes import borders

DTYPES = ("float32", "float64")


@lower.register
def lower_convolution(op: AbstractConv, node: Any, image: Definition, kernel: Definition) -> Definition:
    """top[b, f, o] = sum over c, k of kernel[f, c, k] * padded[b, c, o * subsample + k * dilation]"""
    (top,) = op.infer_shape(node, [image.shape, kernel.shape])
    shapes = (image.shape, kernel.shape, top)
    if _has_routine(op, node):
        return _routine(op, node, "forward", (image, kernel), top, shapes)
    d = op.convdim
    places = _Places(op, image.shape[2:], kernel.shape[-d:])
    b, f, *rest = axes_of(2 + d + 1 + d)
    o, c, k = rest[:d], rest[d], rest[d + 1 :]
    inside, i = places.in_image(o, k)
    seen = apply(scalar.switch, inside, image[(b, _channel(op, f, c, kernel), *i)], 0)
    weight = kernel[(f, *(o if op.unshared else ()), c, *places.element(k))]
    return _summed(op, node, top, kernel.shape[-d - 1 :], lambda cast: cast(seen) * cast(weight), shapes)


@lower.register
def lower_gradient_of_kernels(
    op: AbstractConv_gradWeights, node: Any, image: Definition, top: Definition, lengths: Definition
) -> Definition:
    """kernel[f, c, k] = sum over b, o of padded[b, c, o * subsample + k * dilation] * top[b, f, o]"""
    kernel = op.kernel_shape(image.shape, top.shape, _entries(op, lengths))
    shapes = (image.shape, kernel, top.shape)
    if _has_routine(op, node):
        return _routine(op, node, "weights", (image, top), kernel, shapes)
    d = op.convdim
    places = _Places(op, image.shape[2:], kernel[-d:])
    f, *rest = axes_of(len(kernel) + 1 + (0 if op.unshared else d))
    if op.unshared:
        o, c, k, (b,) = rest[:d], rest[d], rest[d + 1 : -1], rest[-1:]
    else:
        c, k, b, o = rest[0], rest[1 : d + 1], rest[d + 1], rest[d + 2 :]
    inside, i = places.in_image(o, places.element(k))
    channels = image.shape[1] // op.num_groups
    group = f // (top.shape[1] // op.num_groups)
    seen = apply(scalar.switch, inside, image[(b, c if op.num_groups == 1 else group * channels + c, *i)], 0)
    extents = top.shape[:1] if op.unshared else (top.shape[0], *top.shape[2:])
    return _summed(op, node, kernel, extents, lambda cast: cast(seen) * cast(top[(b, f, *o)]), shapes)


@lower.register
def lower_gradient_of_images(
    op: AbstractConv_gradInputs, node: Any, kernel: Definition, top: Definition, lengths: Definition
) -> Definition:
    """padded[b, c, i] = sum over f, o, k with o * subsample + k * dilation = i of kernel[f, c, k] * top[b, f, o]"""
    image = op.image_shape(kernel.shape, top.shape, _entries(op, lengths))
    shapes = (image, kernel.shape, top.shape)
    if _has_routine(op, node):
        return _routine(op, node, "inputs", (kernel, top), image, shapes)
    d = op.convdim
    places = _Places(op, image[2:], kernel.shape[-d:])
    b, c, *rest = axes_of(2 + d + 1 + d)
    i, within, k = rest[:d], rest[d], rest[d + 1 :]  # the filter's number within the group of the channel
    inside, o = places.in_top(i, k, top.shape[2:])
    channels, filters = kernel.shape[-d - 1], kernel.shape[0] // op.num_groups
    f = within if op.num_groups == 1 else c // channels * filters + within
    seen = apply(scalar.switch, inside, top[(b, f, *o)], 0)
    own = c if op.num_groups == 1 else c % channels
    weight = kernel[(f, *(o if op.unshared else ()), own, *places.element(k))]
    return _summed(
        op, node, image, (filters, *kernel.shape[-d:]), lambda cast: cast(seen) * cast(weight), shapes
    )


class _Places:
    """Where the elements of an image, a kernel and a result meet; images and kernels have these lengths."""

    def __init__(self, op: BaseAbstractConv, image: Sequence[Any], kernel: Sequence[Any]) -> None:
        self.op, self.image, self.kernel = op, image, kernel
        self.before = [before for before, _ in op.padding_of(kernel)]

    def element(self, k: Sequence[Expression]) -> list[Expression]:
        """The kernel's element at place k: the other way round if kernels are flipped.  Its own inverse."""
        return [n - 1 - i for n, i in zip(self.kernel, k, strict=True)] if self.op.filter_flip else list(k)

    def in_image(
        self, o: Sequence[Expression], k: Sequence[Expression]
    ) -> tuple[Expression, list[Expression]]:
        """Whether result o and kernel place k meet within the image, and where; else somewhere in it."""
        rows = zip(o, k, self.op.subsample, self.op.filter_dilation, self.before, strict=True)
        at = [r * s + p * d - before for r, p, s, d, before in rows]
        return _within(at, self.image)

    def in_top(
        self, i: Sequence[Expression], k: Sequence[Expression], top: Sequence[Any]
    ) -> tuple[Expression, list[Expression]]:
        """Whether there is a result in which image place i and kernel place k meet, and where; else some result."""
        rows = zip(i, k, self.op.filter_dilation, self.before, strict=True)
        at = [n + before - p * d for n, p, d, before in rows]
        inside, found = _within([n // s for n, s in zip(at, self.op.subsample, strict=True)], top)
        for n, s in zip(at, self.op.subsample, strict=True):
            inside = inside if s == 1 else apply(scalar.and_, inside, apply(scalar.eq, n % s, 0))
        return inside, found


def _within(at: Sequence[Any], lengths: Sequence[Any]) -> tuple[Expression, list[Expression]]:
    """Whether an index lies inside, and the nearest one that does."""
    inside: Any = None
    for n, length in zip(at, lengths, strict=True):
        here = apply(scalar.and_, apply(scalar.ge, n, 0), apply(scalar.lt, n, length))
        inside = here if inside is None else apply(scalar.and_, inside, here)
    return inside, [
        apply(scalar.maximum, apply(scalar.minimum, n, length - 1), 0)
        for n, length in zip(at, lengths, strict=True)
    ]


def _channel(op: BaseAbstractConv, f: Expression, c: Expression, kernel: Definition) -> Expression:
    """The channel c of the group that filter f belongs to."""
    if op.num_groups == 1:
        return c
    return f // (kernel.shape[0] // op.num_groups) * kernel.shape[-op.convdim - 1] + c


def _summed(
    op: BaseAbstractConv,
    node: Any,
    shape: Sequence[Any],
    extents: Sequence[Any],
    term: Callable[[Callable[[Expression], Expression]], Any],
    shapes: tuple[Sequence[Any], Sequence[Any], Sequence[Any]],
) -> Definition:
    """The sum of ``term`` over ``extents``, whose axes follow those of the result; of float16 in float32."""
    dtype = node.outputs[0].type.dtype
    accumulator = "float32" if dtype == "float16" else dtype
    following = Carried(0, accumulator) + term(lambda e: converted(expression(e), accumulator))
    fold = Fold(
        accumulator,
        tuple(map(expression, shape)),
        extents=tuple(map(expression, extents)),
        initial=(Literal(0, accumulator),),
        following=(following,),
        requirements=_requirements(op, node, *shapes),
        origin=node,
    )
    return fold if accumulator == dtype else pointwise(node, fold.shape, lambda *index: fold[index])


def _has_routine(op: BaseAbstractConv, node: Any) -> bool:
    return not op.unshared and node.outputs[0].type.dtype in DTYPES


def _entries(op: BaseAbstractConv, lengths: Definition) -> list[Expression]:
    """The numbers of a vector of lengths."""
    if lengths.entries is not None:
        return list(lengths.entries)
    return [lengths[Literal(k)] for k in range(op.convdim)]


def _routine(
    op: BaseAbstractConv,
    node: Any,
    kind: str,
    operands: tuple[Definition, ...],
    shape: Sequence[Any],
    shapes: tuple[Sequence[Any], Sequence[Any], Sequence[Any]],
) -> Definition:
    dtype = node.outputs[0].type.dtype
    return LibraryResult(
        dtype,
        tuple(map(expression, shape)),
        routine=f"convolve.{kind}",
        operands=tuple(_as(dtype, o, node) for o in operands),
        flags=(_settings(op),),
        factor=Literal(1.0, dtype),
        requirements=_requirements(op, node, *shapes),
        origin=node,
    )


def _settings(op: BaseAbstractConv) -> Settings:
    return Settings(
        tuple(borders(op.border_mode, op.convdim)),
        op.subsample,
        op.filter_dilation,
        op.filter_flip,
        op.num_groups,
        config.conv.method,
    )


def convolution_method(node: Any, shapes: Mapping[str, Sequence[int]]) -> str:
    """Which way a node convolves operands of these shapes, told for "image", "kernel" and "top": see docs/convolution.md."""
    op = node.op
    if not _has_routine(op, node):
        return "loops"
    kind = {AbstractConv: "forward", AbstractConv_gradInputs: "inputs", AbstractConv_gradWeights: "weights"}
    (routine,) = (name for base, name in kind.items() if isinstance(op, base))
    return method_of(routine, _settings(op), node.outputs[0].type.dtype, shapes)


def _as(dtype: str, x: Definition, node: Any) -> Definition:
    """``x`` in another dtype."""
    return x if x.dtype == dtype else pointwise(node, x.shape, lambda *index: x[index])


def _requirements(
    op: BaseAbstractConv, node: Any, image: Sequence[Any], kernel: Sequence[Any], top: Sequence[Any]
) -> tuple[Requirement, ...]:
    """What ``op.check`` asks of shapes."""
    equal = [
        Requirement(expression(left), expression(right), text, node, ValueError)
        for left, right, text in op.agreements(image, kernel, top)
        if left is not right
    ]
    some = [
        Requirement(expression(n), Literal(0), too_large(axis), node, ValueError, ">")
        for axis, n in enumerate(top[2:])
    ]
    return (*equal, *some)
