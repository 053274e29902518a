"""Theano: symbolic tensors, differentiated and compiled.

>>> import theano
>>> import theano.tensor as T
>>> x = T.dscalar("x")
>>> f = theano.function([x], T.grad(x ** 2, x))
>>> f(3.0)
array(6.)
"""

import sys
from importlib import import_module as _import_module

import numpy as _numpy

from theano.legacy import extend_path as _extend_path
from theano.legacy import old_names as _serve_old_names

__path__ = _extend_path(__path__, __name__)  # import theano.gof finds theano/legacy/gof

from theano import compile, scalar, tensor
from theano.compile import (
    FAST_COMPILE,
    FAST_RUN,
    Container,
    FunctionMaker,
    In,
    Mode,
    OrderedUpdates,
    Out,
    Param,
    SymbolicInput,
    SymbolicOutput,
    as_op,
    clone,
    function,
    predefined_linkers,
    predefined_modes,
    predefined_optimizers,
    shared,
)
from theano.configuration import change_flags, config
from theano.configuration import numpy_error_settings as _numpy_error_settings
from theano.graph import (
    Apply,
    Constant,
    DTypeMismatch,
    FunctionGraph,
    Generic,
    InconsistencyError,
    MissingInputError,
    Op,
    ShapeMismatch,
    Type,
    UnusedInputError,
    Variable,
    generic,
)
from theano.tensor import get_scalar_constant_value
from theano.tensor.dot import dot_of_any as dot

__version__ = "1.1.0.dev0"

_numpy.seterr(**_numpy_error_settings())
_old_names = _serve_old_names(__name__)

theano = sys.modules[__name__]  # ``from theano import theano``, and what ``from theano import *`` binds

# Rooms and names that are imported when somebody asks for them.
_ELSEWHERE = {
    "Lop": "theano.gradient",
    "ProfileStats": "theano.profiling",
    "OpFromGraph": "theano.gradient",
    "OpenMPOp": "theano.gof",
    "Rop": "theano.gradient",
    "_asarray": "theano.legacy.adapters.op_classes",
    "foldl": "theano.scanning",
    "foldr": "theano.scanning",
    "function_dump": "theano.legacy.adapters.function_parts",
    "grad": "theano.gradient",
    "load": "theano.saving",
    "loop": "theano.scanning",
    "map": "theano.scanning",
    "object2": "theano.gof",
    "opt": "theano.gof",
    "sparse_grad": "theano.sparse.dense",
    "subgraph_grad": "theano.gradient",
    "toolbox": "theano.gof",
    "utils": "theano.gof",
    "vectorize_graph": "theano.tensor.batching",
    "pp": "theano.printing",
    "pprint": "theano.printing",
    "reduce": "theano.scanning",
    "save": "theano.saving",
    "scan": "theano.scanning",
    "scan_checkpoints": "theano.scanning",
}

__all__ = [
    "FAST_COMPILE",
    "FAST_RUN",
    "Apply",
    "Constant",
    "Container",
    "DTypeMismatch",
    "FunctionGraph",
    "FunctionMaker",
    "Generic",
    "In",
    "InconsistencyError",
    "Lop",
    "MissingInputError",
    "Mode",
    "Op",
    "OrderedUpdates",
    "Out",
    "Param",
    "Rop",
    "ShapeMismatch",
    "SymbolicInput",
    "SymbolicOutput",
    "Type",
    "UnusedInputError",
    "Variable",
    "as_op",
    "change_flags",
    "clone",
    "compile",
    "config",
    "dot",
    "foldl",
    "foldr",
    "function",
    "generic",
    "get_scalar_constant_value",
    "grad",
    "gradient",
    "loop",
    "map",
    "predefined_linkers",
    "predefined_modes",
    "predefined_optimizers",
    "reduce",
    "scalar",
    "scan",
    "scan_checkpoints",
    "shared",
    "tensor",
    "theano",
]


def __getattr__(name: str) -> object:
    if name in _ELSEWHERE:
        return getattr(_import_module(_ELSEWHERE[name]), name)
    return _old_names(name)
