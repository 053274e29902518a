"""theano.tensor.nnet.blocksparse of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano.gof.graph import Apply
from theano.gof.op import Op
from theano.gradient import grad_undefined
from theano.tensor.basic import discrete_dtypes

__all__ = [
    "Apply",
    "Op",
    "discrete_dtypes",
    "grad_undefined",
    "theano",
]
