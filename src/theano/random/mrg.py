"""MRG31k3p: many streams of uniform numbers side by side.

A stream's state is six numbers, the last three of each of two recurrences (``theano.scalar.random_bits``)::

    x[n] = (2**22 x[n - 2] + (2**7 + 1) x[n - 3])        mod M1
    y[n] = (2**15 y[n - 1] + (2**15 + 1) y[n - 3])       mod M2
    u[n] = ((x[n] - y[n] mod M1), but M1 for 0) / 2**31

P. L'Ecuyer and R. Touzin 2000, "Fast combined multiple recursive generators with multipliers of the form a = +-2^q +-2^r".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from theano.gradient.types import grad_undefined
from theano.graph import Apply, Op, Variable
from theano.random.size import size_of_sample
from theano.scalar import dtype as dtypes
from theano.scalar.random_bits import M1, M2, mrg_difference, mrg_first, mrg_second
from theano.tensor.constant import as_tensor_variable
from theano.tensor.static_value import vector_entries
from theano.tensor.type import TensorType

NORM = 2.0**-31
HALF_BITS = 10  # of a float16 number: k + 1/2 over 2**10 is exact, and neither 0 nor 1


class MRGUniform(Op):
    """(next states, sample) = uniform numbers, dealt out by the streams in turn.

    rstate  int32 matrix, the states: a row (x[n - 1], x[n - 2], x[n - 3], y[n - 1], y[n - 2], y[n - 3]) for each stream
    size    integer vector, the lengths of the sample
    states  like rstate
    sample  of ``output_type``.  float64: multiples of 2**-31 in (0, 1); float32: these rounded, at most 1; float16:
            odd multiples of 2**-11

    Element i in C order is from stream i mod (number of streams); streams that give no more numbers rest.
    vjp: none reaches the states and the size
    Raises ValueError when ``size`` has another length than the sample has dimensions, or negative entries, or when
    there is no stream.  ``inplace`` is accepted: whether memory may be reused is no business of an op.
    """

    __props__ = ("output_type", "inplace")

    def __init__(self, output_type: TensorType, inplace: bool = False) -> None:
        if output_type.dtype not in dtypes.FLOAT:
            raise TypeError(f"uniform numbers are float16, float32 or float64, found {output_type.dtype}")
        self.output_type = output_type
        self.inplace = inplace

    @classmethod
    def new(cls, rstate: Any, ndim: int | None, dtype: str, size: Any) -> list[Variable]:
        """The op applied to a state, for a size of any form: [next states, sample]."""
        lengths, pattern = size_of_sample(size, ndim, ())
        return cls(TensorType(dtype, pattern))(rstate, lengths)

    @property
    def ndim(self) -> int:
        return self.output_type.ndim

    @property
    def otype_is_float32(self) -> bool:
        return self.output_type.dtype == "float32"

    @property
    def otypenum(self) -> int:
        """NumPy's number of the dtype."""
        return np.dtype(self.output_type.dtype).num

    def make_node(self, rstate: Any, size: Any) -> Apply:
        rstate, size = as_tensor_variable(rstate), as_tensor_variable(size)
        if rstate.type.dtype != "int32" or rstate.type.ndim != 2:
            raise TypeError(f"states of MRG31k3p are an int32 matrix, found {rstate} of type {rstate.type}")
        if size.type.dtype not in dtypes.INTEGER or size.type.ndim != 1:
            raise TypeError(f"size must be a vector of integers, found {size} of type {size.type}")
        known = vector_entries(size)
        if known is not None and len(known) != self.ndim:
            raise ValueError(f"a sample of {self.ndim} dimensions needs so many lengths, found {len(known)}")
        return Apply(self, [rstate, size], [rstate.type(), self.output_type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        size = node.inputs[1]
        lengths = vector_entries(size)
        return [shapes[0], tuple(lengths or [size[k] for k in range(self.ndim)])]  # type: ignore[index]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        rstate, size = inputs
        shape = tuple(int(n) for n in size)
        if len(shape) != self.ndim or min(shape, default=0) < 0:
            raise ValueError(f"a sample of {self.ndim} dimensions needs so many lengths, none negative, found {shape}")
        if not len(rstate):
            raise ValueError("rstate has no streams")
        states = np.array(rstate.T, "uint32")
        count, streams = int(np.prod(shape, dtype="int64")), len(rstate)
        drawn = np.empty(count, "int32")
        for first in range(0, count, streams):
            part = drawn[first : first + streams]
            x1, x2, x3, y1, y2, y3 = states[:, : len(part)]
            x, y = mrg_first.impl(x2, x3), mrg_second.impl(y1, y3)
            states[:, : len(part)] = np.stack([x, x1, x2, y, y1, y2])
            part[:] = mrg_difference.impl(x, y)
        outputs[0][0] = np.ascontiguousarray(states.T.astype("int32"))
        outputs[1][0] = _of_unit_interval(drawn, self.output_type.dtype).reshape(shape)

    def do_constant_folding(self, node: Apply) -> bool:
        return False

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False, False], [False, False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [grad_undefined(self, 0, inputs[0], "The state of a generator is no number to move a little"), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None, None]

    def __str__(self) -> str:
        return f"mrg_uniform{{{self.output_type},{'inplace' if self.inplace else 'no_inplace'}}}"


def _of_unit_interval(drawn: np.ndarray, dtype: str) -> np.ndarray:
    """Numbers of 1 ... M1 as numbers of the unit interval."""
    if dtype == "float16":
        return (((drawn >> (31 - HALF_BITS)) + 0.5) * 2.0**-HALF_BITS).astype(dtype)
    return drawn.astype(dtype) * np.dtype(dtype).type(NORM)


# -- streams that lie apart --------------------------------------------------------------------------------------------


def guess_n_streams(size: Any, warn: bool = False) -> int:
    """How many streams a sample is drawn from: as many as it has elements up to 6, beyond one for each 6, at most
    15360; the maximum where the size is not known before run time."""
    if isinstance(size, (tuple, list)) and all(isinstance(n, (int, np.integer)) for n in size):
        count = int(np.prod(size, dtype="int64"))
        return min(count // 6 if count > 6 else count, MOST_STREAMS)
    if warn:
        import warnings

        warnings.warn(f"MRG_RandomStreams takes {MOST_STREAMS} streams: the size is not known", stacklevel=3)
    return MOST_STREAMS


MOST_STREAMS = 60 * 256

A1 = ((0, 2**22, 2**7 + 1), (1, 0, 0), (0, 1, 0))
A2 = ((2**15, 0, 2**15 + 1), (1, 0, 0), (0, 1, 0))


def _product(a: Sequence[Sequence[int]], b: Sequence[Sequence[int]], m: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(sum(p * q for p, q in zip(row, column)) % m for column in zip(*b)) for row in a)


@cache
def power_matrix(a: tuple, exponent: int, m: int) -> np.ndarray:
    """a ** (2 ** exponent) modulo m, a recurrence's matrix: so many steps at once."""
    for _ in range(exponent):
        a = _product(a, a, m)
    return np.array(a, "int64")


# A1 and A2 to the power 2**72, from one stream to the next, and to the power 2**134, from one sample to the next
A1p72 = np.array(
    [[1516919229, 758510237, 499121365], [1884998244, 1516919229, 335398200], [601897748, 1884998244, 358115744]]
)
A2p72 = np.array(
    [[1228857673, 1496414766, 954677935], [1133297478, 1407477216, 1496414766], [2002613992, 1639496704, 1407477216]]
)
A1p134 = np.array(
    [[1702500920, 1849582496, 1656874625], [828554832, 1702500920, 1512419905], [1143731069, 828554832, 102237247]]
)
A2p134 = np.array(
    [[796789021, 1464208080, 607337906], [1241679051, 1431130166, 1464208080], [1401213391, 1178684362, 1431130166]]
)


def matVecModM(A: Any, s: Any, m: Any) -> np.ndarray:
    """A s modulo m, of three numbers less than 2**31."""
    product = np.asarray(s, "int64").astype("uint64") @ np.asarray(A, "int64").T.astype("uint64")
    return (product % np.uint64(m)).astype("int32")


def multMatVect(v: Any, A: Any, m1: Any, B: Any, m2: Any) -> np.ndarray:
    """States moved on: A times the first three numbers modulo m1, B times the last three modulo m2."""
    v = np.asarray(v, "int64")
    first, second = matVecModM(A, v[..., :3] % m1, m1), matVecModM(B, v[..., 3:] % m2, m2)
    return np.concatenate([first, second], axis=-1)


def ff_2p72(rstate: Any) -> np.ndarray:
    """The state 2**72 steps on: that of the next stream."""
    return multMatVect(rstate, A1p72, M1, A2p72, M2)


def ff_2p134(rstate: Any) -> np.ndarray:
    """The state 2**134 steps on: that of the next sample."""
    return multMatVect(rstate, A1p134, M1, A2p134, M2)


def substreams(rstate: Any, count: int) -> np.ndarray:
    """int32 (count, 6): the states of streams 2**72 steps apart, the first of which begins with ``rstate``."""
    states = np.array([rstate], "int32")
    exponent = 72
    while len(states) < count:
        further = multMatVect(states, power_matrix(A1, exponent, M1), M1, power_matrix(A2, exponent, M2), M2)
        states = np.concatenate([states, further])
        exponent += 1
    return states[:count]
