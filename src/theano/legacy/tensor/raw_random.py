"""theano.tensor.raw_random of Theano 1.0.5."""

import theano
from theano import gof, tensor
from theano.compile import optdb
from theano.random.distribution import (
    binomial,
    choice,
    choice_helper,
    multinomial,
    multinomial_helper,
    normal,
    permutation,
    permutation_helper,
    poisson,
    random_integers,
    random_integers_helper,
    uniform,
)
from theano.random.function import RandomFunction
from theano.random.state_type import RandomStateType, random_state_type
from theano.random.streams_base import RandomStreamsBase
from theano.tensor import opt

__all__ = [
    "RandomFunction",
    "RandomStateType",
    "RandomStreamsBase",
    "binomial",
    "choice",
    "choice_helper",
    "gof",
    "multinomial",
    "multinomial_helper",
    "normal",
    "opt",
    "optdb",
    "permutation",
    "permutation_helper",
    "poisson",
    "random_integers",
    "random_integers_helper",
    "random_state_type",
    "tensor",
    "theano",
    "uniform",
]
