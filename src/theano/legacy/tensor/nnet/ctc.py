"""theano.tensor.nnet.ctc of Theano 1.0.5, as far as it is not there any more."""

from theano import gof
from theano import tensor as T
from theano.configdefaults import config
from theano.gof.opt import local_optimizer
from theano.gradient import grad_undefined
from theano.tensor.extra_ops import cpu_contiguous
from theano.tensor.opt import register_canonicalize

__all__ = [
    "T",
    "config",
    "cpu_contiguous",
    "gof",
    "grad_undefined",
    "local_optimizer",
    "register_canonicalize",
]
