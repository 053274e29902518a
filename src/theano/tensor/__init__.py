"""Algebra of arrays: elementwise functions, reductions, structure, indexing, products, sorting.

Everything that ``import theano.tensor as T`` offers by name is listed here.
"""

# ruff: noqa: E402, F401, F403, F405  (this file is the list of public names)

from importlib import import_module as _import_module

from theano.legacy import extend_path as _extend_path
from theano.legacy import old_names as _serve_old_names

__path__ = _extend_path(__path__, __name__)

from theano.configuration import config
from theano.graph import Apply, Constant, Generic, MethodNotDefined, Op, Type, Variable
from theano.scalar import dtype as _dtypes
from theano.tensor import constructors as _constructors
from theano.tensor.advanced import (
    AdvancedIncSubtensor,
    AdvancedIncSubtensor1,
    AdvancedSubtensor,
    AdvancedSubtensor1,
    advanced_inc_subtensor,
    advanced_inc_subtensor1,
    advanced_set_subtensor,
    advanced_set_subtensor1,
    advanced_subtensor,
    advanced_subtensor1,
)
from theano.tensor.alloc import (
    Alloc,
    AllocEmpty,
    ARange,
    Eye,
    Tri,
    alloc,
    arange,
    eye,
    filled_like,
    identity_like,
    mgrid,
    ogrid,
    ones,
    ones_like,
    tri,
    tril,
    triu,
    zeros,
    zeros_like,
)
from theano.tensor.choose import Choose, choose
from theano.tensor.constant import AsTensorError, as_tensor_variable, constant, set_conversions
from theano.tensor.constructors import tensor
from theano.tensor.cumulative import CumOp, cumprod, cumsum
from theano.tensor.diagonal import (
    AllocDiag,
    ExtractDiag,
    diag,
    diagonal,
    fill_diagonal,
    fill_diagonal_offset,
    trace,
)
from theano.tensor.dimshuffle import (
    DimShuffle,
    dimshuffle,
    pad_axis,
    pad_left,
    pad_right,
    squeeze,
    swapaxes,
    transpose,
)
from theano.tensor.dot import BatchedDot, Dot, batched_dot, batched_tensordot, dot, matmul, outer, tensordot
from theano.tensor.elementwise import *
from theano.tensor.elemwise import Elemwise, set_gradient_parts
from theano.tensor.extremum import Argmax, Argmin, MaxAndArgmax, argmax, argmin, max, max_and_argmax, min, ptp
from theano.tensor.indexing import getitem, inc_subtensor, set_subtensor, take
from theano.tensor.io import LoadFromDisk, load
from theano.tensor.join import (
    Join,
    Split,
    concatenate,
    horizontal_stack,
    join,
    join_,
    split,
    stack,
    stacklists,
    vertical_stack,
)
from theano.tensor.nonzero import Nonzero, flatnonzero, nonzero, nonzero_values
from theano.tensor.permutation import (
    diff,
    inverse_permutation,
    permute_row_elements,
    ravel_multi_index,
    unravel_index,
)
from theano.tensor.rebroadcast import Rebroadcast, addbroadcast, patternbroadcast, unbroadcast
from theano.tensor.reduction import (
    CAReduce,
    CAReduceDtype,
    Prod,
    ProdWithoutZeros,
    Sum,
    makeKeepDims,
    prod,
    sum,
    sum_over,
)
from theano.tensor.repeat import RepeatOp, repeat, roll, tile
from theano.tensor.scalar_conversion import (
    ScalarFromTensor,
    TensorFromScalar,
    scalar_from_tensor,
    tensor_from_scalar,
)
from theano.tensor.search import SearchsortedOp, Unique, bincount, compress, searchsorted, to_one_hot
from theano.tensor.shape import (
    Flatten,
    MakeVector,
    Reshape,
    Shape,
    Shape_i,
    SpecifyShape,
    flatten,
    is_flat,
    reshape,
    shape,
    shape_i,
    specify_shape,
)
from theano.tensor.sort import ArgSortOp, SortOp, TopKOp, argsort, argtopk, sort, topk, topk_and_argtopk
from theano.tensor.static_value import (
    EmptyConstantError,
    NotScalarConstantError,
    extract_constant,
    get_scalar_constant_value,
    get_vector_length,
)
from theano.tensor.statistics import cov, mean, std
from theano.tensor.subtensor import IncSubtensor, Subtensor
from theano.tensor.transfer import register_transfer, transfer
from theano.tensor.truth import all, any
from theano.tensor.type import TensorType, values_eq_approx_always_true
from theano.tensor.variable import TensorConstant, TensorVariable
from theano.tensor.window import bartlett

set_conversions(stack, pad_left, tensor_from_scalar)
set_gradient_parts(sum_over, filled_like)

Tensor = TensorType
fill = second
as_tensor = as_tensor_variable
shape_padleft, shape_padright, shape_padaxis = pad_left, pad_right, pad_axis

# dmatrix, matrix, dmatrices, matrices, ...; int_scalar_types, ...
globals().update(_constructors.named())
globals().update(_constructors.type_tuples())

int_dtypes = sorted(_dtypes.SIGNED)
uint_dtypes = sorted(_dtypes.UNSIGNED)
float_dtypes = sorted(_dtypes.FLOAT)
complex_dtypes = sorted(_dtypes.COMPLEX)
integer_dtypes = sorted(_dtypes.INTEGER)
discrete_dtypes = sorted(_dtypes.DISCRETE)
continuous_dtypes = sorted(_dtypes.CONTINUOUS)
all_dtypes = sorted(_dtypes.ALL)

# Names that Theano 1.0.5 offers here too, and that belong to rooms further down the list.
_ELSEWHERE = {
    "assume": "theano.tensor.linalg.hint",
    "DisconnectedType": "theano.gradient",
    "Lop": "theano.gradient",
    "Rop": "theano.gradient",
    "consider_constant": "theano.gradient",
    "grad": "theano.gradient",
    "grad_not_implemented": "theano.gradient",
    "grad_undefined": "theano.gradient",
    "hessian": "theano.gradient",
    "jacobian": "theano.gradient",
    "numeric_grad": "theano.gradient",
    "verify_grad": "theano.gradient",
    "vectorize": "theano.tensor.batching",
    "vectorize_graph": "theano.tensor.batching",
    "min_informative_str": "theano.printing",
    "pprint": "theano.printing",
}


import theano.tensor.var  # a module of 1.0.5: imported later, it would take the name of the function
from theano.tensor.statistics import var

_old_names = _serve_old_names(__name__)


def __getattr__(name: str) -> object:
    if name in _ELSEWHERE:
        return getattr(_import_module(_ELSEWHERE[name]), name)
    return _old_names(name)
