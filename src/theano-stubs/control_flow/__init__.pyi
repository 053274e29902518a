"""Ops that decide what is computed, and how often: loops and choices."""

from collections.abc import Sequence
from theano._types import TensorLike
from theano.control_flow._operand_kinds import OperandKinds
from theano.graph import Apply
from theano.graph import Op
from theano.graph import Variable
from theano.graph._description import DescribedOp
from theano.tensor import TensorVariable
from typing import Any
from typing import overload

__all__ = ['Form', 'IfElse', 'LazyIfElse', 'Scan', 'State', 'ifelse']
class Form:
    """How the operands of a Scan are divided."""
    def __init__(self, sequences: int = 0, states: tuple[State, ...] = ..., carried: int = 0, collected: int = 0, others: int = 0, is_while: bool = False) -> None: ...
    sequences: int
    states: tuple[State, ...]
    carried: int
    collected: int
    others: int
    is_while: bool
    def outer(self, inputs: Sequence[Any]) -> Any:
        """The loop's inputs by kind."""
    def outer_outputs(self, outputs: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
        """The loop's outputs: arrays of the states, what is collected, what was carried."""
    def inner_inputs(self, inputs: Sequence[Any]) -> Any: ...
    def inner_outputs(self, outputs: Sequence[Any]) -> Any: ...
    def with_more(self, sequences: int = 0, states: Sequence[State] = ..., collected: int = 0, others: int = 0) -> Form:
        """The form of a loop with further operands, each after those of its kind."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
class IfElse(Op):
    """out[k] = then[k] if condition else otherwise[k], k = 0 .. n_outs - 1; what only one branch needs is not computed unless it is chosen."""
    n_outs: int
    as_view: bool
    gpu: bool
    name: str | None
    def __init__(self, n_outs: int, as_view: bool = False, gpu: bool = False, name: str | None = None) -> None: ...
    def split(self, inputs: Sequence[Any]) -> tuple[Any, Sequence[Any], Sequence[Any]]:
        """The condition, the values where it holds, the values where it does not."""
    def branches(self, node: Apply) -> tuple[Variable, list[bool | None]]:
        """The condition, and for each input under which truth of it alone it is used."""
    def choose(self, condition: Variable, there: Variable | None, elsewhere: Variable | None, like: Variable) -> Variable:
        """A cotangent of ``like``: what is known of it in either branch, zeros where nothing is."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        """Lengths that both branches have in common; the others only the result tells."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        """The condition has an influence, though its gradient is zero; a value has one on its own output."""
    def cotangents_where_chosen(self, inputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Variable]:
        """Cotangents that hold only where an input is used; see ``branches``."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class LazyIfElse(DescribedOp):
    """out = there(operands) if condition else elsewhere(operands)."""
    inputs: Any
    sides: Any
    name: str
    def __init__(self, inputs: Sequence[Variable], there: Sequence[Variable], elsewhere: Sequence[Variable], name: str) -> None:
        """``inputs`` and what is computed from them belong to nobody else from here on."""
    def describe(self) -> tuple[Any, ...]: ...
    orders: Any
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        """Lengths that both branches have in common; the others only the result tells."""
class Scan(OperandKinds, DescribedOp):
    """A loop: step i computes outputs from inputs as its graph says::"""
    inputs: Any
    outputs: Any
    form: Form
    name: str
    truncate_gradient: int
    is_lean: bool
    def __init__(self, inputs: Sequence[Variable], outputs: Sequence[Variable], form: Form, name: str = 'scan_fn', truncate_gradient: int = -1, is_lean: bool = False) -> None:
        """``inputs`` and ``outputs`` are the step's, in the order told by Form; the graph is copied."""
    @classmethod
    def of_own_graph(cls, inputs: list[Variable], outputs: list[Variable], like: Scan, form: Form | None = None) -> Scan:
        """A loop of a graph that belongs to nobody else, otherwise as another one."""
    def describe(self) -> tuple[Any, ...]: ...
    step: Any
    @property
    def inner(self) -> Any:
        """The inputs of a step by kind."""
    def operands(self, node: Apply) -> Any:
        """The inputs of an application by kind."""
    def carried_through(self, node: Apply) -> list[tuple[Variable, Variable, Variable]]:
        """(what is carried, its next value in a step, the last one) for all that an application carries."""
    def infer_shape(self, *args: Any, **kwargs: Any) -> Any:
        """States keep their lengths; the first length of what is collected is given, the others follow from a step."""
    def connection_pattern(self, *args: Any, **kwargs: Any) -> Any:
        """[input][output] -> whether a gradient flows, through any number of steps."""
    def R_op(self, *args: Any, **kwargs: Any) -> Any:
        ...
class State:
    """An array that step i reads and writes along its first axis."""
    reads: tuple[int, ...]
    writes: tuple[int, ...]
    def __init__(self, reads: tuple[int, ...], writes: tuple[int, ...]) -> None: ...
    @property
    def is_recurrence(self) -> bool:
        """Whether one entry is written, after all that are read: nothing is overwritten."""
    @property
    def extra(self) -> int:
        """How many entries there are besides one a step: the largest offset."""
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...
@overload
def ifelse(
    condition: TensorLike, then_branch: list[Any] | tuple[Any, ...],
    else_branch: list[Any] | tuple[Any, ...], name: str | None = None,
) -> list[TensorVariable]: ...
@overload
def ifelse(
    condition: TensorLike, then_branch: Variable | complex, else_branch: Variable | complex,
    name: str | None = None,
) -> TensorVariable: ...
