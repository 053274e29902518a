"""Functions of neural networks: activations, distributions, cross entropies, convolutions."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.scalar import sigmoid as _scalar_sigmoid
from theano.tensor import TensorVariable
from theano.tensor.nnet._distribution import _OfRows
from theano.tensor.nnet.abstract_conv import conv2d as _abstract_conv_conv2d
from typing import Any

from theano.tensor.nnet import abstract_conv as abstract_conv
from theano.tensor.nnet import blocksparse as blocksparse
from theano.tensor.nnet import bn as bn
from theano.tensor.nnet import conv as conv
from theano.tensor.nnet import conv3d2d as conv3d2d
from theano.tensor.nnet import corr as corr
from theano.tensor.nnet import corr3d as corr3d
from theano.tensor.nnet import ctc as ctc
from theano.tensor.nnet import neighbours as neighbours
from theano.tensor.nnet import nnet as nnet
from theano.tensor.nnet import sigm as sigm
__all__ = ['elu', 'hard_sigmoid', 'relu', 'selu', 'sigmoid', 'softplus', 'softsign', 'ultra_fast_sigmoid', 'Prepend_scalar_constant_to_each_row', 'Prepend_scalar_to_each_row', 'confusion_matrix', 'h_softmax', 'prepend_0_to_each_row', 'prepend_1_to_each_row', 'prepend_scalar_to_each_row', 'CrossentropyCategorical1Hot', 'CrossentropyCategorical1HotGrad', 'CrossentropySoftmax1HotWithBiasDx', 'CrossentropySoftmaxArgmax1HotWithBias', 'binary_crossentropy', 'categorical_crossentropy', 'crossentropy_categorical_1hot', 'crossentropy_categorical_1hot_grad', 'crossentropy_softmax_1hot', 'crossentropy_softmax_1hot_with_bias', 'crossentropy_softmax_1hot_with_bias_dx', 'crossentropy_softmax_argmax_1hot_with_bias', 'crossentropy_softmax_max_and_argmax_1hot', 'crossentropy_softmax_max_and_argmax_1hot_with_bias', 'sigmoid_binary_crossentropy', 'LogSoftmax', 'Softmax', 'SoftmaxGrad', 'SoftmaxWithBias', 'logsoftmax', 'logsoftmax_op', 'softmax', 'softmax_grad', 'softmax_graph', 'softmax_op', 'softmax_with_bias', 'ConvOp', 'abstract_conv2d', 'batch_normalization', 'conv2d', 'conv2d_grad_wrt_inputs', 'conv2d_grad_wrt_weights', 'conv2d_transpose', 'conv3d', 'separable_conv2d']
def elu(x: TensorLike, alpha: Any = 1) -> TensorVariable:
    """x where x > 0, else alpha (exp(x) - 1): the exponential linear unit (Clevert et al. 2015)."""
def hard_sigmoid(x: TensorLike, /) -> TensorVariable:
    """x / 5 + 1/2 brought into [0, 1].  int8, int16 -> float32; TypeError for complex."""
def relu(x: TensorLike, alpha: Any = 0) -> TensorVariable:
    """max(x, alpha x), for alpha <= 1: the rectifier; ``alpha`` is the slope below 0."""
def selu(x: TensorLike) -> TensorVariable:
    """scale * elu(x, alpha) with the two constants of Klambauer et al. 2017.  float64 under floatX=float64."""
def sigmoid(x: TensorLike, /) -> TensorVariable:
    """1 / (1 + exp(-x)), exactly 0 and 1 in the limits.  int8, int16 -> float32; TypeError for complex."""
def softplus(x: TensorLike, /) -> TensorVariable:
    """log(1 + exp(x)), finite for all finite x.  int8, int16 -> float32; TypeError for complex."""
from theano.sandbox.softsign import softsign as softsign
def ultra_fast_sigmoid(x: TensorLike, /) -> TensorVariable:
    """A rational curve near sigmoid(x), off by at most 0.05, that never reaches 0 or 1.  NaN counts as -inf."""
class Prepend_scalar_constant_to_each_row:
    """Called on a matrix: the matrix with a column of ``val`` before its own."""
    val: float
    def __init__(self, val: float = 0) -> None: ...
    def __call__(self, mat: Any) -> TensorVariable: ...
class Prepend_scalar_to_each_row:
    """Called on a number and a matrix: the matrix with a column of that number before its own."""
    def __call__(self, val: TensorLike, mat: Any) -> TensorVariable: ...
def confusion_matrix(actual: TensorLike, pred: TensorLike) -> list[TensorVariable]:
    """[counts, labels]: how often each label was predicted where each other was the case."""
def h_softmax(x: TensorLike, batch_size: Any, n_outputs: Any, n_classes: Any, n_outputs_per_class: Any, W1: Any, b1: Any, W2: Any, b2: Any, target: Any = None) -> TensorVariable:
    """Softmax in two levels: of classes, then of the outputs within a class, which costs a root of the outputs."""
prepend_0_to_each_row: Prepend_scalar_constant_to_each_row
prepend_1_to_each_row: Prepend_scalar_constant_to_each_row
prepend_scalar_to_each_row: Prepend_scalar_to_each_row
class CrossentropyCategorical1Hot(Op):
    """-log of the probability that each row gives to its label."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class CrossentropyCategorical1HotGrad(Op):
    """The cotangent of p where out[i] = -log(p[i, y[i]])."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class CrossentropySoftmax1HotWithBiasDx(Op):
    """The cotangent of x where nll = -log(softmax(x)) at the labels."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class CrossentropySoftmaxArgmax1HotWithBias(Op):
    """Softmax of the rows of x + b, -log of the probability it gives to each row's label, and its largest place."""
    def __init__(self, **kwargs: Any) -> None: ...
    nin: Any
    nout: Any
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
def binary_crossentropy(output: TensorLike, target: TensorLike) -> TensorVariable:
    """-(target log(output) + (1 - target) log(1 - output)), element by element."""
