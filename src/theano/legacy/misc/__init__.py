"""theano.misc of Theano 1.0.5."""

from theano.misc import frozendict, ordered_set, pkl_utils

__all__ = [
    "frozendict",
    "ordered_set",
    "pkl_utils",
]
