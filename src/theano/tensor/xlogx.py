"""x log(x) and x log(y) elementwise, 0 where x is 0."""

from theano.legacy import old_names
from theano.scalar.entropy import xlogx as scalar_xlogx
from theano.scalar.entropy import xlogy0 as scalar_xlogy0
from theano.tensor.elemwise import elemwise_of

__all__ = ["scalar_xlogx", "scalar_xlogy0", "xlogx", "xlogy0"]

xlogx = elemwise_of(scalar_xlogx)
xlogy0 = elemwise_of(scalar_xlogy0)

__getattr__ = old_names(__name__)
