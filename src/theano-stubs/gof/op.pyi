"""theano.gof.op of Theano 1.0.5."""

from theano.graph import Op as _graph_Op
from typing import Any

__all__ = ['COp', 'FunctionGraph', 'Op', 'OpenMPOp', 'PureOp', 'config', 'debug_assert', 'debug_error_message', 'get_debug_values', 'get_test_value', 'missing_test_message']
from theano.gof import COp as COp
from theano.graph import FunctionGraph as FunctionGraph
from theano.graph import Op as Op
from theano import OpenMPOp as OpenMPOp
PureOp = _graph_Op
from theano.configuration import config as config
def debug_assert(condition: Any, msg: str | None = None) -> None:
    """Check a condition on test values.  AssertionError where it fails and test values are on."""
def debug_error_message(msg: str) -> None:
    """Tell of wrong test values.  ValueError unless ``config.compute_test_value`` says to warn or ignore."""
from theano.gradient import get_debug_values as get_debug_values
def get_test_value(v: Any) -> Any:
    """The test value of a variable, or the data of a constant."""
def missing_test_message(msg: str) -> None:
    """Tell of a missing test value as ``config.compute_test_value`` says.  AttributeError where it is "raise"."""
