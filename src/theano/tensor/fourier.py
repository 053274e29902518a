"""Discrete Fourier transforms of complex and real arrays along given axes, with NumPy's names, lengths and norms.

The transforms with pairs of real numbers for complex ones, of Theano 1.0.5, are in ``theano.tensor.fft``, which has the
functions of this file too.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from theano.configuration import thread_count
from theano.data_classes import dataclass
from theano.graph import Apply, Op, Variable, require
from theano.scalar import dtype as dtypes
from theano.scalar import eq, minimum, switch
from theano.scalar.arithmetic import casts
from theano.tensor.alloc import arange, zeros_like
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import conj
from theano.tensor.elemwise import elemwise_of
from theano.tensor.indexing import set_subtensor
from theano.tensor.type import tensor_type

LEAST_SHARED = 50_000  # elements from which on SciPy shares a transform among threads
NORMS = {None: "backward", "backward": "backward", "ortho": "ortho", "forward": "forward"}
NAMES = {("complex", -1): "fftn", ("complex", 1): "ifftn", ("real", -1): "rfftn", ("to_real", 1): "irfftn"}
OPPOSITE = {"backward": "forward", "forward": "backward", "ortho": "ortho"}


@dataclass(frozen=True, repr=False)
class FourierTransform(Op):
    """A transform along the axes ``axes``, counted from the end.

    kind   "complex": of complex numbers; "real": of real ones, of which the frequencies 0 to n // 2 along the last of the
           axes are given; "to_real": from such frequencies to real numbers, imaginary parts of what stands for itself left out
    sign   of the exponent: -1 for a transform, 1 for an inverse one; of real numbers -1 alone, to them 1 alone
    norm   "none": sums; "ortho": over the root of the number N of their terms, the product of s; "mean": over N

    x      shape (..., m1, ..., md) along the axes, complex or real as the kind says
    s      vector of d integers: the lengths that x is cut to, or filled up to with zeros (of frequencies s // 2 + 1)
    out    shape (..., s1, ..., sd), of the kind "real" (..., s1, ..., sd // 2 + 1)
           complex64 for float32 and complex64, else complex128; float32 and float64 of the kind "to_real"

    out[k] = scale * sum over j of x[j] exp(sign 2 pi i (j1 k1 / s1 + ... + jd kd / sd))
    vjp: the adjoint is the transform with the other sign and the same scale; frequencies that stand for their conjugates too
         count half on the way to real numbers, and twice on the way back
    """

    __props__ = ("axes", "kind", "norm", "sign")

    kind: str
    axes: tuple[int, ...]
    sign: int
    norm: str

    def output_dtype(self, dtype: str) -> str:
        """The dtype of the result for arguments of ``dtype``."""
        wide = dtypes.upcast("complex64", dtypes.floating_of(dtype))
        return dtypes.real_of(wide) if self.kind == "to_real" else wide

    def make_node(self, x: Any, s: Any) -> Apply:
        x, s = as_tensor_variable(x), as_tensor_variable(s)
        require(
            x.type.ndim >= max(-axis for axis in self.axes),
            f"{self}(x)",
            needs=f"the axes {self.axes}",
            found=f"{x.type}",
            operands={"x": x},
            error=ValueError,
        )
        is_complex = x.type.dtype in dtypes.COMPLEX
        require(
            self.kind != "real" or not is_complex,
            f"{self}(x)",
            needs="real numbers",
            found=f"{x.type}",
            operands={"x": x},
            error=TypeError,
        )
        if s.type.dtype not in dtypes.INTEGER or s.type.ndim != 1:
            raise TypeError(f"the lengths of a transform must be a vector of integers, found {s.type}")
        dtype = self.output_dtype(x.type.dtype)
        given = dtypes.real_of(dtype) if self.kind == "real" else dtypes.upcast("complex64", dtype)
        if x.type.dtype != given:
            x = elemwise_of(casts[given])(x)
        last = x.type.ndim
        pattern = [bit and k - last not in self.axes for k, bit in enumerate(x.type.broadcastable)]
        return Apply(self, [x, s], [tensor_type(dtype, pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        lengths = list(shapes[0])
        for k, axis in enumerate(self.axes):
            lengths[axis] = node.inputs[1][k]  # type: ignore[index]
        if self.kind == "real":
            lengths[self.axes[-1]] = lengths[self.axes[-1]] // 2 + 1
        return [tuple(lengths)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, s = inputs
        found = _transformed(self, x, s.tolist())
        outputs[0][0] = np.asarray(found, node.outputs[0].type.dtype)  # type: ignore[attr-defined]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        (x, s), (dout,) = inputs, cotangents
        n = s[len(self.axes) - 1]  # type: ignore[index]
        match self.kind:
            case "complex":
                dx: Any = FourierTransform("complex", self.axes, -self.sign, self.norm)(dout, s)
            case "real":
                back = FourierTransform("to_real", self.axes, 1, self.norm)
                dx = back(dout / self._uses(n, dout), s)  # type: ignore[operator]
            case _:
                dx = FourierTransform("real", self.axes, -1, self.norm)(dout, s)
                dx = dx * self._uses(n, dx)
        return [cut_or_filled(dx, x), None]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self(tangents[0], inputs[1])]

    def _uses(self, n: Any, frequencies: Any) -> Any:
        """For each frequency along the last of the axes 1, or 2 where it stands for its conjugate too."""
        axis = frequencies.type.ndim + self.axes[-1]
        k: Any = arange(frequencies.shape[axis])
        uses = switch(eq(k, 0) | eq(k * 2, n), 1, 2).astype(dtypes.real_of(frequencies.type.dtype))
        return uses.dimshuffle(*["x"] * axis, 0, *["x"] * (-self.axes[-1] - 1))


def _transformed(op: FourierTransform, x: np.ndarray, s: list[int]) -> np.ndarray:
    workers = thread_count() if x.size >= LEAST_SHARED else 1
    pocketfft = _pocketfft()
    if pocketfft is not None and op.kind != "to_real" and 0 not in s and s == [x.shape[axis] for axis in op.axes]:
        axes = tuple(axis + x.ndim for axis in op.axes)
        transform = pocketfft.c2c if op.kind == "complex" else pocketfft.r2c
        return transform(x, axes, op.sign < 0, ("none", "ortho", "mean").index(op.norm), None, workers)
    import scipy.fft

    whole = "forward" if op.sign > 0 else "backward"  # SciPy's norm that scales nothing
    norm = {"none": whole, "ortho": "ortho", "mean": OPPOSITE[whole]}[op.norm]
    return getattr(scipy.fft, NAMES[op.kind, op.sign])(x, s, op.axes, norm, workers=workers)


@cache
def _pocketfft() -> Any:
    """The library behind scipy.fft, whose functions take longer to look at their arguments than a short transform does.

    None where SciPy has it elsewhere.
    """
    import scipy.fft

    return getattr(getattr(scipy.fft, "_pocketfft", None), "pypocketfft", None)


def cut_or_filled(x: Any, model: Any) -> Variable:
    """``x`` in the shape of ``model``: with zeros where it is too short."""
    part = tuple(slice(minimum(x.shape[k], model.shape[k])) for k in range(model.type.ndim))
    return set_subtensor(zeros_like(model, dtype=x.type.dtype)[part], x[part])  # type: ignore[index]


# -- NumPy's functions -------------------------------------------------------------------------------------------------


def fft(x: Any, n: Any = None, axis: int = -1, norm: str | None = None) -> Variable:
    """The transform along an axis: sum over j of x[j] exp(-2 pi i j k / n).  As numpy.fft.fft."""
    return fftn(x, None if n is None else (n,), (axis,), norm)


def ifft(x: Any, n: Any = None, axis: int = -1, norm: str | None = None) -> Variable:
    """The inverse of ``fft``.  As numpy.fft.ifft."""
    return ifftn(x, None if n is None else (n,), (axis,), norm)


def fft2(x: Any, s: Any = None, axes: Sequence[int] = (-2, -1), norm: str | None = None) -> Variable:
    """The transform along two axes.  As numpy.fft.fft2."""
    return fftn(x, s, axes, norm)


def ifft2(x: Any, s: Any = None, axes: Sequence[int] = (-2, -1), norm: str | None = None) -> Variable:
    """The inverse of ``fft2``.  As numpy.fft.ifft2."""
    return ifftn(x, s, axes, norm)


def fftn(x: Any, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> Variable:
    """The transform along several axes.  As numpy.fft.fftn.

    s     lengths along the axes, to which x is cut or filled up with zeros: numbers or integer variables, or a vector of all; those of
          x by default
    axes  all by default, or as many of the last as there are numbers in s; no axis twice
    norm  "backward", the default: the inverse is scaled by 1 / N; "ortho": both by 1 / sqrt(N); "forward": this one by 1 / N

    Real numbers count as complex ones.  ValueError for other norms, or axes that x does not have.
    """
    return _applied("complex", -1, x, s, axes, norm)


def ifftn(x: Any, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> Variable:
    """The inverse of ``fftn``.  As numpy.fft.ifftn."""
    return _applied("complex", 1, x, s, axes, norm)


def rfftn(x: Any, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> Variable:
    """``fftn`` of real numbers; along the last of the axes, frequencies 0 to n // 2.  As numpy.fft.rfftn."""
    return _applied("real", -1, x, s, axes, norm)


def irfftn(x: Any, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> Variable:
    """The inverse of ``rfftn``; the last length is 2 (m - 1) unless s says so.  As numpy.fft.irfftn."""
    return _applied("to_real", 1, x, s, axes, norm)


def rfft2(x: Any, s: Any = None, axes: Sequence[int] = (-2, -1), norm: str | None = None) -> Variable:
    """``rfftn`` along two axes.  As numpy.fft.rfft2."""
    return rfftn(x, s, axes, norm)


def irfft2(x: Any, s: Any = None, axes: Sequence[int] = (-2, -1), norm: str | None = None) -> Variable:
    """The inverse of ``rfft2``.  As numpy.fft.irfft2."""
    return irfftn(x, s, axes, norm)


def hfft(x: Any, n: Any = None, axis: int = -1, norm: str | None = None) -> Variable:
    """The transform of what is its own conjugate mirrored, a real array, from its first half.  As numpy.fft.hfft."""
    lengths = None if n is None else (n,)
    return _applied("to_real", 1, conj(as_tensor_variable(x)), lengths, (axis,), OPPOSITE[_norm(norm)])


def ihfft(x: Any, n: Any = None, axis: int = -1, norm: str | None = None) -> Variable:
    """The inverse of ``hfft``.  As numpy.fft.ihfft."""
    return conj(_applied("real", -1, x, None if n is None else (n,), (axis,), OPPOSITE[_norm(norm)]))


def _norm(norm: str | None) -> str:
    if norm not in NORMS:
        raise ValueError(f"norm must be None, 'backward', 'ortho' or 'forward', found {norm!r}")
    return NORMS[norm]


def _applied(kind: str, sign: int, x: Any, s: Any, axes: Sequence[int] | None, norm: str | None) -> Variable:
    x = as_tensor_variable(x)
    ndim, scale = x.type.ndim, {"backward": "none", "ortho": "ortho", "forward": "mean"}
    is_vector = isinstance(s, Variable)
    if axes is None:
        axes = range(-ndim if s is None or is_vector else -len(s), 0)
    if not all(-ndim <= axis < ndim for axis in axes):
        raise ValueError(f"x has {ndim} dimensions, found axes {tuple(axes)}")
    axes = tuple(axis if axis < 0 else axis - ndim for axis in axes)
    if not axes or len(set(axes)) < len(axes) or (s is not None and not is_vector and len(s) != len(axes)):
        raise ValueError(f"a transform needs axes, each once, and as many lengths, found {axes} and s = {s}")
    if s is None:
        s = [x.shape[axis + ndim] for axis in axes]
        if kind == "to_real":
            s[-1] = (s[-1] - 1) * 2
    used = _norm(norm) if sign < 0 else OPPOSITE[_norm(norm)]
    return FourierTransform(kind, axes, sign, scale[used])(x, s if is_vector else as_tensor_variable(list(s)))  # type: ignore[return-value]
