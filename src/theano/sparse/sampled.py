"""Products of dense matrices, computed in the places of a sparse one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.gradient.types import grad_not_implemented
from theano.graph import Apply, Op, require
from theano.sparse.arithmetic import in_dtype_of
from theano.sparse.parts import (
    OTHER,
    CSMGrad,
    as_compressed,
    in_format,
    parts_of,
    structured_cotangent,
    with_data,
)
from theano.sparse.type import common_dtype
from theano.tensor.compressed import CompressedDot, Fitting, SampledDot
from theano.tensor.constant import as_tensor_variable
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import tensor_type


class _DotGradient(Op):
    """out[e] = sum over k of g_ab[i[e], k] * b[j[e], k]: the gradient of the stored elements of a in the product a b.

    a_indices, a_indptr  of a, in ``format``
    b, g_ab              matrices, b and the gradient of a b
    out                  vector, the common dtype of b and g_ab
    """

    __props__ = ()
    format: str

    def make_node(self, a_indices: Any, a_indptr: Any, b: Any, g_ab: Any) -> Apply:
        given = [as_tensor_variable(v) for v in (a_indices, a_indptr, b, g_ab)]
        return Apply(self, given, [tensor_type(common_dtype(*given[2:]), (False,))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        indices, indptr, b, g_ab = inputs
        return [SampledDot(self.format)(indices, indptr, g_ab, b)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        indices, indptr, b, g_ab = inputs
        major = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
        i, j = (major, indices) if self.format == "csr" else (indices, major)
        dtype = node.outputs[0].type.dtype  # type: ignore[attr-defined]
        outputs[0][0] = np.einsum("ek,ek->e", g_ab[i].astype(dtype), b[j].astype(dtype))

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False], [True], [True]]

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        indices, indptr, b, g_ab = inputs
        *_, dg, db = SampledDot(self.format).L_op([indices, indptr, g_ab, b], outputs, cotangents)
        return [None, None, db, dg]

    def __str__(self) -> str:
        return type(self).__name__


class StructuredDotGradCSR(_DotGradient):
    """The gradient of the elements of a, in compressed rows, in the product a b; see ``sdg_csr``."""

    format = "csr"


class StructuredDotGradCSC(_DotGradient):
    """The gradient of the elements of a, in compressed columns, in the product a b; see ``sdg_csc``."""

    format = "csc"


sdg_csr, sdg_csc = StructuredDotGradCSR(), StructuredDotGradCSC()


def structured_dot_grad(sparse_A: Any, dense_B: Any, ga: Any) -> Any:
    """ga dense_B' in the places of ``sparse_A``: the gradient of A in the product A B, ``ga`` being that of the product."""
    A = as_compressed(sparse_A, "structured_dot_grad(A, B, ga)")
    _, indices, indptr, _ = parts_of(A)
    return with_data(A, (sdg_csr if A.format == "csr" else sdg_csc)(indices, indptr, dense_B, ga))


class SamplingDot(Op):
    """out = p * (x y') element by element: the product of dense matrices where p has elements.

    x, y  matrices (m, k), (n, k)
    p     sparse, (m, n)
    out   sparse, in the places and the format of p, the common dtype of all

    vjp: dx = (p * dout) y, dy = (p * dout)' x; that of p is not given
    """

    __props__ = ()

    def make_node(self, x: Any, y: Any, p: Any) -> Apply:
        x, y, p = as_tensor_variable(x), as_tensor_variable(y), as_compressed(p, "sampling_dot(x, y, p)")
        for v in (x, y):
            require_matrix(self, v)
        return Apply(self, [x, y, p], [p.type.clone(dtype=common_dtype(x, y, p))()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[2]]

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, y, p = inputs
        data, indices, indptr, shape = parts_of(p)
        x, y = Fitting((0,))(x, shape[:1]), Fitting((0,))(y, shape[1:])
        return [with_data(p, data * SampledDot(p.format)(indices, indptr, x, y))]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y, p = inputs
        require(
            x.shape[1] == y.shape[1] and p.shape == (x.shape[0], y.shape[0]), "sampling_dot(x, y, p)",
            needs="x and y of as many columns, and p of the rows of x and y", operands=dict(zip("xyp", node.inputs)),
            found=f"shapes {x.shape}, {y.shape} and {p.shape}",
        )  # fmt: skip
        major = np.repeat(np.arange(len(p.indptr) - 1), np.diff(p.indptr))
        i, j = (major, p.indices) if p.format == "csr" else (p.indices, major)
        out = node.outputs[0].type.filter(p.copy(), allow_downcast=True)
        out.data = (p.data * np.einsum("ek,ek->e", x[i], y[j])).astype(out.dtype)
        outputs[0][0] = out

    def L_op(self, inputs: Sequence[Any], outputs: Sequence[Any], cotangents: Sequence[Any]) -> list:
        (x, y, p), dout = inputs, structured_cotangent(outputs[0], cotangents[0])
        data, indices, indptr, shape = parts_of(p)
        weights = data * CSMGrad()(data, indices, indptr, shape, *parts_of(in_format(dout, p.format)))
        dx = CompressedDot(p.format)(weights, indices, indptr, shape, y)
        dy = CompressedDot(OTHER[p.format])(weights, indices, indptr, shape[::-1], x)
        found = [in_dtype_of(v, patternbroadcast(d, v.type.broadcastable)) for v, d in ((x, dx), (y, dy))]
        return [*found, grad_not_implemented(self, 2, p)]

    def __str__(self) -> str:
        return type(self).__name__


sampling_dot = SamplingDot()


def require_matrix(op: Op, v: Any) -> None:
    """NotImplementedError unless v has two dimensions."""
    require(
        v.type.ndim == 2, f"{op}", needs="matrices", found=f"type {v.type}", operands={"operand": v},
        hint="theano.sparse.dot takes vectors too", error=NotImplementedError,
    )  # fmt: skip
