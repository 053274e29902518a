"""The registry of lowerings, and the few forms that they are written with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.backends.llvm.scalar_code import can_emit
from theano.graph import Constant
from theano.late import dispatched
from theano.loops.definitions import Definition, Pointwise
from theano.loops.expressions import INDEX, Call, Expression, Extent, Literal, Load, axes_of, expression
from theano.scalar.arithmetic import casts
from theano.scalar.function import ScalarFunction

ROOMS = {  # the module of an op, or its class, and the file with its lowering, which is imported when one is met
    "theano.control_flow.lazy_branch": "branch",
    "theano.control_flow.scan_op": "loop",
    "theano.gradient.recomputation": "passing",
    "theano.random.mrg": "random",
    "theano.tensor.advanced": "indexing",
    "theano.tensor.alloc": "making",
    "theano.tensor.assertion": "passing",
    "theano.tensor.blas": "product",
    "theano.tensor.choose": "making",
    "theano.tensor.compressed": "compressed",
    "theano.tensor.cumulative": "reduction",
    "theano.tensor.diagonal": "making",
    "theano.tensor.dimshuffle": "elementwise",
    "theano.tensor.dot": "product",
    "theano.tensor.elemwise": "elementwise",
    "theano.tensor.extremum": "extremum",
    "theano.tensor.join": "indexing",
    "theano.tensor.linalg.cholesky": "linear_algebra",
    "theano.tensor.linalg.determinant": "linear_algebra",
    "theano.tensor.linalg.eigen": "linear_algebra",
    "theano.tensor.linalg.hint": "linear_algebra",
    "theano.tensor.linalg.inverse": "linear_algebra",
    "theano.tensor.linalg.lu": "linear_algebra",
    "theano.tensor.linalg.orthogonal": "linear_algebra",
    "theano.tensor.linalg.solve": "linear_algebra",
    "theano.tensor.nnet.convolution": "convolution",
    "theano.tensor.nnet.crossentropy": "softmax",
    "theano.tensor.nnet.distribution": "softmax",
    "theano.tensor.nnet.neighbours": "neighbours",
    "theano.tensor.nonzero": "selection",
    "theano.tensor.passing": "passing",
    "theano.tensor.rebroadcast": "elementwise",
    "theano.tensor.reduction": "reduction",
    "theano.tensor.repeat": "selection",
    "theano.tensor.scalar_conversion": "elementwise",
    "theano.tensor.search": "search",
    "theano.tensor.shape": "structure",
    "theano.tensor.signal.pooling": "pooling",
    "theano.tensor.subtensor": "structure",
    "theano.tensor.subtensor.IncSubtensor": "indexing",
}


@dispatched({module: f"theano.backends.llvm.lower.{room}" for module, room in ROOMS.items()})
def lower(op: Any, node: Any, *operands: Definition) -> Definition | Sequence[Definition] | None:
    """The definition of a node's output(s), or None where the op must be called back."""
    return None


scalar_lowerings: dict[type, Callable[..., Any]] = {}  # of users' scalar ops: (op, *numbers) -> the number, or several


def lowered_numbers(op: Any, numbers: Sequence[Expression]) -> list[Expression] | None:
    """What a user's scalar op is in terms of index expressions, if that has been registered, or it is a graph."""
    if hasattr(op, "order"):
        return _numbers_of_graph(op, numbers)
    lowering = next((scalar_lowerings[k] for k in type(op).__mro__ if k in scalar_lowerings), None)
    made = None if lowering is None else lowering(op, *numbers)
    if made is None:
        return None
    return [expression(e) for e in (made if isinstance(made, (list, tuple)) else [made])]


def _numbers_of_graph(op: Any, numbers: Sequence[Expression]) -> list[Expression] | None:
    """The outputs of a graph of scalars, where all of its functions have code."""
    value = dict(zip(op.inputs, numbers, strict=True))
    for v in (v for node in op.order for v in node.inputs if isinstance(v, Constant)):
        value[v] = Literal(v.data.item(), v.type.dtype)
    for node in op.order:
        arguments = [value[v] for v in node.inputs]
        if not isinstance(node.op, ScalarFunction):
            made = lowered_numbers(node.op, arguments)
        elif can_emit(node.op, [a.dtype for a in arguments]):
            made = [expression(node.op(*arguments))]
        else:
            made = None
        if made is None:
            return None
        value.update(zip(node.outputs, made, strict=True))
    return [value[v] for v in op.outputs]


def pointwise(
    node: Any, shape: Sequence[Any], element: Callable[..., Any], output: int = 0, **further: Any
) -> Pointwise:
    """out[index] = element(*index), converted to the dtype of the node's output."""
    dtype = node.outputs[output].type.dtype
    lengths = tuple(map(expression, shape))
    value = expression(element(*axes_of(len(lengths))))
    return Pointwise(dtype, lengths, element=converted(value, dtype), **further)


def converted(e: Expression, dtype: str) -> Expression:
    """``e`` in another dtype."""
    if e.dtype == dtype:
        return e
    if isinstance(e, Literal) and dtype == INDEX:
        return Literal(int(e.value))
    return Call(casts[dtype], (e,), dtype)


def number(operand: Definition) -> Expression:
    """The value of a 0-d operand as an index expression: written out where it is made of lengths, else loaded."""
    if isinstance(operand, Pointwise) and _is_arithmetic(operand.element):
        return converted(operand.element, INDEX)
    return converted(Load(operand, (), operand.dtype), INDEX)


def _is_arithmetic(e: Expression) -> bool:
    """Whether an expression is made of literals and lengths alone."""
    stack, size = [e], 0
    while stack:
        size += 1
        match stack.pop():
            case Literal() | Extent():
                continue
            case Call(_, arguments):
                stack.extend(arguments)
            case _:
                return False
    return size <= 16


def known(e: Expression) -> Any:
    """A Python integer where the number is known, else the expression."""
    return int(e.value) if isinstance(e, Literal) else e


def verbatim(text: Any) -> str:
    """``text`` within the message of a Requirement, which is a format: the name of an op may hold braces."""
    return str(text).replace("{", "{{").replace("}", "}}")
