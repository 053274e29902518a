"""RandomStreamsBase: the distributions of NumPy's legacy generator as methods."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.graph import Variable
from theano.random import distribution
from theano.tensor.permutation import permute_row_elements


class RandomStreamsBase:
    """Draws from a state that a subclass finds for them: see the functions of ``theano.random.distribution``."""

    def gen(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Variable:
        """The sample of ``op(state, *args, **kwargs)``, which gives the next state and a sample."""
        raise NotImplementedError(f"{type(self).__name__} gives no gen(op, *args, **kwargs)")

    def uniform(
        self, size: Any = None, low: Any = 0.0, high: Any = 1.0, ndim: int | None = None, dtype: str | None = None
    ) -> Variable:
        """Numbers of [low, high), equally likely."""
        return self.gen(distribution.uniform, size, low, high, ndim=ndim, dtype=dtype)

    def normal(
        self, size: Any = None, avg: Any = 0.0, std: Any = 1.0, ndim: int | None = None, dtype: str | None = None
    ) -> Variable:
        """Normal numbers of mean avg and standard deviation std."""
        return self.gen(distribution.normal, size, avg, std, ndim=ndim, dtype=dtype)

    def binomial(
        self,
        size: Any = None,
        n: Any = 1,
        p: Any = 0.5,
        ndim: int | None = None,
        dtype: str = "int64",
        prob: Any = None,
    ) -> Variable:
        """How many of n trials succeed, each with probability p."""
        return self.gen(distribution.binomial, size, n, p, ndim=ndim, dtype=dtype, prob=prob)

    def random_integers(
        self, size: Any = None, low: Any = 0, high: Any = 1, ndim: int | None = None, dtype: str = "int64"
    ) -> Variable:
        """Integers from low to high, both included."""
        return self.gen(distribution.random_integers, size, low, high, ndim=ndim, dtype=dtype)

    def poisson(
        self, size: Any = None, lam: Any = None, ndim: int | None = None, dtype: str = "int64"
    ) -> Variable:
        """Counts of events, lam (1 unless told) on average."""
        return self.gen(distribution.poisson, size, 1.0 if lam is None else lam, ndim=ndim, dtype=dtype)

    def choice(
        self,
        size: Any = None,
        a: Any = 2,
        replace: Any = True,
        p: Any = None,
        ndim: int | None = None,
        dtype: str = "int64",
    ) -> Variable:
        """Elements of the vector a, or of the integers below a, with the probabilities p."""
        return self.gen(distribution.choice, size, a, replace, p, ndim=ndim, dtype=dtype)

    def permutation(
        self, size: Any = None, n: Any = 1, ndim: int | None = None, dtype: str = "int64"
    ) -> Variable:
        """The integers below n in random order, as the last dimension."""
        return self.gen(distribution.permutation, size, n, ndim=ndim, dtype=dtype)

    def multinomial(
        self,
        size: Any = None,
        n: Any = 1,
        pvals: Any = [0.5, 0.5],  # noqa: B006  (as in Theano 1.0.5; nobody writes into it)
        ndim: int | None = None,
        dtype: str = "int64",
    ) -> Variable:
        """How often each outcome occurs in n trials of probabilities pvals, as the last dimension."""
        return self.gen(distribution.multinomial, size, n, pvals, ndim=ndim, dtype=dtype)

    def shuffle_row_elements(self, input: Variable) -> Variable:
        """The elements of each row in a random order of its own."""
        lengths = [input.shape[k] for k in range(input.type.ndim)]  # type: ignore[attr-defined]
        order = self.permutation(size=lengths[:-1], n=lengths[-1], ndim=len(lengths) - 1)
        return permute_row_elements(input, order)
