"""theano.scan_module.scan of Theano 1.0.5."""

from theano.graph import Variable
from typing import Any

__all__ = ['OrderedUpdates', 'SharedVariable', 'config', 'function', 'safe_new', 'scan', 'traverse']
from theano.compile import OrderedUpdates as OrderedUpdates
from theano.compile import SharedVariable as SharedVariable
from theano.configuration import config as config
from theano.compile.function import function as function
def safe_new(x: Any, tag: str = '', dtype: str | None = None) -> Variable:
    """A new variable like ``x``, called as it with ``tag`` behind; a copy of a constant."""
from theano.scanning import scan as scan
def traverse(out: Variable, x: Variable, x_copy: Variable, d: dict[Variable, Variable], visited: set[Variable] | None = None) -> dict[Variable, Variable]:
    """``d``, with ``x`` to be replaced by ``x_copy`` if ``out`` is computed from it."""
