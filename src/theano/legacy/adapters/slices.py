"""theano.tensor.type_other of Theano 1.0.5: None and slices as values of variables.

Tensors are indexed by Python's slices of variables, ``x[a:b]``; no op here takes a variable of these types.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.gradient import DisconnectedType
from theano.graph import Apply, Constant, Generic, Op, Type, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable


class NoneTypeT(Generic):
    """The type of None alone."""

    def filter(self, x: Any, strict: bool = False, allow_downcast: bool | None = None) -> None:
        if x is not None:
            raise TypeError(f"Expected None, found {x!r}")

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        return False

    def __repr__(self) -> str:
        return "NoneTypeT"


class SliceType(Type):
    """The type of slices."""

    def filter(self, x: Any, strict: bool = False, allow_downcast: bool | None = None) -> slice:
        if not isinstance(x, slice):
            raise TypeError(f"Expected a slice, found {x!r}")
        return x

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return "slice"


class SliceConstant(Constant):
    """A slice of plain integers."""

    def __init__(self, type: Type, data: slice, name: str | None = None) -> None:
        parts = [
            int(n) if isinstance(n, (np.ndarray, np.generic)) else n
            for n in (data.start, data.stop, data.step)
        ]
        super().__init__(type, slice(*parts), name)

    def signature(self) -> tuple:
        return (SliceConstant, self.data.start, self.data.stop, self.data.step)


class MakeSlice(Op):
    """slice(start, stop, step) of integer scalars or None, or of one slice that holds them."""

    __props__ = ()

    def make_node(self, slc: Any, stop: Any = None, step: Any = None) -> Apply:
        if isinstance(slc, slice):
            slc, stop, step = slc.start, slc.stop, slc.step
        return Apply(self, [as_int_none_variable(n) for n in (slc, stop, step)], [slicetype()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        outputs[0][0] = slice(*[None if n is None else int(n) for n in inputs])

    def grad(self, inputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        return [DisconnectedType()() for _ in inputs]


def as_int_none_variable(x: Any) -> Variable:
    """An integer scalar, or NoneConst for None.  TypeError for others."""
    if x is None:
        return NoneConst
    if isinstance(x, Variable) and isinstance(x.type, NoneTypeT):
        return x
    x = as_tensor_variable(x, ndim=0)
    if x.type.dtype not in dtypes.INTEGER:
        raise TypeError("index must be integers")
    return x


none_type_t = NoneTypeT()
NoneConst = Constant(none_type_t, None, name="NoneConst")
slicetype = SliceType()
make_slice = MakeSlice()
