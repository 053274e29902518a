"""theano.tensor.shared_randomstreams of Theano 1.0.5."""

from theano.compile import SharedVariable, shared, shared_constructor
from theano.compile.random_state import RandomStateSharedVariable, randomstate_constructor
from theano.streams.random_streams import RandomStreams
from theano.tensor import raw_random

__all__ = [
    "RandomStateSharedVariable",
    "RandomStreams",
    "SharedVariable",
    "randomstate_constructor",
    "raw_random",
    "shared",
    "shared_constructor",
]
