"""Sparse matrices of random numbers, drawn with NumPy's global generator (``numpy.random.seed``).

They are as 1.0.5 has them.  Draws that depend on a state, and so can be repeated, are made by ``theano.tensor.shared_randomstreams``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.gradient.types import disconnected_type, grad_undefined
from theano.graph import Apply, Op, require
from theano.sparse.parts import as_compressed
from theano.sparse.type import FORMATS, SparseType
from theano.tensor.constant import as_tensor_variable

_REASON = "No gradient is defined through random numbers"


class _Draw(Op):
    """What draws have in common: a call draws anew."""

    __props__: tuple[str, ...] = ()

    def do_constant_folding(self, node: Apply) -> bool:
        return False

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [grad_undefined(self, k, v, _REASON) for k, v in enumerate(inputs)]


class Poisson(_Draw):
    """Numbers of the Poisson distributions whose means are the stored elements of x; the others are 0.

    x    sparse
    out  sparse, of the type and in the places of x
    """

    def make_node(self, x: Any) -> Apply:
        x = as_compressed(x, "poisson(x)")
        return Apply(self, [x], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        out = inputs[0].copy()
        out.data = np.asarray(np.random.poisson(out.data), dtype=out.dtype)
        out.eliminate_zeros()
        outputs[0][0] = out


class Binomial(_Draw):
    """A matrix of numbers of successes in n trials of probability p.

    n, p   0-d        shape  vector of two integers
    out    sparse, of the given format and dtype
    """

    __props__ = ("format", "dtype")

    def __init__(self, format: str, dtype: str) -> None:
        self.format, self.dtype = format, dtype

    def make_node(self, n: Any, p: Any, shape: Any) -> Apply:
        given = [as_tensor_variable(v) for v in (n, p, shape)]
        return Apply(self, given, [SparseType(self.format, self.dtype)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        shape = node.inputs[2]
        return [(shape[0], shape[1])]  # type: ignore[index]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        n, p, shape = inputs
        require(len(shape) == 2, "binomial(n, p, shape)", needs="a shape of two lengths", found=len(shape))
        drawn = np.random.binomial(n, p, size=tuple(int(k) for k in shape))
        outputs[0][0] = FORMATS[self.format](drawn, dtype=self.dtype)

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [True], [False]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        return [*super().L_op(inputs[:2], outputs, cotangents), disconnected_type()]


class Multinomial(_Draw):
    """Row i: how often each column comes up in n[i] trials, in which column j has the probability p[i, j].

    n    vector of integers, or 0-d for all rows      p  sparse, csr
    out  sparse, of the type and in the places of p
    """

    def make_node(self, n: Any, p: Any) -> Apply:
        n, p = as_tensor_variable(n), as_compressed(p, "multinomial(n, p)")
        require(
            p.format == "csr", "multinomial(n, p)", needs="p in the format csr", found=p.format, operands={"p": p},
            error=TypeError,
        )  # fmt: skip
        return Apply(self, [n, p], [p.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[1]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        n, p = inputs
        out = p.copy()
        require(
            n.ndim == 0 or len(n) == p.shape[0], "multinomial(n, p)", needs="a number of trials for each row of p",
            found=f"{n.shape} and {p.shape}", operands={"n": node.inputs[0], "p": node.inputs[1]},
        )  # fmt: skip
        for i in range(p.shape[0]):
            row = slice(p.indptr[i], p.indptr[i + 1])
            if row.start < row.stop:
                out.data[row] = np.random.multinomial(int(n if n.ndim == 0 else n[i]), p.data[row])
        outputs[0][0] = out


poisson, multinomial = Poisson(), Multinomial()
csr_fbinomial, csc_fbinomial = Binomial("csr", "float32"), Binomial("csc", "float32")
csr_dbinomial, csc_dbinomial = Binomial("csr", "float64"), Binomial("csc", "float64")
