"""Functions of numbers, each defined once: value, dtype rule, derivative, machine code, sample domain."""

import theano.scalar.operators  # first: the names below hide some of the modules
from theano.scalar.activation import *
from theano.scalar.arithmetic import *
from theano.scalar.comparison import *
from theano.scalar.complex import *
from theano.scalar.dtype import upcast
from theano.scalar.error_function import *
from theano.scalar.exponential import *
from theano.scalar.function import ScalarFunction, ScalarOp, all_scalar_functions, scalar_function
from theano.scalar.hyperbolic import *
from theano.scalar.logic import *
from theano.scalar.names import *
from theano.scalar.power import *
from theano.scalar.rounding import *
from theano.scalar.special import *
from theano.scalar.trigonometric import *
from theano.scalar.type import ScalarConstant, ScalarType, ScalarVariable, as_scalar
