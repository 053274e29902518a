"""Native code for ops of the user's own: index expressions that join loops, and functions of C or Numba."""

from collections.abc import Callable
from collections.abc import Sequence
from theano.graph import Apply
from theano.graph import Op
from theano.scalar import ScalarFunction
from theano.tensor.type import TensorType
from typing import Any

__all__ = ['ArrayFunction', 'Pointer', 'PointerFunction', 'array_function', 'fold', 'lengths_agree', 'pointwise', 'register_lowering', 'register_pointer', 'scalar_function']
class ArrayFunction(Op):
    """outputs = a C function of arrays.  Two are equal when they are at one address and have the same types."""
    pointer: Any
    name: Any
    address: Any
    itypes: Any
    otypes: Any
    def __init__(self, pointer: Pointer, name: str, itypes: tuple[TensorType, ...], otypes: tuple[TensorType, ...], shapes: Callable[..., Sequence[Sequence[Any]]], gradient: Callable[..., Sequence[Any]] | None = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Pointer:
    """A C function."""
    address: int
    arguments: tuple[str, ...] | None
    result: str | None
    owner: Any
    def __init__(self, address: int, arguments: tuple[str, ...] | None, result: str | None, owner: Any) -> None: ...
    def require(self, name: str, arguments: Sequence[str], result: str) -> None:
        """TypeError where the object is known to be a function of other arguments, or of another result."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class PointerFunction(ScalarFunction):
    """A scalar function whose values a C function computes."""
    pointer: Any
    llvm_body: Any
    integer_body: Any
    def __init__(self, pointer: Pointer, arguments: tuple[str, ...], result: str, name: str, partials: Callable[..., Sequence[Any]] | None) -> None: ...
    @property
    def code_name(self) -> str: ...
    def operand_dtypes(self, *dtypes: str) -> tuple[str, ...]: ...
def array_function(pointer: Any, itypes: Sequence[TensorType], otypes: Sequence[TensorType], infer_shape: Callable[..., Sequence[Sequence[Any]]], name: str | None = None, L_op: Callable[..., Sequence[Any]] | None = None) -> ArrayFunction:
    """A C function of arrays as an op."""
def fold(node: Apply, shape: Sequence[Any], extents: Sequence[Any], initial: Any, step: Callable[..., Any], output: int = 0, requirements: Sequence[Any] = ...) -> Any:
    """out[i, ...] = what ``initial`` has become after all steps: carried = step(carried, i, ..., k, ...)."""
def lengths_agree(node: Apply, left: Any, right: Any, message: str) -> Any:
    """A requirement: ValueError(message) at run time where two lengths differ; "{left}" and "{right}" stand for them."""
def pointwise(node: Apply, shape: Sequence[Any], element: Callable[..., Any], output: int = 0, requirements: Sequence[Any] = ...) -> Any:
    """out[i, j, ...] = element(i, j, ...), brought to the dtype of the output."""
def register_lowering(kind: type[Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorator: how ops of the class ``kind`` become loops."""
def register_pointer(kind: type[Any], pointer: Any) -> None:
    """Let machine code call a C function where an op of the class ``kind`` would be called back."""
def scalar_function(pointer: Any, arguments: Sequence[str], result: str, name: str | None = None, partials: Callable[..., Sequence[Any]] | None = None) -> PointerFunction:
    """A C function of numbers as a scalar function: ``T.Elemwise(f)`` applies it to arrays, in loops with all else."""
