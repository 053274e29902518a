"""Batch normalization: activations brought to mean 0 and variance 1 over a batch, then scaled and shifted.

Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network training by reducing internal covariate shift".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Variable
from theano.graph.inner_graph import InnerGraph
from theano.legacy import old_names
from theano.tensor.alloc import zeros_like
from theano.tensor.constant import as_tensor_variable, constant
from theano.tensor.dimshuffle import dimshuffle
from theano.tensor.elemwise import sum_back
from theano.tensor.rebroadcast import addbroadcast
from theano.tensor.reduction import sum_over
from theano.tensor.shape import product
from theano.tensor.statistics import mean as mean_of
from theano.tensor.type import TensorType

__all__ = ["Normalization", "batch_normalization", "batch_normalization_test", "batch_normalization_train"]

_LEAST_EPSILON = 1e-5


class Normalization(InnerGraph):
    """An array normalized over axes by its own mean and variance; then scaled and shifted.

    x            array of floats
    gamma, beta  arrays of floats with as many dimensions, of length 1 along ``axes``
    out          gamma (x - mean) invstd + beta
    mean         of x over ``axes``, which stay with length 1
    invstd       1 / sqrt(var + epsilon),  var = mean of (x - mean)^2

    vjp, with h = (x - mean) invstd and averages and sums over ``axes``:
    dgamma = sum(dout h),  dbeta = sum(dout),  dx = gamma invstd (dout - average(dout) - h average(dout h))

    That is one pass for the sums and one for dx.  As in Theano 1.0.5 no gradient flows through the second and third
    output; the first one's is exact to every order.
    """

    __props__ = ("x_type", "gamma_type", "beta_type", "axes", "epsilon")

    def __init__(
        self, x_type: TensorType, gamma_type: TensorType, beta_type: TensorType, axes: tuple[int, ...], epsilon: float
    ) -> None:
        self.x_type, self.gamma_type, self.beta_type = x_type, gamma_type, beta_type
        self.axes, self.epsilon = axes, epsilon
        x, gamma, beta = x_type(), gamma_type(), beta_type()
        mean, invstd = self._moments(x)
        super().__init__([x, gamma, beta], [(x - mean) * (gamma * invstd) + beta, mean, invstd])  # type: ignore[operator]

    def _moments(self, x: Variable) -> tuple[Any, Any]:
        """mean and invstd"""
        mean: Any = mean_of(x, self.axes, keepdims=True)
        var: Any = mean_of(scalar.sqr(x - mean), self.axes, keepdims=True)
        return mean, scalar.inv(scalar.sqrt(var + constant(np.array(self.epsilon, self.x_type.dtype))))

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        (x, gamma, beta), dout = inputs, cotangents[0]
        if not isinstance(dout.type, TensorType):
            return [zeros_like(v) for v in inputs]
        mean, invstd = self._moments(x)  # not the outputs: their own gradient is part of the second derivative
        count = product([x.shape[k] for k in self.axes]).astype(x.type.dtype)  # type: ignore[attr-defined]
        h = (x - mean) * invstd
        along, total = sum_over(dout * h, self.axes), sum_over(dout, self.axes)
        dx = gamma * invstd * (dout - (total + h * along) / count)
        return [sum_back(dx, x), sum_back(along, gamma), sum_back(total, beta)]

    def __str__(self) -> str:
        return f"Normalization{{axes={self.axes}, epsilon={self.epsilon}}}"


def batch_normalization_train(
    inputs: Any,
    gamma: Any,
    beta: Any,
    axes: Any = "per-activation",
    epsilon: float = 1e-4,
    running_average_factor: float = 0.1,
    running_mean: Any = None,
    running_var: Any = None,
) -> tuple[Variable, ...]:
    """Normalize a batch by its own mean and variance.

    Parameters
    ----------
    inputs
        Array of floats.
    gamma, beta
        Scale and shift: with as many dimensions as ``inputs`` and length 1 along ``axes``, or without those axes.
    axes
        What is averaged over: "per-activation", the first axis; "spatial", all but the second; or a tuple of axes.
    epsilon
        Added to the variance, at least 1e-5.
    running_average_factor
        The share of this batch in the new running values.
    running_mean, running_var
        Averages over the batches before, shaped as ``gamma``; both or none.

    Returns
    -------
    out, mean, invstd
        out = (inputs - mean) * gamma * invstd + beta,  invstd = 1 / sqrt(variance + epsilon).
    new_running_mean, new_running_var
        Where running values were given:  old * (1 - factor) + new * factor,  the variance being n / (n - 1) times that
        of the batch, n the number of elements averaged.  Use them as updates of shared variables.

    Raises
    ------
    ValueError
        For axes that there are not, an epsilon below 1e-5, or one running value without the other.
    """
    x: Any = as_tensor_variable(inputs)
    axes = _axes(axes, x.type.ndim)
    if (running_mean is None) != (running_var is None):
        raise ValueError("running_mean and running_var must either both be given or neither")
    epsilon = _epsilon(epsilon)
    names = ("gamma", "beta", "running_mean", "running_var")
    given = [(n, as_tensor_variable(v)) for n, v in zip(names, (gamma, beta, running_mean, running_var)) if v is not None]
    flat = given[0][1].type.ndim != x.type.ndim
    parameters: list[Any] = [_aligned(v, x, axes, name) for name, v in given]
    op = Normalization(x.type, parameters[0].type, parameters[1].type, axes, epsilon)
    out, mean, invstd = op(x, *parameters[:2])
    results = [mean, invstd]
    if running_mean is not None:
        n = product([x.shape[k] for k in axes]).astype(x.type.dtype)
        factor: Any = constant(np.array(running_average_factor, x.type.dtype))
        var = scalar.inv(scalar.sqr(invstd)) - constant(np.array(epsilon, x.type.dtype))
        old_mean, old_var = parameters[2:]
        results.append(old_mean * (1 - factor) + mean * factor)
        results.append(old_var * (1 - factor) + n / (n - 1) * var * factor)
    if flat:
        results = [dimshuffle(v, *[k for k in range(x.type.ndim) if k not in axes]) for v in results]
    return (out, *results)


def batch_normalization_test(
    inputs: Any,
    gamma: Any,
    beta: Any,
    mean: Any,
    var: Any,
    axes: Any = "per-activation",
    epsilon: float = 1e-4,
) -> Variable:
    """Normalize by a mean and a variance found before:  (inputs - mean) * gamma / sqrt(var + epsilon) + beta.

    The parameters are those of ``batch_normalization_train``; mean and var are shaped as gamma.
    """
    x = as_tensor_variable(inputs)
    axes = _axes(axes, x.type.ndim)
    given = (("gamma", gamma), ("beta", beta), ("mean", mean), ("var", var))
    scale, shift, m, v = (_aligned(as_tensor_variable(value), x, axes, name) for name, value in given)
    std: Any = scalar.sqrt(v + constant(np.array(_epsilon(epsilon), x.type.dtype)))
    return (x - m) * (scale / std) + shift


def batch_normalization(
    inputs: Any, gamma: Any, beta: Any, mean: Any, std: Any, mode: str = "low_mem"
) -> Variable:
    """(inputs - mean) * (gamma / std) + beta, for a mean and a standard deviation found before; shapes broadcast.

    mode  "low_mem" or "high_mem": accepted, and makes no difference, since either becomes one loop
    """
    if mode not in ("low_mem", "high_mem"):
        raise ValueError(f'mode must be either "low_mem", "high_mem", found {mode!r}')
    x, gamma, beta, mean, std = map(as_tensor_variable, (inputs, gamma, beta, mean, std))
    return (x - mean) * (gamma / std) + beta


def _axes(axes: Any, ndim: int) -> tuple[int, ...]:
    """The axes meant, ascending."""
    if axes == "per-activation":
        axes = (0,)
    elif axes == "spatial":
        axes = (0, *range(2, ndim))
    elif isinstance(axes, (tuple, list, np.ndarray)):
        axes = tuple(sorted(int(k) for k in axes))
    else:
        raise ValueError(f"invalid axes: {axes!r}; there are 'per-activation', 'spatial' and tuples of axes")
    if not axes or len(set(axes)) < len(axes) or min(axes) < 0 or max(axes) >= ndim:
        raise ValueError(f"axes should be less than inputs.ndim ({ndim}) and distinct, at least one, found {axes}")
    return axes


def _epsilon(epsilon: Any) -> float:
    if not isinstance(epsilon, (int, float, np.number)):
        epsilon = as_tensor_variable(epsilon).data.item()  # type: ignore[attr-defined]
    if epsilon < _LEAST_EPSILON:
        raise ValueError(f"epsilon must be at least {_LEAST_EPSILON}, found {epsilon}")
    return float(epsilon)


def _aligned(v: Any, x: Any, axes: tuple[int, ...], name: str) -> Any:
    """A parameter with the dimensions of x, of length 1 along the axes."""
    ndim = x.type.ndim
    if v.type.ndim == ndim:
        return addbroadcast(v, *axes)
    if v.type.ndim != ndim - len(axes):
        raise ValueError(
            f"{name} must have {ndim} dimensions, or {ndim - len(axes)} without the axes {axes}, found {v} of type {v.type}"
        )
    rest = iter(range(v.type.ndim))
    return dimshuffle(v, *["x" if k in axes else next(rest) for k in range(ndim)])


__getattr__ = old_names(__name__)
