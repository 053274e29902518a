"""Pooling: the maximum, sum or average of windows that move along the last axes of an array, and its derivatives.

Along each pooled axis of length n, window w covers the padded places  w stride ... w stride + ws - 1,  of which those
from pad to pad + n - 1 are the image, those outside are padding, and those beyond n + 2 pad do not exist.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Constant, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.static_value import known_integer, vector_entries
from theano.tensor.type import tensor_type

MODES = ("max", "sum", "average_inc_pad", "average_exc_pad")


def number_of_windows(n: Any, ws: Any, stride: Any, pad: Any, ignore_border: bool) -> Any:
    """How many windows there are along an axis of length n: of integers, expressions or variables.

    ignore_border  count whole windows only; else windows go on until every place is covered, the last being cut off
    """
    total = n + 2 * pad
    if ignore_border:
        return scalar.maximum((total - ws) // stride + 1, 0)
    return scalar.minimum((total - 1) // stride + 1, scalar.maximum((total - ws + stride - 1) // stride, 0) + 1)


class PoolingOp(Op):
    """What pooling and its derivatives share.

    ndim           how many of the last axes are pooled
    ignore_border  whether a last window that does not fit is left out
    mode           "max", "sum", "average_inc_pad" (padding counts, as zeros), "average_exc_pad" (it does not)
    openmp         accepted as in Theano 1.0.5

    The last three inputs are vectors of ``ndim`` integers: the windows' lengths, their strides, the padding.

    Raises ValueError for another mode; NotImplementedError for padding without ``ignore_border``, and for padding that
    is not smaller than the window, where these are known; ValueError for the latter at run time.
    """

    __props__ = ("ignore_border", "mode", "ndim")

    def __init__(self, ignore_border: bool = False, mode: str = "max", ndim: int = 2, openmp: Any = None) -> None:
        if mode not in MODES:
            raise ValueError(
                "Pool mode parameter only support 'max', 'sum', 'average_inc_pad' and 'average_exc_pad'. "
                f"Got {mode}"
            )
        self.ignore_border, self.mode, self.ndim = bool(ignore_border), mode, int(ndim)

    def applied(self, arrays: Sequence[Any], ws: Any, stride: Any, pad: Any, pattern: Sequence[bool]) -> Apply:
        """The application to arrays of at least ``ndim`` dimensions, with an output of the first one's dtype."""
        variables = [as_tensor_variable(v) for v in arrays]
        for v in variables:
            if v.type.ndim < self.ndim:
                raise TypeError(f"pooling {self.ndim} axes needs at least as many dimensions, found {v} of type {v.type}")
        stride = ws if stride is None else stride
        pad = (0,) * self.ndim if pad is None else pad
        settings = [self._integers(v, what) for v, what in ((ws, "ws"), (stride, "stride"), (pad, "pad"))]
        self._check([_entries(v, self.ndim) for v in settings])
        return Apply(self, [*variables, *settings], [tensor_type(variables[0].type.dtype, pattern)()])

    def _integers(self, v: Any, what: str) -> Variable:
        v = as_tensor_variable(v)
        if v.type.dtype not in dtypes.INTEGER:
            raise TypeError(f"Pool {what} parameters must be ints, found {v} of type {v.type}")
        if v.type.ndim != 1:
            raise TypeError(f"Pool {what} must be a vector of {self.ndim} integers, found {v} of type {v.type}")
        if isinstance(v, Constant) and v.data.shape != (self.ndim,):
            raise ValueError(f"Pool {what} must have {self.ndim} entries, found {v.data.tolist()}")
        return v

    def _check(self, settings: Sequence[Sequence[Any]]) -> None:
        for ws, _, pad in zip(*settings, strict=True):
            if isinstance(pad, int) and pad > 0 and not self.ignore_border:
                raise NotImplementedError("padding works only with ignore_border=True")
            if isinstance(pad, int) and isinstance(ws, int) and pad >= ws:
                raise NotImplementedError(f"padding must be smaller than the window, found pad {pad} for ws {ws}")

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[0])]

    def windows(self, shape: Sequence[int], settings: Sequence[np.ndarray]) -> Windows:
        """Where the windows of an image of this shape are."""
        ws, stride, pad = ([int(k) for k in v] for v in settings)
        if not len(ws) == len(stride) == len(pad) == self.ndim:
            raise ValueError(f"ws, stride and pad must have {self.ndim} entries each, found {ws}, {stride} and {pad}")
        if min(stride) < 1 or min(ws) < 1 or any(not 0 <= p < w for p, w in zip(pad, ws, strict=True)):
            raise ValueError(
                f"ws and stride must be positive, pad smaller than ws and not negative, found {ws}, {stride} and {pad}"
            )
        if any(pad) and not self.ignore_border:
            raise ValueError(f"padding works only with ignore_border=True, found pad {pad}")
        return Windows(tuple(shape[-self.ndim :]), ws, stride, pad, self.ignore_border)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True]] * (len(node.inputs) - 3) + [[False]] * 3


