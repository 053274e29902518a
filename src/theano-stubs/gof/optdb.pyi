"""theano.gof.optdb of Theano 1.0.5."""

from collections.abc import Callable
from theano.compile.mode import Query as _mode_Query
from theano.gof import DB as _gof_DB
from theano.gof import TopoOptimizer
from typing import Any

__all__ = ['DB', 'DefaultOrderedDict', 'EquilibriumDB', 'LocalGroupDB', 'OrderedSet', 'ProxyDB', 'Query', 'SequenceDB', 'TopoDB', 'config']
from theano.gof import DB as DB
from theano.compat import DefaultOrderedDict as DefaultOrderedDict
from theano.gof import EquilibriumDB as EquilibriumDB
from theano.gof import LocalGroupDB as LocalGroupDB
from theano.gof.fg import OrderedSet as OrderedSet
from theano.gof import ProxyDB as ProxyDB
from theano.gof import Query as Query
from theano.gof import SequenceDB as SequenceDB
class TopoDB(_gof_DB):
    """What another database gives, a local optimizer, tried once on every node."""
    db: Any
    order: Any
    ignore_newtrees: Any
    failure_callback: Any
    def __init__(self, db: _gof_DB, order: str = 'in_to_out', ignore_newtrees: bool = False, failure_callback: Callable[..., Any] | None = None) -> None: ...
    def assembled(self, query: _mode_Query) -> TopoOptimizer: ...
from theano.configuration import config as config
