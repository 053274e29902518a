"""Reductions: folds of a function of two numbers along axes of an array; sums and products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from functools import lru_cache
from typing import Any

import numpy as np

from theano import scalar
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import Apply, Op, Variable
from theano.graph.inner_graph import InnerGraph
from theano.scalar import dtype as dtypes
from theano.scalar.chain import conjugated
from theano.scalar.function import ScalarOp
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.type import TensorType, tensor_type

_UFUNCS = {
    scalar.add: np.add,
    scalar.mul: np.multiply,
    scalar.maximum: np.maximum,
    scalar.minimum: np.minimum,
    scalar.and_: np.bitwise_and,
    scalar.or_: np.bitwise_or,
    scalar.xor: np.bitwise_xor,
}

# In which dtype sums and products of an array are given, and in which they accumulate; other dtypes stay.
_OUTPUT = dict.fromkeys(("bool", "int8", "int16", "int32"), "int64") | dict.fromkeys(
    ("uint8", "uint16", "uint32"), "uint64"
)
_ACCUMULATOR = _OUTPUT | {"float16": "float32", "float32": "float64", "complex64": "complex128"}


@dataclass(frozen=True)
class FoldRule:
    """A reduction as a back end sees it: acc = initial; for each element: acc = function(acc, element).

    axes           the axes folded, in ascending order
    function       add, mul, maximum, minimum, and_, or_, xor, or an op of two numbers that a user wrote
    initial        the accumulator before the first element; None where the first element begins
    dtype          of the accumulator; elements are converted to it, and the result to the output's dtype
    element        what is folded of each number of the input, or None for the number itself
    accepts_empty  whether the fold of nothing is ``initial``; otherwise it is a ValueError
    """

    axes: tuple[int, ...]
    function: ScalarOp
    initial: Any
    dtype: str
    element: Callable[[Any], Any] | None = None
    accepts_empty: bool = True


class CAReduce(Op):
    """Fold of a commutative and associative function of two numbers along axes.

    x     tensor
    axis  the axes folded: None is all, () none
    out   dtype of scalar_op(x, x), shape of x without the folded axes

    out[i...] = scalar_op(... scalar_op(scalar_op(x[i..., 0], x[i..., 1]), x[i..., 2]) ...)
    vjp: for maximum and minimum dout at *every* element equal to out, 0 elsewhere (everywhere if out is NaN)

    maximum and minimum give NaN where there is one among the elements.  Of no elements they raise ValueError.
    Raises ValueError when x has too few dimensions.
    """

    __props__: tuple[str, ...] = ("scalar_op", "axis")

    def __init__(self, scalar_op: ScalarOp, axis: Any = None) -> None:
        self.scalar_op = scalar_op
        self.axis = axes_given(axis)

    def axes(self, ndim: int) -> tuple[int, ...]:
        """The folded axes of an array of ``ndim`` dimensions, in ascending order."""
        return tuple(range(ndim)) if self.axis is None else axes_within(self.axis, ndim)

    def output_dtype(self, dtype: str) -> str:
        """The dtype of the result for elements of ``dtype``."""
        return self.scalar_op.output_dtypes(dtype, dtype)[0]

    def fold(self, node: Apply) -> FoldRule:
        """The fold that computes the output of ``node``, an application of this op."""
        (x,) = node.inputs
        axes = self.axes(x.type.ndim)  # type: ignore[attr-defined]
        dtype = node.outputs[0].type.dtype  # type: ignore[attr-defined]
        initial = identity_of(self.scalar_op, dtype)
        accepts_empty = initial is not None and self.scalar_op not in (scalar.maximum, scalar.minimum)
        return FoldRule(axes, self.scalar_op, initial, dtype, accepts_empty=accepts_empty)

    def make_node(self, x: Any) -> Apply:
        x = as_tensor_variable(x)
        axes = self.axes(x.type.ndim)
        pattern = [b for axis, b in enumerate(x.type.broadcastable) if axis not in axes]
        op = _settled(self, axes, x.type.dtype)
        return Apply(op, [x], [tensor_type(op.output_dtype(x.type.dtype), pattern)()])

    def _settled(self, axes: tuple[int, ...], dtype: str) -> CAReduce:
        """This op with every choice made: equal computations are then equal ops."""
        return self if self.axis is None else self._replace(axis=axes)

    def _replace(self, **changes: Any) -> CAReduce:
        if all(getattr(self, name) == value for name, value in changes.items()):
            return self
        op = copy(self)
        op.__dict__.update(changes)
        return op

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        (shape,) = shapes
        axes = self.axes(len(shape))
        return [tuple(n for axis, n in enumerate(shape) if axis not in axes)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,), rule = inputs, self.fold(node)
        if not rule.accepts_empty:
            for axis in rule.axes:
                if x.shape[axis] == 0:
                    raise ValueError(f"Input of CAReduce{{{self.scalar_op}}} has zero-size on axis {axis}")
        with np.errstate(all="ignore"):
            folded = _folded(x if rule.element is None else rule.element(x), rule)
            outputs[0][0] = np.asarray(folded).astype(node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        if self.scalar_op in (scalar.maximum, scalar.minimum):
            kept = [keep_dims(x, v, self.axis) for v in (out, dout)]
            return [scalar.eq(kept[0], x) * kept[1]]
        if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        return super().L_op(inputs, outputs, cotangents)

    def __str__(self) -> str:
        name = type(self).__name__
        if type(self) is CAReduce:
            name = f"{name}{{{self.scalar_op}}}"
        return name if self.axis is None else f"{name}{{{', '.join(map(str, self.axis))}}}"


class CAReduceDtype(CAReduce):
    """A fold whose dtypes can be chosen.

    dtype      of the result: int64 for bool and signed integers, uint64 for unsigned ones, else that of x
    acc_dtype  of the accumulator: for integers that of the result, float32 for float16, float64 for float32,
               complex128 for complex64

    Raises TypeError when acc_dtype, or a real result of complex elements, would lose something.
    """

    __props__: tuple[str, ...] = ("scalar_op", "axis", "dtype", "acc_dtype")

    def __init__(
        self, scalar_op: ScalarOp, axis: Any = None, dtype: Any = None, acc_dtype: Any = None
    ) -> None:
        super().__init__(scalar_op, axis)
        self.dtype = _dtype_name(dtype)
        self.acc_dtype = _dtype_name(acc_dtype)

    def output_dtype(self, dtype: str) -> str:
        return self.dtype or _OUTPUT.get(dtype, dtype)

    def accumulator_dtype(self, dtype: str) -> str:
        """In which dtype elements of ``dtype`` are folded."""
        if self.acc_dtype is not None:
            return self.acc_dtype
        usual = _ACCUMULATOR.get(dtype, dtype)
        if self.dtype in dtypes.CONTINUOUS and usual in dtypes.CONTINUOUS:
            return dtypes.upcast(usual, self.dtype)
        return usual

    def fold(self, node: Apply) -> FoldRule:
        """A sum begins with 0, a product with 1, in the accumulator's dtype: acc + element, acc * element."""
        (x,) = node.inputs
        dtype = self.accumulator_dtype(x.type.dtype)  # type: ignore[attr-defined]
        axes = self.axes(x.type.ndim)  # type: ignore[attr-defined]
        return FoldRule(axes, self.scalar_op, identity_of(self.scalar_op, dtype), dtype)

    def _settled(self, axes: tuple[int, ...], dtype: str) -> CAReduce:
        accumulator, output = self.accumulator_dtype(dtype), self.output_dtype(dtype)
        if dtype in dtypes.COMPLEX and output not in dtypes.COMPLEX:
            name = type(self).__name__
            raise TypeError(f"{name} of {dtype} cannot be {output}: take real, imag or abs first")
        exact = accumulator in dtypes.CONTINUOUS and dtype in dtypes.DISCRETE
        if not exact and dtypes.upcast(dtype, accumulator) != accumulator:
            raise TypeError(
                f"Cannot build {type(self).__name__} node with input dtype {dtype} and acc_dtype "
                f"{accumulator}, as precision would be lost. To correct this error, you can: - not specify "
                f"acc_dtype, or - use an acc_dtype at least as precise as {dtype}, or - specify 'dtype' "
                "instead of 'acc_dtype', so that the result has that dtype."
            )
        return super()._settled(axes, dtype)._replace(dtype=output, acc_dtype=accumulator)

    __str__ = Op.__str__


