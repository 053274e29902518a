"""theano.tensor of Theano 1.0.5, as far as it is not there any more."""

from builtins import all as python_all
from builtins import any as python_any

from theano import compile, gof, printing
from theano import scalar as scal
from theano.gof.params_type import ParamsType
from theano.legacy.adapters.gof_functions import hashtype
from theano.legacy.adapters.slices import (
    MakeSlice,
    NoneConst,
    NoneTypeT,
    SliceConstant,
    SliceType,
    as_int_none_variable,
    make_slice,
    none_type_t,
    slicetype,
)
from theano.printing import SubtensorPrinter, min_informative_str, pprint
from theano.scalar import int32
from theano.scalar import int32 as int32_t
from theano.tensor.extremum import check_and_normalize_axes
from theano.tensor.type import (
    float16_atol,
    float16_rtol,
    float32_atol,
    float32_rtol,
    float64_atol,
    float64_rtol,
)

__all__ = [
    "MakeSlice",
    "NoneConst",
    "NoneTypeT",
    "ParamsType",
    "SliceConstant",
    "SliceType",
    "SubtensorPrinter",
    "as_int_none_variable",
    "check_and_normalize_axes",
    "compile",
    "float16_atol",
    "float16_rtol",
    "float32_atol",
    "float32_rtol",
    "float64_atol",
    "float64_rtol",
    "gof",
    "hashtype",
    "int32",
    "int32_t",
    "make_slice",
    "min_informative_str",
    "none_type_t",
    "pprint",
    "printing",
    "python_all",
    "python_any",
    "scal",
    "slicetype",
]
