"""theano.tensor.nnet.conv3d2d of Theano 1.0.5."""

import theano
from theano import tensor
from theano.gof.opt import TopoOptimizer, copy_stack_trace
from theano.gradient import DisconnectedType
from theano.graph import Apply, Op

__all__ = [
    "Apply",
    "DisconnectedType",
    "Op",
    "TopoOptimizer",
    "copy_stack_trace",
    "tensor",
    "theano",
]
