"""theano.scalar.sharedvar of Theano 1.0.5."""

from theano.compile import SharedVariable
from theano.compile.shared import ScalarSharedVariable, shared
from theano.scalar import Scalar

__all__ = ["Scalar", "ScalarSharedVariable", "SharedVariable", "shared"]
