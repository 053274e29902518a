"""Choose: elements picked from several arrays by an array of integers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, Variable
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_left
from theano.tensor.elemwise import sum_back, zeros_of_gradient
from theano.tensor.type import tensor_type

_MODES = ("raise", "wrap", "clip")


class Choose(Op):
    """out[i, ...] = choices[a[i, ...]][i, ...], all arrays stretched to a common shape as in elementwise functions.

    a        integers
    choices  tensors
    mode     what is done with an integer that names none of them: "raise" a ValueError, "wrap" around, "clip"
    """

    __props__ = ("mode",)

    def __init__(self, mode: str = "raise") -> None:
        if mode not in _MODES:
            raise ValueError(f"choose knows the modes {', '.join(_MODES)}, found {mode!r}")
        self.mode = mode

    def make_node(self, a: Any, *choices: Any) -> Apply:
        a, *arrays = [as_tensor_variable(v) for v in (a, *choices)]
        if a.type.dtype not in dtypes.DISCRETE:
            raise TypeError(f"choose first argument must have an [u]int* dtype. Got {a} of type {a.type}.")
        ndim = max(v.type.ndim for v in (a, *arrays))
        inputs = [pad_left(v, ndim - v.type.ndim) if v.type.ndim < ndim else v for v in (a, *arrays)]
        pattern = [all(bits) for bits in zip(*[v.type.broadcastable for v in inputs], strict=True)]  # type: ignore
        return Apply(self, inputs, [tensor_type(dtypes.upcast(*[v.type.dtype for v in arrays]), pattern)()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        lengths = []
        for axis in range(len(shapes[0])):
            known = [
                s[axis] for s, v in zip(shapes, node.inputs, strict=True) if not v.type.broadcastable[axis]
            ]  # type: ignore
            lengths.append(known[0] if known else 1)
        return [tuple(lengths)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        a, *choices = inputs
        dtype = node.outputs[0].type.dtype  # type: ignore[attr-defined]
        count = len(choices)
        if self.mode == "raise":
            _check(a, count)
        position = np.clip(a, 0, count - 1) if self.mode == "clip" else a % count
        shape = np.broadcast_shapes(*[np.shape(v) for v in inputs])
        out = np.empty(shape, dtype)
        for k, choice in enumerate(choices):
            np.copyto(out, choice, where=np.broadcast_to(position == k, shape), casting="unsafe")
        outputs[0][0] = out

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[position > 0] for position in range(len(node.inputs))]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        from theano.scalar import eq, maximum, minimum, mod, switch

        (a, *choices), (dout,) = inputs, cotangents
        count = len(choices)
        position = maximum(minimum(a, count - 1), 0) if self.mode == "clip" else mod(a, count)
        return [
            None,
            *[
                zeros_of_gradient(c)
                if c.type.dtype in dtypes.DISCRETE  # type: ignore[attr-defined]
                else sum_back(switch(eq(position, k), dout, 0), c)
                for k, c in enumerate(choices)
            ],
        ]


class ValidChoice(Op):
    """out = a, integers; at run time ValueError unless all are from 0 to count - 1."""

    __props__ = ()
    view_map = {0: [0]}

    def make_node(self, a: Any, count: Any) -> Apply:
        a, count = as_tensor_variable(a), as_tensor_variable(count)
        return Apply(self, [a, count], [a.type()])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list:
        return [shapes[0]]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        a, count = inputs
        _check(a, int(count))
        outputs[0][0] = a

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False], [False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [None, None]


def _check(a: Any, count: int) -> None:
    if a.size and not (0 <= a.min() and a.max() < count):
        raise ValueError(f"choose: invalid entry in choice array: integers must be from 0 to {count - 1}")


def choose(a: Any, choices: Any, out: None = None, mode: str = "raise") -> Variable:
    """The elements of ``choices`` that the integers ``a`` name.

    choices  a list of tensors, or a tensor whose first axis, of known length, enumerates them
    """
    if out is not None:
        raise ValueError("choose cannot write into out: it returns a new variable")
    if not isinstance(choices, (list, tuple)):
        choices = as_tensor_variable(choices)
        return _chosen_rows(as_tensor_variable(a), choices, mode)
    return Choose(mode)(a, *choices)


def _chosen_rows(a: Variable, choices: Variable, mode: str) -> Variable:
    """``choices[a[i, ...], i, ...]``, for a tensor of choices."""
    from theano.scalar import maximum, minimum, mod
    from theano.tensor.alloc import arange
    from theano.tensor.dimshuffle import dimshuffle
    from theano.tensor.shape import shape

    if mode not in _MODES:
        raise ValueError(f"choose knows the modes {', '.join(_MODES)}, found {mode!r}")
    ndim = choices.type.ndim - 1  # type: ignore[attr-defined]
    a = pad_left(a, max(0, ndim - a.type.ndim))  # type: ignore[attr-defined]
    if a.type.ndim > ndim:  # type: ignore[attr-defined]
        choices = dimshuffle(choices, 0, *["x"] * (a.type.ndim - ndim), *range(1, ndim + 1))  # type: ignore
    count = shape(choices)[0]  # type: ignore[index]
    if mode == "clip":
        a = maximum(minimum(a, count - 1), 0)
    elif mode == "wrap":
        a = mod(a, count)
    else:
        a = ValidChoice()(a, count)
    others = [
        0 if b else dimshuffle(arange(shape(choices)[k + 1]), *["x"] * k, 0, *["x"] * (a.type.ndim - k - 1))  # type: ignore
        for k, b in enumerate(choices.type.broadcastable[1:])  # type: ignore[attr-defined]
    ]
    return choices[(a, *others)]  # type: ignore[index]
