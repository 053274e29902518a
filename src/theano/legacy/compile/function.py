"""theano.compile.function of Theano 1.0.5, as far as it is not there any more."""

from theano.compile import function as pfunc
from theano.legacy.adapters.function_parts import function_dump, orig_function

__all__ = ["function_dump", "orig_function", "pfunc"]
