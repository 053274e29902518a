"""Random numbers as expressions: states that are drawn from, and what a draw makes of them."""

import numpy
from collections.abc import Callable
from theano._types import TensorLike
from theano.compile import RandomStateSharedVariable
from theano.compile import SharedVariable
from theano.graph import Variable
from theano.tensor import TensorVariable
from theano.tensor.raw_random import RandomStreamsBase
from typing import Any

__all__ = ['MRG_RandomStreams', 'RandomStreams', 'Stream']
class MRG_RandomStreams:
    """Draws that change with each call of a function that they occur in, from many streams of MRG31k3p."""
    state_updates: list[tuple[SharedVariable, Variable, Any, int | None]]
    default_instance_seed: Any
    rstate: Any
    def __init__(self, seed: Any = 12345) -> None: ...
    def updates(self) -> list[tuple[SharedVariable, TensorVariable]]:
        """(states, next states) of every draw made so far."""
    def set_rstate(self, seed: Any) -> None:
        """Let the next draw begin with this seed; those made so far keep their states."""
    def seed(self, seed: Any = None) -> None:
        """Give every draw new states, in the order in which they were made: with the same seed they start over."""
    def inc_rstate(self) -> None:
        """Move ``rstate`` on to that of the next draw, by 2**134 steps."""
    def get_substream_rstates(self, n_streams: int, dtype: str, inc_rstate: bool = True) -> numpy.ndarray:
        """int32 (n_streams, 6): states that lie 2**72 steps apart, beginning with ``rstate``, which then moves on."""
    def n_streams(self, size: Any) -> int:
        """From how many streams a sample of that size is drawn."""
    def pretty_return(self, node_rstate: SharedVariable, new_rstate: Variable, sample: Variable, size: Any, nstreams: int | None) -> TensorVariable:
        """``sample``, of which it is noted where its states are and how they move on."""
    def uniform(self, size: Any, low: Any = 0.0, high: Any = 1.0, ndim: int | None = None, dtype: str | None = None, nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """u (high - low) + low for numbers u of the unit interval, without 0.  dtype: of floatX, low and high, unless told."""
    def binomial(self, size: Any = None, n: Any = 1, p: Any = 0.5, ndim: int | None = None, dtype: str = 'int64', nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """1 with probability p, else 0.  A size of None is the shape of p."""
    def normal(self, size: Any, avg: Any = 0.0, std: Any = 1.0, ndim: int | None = None, dtype: str | None = None, nstreams: int | None = None, truncate: bool = False, **kwargs: Any) -> TensorVariable:
        """Normal numbers of mean avg and deviation std; with ``truncate`` only those less than 2 std from the mean."""
    def truncated_normal(self, size: Any, avg: Any = 0.0, std: Any = 1.0, ndim: int | None = None, dtype: str | None = None, nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """Normal numbers less than 2 deviations from the mean, whose own deviation is std: of a wider distribution."""
    def multinomial(self, size: Any = None, n: Any = 1, pvals: Any = None, ndim: int | None = None, dtype: str = 'int64', nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """How often each outcome occurs in n trials, for each row of probabilities in the matrix pvals."""
    def choice(self, size: Any = 1, a: Any = None, replace: bool = True, p: Any = None, ndim: int | None = None, dtype: str = 'int64', nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """``size`` different outcomes for each row of probabilities in the matrix p: shape (rows, size)."""
    def multinomial_wo_replacement(self, size: Any = None, n: Any = 1, pvals: Any = None, ndim: int | None = None, dtype: str = 'int64', nstreams: int | None = None, **kwargs: Any) -> TensorVariable:
        """n different outcomes for each row of probabilities: ``choice(n, replace=False, p=pvals)``."""
class RandomStreams(RandomStreamsBase):
    """Draws that change with each call of a function that they occur in."""
    state_updates: list[tuple[RandomStateSharedVariable, Variable]]
    default_instance_seed: int | None
    gen_seedgen: Any
    def __init__(self, seed: int | None = None) -> None: ...
    def updates(self) -> list[tuple[RandomStateSharedVariable, TensorVariable]]:
        """(state, next state) of every draw made so far."""
    def seed(self, seed: int | None = None) -> None:
        """Give every draw a new state, in the order in which they were made: with the same seed they start over."""
    def gen(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> TensorVariable:
        """The sample of ``op(state, *args, **kwargs)``, for a new state; ``op`` gives the next state and the sample."""
class Stream:
    """Draws that change with each call of a function that they occur in, from Philox4x32-10."""
    key: SharedVariable
    default_seed: Any
    state_updates: list[tuple[SharedVariable, Variable]]
    def __init__(self, seed: int | None = None) -> None: ...
    def updates(self) -> list[tuple[SharedVariable, TensorVariable]]:
        """(position, next position) of every draw made so far."""
    def seed(self, seed: int | None = None) -> None:
        """Take another key, and begin again; None stands for the seed that the stream was made with."""
    def split(self, count: int = 2) -> list[Stream]:
        """``count`` other streams, whose keys are bits of this one that no draw uses: each time others."""
    def random(self, size: Any = None, dtype: str | None = None) -> TensorVariable:
        """Numbers of [0, 1), equally likely: multiples of 2**-53, of 2**-24 in float32, of 2**-11 in float16."""
    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None, dtype: str | None = None) -> TensorVariable:
        """Numbers between low and high, equally likely."""
    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None, dtype: str | None = None) -> TensorVariable:
        """Normal numbers of mean loc and deviation scale (Box and Muller 1958), each from bits of its own."""
    def exponential(self, scale: Any = 1.0, size: Any = None, dtype: str | None = None) -> TensorVariable:
        """Exponential numbers of mean scale: the waiting time for an event that comes 1 / scale times per unit."""
    def integers(self, low: TensorLike, high: Any = None, size: Any = None, dtype: str = 'int64', endpoint: bool = False) -> TensorVariable:
        """Integers from low to high - 1, or to high with ``endpoint``; from 0 to low - 1 without high."""
    def bernoulli(self, p: Any = 0.5, size: Any = None, dtype: str = 'bool') -> TensorVariable:
        """True with probability p."""
    def binomial(self, n: int, p: Any = 0.5, size: Any = None, dtype: str = 'int64') -> TensorVariable:
        """How many of n trials succeed, each with probability p: n draws are added.  TypeError for a symbolic n."""
    def choice(self, a: TensorLike, size: Any = None, replace: bool = True, p: Any = None) -> TensorVariable:
        """Elements of a along its first axis, or integers below a; with the probabilities in the vector p."""
    def permutation(self, x: TensorLike) -> TensorVariable:
        """The integers below x, or the elements of x along its first axis, in random order."""
