"""Stream: draws from a counter-based generator, elementwise functions of the index that fuse with what uses them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from theano.compile.shared import SharedVariable, shared
from theano.configuration import config
from theano.graph import Constant, Variable
from theano.random.size import size_of_sample
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.scalar.random_bits import bits_below, fraction32, fraction64, philox_words
from theano.tensor.alloc import arange
from theano.tensor.constant import as_tensor_variable
from theano.tensor.cumulative import cumsum
from theano.tensor.elementwise import cos, floor, log, minimum, sqrt
from theano.tensor.elemwise import elemwise_of
from theano.tensor.indexing import take
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.reduction import prod
from theano.tensor.reduction import sum as sum_of
from theano.tensor.search import searchsorted
from theano.tensor.shape import reshape
from theano.tensor.sort import argsort
from theano.tensor.static_value import known_integer

CHILDREN = 2**64 - 1  # in place of a draw's number: these bits become the keys of other streams


class Stream:
    """Draws that change with each call of a function that they occur in, from Philox4x32-10.

    seed  an int of [0, 2**64), the key; None takes one from the operating system

    Element i in C order of draw number d is a function of the four words of 32 bits that belong to the key and the
    counter (position + i, d).  Draws are numbered in the order in which they are made.  Each has a shared uint64 position,
    whose ``default_update`` moves it on by the number of elements; so draws never meet, and the numbers do not depend on
    the back end, the number of threads or the order of calls of other draws.

    Methods are named and take their arguments as those of ``numpy.random.Generator``; the numbers are others.  ``size``
    is an int, a sequence of ints and 0-d variables, an integer vector of known length, or None: the shape of the
    parameters.  Gradients flow to parameters that shift and scale.

    J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".

    Examples
    --------
    >>> import theano
    >>> from theano.random import Stream
    >>> stream = Stream(0)
    >>> f = theano.function([], stream.integers(0, 100, size=5))
    >>> bool((f() == f()).all())
    False
    """

    def __init__(self, seed: int | None = None) -> None:
        self.key: SharedVariable = shared(_key_of(seed), name="key")
        self.default_seed = int(self.key.get_value())
        self.state_updates: list[tuple[SharedVariable, Variable]] = []
        self._children = 0

    def updates(self) -> list[tuple[SharedVariable, Variable]]:
        """(position, next position) of every draw made so far."""
        return list(self.state_updates)

    def seed(self, seed: int | None = None) -> None:
        """Take another key, and begin again; None stands for the seed that the stream was made with."""
        self.key.set_value(_key_of(self.default_seed if seed is None else seed))
        self._children = 0
        for position, _ in self.state_updates:
            position.set_value(np.uint64(0))

    def split(self, count: int = 2) -> list[Stream]:
        """``count`` other streams, whose keys are bits of this one that no draw uses: each time others."""
        counters = np.arange(self._children, self._children + count, dtype="uint64")
        self._children += count
        words = [word.impl(counters, np.uint64(CHILDREN), self.key.get_value()) for word in philox_words[:2]]
        return [Stream(int(low) + (int(high) << 32)) for low, high in zip(*words, strict=True)]

    # -- distributions ---------------------------------------------------------------------------------------------

    def random(self, size: Any = None, dtype: str | None = None) -> Any:
        """Numbers of [0, 1), equally likely: multiples of 2**-53, of 2**-24 in float32, of 2**-11 in float16."""
        if dtype == "float16":  # cut to the bits that it has: rounded, some would be 1
            u = self.random(size, "float32")
            return elemwise_of(casts[dtype])(floor(u * np.float32(2**11)) * np.float32(2.0**-11))
        return self._scaled(size, (), dtype, lambda words, of: _fraction(words, of, 0))

    def uniform(self, low: Any = 0.0, high: Any = 1.0, size: Any = None, dtype: str | None = None) -> Any:
        """Numbers between low and high, equally likely."""
        return self._scaled(
            size, (low, high), dtype, lambda words, of, a, b: a + _fraction(words, of, 0) * (b - a)
        )

    def normal(self, loc: Any = 0.0, scale: Any = 1.0, size: Any = None, dtype: str | None = None) -> Any:
        """Normal numbers of mean loc and deviation scale (Box and Muller 1958), each from bits of its own.

        They lie within 8.6 deviations, in float32 and float16 within 5.8.
        """

        def draw(words: Any, of: str, mean: Any, deviation: Any) -> Any:
            radius = sqrt(-2 * log(1 - _fraction(words, of, 0)))
            angle = np.dtype(of).type(2 * math.pi) * _fraction(words, of, 1)
            return mean + deviation * (radius * cos(angle))

        return self._scaled(size, (loc, scale), dtype, draw)

    def exponential(self, scale: Any = 1.0, size: Any = None, dtype: str | None = None) -> Any:
        """Exponential numbers of mean scale: the waiting time for an event that comes 1 / scale times per unit."""
        return self._scaled(size, (scale,), dtype, lambda words, of, s: s * -log(1 - _fraction(words, of, 0)))

    def integers(
        self, low: Any, high: Any = None, size: Any = None, dtype: str = "int64", endpoint: bool = False
    ) -> Any:
        """Integers from low to high - 1, or to high with ``endpoint``; from 0 to low - 1 without high.

        Their number is less than 2**32; they are equally likely to within 2**-32 of it.  Raises ValueError for an empty
        or too long range that is known.
        """
        low, high = (0, low) if high is None else (low, high)
        low, high = _integer(low, "low"), _integer(high, "high")
        count = high - low + 1 if endpoint else high - low
        found = count.data if isinstance(count, Constant) else known_integer(count)
        if found is not None and not bool(((np.asarray(found) > 0) & (np.asarray(found) < 2**32)).all()):
            raise ValueError(f"a range of 1 to 2**32 - 1 integers is needed, found {found}")
        words, parameters = self._words(size, (low, elemwise_of(casts["uint64"])(count)))
        below = elemwise_of(bits_below)(words[0], words[1], parameters[1])
        return elemwise_of(casts[dtype])(parameters[0] + elemwise_of(casts["int64"])(below))

    def bernoulli(self, p: Any = 0.5, size: Any = None, dtype: str = "bool") -> Any:
        """True with probability p."""
        words, (p,) = self._words(size, (_probability(p),))
        of = p.type.dtype if p.type.dtype in ("float32", "float64") else "float64"
        return elemwise_of(casts[dtype])(_fraction(words, of, 0) < p)

    def binomial(self, n: int, p: Any = 0.5, size: Any = None, dtype: str = "int64") -> Any:
        """How many of n trials succeed, each with probability p: n draws are added.  TypeError for a symbolic n."""
        if not isinstance(n, (int, np.integer)) or n < 0:
            raise TypeError(f"the number of trials must be an int, not negative, found {n}")
        p = _probability(p)
        lengths, pattern = size_of_sample(size, None, (p,))
        each = [1 if b else lengths[k] for k, b in enumerate(pattern)]  # type: ignore[index]
        trials = self.bernoulli(p, (int(n), *each))
        return sum_of(elemwise_of(casts[dtype])(trials), axis=0, dtype=dtype)

    def choice(self, a: Any, size: Any = None, replace: bool = True, p: Any = None) -> Any:
        """Elements of a along its first axis, or integers below a; with the probabilities in the vector p.

        Without ``replace`` none comes twice, and ``size`` is an int or 0-d variable.
        """
        a = as_tensor_variable(a)
        count = a if a.type.ndim == 0 else a.shape[0]
        if not replace:
            place = self._order(count, p)[: 1 if size is None else size]
            place = place[0] if size is None else place
        elif p is None:
            place = self.integers(count, size=size)
        else:
            ends = cumsum(as_tensor_variable(p))
            place = minimum(searchsorted(ends, self.random(size, ends.type.dtype), side="right"), count - 1)
        return place if a.type.ndim == 0 else take(a, place, axis=0)

    def permutation(self, x: Any) -> Any:
        """The integers below x, or the elements of x along its first axis, in random order."""
        x = as_tensor_variable(x)
        return self._order(x, None) if x.type.ndim == 0 else take(x, self._order(x.shape[0], None), axis=0)

    # -- bits ------------------------------------------------------------------------------------------------------

    def _order(self, count: Any, p: Any) -> Any:
        """Positions in random order.  With probabilities p, as if one after the other were drawn without replacement:
        in the order of waiting times (Efraimidis and Spirakis 2006)."""
        if p is None:
            return argsort(self.random((count,), "float64"))
        return argsort(self.exponential(size=(count,), dtype="float64") / as_tensor_variable(p))

    def _scaled(self, size: Any, parameters: tuple, dtype: str | None, draw: Any) -> Any:
        """``draw(words, dtype, *parameters)`` in the dtype asked for: floatX unless told."""
        dtype = config.floatX if dtype in (None, "floatX") else dtype
        if dtype not in dtypes.FLOAT:
            raise TypeError(f"a draw of real numbers is float16, float32 or float64, found {dtype}")
        cast = elemwise_of(casts[dtype])
        words, given = self._words(size, tuple(cast(as_tensor_variable(p)) for p in parameters))
        made = draw(words, "float32" if dtype == "float16" else dtype, *given)
        return made if made.type.dtype == dtype else cast(made)

    def _words(self, size: Any, parameters: tuple) -> tuple[list[Any], list[Any]]:
        """Four uint32 words for each element of a new draw, as functions, and the parameters."""
        variables = [as_tensor_variable(p) for p in parameters]
        lengths, pattern = size_of_sample(size, None, variables)
        count = elemwise_of(casts["uint64"])(prod(lengths))
        number = np.uint64(len(self.state_updates))
        position: Any = shared(np.uint64(0), name=f"position{number}")
        position.default_update = position + count
        self.state_updates.append((position, position.default_update))
        counters = position + arange(count, dtype="uint64")
        if len(pattern) != 1:
            counters = reshape(counters, lengths, ndim=len(pattern))
        counters = patternbroadcast(counters, pattern)
        return [elemwise_of(word)(counters, number, self.key) for word in philox_words], variables


def _fraction(words: list[Any], dtype: str, place: int) -> Any:
    """The first or second number of [0, 1) that four words give."""
    if dtype == "float64":
        return elemwise_of(fraction64)(words[2 * place], words[2 * place + 1])
    return elemwise_of(fraction32)(words[place])


def _key_of(seed: int | None) -> np.uint64:
    if seed is None:
        return np.random.SeedSequence().generate_state(1, "uint64")[0]
    if not isinstance(seed, (int, np.integer)) or isinstance(seed, bool):
        raise TypeError(f"seed must be an int, found {seed!r}")
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed must lie in [0, 2**64), found {seed}")
    return np.uint64(seed)


def _integer(v: Any, name: str) -> Any:
    v = as_tensor_variable(v)
    if v.type.dtype not in dtypes.DISCRETE:
        raise TypeError(f"{name} must be integers, found {v} of type {v.type}")
    if isinstance(v, Constant):
        return as_tensor_variable(v.data.astype("int64"))
    return elemwise_of(casts["int64"])(v)


def _probability(p: Any) -> Any:
    p = as_tensor_variable(p)
    if isinstance(p, Constant) and not bool(((p.data >= 0) & (p.data <= 1)).all()):
        raise ValueError(f"a probability lies in [0, 1], found {p.data}")
    return p
