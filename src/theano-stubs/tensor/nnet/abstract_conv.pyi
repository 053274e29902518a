"""Convolution for users: along one, two and three axes, its adjoints, and upsampling, which is one of those."""

from collections.abc import Iterator
from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op as _graph_Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.nnet._convolution import _Along2
from theano.tensor.nnet._convolution import _Along3
from typing import Any

__all__ = ['AbstractConv', 'AbstractConv2d', 'AbstractConv2d_gradInputs', 'AbstractConv2d_gradWeights', 'AbstractConv3d', 'AbstractConv3d_gradInputs', 'AbstractConv3d_gradWeights', 'AbstractConv_gradInputs', 'AbstractConv_gradWeights', 'BaseAbstractConv', 'assert_conv_shape', 'assert_shape', 'bilinear_kernel_1D', 'bilinear_kernel_2D', 'bilinear_upsampling', 'border_mode_to_pad', 'causal_conv1d', 'check_conv_gradinputs_shape', 'conv2d', 'conv2d_grad_wrt_inputs', 'conv2d_grad_wrt_weights', 'conv3d', 'conv3d_grad_wrt_inputs', 'conv3d_grad_wrt_weights', 'frac_bilinear_upsampling', 'get_conv_gradinputs_shape', 'get_conv_gradinputs_shape_1axis', 'get_conv_gradweights_shape', 'get_conv_gradweights_shape_1axis', 'get_conv_output_shape', 'get_conv_shape_1axis', 'separable_conv2d', 'separable_conv3d']
class AbstractConv(BaseAbstractConv):
    """The convolution: top from image and kernel.  Raises ValueError when channels differ or a kernel fits nowhere."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AbstractConv2d(_Along2, AbstractConv):
    """Convolution along two axes."""
class AbstractConv2d_gradInputs(_Along2, AbstractConv_gradInputs):
    """Its adjoint for the images."""
class AbstractConv2d_gradWeights(_Along2, AbstractConv_gradWeights):
    """Its adjoint for the kernels."""
class AbstractConv3d(_Along3, AbstractConv):
    """Convolution along three axes."""
class AbstractConv3d_gradInputs(_Along3, AbstractConv_gradInputs):
    """Its adjoint for the images."""
class AbstractConv3d_gradWeights(_Along3, AbstractConv_gradWeights):
    """Its adjoint for the kernels."""
class AbstractConv_gradInputs(BaseAbstractConv):
    """The adjoint for the images: their gradient, from kernels, the gradient of top, and the lengths n1, ..., nd."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def image_shape(self, kernel: Sequence[Any], top: Sequence[Any], lengths: Sequence[Any]) -> tuple[Any, ...]:
        """The shape of the result; ``lengths`` are those along the last axes."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AbstractConv_gradWeights(BaseAbstractConv):
    """The adjoint for the kernels: their gradient, from images, the gradient of top, and the lengths k1, ..., kd."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def kernel_shape(self, image: Sequence[Any], top: Sequence[Any], lengths: Sequence[Any]) -> tuple[Any, ...]:
        """The shape of the result; ``lengths`` are those along the last axes."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class BaseAbstractConv(_graph_Op):
    """What convolution and its adjoints have in common."""
    convdim: int
    border_mode: Any
    subsample: Any
    filter_dilation: Any
    filter_flip: Any
    unshared: Any
    num_groups: Any
    imshp: Any
    kshp: Any
    def __init__(self, convdim: int, imshp: Sequence[Any] | None = None, kshp: Sequence[Any] | None = None, border_mode: Any = 'valid', subsample: Sequence[int] | None = None, filter_flip: bool = True, filter_dilation: Sequence[int] | None = None, num_groups: int = 1, unshared: bool = False) -> None: ...
    @property
    def kernel_ndim(self) -> int: ...
    def flops(self, inp: Sequence[Sequence[int]], outp: Sequence[Sequence[int]]) -> int:
        """How many multiplications and additions the convolution of shapes ``inp`` = (image, kernel) takes."""
    def padding_of(self, kernel: Sequence[Any]) -> list[tuple[Any, Any]]:
        """The zeros before and after each axis of an image, for kernels of these lengths."""
    def agreements(self, image: Sequence[Any], kernel: Sequence[Any], top: Sequence[Any]) -> Iterator[tuple[Any, Any, str]]:
        """What shapes must have in common: pairs of lengths, and what is wrong where they differ."""
    def check(self, image: Sequence[int], kernel: Sequence[int], top: Sequence[int]) -> None:
        """Raise ValueError unless arrays of these shapes go together."""
    def related(self, kind: str) -> TensorVariable:
        """The op of another kind, "forward", "weights" or "inputs", with the same settings."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        """t(x y) = tx y + x ty"""
def assert_conv_shape(shape: Sequence[Any]) -> tuple[Any, ...]:
    """The shape of a convolution's result, of which numbers, or symbolic lengths when called, must not be negative."""
def assert_shape(x: TensorLike, expected_shape: Sequence[Any], msg: str = 'Unexpected shape.') -> Any:
    """``x``; when called, AssertionError(msg) unless it has this shape, in which None agrees with all lengths."""
def bilinear_kernel_1D(ratio: int, normalize: bool = True) -> TensorVariable:
    """The weights 1, 2, ..., ratio, ..., 2, 1 of linear interpolation, divided by ratio if ``normalize``."""
