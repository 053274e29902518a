"""Native code for ops of the user's own: index expressions that join loops, and functions of C or Numba.

    register_lowering(OpClass)                    an op, or scalar op, as a formula of index expressions
    pointwise, fold, lengths_agree                the forms that such formulas take
    scalar_function(pointer, arguments, result)   a C function of numbers, for Elemwise
    array_function(pointer, itypes, otypes, ...)  a C function of arrays, as an op
    register_pointer(OpClass, pointer)            a C function that does what an op's perform does

``docs/extending.md`` shows each of them.
"""

from theano.extension.arrays import ArrayFunction, array_function, register_pointer
from theano.extension.lowering import fold, lengths_agree, pointwise, register_lowering
from theano.extension.numbers import PointerFunction, scalar_function
from theano.extension.pointer import Pointer

__all__ = [
    "ArrayFunction",
    "Pointer",
    "PointerFunction",
    "array_function",
    "fold",
    "lengths_agree",
    "pointwise",
    "register_lowering",
    "register_pointer",
    "scalar_function",
]
