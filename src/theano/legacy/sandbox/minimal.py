"""theano.sandbox.minimal of Theano 1.0.5."""

from theano import function, gof, tensor
from theano.legacy.adapters.examples_of_ops import Minimal, minimal
from theano.tests import unittest_tools as utt

__all__ = [
    "Minimal",
    "function",
    "gof",
    "minimal",
    "tensor",
    "utt",
]
