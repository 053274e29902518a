from collections.abc import Sequence
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class _Mixed(Op):
    """Description of mixed indices: None for a new axis, a slice of scalar types, or the type of an index array."""
    idx_list: tuple[Any, ...]
    def indices(self, values: Sequence[Any]) -> list[Any]: ...
    def run_time_index(self, values: Sequence[Any]) -> tuple[Any, ...]: ...