def categorical_crossentropy(coding_dist: TensorLike, true_dist: TensorLike) -> TensorVariable:
    """How many nats it takes on average to name an outcome of one distribution in a code made for another."""
def crossentropy_categorical_1hot(coding_dist: TensorLike, true_one_of_n: Any) -> TensorVariable:
    """-log of the probability that each row gives to its label."""
crossentropy_categorical_1hot_grad: CrossentropyCategorical1HotGrad
def crossentropy_softmax_1hot(x: TensorLike, y_idx: TensorLike, **kwargs: Any) -> list[TensorVariable]:
    """[-log of the probability of each label, softmax] of the rows of x."""
def crossentropy_softmax_1hot_with_bias(x: TensorLike, b: TensorLike, y_idx: TensorLike, **kwargs: Any) -> list[TensorVariable]:
    """[-log of the probability of each label, softmax] of the rows of x + b."""
crossentropy_softmax_1hot_with_bias_dx: CrossentropySoftmax1HotWithBiasDx
crossentropy_softmax_argmax_1hot_with_bias: CrossentropySoftmaxArgmax1HotWithBias
def crossentropy_softmax_max_and_argmax_1hot(x: TensorLike, y_idx: TensorLike, **kwargs: Any) -> list[TensorVariable]:
    """[-log of the probability of each label, softmax, largest probability, its place] of the rows of x."""
def crossentropy_softmax_max_and_argmax_1hot_with_bias(x: TensorLike, b: TensorLike, y_idx: TensorLike, **kwargs: Any) -> list[TensorVariable]:
    """[-log of the probability of each label, softmax, largest probability, its place] of the rows of x + b."""
def sigmoid_binary_crossentropy(output: TensorLike, target: TensorLike) -> TensorVariable:
    """binary_crossentropy(sigmoid(output), target), accurate and finite for all finite output, in every mode."""
class LogSoftmax(_OfRows):
    """The logarithm of softmax, accurate where softmax itself rounds to 0."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Softmax(_OfRows):
    """exp(x) / sum(exp(x)) of each row, finite for all finite x."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SoftmaxGrad(Op):
    """The cotangent of x where out = softmax(x)."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SoftmaxWithBias:
    """Called on a matrix x and a vector b: softmax(x + b), in one loop."""
    def __call__(self, x: TensorLike, b: TensorLike) -> TensorVariable: ...
def logsoftmax(c: TensorLike) -> TensorVariable:
    """log(softmax(c)), accurate where softmax(c) rounds to 0.  See ``LogSoftmax``."""
def logsoftmax_op(x: TensorLike) -> TensorVariable:
    """The logarithm of softmax, accurate where softmax itself rounds to 0."""
def softmax(c: TensorLike) -> TensorVariable:
    """exp(c) / sum(exp(c)) of each row of a matrix; of a vector a matrix of one row.  See ``Softmax``."""
softmax_grad: SoftmaxGrad
def softmax_graph(c: TensorLike) -> TensorVariable:
    """exp(c) / sum(exp(c)) along the last axis, as that very expression; the default mode makes it stable."""
def softmax_op(x: TensorLike) -> TensorVariable:
    """exp(x) / sum(exp(x)) of each row, finite for all finite x."""
softmax_with_bias: SoftmaxWithBias
from theano.tensor.nnet.conv import ConvOp as ConvOp
abstract_conv2d = _abstract_conv_conv2d
from theano.tensor.nnet.bn import batch_normalization as batch_normalization
def conv2d(input: TensorLike, filters: TensorLike, input_shape: Any = None, filter_shape: Any = None, border_mode: Any = 'valid', subsample: Sequence[int] = ..., filter_flip: bool = True, image_shape: Any = None, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False, **kwargs: Any) -> TensorVariable:
    """``abstract_conv.conv2d``; ``image_shape`` is the older name of ``input_shape``, and other names are ignored."""
from theano.tensor.nnet.abstract_conv import conv2d_grad_wrt_inputs as conv2d_grad_wrt_inputs
from theano.tensor.nnet.abstract_conv import conv2d_grad_wrt_weights as conv2d_grad_wrt_weights
def conv2d_transpose(input: TensorLike, filters: TensorLike, output_shape: Any, filter_shape: Any = None, border_mode: Any = 'valid', input_dilation: Sequence[int] = ..., filter_flip: bool = True, filter_dilation: Sequence[int] = ..., num_groups: int = 1, unshared: bool = False) -> TensorVariable:
    """The transpose of a convolution as a linear map, which enlarges images by ``input_dilation``."""
from theano.tensor.nnet.abstract_conv import conv3d as conv3d
from theano.tensor.nnet.abstract_conv import separable_conv2d as separable_conv2d
scalar_sigmoid = _scalar_sigmoid
sigmoid_inplace = sigmoid
