"""Batch normalization: activations brought to mean 0 and variance 1 over a batch, then scaled and shifted."""

from theano._types import TensorLike
from theano.graph import Variable
from theano.graph._inner_graph import InnerGraph
from theano.tensor import TensorVariable
from theano.tensor.type import TensorType
from typing import Any

__all__ = ['Normalization', 'batch_normalization', 'batch_normalization_test', 'batch_normalization_train']
class Normalization(InnerGraph):
    """An array normalized over axes by its own mean and variance; then scaled and shifted."""
    x_type: Any
    gamma_type: Any
    beta_type: Any
    axes: Any
    epsilon: Any
    def __init__(self, x_type: TensorType, gamma_type: TensorType, beta_type: TensorType, axes: tuple[int, ...], epsilon: float) -> None: ...
def batch_normalization(inputs: Any, gamma: TensorLike, beta: TensorLike, mean: TensorLike, std: TensorLike, mode: str = 'low_mem') -> TensorVariable:
    """(inputs - mean) * (gamma / std) + beta, for a mean and a standard deviation found before; shapes broadcast."""
def batch_normalization_test(inputs: Any, gamma: TensorLike, beta: TensorLike, mean: TensorLike, var: TensorLike, axes: Any = 'per-activation', epsilon: float = 0.0001) -> TensorVariable:
    """Normalize by a mean and a variance found before:  (inputs - mean) * gamma / sqrt(var + epsilon) + beta."""
def batch_normalization_train(inputs: Any, gamma: TensorLike, beta: TensorLike, axes: Any = 'per-activation', epsilon: float = 0.0001, running_average_factor: float = 0.1, running_mean: Any = None, running_var: Any = None) -> tuple[TensorVariable, ...]:
    """Normalize a batch by its own mean and variance."""
from theano.graph import Apply as Apply
from theano.graph import Op as Op
from theano.gof.opt import copy_stack_trace as copy_stack_trace
from theano.gof import local_optimizer as local_optimizer
from theano.scalar import Composite as Composite
from theano.scalar import add as add
from theano.scalar import mul as mul
from theano.scalar import sub as sub
from theano.scalar import true_div as true_div
from theano.tensor.opt import register_specialize_device as register_specialize_device