class Sum(CAReduceDtype):
    """Sum of elements along axes, 0 of none.

    out[i...] = 0 + x[i..., 0] + x[i..., 1] + ...
    vjp: dout for every element;  jvp: the sum of the tangent

    The dtypes are those of CAReduceDtype.
    """

    __props__ = ("axis", "dtype", "acc_dtype")

    def __init__(self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None) -> None:
        super().__init__(scalar.add, axis, dtype, acc_dtype)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        return [scalar.second(x, keep_dims(x, dout, self.axis))]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0])]

    def __str__(self) -> str:
        settings = [] if self.axis is None else [f"axis={list(self.axis)}"]
        settings += [] if self.acc_dtype is None else [f"acc_dtype={self.acc_dtype}"]
        return f"Sum{{{', '.join(settings)}}}" if settings else "Sum"


class Prod(CAReduceDtype):
    """Product of elements along axes, 1 of none.

    out[i...] = 1 * x[i..., 0] * x[i..., 1] * ...
    vjp: dx[k] = dout * (product of the other elements), which is out / x[k] where no element is 0

    no_zeros_in_input  a promise that x has no zeros: the gradient is then simply dout * out / x

    The dtypes are those of CAReduceDtype.
    """

    __props__ = ("axis", "dtype", "acc_dtype")

    def __init__(
        self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None, no_zeros_in_input: bool = False
    ) -> None:
        super().__init__(scalar.mul, axis, dtype, acc_dtype)
        self.no_zeros_in_input = no_zeros_in_input

    def _identity(self) -> tuple | None:
        """The promise counts, though it is not printed: without it the gradient is another."""
        identity = super()._identity()
        return None if identity is None else (*identity, self.no_zeros_in_input)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        dout, out = (keep_dims(x, v, self.axis) for v in (dout, out))
        if self.no_zeros_in_input:
            return [conjugated(conjugated(dout) * out / x)]  # type: ignore[operator]
        others = ProductOfOthers(x.type, self.axis, self.dtype, self.acc_dtype)(x)
        return [dout * conjugated(others)]  # type: ignore[operator]


