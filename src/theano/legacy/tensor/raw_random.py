"""theano.tensor.raw_random of Theano 1.0.5."""

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

__all__ = [
    "RandomFunction",
    "RandomStateType",
    "RandomStreamsBase",
    "binomial",
    "choice",
    "choice_helper",
    "multinomial",
    "multinomial_helper",
    "normal",
    "permutation",
    "permutation_helper",
    "poisson",
    "random_integers",
    "random_integers_helper",
    "random_state_type",
    "uniform",
]
