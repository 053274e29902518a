"""Arrays from files, read when a function is called."""

from collections.abc import Sequence
from theano.graph import Op
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class LoadFromDisk(Op):
    """The array in a ``.npy`` file, read anew at every call."""
    dtype: Any
    broadcastable: Any
    mmap_mode: str | None
    def __init__(self, dtype: Any, broadcastable: Sequence[bool], mmap_mode: str | None = None) -> None: ...
def load(path: Any, dtype: Any, broadcastable: Sequence[bool], mmap_mode: str | None = None) -> TensorVariable:
    """The array in the ``.npy`` file ``path``, read anew at every call; see LoadFromDisk."""
from theano.tensor import tensor as tensor
