from theano.graph import Op
from typing import Any

class _Binary(Op):
    """What ops of two operands of one shape have in common."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class _OfTwoSparse(_Binary):
    """x, y  sparse, csr or csc;  out  sparse, format of x, their common dtype"""
class _OfSparseAndVector(_Binary):
    """An operation on each stored element of x and the entry of y for its column."""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
