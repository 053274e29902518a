"""theano.tensor.nnet.sigm of Theano 1.0.5."""

from theano.printing import pp
from theano.scalar import sigmoid as _scalar_sigmoid
from theano.scalar import softplus as _scalar_softplus
from theano.scalar import ultra_fast_sigmoid as _scalar_ultra_fast_sigmoid
from theano.tensor.nnet import sigmoid as _nnet_sigmoid
from theano.tensor.nnet import ultra_fast_sigmoid as _nnet_ultra_fast_sigmoid
from typing import Any

__all__ = ['NotScalarConstantError', 'ScalarSigmoid', 'ScalarSoftplus', 'UltraFastScalarSigmoid', 'config', 'copy_stack_trace', 'hard_sigmoid', 'pprint', 'scalar_sigmoid', 'scalar_softplus', 'sigmoid', 'sigmoid_inplace', 'softplus', 'ultra_fast_scalar_sigmoid', 'ultra_fast_sigmoid', 'ultra_fast_sigmoid_inplace', 'values_eq_approx_remove_inf']
from theano.tensor import NotScalarConstantError as NotScalarConstantError
class ScalarSigmoid:
    """The class of ``theano.scalar.sigmoid``."""
    functions: Any
class ScalarSoftplus:
    """The class of ``theano.scalar.softplus``."""
    functions: Any
class UltraFastScalarSigmoid:
    """The class of ``theano.scalar.ultra_fast_sigmoid``."""
    functions: Any
from theano.configuration import config as config
from theano.gof.opt import copy_stack_trace as copy_stack_trace
from theano.tensor.nnet import hard_sigmoid as hard_sigmoid
pprint = pp
scalar_sigmoid = _scalar_sigmoid
scalar_softplus = _scalar_softplus
from theano.tensor.nnet import sigmoid as sigmoid
sigmoid_inplace = _nnet_sigmoid
from theano.tensor.nnet import softplus as softplus
ultra_fast_scalar_sigmoid = _scalar_ultra_fast_sigmoid
from theano.tensor.nnet import ultra_fast_sigmoid as ultra_fast_sigmoid
ultra_fast_sigmoid_inplace = _nnet_ultra_fast_sigmoid
from theano.tensor.type import values_eq_approx_remove_inf as values_eq_approx_remove_inf
