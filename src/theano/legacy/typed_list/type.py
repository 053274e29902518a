"""theano.typed_list.type of Theano 1.0.5, as far as it is not there any more."""

from theano import gof

__all__ = [
    "gof",
]
