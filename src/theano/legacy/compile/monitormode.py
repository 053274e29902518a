"""theano.compile.monitormode of Theano 1.0.5, as far as it is not there any more."""

import theano

__all__ = [
    "theano",
]
