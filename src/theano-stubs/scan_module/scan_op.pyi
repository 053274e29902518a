"""theano.scan_module.scan_op of Theano 1.0.5."""

from theano.compile import SymbolicOutput
from theano.graph import Op
from theano.graph import Variable
from typing import Any

__all__ = ['AddFeatureOptimizer', 'Apply', 'DisconnectedType', 'In', 'NullType', 'Out', 'PureOp', 'Scan', 'ScanProfileStats', 'Shape_i', 'TensorType', 'as_tensor_variable', 'config', 'forced_replace', 'function', 'grad_undefined', 'io_connection_pattern', 'safe_new']
from theano.compile import AddFeatureOptimizer as AddFeatureOptimizer
from theano.graph import Apply as Apply
from theano.gradient import DisconnectedType as DisconnectedType
from theano.compile import In as In
from theano.gradient import NullType as NullType
Out = SymbolicOutput
PureOp = Op
from theano.control_flow import Scan as Scan
from theano.profiling import ScanProfileStats as ScanProfileStats
from theano.tensor import Shape_i as Shape_i
from theano.tensor.type import TensorType as TensorType
from theano.tensor import as_tensor_variable as as_tensor_variable
from theano.configuration import config as config
def forced_replace(out: Variable | None, x: Variable, y: Variable) -> Variable | None:
    """``out`` with ``y`` wherever it computes the same as ``x``."""
from theano.compile.function import function as function
from theano.gradient import grad_undefined as grad_undefined
from theano.compile import io_connection_pattern as io_connection_pattern
from theano.scan_module.scan import safe_new as safe_new