class ProdWithoutZeros(CAReduceDtype):
    """Product of the elements that are not 0 along axes, 1 of none.

    out[i...] = 1 * y[i..., 0] * y[i..., 1] * ...,  y = x where x != 0, else 1
    vjp: dout * out / x where x != 0, else 0
    """

    __props__ = ("axis", "dtype", "acc_dtype")

    def __init__(self, axis: Any = None, dtype: Any = None, acc_dtype: Any = None) -> None:
        super().__init__(scalar.mul, axis, dtype, acc_dtype)

    def fold(self, node: Apply) -> FoldRule:
        """acc = 1 of the accumulator's dtype; acc = acc * (x where x != 0, else 1)."""
        rule = super().fold(node)
        return FoldRule(rule.axes, rule.function, rule.initial, rule.dtype, _one_where_zero)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (out,), (dout,) = inputs, outputs, cotangents
        if out.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x)]
        dout, out = (keep_dims(x, v, self.axis) for v in (dout, out))
        return [scalar.switch(scalar.eq(x, 0), 0, conjugated(conjugated(dout) * out / x))]  # type: ignore[operator]


class ProductOfOthers(InnerGraph):
    """The partial derivatives of a product: for each element along axes the product of the other ones.

    With c the number of zeros, and P the product of the elements that are not 0:

    out[k] = P / x[k] where c = 0;  P where c = 1 and x[k] = 0;  else 0

    vjp: with u = 1 / x where x != 0, else 0, S = sum of dout * u, and Z = sum of dout where x = 0:

    x[k] != 0:  dx[k] = P u[k] (S - dout[k] u[k]) where c = 0;  P u[k] Z where c = 1;  else 0
    x[k]  = 0:  dx[k] = P S where c = 1;  P (Z - dout[k]) where c = 2;  else 0

    Of the derivatives of this vjp, thirds of the product, terms that belong to different elements, one of them 0,
    are missing.
    """

    __props__ = ("x_type", "axis", "dtype", "acc_dtype")

    def __init__(self, x_type: TensorType, axis: Any, dtype: Any, acc_dtype: Any) -> None:
        self.x_type, self.axis, self.dtype, self.acc_dtype = x_type, axis, dtype, acc_dtype
        x = x_type()
        is_zero, zeros, product = self._parts(x)
        alone = scalar.and_(is_zero, scalar.eq(zeros, 1))
        out = scalar.switch(scalar.eq(zeros, 0), product / x, scalar.switch(alone, product, 0))  # type: ignore[operator]
        super().__init__([x], [out])

    def _parts(self, x: Variable) -> tuple[Variable, Variable, Variable]:
        """Where x is 0, how many zeros there are, and the product of the other elements."""
        is_zero = scalar.eq(x, 0)
        product = ProdWithoutZeros(self.axis, self.dtype, self.acc_dtype)(x)
        return is_zero, self._total(x, is_zero), keep_dims(x, product, self.axis)

    def _total(self, x: Variable, terms: Variable) -> Variable:
        return keep_dims(x, Sum(self.axis)(terms), self.axis)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x,), (dout,) = inputs, [conjugated(d) for d in cotangents]
        is_zero, zeros, product = self._parts(x)
        u: Any = scalar.switch(is_zero, 0, scalar.inv(scalar.switch(is_zero, 1, x)))
        s: Any = self._total(x, dout * u)
        z: Any = self._total(x, scalar.switch(is_zero, dout, 0))
        none, one, two = (scalar.eq(zeros, count) for count in range(3))
        of_number = u * scalar.switch(none, s - dout * u, scalar.switch(one, z, 0))
        of_zero = scalar.switch(one, s, scalar.switch(two, z - dout, 0))
        return [conjugated(product * scalar.switch(is_zero, of_zero, of_number))]