def _entries(v: Variable, ndim: int) -> list[Any]:
    """The entries of a vector of integers, as Python integers where they are known."""
    found = vector_entries(v)
    if found is None:
        found = [v[k] for k in range(ndim)]  # type: ignore[index]
    known = [known_integer(e) for e in found]
    return [e if k is None else k for e, k in zip(found, known, strict=True)]


class Windows:
    """Windows in an array's last axes, of lengths ``n``; see the head of this file."""

    def __init__(
        self, n: Sequence[int], ws: Sequence[int], stride: Sequence[int], pad: Sequence[int], ignore_border: bool
    ) -> None:
        self.n, self.ws, self.stride, self.pad = n, ws, stride, pad
        self.count = tuple(
            int(number_of_windows(*each, ignore_border)) for each in zip(n, ws, stride, pad, strict=True)
        )
        self._length = [max((c - 1) * s + w, 0) for c, s, w in zip(self.count, stride, ws, strict=True)]

    def padded(self, x: np.ndarray, fill: Any) -> np.ndarray:
        """All places that windows reach, those outside the image filled."""
        batch = x.shape[: x.ndim - len(self.n)]
        out = np.full((*batch, *self._length), fill, x.dtype)
        out[self._inside()] = x[self._reached()]
        return out

    def cut(self, padded: np.ndarray) -> np.ndarray:
        """The image's places of an array of all places; 0 where no window reaches."""
        out = np.zeros((*padded.shape[: padded.ndim - len(self.n)], *self.n), padded.dtype)
        out[self._reached()] = padded[self._inside()]
        return out

    def _inside(self) -> tuple:
        return (..., *(slice(p, p + n) for p, n in zip(self.pad, self.n, strict=True)))

    def _reached(self) -> tuple:
        return (..., *(slice(0, max(m - p, 0)) for p, m in zip(self.pad, self._length, strict=True)))

    def places(self) -> Iterator[tuple]:
        """For each place within a window the index of that place of all windows, in an array of all places."""
        for offset in product(*map(range, self.ws)):
            yield (
                ...,
                *(slice(k, k + c * s, s) for k, c, s in zip(offset, self.count, self.stride, strict=True)),
            )

    def divisors(self, mode: str) -> np.ndarray:
        """By what the sum of each window is divided."""
        total = np.ones(self.count, "int64")
        if mode == "sum":
            return total
        for axis, (n, w, s, p, c) in enumerate(zip(self.n, self.ws, self.stride, self.pad, self.count, strict=True)):
            begin = np.arange(c) * s
            end = np.minimum(begin + w, n + 2 * p)
            if mode == "average_exc_pad":
                begin, end = np.maximum(begin, p), np.minimum(end, n + p)
            total = total * (end - begin).reshape([-1 if k == axis else 1 for k in range(len(self.n))])
        return total


def _lowest(dtype: np.dtype) -> Any:
    if dtype.kind == "b":
        return False
    return -np.inf if dtype.kind == "f" else np.iinfo(dtype).min


