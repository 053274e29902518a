"""Windows of signals."""

from __future__ import annotations

from typing import Any

from theano.graph import Variable
from theano.scalar import abs_, maximum, true_div
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of


def bartlett(M: Any) -> Variable:
    """The triangular window of ``M`` points, 0 at both ends, as numpy.bartlett: a vector of float64.

    out[i] = 1 - |2 i - (M - 1)| / (M - 1),  [1] for M = 1, empty for M < 1

    Raises TypeError unless ``M`` is a 0-d integer.
    """
    M = as_tensor_variable(M)
    if M.type.ndim != 0:
        raise TypeError(f"Bartlett only works on scalar input, found {M} of type {M.type}")
    if M.type.dtype not in dtypes.INTEGER:
        raise TypeError(f"Bartlett only works on integer input, found {M} of type {M.type}")
    last: Any = elemwise_of(casts["int64"])(M) - 1
    i: Any = arange(last + 1)
    distance = elemwise_of(casts["float64"])(abs_(2 * i - last))
    return 1 - true_div(distance, maximum(last, 1))
