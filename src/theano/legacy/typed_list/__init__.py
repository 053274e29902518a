"""theano.typed_list of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import tensor as T
from theano.gof.graph import Apply, Constant, Variable
from theano.gof.op import Op
from theano.tensor.type_other import SliceType

__all__ = [
    "Apply",
    "Constant",
    "Op",
    "SliceType",
    "T",
    "Variable",
    "theano",
]
