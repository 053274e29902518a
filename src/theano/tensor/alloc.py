"""Arrays from nothing: alloc, zeros, ones, eye, tri, arange."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Apply, Op, ShapeMismatch, Variable
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_left
from theano.tensor.elemwise import elemwise_of, sum_back, zeros_of_gradient
from theano.tensor.rebroadcast import unbroadcast
from theano.tensor.shape import as_lengths, shape
from theano.tensor.static_value import NotScalarConstantError, ValueOf, known_integer, scalar_value
from theano.tensor.type import tensor_type


def _lengths_as_variables(lengths: Sequence[Any], op: str, node_of: Any = None) -> list[Variable]:
    variables = [as_tensor_variable(n, ndim=0) for n in lengths]
    for position, v in enumerate(variables):
        if v.type.dtype not in dtypes.INTEGER:
            raise TypeError(
                f"Shape arguments to {op} must be integers, but argument {position} is not: {v} of {v.type}"
            )
    return variables


def _pattern(lengths: Sequence[Variable]) -> list[bool]:
    return [known_integer(n) == 1 for n in lengths]


class Alloc(Op):
    """``value`` repeated over an array of the given shape.

    value    tensor, any dtype; missing dimensions are added on the left
    lengths  0-d integers, one for each dimension
    out      dtype of value; broadcastable where the length is the constant 1

    Raises ShapeMismatch at run time where value does not fit.
    """

    __props__ = ()

    def make_node(self, value: Any, *lengths: Any) -> Apply:
        value = as_tensor_variable(value)
        variables = _lengths_as_variables(lengths, "Alloc")
        if value.type.ndim > len(variables):
            raise TypeError(
                "The Alloc value to use has more dimensions than the specified dimensions",
                value.type.ndim,
                len(variables),
            )
        return Apply(self, [value, *variables], [tensor_type(value.type.dtype, _pattern(variables))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(n if (k := known_integer(n)) is None else k for n in node.inputs[1:])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        value, *lengths = inputs
        wanted = tuple(int(n) for n in lengths)
        try:
            outputs[0][0] = np.broadcast_to(value, wanted).copy()
        except ValueError:
            raise ShapeMismatch(
                f"alloc needs a value that fits the shape, found value of shape {np.shape(value)} for {wanted}"
            ) from None

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True]] + [[False]] * (len(node.inputs) - 1)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        value, *lengths = inputs
        pattern = pad_left(value, len(lengths) - value.type.ndim).type.broadcastable  # type: ignore[attr-defined]
        dout = cotangents[0]
        fixed = [k for k, b in enumerate(dout.type.broadcastable) if b and not pattern[k]]  # type: ignore
        return [sum_back(unbroadcast(dout, *fixed), value), *[None] * len(lengths)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], *inputs[1:])]


class AllocEmpty(Op):
    """An array of the given shape whose contents are not defined: to be overwritten."""

    __props__ = ("dtype",)

    def __init__(self, dtype: str) -> None:
        if not isinstance(dtype, str):
            raise TypeError(f"AllocEmpty needs the name of a dtype, found {dtype!r}")
        self.dtype = config.floatX if dtype == "floatX" else dtype.lower()

    def make_node(self, *lengths: Any) -> Apply:
        variables = _lengths_as_variables(lengths, "AllocEmpty")
        return Apply(self, variables, [tensor_type(self.dtype, _pattern(variables))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(n if (k := known_integer(n)) is None else k for n in node.inputs)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = np.zeros([int(n) for n in inputs], self.dtype)

    def do_constant_folding(self, node: Apply) -> bool:
        return False

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]] * len(node.inputs)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None] * len(inputs)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [zeros([*inputs], self.dtype)]


class Eye(Op):
    """n rows, m columns, ones on the k-th diagonal, zeros elsewhere: out[i, j] = (j - i == k)."""

    __props__ = ("dtype",)

    def __init__(self, dtype: str | None = None) -> None:
        self.dtype = config.floatX if dtype is None else dtype

    def make_node(self, n: Any, m: Any, k: Any) -> Apply:
        variables = [as_tensor_variable(v) for v in (n, m, k)]
        for v in variables:
            if v.type.ndim or v.type.dtype not in dtypes.INTEGER:
                raise TypeError(f"{type(self).__name__} takes 0-d integers, found {v} of type {v.type}")
        return Apply(self, variables, [tensor_type(self.dtype, (False, False))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [tuple(v if (n := known_integer(v)) is None else n for v in node.inputs[:2])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        n, m, k = (int(i) for i in inputs)
        outputs[0][0] = np.eye(n, m, k, dtype=self.dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]] * 3

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None] * 3

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None]


class Tri(Eye):
    """n rows, m columns, ones on and below the k-th diagonal: out[i, j] = (j - i <= k)."""

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        n, m, k = (int(i) for i in inputs)
        outputs[0][0] = np.tri(n, m, k, dtype=self.dtype)


class ARange(Op):
    """start, start + step, ... before stop: out[i] = start + i * step, of max(0, ceil((stop - start) / step)) entries."""

    __props__ = ("dtype",)

    def __init__(self, dtype: str) -> None:
        self.dtype = dtype

    def make_node(self, start: Any, stop: Any, step: Any) -> Apply:
        variables = [as_tensor_variable(v) for v in (start, stop, step)]
        for v in variables:
            assert v.type.ndim == 0, f"arange takes 0-d arguments, found {v} of type {v.type}"
        return Apply(self, variables, [tensor_type(self.dtype, (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        values: list[Any] = [v if (n := known_integer(v)) is None else n for v in node.inputs]
        if any(v.type.dtype in dtypes.CONTINUOUS for v in node.inputs):  # type: ignore[attr-defined]
            start, stop, step = (_as("float64", v) for v in values)
            return [(_as("int64", _maximum(_ceil((stop - start) / step), 0)),)]
        start, stop, step = (v if isinstance(v, int) else _as("int64", v) for v in values)
        return [(range_length(start, stop, step),)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        start, stop, step = (i.item() for i in inputs)
        if step == 0:
            raise ZeroDivisionError("arange needs a step other than 0")
        outputs[0][0] = np.arange(start, stop, step, dtype=self.dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False], [True]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        start, _, step = inputs
        if self.dtype in dtypes.DISCRETE:
            return [zeros_of_gradient(start), None, zeros_of_gradient(step)]
        (dout,) = cotangents
        position = arange(outputs[0].shape[0], dtype=self.dtype)  # type: ignore[attr-defined]
        return [sum_back(dout, start), None, sum_back(dout * position, step)]  # type: ignore[operator]

    def __str__(self) -> str:
        return f"ARange{{dtype={self.dtype!r}}}"


def _as(dtype: str, v: Any) -> Any:
    return elemwise_of(casts[dtype])(v)


def _maximum(x: Any, y: Any) -> Any:
    from theano.scalar import maximum

    return maximum(x, y)


def _int_div(x: Any, y: Any) -> Any:
    from theano.scalar import int_div

    return int_div(x, y)


def _ceil(x: Any) -> Any:
    from theano.scalar import ceil

    return ceil(x)


def range_length(start: Any, stop: Any, step: Any) -> Any:
    """How many entries range(start, stop, step) has: max(0, ceil((stop - start) / step)), for any kind of integers."""
    if all(isinstance(n, int) for n in (start, stop, step)):
        return len(range(start, stop, step))
    distance = stop if isinstance(start, int) and start == 0 else stop - start
    if isinstance(step, int) and step == 1:
        return _maximum(distance, 0)
    return _maximum(-_int_div(-distance, step), 0)


@scalar_value.register
def _(op: Alloc, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    return value_of(node.inputs[0])


@scalar_value.register
def _(op: ARange, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    raise NotScalarConstantError(node.outputs[0])


# -- functions -----------------------------------------------------------------------------------------------------------

alloc = Alloc()


def zeros(shape: Any, dtype: str | None = None) -> Variable:
    """Zeros of this shape, floatX unless a dtype is given."""
    return alloc(np.array(0, dtype=_dtype(dtype)), *as_lengths(shape))


def ones(shape: Any, dtype: str | None = None) -> Variable:
    """Ones of this shape, floatX unless a dtype is given."""
    return alloc(np.array(1, dtype=_dtype(dtype)), *as_lengths(shape))


def _dtype(dtype: Any) -> str:
    if dtype is None or dtype == "floatX":
        return config.floatX
    return dtype if isinstance(dtype, str) else np.dtype(dtype).name


def filled_like(model: Any, value: float, dtype: str | None = None, opt: bool = False) -> Variable:
    """``value`` in the shape of ``model``, in its dtype unless another is given."""
    from theano.scalar import second

    model = as_tensor_variable(model)
    dtype = model.type.dtype if dtype is None else _dtype(dtype)
    constant = as_tensor_variable(np.array(value, dtype=dtype))
    if opt and not any(not b for b in model.type.broadcastable):
        return pad_left(constant, model.type.ndim)
    return elemwise_of(second)(model, constant)


def zeros_like(model: Any, dtype: str | None = None, opt: bool = False) -> Variable:
    """Zeros in the shape of ``model``, in its dtype unless another is given."""
    return filled_like(model, 0, dtype, opt)


def ones_like(model: Any, dtype: str | None = None, opt: bool = False) -> Variable:
    """Ones in the shape of ``model``, in its dtype unless another is given."""
    return filled_like(model, 1, dtype, opt)


def eye(n: Any, m: Any = None, k: Any = 0, dtype: str | None = None) -> Variable:
    """n rows, m (or n) columns, ones on the k-th diagonal; floatX unless a dtype is given."""
    return Eye(_dtype(dtype))(n, n if m is None else m, k)


def identity_like(x: Any) -> Variable:
    """The identity in the shape and dtype of the matrix ``x``."""
    x = as_tensor_variable(x)
    return eye(x.shape[0], x.shape[1], k=0, dtype=x.type.dtype)


def tri(N: Any, M: Any = None, k: Any = 0, dtype: str | None = None) -> Variable:
    """N rows, M (or N) columns, ones on and below the k-th diagonal; floatX unless a dtype is given."""
    return Tri(_dtype(dtype))(N, N if M is None else M, k)


def tril(m: Any, k: Any = 0) -> Variable:
    """``m`` with zeros above the k-th diagonal."""
    m = as_tensor_variable(m)
    return m * tri(m.shape[0], m.shape[1], k=k, dtype=m.type.dtype)


def triu(m: Any, k: Any = 0) -> Variable:
    """``m`` with zeros below the k-th diagonal."""
    m = as_tensor_variable(m)
    one: Any = as_tensor_variable(np.array(1, m.type.dtype))
    return m * (one - tri(m.shape[0], m.shape[1], k=k - 1, dtype=m.type.dtype))


def arange(start: Any, stop: Any = None, step: Any = 1, dtype: str | None = None) -> Variable:
    """start, start + step, ... before stop; ``arange(n)`` counts from 0.

    Without ``dtype`` integers give int64 (uint64 when all are unsigned), others their common dtype.
    """
    if stop is None:
        start, stop = 0, start
    start, stop, step = (as_tensor_variable(v) for v in (start, stop, step))
    if dtype is None:
        dtype = dtypes.upcast(start.type.dtype, stop.type.dtype, step.type.dtype)
        if dtype in dtypes.SIGNED or dtype == "bool":
            dtype = "int64"
        elif dtype in dtypes.UNSIGNED:
            dtype = "uint64"
    if dtype not in dtypes.ALL and dtype != "floatX":
        raise TypeError(f"Unsupported dtype for TensorType: {dtype}")
    return ARange(_dtype(dtype))(start, stop, step)


class _Grid:
    """``mgrid[0:2, 0:3]`` and ``ogrid[0:2, 0:3]``: coordinates of the points of a grid, one array for each axis."""

    def __init__(self, sparse: bool) -> None:
        self.sparse = sparse

    def __getitem__(self, key: Any) -> list[Variable]:
        slices = key if isinstance(key, tuple) else (key,)
        ranges = [arange(s.start or 0, s.stop, 1 if s.step is None else s.step) for s in slices]
        ndim = len(ranges)
        shaped = [r.dimshuffle(*["x"] * k, 0, *["x"] * (ndim - k - 1)) for k, r in enumerate(ranges)]  # type: ignore
        if self.sparse:
            return shaped
        dtype = dtypes.upcast(*[r.type.dtype for r in ranges])  # type: ignore[attr-defined]
        lengths = [shape(r)[0] for r in ranges]  # type: ignore[index]
        return [alloc(v if v.type.dtype == dtype else _as(dtype, v), *lengths) for v in shaped]  # type: ignore


mgrid = _Grid(sparse=False)
ogrid = _Grid(sparse=True)
