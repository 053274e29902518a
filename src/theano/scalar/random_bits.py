"""Generators of random numbers, as functions of the bits that they start from.

    mrg_first, mrg_second, mrg_difference    MRG31k3p (L'Ecuyer and Touzin 2000, "Fast combined multiple recursive
                                             generators with multipliers of the form a = +-2^q +-2^r")
    philox_word0 ... philox_word3            Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers:
                                             as easy as 1, 2, 3")
    fraction32, fraction64, bits_below       bits to numbers of [0, 1), and to integers below another one

Everything is exact arithmetic on unsigned integers, so NumPy and machine code give the same numbers.
"""

from __future__ import annotations

from typing import Any

from theano.scalar import dtype as dtypes
from theano.scalar.function import Samples, ScalarFunction, scalar_function

# -- MRG31k3p ----------------------------------------------------------------------------------------------------------

M1 = 2**31 - 1
M2 = 2**31 - 21069


def _bits(operands: str, result: str, arguments: int, cost: int, below: float) -> Any:
    """The form of all these functions: integers in, brought to one dtype, and no derivative."""

    def rule(*given: str) -> str:
        if not all(d in dtypes.DISCRETE for d in given):
            raise TypeError(f"bits are needed, as integers, found {', '.join(given)}")
        return result

    return scalar_function(
        result=rule,
        partials=lambda *values: [None] * arguments,
        samples=(Samples(1.0, below),) * arguments,
        operands=operands,
        cost=cost,
    )


@_bits("uint32", "uint32", 2, 12, float(M1))
def mrg_first(xp, x2, x3):
    """2**22 x2 + (2**7 + 1) x3 modulo M1 = 2**31 - 1: the next number of the first recurrence, where x2 and x3 are those
    of two and three steps ago; uint32."""
    y = ((x2 & 511) << 22) + (x2 >> 9) + ((x3 & 16777215) << 7) + (x3 >> 24)
    return _reduced(xp, _reduced(xp, y, M1) + x3, M1)


@_bits("uint32", "uint32", 2, 18, float(M2))
def mrg_second(xp, x1, x3):
    """2**15 x1 + (2**15 + 1) x3 modulo M2 = 2**31 - 21069: the next number of the second recurrence, where x1 and x3 are
    those of one and three steps ago; uint32."""
    y1 = _reduced(xp, ((x1 & 65535) << 15) + (x1 >> 16) * 21069, M2)
    y3 = _reduced(xp, ((x3 & 65535) << 15) + (x3 >> 16) * 21069, M2)
    return _reduced(xp, _reduced(xp, y3 + x3, M2) + y1, M2)


@_bits("uint32", "int32", 2, 4, float(M2))
def mrg_difference(xp, x, y):
    """x - y modulo M1, but M1 for 0: the number of 1 ... M1 that is drawn, where x and y are those of the recurrences."""
    return xp.where(x <= y, x - y + M1, x - y).astype("int32")


def _reduced(xp: Any, y: Any, m: int) -> Any:
    """y or y - m, whichever is not negative and less: y - m wraps around where it would be negative."""
    return xp.minimum(y, y - m)


# -- Philox4x32-10 -----------------------------------------------------------------------------------------------------

LOW = 0xFFFFFFFF
ROUNDS = 10
MULTIPLIERS = 0xD2511F53, 0xCD9E8D57
KEY_STEPS = 0x9E3779B9, 0xBB67AE85  # of the golden ratio, and the square root of 3 less 1


def philox(counter: Any, draw: Any, key: Any) -> tuple[Any, Any, Any, Any]:
    """The four words of 32 bits, each in 64, that belong to a counter (counter, draw) of 128 bits and a key of 64."""
    c0, c1, c2, c3 = counter & LOW, counter >> 32, draw & LOW, draw >> 32
    k0, k1 = key & LOW, key >> 32
    for turn in range(ROUNDS):
        if turn:
            k0, k1 = (k0 + KEY_STEPS[0]) & LOW, (k1 + KEY_STEPS[1]) & LOW
        p0, p2 = c0 * MULTIPLIERS[0], c2 * MULTIPLIERS[1]
        c0, c1, c2, c3 = (p2 >> 32) ^ c1 ^ k0, p2 & LOW, (p0 >> 32) ^ c3 ^ k1, p0 & LOW
    return c0, c1, c2, c3


def _philox_word(position: int) -> ScalarFunction:
    def body(xp: Any, counter: Any, draw: Any, key: Any) -> Any:
        return philox(counter, draw, key)[position].astype("uint32")

    body.__name__ = f"philox_word{position}"
    body.__doc__ = f"Word {position} of Philox4x32-10 of uint64 numbers (counter, draw) and key; uint32."
    # LLVM computes the words of one counter together, so each costs a part of the ten rounds
    function = _bits("uint64", "uint32", 3, 20, 2.0**60)(body)
    function.llvm_integer(body)
    return function


philox_words = philox_word0, philox_word1, philox_word2, philox_word3 = tuple(map(_philox_word, range(4)))


# -- bits to numbers ---------------------------------------------------------------------------------------------------


@_bits("uint32", "float32", 1, 3, float(2**32))
def fraction32(xp, word):
    """A number of [0, 1) from the upper 24 of 32 bits, all its values equally far apart; float32."""
    return (word >> 8).astype("int32").astype("float32") * 2.0**-24


@_bits("uint32", "float64", 2, 6, float(2**32))
def fraction64(xp, high, low):
    """A number of [0, 1) from 27 and 26 of twice 32 bits, all its values equally far apart; float64."""
    upper, lower = ((high >> 5).astype("int32"), (low >> 6).astype("int32"))
    return upper.astype("float64") * 2.0**-27 + lower.astype("float64") * 2.0**-53


@_bits("uint64", "uint32", 3, 5, float(2**32))
def bits_below(xp, high, low, n):
    """floor(x n / 2**64) where x = 2**32 high + low, and high, low, n < 2**32: an integer below n; uint32.

    Of equally likely x the results are equally likely to within n / 2**64.
    """
    return ((high * n + ((low * n) >> 32)) >> 32).astype("uint32")
