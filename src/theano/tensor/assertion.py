"""Assert and Raise: values that hold only under conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable, generic
from theano.tensor.constant import as_tensor_variable


class Assert(Op):
    """out = value; at run time AssertionError(msg) unless all conditions hold.

    value   any type
    conds   0-d tensors; 0 is false
    vjp     dout; the conditions are disconnected

    >>> import theano, theano.tensor as T
    >>> x = T.vector("x")
    >>> f = theano.function([x], Assert("x must not be empty")(x, x.size > 0).sum())
    """

    __props__ = ("msg",)
    view_map = {0: [0]}

    def __init__(self, msg: str = "Theano Assert failed!") -> None:
        self.msg = msg

    def make_node(self, value: Any, *conds: Any) -> Apply:
        value = value if isinstance(value, Variable) else as_tensor_variable(value)
        conditions = [as_tensor_variable(c) for c in conds]
        for condition in conditions:
            if condition.type.ndim:  # type: ignore[attr-defined]
                raise TypeError(
                    f"Assert(value, *conds) needs 0-d conditions, found {condition} of type {condition.type}. "
                    "Did you mean theano.tensor.all(condition)?"
                )
        return Apply(self, [value, *conditions], [value.type()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        value, *conditions = inputs
        if not np.all(conditions):
            raise AssertionError(self.msg)
        outputs[0][0] = value

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list:
        return [shapes[0]]

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[True]] + [[False]] * (len(node.inputs) - 1)

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [cotangents[0]] + [None] * (len(inputs) - 1)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [tangents[0]]

    def __str__(self) -> str:
        return f"Assert{{msg={self.msg!r}}}"


class Raise(Op):
    """An op whose evaluation raises ``exc(msg)``: what a branch that must not be taken is made of."""

    __props__ = ("msg", "exc")

    def __init__(self, msg: str = "", exc: type[Exception] = NotImplementedError) -> None:
        self.msg = msg
        self.exc = exc

    def make_node(self, x: Any) -> Apply:
        return Apply(self, [x if isinstance(x, Variable) else as_tensor_variable(x)], [generic()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        raise self.exc(self.msg)

    def do_constant_folding(self, node: Apply) -> bool:
        return False

    def __str__(self) -> str:
        return f"Raise{{{self.exc.__name__}({self.msg})}}"


assert_ = assert_op = Assert()
