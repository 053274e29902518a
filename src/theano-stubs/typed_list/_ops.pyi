from theano.graph import Op
from theano.graph import Variable
from typing import Any

class _OfList(Op):
    """What ops share that make one list of another."""
    inplace: Any
    def __init__(self, inplace: bool = False) -> None: ...
    def operands(self, x: Variable, *more: Any) -> list[Variable]:
        """The other inputs, in their types."""
    def change(self, ttype: Any, out: list[Any], *more: Any) -> None:
        """Do to the list ``out`` what the op is for."""
