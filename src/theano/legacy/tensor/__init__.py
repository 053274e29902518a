"""theano.tensor of Theano 1.0.5, as far as it is not there any more."""

from builtins import all as python_all
from builtins import any as python_any

from theano import printing
from theano.legacy.adapters.gof_functions import hashtype
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
    "SubtensorPrinter",
    "check_and_normalize_axes",
    "float16_atol",
    "float16_rtol",
    "float32_atol",
    "float32_rtol",
    "float64_atol",
    "float64_rtol",
    "hashtype",
    "int32",
    "int32_t",
    "min_informative_str",
    "pprint",
    "printing",
    "python_all",
    "python_any",
]
