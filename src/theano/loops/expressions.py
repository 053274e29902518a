"""Expressions of the loop IR: numbers known at run time, as lowerings write them, and the buffers that they read.

They are sums and products of loop indices, lengths and loaded numbers, and answer to Python's operators and to the
functions of ``theano.scalar``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

from theano.data_classes import dataclass
from theano.scalar import arithmetic, comparison, power
from theano.scalar.complex import abs_
from theano.scalar.dtype import integer_dtype, number_dtype
from theano.scalar.function import ScalarFunction

if TYPE_CHECKING:
    from theano.loops.definitions import Definition

INDEX = "int64"


class Expression:
    """A number known at run time.  Frozen; trees of these stay shallow, because each op writes only its own."""

    dtype: str
    __slots__ = ()

    def __scalar_function__(self, function: ScalarFunction, arguments: Sequence[Any]) -> Expression:
        return apply(function, *arguments)

    def __add__(self, other: Any) -> Expression:
        return apply(arithmetic.add, self, other)

    def __radd__(self, other: Any) -> Expression:
        return apply(arithmetic.add, other, self)

    def __sub__(self, other: Any) -> Expression:
        return apply(arithmetic.sub, self, other)

    def __rsub__(self, other: Any) -> Expression:
        return apply(arithmetic.sub, other, self)

    def __mul__(self, other: Any) -> Expression:
        return apply(arithmetic.mul, self, other)

    def __rmul__(self, other: Any) -> Expression:
        return apply(arithmetic.mul, other, self)

    def __floordiv__(self, other: Any) -> Expression:
        return apply(arithmetic.int_div, self, other)

    def __rfloordiv__(self, other: Any) -> Expression:
        return apply(arithmetic.int_div, other, self)

    def __mod__(self, other: Any) -> Expression:
        return apply(arithmetic.mod, self, other)

    def __rmod__(self, other: Any) -> Expression:
        return apply(arithmetic.mod, other, self)

    def __truediv__(self, other: Any) -> Expression:
        return apply(arithmetic.true_div, self, other)

    def __rtruediv__(self, other: Any) -> Expression:
        return apply(arithmetic.true_div, other, self)

    def __pow__(self, other: Any) -> Expression:
        return apply(power.pow, self, other)

    def __rpow__(self, other: Any) -> Expression:
        return apply(power.pow, other, self)

    def __neg__(self) -> Expression:
        return apply(arithmetic.neg, self)

    def __abs__(self) -> Expression:
        return apply(abs_, self)

    def __lt__(self, other: Any) -> Expression:
        return apply(comparison.lt, self, other)

    def __le__(self, other: Any) -> Expression:
        return apply(comparison.le, self, other)

    def __gt__(self, other: Any) -> Expression:
        return apply(comparison.gt, self, other)

    def __ge__(self, other: Any) -> Expression:
        return apply(comparison.ge, self, other)


@dataclass(frozen=True, slots=True)
class Literal(Expression):
    """A known number."""

    value: Any
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Axis(Expression):
    """The index of the surrounding loop over axis ``position``."""

    position: int
    dtype: str = INDEX


@cache
def axes_of(ndim: int) -> tuple[Axis, ...]:
    """The indices of a loop nest of so many axes."""
    return tuple(Axis(k) for k in range(ndim))


@dataclass(frozen=True, slots=True)
class Extent(Expression):
    """The length of a buffer along an axis."""

    buffer: Buffer
    axis: int
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Load(Expression):
    """The element of ``source`` at ``index``.

    source  the Buffer read, or the Definition whose value is wanted
    index   one expression for each dimension
    """

    source: Any
    index: tuple[Expression, ...]
    dtype: str


@dataclass(frozen=True, slots=True)
class Checked(Expression):
    """An index that came from the user, for an axis of ``length``: negative counts from the end, outside is an IndexError."""

    index: Expression
    length: Expression
    dtype: str = INDEX


@dataclass(frozen=True, slots=True)
class Call(Expression):
    """A function of numbers applied to expressions, which are first converted as the function's dtype rule says."""

    function: ScalarFunction
    arguments: tuple[Expression, ...]
    dtype: str
    _hash: int | None = field(init=False, repr=False, compare=False, default=None)

    def __hash__(self) -> int:
        """Computed once: lengths are made of lengths, and looked up again and again."""
        if self._hash is None:
            object.__setattr__(self, "_hash", hash((self.function, self.arguments, self.dtype)))
        return self._hash  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Carried(Expression):
    """The value of accumulator ``position`` before this iteration of the folded axes."""

    position: int
    dtype: str


