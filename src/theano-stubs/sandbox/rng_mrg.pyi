"""theano.sandbox.rng_mrg of Theano 1.0.5."""

import numpy
from theano._types import TensorLike
from theano.graph import Op as _graph_Op
from theano.graph import Variable as _graph_Variable
from theano.tensor import TensorVariable
from theano.tensor.type import TensorType as _type_TensorType
from typing import Any

__all__ = ['M1', 'M2', 'NORM', 'A1p72', 'A1p134', 'A2p72', 'A2p134', 'Apply', 'MRG_RandomStreams', 'Op', 'ParamsType', 'TensorType', 'Variable', 'as_tensor_variable', 'cast', 'config', 'ff_2p72', 'ff_2p134', 'function', 'get_vector_length', 'guess_n_streams', 'local_optimizer', 'matVecModM', 'mrg_uniform', 'mrg_uniform_base', 'multMatVect', 'optdb', 'shared', 'undefined_grad']
M1: int
M2: int
NORM: float
A1p72: Any
A1p134: Any
A2p72: Any
A2p134: Any
from theano.graph import Apply as Apply
from theano.random import MRG_RandomStreams as MRG_RandomStreams
from theano.graph import Op as Op
from theano.gof import ParamsType as ParamsType
from theano.tensor.type import TensorType as TensorType
from theano.graph import Variable as Variable
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.tensor import cast as cast
from theano.configuration import config as config
def ff_2p72(rstate: Any) -> numpy.ndarray:
    """The state 2**72 steps on: that of the next stream."""
def ff_2p134(rstate: Any) -> numpy.ndarray:
    """The state 2**134 steps on: that of the next sample."""
from theano.compile.function import function as function
from theano.tensor import get_vector_length as get_vector_length
def guess_n_streams(size: Any, warn: bool = False) -> int:
    """How many streams a sample is drawn from: as many as it has elements up to 6, beyond one for each 6, at most 15360; the maximum where the size is not known before run time."""
from theano.gof import local_optimizer as local_optimizer
def matVecModM(A: TensorLike, s: TensorLike, m: TensorLike) -> numpy.ndarray:
    """A s modulo m, of three numbers less than 2**31."""
class mrg_uniform(_graph_Op):
    """(next states, sample) = uniform numbers, dealt out by the streams in turn."""
    output_type: _type_TensorType
    inplace: bool
    def __init__(self, output_type: _type_TensorType, inplace: bool = False) -> None: ...
    @classmethod
    def new(cls, rstate: Any, ndim: int | None, dtype: str, size: Any) -> list[TensorVariable]:
        """The op applied to a state, for a size of any form: [next states, sample]."""
    @property
    def ndim(self) -> int: ...
    @property
    def otype_is_float32(self) -> bool: ...
    @property
    def otypenum(self) -> int:
        """NumPy's number of the dtype."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
mrg_uniform_base = mrg_uniform
def multMatVect(v: TensorLike, A: TensorLike, m1: Any, B: TensorLike, m2: Any) -> numpy.ndarray:
    """States moved on: A times the first three numbers modulo m1, B times the last three modulo m2."""
from theano.compile import optdb as optdb
from theano.compile._shared import shared as shared
from theano.gradient import undefined_grad as undefined_grad
