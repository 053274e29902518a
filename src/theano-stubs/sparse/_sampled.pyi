from theano.graph import Op
from typing import Any

class _DotGradient(Op):
    """out[e] = sum over k of g_ab[i[e], k] * b[j[e], k]: the gradient of the stored elements of a in the product a b."""
    format: str
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        ...