# -- functions of the user -----------------------------------------------------------------------------------


def sum(
    input: Any, axis: Any = None, dtype: Any = None, keepdims: bool = False, acc_dtype: Any = None
) -> Variable:
    """Sum of the elements along ``axis`` (None: all; an integer or several); see Sum.

    With ``keepdims`` the summed axes stay, with length 1.  Unlike NumPy, float32 is summed in float64, and
    float16 in float32, before the result is rounded.
    """
    x = as_tensor_variable(input)
    return reduced(Sum(axis, dtype, acc_dtype), x, keepdims)


def prod(
    input: Any,
    axis: Any = None,
    dtype: Any = None,
    keepdims: bool = False,
    acc_dtype: Any = None,
    no_zeros_in_input: bool = False,
) -> Variable:
    """Product of the elements along ``axis``; see Prod."""
    x = as_tensor_variable(input)
    return reduced(Prod(axis, dtype, acc_dtype, no_zeros_in_input), x, keepdims)


def makeKeepDims(x: Any, y: Any, axis: Any) -> Variable:
    """``y``, a reduction of ``x`` along ``axis``, with the reduced axes put back as broadcastable ones."""
    return keep_dims(as_tensor_variable(x), as_tensor_variable(y), axes_given(axis))


def keep_dims(x: Variable, y: Variable, axis: tuple[int, ...] | None) -> Variable:
    """``makeKeepDims`` for variables, and axes as an op holds them: None is all."""
    ndim = x.type.ndim  # type: ignore[attr-defined]
    axes = tuple(range(ndim)) if axis is None else axes_within(axis, ndim)
    remaining = iter(range(ndim))
    return dimshuffle(y, *["x" if k in axes else next(remaining) for k in range(ndim)])


@lru_cache(maxsize=1024)
def _settled(op: CAReduce, axes: tuple[int, ...], dtype: str) -> CAReduce:
    """One object for each, so that large graphs stay small."""
    return op._settled(axes, dtype)


