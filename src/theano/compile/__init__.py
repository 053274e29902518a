"""Making functions: ``function``, shared variables, how arguments and results are handed over, modes."""


from theano.legacy import extend_path, old_names

__path__ = extend_path(__path__, __name__)

from theano.compile.arguments import In, Out, Param, SymbolicInput, SymbolicOutput
from theano.compile.compiled import Function
from theano.compile.container import Container
from theano.compile.function import function
from theano.compile.maker import FunctionMaker
from theano.compile.mode import (
    FAST_COMPILE,
    FAST_RUN,
    Mode,
    get_default_mode,
    get_mode,
    predefined_linkers,
    predefined_modes,
    predefined_optimizers,
    register_linker,
    register_mode,
    register_optimizer,
)
from theano.compile.random_state import RandomStateSharedVariable
from theano.compile.rebuild import clone
from theano.compile.shared import (
    ScalarSharedVariable,
    SharedVariable,
    TensorSharedVariable,
    shared,
    shared_constructor,
)
from theano.compile.updates import OrderedUpdates
from theano.compile.wrapped import FromFunctionOp, as_op

__all__ = [
    "FAST_COMPILE",
    "FAST_RUN",
    "Container",
    "FromFunctionOp",
    "Function",
    "FunctionMaker",
    "In",
    "Mode",
    "OrderedUpdates",
    "Out",
    "Param",
    "RandomStateSharedVariable",
    "ScalarSharedVariable",
    "SharedVariable",
    "SymbolicInput",
    "SymbolicOutput",
    "TensorSharedVariable",
    "as_op",
    "clone",
    "function",
    "get_default_mode",
    "get_mode",
    "predefined_linkers",
    "predefined_modes",
    "predefined_optimizers",
    "register_linker",
    "register_mode",
    "register_optimizer",
    "shared",
    "shared_constructor",
]

__getattr__ = old_names(__name__)
