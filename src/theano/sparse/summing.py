"""Sums of the elements of sparse matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, require
from theano.sparse.dense import SparseFromDense
from theano.sparse.parts import CSMGrad, as_compressed, elements_at, parts_of, with_data
from theano.tensor.alloc import ones_like as ones_like_tensor
from theano.tensor.compressed import summed
from theano.tensor.elementwise import second as fill
from theano.tensor.reduction import sum as sum_of_tensor
from theano.tensor.type import tensor_type


class SpSum(Op):
    """The sum of all elements, of each column (axis 0) or of each row (axis 1).

    x    sparse
    out  0-d or vector, dtype of x

    vjp: dx[i, j] = dout, dout[j] or dout[i]: with ``sparse_grad`` in the places of x, else everywhere, as a sparse matrix
    in which all is stored
    """

    __props__ = ("axis",)

    def __init__(self, axis: int | None = None, sparse_grad: bool = True) -> None:
        if axis not in (None, 0, 1):
            raise ValueError(f"sp_sum takes the axes None, 0 and 1, found {axis!r}")
        self.axis = axis
        self.structured = sparse_grad

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, "sp_sum(x)")
        return Apply(self, [x], [tensor_type(x.dtype, () if self.axis is None else (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [() if self.axis is None else (shapes[0][1 - self.axis],)]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        (x,) = inputs
        data, indices, indptr, shape = parts_of(x)
        if self.axis is None:
            return [sum_of_tensor(data, dtype=x.dtype)]
        kept = 1 - self.axis
        return [summed(x.format, kept, data, indices, indptr, shape[kept])]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (x,) = inputs
        out = x.sum() if self.axis is None else np.asarray(x.sum(axis=self.axis)).reshape(-1)
        outputs[0][0] = np.asarray(out, dtype=x.dtype)

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x,), (dout,) = inputs, cotangents
        if not self.structured:
            whole = ones_like_tensor(x.toarray(), dtype=dout.dtype)
            if self.axis is not None:
                dout = dout.dimshuffle("x", 0) if self.axis == 0 else dout.dimshuffle(0, "x")
            return [SparseFromDense(x.format)(whole * dout)]
        if self.axis is None:
            return [with_data(x, fill(parts_of(x)[0], dout))]
        return [with_data(x, elements_at(x, dout, 1 - self.axis))]

    def __str__(self) -> str:
        return f"{type(self).__name__}{{axis={self.axis}}}"


def sp_sum(x: Any, axis: int | None = None, sparse_grad: bool = False) -> Any:
    """The sum of all elements of x, of each column (``axis`` 0) or of each row (1).

    sparse_grad  whether the gradient is taken in the places of x alone
    """
    require(
        axis in (None, 0, 1),
        "sp_sum(x, axis)",
        needs="the axis None, 0 or 1",
        found=repr(axis),
        operands={"x": x},
    )
    return SpSum(axis, sparse_grad)(x)


def summed_products(x: Any, dout: Any, kept: int) -> Any:
    """The sums of x * dout over the axis that is not kept, for a cotangent ``dout`` of a matrix with the places of x."""
    own, other = parts_of(x), parts_of(dout)
    products = own[0] * CSMGrad()(*own, *other)
    return summed(x.format, kept, products, own[1], own[2], own[3][kept])
