"""theano.compile.io of Theano 1.0.5."""

from theano.compile import SymbolicOutput as _compile_SymbolicOutput

__all__ = ['In', 'Out', 'SharedVariable', 'SymbolicInput', 'SymbolicOutput']
from theano.compile import In as In
Out = _compile_SymbolicOutput
from theano.compile import SharedVariable as SharedVariable
from theano.compile import SymbolicInput as SymbolicInput
from theano.compile import SymbolicOutput as SymbolicOutput
