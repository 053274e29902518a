"""Convolution of videos, with time before channels."""

from theano._types import TensorLike
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['conv3d']
def conv3d(signals: Any, filters: TensorLike, signals_shape: Any = None, filters_shape: Any = None, border_mode: Any = 'valid') -> TensorVariable:
    """The convolution of videos along time, height and width."""
from theano.gof import TopoOptimizer as TopoOptimizer
from theano.gof.opt import copy_stack_trace as copy_stack_trace
from theano.gradient import DisconnectedType as DisconnectedType
from theano.graph import Apply as Apply
from theano.graph import Op as Op
