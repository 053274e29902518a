"""TensorVariable and TensorConstant: symbolic arrays."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from theano.graph import Constant, Variable
from theano.tensor.constant import constant
from theano.tensor.elemwise import register_tensor_variable
from theano.tensor.operators import TensorOperators
from theano.tensor.type import TensorType

_INLINE_BYTES = 256  # larger constants are compared by digest


class TensorVariable(TensorOperators, Variable[TensorType]):
    """A symbolic array; its type says dtype, number of dimensions and which of them are known to be of length 1."""


class TensorConstant(TensorOperators, Constant[TensorType]):
    """An array that is known.  ``data`` must not be changed."""

    _signature: tuple | None = None

    def signature(self) -> tuple:
        """(type, shape, bytes): equal for constants of equal bits, NaNs included; long data go by their digest."""
        if self._signature is None:
            content = np.ascontiguousarray(self.data).tobytes()
            if len(content) > _INLINE_BYTES:
                content = hashlib.blake2b(content, digest_size=32).digest()
            self._signature = (self.type, self.data.shape, content)
        return self._signature

    def equals(self, other: Any) -> bool:
        """Whether ``other``, a constant or a value, is of the same type and value."""
        if not isinstance(other, TensorConstant):
            try:
                other = constant(other)
            except TypeError:
                return False
        return self.signature() == other.signature()

    def __str__(self) -> str:
        data = self.data
        if data.ndim and data.size and (data == data.flat[0]).all() and data.size > 1:
            text = f"{data.shape} of {data.flat[0]!s}"
        elif data.ndim and data.size == 1:
            text = f"{data.shape} of {data.flat[0]!s}"
        else:
            text = str(data)
        if len(text) > 20:
            text = text[:10].strip() + ".." + text[-10:].strip()
        return f"TensorConstant{{{text}}}"

    def __getstate__(self) -> dict:
        state = super().__getstate__()
        state.pop("_signature", None)
        return state


TensorType.Variable = TensorVariable
TensorType.Constant = TensorConstant
for _kind in (TensorVariable, TensorConstant):
    register_tensor_variable(_kind)