def sum_over(x: Variable, axes: Sequence[int]) -> Variable:
    """The sum of ``x`` along ``axes``, which stay with length 1."""
    return keep_dims(x, _sum(tuple(axes))(x), tuple(axes))


@lru_cache(maxsize=1024)
def _sum(axes: tuple[int, ...]) -> Sum:
    return Sum(axes)


# -- axes and dtypes -----------------------------------------------------------------------------------------


def reduced(op: CAReduce, x: Variable, keepdims: bool) -> Variable:
    """``op(x)``, with the folded axes kept at length 1 if so wanted."""
    out = op(x)
    return keep_dims(x, out, op.axis) if keepdims else out


def axes_given(axis: Any) -> tuple[int, ...] | None:
    """Axes as the user wrote them, an integer or several of them, as a tuple; None stays.

    Raises TypeError for a floating-point number or a variable.
    """
    if axis is None:
        return None
    if isinstance(axis, (int, np.integer)) or (isinstance(axis, np.ndarray) and axis.ndim == 0):
        several: Any = [axis]
    else:
        several = axis if hasattr(axis, "__iter__") and not isinstance(axis, Variable) else [None]
    found = []
    for one in several:
        if one is None or isinstance(one, (float, np.floating, Variable)):
            raise TypeError(f"axis must be an integer or several integers, found {axis!r}")
        found.append(int(one))
    return tuple(found)


def axes_within(axes: tuple[int, ...], ndim: int) -> tuple[int, ...]:
    """Each axis once, ascending, counted from the first one.  ValueError when there is no such axis."""
    for axis in axes:
        if not -ndim <= axis < ndim:
            raise ValueError(f"Not enough dimensions on x to reduce on axis {axis}")
    return tuple(sorted({axis % ndim for axis in axes}))


def _dtype_name(dtype: Any) -> str | None:
    if dtype is None:
        return None
    return config.floatX if isinstance(dtype, str) and dtype == "floatX" else np.dtype(dtype).name


# -- folding with NumPy --------------------------------------------------------------------------------------


def _one_where_zero(x: Any) -> Any:
    """x + (x == 0): in the dtype of x, and without a number whose dtype might widen it."""
    return scalar.add(x, scalar.eq(x, 0))


def identity_of(function: ScalarOp, dtype: str) -> Any:
    """The number with which a fold may begin, or None; for maximum the least, for minimum the greatest."""
    kind = np.dtype(dtype)
    if function in (scalar.add, scalar.or_, scalar.xor):
        return kind.type(0)
    if function is scalar.mul:
        return kind.type(1)
    if function is scalar.and_:
        return np.array(-1).astype(kind)[()]  # all bits set
    if function in (scalar.maximum, scalar.minimum):
        least = function is scalar.maximum
        if kind.kind == "b":
            return kind.type(not least)
        if kind.kind in "iu":
            return kind.type(np.iinfo(kind).min if least else np.iinfo(kind).max)
        return None if kind.kind == "c" else kind.type(-np.inf if least else np.inf)
    return getattr(function, "identity", None)


def _folded(x: np.ndarray, rule: FoldRule) -> Any:
    """``x`` folded along the axes by NumPy's own reduction; by a loop for a function that NumPy lacks."""
    ufunc = _UFUNCS.get(rule.function)  # type: ignore[call-overload]
    if ufunc is not None:
        return ufunc.reduce(x, axis=rule.axes, dtype=rule.dtype)
    kept = [axis for axis in range(x.ndim) if axis not in rule.axes]
    shape = [x.shape[axis] for axis in kept]
    n = int(np.prod([x.shape[axis] for axis in rule.axes], dtype=np.int64))
    rows = np.transpose(x, [*rule.axes, *kept]).reshape(n, *shape).astype(rule.dtype)
    if rule.initial is None:
        total, rows = rows[0], rows[1:]
    else:
        total = np.full(shape, rule.initial, rule.dtype)
    for row in rows:
        total = np.asarray(rule.function.impl(total, row)).astype(rule.dtype)
    return total
