"""Discrete Fourier transforms.

``rfft`` and ``irfft`` are those of Theano 1.0.5: complex numbers are pairs, a last axis of length 2, (real, imaginary); the
first axis counts transforms, which are done over all the others.  ``fft``, ``ifftn``, ``rfftn`` and so on are NumPy's, of
complex arrays along given axes: see ``theano.tensor.fourier``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, require
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.scalar import eq, switch
from theano.tensor.alloc import arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.fourier import (
    FourierTransform,
    cut_or_filled,
    fft,
    fft2,
    fftn,
    hfft,
    ifft,
    ifft2,
    ifftn,
    ihfft,
    irfft2,
    irfftn,
    rfft2,
    rfftn,
)
from theano.tensor.indexing import set_subtensor
from theano.tensor.linalg.matrix import floating
from theano.tensor.type import tensor_type

__all__ = [
    "FourierTransform",
    "IRFFTOp",
    "RFFTOp",
    "fft",
    "fft2",
    "fftn",
    "hfft",
    "ifft",
    "ifft2",
    "ifftn",
    "ihfft",
    "irfft",
    "irfft2",
    "irfft_op",
    "irfftn",
    "rfft",
    "rfft2",
    "rfft_op",
    "rfftn",
]


class RFFTOp(Op):
    """The frequencies of real arrays, not scaled.

    a    real, shape (count, n1, ..., nd)
    s    vector of d integers, the lengths that the arrays are cut to, or filled up to with zeros; those of a by default
    out  dtype of a, shape (count, s1, ..., sd // 2 + 1, 2)

    out[k] = sum over j of a[j] exp(-2 pi i (j1 k1 / s1 + ... + jd kd / sd))
    vjp: IRFFTOp of dout, of which frequencies that stand for their conjugates too count half
    """

    __props__ = ()

    def output_type(self, inp: Any) -> Any:
        """The type of the result: one dimension more."""
        return tensor_type(floating(inp.dtype), (False,) * (inp.type.ndim + 1))

    def make_node(self, a: Any, s: Any = None) -> Apply:
        a = as_tensor_variable(a)
        require(
            a.type.ndim >= 2 and a.type.dtype not in dtypes.COMPLEX,
            "rfft(a)",
            needs="real numbers in 2 dimensions or more, of which the first counts transforms",
            found=f"{a.type}",
            operands={"a": a},
            error=TypeError,
        )
        s = a.shape[1:] if s is None else _lengths(s)
        return Apply(self, [a, s], [self.output_type(a)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        d = len(shapes[0]) - 1
        s = [node.inputs[1][k] for k in range(d)]  # type: ignore[index]
        return [(shapes[0][0], *s[:-1], s[-1] // 2 + 1, 2)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        a, s = inputs
        found = np.fft.rfftn(a, s=tuple(map(int, s)), axes=tuple(range(1, a.ndim)))
        outputs[0][0] = np.stack([found.real, found.imag], -1).astype(node.outputs[0].type.dtype)  # type: ignore

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (a, s), (dout,) = inputs, cotangents
        da = irfft_op(dout / _uses(s, dout), s)  # type: ignore[operator]
        return [cut_or_filled(da, a), None]


class IRFFTOp(Op):
    """Real arrays from their frequencies, not scaled: RFFTOp, then this, is product(s) times the identity.

    a    real, shape (count, n1, ..., nd, 2)
    s    vector of d integers, the lengths of the results: (n1, ..., 2 (nd - 1)) by default
    out  dtype of a, shape (count, s1, ..., sd)

    vjp: RFFTOp of dout, in which frequencies that stand for their conjugates too count twice
    """

    __props__ = ()

    def output_type(self, inp: Any) -> Any:
        """The type of the result: one dimension less."""
        return tensor_type(floating(inp.dtype), (False,) * (inp.type.ndim - 1))

    def make_node(self, a: Any, s: Any = None) -> Apply:
        a = as_tensor_variable(a)
        require(
            a.type.ndim >= 3 and a.type.dtype not in dtypes.COMPLEX,
            "irfft(a)",
            needs="real numbers in 3 dimensions or more: the first counts transforms, the last has length 2",
            found=f"{a.type}",
            operands={"a": a},
            error=TypeError,
        )
        s = _lengths_of_result(a, is_odd=False) if s is None else _lengths(s)
        return Apply(self, [a, s], [self.output_type(a)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        d = len(shapes[0]) - 2
        return [(shapes[0][0], *[node.inputs[1][k] for k in range(d)])]  # type: ignore[index]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        a, s = inputs
        lengths = tuple(map(int, s))
        frequencies = a[..., 0] + 1j * a[..., 1]
        found = np.fft.irfftn(frequencies, s=lengths, axes=tuple(range(1, a.ndim - 1)))
        outputs[0][0] = (found * math.prod(lengths)).astype(node.outputs[0].type.dtype)  # type: ignore

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (a, s), (dout,) = inputs, cotangents
        da: Any = rfft_op(dout, s)
        return [cut_or_filled(da * _uses(s, da), a), None]


rfft_op = RFFTOp()
irfft_op = IRFFTOp()


def rfft(inp: Any, norm: str | None = None) -> Variable:
    """The frequencies of real arrays: see ``RFFTOp``.

    norm  None or "no_norm": not scaled; "ortho": divided by the root of the number of elements of a transform
    """
    inp = as_tensor_variable(inp)
    s = inp.shape[1:]
    out = rfft_op(inp, s)
    return out / _root(s, out) if _norm(norm) == "ortho" else out  # type: ignore[operator]


def irfft(inp: Any, norm: str | None = None, is_odd: bool = False) -> Variable:
    """Real arrays from their frequencies: see ``IRFFTOp``.

    norm    None: divided by the number of elements of a transform; "ortho": by its root; "no_norm": not scaled
    is_odd  whether the last length of the result is odd: the frequencies do not tell
    """
    if is_odd not in (True, False):
        raise ValueError(f"is_odd must be True or False, found {is_odd!r}")
    inp = as_tensor_variable(inp)
    s = _lengths_of_result(inp, bool(is_odd))
    out: Any = irfft_op(inp, s)
    match _norm(norm):
        case None:
            return out / s.prod().astype(out.type.dtype)
        case "ortho":
            return out / _root(s, out)
    return out


def _norm(norm: str | None) -> str | None:
    if norm not in (None, "ortho", "no_norm"):
        raise ValueError(f"norm must be None, 'ortho' or 'no_norm', found {norm!r}")
    return norm


def _root(s: Any, out: Any) -> Any:
    return s.prod().astype(out.type.dtype) ** 0.5


def _lengths(s: Any) -> Any:
    s = as_tensor_variable(s)
    if s.type.dtype not in dtypes.INTEGER or s.type.ndim != 1:
        raise TypeError(f"the lengths of a transform must be a vector of integers, found {s.type}")
    return s


def _lengths_of_result(a: Any, is_odd: bool) -> Any:
    s = a.shape[1:-1]
    return set_subtensor(s[-1], (s[-1] - 1) * 2 + int(is_odd))


def _uses(s: Any, frequencies: Any) -> Any:
    """For each last frequency, whether it stands for itself, 1, or for its conjugate too, 2; with the pairs' axis."""
    k: Any = arange(frequencies.shape[frequencies.type.ndim - 2])
    alone = eq(k, 0) | eq(k * 2, s[-1])
    return switch(alone, 1, 2).astype(frequencies.type.dtype).dimshuffle(0, "x")


__getattr__ = old_names(__name__)
