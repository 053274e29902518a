"""Which way the convolutions of a compiled function are computed."""

from theano.compile import Function
from typing import Any

def explain_convolutions(function: Function, *args: Any, **kwargs: Any) -> str:
    """A line for each convolution that a call of ``function`` with these arguments computes: shapes, and which way."""
