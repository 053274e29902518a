"""Products that are scaled and added to something, as routines of BLAS compute them in one go."""

from collections.abc import Sequence
from theano.graph import Op
from theano.graph import Variable
from theano.printing import pp
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['BatchedDot', 'Dot22', 'Dot22Scalar', 'Gemm', 'GemmRelated', 'Gemv', 'Ger', 'batched_dot', 'gemm', 'gemm_inplace', 'gemm_no_inplace', 'gemv', 'gemv_inplace', 'gemv_no_inplace', 'ger', 'ger_destructive']
from theano.tensor import BatchedDot as BatchedDot
class Dot22(GemmRelated):
    """out = x y, matrices of one dtype."""
    ranks: Any
class Dot22Scalar(GemmRelated):
    """out = a x y, matrices and a number of one dtype."""
    ranks: Any
class Gemm(GemmRelated):
    """out = b z + a x y, matrices x (m, k), y (k, n), z (m, n) and numbers a, b of one dtype."""
    inplace: Any
    def __init__(self, inplace: bool) -> None: ...
    ranks: Any
class GemmRelated(Op):
    """What the ops here have in common: ranks of the operands, and one dtype, floating or complex."""
    ranks: dict[str, int]
    def operands(self, inputs: Sequence[Any]) -> list[Any]:
        """The inputs as variables, numbers of Python in the dtype of the first."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Gemv(GemmRelated):
    """out = beta y + alpha A x, matrix A (m, n), vectors x (n), y (m), numbers alpha and beta of one dtype."""
    inplace: Any
    def __init__(self, inplace: bool) -> None: ...
    ranks: Any
class Ger(GemmRelated):
    """out = A + alpha x y', matrix A (m, n), vectors x (m), y (n), number alpha of one dtype."""
    destructive: Any
    def __init__(self, destructive: bool) -> None: ...
    ranks: Any
from theano.tensor import batched_dot as batched_dot
gemm: Gemm
gemm_inplace: Gemm
gemm_no_inplace = gemm
gemv: Gemv
gemv_inplace: Gemv
gemv_no_inplace = gemv
ger: Ger
ger_destructive: Ger
from theano.compile import optdb as optdb
from theano.configuration import config as config
from theano.graph import InconsistencyError as InconsistencyError
from theano.gof import view_roots as view_roots
from theano.gof import EquilibriumOptimizer as EquilibriumOptimizer
from theano.gof import Optimizer as Optimizer
from theano.gof.opt import in2out as in2out
from theano.gof.opt import inherit_stack_trace as inherit_stack_trace
from theano.gof import local_optimizer as local_optimizer
from theano.gof import SequenceDB as SequenceDB
from theano.gof import ParamsType as ParamsType
from theano.gof import ReplacementDidntRemovedError as ReplacementDidntRemovedError
from theano.printing import FunctionPrinter as FunctionPrinter
from theano.printing import debugprint as debugprint
pprint = pp
from theano.tensor.type import values_eq_approx_remove_inf_nan as values_eq_approx_remove_inf_nan
