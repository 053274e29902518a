"""theano.compile.pfunc of Theano 1.0.5."""

from theano.compile import SymbolicOutput
from theano.compile.function import function

from theano.graph import Constant as Constant
from theano.compile import In as In
Out = SymbolicOutput
from theano.compile import Param as Param
from theano.profiling import ProfileStats as ProfileStats
from theano.compile import SharedVariable as SharedVariable
from theano.graph import UnusedInputError as UnusedInputError
from theano.graph import Variable as Variable
from theano.configuration import config as config
pfunc = function
from theano.compile import shared as shared
