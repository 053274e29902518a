"""Lowerings of pooling and of its derivatives.

What is pooled is written for each window, what is handed back for each place of the image: nothing is scattered.
Small windows of known size are written out, so that neighbours in memory are computed together; large ones are pooled
along one axis after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import product
from math import prod
from typing import Any

import numpy as np

from theano import scalar
from theano.backends.llvm.lower.registry import converted, known, lower
from theano.data_classes import dataclass
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expressions import INDEX, Axis, Carried, Expression, Literal, apply, axes_of, expression
from theano.tensor.signal.pooling import (
    AveragePoolGrad,
    DownsampleFactorMaxGradGrad,
    MaxPoolGrad,
    Pool,
    number_of_windows,
)

WRITTEN_OUT = 9  # places of a window, or windows around a place, up to which they are terms of one expression
ZERO = Literal(0)
TRUE: Expression = Literal(True, "bool")


@dataclass(frozen=True)
class _Axis:
    """Windows along one axis: see ``theano.tensor.signal.pooling``.  Numbers are integers where they are known.

    n       length of the image
    count   how many windows there are
    whole   whether every place of every window is within the image
    """

    n: Expression
    ws: Any
    stride: Any
    pad: Any
    count: Expression
    whole: bool

    def place(self, w: Any, k: Any) -> tuple[Expression, Expression]:
        """The place in the image, and whether there is one, of place k within window w."""
        q = expression(w) * self.stride + k - self.pad
        if self.whole:
            return q, TRUE
        inside = _both(apply(scalar.ge, q, 0), apply(scalar.lt, q, self.n))
        return _within(q, self.n), inside

    @property
    def around(self) -> Any:
        """How many windows have one place in them, at most."""
        return (self.ws - 1) // self.stride + 1

    def window(self, p: Expression, a: Any) -> tuple[Expression, Expression]:
        """The window that begins a windows before the last one to begin at place p or before, and whether p is in it."""
        q = p + self.pad
        w = q // self.stride - a
        inside = apply(scalar.lt, w, self.count)
        if a != 0:
            inside = _both(inside, apply(scalar.ge, w, 0))
        farthest = (a + 1) * self.stride - 1 if isinstance(a, int) else None
        if not isinstance(farthest, int) or not isinstance(self.ws, int) or farthest >= self.ws:
            inside = _both(inside, apply(scalar.lt, q - w * self.stride, self.ws))
        return _within(w, self.count), inside

    def divisor(self, w: Expression, mode: str) -> Expression:
        """How many places of window w count."""
        if self.whole:
            return expression(self.ws)
        begin = w * self.stride
        end = apply(scalar.minimum, begin + self.ws, self.n + self.pad + self.pad)
        if mode == "average_exc_pad":
            begin, end = apply(scalar.maximum, begin, self.pad), apply(scalar.minimum, end, self.n + self.pad)
        return end - begin


def _within(i: Expression, n: Expression) -> Expression:
    return apply(scalar.maximum, apply(scalar.minimum, i, n - 1), 0)


def _both(a: Expression, b: Expression) -> Expression:
    return b if a is TRUE else a if b is TRUE else apply(scalar.and_, a, b)


class _Layout:
    """The windows of a node, and what must hold of them."""

    def __init__(self, op: Any, node: Any, x: Definition, settings: Sequence[Definition]) -> None:
        self.op, self.node, self.batch = op, node, x.ndim - op.ndim
        self.requirements: list[Requirement] = []
        numbers = [self._entries(v) for v in settings]
        self.axes = [self._axis(n, *each) for n, *each in zip(x.shape[self.batch :], *numbers, strict=True)]
        self.shape = (*x.shape[: self.batch], *(axis.count for axis in self.axes))

    def _entries(self, v: Definition) -> list[Any]:
        if v.entries is not None:
            return [known(e) for e in v.entries]
        message = f"ws, stride and pad must have {self.op.ndim} entries each, found {{left}}"
        self.requirements.append(Requirement(v.shape[0], Literal(self.op.ndim), message, self.node, ValueError))
        return [converted(v[Literal(k)], INDEX) for k in range(self.op.ndim)]

    def _axis(self, n: Expression, ws: Any, stride: Any, pad: Any) -> _Axis:
        self._require(ws, 0, "ws must be positive, found {left}")
        self._require(stride, 0, "stride must be positive, found {left}")
        self._require(pad, -1, "pad must not be negative, found {left}")
        if not (isinstance(ws, int) and isinstance(pad, int)):
            message = "pad must be smaller than ws, found {right} for {left}"
            self.requirements.append(Requirement(expression(ws), expression(pad), message, self.node, ValueError, ">"))
        if not self.op.ignore_border and not isinstance(pad, int):
            message = "padding works only with ignore_border=True, found pad {left}"
            self.requirements.append(Requirement(pad, ZERO, message, self.node, ValueError))
        count = expression(number_of_windows(n, ws, stride, pad, self.op.ignore_border))
        return _Axis(n, ws, stride, pad, count, bool(self.op.ignore_border and isinstance(pad, int) and pad == 0))

    def _require(self, number: Any, least: int, message: str) -> None:
        if not isinstance(number, int) or number <= least:
            requirement = Requirement(expression(number), Literal(least), message, self.node, ValueError, ">")
            self.requirements.append(requirement)

    def folded(
        self,
        dtype: str,
        shape: Sequence[Expression],
        extents: Sequence[Any],
        function: Any,
        initial: Any,
        term: Callable[[Sequence[Expression], Sequence[Any]], Expression],
    ) -> Definition:
        """out[i] = the terms (i, k), k < extents, folded by a function: written out where they are few."""
        axes = axes_of(len(shape))
        if all(isinstance(n, int) for n in extents) and prod(extents) <= WRITTEN_OUT:
            terms = [term(axes, k) for k in product(*map(range, extents))]
            is_float_maximum = function is scalar.maximum and dtype.startswith("float")
            element = _largest(terms, dtype) if is_float_maximum else reduce(lambda a, b: apply(function, a, b), terms)
            return self._defined(Pointwise, dtype, shape, element=converted(element, dtype))
        k = tuple(Axis(len(shape) + axis) for axis in range(len(extents)))
        following = converted(apply(function, Carried(0, dtype), term(axes, k)), dtype)
        return self._defined(
            Fold,
            dtype,
            shape,
            extents=tuple(map(expression, extents)),
            initial=(Literal(initial, dtype),),
            following=(following,),
        )

    def _defined(self, kind: Any, dtype: str, shape: Sequence[Expression], **further: Any) -> Definition:
        return kind(dtype, tuple(shape), requirements=tuple(self.requirements), origin=self.node, **further)

    def divided(self, total: Expression, w: Sequence[Expression]) -> Expression:
        """A number of window w, or the sum of it, divided by how many of its places count."""
        if self.op.mode in ("max", "sum"):
            return total
        divisor = reduce(lambda a, b: a * b, [axis.divisor(i, self.op.mode) for axis, i in zip(self.axes, w, strict=True)])
        dtype = str(np.result_type(total.dtype, "float32")) if total.dtype.startswith("float") else "float64"
        return apply(scalar.true_div, converted(total, dtype), converted(divisor, dtype))


def _largest(terms: Sequence[Expression], dtype: str) -> Expression:
    """The largest of several numbers, NaN if one is: an instruction each, and all NaNs looked for together."""
    is_nan = reduce(lambda a, b: apply(scalar.or_, a, b), [apply(scalar.neq, x, x) for x in terms])
    largest = reduce(lambda a, b: apply(scalar.larger, a, b), terms)
    return apply(scalar.switch, is_nan, Literal(float("nan"), dtype), largest)


@lower.register
def lower_pool(op: Pool, node: Any, x: Definition, *settings: Definition) -> Definition | None:
    """out[w] = the maximum or sum of x[w stride + k - pad] over k < ws, the latter divided by the number of places"""
    if x.dtype == "bool":
        return None
    layout = _Layout(op, node, x, settings)
    dtype = x.dtype if x.dtype != "float16" else "float32"
    if op.mode == "max":
        function = scalar.maximum
        lowest = -np.inf if dtype.startswith("float") else int(np.iinfo(dtype).min)
        neutral = Literal(lowest, dtype)
    else:
        function, neutral = scalar.add, Literal(0.0 if dtype.startswith("float") else 0, dtype)
    pooled = x
    for group in _groups(layout.axes):
        pooled = _pooled_along(layout, pooled, group, function, neutral)
    axes = axes_of(x.ndim)
    out = layout.divided(pooled[axes], axes[layout.batch :])
    if out.dtype == x.dtype and op.mode in ("max", "sum"):
        return pooled
    return Pointwise(x.dtype, layout.shape, element=converted(out, x.dtype), origin=node)


def _groups(axes: Sequence[_Axis]) -> list[range]:
    """The axes that are pooled together: all of them where windows are small, else one after the other, the last first."""
    lengths = [axis.ws for axis in axes]
    if all(isinstance(n, int) for n in lengths) and prod(lengths) <= WRITTEN_OUT:
        return [range(len(axes))]
    return [range(k, k + 1) for k in reversed(range(len(axes)))]


def _pooled_along(layout: _Layout, x: Definition, group: range, function: Any, neutral: Literal) -> Definition:
    """The windows along some of the pooled axes folded by a function."""
    first = layout.batch
    along = {first + k: layout.axes[k] for k in group}

    def term(i: Sequence[Expression], k: Sequence[Any]) -> Expression:
        index, inside = list(i), TRUE
        for offset, (position, axis) in zip(k, along.items(), strict=True):
            index[position], exists = axis.place(i[position], offset)
            inside = _both(inside, exists)
        number = converted(x[tuple(index)], neutral.dtype)
        return number if inside is TRUE else apply(scalar.switch, inside, number, neutral)

    shape = [along[k].count if k in along else n for k, n in enumerate(x.shape)]
    extents = [axis.ws for axis in along.values()]
    return layout.folded(neutral.dtype, shape, extents, function, neutral.value, term)


@lower.register
def lower_max_pool_gradient(
    op: MaxPoolGrad, node: Any, x: Definition, maxout: Definition, gz: Definition, *settings: Definition
) -> Definition:
    """dx[p] = sum of gz[w] over the windows w around p with x[p] = maxout[w]"""
    layout = _Layout(op, node, x, settings)

    def of(p: Sequence[Expression], w: tuple[Expression, ...]) -> tuple[Expression, Expression]:
        return apply(scalar.eq, x[tuple(p)], maxout[w]), gz[w]

    return _handed_back(layout, x, (maxout, gz), of)


@lower.register
def lower_average_pool_gradient(
    op: AveragePoolGrad, node: Any, x: Definition, gz: Definition, *settings: Definition
) -> Definition:
    """dx[p] = sum of gz[w] / number of places of w over the windows w around p"""
    layout = _Layout(op, node, x, settings)
    share = gz
    if op.mode != "sum":
        axes = axes_of(x.ndim)
        share = Pointwise(gz.dtype, gz.shape, element=converted(layout.divided(gz[axes], axes[layout.batch :]), gz.dtype), origin=node)
    return _handed_back(layout, x, (gz,), lambda p, w: (TRUE, share[w]))


def _handed_back(
    layout: _Layout,
    x: Definition,
    of_windows: Sequence[Definition],
    of: Callable[[Sequence[Expression], tuple[Expression, ...]], tuple[Expression, Expression]],
) -> Definition:
    """dx[p] = sum of what each window w around p hands back, ``of``(p, w): a condition and a number."""
    for array in of_windows:
        _agree(layout, array, layout.shape)

    def term(p: Sequence[Expression], a: Sequence[Any]) -> tuple[Expression, Expression]:
        around = [axis.window(i, back) for i, back, axis in zip(p[layout.batch :], a, layout.axes, strict=True)]
        condition, number = of(p, (*p[: layout.batch], *(w for w, _ in around)))
        return reduce(_both, [*(exists for _, exists in around), condition]), number

    return _summed(layout, x.dtype, x.shape, [axis.around for axis in layout.axes], term)


@lower.register
def lower_max_pool_second(
    op: DownsampleFactorMaxGradGrad, node: Any, x: Definition, maxout: Definition, ggx: Definition, *settings: Definition
) -> Definition:
    """out[w] = sum of ggx[p] over the places p in w with x[p] = maxout[w]"""
    layout = _Layout(op, node, x, settings)
    _agree(layout, maxout, layout.shape)
    _agree(layout, ggx, x.shape)

    def term(w: Sequence[Expression], k: Sequence[Any]) -> tuple[Expression, Expression]:
        within = [axis.place(i, offset) for i, offset, axis in zip(w[layout.batch :], k, layout.axes, strict=True)]
        p = (*w[: layout.batch], *(place for place, _ in within))
        found = apply(scalar.eq, x[p], maxout[tuple(w)])
        return reduce(_both, [*(exists for _, exists in within), found]), ggx[p]

    return _summed(layout, x.dtype, maxout.shape, [axis.ws for axis in layout.axes], term)


def _summed(
    layout: _Layout,
    dtype: str,
    shape: Sequence[Expression],
    extents: Sequence[Any],
    term: Callable[[Sequence[Expression], Sequence[Any]], tuple[Expression, Expression]],
) -> Definition:
    """out[i] = sum over k < extents of ``term``(i, k): a number, where a condition holds; float16 is summed in float32."""
    wide = dtype if dtype != "float16" else "float32"
    zero = Literal(0.0 if wide.startswith("float") else 0, wide)

    def chosen(i: Sequence[Expression], k: Sequence[Any]) -> Expression:
        condition, number = term(i, k)
        return apply(scalar.switch, condition, converted(number, wide), zero)

    total = layout.folded(wide, shape, extents, scalar.add, zero.value, chosen)
    if wide == dtype:
        return total
    return Pointwise(dtype, tuple(shape), element=converted(total[axes_of(total.ndim)], dtype), origin=layout.node)


def _agree(layout: _Layout, array: Definition, shape: Sequence[Expression]) -> None:
    """An array must be as long as the windows, or the image, that it belongs to."""
    for k, (found, wanted) in enumerate(zip(array.shape, shape, strict=True)):
        if found != wanted:
            message = f"pooling: an operand has length {{left}} along axis {k}, not {{right}}"
            layout.requirements.append(Requirement(found, wanted, message, layout.node, ValueError))
