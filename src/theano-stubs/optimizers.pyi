"""Rules by which parameters follow a gradient.  Each returns the updates that ``theano.function`` takes."""

from collections.abc import Iterable
from collections.abc import Sequence
from theano.compile import OrderedUpdates
from typing import Any

__all__ = ['adadelta', 'adagrad', 'adam', 'adamax', 'add_momentum', 'add_nesterov', 'gradients_of', 'momentum', 'nesterov', 'norm_constraint', 'rmsprop', 'sgd', 'total_norm_constraint']
def adadelta(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 1.0, rho: float = 0.95, epsilon: float = 1e-06) -> OrderedUpdates:
    """Steps as long as earlier ones were: see the head of this module."""
def adagrad(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 1.0, epsilon: float = 1e-06) -> OrderedUpdates:
    """s <- s + d^2,  p <- p - rate d / sqrt(s + epsilon)."""
def adam(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 0.001, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-08) -> OrderedUpdates:
    """Steps scaled by running means of the gradient and of its square, both made up for having begun as zeros."""
def adamax(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 0.002, beta1: float = 0.9, beta2: float = 0.999, epsilon: float = 1e-08) -> OrderedUpdates:
    """Adam with the largest gradient so far, slowly forgotten, in place of the mean of squares."""
def add_momentum(updates: Any, parameters: Iterable[Any] | None = None, momentum: Any = 0.9) -> OrderedUpdates:
    """Updates whose changes go on: v <- momentum v + change, p <- p + v, for ``parameters``, by default all of them."""
def add_nesterov(updates: Any, parameters: Iterable[Any] | None = None, momentum: Any = 0.9) -> OrderedUpdates:
    """The same, looking ahead: v <- momentum v + change, p <- p + momentum v + change."""
def gradients_of(cost_or_gradients: Any, parameters: Sequence[Any]) -> list[Any]:
    """A gradient for each parameter: of a cost, or the given ones."""
def momentum(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any, momentum: Any = 0.9) -> OrderedUpdates:
    """v <- momentum v - rate d,  p <- p + v.  (Polyak, "Some methods of speeding up the convergence of iteration methods".)"""
def nesterov(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any, momentum: Any = 0.9) -> OrderedUpdates:
    """v <- momentum v - rate d,  p <- p + momentum v - rate d."""
def norm_constraint(x: Any, max_norm: Any, norm_axes: Sequence[int] | None = None, epsilon: float = 1e-07) -> Any:
    """``x``, with every unit's incoming weights scaled down to a norm of at most ``max_norm``."""
def rmsprop(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any = 1.0, rho: float = 0.9, epsilon: float = 1e-06) -> OrderedUpdates:
    """s <- rho s + (1 - rho) d^2,  p <- p - rate d / sqrt(s + epsilon)."""
def sgd(cost_or_gradients: Any, parameters: Iterable[Any], learning_rate: Any) -> OrderedUpdates:
    """Gradient descent: p <- p - rate d."""
def total_norm_constraint(tensors: Sequence[Any], max_norm: Any, epsilon: float = 1e-07, return_norm: bool = False) -> Any:
    """Gradients, all scaled down together to a norm of at most ``max_norm``; with ``return_norm`` the norm before that."""
