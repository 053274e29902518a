"""theano.scan_module.scan_op of Theano 1.0.5."""

import theano
from theano import compile, gof, gradient, tensor
from theano.compile import In, Out, function
from theano.compile.profiling import ScanProfileStats
from theano.configuration import config
from theano.control_flow.scan_op import Scan
from theano.gradient.types import DisconnectedType, NullType, grad_undefined
from theano.graph import Apply
from theano.graph import Op as PureOp
from theano.graph.subgraph import io_connection_pattern
from theano.legacy.adapters.optimizers import AddFeatureOptimizer
from theano.legacy.adapters.scan_functions import forced_replace, safe_new
from theano.scan_module import scan_utils
from theano.tensor import TensorType, as_tensor_variable
from theano.tensor.shape import Shape_i

__all__ = [
    "AddFeatureOptimizer",
    "Apply",
    "DisconnectedType",
    "In",
    "NullType",
    "Out",
    "PureOp",
    "Scan",
    "ScanProfileStats",
    "Shape_i",
    "TensorType",
    "as_tensor_variable",
    "compile",
    "config",
    "forced_replace",
    "function",
    "gof",
    "grad_undefined",
    "gradient",
    "io_connection_pattern",
    "safe_new",
    "scan_utils",
    "tensor",
    "theano",
]
