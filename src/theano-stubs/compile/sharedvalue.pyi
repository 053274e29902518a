"""theano.compile.sharedvalue of Theano 1.0.5."""

from theano.compile import SharedVariable as _compile_SharedVariable
from typing import Any

__all__ = ['Container', 'SharedVariable', 'Variable', 'generic', 'generic_constructor', 'shared', 'shared_constructor']
from theano.compile import Container as Container
from theano.compile import SharedVariable as SharedVariable
from theano.graph import Variable as Variable
from theano.graph import generic as generic
def generic_constructor(value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None) -> _compile_SharedVariable:
    """Any Python object."""
from theano.compile._shared import shared as shared
from theano.compile import shared_constructor as shared_constructor
