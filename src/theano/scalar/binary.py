"""The two float formats as machine code sees them: exponents, and sums and products of double length."""

from __future__ import annotations

from typing import Any

from theano.data_classes import dataclass
from theano.scalar.coefficients import COEFFICIENTS


@dataclass(frozen=True)
class Format:
    """A binary floating-point format and its constants.

    fraction   bits after the point
    unsigned   the integer dtype of the same length
    one        the bits of 1.0
    half_root  the bits of sqrt(1/2)
    shifter    1.5 * 2**fraction: adding it rounds to a whole number, which then stands in the low bits
    smallest   the smallest number with all its bits
    ln2_hi     log 2 with so many last bits zero that its products with exponents are exact (fdlibm; Cephes)
    ln2_lo     log 2 - ln2_hi
    """

    fraction: int
    unsigned: str
    one: int
    half_root: int
    shifter: float
    smallest: float
    ln2_hi: float
    ln2_lo: float


FORMATS = {
    "float32": Format(
        23, "uint32", 0x3F800000, 0x3F3504F3, 1.5 * 2**23, 2.0**-126, 0.693359375, -2.12194440054690583e-4
    ),
    "float64": Format(
        52, "uint64", 0x3FF0000000000000, 0x3FE6A09E667F3BCD, 1.5 * 2**52, 2.0**-1022,
        float.fromhex("0x1.62e42feep-1"), float.fromhex("0x1.a39ef35793c76p-33"),
    ),
}  # fmt: skip


def polynomial(b: Any, name: str, x: Any) -> Any:
    """The polynomial of that name at x, in the precision of x."""
    return b.poly(x, COEFFICIENTS[name][x.dtype])


def unsigned_bits(b: Any, x: Any) -> Any:
    """The bits of x as an unsigned integer."""
    return b.astype(b.bits(x), FORMATS[x.dtype].unsigned)


def exponent_and_fraction(b: Any, x: Any) -> tuple[Any, Any]:
    """(k, f) with x = 2**k (1 + f) and sqrt(1/2) <= 1 + f < sqrt(2), for positive finite x; k is a float."""
    form = FORMATS[x.dtype]
    is_tiny = x < form.smallest
    n = unsigned_bits(b, b.where(is_tiny, x * 2.0 ** (form.fraction + 2), x))
    bias = form.one >> form.fraction  # adding (bias + 1) << fraction keeps the difference positive
    above = n + (((bias + 1) << form.fraction) - form.half_root)
    whole = 2.0**form.fraction
    shift = whole + bias + 1
    shifted = b.from_bits((above >> form.fraction) | ((bias + form.fraction) << form.fraction))  # k + shift
    k = shifted - b.where(is_tiny, shift + form.fraction + 2, b.constant(shift, x.dtype))
    fraction_mask = (1 << form.fraction) - 1
    f = b.from_bits((above & fraction_mask) + form.half_root) - 1
    return k, f


def powers_of_two(b: Any, shifted: Any) -> tuple[Any, Any]:
    """(p, q) with p q = 2**k for ``shifted = k + shifter``; two, as 2**k itself may be out of range."""
    form = FORMATS[shifted.dtype]
    n = unsigned_bits(b, shifted)
    half = n >> 1
    p, q = (b.from_bits((part << form.fraction) + form.one) for part in (half, n - half))
    return p, q


def inverse_power(b: Any, p: Any) -> Any:
    """1 / p for a power of two."""
    form = FORMATS[p.dtype]
    return b.from_bits(b.constant(2 * form.one, form.unsigned) - unsigned_bits(b, p))


def two_sum(b: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """(s, e) with s = x + y rounded and s + e = x + y exactly, for |x| >= |y| or x = 0 (Dekker 1971)."""
    s = x + y
    return s, y - (s - x)


def any_two_sum(b: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """``two_sum`` for operands of any size (Knuth)."""
    s = x + y
    t = s - x
    return s, (x - (s - t)) + (y - t)


def two_product(b: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """(p, e) with p = x y rounded and p + e = x y exactly; of halves where there is no fma (Dekker 1971)."""
    p = x * y
    if b.fused:
        return p, b.fma(x, y, -p)
    (x1, x2), (y1, y2) = _split(b, x), _split(b, y)
    return p, ((x1 * y1 - p) + x1 * y2 + x2 * y1) + x2 * y2


def _split(b: Any, x: Any) -> tuple[Any, Any]:
    """x = x1 + x2, each with half the bits."""
    scaled = x * (2.0 ** ((FORMATS[x.dtype].fraction + 2) // 2) + 1)
    high = scaled - (scaled - x)
    return high, x - high
