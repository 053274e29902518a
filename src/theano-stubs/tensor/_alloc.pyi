from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any

class _Grid:
    """``mgrid[0:2, 0:3]`` and ``ogrid[0:2, 0:3]``: coordinates of the points of a grid, one array for each axis."""
    sparse: bool
    def __init__(self, sparse: bool) -> None: ...
    def __getitem__(self, key: Any) -> list[TensorVariable]: ...
def alloc(value: Any, *lengths: Any) -> TensorVariable:
    """``value`` repeated over an array of the given shape."""