class Pool(PoolingOp):
    """The maximum, sum or average of each window.

    x                array of numbers that have an order, at least ``ndim`` dimensions
    ws, stride, pad  vectors of ``ndim`` integers; the stride is ws and pad 0 unless given
    out              dtype of x; along the pooled axes as long as there are windows

    vjp, max: MaxPoolGrad(x, out, dout);  otherwise AveragePoolGrad(x, dout)
    jvp, max: DownsampleFactorMaxGradGrad(x, out, tx);  otherwise pooling of tx, as it is linear
    """

    def make_node(self, x: Any, ws: Any, stride: Any = None, pad: Any = None) -> Apply:  # type: ignore[override]
        x = as_tensor_variable(x)
        if x.type.dtype in dtypes.COMPLEX:
            raise TypeError(f"pooling needs real numbers, found {x} of type {x.type}")
        pattern = (*x.type.broadcastable[: max(x.type.ndim - self.ndim, 0)], *(False,) * self.ndim)
        return self.applied([x], ws, stride, pad, pattern)

    @staticmethod
    def out_shape(
        imgshape: Sequence[Any],
        ws: Any = None,
        ignore_border: bool = False,
        stride: Any = None,
        pad: Any = None,
        ndim: int = 2,
        ds: Any = None,
        st: Any = None,
        padding: Any = None,
    ) -> list[Any]:
        """The shape of the result for images of shape ``imgshape``; lengths may be variables."""
        ws, stride, pad = given_once(ws, ds, "ds"), given_once(stride, st, "st"), given_once(pad, padding, "padding")
        if ws is None:
            raise TypeError("the windows' lengths ws must be given")
        if len(imgshape) < ndim:
            raise TypeError(f"imgshape must have at least {ndim} dimensions, found {len(imgshape)}")
        stride, pad = ws if stride is None else stride, (0,) * ndim if pad is None else pad
        lengths = [
            number_of_windows(n, ws[k], stride[k], pad[k], ignore_border) for k, n in enumerate(imgshape[-ndim:])
        ]
        return [*imgshape[: len(imgshape) - ndim], *(n if isinstance(n, Variable) else int(n) for n in lengths)]

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        ws, stride, pad = (_entries(v, self.ndim) for v in node.inputs[1:])
        return [tuple(self.out_shape(shapes[0], ws, self.ignore_border, stride, pad, self.ndim))]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, *settings = inputs
        windows = self.windows(x.shape, settings)
        if self.mode == "max":
            all_places = windows.padded(x, _lowest(x.dtype))
            out = np.full((*x.shape[: x.ndim - self.ndim], *windows.count), _lowest(x.dtype), x.dtype)
            for place in windows.places():
                out = np.maximum(out, all_places[place])
        else:
            all_places = windows.padded(x, 0)
            total = sum(all_places[place] for place in windows.places())
            out = total if self.mode == "sum" else total / windows.divisors(self.mode)
        outputs[0][0] = np.asarray(out).astype(x.dtype)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, *settings), (out,), (dout,) = inputs, outputs, cotangents
        if x.type.dtype in dtypes.DISCRETE:  # type: ignore[attr-defined]
            return [zeros_of_gradient(x), None, None, None]
        if self.mode == "max":
            return [MaxPoolGrad(self.ignore_border, self.ndim)(x, out, dout, *settings), None, None, None]
        return [AveragePoolGrad(self.ignore_border, self.mode, self.ndim)(x, dout, *settings), None, None, None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        (x, *settings), tx = inputs, tangents[0]
        if tx is None:
            return [None]
        if self.mode != "max":
            return [self(tx, *settings)]
        return [DownsampleFactorMaxGradGrad(self.ignore_border, "max", self.ndim)(x, self(x, *settings), tx, *settings)]


class PoolGrad(PoolingOp):
    """What the cotangents of pooling share."""

    out_shape = staticmethod(Pool.out_shape)

    def __init__(self, ignore_border: bool, mode: str = "max", ndim: int = 2, openmp: Any = None) -> None:
        super().__init__(ignore_border, mode, ndim, openmp)


class MaxPoolGrad(PoolGrad):
    """The cotangent of x where maxout = the maximum of each window: dout at every place that is the maximum.

    x            the image
    maxout, gz   the maxima and their cotangent: one number for each window
    dx           type of x:  dx[p] = sum of gz[w] over the windows w with p in them and x[p] = maxout[w]

    vjp: DownsampleFactorMaxGradGrad(x, maxout, c) for gz; the places of the maxima are constants
    """

    __props__ = ("ignore_border", "mode", "ndim")

    def __init__(self, ignore_border: bool, ndim: int = 2, openmp: Any = None) -> None:
        super().__init__(ignore_border, "max", ndim, openmp)

    def make_node(self, x: Any, maxout: Any, gz: Any, ws: Any, stride: Any = None, pad: Any = None) -> Apply:  # type: ignore[override]
        x = as_tensor_variable(x)
        return self.applied([x, maxout, gz], ws, stride, pad, x.type.broadcastable)

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, maxout, gz, *settings = inputs
        windows = self.windows(x.shape, settings)
        all_places = windows.padded(x, _lowest(x.dtype))
        dx = np.zeros_like(all_places)
        for place in windows.places():
            dx[place] += gz.astype(x.dtype) * (all_places[place] == maxout)
        outputs[0][0] = windows.cut(dx)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, maxout, _, *settings), (c,) = inputs, cotangents
        along = DownsampleFactorMaxGradGrad(self.ignore_border, "max", self.ndim)(x, maxout, c, *settings)
        return [zeros_like(x), zeros_like(maxout), along, None, None, None]


