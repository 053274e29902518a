"""RandomStreams: draws from NumPy's legacy generator, each from a state of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from theano.compile.random_state import RandomStateSharedVariable, randomstate_constructor
from theano.graph import Variable
from theano.random.streams_base import RandomStreamsBase


class RandomStreams(RandomStreamsBase):
    """Draws that change with each call of a function that they occur in.

    seed  an int; None takes one from the operating system

    Each draw has a shared random state of its own, ``draw.rng``, with the seed that ``RandomState(seed)`` gives it: 30
    bits, in the order in which draws are made.  Its ``default_update`` moves it on, ``draw.update`` is (state, next state).

    Examples
    --------
    >>> import theano
    >>> from theano.random import RandomStreams
    >>> u = RandomStreams(123).uniform((3,))
    >>> theano.function([], u)().round(3)
    array([0.728, 0.59 , 0.237])
    """

    def __init__(self, seed: int | None = None) -> None:
        self.state_updates: list[tuple[RandomStateSharedVariable, Variable]] = []
        self.default_instance_seed = seed
        self.gen_seedgen = np.random.RandomState(seed)

    def updates(self) -> list[tuple[RandomStateSharedVariable, Variable]]:
        """(state, next state) of every draw made so far."""
        return list(self.state_updates)

    def seed(self, seed: int | None = None) -> None:
        """Give every draw a new state, in the order in which they were made: with the same seed they start over.

        None stands for the seed that the streams were made with.
        """
        if seed is None:
            seed = self.default_instance_seed
        self.gen_seedgen = np.random.RandomState(seed)
        for state, _ in self.state_updates:
            state.set_value(self._new_state(), borrow=True)

    def gen(self, op: Callable[..., Any], *args: Any, **kwargs: Any) -> Variable:
        """The sample of ``op(state, *args, **kwargs)``, for a new state; ``op`` gives the next state and the sample."""
        state = randomstate_constructor(self._new_state(), borrow=True)
        following, sample = op(state, *args, **kwargs)
        state.default_update = following  # type: ignore[attr-defined]
        sample.rng, sample.update = state, (state, following)
        self.state_updates.append(sample.update)
        return sample

    def _new_state(self) -> np.random.RandomState:
        return np.random.RandomState(int(self.gen_seedgen.randint(2**30)))
