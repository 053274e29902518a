"""theano.sandbox.multinomial of Theano 1.0.5."""

import theano
from theano import tensor as T
from theano.graph import Apply, Op
from theano.legacy.adapters.outcomes import (
    ChoiceFromUniform,
    MultinomialFromUniform,
    MultinomialWOReplacementFromUniform,
)
from theano.scalar import as_scalar

__all__ = [
    "Apply",
    "ChoiceFromUniform",
    "MultinomialFromUniform",
    "MultinomialWOReplacementFromUniform",
    "Op",
    "T",
    "as_scalar",
    "theano",
]
