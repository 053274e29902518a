"""Rules by which parameters follow a gradient.  Each returns the updates that ``theano.function`` takes.

    sgd                p <- p - rate d
    momentum           v <- momentum v - rate d,  p <- p + v                                      Polyak 1964
    nesterov           v <- momentum v - rate d,  p <- p + momentum v - rate d                    Nesterov 1983
    adagrad            s <- s + d^2,  p <- p - rate d / sqrt(s + epsilon)                         Duchi et al. 2011
    rmsprop            s <- rho s + (1 - rho) d^2,  p <- p - rate d / sqrt(s + epsilon)           Tieleman, Hinton 2012
    adadelta           s as there,  u = d sqrt(t + epsilon) / sqrt(s + epsilon),
                       t <- rho t + (1 - rho) u^2,  p <- p - rate u                               Zeiler 2012
    adam               m <- b1 m + (1 - b1) d,  v <- b2 v + (1 - b2) d^2,
                       p <- p - rate sqrt(1 - b2^k) / (1 - b1^k) m / (sqrt(v) + epsilon)          Kingma, Ba 2015
    adamax             m as there,  u <- max(b2 u, |d|),  p <- p - rate / (1 - b1^k) m / (u + epsilon)
                                                                                                  Kingma, Ba 2015

where d is the gradient of the cost with respect to p, and k counts the calls.  Every rule is called as

    updates = adam(cost_or_gradients, parameters, learning_rate=0.001)

cost_or_gradients  a 0-d cost, or a list with a gradient for each parameter
parameters         shared variables of float dtype
learning_rate      a number, a 0-d variable, or a shared one, which a schedule may change between calls

and keeps what it remembers in shared variables of the parameters' shapes and dtypes, which begin as zeros.  Nothing is
converted to another dtype.  Raises TypeError for parameters that are not shared variables of floats, ValueError for as many
gradients as there are not parameters.

>>> import numpy as np, theano, theano.tensor as T
>>> from theano.optimizers import momentum
>>> x, w = T.vector("x"), theano.shared(np.zeros(3), "w")
>>> step = theano.function([x], updates=momentum(((w - x) ** 2).sum(), [w], learning_rate=0.1))
>>> for _ in range(200):
...     _ = step([1.0, 2.0, 3.0])
>>> w.get_value().round(3)
array([1., 2., 3.])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np

from theano import tensor as T
from theano.compile import SharedVariable, shared
from theano.compile.updates import OrderedUpdates
from theano.gradient import grad
from theano.graph import Variable
from theano.scalar import dtype as dtypes

__all__ = [
    "adadelta",
    "adagrad",
    "adam",
    "adamax",
    "add_momentum",
    "add_nesterov",
    "gradients_of",
    "momentum",
    "nesterov",
    "norm_constraint",
    "rmsprop",
    "sgd",
    "total_norm_constraint",
]


def gradients_of(cost_or_gradients: Any, parameters: Sequence[Any]) -> list[Any]:
    """A gradient for each parameter: of a cost, or the given ones.

    Raises TypeError for parameters that are not shared variables of floats, ValueError for the wrong number of gradients.
    """
    for p in parameters:
        if not isinstance(p, SharedVariable) or getattr(p.type, "dtype", None) not in dtypes.FLOAT:
            raise TypeError(
                f"an optimizer changes shared variables of float dtype, found {p} of type {getattr(p, 'type', type(p))}\n"
                "    hint: theano.shared(value) makes one"
            )
    if not isinstance(cost_or_gradients, list | tuple):
        return list(grad(cost_or_gradients, list(parameters)))
    if len(cost_or_gradients) != len(parameters):
        raise ValueError(f"{len(cost_or_gradients)} gradients were given for {len(parameters)} parameters")
    return list(cost_or_gradients)


def _in(dtype: str, number: Any) -> Any:
    """A number or 0-d variable in a dtype, so that float32 parameters stay in float32."""
    return T.cast(number, dtype) if isinstance(number, Variable) else np.asarray(number, dtype)


def _remembered(p: Any, name: str) -> Any:
    """A shared variable like ``p`` that begins as zeros."""
    value = p.get_value(borrow=True)
    return shared(np.zeros_like(value), f"{p.name or 'parameter'}.{name}", broadcastable=p.type.broadcastable)


def _count() -> tuple[Any, Any]:
    """A shared number of calls, and its next value."""
    calls: Any = shared(np.asarray(0, "int64"), "calls")
    return calls, calls + 1


def _updates(
    cost_or_gradients: Any, parameters: Iterable[Any], rule: Callable[[Any, Any, Callable[[Any], Any]], list]
) -> OrderedUpdates:
    """The updates that ``rule(parameter, gradient, number in its dtype)`` gives, as pairs, for each parameter."""
    parameters = list(parameters)
    updates = OrderedUpdates()
    for p, d in zip(parameters, gradients_of(cost_or_gradients, parameters), strict=True):
        dtype = p.type.dtype
        for variable, value in rule(p, d, lambda number, dtype=dtype: _in(dtype, number)):  # type: ignore[misc]
            updates[variable] = value
    return updates


def sgd(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any) -> OrderedUpdates:
    """Gradient descent: p <- p - rate d."""
    return _updates(cost_or_gradients, parameters, lambda p, d, number: [(p, p - number(learning_rate) * d)])


def add_momentum(
    updates: Any, parameters: Iterable[Any] | None = None, momentum: Any = 0.9
) -> OrderedUpdates:
    """Updates whose changes go on: v <- momentum v + change, p <- p + v, for ``parameters``, by default all of them."""
    changed = OrderedUpdates(updates)
    for p in list(changed) if parameters is None else parameters:
        v = _remembered(p, "velocity")
        following = _in(p.type.dtype, momentum) * v + (changed[p] - p)
        changed[v], changed[p] = following, p + following
    return changed


def add_nesterov(
    updates: Any, parameters: Iterable[Any] | None = None, momentum: Any = 0.9
) -> OrderedUpdates:
    """The same, looking ahead: v <- momentum v + change, p <- p + momentum v + change."""
    changed = OrderedUpdates(updates)
    for p in list(changed) if parameters is None else parameters:
        v, m = _remembered(p, "velocity"), _in(p.type.dtype, momentum)
        change = changed[p] - p
        following = m * v + change
        changed[v], changed[p] = following, p + (m * following + change)
    return changed


def momentum(
    cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any, momentum: Any = 0.9
) -> OrderedUpdates:
    """v <- momentum v - rate d,  p <- p + v.  (Polyak, "Some methods of speeding up the convergence of iteration methods".)"""

    def rule(p: Any, d: Any, number: Callable) -> list:
        v = _remembered(p, "velocity")
        following = number(momentum) * v - number(learning_rate) * d
        return [(v, following), (p, p + following)]

    return _updates(cost_or_gradients, parameters, rule)


def nesterov(
    cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any, momentum: Any = 0.9
) -> OrderedUpdates:
    """v <- momentum v - rate d,  p <- p + momentum v - rate d.

    The gradient is taken where p is, and not where it will be: Nesterov's rule for parameters that look ahead (Bengio et
    al., "Advances in optimizing recurrent networks", 2013, equation 7).
    """

    def rule(p: Any, d: Any, number: Callable) -> list:
        v, change = _remembered(p, "velocity"), number(learning_rate) * d
        following = number(momentum) * v - change
        return [(v, following), (p, p + (number(momentum) * following - change))]

    return _updates(cost_or_gradients, parameters, rule)


def adagrad(
    cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 1.0, epsilon: float = 1e-6
) -> OrderedUpdates:
    """s <- s + d^2,  p <- p - rate d / sqrt(s + epsilon)."""

    def rule(p: Any, d: Any, number: Callable) -> list:
        s = _remembered(p, "squares")
        following = s + d * d
        return [(s, following), (p, p - number(learning_rate) * d / T.sqrt(following + number(epsilon)))]

    return _updates(cost_or_gradients, parameters, rule)


def rmsprop(
    cost_or_gradients: Any,
    parameters: Iterable[Any],
    learning_rate: Any = 1.0,
    rho: float = 0.9,
    epsilon: float = 1e-6,
) -> OrderedUpdates:
    """s <- rho s + (1 - rho) d^2,  p <- p - rate d / sqrt(s + epsilon)."""

    def rule(p: Any, d: Any, number: Callable) -> list:
        s = _remembered(p, "squares")
        following = number(rho) * s + number(1 - rho) * d * d
        return [(s, following), (p, p - number(learning_rate) * d / T.sqrt(following + number(epsilon)))]

    return _updates(cost_or_gradients, parameters, rule)


def adadelta(
    cost_or_gradients: Any,
    parameters: Iterable[Any],
    learning_rate: Any = 1.0,
    rho: float = 0.95,
    epsilon: float = 1e-6,
) -> OrderedUpdates:
    """Steps as long as earlier ones were: see the head of this module."""

    def rule(p: Any, d: Any, number: Callable) -> list:
        s, t = _remembered(p, "squares"), _remembered(p, "steps")
        squares = number(rho) * s + number(1 - rho) * d * d
        u = d * T.sqrt(t + number(epsilon)) / T.sqrt(squares + number(epsilon))
        steps = number(rho) * t + number(1 - rho) * u * u
        return [(s, squares), (t, steps), (p, p - number(learning_rate) * u)]

    return _updates(cost_or_gradients, parameters, rule)


def adam(
    cost_or_gradients: Any,
    parameters: Iterable[Any],
    learning_rate: Any = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> OrderedUpdates:
    """Steps scaled by running means of the gradient and of its square, both made up for having begun as zeros."""
    calls, k = _count()

    def rule(p: Any, d: Any, number: Callable) -> list:
        m, v = _remembered(p, "mean"), _remembered(p, "squares")
        mean = number(beta1) * m + number(1 - beta1) * d
        squares = number(beta2) * v + number(1 - beta2) * d * d
        rate = number(learning_rate) * number(T.sqrt(1 - beta2**k) / (1 - beta1**k))
        return [(m, mean), (v, squares), (p, p - rate * mean / (T.sqrt(squares) + number(epsilon)))]

    updates = _updates(cost_or_gradients, parameters, rule)
    updates[calls] = k
    return updates


def adamax(
    cost_or_gradients: Any,
    parameters: Iterable[Any],
    learning_rate: Any = 0.002,
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> OrderedUpdates:
    """Adam with the largest gradient so far, slowly forgotten, in place of the mean of squares."""
    calls, k = _count()

    def rule(p: Any, d: Any, number: Callable) -> list:
        m, u = _remembered(p, "mean"), _remembered(p, "largest")
        mean = number(beta1) * m + number(1 - beta1) * d
        largest = T.maximum(number(beta2) * u, abs(d))
        rate = number(learning_rate) / number(1 - beta1**k)
        return [(m, mean), (u, largest), (p, p - rate * mean / (largest + number(epsilon)))]

    updates = _updates(cost_or_gradients, parameters, rule)
    updates[calls] = k
    return updates


# -- constraints -------------------------------------------------------------------------------------------------------


def norm_constraint(
    x: Any, max_norm: Any, norm_axes: Sequence[int] | None = None, epsilon: float = 1e-7
) -> Any:
    """``x``, with every unit's incoming weights scaled down to a norm of at most ``max_norm``.

    norm_axes  the axes of one unit's weights: by default the rows of a matrix, (inputs, units), and all but the first axis
               of kernels, (filters, channels, ...)

    Raises ValueError where there is no default.  (Srivastava et al., "Dropout", 2014, section 5.1.)

    >>> updates[w] = norm_constraint(updates[w], 3.0)        # doctest: +SKIP
    """
    x = T.as_tensor_variable(x)
    if norm_axes is None:
        if not 2 <= x.ndim <= 5:
            raise ValueError(
                f"norm_constraint(x) has no default axes for {x.ndim} dimensions: give norm_axes"
            )
        norm_axes = (0,) if x.ndim == 2 else tuple(range(1, x.ndim))
    dtype = x.type.dtype
    norms = T.sqrt(T.sqr(x).sum(axis=tuple(norm_axes), keepdims=True, dtype=dtype))
    return x * (T.clip(norms, _in(dtype, 0), _in(dtype, max_norm)) / (norms + _in(dtype, epsilon)))


def total_norm_constraint(
    tensors: Sequence[Any], max_norm: Any, epsilon: float = 1e-7, return_norm: bool = False
) -> Any:
    """Gradients, all scaled down together to a norm of at most ``max_norm``; with ``return_norm`` the norm before that.

    (Sutskever et al., "Sequence to sequence learning with neural networks", 2014, section 3.4.)
    """
    tensors = [T.as_tensor_variable(x) for x in tensors]
    dtype = dtypes.upcast(*[x.type.dtype for x in tensors])
    norm = T.sqrt(sum(T.sqr(x).sum(dtype=x.type.dtype) for x in tensors))
    factor = T.clip(norm, _in(dtype, 0), _in(dtype, max_norm)) / (norm + _in(dtype, epsilon))
    scaled = [x * T.cast(factor, x.type.dtype) for x in tensors]
    return (scaled, norm) if return_norm else scaled
