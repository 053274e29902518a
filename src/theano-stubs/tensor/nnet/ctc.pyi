"""Connectionist temporal classification: the cost of labels whose times nobody knows."""

from theano._types import TensorLike
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor import tensor_copy
from typing import Any

__all__ = ['ConnectionistTemporalClassification', 'ctc', 'ctc_available', 'ctc_present']
class ConnectionistTemporalClassification(Op):
    """The cost of each sequence, and its gradient with respect to what softmax makes probabilities of."""
    compute_grad: Any
    def __init__(self, compute_grad: bool = True, openmp: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
def ctc(activations: TensorLike, labels: Any, input_lengths: Any) -> TensorVariable:
    """The cost, minus the logarithm of its probability, of a sequence of labels whose times are not known."""
def ctc_available() -> bool:
    """Whether the cost can be computed: always, as it needs no library."""
def ctc_present() -> bool:
    """Whether the cost can be computed: always, as it needs no library."""
from theano.configuration import config as config
from theano.gof import local_optimizer as local_optimizer
from theano.gradient import grad_undefined as grad_undefined
cpu_contiguous = tensor_copy
from theano.tensor.opt import register_canonicalize as register_canonicalize
