"""theano.tensor.nnet.sigm of Theano 1.0.5."""

import theano
from theano import gof, printing, scalar
from theano.configuration import (
    config,
)
from theano.gof.opt import copy_stack_trace
from theano.legacy.adapters.scalar_classes import (
    ScalarSigmoid,
    ScalarSoftplus,
    UltraFastScalarSigmoid,
)
from theano.printing import pprint
from theano.scalar import (
    sigmoid as scalar_sigmoid,
)
from theano.scalar import (
    softplus as scalar_softplus,
)
from theano.scalar import (
    ultra_fast_sigmoid as ultra_fast_scalar_sigmoid,
)
from theano.tensor import (
    NotScalarConstantError,
    elemwise,
    opt,
)
from theano.tensor import basic as tensor
from theano.tensor.nnet import (
    hard_sigmoid,
    sigmoid,
    softplus,
    ultra_fast_sigmoid,
)
from theano.tensor.nnet import (
    sigmoid as sigmoid_inplace,
)
from theano.tensor.nnet import (
    ultra_fast_sigmoid as ultra_fast_sigmoid_inplace,
)
from theano.tensor.type import (
    values_eq_approx_remove_inf,
)

__all__ = [
    "NotScalarConstantError",
    "ScalarSigmoid",
    "ScalarSoftplus",
    "UltraFastScalarSigmoid",
    "config",
    "copy_stack_trace",
    "elemwise",
    "gof",
    "hard_sigmoid",
    "opt",
    "pprint",
    "printing",
    "scalar",
    "scalar_sigmoid",
    "scalar_softplus",
    "sigmoid",
    "sigmoid_inplace",
    "softplus",
    "tensor",
    "theano",
    "ultra_fast_scalar_sigmoid",
    "ultra_fast_sigmoid",
    "ultra_fast_sigmoid_inplace",
    "values_eq_approx_remove_inf",
]
