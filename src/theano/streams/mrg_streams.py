"""MRG_RandomStreams: draws from MRG31k3p, computed by loops like any other expression."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.compile.shared import SharedVariable, shared
from theano.configuration import config
from theano.graph import Constant, Variable
from theano.random.mrg import MRGUniform, ff_2p134, guess_n_streams, substreams
from theano.random.multinomial import choice_without_replacement, multinomial_of_uniform
from theano.random.size import entries_of_size, vector_of
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.scalar.random_bits import M1, M2
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import cos, log, sin, sqrt
from theano.tensor.elemwise import elemwise_of
from theano.tensor.join import join
from theano.tensor.nonzero import nonzero
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.shape import product, reshape
from theano.tensor.static_value import extract_constant, known_integer
from theano.tensor.type import TensorType

TRUNCATED_DEVIATION = 0.87962566103423978  # of a standard normal number, given that it lies in (-2, 2)


class MRG_RandomStreams:
    """Draws that change with each call of a function that they occur in, from many streams of MRG31k3p.

    seed  an int, not 0 and less than M2 = 2**31 - 21069, or six ints, the state itself: the first three less than
          M1 = 2**31 - 1 and the others less than M2, neither three all 0

    Each draw has a shared int32 matrix of states of its own, whose ``default_update`` moves it on.  Streams of a draw lie
    2**72 steps apart, draws 2**134.  The number of streams, and so the values, follow from the size (``guess_n_streams``)
    unless ``nstreams`` is given.  They do not depend on the back end or the number of threads.

    Sizes are an int, a sequence of ints and 0-d variables, or an integer vector; ``ndim`` is needed where the length of
    a vector is not known.  ValueError for lengths less than 1 that are known, TypeError for a size that is none.

    Examples
    --------
    >>> import theano
    >>> from theano.random import MRG_RandomStreams
    >>> u = MRG_RandomStreams(1).uniform((4,))
    >>> theano.function([], u)().round(3)
    array([0.002, 0.736, 0.354, 0.316])
    """

    def __init__(self, seed: Any = 12345) -> None:
        self.state_updates: list[tuple[SharedVariable, Variable, Any, int | None]] = []
        self.default_instance_seed = seed
        self.set_rstate(seed)

    def updates(self) -> list[tuple[SharedVariable, Variable]]:
        """(states, next states) of every draw made so far."""
        return [(states, following) for states, following, _, _ in self.state_updates]

    # -- states ----------------------------------------------------------------------------------------------------

    def set_rstate(self, seed: Any) -> None:
        """Let the next draw begin with this seed; those made so far keep their states."""
        self.rstate = _state_of(seed)

    def seed(self, seed: Any = None) -> None:
        """Give every draw new states, in the order in which they were made: with the same seed they start over.

        None stands for the seed that the streams were made with.
        """
        self.set_rstate(self.default_instance_seed if seed is None else seed)
        for states, _, size, nstreams in self.state_updates:
            count = self.n_streams(size) if nstreams is None else nstreams
            states.set_value(self.get_substream_rstates(count, "int32"), borrow=True)

    def inc_rstate(self) -> None:
        """Move ``rstate`` on to that of the next draw, by 2**134 steps."""
        self.rstate = ff_2p134(self.rstate)

    def get_substream_rstates(self, n_streams: int, dtype: str, inc_rstate: bool = True) -> np.ndarray:
        """int32 (n_streams, 6): states that lie 2**72 steps apart, beginning with ``rstate``, which then moves on."""
        if n_streams < 1:
            raise ValueError(f"at least one stream is needed, found {n_streams}")
        states = substreams(self.rstate, int(n_streams))
        if inc_rstate:
            self.inc_rstate()
        return states

    def n_streams(self, size: Any) -> int:
        """From how many streams a sample of that size is drawn."""
        return guess_n_streams(size)

    def pretty_return(
        self, node_rstate: SharedVariable, new_rstate: Variable, sample: Variable, size: Any, nstreams: int | None
    ) -> Variable:
        """``sample``, of which it is noted where its states are and how they move on."""
        node_rstate.default_update = new_rstate  # type: ignore[attr-defined]
        sample.rstate, sample.update = node_rstate, (node_rstate, new_rstate)  # type: ignore[attr-defined]
        self.state_updates.append((node_rstate, new_rstate, size, nstreams))
        return sample

    # -- distributions ---------------------------------------------------------------------------------------------

    def uniform(
        self,
        size: Any,
        low: Any = 0.0,
        high: Any = 1.0,
        ndim: int | None = None,
        dtype: str | None = None,
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """u (high - low) + low for numbers u of the unit interval, without 0.  dtype: of floatX, low and high, unless told.

        A gradient flows to low and high.  float32 and float16 are rounded, so that high may occur.
        """
        _refuse(kwargs)
        low, high, dtype = _parameters(low, high, dtype)
        lengths = _lengths(size, ndim)
        known = tuple(lengths)
        states = shared(self.get_substream_rstates(self.n_streams(known) if nstreams is None else nstreams, dtype))
        op = MRGUniform(_tensor(dtype, lengths))
        following, u = op(states, vector_of(lengths), return_list=True)
        self.pretty_return(states, following, u, known, nstreams)
        if _is_number(low, 0) and _is_number(high, 1):
            return u
        return _of_sample(u * (high - low) + low, u, "low and high")

    def binomial(
        self,
        size: Any = None,
        n: Any = 1,
        p: Any = 0.5,
        ndim: int | None = None,
        dtype: str = "int64",
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """1 with probability p, else 0.  A size of None is the shape of p.

        Raises NotImplementedError for more trials than one: sum a dimension of them, or use ``RandomStreams``.
        """
        _refuse(kwargs)
        if not isinstance(n, (int, np.integer)) or n != 1:
            raise NotImplementedError(f"MRG_RandomStreams.binomial makes one trial, found n = {n}: sum as many draws")
        p = as_tensor_variable(p)
        if isinstance(p, Constant) and not bool(((p.data >= 0) & (p.data <= 1)).all()):
            raise ValueError(f"a probability lies in [0, 1], found {p.data}")
        if size is None:
            size = [p.shape[k] for k in range(p.type.ndim)]
        of = "float32" if dtype == "float32" else None
        u = self.uniform(size, ndim=ndim, dtype=of, nstreams=nstreams)
        return elemwise_of(casts[dtype])(u < p)

    def normal(
        self,
        size: Any,
        avg: Any = 0.0,
        std: Any = 1.0,
        ndim: int | None = None,
        dtype: str | None = None,
        nstreams: int | None = None,
        truncate: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Normal numbers of mean avg and deviation std; with ``truncate`` only those less than 2 std from the mean.

        Pairs of uniform numbers give pairs of normal ones (Box and Muller 1958): the first half of the sample, and the
        second.  Truncated, the radius of a pair is drawn again if it left the range.  dtype: of floatX, avg and std,
        unless told.  A gradient flows to avg and std.
        """
        _refuse(kwargs)
        avg, std, dtype = _parameters(avg, std, dtype)
        lengths = _lengths(size, ndim)
        count = product(lengths)
        evened = count if known_integer(count % 2) == 0 else (count + 1) // 2 * 2
        u = self.uniform((evened,), dtype=dtype, nstreams=nstreams)
        u1, angle = u[: evened // 2], 2 * math.pi * u[evened // 2 :]
        angle = elemwise_of(casts[dtype])(angle)
        radius = sqrt(-2 * log(u1))
        first, second = radius * cos(angle), radius * sin(angle)
        if truncate:
            z = self._truncated(first, second, cos(angle), sin(angle), dtype, nstreams)
        else:
            z = join(0, first, second)
        if evened is not count:
            z = z[:count]
        if len(lengths) != 1:
            z = reshape(z, vector_of(lengths), ndim=len(lengths))
        z = patternbroadcast(z, _tensor(dtype, lengths).broadcastable)
        return _of_sample(z * std + avg, z, "avg and std")

    def _truncated(self, first: Any, second: Any, cosine: Any, sine: Any, dtype: str, nstreams: int | None) -> Any:
        """Those of two vectors of normal numbers that lie in (-2, 2), each followed by others of the angles left over."""
        (outside1,), (outside2,) = (nonzero((z < -2) | (z > 2)) for z in (first, second))
        (inside1,), (inside2,) = (nonzero((z >= -2) & (z <= 2)) for z in (first, second))
        missing = outside1.size + outside2.size
        lower = np.dtype(dtype).type(1 / np.e**2)  # where the radius is 2
        u = self.uniform((missing,), low=lower, high=np.dtype(dtype).type(1), dtype=dtype, nstreams=nstreams)
        radius = sqrt(-2 * log(u))
        again1 = radius[: outside1.size] * cosine[outside1]
        again2 = radius[outside1.size :] * sine[outside2]
        return join(0, first[inside1], again1, second[inside2], again2)

    def truncated_normal(
        self,
        size: Any,
        avg: Any = 0.0,
        std: Any = 1.0,
        ndim: int | None = None,
        dtype: str | None = None,
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """Normal numbers less than 2 deviations from the mean, whose own deviation is std: of a wider distribution."""
        avg, std, dtype = _parameters(avg, std, dtype)
        wider = std / np.dtype(dtype).type(TRUNCATED_DEVIATION)
        return self.normal(size, avg, wider, ndim, dtype, nstreams, truncate=True, **kwargs)

    def multinomial(
        self,
        size: Any = None,
        n: Any = 1,
        pvals: Any = None,
        ndim: int | None = None,
        dtype: str = "int64",
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """How often each outcome occurs in n trials, for each row of probabilities in the matrix pvals.

        ``size`` and ``ndim`` follow from pvals.  Raises ValueError for another size than None, TypeError without pvals,
        NotImplementedError when it is no matrix.
        """
        _refuse(kwargs)
        pvals = _probabilities(pvals, "multinomial")
        if size is not None:
            raise ValueError("the size of a multinomial sample follows from pvals: leave it out")
        u = self.uniform((n * pvals.shape[0],), dtype=pvals.type.dtype, nstreams=nstreams)
        return multinomial_of_uniform(pvals, u, n, dtype)

    def choice(
        self,
        size: Any = 1,
        a: Any = None,
        replace: bool = True,
        p: Any = None,
        ndim: int | None = None,
        dtype: str = "int64",
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """``size`` different outcomes for each row of probabilities in the matrix p: shape (rows, size).

        Raises NotImplementedError with ``replace``, as for outcomes ``a`` of other names: take ``a[choice]``.
        """
        _refuse(kwargs)
        if replace:
            raise NotImplementedError(
                "MRG_RandomStreams.choice works without replacement: pass replace=False, or use RandomStreams.choice"
            )
        if a is not None:
            raise TypeError("MRG_RandomStreams.choice gives positions: leave a out, and take a[choice]")
        p = _probabilities(p, "choice")
        if not isinstance(size, (int, np.integer)) and as_tensor_variable(size).type.ndim != 0:  # type: ignore
            raise TypeError(f"size is how many to choose from each row, found {size}")
        u = self.uniform((size * p.shape[0],), dtype=p.type.dtype, nstreams=nstreams)
        return choice_without_replacement(p, u, size, dtype)

    def multinomial_wo_replacement(
        self,
        size: Any = None,
        n: Any = 1,
        pvals: Any = None,
        ndim: int | None = None,
        dtype: str = "int64",
        nstreams: int | None = None,
        **kwargs: Any,
    ) -> Any:
        """n different outcomes for each row of probabilities: ``choice(n, replace=False, p=pvals)``."""
        if size is not None:
            raise ValueError("the size follows from pvals and n: leave it out")
        return self.choice(n, replace=False, p=pvals, ndim=ndim, dtype=dtype, nstreams=nstreams, **kwargs)


# -- arguments ---------------------------------------------------------------------------------------------------------


def _state_of(seed: Any) -> np.ndarray:
    """Six numbers from a seed; errors as told in the class."""
    if isinstance(seed, (int, np.integer)) and not isinstance(seed, bool):
        if seed == 0:
            raise ValueError("seed should not be 0")
        if seed >= M2:
            raise ValueError(f"seed should be less than {M2}, found {seed}")
        return np.array([seed] * 6, dtype="int32")
    if isinstance(seed, str) or not isinstance(seed, (Sequence, np.ndarray)):
        raise TypeError(f"seed should be an int or six of them, found {seed!r}")
    if len(seed) != 6:
        raise TypeError(f"seed should be 6 integers, found {len(seed)}")
    for part, bound, place in ((seed[:3], M1, "first"), (seed[3:], M2, "last")):
        if all(s == 0 for s in part):
            raise ValueError(f"the {place} three numbers of a seed should not all be 0")
        if any(s >= bound for s in part):
            raise ValueError(f"the {place} three numbers of a seed should be less than {bound}, found {seed}")
    return np.array(seed, dtype="int32")


def _refuse(kwargs: dict[str, Any]) -> None:
    """Only the target of Theano 1.0.5 is taken beside the arguments, and only this one."""
    for name, value in kwargs.items():
        if name not in ("target", "context_name") or value not in (None, "cpu"):
            raise TypeError(f"unexpected argument {name}={value!r}")


def _lengths(size: Any, ndim: int | None) -> list[Any]:
    if size is None:
        raise TypeError("size must be an int, a sequence of lengths or an integer vector, found None")
    lengths = entries_of_size(size, ndim)
    if any(isinstance(n, int) and n < 1 for n in lengths):
        raise ValueError(f"the lengths of a sample must be positive, found {size}")
    return lengths


def _tensor(dtype: str, lengths: Sequence[Any]) -> Any:
    return TensorType(dtype, [isinstance(n, int) and n == 1 for n in lengths])


def _parameters(first: Any, second: Any, dtype: str | None) -> tuple[Any, Any, str]:
    """Two parameters in the dtype of the sample."""
    first, second = as_tensor_variable(first), as_tensor_variable(second)
    if dtype == "floatX":
        dtype = config.floatX
    if dtype is None:
        dtype = dtypes.upcast(config.floatX, first.type.dtype, second.type.dtype)
    cast = elemwise_of(casts[dtype])
    first, second = (v if v.type.dtype == dtype else cast(v) for v in (first, second))
    return first, second, dtype


def _is_number(v: Any, number: float) -> bool:
    found = extract_constant(v)
    return v.type.ndim == 0 and not isinstance(found, Variable) and float(found) == number


def _of_sample(made: Any, sample: Any, parameters: str) -> Any:
    if made.type.broadcastable != sample.type.broadcastable:
        raise NotImplementedError(
            f"a size to which {parameters} stretch is needed: the sample is {sample.type}, with them {made.type}"
        )
    return made


def _probabilities(p: Any, name: str) -> Any:
    if p is None:
        raise TypeError(f"MRG_RandomStreams.{name} needs probabilities")
    p = as_tensor_variable(p)
    if p.type.ndim != 2:
        raise NotImplementedError(
            f"MRG_RandomStreams.{name} takes a matrix of probabilities, found {p.type}: add a dimension"
        )
    return p if p.type.dtype in dtypes.FLOAT else elemwise_of(casts[config.floatX])(p)
