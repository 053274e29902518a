from theano.graph import Op
from typing import Any

class _OfSparseAndDense(_Comparison):
    """x  sparse, y  matrix;  out  matrix of uint8"""
    def inlined(self, *args: Any, **kwargs: Any) -> Any:
        ...
class _Comparison(Op):
    """relation(x, y) for each element, as uint8."""
    relation: str
    holds_of_zeros: bool
    def comparison(self, x: Any, y: Any) -> Any:
        """The relation of two matrices of one shape, of which one at least is sparse."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        ...
class _OfTwoSparse(_Comparison):
    """x, y  sparse, csr or csc;  out  sparse of uint8, format of x"""
