from collections.abc import Sequence
from theano.graph import Op
from theano.graph import Variable
from typing import Any

class InnerGraph(Op):
    """outputs = graph(inputs).  When a function is compiled the graph is written out where the op stands."""
    shared_inputs: Any
    local_inputs: Any
    local_outputs: Any
    def __init__(self, inputs: Sequence[Variable], outputs: Sequence[Variable]) -> None: ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        """The outputs as expressions of ``inputs``, the shared ones included."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        """The lengths of the inner graph's outputs."""
