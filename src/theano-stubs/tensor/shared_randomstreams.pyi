"""theano.tensor.shared_randomstreams of Theano 1.0.5."""

from theano.compile import SharedVariable as _compile_SharedVariable
from typing import Any

__all__ = ['RandomStateSharedVariable', 'RandomStreams', 'SharedVariable', 'randomstate_constructor', 'shared', 'shared_constructor']
from theano.compile import RandomStateSharedVariable as RandomStateSharedVariable
from theano.random import RandomStreams as RandomStreams
from theano.compile import SharedVariable as SharedVariable
def randomstate_constructor(value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None, borrow: bool = False) -> _compile_SharedVariable:
    """A random state of NumPy's."""
from theano.compile._shared import shared as shared
from theano.compile import shared_constructor as shared_constructor
