"""theano.tensor.basic of Theano 1.0.5."""

from builtins import all as python_all  # noqa: F401
from builtins import any as python_any  # noqa: F401

from theano import compile as compile
from theano import gof as gof
from theano import printing as printing
from theano.configuration import config as config
from theano.gof.params_type import ParamsType as ParamsType
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.gradient import grad_undefined as grad_undefined
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.graph import Generic as Generic
from theano.graph import Op as Op
from theano.graph import Variable as Variable
from theano.legacy.adapters.slices import NoneConst as NoneConst
from theano.printing import min_informative_str as min_informative_str
from theano.printing import pprint as pprint
from theano.scalar import int32 as int32
from theano.tensor import *  # noqa: F403
from theano.tensor.extremum import check_and_normalize_axes as check_and_normalize_axes
from theano.tensor.type import float16_atol as float16_atol
from theano.tensor.type import float16_rtol as float16_rtol
from theano.tensor.type import float32_atol as float32_atol
from theano.tensor.type import float32_rtol as float32_rtol
from theano.tensor.type import float64_atol as float64_atol
from theano.tensor.type import float64_rtol as float64_rtol
