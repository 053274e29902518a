"""theano.compile.function_module of Theano 1.0.5."""


__all__ = ['Function', 'FunctionMaker', 'In', 'SymbolicInput', 'SymbolicOutput', 'UnusedInputError', 'config', 'convert_function_input', 'deep_copy_op', 'is_same_graph', 'orig_function', 'view_op']
from theano.compile import Function as Function
from theano.compile import FunctionMaker as FunctionMaker
from theano.compile import In as In
from theano.compile import SymbolicInput as SymbolicInput
from theano.compile import SymbolicOutput as SymbolicOutput
from theano.graph import UnusedInputError as UnusedInputError
from theano.configuration import config as config
from theano.compile import convert_function_input as convert_function_input
from theano.compile import deep_copy_op as deep_copy_op
from theano.compile import is_same_graph as is_same_graph
from theano.compile import orig_function as orig_function
from theano.compile import view_op as view_op
