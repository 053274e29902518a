"""theano.scalar.basic of Theano 1.0.5."""

from theano.configuration import config as config
from theano.gradient import DisconnectedType as DisconnectedType
from theano.gradient import grad_undefined as grad_undefined
from theano.graph import Apply as Apply
from theano.graph import Constant as Constant
from theano.graph import FunctionGraph as FunctionGraph
from theano.graph import Op as Op
from theano.graph import Type as Type
from theano.graph import Variable as Variable
from theano.scalar import *  # noqa: F403
