"""theano.sandbox.linalg.ops of Theano 1.0.5."""

from theano.graph import Apply as _graph_Apply
from theano.graph import Op as _graph_Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['Apply', 'Cholesky', 'DimShuffle', 'Dot', 'Dot22', 'Hint', 'MatrixInverse', 'Op', 'Optimizer', 'Solve', 'cholesky', 'det', 'extract_diag', 'is_hint_node', 'is_psd', 'is_symmetric', 'local_optimizer', 'matrix_inverse', 'psd', 'register_canonicalize', 'register_specialize', 'register_stabilize', 'solve', 'spectral_radius_bound', 'trace']
from theano.graph import Apply as Apply
from theano.tensor.slinalg import Cholesky as Cholesky
from theano.tensor import DimShuffle as DimShuffle
from theano.tensor import Dot as Dot
from theano.tensor.blas import Dot22 as Dot22
class Hint(_graph_Op):
    """out = x, of which something is known: ``positive``, or of a matrix one of those in ``FACTS``."""
    hints: Any
    def __init__(self, **kwargs: bool) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.tensor.nlinalg import MatrixInverse as MatrixInverse
from theano.graph import Op as Op
from theano.gof import Optimizer as Optimizer
from theano.tensor.slinalg import Solve as Solve
from theano.sandbox.linalg import cholesky as cholesky
from theano.sandbox.linalg import det as det
from theano.sandbox.linalg import extract_diag as extract_diag
def is_hint_node(node: _graph_Apply) -> bool:
    """Whether an application only tells something about its input."""
def is_psd(v: Variable, depth: int = 4) -> bool:
    """Whether the matrix ``v`` is known to be positive definite: told so, or x.T x with something on the diagonal."""
def is_symmetric(v: Variable, depth: int = 4) -> bool:
    """Whether the matrix ``v`` is known to be its own transpose."""
from theano.gof import local_optimizer as local_optimizer
from theano.sandbox.linalg import matrix_inverse as matrix_inverse
from theano.sandbox.linalg import psd as psd
from theano.tensor.opt import register_canonicalize as register_canonicalize
from theano.tensor.opt import register_specialize as register_specialize
from theano.tensor.opt import register_stabilize as register_stabilize
from theano.sandbox.linalg import solve as solve
from theano.sandbox.linalg import spectral_radius_bound as spectral_radius_bound
from theano.tensor import trace as trace
