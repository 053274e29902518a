"""theano.gof.toolbox of Theano 1.0.5."""

from theano.gof import Feature as _gof_Feature
from theano.graph import FunctionGraph
from theano.graph import Variable
from typing import Any

__all__ = ['AlreadyThere', 'Bookkeeper', 'Feature', 'History', 'NodeFinder', 'PreserveNames', 'PreserveVariableAttributes', 'PrintListener', 'ReplaceValidate', 'ReplacementDidntRemovedError', 'Validator', 'config']
class AlreadyThere(Exception):
    """Raised by a feature's ``on_attach``: the graph has such a feature, and this one is not attached."""
from theano.gof import Bookkeeper as Bookkeeper
from theano.gof import Feature as Feature
from theano.gof import History as History
from theano.gof import NodeFinder as NodeFinder
class PreserveNames(_gof_Feature):
    """What takes the place of a named variable, and has no name, gets its name."""
    def on_change_input(self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None) -> None: ...
class PreserveVariableAttributes(PreserveNames):
    """What takes the place of a variable gets its name and its tags as well."""
    def on_change_input(self, fgraph: FunctionGraph, node: Any, i: int, r: Variable, new_r: Variable, reason: Any = None) -> None: ...
from theano.gof import PrintListener as PrintListener
from theano.gof import ReplaceValidate as ReplaceValidate
from theano.gof import ReplacementDidntRemovedError as ReplacementDidntRemovedError
from theano.gof import Validator as Validator
from theano.configuration import config as config
