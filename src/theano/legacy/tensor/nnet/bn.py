"""theano.tensor.nnet.bn of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano.gof.graph import Apply
from theano.gof.op import Op
from theano.gof.opt import copy_stack_trace, local_optimizer
from theano.scalar.basic import Composite, add, mul, sub, true_div
from theano.tensor import basic as T
from theano.tensor.opt import register_specialize_device

__all__ = [
    "Apply",
    "Composite",
    "Op",
    "T",
    "add",
    "copy_stack_trace",
    "local_optimizer",
    "mul",
    "register_specialize_device",
    "sub",
    "theano",
    "true_div",
]