def bilinear_kernel_2D(ratio: int, normalize: bool = True) -> TensorVariable:
    """The outer product of the weights of ``bilinear_kernel_1D`` with themselves, as (1, 1, 2 ratio - 1, 2 ratio - 1)."""
def bilinear_upsampling(input: TensorLike, ratio: int | None = None, frac_ratio: Any = None, batch_size: int | None = None, num_input_channels: int | None = None, use_1D_kernel: bool = True) -> TensorVariable:
    """Images (batch, channels, h, w) enlarged to (batch, channels, h * ratio, w * ratio) by linear interpolation."""
def border_mode_to_pad(mode: Any, convdim: int, kshp: Sequence[Any]) -> tuple[tuple[Any, Any], ...]:
    """For each axis the zeros before and after it; ``kshp`` are the lengths that the kernel covers."""
def causal_conv1d(input: TensorLike, filters: TensorLike, filter_shape: Any, input_shape: Any = None, subsample: int = 1, filter_flip: bool = True, filter_dilation: int = 1, num_groups: int = 1, unshared: bool = False) -> TensorVariable:
    """Convolution along time in which a result depends on nothing later: (batch, channels, t) with (filters, channels, k)."""
def check_conv_gradinputs_shape(image_shape: Sequence[Any], kernel_shape: Sequence[Any], output_shape: Sequence[Any], border_mode: Any, subsample: Sequence[int], filter_dilation: Sequence[int] | None = None) -> bool:
    """Whether images of this shape give results of that shape; lengths that are None or symbolic agree with all."""
def conv2d(input: TensorLike, filters: TensorLike, input_shape: Any = None, filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False) -> TensorVariable:
    """The convolution of images (batch, channels, height, width) with kernels (filters, channels / groups, height, width)."""
def conv2d_grad_wrt_inputs(output_grad: Any, filters: TensorLike, input_shape: Any, filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False) -> TensorVariable:
    """The gradient with respect to the input of ``conv2d``, from that of its output."""
def conv2d_grad_wrt_weights(input: TensorLike, output_grad: Any, filter_shape: Any, input_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False) -> TensorVariable:
    """The gradient with respect to the filters of ``conv2d``, from that of its output."""
def conv3d(input: TensorLike, filters: TensorLike, input_shape: Any = None, filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1) -> TensorVariable:
    """As ``conv2d``, along three axes (depth, height, width)."""
def conv3d_grad_wrt_inputs(output_grad: Any, filters: TensorLike, input_shape: Any, filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1) -> TensorVariable:
    """As ``conv2d_grad_wrt_inputs``, along three axes."""
def conv3d_grad_wrt_weights(input: TensorLike, output_grad: Any, filter_shape: Any, input_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1) -> TensorVariable:
    """As ``conv2d_grad_wrt_weights``, along three axes."""
def frac_bilinear_upsampling(input: TensorLike, frac_ratio: Any) -> TensorVariable:
    """Images enlarged by fractions: ``frac_ratio`` is (numerator, denominator), or one such pair for each axis."""
def get_conv_gradinputs_shape(kernel_shape: Sequence[Any], top_shape: Sequence[Any], border_mode: Any, subsample: Sequence[int], filter_dilation: Sequence[int] | None = None, num_groups: int = 1) -> tuple[Any, ...]:
    """The shape of the images, from those of the kernels and of the results."""
def get_conv_gradinputs_shape_1axis(kernel_shape: Any, top_shape: Any, border_mode: Any, subsample: int, dilation: int) -> Any:
    """The length of the image; None where it does not follow, as several lengths give the same result with stride."""
def get_conv_gradweights_shape(image_shape: Sequence[Any], top_shape: Sequence[Any], border_mode: Any, subsample: Sequence[int], filter_dilation: Sequence[int] | None = None, num_groups: int = 1, unshared: bool = False) -> tuple[Any, ...]:
    """The shape of the kernels, from those of the images and of the results."""
def get_conv_gradweights_shape_1axis(image_shape: Any, top_shape: Any, border_mode: Any, subsample: int, dilation: int) -> Any:
    """The length of the kernel; None where it does not follow: with stride, or from the result of a "half" border."""
def get_conv_output_shape(image_shape: Sequence[Any], kernel_shape: Sequence[Any], border_mode: Any, subsample: Sequence[int], filter_dilation: Sequence[int] | None = None) -> tuple[Any, ...]:
    """(batch, filters, o1, ..., od) of the convolution of (batch, channels, n1, ..., nd) with (filters, ..., k1, ..., kd)."""
def get_conv_shape_1axis(image_shape: Any, kernel_shape: Any, border_mode: Any, subsample: int, dilation: int = 1) -> Any:
    """The length of the result; None where it is not known."""
def separable_conv2d(input: TensorLike, depthwise_filters: Any, pointwise_filters: Any, num_channels: int, input_shape: Any = None, depthwise_filter_shape: Any = None, pointwise_filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ...) -> TensorVariable:
    """Each channel with kernels of its own, then sums over channels in each place."""
def separable_conv3d(input: TensorLike, depthwise_filters: Any, pointwise_filters: Any, num_channels: int, input_shape: Any = None, depthwise_filter_shape: Any = None, pointwise_filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ...) -> TensorVariable:
    """As ``separable_conv2d``, along three axes."""
from theano.graph import Apply as Apply
from theano.graph import Op as Op
from theano.tensor import patternbroadcast as patternbroadcast
from theano.tensor import NotScalarConstantError as NotScalarConstantError
from theano.tensor import get_scalar_constant_value as get_scalar_constant_value
