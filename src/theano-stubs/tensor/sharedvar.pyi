"""theano.tensor.sharedvar of Theano 1.0.5."""

from theano.compile import SharedVariable as _compile_SharedVariable
from typing import Any

__all__ = ['ScalarSharedVariable', 'SharedVariable', 'TensorSharedVariable', 'TensorType', 'scalar_constructor', 'shared_constructor', 'tensor_constructor']
from theano.compile import ScalarSharedVariable as ScalarSharedVariable
from theano.compile import SharedVariable as SharedVariable
from theano.compile import TensorSharedVariable as TensorSharedVariable
from theano.tensor.type import TensorType as TensorType
def scalar_constructor(value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None, borrow: bool = False, target: str = 'cpu') -> _compile_SharedVariable:
    """A number of Python or NumPy."""
from theano.compile import shared_constructor as shared_constructor
def tensor_constructor(value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None, borrow: bool = False, broadcastable: Any = None, target: str = 'cpu') -> _compile_SharedVariable:
    """An array of numbers."""
