"""Statistics: mean, variance and standard deviation along axes of an array."""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.graph import Variable
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.constant import as_tensor_variable, constant
from theano.tensor.dimshuffle import pad_left, pad_right, squeeze, transpose
from theano.tensor.dot import dot
from theano.tensor.join import join
from theano.tensor.reduction import axes_given, axes_within, sum
from theano.tensor.shape import shape


def mean(
    input: Any,
    axis: Any = None,
    dtype: Any = None,
    op: bool = False,
    keepdims: bool = False,
    acc_dtype: Any = None,
) -> Variable:
    """sum(x, axis) / n, where n is the number of elements along ``axis`` (None: all); NaN when n = 0.

    dtype      in which to sum; integers are summed in int64 and divided in float64, whatever floatX is
    op         accepted for old programs; the result is the same
    acc_dtype  of the accumulator, see Sum

    float16 is summed in float32 and the mean rounded to float16.
    """
    x = as_tensor_variable(input)
    is_half = x.type.dtype == "float16" and dtype is None  # type: ignore[attr-defined]
    summed = "float32" if is_half else dtype
    total = sum(x, axis, summed, keepdims, acc_dtype)
    result = _divided(total, x, _axes_of(x, axis))
    if is_half or dtype == "float16":
        result = casts["float16"](result)
    elif result.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
        result = casts["float64"](result)
    return _named(result, x, "mean")


def _named(result: Variable, x: Variable, name: str) -> Variable:
    """``result`` under the name by which 1.0.5 shows it, unless it is ``x`` itself."""
    if result is not x:
        result.name = name
    return result


def var(
    input: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False
) -> Variable:
    """The mean of (x - mean(x)) ** 2 along ``axis`` (None: all), in two passes.

    ddof       each axis counts as shorter by this: the divisor is the product of n_k - ddof over the axes,
               which differs from NumPy when there are several
    corrected  subtract the square of the mean of x - mean(x), which is not exactly 0 in rounded arithmetic

    Of complex numbers it is the mean of squares, not of squared magnitudes: as Theano 1.0.5, unlike NumPy.
    """
    x = as_tensor_variable(input)
    axes = _axes_of(x, axis)
    centred = scalar.sub(x, mean(x, axes, keepdims=True))
    two = constant(2, dtype=centred.type.dtype)
    squares = scalar.pow(centred, two)
    if ddof == 0:
        result = mean(squares, axes, keepdims=keepdims)
    else:
        result = _divided(sum(squares, axes, keepdims=keepdims), x, axes, ddof)
    if not corrected:
        return _named(result, x, "var")
    if ddof == 0:
        error = scalar.sqr(mean(centred, axes, keepdims=keepdims))
    else:
        error = scalar.sqr(sum(centred, axes, keepdims=keepdims))
        error = _divided(_divided(error, x, axes), x, axes, ddof)
    return _named(scalar.sub(result, error), x, "var")


def std(
    input: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False, corrected: bool = False
) -> Variable:
    """The square root of the variance; see var."""
    variance = var(input, axis, ddof, keepdims, corrected)
    return _named(scalar.sqrt(variance), variance, "std")


def _axes_of(x: Variable, axis: Any) -> tuple[int, ...]:
    """The axes counted from the first one.  One that is named twice divides twice, as in Theano 1.0.5."""
    ndim = x.type.ndim  # type: ignore[attr-defined]
    given = axes_given(axis)
    if given is None:
        return tuple(range(ndim))
    axes_within(given, ndim)
    return tuple(one % ndim for one in given)


def _divided(total: Variable, x: Variable, axes: tuple[int, ...], ddof: int = 0) -> Variable:
    """``total`` divided by n_k - ddof for the length n_k of ``x`` along each of the axes."""
    if not axes:
        return total
    lengths = shape(x)
    if ddof:
        lengths = scalar.sub(lengths, ddof)
    narrow = total.type.dtype in ("float16", "float32", "complex64")  # type: ignore[attr-defined]
    lengths = casts["float32" if narrow else "float64"](lengths)
    for axis in axes:
        total = scalar.true_div(total, lengths[axis])  # type: ignore[index]
    return total


def cov(
    m: Any,
    y: Any = None,
    rowvar: bool = True,
    bias: bool = False,
    ddof: int | None = None,
    fweights: Any = None,
    aweights: Any = None,
) -> Variable:
    """The covariance matrix of observed variables, as numpy.cov; 0-d for a single variable.

    m         a vector of observations of one variable, or a matrix with a variable in each row
    y         more variables, in the form of ``m``
    rowvar    False: the variables are the columns
    ddof      the sum of products is divided by n - ddof; 1, or with ``bias`` 0, unless told
    fweights  how often each observation occurred, a vector of integers
    aweights  the importance of each observation, a vector

    Raises TypeError for more than two dimensions, ValueError for a ``ddof`` that is no integer.
    """
    if ddof is not None and ddof != int(ddof):
        raise ValueError(f"ddof must be integer, found {ddof!r}")
    rows = _variables_in_rows(m, rowvar)
    if y is not None:
        rows = join(0, rows, _variables_in_rows(y, rowvar))
    ddof = (0 if bias else 1) if ddof is None else int(ddof)
    weights = None if fweights is None else as_tensor_variable(fweights)
    if aweights is not None:
        weights = aweights if weights is None else weights * aweights
    divisor: Any
    if weights is None:
        lengths: Any = shape(rows)
        total: Any = sum(rows, axis=1)
        divisor = lengths[1] - ddof
        weighted = rows = rows - pad_right(total / lengths[1])
    else:
        weights = as_tensor_variable(weights)
        total, count = sum(rows * weights, axis=1), _total(weights)
        rows = rows - pad_right(total / count)
        weighted = rows * weights
        divisor = count - (ddof if aweights is None else ddof * _total(weights * aweights) / count)
    products: Any = dot(rows, transpose(weighted))
    return squeeze(products / divisor)



def _variables_in_rows(m: Any, rowvar: bool) -> Any:
    m = as_tensor_variable(m)
    if m.type.ndim > 2:
        raise TypeError(f"cov needs vectors or matrices, found {m} of type {m.type}")
    rows = pad_left(m, 2 - m.type.ndim)
    return rows if rowvar or m.type.ndim < 2 else transpose(rows)


def _total(x: Any) -> Any:
    return sum(x)
