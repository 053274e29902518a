"""theano.tensor.raw_random of Theano 1.0.5."""

import numpy
import numpy.random
from collections.abc import Callable
from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Type
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.type import TensorType
from typing import Any

__all__ = ['RandomFunction', 'RandomStateType', 'RandomStreamsBase', 'binomial', 'choice', 'choice_helper', 'multinomial', 'multinomial_helper', 'normal', 'optdb', 'permutation', 'permutation_helper', 'poisson', 'random_integers', 'random_integers_helper', 'random_state_type', 'uniform']
class RandomFunction(Op):
    """(next state, sample) = a draw with a method of ``numpy.random.RandomState``."""
    fn: str | Callable[..., Any]
    outtype: TensorType
    inplace: bool
    ndim_added: int
    def __init__(self, fn: str | Callable[..., Any], outtype: TensorType, inplace: bool = False, ndim_added: int = 0) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class RandomStateType(Type):
    """States of NumPy's legacy generator, ``numpy.random.RandomState``."""
    def is_valid_value(self, value: Any) -> bool: ...
    @staticmethod
    def may_share_memory(a: TensorLike, b: TensorLike) -> bool: ...
    def get_shape_info(self, obj: Any) -> None: ...
    def get_size(self, shape_info: Any) -> int:
        """Bytes of a state."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class RandomStreamsBase:
    """Draws from a state that a subclass finds for them: see the functions of ``theano.random.distribution``."""
    def gen(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> TensorVariable:
        """The sample of ``op(state, *args, **kwargs)``, which gives the next state and a sample."""
    def uniform(self, size: Any = None, low: Any = 0.0, high: Any = 1.0, ndim: int | None = None, dtype: str | None = None) -> TensorVariable:
        """Numbers of [low, high), equally likely."""
    def normal(self, size: Any = None, avg: Any = 0.0, std: Any = 1.0, ndim: int | None = None, dtype: str | None = None) -> TensorVariable:
        """Normal numbers of mean avg and standard deviation std."""
    def binomial(self, size: Any = None, n: Any = 1, p: Any = 0.5, ndim: int | None = None, dtype: str = 'int64', prob: Any = None) -> TensorVariable:
        """How many of n trials succeed, each with probability p."""
    def random_integers(self, size: Any = None, low: Any = 0, high: Any = 1, ndim: int | None = None, dtype: str = 'int64') -> TensorVariable:
        """Integers from low to high, both included."""
    def poisson(self, size: Any = None, lam: Any = None, ndim: int | None = None, dtype: str = 'int64') -> TensorVariable:
        """Counts of events, lam (1 unless told) on average."""
    def choice(self, size: Any = None, a: Any = 2, replace: Any = True, p: Any = None, ndim: int | None = None, dtype: str = 'int64') -> TensorVariable:
        """Elements of the vector a, or of the integers below a, with the probabilities p."""
    def permutation(self, size: Any = None, n: Any = 1, ndim: int | None = None, dtype: str = 'int64') -> TensorVariable:
        """The integers below n in random order, as the last dimension."""
    def multinomial(self, size: Any = None, n: Any = 1, pvals: Any = ..., ndim: int | None = None, dtype: str = 'int64') -> TensorVariable:
        """How often each outcome occurs in n trials of probabilities pvals, as the last dimension."""
    def shuffle_row_elements(self, input: TensorLike) -> TensorVariable:
        """The elements of each row in a random order of its own."""
def binomial(random_state: Variable, size: Any = None, n: Any = 1, p: Any = 0.5, ndim: int | None = None, dtype: str = 'int64', prob: Any = None) -> tuple[Any, Any]:
    """How many of n trials succeed, each with probability p (in old programs ``prob``)."""
def choice(random_state: Variable, size: Any = None, a: Any = 2, replace: Any = True, p: Any = None, ndim: int | None = None, dtype: str = 'int64') -> tuple[Any, Any]:
    """Elements of the vector a, or of the integers below a; each with its probability in p, or equally likely."""
def choice_helper(random_state: numpy.random.RandomState, a: TensorLike, replace: Any, p: TensorLike, size: Any) -> TensorVariable:
    """``random_state.choice`` with the arguments in the order in which an op hands them on."""
def multinomial(random_state: Variable, size: Any = None, n: Any = 1, pvals: Any = ..., ndim: int | None = None, dtype: str = 'int64') -> tuple[Any, Any]:
    """How often each outcome occurs in n trials, with the probabilities in the last dimension of pvals."""
def multinomial_helper(random_state: numpy.random.RandomState, n: TensorLike, pvals: Any, size: Any) -> numpy.ndarray:
    """One draw for each index of ``size``, in C order."""
def normal(random_state: Variable, size: Any = None, avg: Any = 0.0, std: Any = 1.0, ndim: int | None = None, dtype: str | None = None) -> tuple[Any, Any]:
    """Normal numbers of mean avg and standard deviation std.  dtype: that of floatX, avg and std, unless told."""
from theano.compile import optdb as optdb
def permutation(random_state: Variable, size: Any = None, n: Any = 1, ndim: int | None = None, dtype: str = 'int64') -> tuple[Any, Any]:
    """The integers below n in random order, as the last dimension: shape (*size, n)."""
def permutation_helper(random_state: numpy.random.RandomState, n: TensorLike, shape: Any) -> numpy.ndarray:
    """One permutation of the integers below n for each index of ``shape``, in C order."""
def poisson(random_state: Variable, size: Any = None, lam: Any = 1.0, ndim: int | None = None, dtype: str = 'int64') -> tuple[Any, Any]:
    """Counts of events, lam on average."""
def random_integers(random_state: Variable, size: Any = None, low: Any = 0, high: Any = 1, ndim: int | None = None, dtype: str = 'int64') -> tuple[Any, Any]:
    """Integers from low to high, both included."""
def random_integers_helper(random_state: numpy.random.RandomState, low: TensorLike, high: TensorLike, size: Any) -> numpy.ndarray:
    """Integers from low to high, both included, as an array of shape ``size``, or of that of the bounds."""
random_state_type: RandomStateType
def uniform(random_state: Variable, size: Any = None, low: Any = 0.0, high: Any = 1.0, ndim: int | None = None, dtype: str | None = None) -> tuple[Any, Any]:
    """Numbers of [low, high), equally likely.  dtype: the common one of floatX, low and high, unless told."""
