"""theano.sandbox.rng_mrg of Theano 1.0.5."""

import theano
from theano import gradient, tensor
from theano import scalar as scal
from theano.compile import optdb
from theano.compile.function import function
from theano.compile.sharedvalue import shared
from theano.configdefaults import config
from theano.gof.graph import Apply, Variable
from theano.gof.op import Op
from theano.gof.opt import local_optimizer
from theano.gof.params_type import ParamsType
from theano.gradient import undefined_grad
from theano.random.mrg import (
    NORM,
    A1p72,
    A1p134,
    A2p72,
    A2p134,
    ff_2p72,
    ff_2p134,
    guess_n_streams,
    matVecModM,
    multMatVect,
)
from theano.random.mrg import MRGUniform as mrg_uniform
from theano.random.mrg import MRGUniform as mrg_uniform_base
from theano.sandbox import multinomial
from theano.scalar.random_bits import M1, M2
from theano.streams.mrg_streams import MRG_RandomStreams
from theano.tensor import opt
from theano.tensor.basic import as_tensor_variable, cast, get_vector_length
from theano.tensor.type import TensorType

__all__ = [
    "M1",
    "M2",
    "NORM",
    "A1p72",
    "A1p134",
    "A2p72",
    "A2p134",
    "Apply",
    "MRG_RandomStreams",
    "Op",
    "ParamsType",
    "TensorType",
    "Variable",
    "as_tensor_variable",
    "cast",
    "config",
    "ff_2p72",
    "ff_2p134",
    "function",
    "get_vector_length",
    "gradient",
    "guess_n_streams",
    "local_optimizer",
    "matVecModM",
    "mrg_uniform",
    "mrg_uniform_base",
    "multMatVect",
    "multinomial",
    "opt",
    "optdb",
    "scal",
    "shared",
    "tensor",
    "theano",
    "undefined_grad",
]
