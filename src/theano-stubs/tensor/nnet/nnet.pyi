"""theano.tensor.nnet.nnet of Theano 1.0.5."""

from theano.scalar import softsign as _scalar_softsign
from typing import Any

__all__ = ['Apply', 'CrossentropyCategorical1Hot', 'CrossentropyCategorical1HotGrad', 'CrossentropySoftmax1HotWithBiasDx', 'CrossentropySoftmaxArgmax1HotWithBias', 'DisconnectedType', 'LogSoftmax', 'Prepend_scalar_constant_to_each_row', 'Prepend_scalar_to_each_row', 'ScalarSoftsign', 'Softmax', 'SoftmaxGrad', 'SoftmaxWithBias', 'as_tensor_variable', 'binary_crossentropy', 'categorical_crossentropy', 'confusion_matrix', 'copy_stack_trace', 'crossentropy_categorical_1hot', 'crossentropy_categorical_1hot_grad', 'crossentropy_softmax_1hot', 'crossentropy_softmax_1hot_with_bias', 'crossentropy_softmax_1hot_with_bias_dx', 'crossentropy_softmax_argmax_1hot_with_bias', 'crossentropy_softmax_max_and_argmax_1hot', 'crossentropy_softmax_max_and_argmax_1hot_with_bias', 'elu', 'grad_not_implemented', 'h_softmax', 'logsoftmax', 'logsoftmax_op', 'optdb', 'prepend_0_to_each_row', 'prepend_1_to_each_row', 'prepend_scalar_to_each_row', 'relu', 'scalar_softsign', 'selu', 'sigmoid', 'sigmoid_binary_crossentropy', 'softmax', 'softmax_grad', 'softmax_graph', 'softmax_op', 'softmax_with_bias', 'softplus', 'softsign', 'sparse_block_dot', 'values_eq_approx_remove_inf', 'values_eq_approx_remove_nan']
from theano.graph import Apply as Apply
from theano.tensor.nnet import CrossentropyCategorical1Hot as CrossentropyCategorical1Hot
from theano.tensor.nnet import CrossentropyCategorical1HotGrad as CrossentropyCategorical1HotGrad
from theano.tensor.nnet import CrossentropySoftmax1HotWithBiasDx as CrossentropySoftmax1HotWithBiasDx
from theano.tensor.nnet import CrossentropySoftmaxArgmax1HotWithBias as CrossentropySoftmaxArgmax1HotWithBias
from theano.gradient import DisconnectedType as DisconnectedType
from theano.tensor.nnet import LogSoftmax as LogSoftmax
from theano.tensor.nnet import Prepend_scalar_constant_to_each_row as Prepend_scalar_constant_to_each_row
from theano.tensor.nnet import Prepend_scalar_to_each_row as Prepend_scalar_to_each_row
class ScalarSoftsign:
    """The class of ``theano.scalar.softsign``."""
    functions: Any
from theano.tensor.nnet import Softmax as Softmax
from theano.tensor.nnet import SoftmaxGrad as SoftmaxGrad
from theano.tensor.nnet import SoftmaxWithBias as SoftmaxWithBias
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.tensor.nnet import binary_crossentropy as binary_crossentropy
from theano.tensor.nnet import categorical_crossentropy as categorical_crossentropy
from theano.tensor.nnet import confusion_matrix as confusion_matrix
from theano.gof.opt import copy_stack_trace as copy_stack_trace
from theano.tensor.nnet import crossentropy_categorical_1hot as crossentropy_categorical_1hot
from theano.tensor.nnet import crossentropy_categorical_1hot_grad as crossentropy_categorical_1hot_grad
from theano.tensor.nnet import crossentropy_softmax_1hot as crossentropy_softmax_1hot
from theano.tensor.nnet import crossentropy_softmax_1hot_with_bias as crossentropy_softmax_1hot_with_bias
from theano.tensor.nnet import crossentropy_softmax_1hot_with_bias_dx as crossentropy_softmax_1hot_with_bias_dx
from theano.tensor.nnet import crossentropy_softmax_argmax_1hot_with_bias as crossentropy_softmax_argmax_1hot_with_bias
from theano.tensor.nnet import crossentropy_softmax_max_and_argmax_1hot as crossentropy_softmax_max_and_argmax_1hot
from theano.tensor.nnet import crossentropy_softmax_max_and_argmax_1hot_with_bias as crossentropy_softmax_max_and_argmax_1hot_with_bias
from theano.tensor.nnet import elu as elu
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.tensor.nnet import h_softmax as h_softmax
from theano.tensor.nnet import logsoftmax as logsoftmax
from theano.tensor.nnet import logsoftmax_op as logsoftmax_op
from theano.compile import optdb as optdb
from theano.tensor.nnet import prepend_0_to_each_row as prepend_0_to_each_row
from theano.tensor.nnet import prepend_1_to_each_row as prepend_1_to_each_row
from theano.tensor.nnet import prepend_scalar_to_each_row as prepend_scalar_to_each_row
from theano.tensor.nnet import relu as relu
scalar_softsign = _scalar_softsign
from theano.tensor.nnet import selu as selu
from theano.tensor.nnet import sigmoid as sigmoid
from theano.tensor.nnet import sigmoid_binary_crossentropy as sigmoid_binary_crossentropy
from theano.tensor.nnet import softmax as softmax
from theano.tensor.nnet import softmax_grad as softmax_grad
from theano.tensor.nnet import softmax_graph as softmax_graph
from theano.tensor.nnet import softmax_op as softmax_op
from theano.tensor.nnet import softmax_with_bias as softmax_with_bias
from theano.tensor.nnet import softplus as softplus
from theano.sandbox.softsign import softsign as softsign
from theano.tensor.nnet.blocksparse import sparse_block_dot as sparse_block_dot
from theano.tensor.type import values_eq_approx_remove_inf as values_eq_approx_remove_inf
from theano.tensor.type import values_eq_approx_remove_nan as values_eq_approx_remove_nan
