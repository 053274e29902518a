"""theano.sparse.sandbox.sp2 of Theano 1.0.5."""

from theano.sparse import Remove0 as _sparse_Remove0
from theano.sparse import remove0 as _sparse_remove0
from theano.sparse._sampling import _Draw
from typing import Any

__all__ = ['CSC', 'CSM', 'CSR', 'AddSSData', 'Binomial', 'CSMProperties', 'Cast', 'EliminateZeros', 'HStack', 'MulSDCSC', 'MulSDCSR', 'MulSV', 'MulSVCSR', 'Multinomial', 'Poisson', 'Remove0', 'SamplingDot', 'SamplingDotCSR', 'SparseType', 'StructuredAddSV', 'StructuredAddSVCSR', 'VStack', 'add_s_s', 'add_s_s_data', 'as_sparse_variable', 'bcast', 'ccast', 'csc_dbinomial', 'csc_fbinomial', 'csm_data', 'csm_indices', 'csm_indptr', 'csm_properties', 'csm_shape', 'csr_dbinomial', 'csr_fbinomial', 'dcast', 'discrete_dtypes', 'dot', 'eliminate_zeros', 'fcast', 'float_dtypes', 'hstack', 'icast', 'lcast', 'mul_s_d', 'mul_s_d_csc', 'mul_s_d_csr', 'mul_s_s', 'mul_s_v', 'mul_s_v_csr', 'multinomial', 'neg', 'poisson', 'register_specialize', 'remove0', 'sampling_dot', 'sampling_dot_csr', 'structured_add', 'structured_add_s_v', 'structured_add_s_v_csr', 'structured_exp', 'structured_log', 'structured_maximum', 'structured_minimum', 'structured_monoid', 'structured_pow', 'structured_sigmoid', 'vstack', 'wcast', 'zcast']
from theano.sparse import CSC as CSC
from theano.sparse import CSM as CSM
from theano.sparse import CSR as CSR
from theano.sparse import AddSSData as AddSSData
class Binomial(_Draw):
    """A matrix of numbers of successes in n trials of probability p."""
    format: Any
    dtype: Any
    def __init__(self, format: str, dtype: str) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.sparse import CSMProperties as CSMProperties
from theano.sparse import Cast as Cast
EliminateZeros = _sparse_Remove0
from theano.sparse import HStack as HStack
from theano.sparse.opt import MulSDCSC as MulSDCSC
from theano.sparse.opt import MulSDCSR as MulSDCSR
from theano.sparse import MulSV as MulSV
from theano.sparse.opt import MulSVCSR as MulSVCSR
class Multinomial(_Draw):
    """Row i: how often each column comes up in n[i] trials, in which column j has the probability p[i, j]."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Poisson(_Draw):
    """Numbers of the Poisson distributions whose means are the stored elements of x; the others are 0."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
from theano.sparse import Remove0 as Remove0
from theano.sparse import SamplingDot as SamplingDot
from theano.sparse.opt import SamplingDotCSR as SamplingDotCSR
from theano.sparse.type import SparseType as SparseType
from theano.sparse import StructuredAddSV as StructuredAddSV
from theano.sparse.opt import StructuredAddSVCSR as StructuredAddSVCSR
from theano.sparse import VStack as VStack
from theano.sparse import add_s_s as add_s_s
from theano.sparse import add_s_s_data as add_s_s_data
from theano.sparse import as_sparse_variable as as_sparse_variable
from theano.sparse import bcast as bcast
from theano.sparse import ccast as ccast
csc_dbinomial: Binomial
csc_fbinomial: Binomial
from theano.sparse import csm_data as csm_data
from theano.sparse import csm_indices as csm_indices
from theano.sparse import csm_indptr as csm_indptr
from theano.sparse import csm_properties as csm_properties
from theano.sparse import csm_shape as csm_shape
csr_dbinomial: Binomial
csr_fbinomial: Binomial
from theano.sparse import dcast as dcast
discrete_dtypes: list[Any]
from theano.sparse import dot as dot
eliminate_zeros = _sparse_remove0
from theano.sparse import fcast as fcast
float_dtypes: list[Any]
from theano.sparse import hstack as hstack
from theano.sparse import icast as icast
from theano.sparse import lcast as lcast
from theano.sparse import mul_s_d as mul_s_d
from theano.sparse.opt import mul_s_d_csc as mul_s_d_csc
from theano.sparse.opt import mul_s_d_csr as mul_s_d_csr
from theano.sparse import mul_s_s as mul_s_s
from theano.sparse import mul_s_v as mul_s_v
from theano.sparse.opt import mul_s_v_csr as mul_s_v_csr
multinomial: Multinomial
from theano.sparse import neg as neg
poisson: Poisson
from theano.tensor.opt import register_specialize as register_specialize
from theano.sparse import remove0 as remove0
from theano.sparse import sampling_dot as sampling_dot
from theano.sparse.opt import sampling_dot_csr as sampling_dot_csr
from theano.sparse import structured_add as structured_add
from theano.sparse import structured_add_s_v as structured_add_s_v
from theano.sparse.opt import structured_add_s_v_csr as structured_add_s_v_csr
from theano.sparse import structured_exp as structured_exp
from theano.sparse import structured_log as structured_log
from theano.sparse import structured_maximum as structured_maximum
from theano.sparse import structured_minimum as structured_minimum
from theano.sparse import structured_monoid as structured_monoid
from theano.sparse import structured_pow as structured_pow
from theano.sparse import structured_sigmoid as structured_sigmoid
from theano.sparse import vstack as vstack
from theano.sparse import wcast as wcast
from theano.sparse import zcast as zcast
