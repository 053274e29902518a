"""RandomFunction: a draw from NumPy's legacy generator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.gradient.types import grad_undefined
from theano.graph import Apply, Op, Variable
from theano.random.state_type import RandomStateType, copy_of_state
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.shape import Shape_i
from theano.tensor.type import TensorType


class RandomFunction(Op):
    """(next state, sample) = a draw with a method of ``numpy.random.RandomState``.

    fn          the name of the method, or a function (state, *parameters, size)
    outtype     the type of the sample, to whose dtype it is brought
    ndim_added  how many dimensions at the end of the sample are not in ``shape``, but of a single draw
    state       is left as it is
    shape       integer vector, the lengths of the sample but the last ``ndim_added``
    parameters  of the distribution, handed on by position

    vjp: undefined for the parameters; none reaches the state and the shape
    Raises ValueError when ``shape`` has another length than ``outtype.ndim - ndim_added``, and what NumPy raises.
    ``inplace`` is accepted: whether memory may be reused is no business of an op.
    """

    __props__ = ("fn", "outtype", "inplace", "ndim_added")

    def __init__(
        self, fn: str | Callable[..., Any], outtype: TensorType, inplace: bool = False, ndim_added: int = 0
    ) -> None:
        if not isinstance(outtype, TensorType):
            raise TypeError(f"outtype must be a TensorType, found {outtype!r}")
        if isinstance(fn, str) and not hasattr(np.random.RandomState, fn):
            raise AttributeError(f"numpy.random.RandomState has no method {fn!r}")
        self.fn = fn
        self.outtype = outtype
        self.inplace = inplace
        self.ndim_added = ndim_added

    def make_node(self, r: Variable, shape: Any, *args: Any) -> Apply:
        if not isinstance(getattr(r, "type", None), RandomStateType):
            raise TypeError(f"the first operand of {self} must be a random state, found {r}")
        if isinstance(shape, (list, tuple)) and not len(shape):
            shape = np.zeros(0, "int64")
        shape = as_tensor_variable(shape, ndim=1)
        if shape.type.dtype not in dtypes.INTEGER:
            raise TypeError(f"the shape of {self} must be integers, found {shape} of type {shape.type}")
        parameters = [a if isinstance(a, Variable) else as_tensor_variable(a) for a in args]
        return Apply(self, [r, shape, *parameters], [r.type(), self.outtype()])

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        shape, sample = node.inputs[1], node.outputs[1]
        ndim = self.outtype.ndim
        given = [shape[k] for k in range(ndim - self.ndim_added)]  # type: ignore[index]
        return [None, (*given, *(Shape_i(k)(sample) for k in range(ndim - self.ndim_added, ndim)))]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        state, shape, *parameters = inputs
        size = tuple(int(n) for n in shape)
        if len(size) != self.outtype.ndim - self.ndim_added:
            raise ValueError(
                f"shape mismatch: {self} makes {self.outtype.ndim - self.ndim_added} dimensions, and was asked for {size}"
            )
        following = copy_of_state(state)
        draw = getattr(following, self.fn) if isinstance(self.fn, str) else _first(self.fn, following)
        outputs[0][0] = following
        outputs[1][0] = np.asarray(draw(*parameters, size=size)).astype(self.outtype.dtype, copy=False)

    def do_constant_folding(self, node: Apply) -> bool:
        return False

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [*[[False, False]] * 2, *[[False, True]] * (len(node.inputs) - 2)]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        reason = "No gradient is defined through random numbers of NumPy"
        return [None if k < 2 else grad_undefined(self, k, v, reason) for k, v in enumerate(inputs)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None, None]

    def __str__(self) -> str:
        return f"RandomFunction{{{getattr(self.fn, '__name__', self.fn)}}}"


def _first(fn: Callable[..., Any], state: np.random.RandomState) -> Callable[..., Any]:
    def draw(*parameters: Any, size: tuple[int, ...]) -> Any:
        return fn(state, *parameters, size)

    return draw

