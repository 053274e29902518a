"""Draws from NumPy's legacy generator: (next state, sample) of a state.

``size``, ``ndim`` and the shape of a sample are told in ``theano.random.size``.  Parameters stretch to the sample.  The
numbers are those of the methods of ``numpy.random.RandomState``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Variable
from theano.random.function import RandomFunction
from theano.random.size import size_of_sample
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elemwise import elemwise_of
from theano.tensor.type import TensorType

Draw = tuple[Variable, Variable]


def uniform(
    random_state: Variable,
    size: Any = None,
    low: Any = 0.0,
    high: Any = 1.0,
    ndim: int | None = None,
    dtype: str | None = None,
) -> Draw:
    """Numbers of [low, high), equally likely.  dtype: the common one of floatX, low and high, unless told."""
    return _draw("uniform", random_state, size, ndim, _floats(low, high), dtype)


def normal(
    random_state: Variable,
    size: Any = None,
    avg: Any = 0.0,
    std: Any = 1.0,
    ndim: int | None = None,
    dtype: str | None = None,
) -> Draw:
    """Normal numbers of mean avg and standard deviation std.  dtype: that of floatX, avg and std, unless told."""
    return _draw("normal", random_state, size, ndim, _floats(avg, std), dtype)


def binomial(
    random_state: Variable,
    size: Any = None,
    n: Any = 1,
    p: Any = 0.5,
    ndim: int | None = None,
    dtype: str = "int64",
    prob: Any = None,
) -> Draw:
    """How many of n trials succeed, each with probability p (in old programs ``prob``)."""
    n, p = _integer(n, "n"), as_tensor_variable(p if prob is None else prob)
    return _draw("binomial", random_state, size, ndim, (n, p), dtype)


def random_integers(
    random_state: Variable,
    size: Any = None,
    low: Any = 0,
    high: Any = 1,
    ndim: int | None = None,
    dtype: str = "int64",
) -> Draw:
    """Integers from low to high, both included."""
    bounds = _integer(low, "low"), _integer(high, "high")
    return _draw(random_integers_helper, random_state, size, ndim, bounds, dtype)


def random_integers_helper(random_state: np.random.RandomState, low: Any, high: Any, size: Any) -> np.ndarray:
    """Integers from low to high, both included, as an array of shape ``size``, or of that of the bounds."""
    if not np.ndim(low) and not np.ndim(high):
        return random_state.randint(int(low), int(high) + 1, size, dtype="int64")
    bounds = np.broadcast_arrays(low, high)
    shape = bounds[0].shape if size is None else tuple(size)
    lows, highs = (np.broadcast_to(b, shape) for b in bounds)
    out = np.empty(shape, "int64")
    for k in np.ndindex(shape):
        out[k] = random_state.randint(int(lows[k]), int(highs[k]) + 1, dtype="int64")
    return out


def poisson(
    random_state: Variable, size: Any = None, lam: Any = 1.0, ndim: int | None = None, dtype: str = "int64"
) -> Draw:
    """Counts of events, lam on average."""
    return _draw("poisson", random_state, size, ndim, (as_tensor_variable(lam),), dtype)


def choice(
    random_state: Variable,
    size: Any = None,
    a: Any = 2,
    replace: Any = True,
    p: Any = None,
    ndim: int | None = None,
    dtype: str = "int64",
) -> Draw:
    """Elements of the vector a, or of the integers below a; each with its probability in p, or equally likely.

    Without ``replace`` no element comes twice.
    """
    a = as_tensor_variable(a)
    replaced = as_tensor_variable(np.asarray(replace)) if not isinstance(replace, Variable) else replace
    lengths, pattern = size_of_sample(size, ndim, ())
    kind = TensorType(dtype, pattern)
    if p is None:
        return _pair(RandomFunction(_equal_choice, kind)(random_state, lengths, a, replaced))
    return _pair(RandomFunction(choice_helper, kind)(random_state, lengths, a, replaced, as_tensor_variable(p)))


def choice_helper(random_state: np.random.RandomState, a: Any, replace: Any, p: Any, size: Any) -> Any:
    """``random_state.choice`` with the arguments in the order in which an op hands them on."""
    if np.ndim(a) > 1:
        raise ValueError(f"a must be an integer or a vector, found {np.ndim(a)} dimensions")
    a = int(a) if np.ndim(a) == 0 else a
    return random_state.choice(a, size=size, replace=bool(replace), p=p)


def _equal_choice(random_state: np.random.RandomState, a: Any, replace: Any, size: Any) -> Any:
    return choice_helper(random_state, a, replace, None, size)


def permutation(
    random_state: Variable, size: Any = None, n: Any = 1, ndim: int | None = None, dtype: str = "int64"
) -> Draw:
    """The integers below n in random order, as the last dimension: shape (*size, n)."""
    if ndim is not None and size is not None and isinstance(size, (list, tuple)) and ndim == len(size) + 1:
        ndim -= 1  # with the dimension of the permutation
    lengths, pattern = size_of_sample(size, ndim, ())
    op = RandomFunction(permutation_helper, TensorType(dtype, (*pattern, False)), ndim_added=1)
    return _pair(op(random_state, lengths, _integer(n, "n")))


def permutation_helper(random_state: np.random.RandomState, n: Any, shape: Any) -> np.ndarray:
    """One permutation of the integers below n for each index of ``shape``, in C order."""
    shape = () if shape is None else tuple(shape)
    out = np.empty((*shape, int(n)), "int64")
    for k in np.ndindex(shape):
        out[k] = random_state.permutation(int(n))
    return out


def multinomial(
    random_state: Variable,
    size: Any = None,
    n: Any = 1,
    pvals: Any = [0.5, 0.5],  # noqa: B006  (as in Theano 1.0.5; nobody writes into it)
    ndim: int | None = None,
    dtype: str = "int64",
) -> Draw:
    """How often each outcome occurs in n trials, with the probabilities in the last dimension of pvals.

    pvals of more dimensions, and n, stretch to ``size``: shape (*size, number of outcomes).
    """
    n, pvals = _integer(n, "n"), as_tensor_variable(pvals)
    if pvals.type.ndim < 1:
        raise ValueError("pvals needs a dimension of outcomes, found a number")
    is_last_told = ndim is not None and isinstance(size, (list, tuple)) and ndim == len(size) + 1
    lengths, pattern = size_of_sample(size, ndim - 1 if is_last_told else ndim, (n, pvals[..., 0]))  # type: ignore
    kind = TensorType(dtype, (*pattern, pvals.type.broadcastable[-1]))
    return _pair(RandomFunction(multinomial_helper, kind, ndim_added=1)(random_state, lengths, n, pvals))


def multinomial_helper(random_state: np.random.RandomState, n: Any, pvals: Any, size: Any) -> np.ndarray:
    """One draw for each index of ``size``, in C order."""
    pvals = np.asarray(pvals, "float64")
    shape = np.broadcast_shapes(np.shape(n), pvals.shape[:-1]) if size is None else tuple(size)
    counts = np.broadcast_to(n, shape)
    chances = np.broadcast_to(pvals, (*shape, pvals.shape[-1]))
    out = np.empty(chances.shape, "int64")
    for k in np.ndindex(shape):
        out[k] = random_state.multinomial(int(counts[k]), chances[k])
    return out


# -- forms -------------------------------------------------------------------------------------------------------------


def _draw(
    fn: str | Callable[..., Any],
    state: Variable,
    size: Any,
    ndim: int | None,
    parameters: Sequence[Variable],
    dtype: str | None,
) -> Draw:
    """A sample of single numbers whose parameters stretch to it."""
    if dtype is None:
        dtype = dtypes.upcast(config.floatX, *[p.type.dtype for p in parameters])  # type: ignore[attr-defined]
    elif dtype == "floatX":
        dtype = config.floatX
    lengths, pattern = size_of_sample(size, ndim, parameters)
    return _pair(RandomFunction(fn, TensorType(dtype, pattern))(state, lengths, *parameters))


def _pair(outputs: Sequence[Variable]) -> Draw:
    state, sample = outputs
    return state, sample


def _floats(*parameters: Any) -> tuple[Variable, ...]:
    return tuple(map(as_tensor_variable, parameters))


def _integer(v: Any, name: str) -> Variable:
    v = as_tensor_variable(v)
    if v.type.dtype not in dtypes.DISCRETE:
        raise TypeError(f"{name} must be integers, found {v} of type {v.type}")
    return v if v.type.dtype == "int64" else elemwise_of(casts["int64"])(v)
