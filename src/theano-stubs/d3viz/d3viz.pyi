"""theano.d3viz.d3viz of Theano 1.0.5."""

from collections.abc import Mapping
from typing import Any

__all__ = ['PyDotFormatter', 'd3viz', 'd3write', 'replace_patterns', 'safe_json']
class PyDotFormatter:
    """Makes graphs of Graphviz of graphs."""
    compact: bool
    def __init__(self, compact: bool = True) -> None: ...
    def __call__(self, fct: Any, graph: Any = None) -> Any:
        """The graph of a function, application or variables: a ``pydot.Dot`` where pydot is installed, else a DotGraph."""
from theano.pictures import d3viz as d3viz
from theano.pictures import d3write as d3write
def replace_patterns(x: str, replace: Mapping[str, Any]) -> str:
    """``x`` with each key of ``replace`` in it replaced by its value."""
def safe_json(obj: Any) -> str:
    """JSON that may stand in an element of HTML: no text in it ends that element."""
