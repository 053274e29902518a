"""theano.ifelse of Theano 1.0.5."""


__all__ = ['Apply', 'IfElse', 'Op', 'TensorType', 'clone', 'ifelse', 'optdb']
from theano.graph import Apply as Apply
from theano.control_flow import IfElse as IfElse
from theano.graph import Op as Op
from theano.tensor.type import TensorType as TensorType
from theano.compile import clone as clone
from theano.control_flow import ifelse as ifelse
from theano.compile import optdb as optdb
