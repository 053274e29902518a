from theano.graph import Op
from typing import Any

class _Scaled(Op):
    """out[i, j] = x[i, j] * s[k], k = i or j by ``axis``."""
    axis: int
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
