"""Print: a value that is printed when it is computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.graph import Apply, Op, Variable


def print_attributes(op: Print, x: Any) -> None:
    """Print the attributes that ``op`` names, those that are methods called: ``message attribute = value``."""
    for name in op.attrs:
        found = getattr(x, name)
        print(op.message, name, "=", found() if callable(found) else found)


class Print(Op):
    """Its argument, unchanged; when it is computed, attributes of it are printed.

    x        of any type
    out      x
    message  what is printed in front
    attrs    names of attributes and methods of the value: "shape", "min", "__str__"
    global_fn(op, x)  what prints, if not this

    Printed is what is computed: not what rewriting found to be unneeded.  A gradient passes through unprinted.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x = T.dvector("x")
    >>> f = theano.function([x], Print("x", attrs=("shape", "max"))(x) * 2)
    >>> y = f([1, 5])
    x shape = (2,)
    x max = 5.0
    """

    __props__ = ("message", "attrs", "global_fn")
    view_map = {0: [0]}

    def __init__(
        self,
        message: str = "",
        attrs: Sequence[str] = ("__str__",),
        global_fn: Callable[[Print, Any], None] = print_attributes,
    ) -> None:
        self.message = message
        self.attrs = tuple(attrs)
        self.global_fn = global_fn

    def make_node(self, x: Variable) -> Apply:
        return Apply(self, [x], [x.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        return list(shapes)

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        self.global_fn(self, inputs[0])
        outputs[0][0] = inputs[0]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Variable]:
        return list(cotangents)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Variable | None]:
        return list(tangents)

    def do_constant_folding(self, node: Apply) -> bool:
        return False  # it would be printed when the function is made
