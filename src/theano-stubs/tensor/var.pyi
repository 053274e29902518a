"""theano.tensor.var of Theano 1.0.5."""


__all__ = ['AsTensorError', 'ComplexError', 'Constant', 'TensorConstant', 'TensorType', 'TensorVariable', 'Variable', 'config']
from theano.tensor import AsTensorError as AsTensorError
from theano.scalar import ComplexError as ComplexError
from theano.graph import Constant as Constant
from theano.tensor import TensorConstant as TensorConstant
from theano.tensor.type import TensorType as TensorType
from theano.tensor import TensorVariable as TensorVariable
from theano.graph import Variable as Variable
from theano.configuration import config as config
