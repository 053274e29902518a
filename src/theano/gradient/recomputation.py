"""checkpoint: a part of a graph that gradients compute a second time, instead of keeping what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.gradient.op_from_graph import OpFromGraph
from theano.gradient.types import DisconnectedType, disconnected_type
from theano.graph import Apply, Constant, Op, Variable
from theano.graph.walk import graph_inputs
from theano.tensor.constant import as_tensor_variable
from theano.tensor.type import TensorType


class After(Op):
    """outs = xs, when what comes after these inputs has been computed; nothing that reads outs is computed before.

    Equal computations on outs and on xs are different ones: they do not merge.
    """

    __props__ = ("n",)

    def __init__(self, n: int) -> None:
        self.n = n  # how many inputs are handed on
        self.view_map = {k: [k] for k in range(n)}

    def make_node(self, *inputs: Variable) -> Apply:
        return Apply(self, list(inputs), [x.type() for x in inputs[: self.n]])

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        for cell, x in zip(outputs, inputs):
            cell[0] = x

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list:
        return list(shapes[: self.n])

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[k == out for out in range(self.n)] for k in range(len(node.inputs))]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [*cotangents, *(disconnected_type() for _ in inputs[self.n :])]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return list(tangents[: self.n])


class Checkpointed(OpFromGraph):
    """A graph whose cotangents are those of a second computation, which begins when the outputs' have come."""

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Any]:
        arrays = [x for x in inputs if isinstance(x.type, TensorType) and not isinstance(x, Constant)]
        come = [d for d in cotangents if not isinstance(d.type, DisconnectedType)]
        if not come or not arrays:
            return super().L_op(inputs, outputs, cotangents)
        later = dict(zip(arrays, After(len(arrays)).make_node(*arrays, *come).outputs))
        return super().L_op([later.get(x, x) for x in inputs], outputs, cotangents)


def checkpoint(f: Callable[..., Any], *inputs: Any) -> Any:
    """``f(*inputs)``, computed a second time for gradients: of what it computes on its way nothing is kept for them.

    A deep model that consists of n such pieces keeps what goes from one to the next, instead of everything, for about
    a third more work in a training step: n = sqrt(depth) pieces need memory for O(sqrt(depth)) layers (Chen et al. 2016,
    "Training deep nets with sublinear memory cost").  Values and gradients stay the same, digit for digit.

    Parameters
    ----------
    f
        A function of symbolic variables to a variable, or to a list or tuple of them.
    inputs
        What it is called with: variables, or values that become constants.  Shared and other variables that it uses
        besides are found, and gradients reach them too.

    Raises
    ------
    TypeError
        Where ``f`` gives something that is not a variable.

    Examples
    --------
    >>> import numpy as np, theano, theano.tensor as T
    >>> x = T.matrix()
    >>> w = [theano.shared(np.eye(3) / 2) for _ in range(4)]
    >>> def two_layers(h, first, second):
    ...     return T.tanh(T.dot(T.tanh(T.dot(h, first)), second))
    >>> h = checkpoint(two_layers, x, w[0], w[1])
    >>> cost = T.sum(checkpoint(two_layers, h, w[2], w[3]))
    >>> step = theano.function([x], cost, updates=[(v, v - T.grad(cost, v)) for v in w])
    """
    given = [x if isinstance(x, Variable) else as_tensor_variable(x) for x in inputs]
    found = f(*given)
    outputs = list(found) if isinstance(found, (list, tuple)) else [found]
    for v in outputs:
        if not isinstance(v, Variable):
            raise TypeError(
                f"checkpoint: the function gives variables, or a list or tuple of them, found {v!r} of type {type(v).__name__}"
            )
    known = set(given)
    besides = [
        v
        for v in graph_inputs(outputs, given)
        if v not in known and not isinstance(v, Constant) and getattr(v, "container", None) is None
    ]
    computed = Checkpointed([*given, *besides], outputs)(*given, *besides, return_list=True)
    if not isinstance(found, (list, tuple)):
        return computed[0]
    return computed if isinstance(found, list) else tuple(computed)
