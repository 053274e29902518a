"""theano.compile.function of Theano 1.0.5, as far as it is not there any more."""

from theano import compat
from theano.compile import function as pfunc
from theano.legacy.adapters.function_parts import function_dump, orig_function

__all__ = [
    "compat",
    "function_dump",
    "orig_function",
    "pfunc",
]
