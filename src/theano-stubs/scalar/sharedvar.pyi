"""theano.scalar.sharedvar of Theano 1.0.5."""

from theano.scalar import ScalarType

__all__ = ['Scalar', 'ScalarSharedVariable', 'SharedVariable', 'shared']
Scalar = ScalarType
from theano.compile import ScalarSharedVariable as ScalarSharedVariable
from theano.compile import SharedVariable as SharedVariable
from theano.compile._shared import shared as shared