def expression(value: Any) -> Expression:
    """A Python integer, or an expression as it is; another number has the dtype that it has in a graph."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, bool):
        return Literal(value, "bool")
    if isinstance(value, (float, complex, np.inexact)):
        return Literal(value.item() if isinstance(value, np.generic) else value, dtype_of_number(value))
    return Literal(int(value))


def dtype_of_number(value: Any) -> str:
    """That of a NumPy scalar, and the one that a graph gives to a Python number; an integer is as narrow as can be."""
    if isinstance(value, np.generic):
        return value.dtype.name
    return integer_dtype(value) if isinstance(value, int) else number_dtype(value)


def apply(function: ScalarFunction, *arguments: Any) -> Expression:
    """``function`` of expressions and numbers; what is known already is computed now.

    Integers are indices, but beside numbers of other dtypes they are as narrow as in a graph.
    """
    terms = tuple(map(expression, arguments))
    if any(a.dtype != INDEX for a in arguments if isinstance(a, Expression)):
        terms = tuple(t if t is a else _beside_numbers(a, t) for t, a in zip(terms, arguments, strict=True))
    if all(t.dtype == INDEX for t in terms):
        match function.name, terms:
            case "add", (Literal(0), x) | (x, Literal(0)):
                return x
            case "sub", (x, Literal(0)):
                return x
            case "mul", (Literal(1), x) | (x, Literal(1)):
                return x
    (dtype,) = function.output_dtypes(*[t.dtype for t in terms])
    if all(isinstance(t, Literal) for t in terms):
        return Literal(function.of_numbers(*[_number(t) for t in terms]).item(), dtype)
    return Call(function, terms, dtype)


def _beside_numbers(value: Any, literal: Expression) -> Expression:
    """A Python integer beside numbers that are no indices."""
    is_integer = isinstance(value, int) and not isinstance(value, bool)
    return Literal(value, dtype_of_number(value)) if is_integer else literal


def _number(literal: Expression) -> Any:
    return np.dtype(literal.dtype).type(literal.value)  # type: ignore[attr-defined]


def reads_of(elements: Iterable[Expression]) -> tuple[list[Load], list[Definition]]:
    """All loads in expressions, those in indices of loads included; definitions whose lengths they take as numbers,
    where these are known only when the definition is computed."""
    loads: list[Load] = []
    measured: list[Definition] = []
    stack = list(elements)
    while stack:
        e = stack.pop()
        match e:
            case Call():
                stack.extend(e.arguments)
            case Load():
                loads.append(e)
                stack.extend(e.index)
            case Checked():
                stack += e.index, e.length
            case Extent() if e.buffer.source is not None:
                measured.append(e.buffer.source)
    return loads, measured


def computed_in(lengths: Iterable[Expression]) -> list[Definition]:
    """Definitions whose values the lengths of a shape depend on."""
    found = []
    stack = list(lengths)
    seen: set[int] = set()  # calls that are looked into: lengths have parts in common
    while stack:
        match stack.pop():
            case Extent(buffer):
                if buffer.source is not None:
                    found.append(buffer.source)
            case Load(source, index):
                found.append(source)
                stack.extend(index)
            case Call(_, arguments) as call if id(call) not in seen:
                seen.add(id(call))
                stack.extend(arguments)
    return found


# -- buffers -------------------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class Buffer:
    """A dense array in C order whose lengths are known at run time.

    dtype   of its elements
    shape   one expression for each dimension, in terms of the extents of inputs, states and host-called results;
            for those themselves the extents of the buffer
    kind    "input", "state", "constant", "temporary", "output", "update" (a new value of a state) or "host"
            (allocated by a called-back op or by the branch that is taken, or as long as a loop runs)
    name    how it is called in printed IR
    alias   the buffer whose memory it shares in another shape (reshape), or None
    start   the element of ``alias`` that is its first
    source  of a "host" buffer the HostResult, LoopResult or BranchResult that brings it, and with it its lengths
    turned  it leaves the program as its transpose, which is in Fortran's order then
    order   a number that grows from buffer to buffer: of two equal lengths the one known first stands for both
    """

    dtype: str
    shape: tuple[Expression, ...]
    kind: str
    name: str = ""
    alias: Buffer | None = None
    start: Expression = Literal(0)
    source: Any = None
    turned: bool = False
    order: int = field(default_factory=count().__next__)

    @property
    def ndim(self) -> int:
        return len(self.shape)
