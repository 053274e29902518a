"""Discrete Fourier transforms."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['FourierTransform', 'IRFFTOp', 'RFFTOp', 'fft', 'fft2', 'fftn', 'hfft', 'ifft', 'ifft2', 'ifftn', 'ihfft', 'irfft', 'irfft2', 'irfft_op', 'irfftn', 'rfft', 'rfft2', 'rfft_op', 'rfftn']
class FourierTransform(Op):
    """A transform along the axes ``axes``, counted from the end."""
    kind: str
    axes: tuple[int, ...]
    sign: int
    norm: str
    def __init__(self, kind: str, axes: tuple[int, ...], sign: int, norm: str) -> None: ...
    def output_dtype(self, dtype: str) -> str:
        """The dtype of the result for arguments of ``dtype``."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class IRFFTOp(Op):
    """Real arrays from their frequencies, not scaled: RFFTOp, then this, is product(s) times the identity."""
    def output_type(self, inp: TensorLike) -> TensorVariable:
        """The type of the result: one dimension less."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class RFFTOp(Op):
    """The frequencies of real arrays, not scaled."""
    def output_type(self, inp: TensorLike) -> TensorVariable:
        """The type of the result: one dimension more."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
def fft(x: TensorLike, n: Any = None, axis: int = -1, norm: str | None = None) -> TensorVariable:
    """The transform along an axis: sum over j of x[j] exp(-2 pi i j k / n).  As numpy.fft.fft."""
def fft2(x: TensorLike, s: Any = None, axes: Sequence[int] = ..., norm: str | None = None) -> TensorVariable:
    """The transform along two axes.  As numpy.fft.fft2."""
def fftn(x: TensorLike, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> TensorVariable:
    """The transform along several axes.  As numpy.fft.fftn."""
def hfft(x: TensorLike, n: Any = None, axis: int = -1, norm: str | None = None) -> TensorVariable:
    """The transform of what is its own conjugate mirrored, a real array, from its first half.  As numpy.fft.hfft."""
def ifft(x: TensorLike, n: Any = None, axis: int = -1, norm: str | None = None) -> TensorVariable:
    """The inverse of ``fft``.  As numpy.fft.ifft."""
def ifft2(x: TensorLike, s: Any = None, axes: Sequence[int] = ..., norm: str | None = None) -> TensorVariable:
    """The inverse of ``fft2``.  As numpy.fft.ifft2."""
def ifftn(x: TensorLike, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> TensorVariable:
    """The inverse of ``fftn``.  As numpy.fft.ifftn."""
def ihfft(x: TensorLike, n: Any = None, axis: int = -1, norm: str | None = None) -> TensorVariable:
    """The inverse of ``hfft``.  As numpy.fft.ihfft."""
def irfft(inp: TensorLike, norm: str | None = None, is_odd: bool = False) -> TensorVariable:
    """Real arrays from their frequencies: see ``IRFFTOp``."""
def irfft2(x: TensorLike, s: Any = None, axes: Sequence[int] = ..., norm: str | None = None) -> TensorVariable:
    """The inverse of ``rfft2``.  As numpy.fft.irfft2."""
irfft_op: IRFFTOp
def irfftn(x: TensorLike, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> TensorVariable:
    """The inverse of ``rfftn``; the last length is 2 (m - 1) unless s says so.  As numpy.fft.irfftn."""
def rfft(inp: TensorLike, norm: str | None = None) -> TensorVariable:
    """The frequencies of real arrays: see ``RFFTOp``."""
def rfft2(x: TensorLike, s: Any = None, axes: Sequence[int] = ..., norm: str | None = None) -> TensorVariable:
    """``rfftn`` along two axes.  As numpy.fft.rfft2."""
rfft_op: RFFTOp
def rfftn(x: TensorLike, s: Any = None, axes: Sequence[int] | None = None, norm: str | None = None) -> TensorVariable:
    """``fftn`` of real numbers; along the last of the axes, frequencies 0 to n // 2.  As numpy.fft.rfftn."""
from theano.gradient import DisconnectedType as DisconnectedType