class AveragePoolGrad(PoolGrad):
    """The cotangent of x where each window is summed or averaged.

    x   the image, of which the shape matters
    gz  the cotangent of the result: one number for each window
    dx  type of x:  dx[p] = sum of gz[w] / divisor[w] over the windows w with p in them

    vjp: pooling of the cotangent, for gz
    """

    def __init__(self, ignore_border: bool, mode: str = "average_inc_pad", ndim: int = 2) -> None:
        if mode == "max":
            raise ValueError("the cotangent of maxima is MaxPoolGrad")
        super().__init__(ignore_border, mode, ndim)

    def make_node(self, x: Any, gz: Any, ws: Any, stride: Any = None, pad: Any = None) -> Apply:  # type: ignore[override]
        x = as_tensor_variable(x)
        return self.applied([x, gz], ws, stride, pad, x.type.broadcastable)

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, gz, *settings = inputs
        windows = self.windows(x.shape, settings)
        dx = np.zeros_like(windows.padded(x, 0))
        share = (gz / windows.divisors(self.mode)).astype(x.dtype)
        for place in windows.places():
            dx[place] += share
        outputs[0][0] = windows.cut(dx)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [True], [False], [False], [False]]

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        _, _, *settings = inputs
        return [None, Pool(self.ignore_border, self.mode, self.ndim)(cotangents[0], *settings), None, None, None]


class DownsampleFactorMaxGradGrad(PoolingOp):
    """The sum, over the places of each window's maxima, of the numbers at these places in another array.

    x       the image
    maxout  the maximum of each window
    ggx     an array of the shape of x
    out     dtype of x, shape of maxout:  out[w] = sum of ggx[p] over the places p in w with x[p] = maxout[w]

    vjp: MaxPoolGrad(x, maxout, c) for ggx; the places of the maxima are constants
    """

    def __init__(self, ignore_border: bool, mode: str = "max", ndim: int = 2, openmp: Any = None) -> None:
        super().__init__(ignore_border, mode, ndim, openmp)

    def make_node(self, x: Any, maxout: Any, ggx: Any, ws: Any, stride: Any = None, pad: Any = None) -> Apply:  # type: ignore[override]
        maxout = as_tensor_variable(maxout)
        return self.applied([x, maxout, ggx], ws, stride, pad, maxout.type.broadcastable)

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shapes[1])]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        x, maxout, ggx, *settings = inputs
        windows = self.windows(x.shape, settings)
        all_x, all_ggx = windows.padded(x, _lowest(x.dtype)), windows.padded(ggx, 0)
        out = np.zeros(maxout.shape, x.dtype)
        for place in windows.places():
            out += np.where(all_x[place] == maxout, all_ggx[place], 0).astype(x.dtype)
        outputs[0][0] = out

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, maxout, _, *settings), (c,) = inputs, cotangents
        back = MaxPoolGrad(self.ignore_border, self.ndim)(x, maxout, c, *settings)
        return [zeros_like(x), zeros_like(maxout), back, None, None, None]


class MaxPoolRop(PoolingOp):
    """Called on x, a tangent of it and the windows: the tangent of the maxima."""

    def __call__(self, x: Any, eval_point: Any, ws: Any, stride: Any = None, pad: Any = None) -> Variable:  # type: ignore[override]
        maxima = Pool(self.ignore_border, "max", self.ndim)(x, ws, stride, pad)
        return DownsampleFactorMaxGradGrad(self.ignore_border, "max", self.ndim)(x, maxima, eval_point, ws, stride, pad)


def given_once(new: Any, old: Any, name: str) -> Any:
    """An argument under its new name or its old one."""
    if old is not None and new is not None:
        raise ValueError(f"You can't provide a tuple value to both a parameter and {name}, its old name")
    return new if old is None else old
