"""Matrices of which only some elements are stored: compressed rows (csr) and compressed columns (csc), as SciPy has them."""

from collections.abc import Callable
from collections.abc import Sequence
from theano.compile import SharedVariable
from theano.graph import Constant
from theano.graph import Op
from theano.graph import Variable
from theano.sparse._arithmetic import _Binary
from theano.sparse._arithmetic import _OfSparseAndVector
from theano.sparse._arithmetic import _OfTwoSparse
from theano.sparse._comparison import _OfSparseAndDense
from theano.sparse._comparison import _OfTwoSparse as __comparison__OfTwoSparse
from theano.sparse._layout import _OfOne
from theano.sparse._products import _Product
from theano.sparse._sampled import _DotGradient
from theano.sparse._scaling import _Scaled
from theano.sparse._variable import SparseOperators
from theano.sparse.type import SparseType as _type_SparseType
from typing import Any

from theano.sparse import basic as basic
from theano.sparse import opt as opt
from theano.sparse import sandbox as sandbox
from theano.sparse import sharedvar as sharedvar
from theano.sparse import type as type
from theano.sparse import utils as utils
__all__ = ['CSC', 'CSM', 'CSR', 'AddSD', 'AddSS', 'AddSSData', 'CSMGrad', 'CSMProperties', 'Cast', 'ColScaleCSC', 'ConstructSparseFromList', 'DenseFromSparse', 'Diag', 'Dot', 'EnsureSortedIndices', 'EqualSD', 'EqualSS', 'GetItem2Lists', 'GetItem2ListsGrad', 'GetItem2d', 'GetItemList', 'GetItemListGrad', 'GetItemScalar', 'GreaterEqualSD', 'GreaterEqualSS', 'GreaterThanSD', 'GreaterThanSS', 'HStack', 'LessEqualSD', 'LessEqualSS', 'LessThanSD', 'LessThanSS', 'MulSD', 'MulSS', 'MulSV', 'Neg', 'NotEqualSD', 'NotEqualSS', 'Remove0', 'RowScaleCSC', 'SamplingDot', 'SpSum', 'SparseConstant', 'SparseConstantSignature', 'SparseFromDense', 'SparseTensorSharedVariable', 'SparseType', 'SparseVariable', 'SquareDiagonal', 'StructuredAddSV', 'StructuredDot', 'StructuredDotGradCSC', 'StructuredDotGradCSR', 'Transpose', 'TrueDot', 'Usmm', 'VStack', 'add', 'add_s_d', 'add_s_s', 'add_s_s_data', 'arcsin', 'arcsinh', 'arctan', 'arctanh', 'as_sparse', 'as_sparse_or_tensor_variable', 'as_sparse_variable', 'bcast', 'bsr_dmatrix', 'bsr_fmatrix', 'bsr_matrix', 'cast', 'ccast', 'ceil', 'clean', 'col_scale', 'conj', 'constant', 'construct_sparse_from_list', 'csc_dmatrix', 'csc_fmatrix', 'csc_from_dense', 'csc_matrix', 'csm_data', 'csm_grad', 'csm_indices', 'csm_indptr', 'csm_properties', 'csm_shape', 'csr_dmatrix', 'csr_fmatrix', 'csr_from_dense', 'csr_matrix', 'dcast', 'deg2rad', 'dense_from_sparse', 'diag', 'dot', 'enable_sparse', 'ensure_sorted_indices', 'eq', 'equal_s_d', 'equal_s_s', 'expm1', 'fcast', 'floor', 'ge', 'get_item_2d', 'get_item_2lists', 'get_item_2lists_grad', 'get_item_list', 'get_item_list_grad', 'get_item_scalar', 'greater_equal_s_d', 'greater_equal_s_s', 'greater_than_s_d', 'greater_than_s_s', 'gt', 'hash_from_sparse', 'hstack', 'icast', 'lcast', 'le', 'less_equal_s_d', 'less_equal_s_s', 'less_than_s_d', 'less_than_s_s', 'log1p', 'lt', 'matrix', 'mul', 'mul_s_d', 'mul_s_s', 'mul_s_v', 'neg', 'neq', 'not_equal_s_d', 'not_equal_s_s', 'rad2deg', 'remove0', 'rint', 'row_scale', 'sampling_dot', 'sdg_csc', 'sdg_csr', 'sgn', 'shared', 'sin', 'sinh', 'sp_ones_like', 'sp_sum', 'sp_zeros_like', 'sqr', 'sqrt', 'square_diagonal', 'structured_add', 'structured_add_s_v', 'structured_dot', 'structured_dot_grad', 'structured_exp', 'structured_log', 'structured_maximum', 'structured_minimum', 'structured_monoid', 'structured_pow', 'structured_sigmoid', 'sub', 'tan', 'tanh', 'transpose', 'true_dot', 'trunc', 'usmm', 'vstack', 'wcast', 'zcast']
CSC: CSM
class CSM(Op):
    """The sparse matrix of the given format that consists of data, indices, indptr, shape."""
    format: str
    kmap: Any
    def __init__(self, format: str, kmap: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
CSR: CSM
class AddSD(_Binary):
    """x + y"""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class AddSS(_OfTwoSparse):
    """x + y"""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
    @staticmethod
    def have_one_format(operands: Sequence[Any]) -> bool: ...
class AddSSData(_Binary):
    """x + y for matrices that store their elements in the same places."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class CSMGrad(Op):
    """out[e]: the element of a matrix G at the place of stored element e of a matrix X."""
    kmap: Any
    def __init__(self, kmap: Any = None) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        """g_data, where it is known that the places are the same."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class CSMProperties(Op):
    """data, indices, indptr, shape of x: the arrays of x themselves, not copies."""
    def __init__(self, kmap: Any = None) -> None: ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        """The arrays that x has been made of, where that is known."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Cast(_OfOne):
    """The elements of x in another dtype."""
    out_type: str
    def __init__(self, out_type: str) -> None: ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class ColScaleCSC(_Scaled):
    """out[i, j] = x[i, j] * s[j], of compressed columns; see ``col_scale``."""
    axis: Any
class ConstructSparseFromList(Op):
    """A sparse matrix of which a few rows are given: row ilist[k] is row k of ``values``, rows that meet are added up."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class DenseFromSparse(Op):
    """The dense matrix of the elements of x."""
    sparse_grad: bool
    def __init__(self, structured: bool = True) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Diag(Op):
    """The diagonal of a square matrix."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class Dot(_Product):
    """x y as a dense matrix, with the gradient of all elements."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class EnsureSortedIndices(_OfOne):
    """x with the elements of each row, in compressed columns of each column, in the order of their indices."""
    inplace: bool
    def __init__(self, inplace: bool) -> None: ...
class EqualSD(_OfSparseAndDense):
    """x == y"""
    relation: str
class EqualSS(__comparison__OfTwoSparse):
    """x == y"""
    relation: str
class GetItem2Lists(Op):
    """out[k] = x[ind1[k], ind2[k]]"""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class GetItem2ListsGrad(Op):
    """A matrix of the shape of x in which the element ind1[k], ind2[k] is the sum of the gz[k]."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class GetItem2d(Op):
    """x[start:stop:step, start:stop:step]; left out entries of a slice are missing among the inputs."""
    given: tuple[tuple[bool, bool, bool], ...]
    def __init__(self, given: tuple[tuple[bool, bool, bool], ...] = ...) -> None: ...
    def apply(self, x: Any, index: Any) -> Any:
        """The part of x for an index of the form that this op is for."""
    def slices(self, entries: Sequence[Any]) -> tuple[slice, slice]:
        """The slices, for numbers or variables as their given entries."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def __call__(self, *inputs: Any, **kwargs: Any) -> Any:
        """``get_item_2d(x, index)`` for an index as it is written between brackets."""
class GetItemList(Op):
    """x[index]: rows, in the order of the index."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class GetItemListGrad(Op):
    """A matrix of the shape of x of which row index[k] is the sum of the rows k of gz."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class GetItemScalar(Op):
    """x[i, j]: elements of one place added up, 0 where none is stored."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
class GreaterEqualSD(_OfSparseAndDense):
    """x >= y"""
    relation: str
class GreaterEqualSS(__comparison__OfTwoSparse):
    """x >= y"""
    relation: str
class GreaterThanSD(_OfSparseAndDense):
    """x > y"""
    relation: str
class GreaterThanSS(__comparison__OfTwoSparse):
    """x > y"""
    relation: str
class HStack(Op):
    """Matrices of as many rows side by side."""
    format: Any
    dtype: str | None
    def __init__(self, format: str | None = None, dtype: str | None = None) -> None: ...
    axis: Any
    @staticmethod
    def stack(blocks: Any, format: Any = None, dtype: Any = None) -> Any: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class LessEqualSD(_OfSparseAndDense):
    """x <= y"""
    relation: str
class LessEqualSS(__comparison__OfTwoSparse):
    """x <= y"""
    relation: str
class LessThanSD(_OfSparseAndDense):
    """x < y"""
    relation: str
class LessThanSS(__comparison__OfTwoSparse):
    """x < y"""
    relation: str
class MulSD(_Binary):
    """x * y element by element."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class MulSS(_OfTwoSparse):
    """x * y element by element."""
class MulSV(_OfSparseAndVector):
    """out[i, j] = x[i, j] * y[j]"""
class Neg(_OfOne):
    """-x"""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class NotEqualSD(_OfSparseAndDense):
    """x != y"""
    relation: str
class NotEqualSS(__comparison__OfTwoSparse):
    """x != y"""
    relation: str
class Remove0(_OfOne):
    """x without stored zeros.  ``inplace``, of which results are the same, permits to remove them within x."""
    inplace: bool
    def __init__(self, inplace: bool = False) -> None: ...
class RowScaleCSC(_Scaled):
    """out[i, j] = x[i, j] * s[i], of compressed columns; see ``row_scale``."""
    axis: Any
class SamplingDot(Op):
    """out = p * (x y') element by element: the product of dense matrices where p has elements."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SpSum(Op):
    """The sum of all elements, of each column (axis 0) or of each row (axis 1)."""
    axis: int | None
    structured: bool
    def __init__(self, axis: int | None = None, sparse_grad: bool = True) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SparseConstant(SparseOperators, Constant):
    """A sparse matrix that is known.  ``data`` must not be changed."""
    def signature(self) -> SparseConstantSignature: ...
class SparseConstantSignature:
    """(type, matrix): equal for constants of one type that have the same stored elements in the same places."""
    def theano_hash(self) -> str:
        """A digest of the content."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class SparseFromDense(Op):
    """The elements of a dense matrix that are not 0, in csr, csc or bsr."""
    format: str
    def __init__(self, format: str) -> None: ...
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class SparseTensorSharedVariable(SparseOperators, SharedVariable):
    """A shared sparse matrix."""
    def zero(self, borrow: bool = False) -> None:
        """Give up all stored elements."""
from theano.sparse.type import SparseType as SparseType
class SparseVariable(SparseOperators, Variable):
    """A symbolic sparse matrix."""
class SquareDiagonal(Op):
    """The square matrix in compressed columns with a given diagonal, all of it stored."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class StructuredAddSV(_OfSparseAndVector):
    """out[i, j] = x[i, j] + y[j] in the places of x."""
class StructuredDot(_Product):
    """x y, with the gradient of x in its places alone."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class StructuredDotGradCSC(_DotGradient):
    """The gradient of the elements of a, in compressed columns, in the product a b; see ``sdg_csc``."""
    format: str
class StructuredDotGradCSR(_DotGradient):
    """The gradient of the elements of a, in compressed rows, in the product a b; see ``sdg_csr``."""
    format: str
class Transpose(_OfOne):
    """x': the same arrays, taken in the other format."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class TrueDot(_Product):
    """x y as a sparse matrix, with the gradient of all elements."""
    grad_preserves_dense: bool
    def __init__(self, grad_preserves_dense: bool = True) -> None: ...
class Usmm(Op):
    """alpha * x y + z"""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class VStack(HStack):
    """Matrices of as many columns one above the other; as ``HStack``."""
    @staticmethod
    def stack(blocks: Any, format: Any = None, dtype: Any = None) -> Any: ...
def add(x: Any, y: Any) -> Any:
    """x + y, one of them sparse: sparse if both are, else dense.  AssertionError when neither is."""
add_s_d: AddSD
add_s_s: AddSS
add_s_s_data: AddSSData
def arcsin(*args: Any) -> Any:
    """arcsin of the stored elements of x; the others stay 0."""
def arcsinh(*args: Any) -> Any:
    """arcsinh of the stored elements of x; the others stay 0."""
def arctan(*args: Any) -> Any:
    """arctan of the stored elements of x; the others stay 0."""
def arctanh(*args: Any) -> Any:
    """arctanh of the stored elements of x; the others stay 0."""
as_sparse = as_sparse_variable
def as_sparse_or_tensor_variable(x: Any, name: str | None = None) -> Any:
    """``x`` as a sparse variable where it is sparse, else as a tensor variable."""
def as_sparse_variable(x: Any, name: str | None = None) -> Any:
    """``x`` as a sparse variable: sparse variables stay, SciPy's matrices become constants."""
bcast: Cast
bsr_dmatrix: _type_SparseType
bsr_fmatrix: _type_SparseType
def bsr_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed rows of blocks, of floatX unless told: to be given and returned."""
def cast(variable: Any, dtype: str) -> Any:
    """The elements of a sparse matrix in another dtype."""
ccast: Cast
def ceil(*args: Any) -> Any:
    """ceil of the stored elements of x; the others stay 0."""
def clean(x: Any) -> Any:
    """x without stored zeros, its indices sorted."""
def col_scale(x: Any, s: Any) -> Any:
    """out[i, j] = x[i, j] * s[j], in the format of x."""
def conj(*args: Any) -> Any:
    """conj of the stored elements of x; the others stay 0."""
def constant(x: Any, name: str | None = None) -> Constant:
    """A constant with the value of the sparse matrix ``x``.  TypeError where it is none."""
construct_sparse_from_list: ConstructSparseFromList
csc_dmatrix: _type_SparseType
csc_fmatrix: _type_SparseType
csc_from_dense: SparseFromDense
def csc_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed columns, of floatX unless told."""
def csm_data(csm: Any) -> Any:
    """The stored elements of a sparse matrix."""
csm_grad = CSMGrad
def csm_indices(csm: Any) -> Any:
    """The column of each stored element in compressed rows, the row in compressed columns."""
def csm_indptr(csm: Any) -> Any:
    """Where each row, or column, begins among the stored elements."""
csm_properties: CSMProperties
def csm_shape(csm: Any) -> Any:
    """The lengths of a sparse matrix, int32."""
csr_dmatrix: _type_SparseType
csr_fmatrix: _type_SparseType
csr_from_dense: SparseFromDense
def csr_matrix(name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic matrix in compressed rows, of floatX unless told."""
dcast: Cast
def deg2rad(*args: Any) -> Any:
    """deg2rad of the stored elements of x; the others stay 0."""
dense_from_sparse: DenseFromSparse
diag: Diag
def dot(x: Any, y: Any) -> Any:
    """x y as a dense matrix, for a sparse x or y, with the gradient of all elements.  TypeError when neither is sparse."""
enable_sparse: bool
ensure_sorted_indices: EnsureSortedIndices
def eq(x: Any, y: Any) -> Any:
    """x == y: sparse if both are, else dense.  AssertionError when neither is sparse, as in all comparisons here."""
equal_s_d: EqualSD
equal_s_s: EqualSS
def expm1(*args: Any) -> Any:
    """expm1 of the stored elements of x; the others stay 0."""
fcast: Cast
def floor(*args: Any) -> Any:
    """floor of the stored elements of x; the others stay 0."""
def ge(x: Any, y: Any) -> Any:
    """x >= y: sparse if both are, else dense."""
get_item_2d: GetItem2d
get_item_2lists: GetItem2Lists
get_item_2lists_grad: GetItem2ListsGrad
get_item_list: GetItemList
get_item_list_grad: GetItemListGrad
get_item_scalar: GetItemScalar
greater_equal_s_d: GreaterEqualSD
greater_equal_s_s: GreaterEqualSS
greater_than_s_d: GreaterThanSD
greater_than_s_s: GreaterThanSS
def gt(x: Any, y: Any) -> Any:
    """x > y: sparse if both are, else dense."""
def hash_from_sparse(data: Any) -> str:
    """A digest of a sparse matrix: shape, format, dtypes and content of its arrays."""
def hstack(blocks: Any, format: str | None = None, dtype: str | None = None) -> Any:
    """Matrices side by side, in ``format`` ("csc" unless told) and ``dtype`` (the common one unless told)."""
icast: Cast
lcast: Cast
def le(x: Any, y: Any) -> Any:
    """x <= y: sparse if both are, else dense."""
less_equal_s_d: LessEqualSD
less_equal_s_s: LessEqualSS
less_than_s_d: LessThanSD
less_than_s_s: LessThanSS
def log1p(*args: Any) -> Any:
    """log1p of the stored elements of x; the others stay 0."""
def lt(x: Any, y: Any) -> Any:
    """x < y: sparse if both are, else dense."""
def matrix(format: str, name: str | None = None, dtype: str | None = None) -> Any:
    """A symbolic sparse matrix, of floatX unless told."""
def mul(x: Any, y: Any) -> Any:
    """x * y element by element, one of them sparse: sparse.  AssertionError when neither is."""
mul_s_d: MulSD
mul_s_s: MulSS
mul_s_v: MulSV
neg: Neg
def neq(x: Any, y: Any) -> Any:
    """x != y: sparse if both are, else dense."""
not_equal_s_d: NotEqualSD
not_equal_s_s: NotEqualSS
def rad2deg(*args: Any) -> Any:
    """rad2deg of the stored elements of x; the others stay 0."""
remove0: Remove0
def rint(*args: Any) -> Any:
    """rint of the stored elements of x; the others stay 0."""
def row_scale(x: Any, s: Any) -> Any:
    """out[i, j] = x[i, j] * s[i], in the format of x."""
sampling_dot: SamplingDot
sdg_csc: StructuredDotGradCSC
sdg_csr: StructuredDotGradCSR
def sgn(*args: Any) -> Any:
    """sgn of the stored elements of x; the others stay 0."""
def shared(value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None, borrow: bool = False, format: str | None = None) -> SparseTensorSharedVariable:
    """A shared variable with the value of a sparse matrix of SciPy, in its own format unless told."""
def sin(*args: Any) -> Any:
    """sin of the stored elements of x; the others stay 0."""
def sinh(*args: Any) -> Any:
    """sinh of the stored elements of x; the others stay 0."""
def sp_ones_like(x: Any) -> Any:
    """1 in the places of x."""
def sp_sum(x: Any, axis: int | None = None, sparse_grad: bool = False) -> Any:
    """The sum of all elements of x, of each column (``axis`` 0) or of each row (1)."""
def sp_zeros_like(x: Any) -> Any:
    """A matrix of the shape of x without stored elements."""
def sqr(*args: Any) -> Any:
    """sqr of the stored elements of x; the others stay 0."""
def sqrt(*args: Any) -> Any:
    """sqrt of the stored elements of x; the others stay 0."""
square_diagonal: SquareDiagonal
def structured_add(*args: Any) -> Any:
    """structured_add of the stored elements of x; the others stay 0."""
structured_add_s_v: StructuredAddSV
def structured_dot(x: Any, y: Any) -> Any:
    """x y for a sparse x or y, with the gradient of what is sparse in its places alone."""
def structured_dot_grad(sparse_A: Any, dense_B: Any, ga: Any) -> Any:
    """ga dense_B' in the places of ``sparse_A``: the gradient of A in the product A B, ``ga`` being that of the product."""
def structured_exp(*args: Any) -> Any:
    """structured_exp of the stored elements of x; the others stay 0."""
def structured_log(*args: Any) -> Any:
    """structured_log of the stored elements of x; the others stay 0."""
def structured_maximum(*args: Any) -> Any:
    """structured_maximum of the stored elements of x; the others stay 0."""
def structured_minimum(*args: Any) -> Any:
    """structured_minimum of the stored elements of x; the others stay 0."""
def structured_monoid(tensor_op: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the function becomes ``tensor_op`` of the stored elements of its first argument."""
def structured_pow(*args: Any) -> Any:
    """structured_pow of the stored elements of x; the others stay 0."""
def structured_sigmoid(*args: Any) -> Any:
    """structured_sigmoid of the stored elements of x; the others stay 0."""
def sub(x: Any, y: Any) -> Any:
    """x - y, one of them sparse: sparse if both are, else dense.  AssertionError when neither is."""
def tan(*args: Any) -> Any:
    """tan of the stored elements of x; the others stay 0."""
def tanh(*args: Any) -> Any:
    """tanh of the stored elements of x; the others stay 0."""
transpose: Transpose
def true_dot(x: Any, y: Any, grad_preserves_dense: bool = True) -> Any:
    """x y as a sparse matrix, for a sparse x or y, with the gradient of all elements."""
def trunc(*args: Any) -> Any:
    """trunc of the stored elements of x; the others stay 0."""
usmm: Usmm
def vstack(blocks: Any, format: str | None = None, dtype: str | None = None) -> Any:
    """Matrices one above the other, in ``format`` ("csc" unless told) and ``dtype`` (the common one unless told)."""
wcast: Cast
zcast: Cast
scipy_ver: list[Any]
from theano.configuration import config as config
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.gradient import grad_undefined as grad_undefined
all_dtypes: set[Any]
complex_dtypes: list[Any]
continuous_dtypes: list[Any]
discrete_dtypes: list[Any]
float_dtypes: list[Any]
imported_scipy: bool
int_dtypes: list[Any]
integer_dtypes: list[Any]
sparse_formats: list[Any]
uint_dtypes: list[Any]
