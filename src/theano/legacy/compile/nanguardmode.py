"""theano.compile.nanguardmode of Theano 1.0.5, as far as it is not there any more."""

import theano
from theano import tensor as T
from theano.compile.mode import get_mode

__all__ = [
    "T",
    "get_mode",
    "theano",
]
