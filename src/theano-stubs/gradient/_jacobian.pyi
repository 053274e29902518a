from collections.abc import Iterable
from theano.graph import Variable
from theano.tensor import TensorVariable
from typing import Any
from typing import overload

@overload
def jacobian(expression: Variable, wrt: Variable, consider_constant: Iterable[Variable] | None = None, disconnected_inputs: str = 'raise') -> TensorVariable: ...
@overload
def jacobian(expression: Variable, wrt: list[Any], consider_constant: Iterable[Variable] | None = None, disconnected_inputs: str = 'raise') -> list[TensorVariable]: ...
@overload
def jacobian(expression: Variable, wrt: tuple[Any, ...], consider_constant: Iterable[Variable] | None = None, disconnected_inputs: str = 'raise') -> tuple[TensorVariable, ...]: ...
