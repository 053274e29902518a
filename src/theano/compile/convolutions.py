"""Which way the convolutions of a compiled function are computed."""

from __future__ import annotations

from typing import Any

from theano.compile.compiled import Function
from theano.compile.function import function as compiled
from theano.compile.mode import Mode
from theano.graph import Apply
from theano.graph.subgraph import clone
from theano.tensor.nnet.convolution import AbstractConv, AbstractConv_gradInputs, BaseAbstractConv

ROLES = ("image", "kernel", "top")


def explain_convolutions(function: Function, *args: Any, **kwargs: Any) -> str:
    """A line for each convolution that a call of ``function`` with these arguments computes: shapes, and which way.

    >>> print(explain_convolutions(f, x))
    AbstractConv2d  image (32, 64, 28, 28)  kernel (64, 64, 3, 3)  top (32, 64, 26, 26)  float32: winograd

    The ways are told in docs/convolution.md; other back ends than LLVM are told by name.  Only shapes are computed.
    Convolutions within loops and branches are not listed.

    Raises TypeError where an argument is lacking.
    """
    graph, caller = function.maker.fgraph, function._caller
    given = caller.given(args, kwargs)
    order = [*function.maker.arguments, *function.maker.states]
    inputs, outputs = clone(graph.inputs, graph.outputs)
    nodes = [
        node for node in type(graph)(inputs, outputs, clone=False).toposort() if isinstance(node.op, BaseAbstractConv)
    ]
    lengths = [n for node in nodes for shape in _shapes(node) for n in shape]
    values = [inputs[n].type.filter(caller.value(k, given), allow_downcast=True) for n, k in enumerate(order)]
    measure: Any = compiled(inputs, lengths, mode=Mode(linker="py"), on_unused_input="ignore")
    found = iter(map(int, measure(*values)))
    lines = []
    for node in nodes:
        shapes = {role: tuple(next(found) for _ in shape) for role, shape in zip(ROLES, _shapes(node), strict=True)}
        told = "  ".join(f"{role} {shape}" for role, shape in shapes.items())
        dtype = node.outputs[0].type.dtype  # type: ignore[attr-defined]
        lines.append(f"{type(node.op).__name__}  {told}  {dtype}: {_method(function, node, shapes)}")
    return "\n".join(lines)


def _method(function: Function, node: Apply, shapes: dict[str, tuple[int, ...]]) -> str:
    back_end = function.maker.linker.back_end
    if back_end != "llvm":
        return back_end
    from theano.backends.llvm.lower.convolution import convolution_method

    return convolution_method(node, shapes)


def _shapes(node: Apply) -> tuple[Any, Any, Any]:
    """The symbolic shapes of image, kernel and top."""
    first, second = (tuple(x.shape[k] for k in range(x.ndim)) for x in node.inputs[:2])  # type: ignore[attr-defined]
    op: Any = node.op
    (result,) = op.infer_shape(node, [first, second, None][: len(node.inputs)])
    if isinstance(op, AbstractConv):
        return first, second, result
    if isinstance(op, AbstractConv_gradInputs):
        return result, first, second
    return first, result, second
