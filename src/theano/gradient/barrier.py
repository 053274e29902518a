"""Identities that change what flows back through them: stop it, forbid it, clip it, scale it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.gradient.types import disconnected_type, grad_undefined
from theano.graph import Apply, Op, Variable
from theano.scalar import clip
from theano.tensor.elemwise import elemwise_of, zeros_of_gradient
from theano.tensor.passing import Barrier


def _name_of_class(op: Op) -> str:
    """What 1.0.5 prints of ops whose bounds do not change their values."""
    return type(op).__name__


class ConsiderConstant(Barrier):
    """vjp: zeros."""

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [zeros_of_gradient(inputs[0])]


class ZeroGrad(ConsiderConstant):
    """vjp: zeros."""


class DisconnectedGrad(Barrier):
    """vjp: none; the cost counts as independent of x."""

    def connection_pattern(self, node: Apply) -> list[list[bool]]:
        return [[False]]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [disconnected_type()]


class UndefinedGrad(Barrier):
    """vjp: undefined; whoever needs it gets an error."""

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [grad_undefined(self, 0, inputs[0])]


class GradClip(Barrier):
    """vjp: dout, clipped elementwise to [clip_lower_bound, clip_upper_bound]."""

    __props__ = ("clip_lower_bound", "clip_upper_bound")
    __str__ = _name_of_class

    def __init__(self, clip_lower_bound: Any, clip_upper_bound: Any) -> None:
        if not isinstance(clip_lower_bound, Variable) and not isinstance(clip_upper_bound, Variable):
            assert clip_lower_bound <= clip_upper_bound, (
                f"grad_clip needs lower_bound <= upper_bound, found {clip_lower_bound} > {clip_upper_bound}"
            )
        self.clip_lower_bound = clip_lower_bound
        self.clip_upper_bound = clip_upper_bound

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [elemwise_of(clip)(cotangents[0], self.clip_lower_bound, self.clip_upper_bound)]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [tangents[0]]


class GradScale(Barrier):
    """vjp: multiplier * dout."""

    __props__ = ("multiplier",)
    __str__ = _name_of_class

    def __init__(self, multiplier: Any) -> None:
        self.multiplier = multiplier

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        return [self.multiplier * cotangents[0]]  # type: ignore[operator]

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list:
        return [None if tangents[0] is None else self.multiplier * tangents[0]]


consider_constant_ = ConsiderConstant()
zero_grad_ = ZeroGrad()
disconnected_grad_ = DisconnectedGrad()
undefined_grad_ = UndefinedGrad()


def consider_constant(x: Any) -> Variable:
    """``x``, taken as a constant by gradients: zeros flow back."""
    return consider_constant_(x)


def zero_grad(x: Any) -> Variable:
    """``x``, through which zeros flow back; the second derivative is zero too."""
    return zero_grad_(x)


def disconnected_grad(x: Any) -> Variable:
    """``x``, through which nothing flows back: a gradient for what lies behind it alone is an error."""
    return disconnected_grad_(x)


def undefined_grad(x: Any) -> Variable:
    """``x``, whose gradient is undefined: asking for it is an error."""
    return undefined_grad_(x)


def grad_clip(x: Any, lower_bound: Any, upper_bound: Any) -> Variable:
    """``x``; what flows back is clipped elementwise to [lower_bound, upper_bound].

    >>> import theano, theano.tensor as T
    >>> x = T.scalar()
    >>> z = T.grad(grad_clip(x, -1, 1) ** 2, x)       # 2 x, clipped: between -1 and 1
    """
    return GradClip(lower_bound, upper_bound)(x)


def grad_scale(x: Any, multiplier: Any) -> Variable:
    """``x``; what flows back is multiplied by ``multiplier``: -1 for a gradient reversal."""
    return GradScale(multiplier)(x)
