"""theano.compile.pfunc of Theano 1.0.5."""

from collections.abc import Iterable
from theano.compile import SymbolicOutput
from theano.compile.function import function
from typing import Any

__all__ = ['Constant', 'In', 'Out', 'Param', 'ProfileStats', 'SharedVariable', 'UnusedInputError', 'Variable', 'config', 'iter_over_pairs', 'orig_function', 'pfunc', 'rebuild_collect_shared', 'shared']
from theano.graph import Constant as Constant
from theano.compile import In as In
Out = SymbolicOutput
from theano.compile import Param as Param
from theano.profiling import ProfileStats as ProfileStats
from theano.compile import SharedVariable as SharedVariable
from theano.graph import UnusedInputError as UnusedInputError
from theano.graph import Variable as Variable
from theano.configuration import config as config
def iter_over_pairs(pairs: Any) -> Iterable[tuple[Any, Any]]:
    """The pairs of a dict, or ``pairs`` itself."""
from theano.compile import orig_function as orig_function
pfunc = function
from theano.compile import rebuild_collect_shared as rebuild_collect_shared
from theano.compile._shared import shared as shared
