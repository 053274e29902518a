"""The elementwise functions of ``theano.tensor``: one line for each function of numbers, and what is made of them.

Arguments are tensors, or what becomes one: numbers, arrays, lists.  Only dimensions declared broadcastable stretch.
Formulas, dtypes and errors are told in ``theano.scalar``.
"""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np

from theano import scalar
from theano.configuration import config
from theano.graph import Variable
from theano.scalar.arithmetic import casts
from theano.scalar.dtype import DISCRETE
from theano.tensor.constant import as_tensor_variable, constant
from theano.tensor.elemwise import elemwise_of
from theano.tensor.truth import all

__all__ = [
    "abs_",
    "add",
    "allclose",
    "and_",
    "angle",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "betainc",
    "betaln",
    "bitwise_and",
    "bitwise_not",
    "bitwise_or",
    "bitwise_xor",
    "cast",
    "ceil",
    "ceil_intdiv",
    "chi2sf",
    "clip",
    "complex",
    "complex_from_polar",
    "conj",
    "cos",
    "cosh",
    "deg2rad",
    "div_proxy",
    "divmod",
    "eq",
    "erf",
    "erfc",
    "erfcinv",
    "erfcx",
    "erfinv",
    "exp",
    "exp2",
    "expm1",
    "floor",
    "floor_div",
    "gamma",
    "gammainc",
    "gammaincc",
    "gammal",
    "gammaln",
    "gammau",
    "ge",
    "gt",
    "i0",
    "i0e",
    "i1",
    "i1e",
    "imag",
    "int_div",
    "inv",
    "invert",
    "iround",
    "isclose",
    "isinf",
    "isinf_",
    "isnan",
    "isnan_",
    "iv",
    "ive",
    "j0",
    "j1",
    "jv",
    "kv",
    "kve",
    "largest",
    "le",
    "log",
    "log1mexp",
    "log1p",
    "log2",
    "log10",
    "log_ndtr",
    "logaddexp",
    "lt",
    "maximum",
    "minimum",
    "mod",
    "mod_check",
    "mul",
    "ndtr",
    "ndtri",
    "neg",
    "neq",
    "or_",
    "polygamma",
    "pow",
    "power",
    "psi",
    "rad2deg",
    "real",
    "round",
    "round_half_away_from_zero",
    "round_half_to_even",
    "second",
    "sgn",
    "sin",
    "sinh",
    "smallest",
    "sqr",
    "sqrt",
    "square",
    "sub",
    "switch",
    "tan",
    "tanh",
    "tensor_copy",
    "tri_gamma",
    "true_div",
    "trunc",
    "where",
    "xlog1py",
    "xlogy",
    "xor",
    "yv",
]  # fmt: skip

# -- arithmetic --------------------------------------------------------------------------------------------------------

add = elemwise_of(scalar.add)
sub = elemwise_of(scalar.sub)
mul = elemwise_of(scalar.mul)
true_div = elemwise_of(scalar.true_div)
int_div = floor_div = elemwise_of(scalar.int_div)
mod = elemwise_of(scalar.mod)
neg = elemwise_of(scalar.neg)
inv = elemwise_of(scalar.inv)
sqr = square = elemwise_of(scalar.sqr)
sqrt = elemwise_of(scalar.sqrt)
pow = elemwise_of(scalar.pow)
maximum = elemwise_of(scalar.maximum)
minimum = elemwise_of(scalar.minimum)
clip = elemwise_of(scalar.clip)
switch = where = elemwise_of(scalar.switch)
second = elemwise_of(scalar.second)
tensor_copy = elemwise_of(scalar.identity)

# -- signs, rounding, complex numbers ----------------------------------------------------------------------------------

abs_ = elemwise_of(scalar.abs_)
sgn = elemwise_of(scalar.sgn)
ceil = elemwise_of(scalar.ceil)
floor = elemwise_of(scalar.floor)
trunc = elemwise_of(scalar.trunc)
round_half_to_even = elemwise_of(scalar.round_half_to_even)
round_half_away_from_zero = elemwise_of(scalar.round_half_away_from_zero)
real = elemwise_of(scalar.real)
imag = elemwise_of(scalar.imag)
angle = elemwise_of(scalar.angle)
conj = elemwise_of(scalar.conj)
complex = elemwise_of(scalar.complex)
complex_from_polar = elemwise_of(scalar.complex_from_polar)

# -- comparison and logic ----------------------------------------------------------------------------------------------

eq = elemwise_of(scalar.eq)
neq = elemwise_of(scalar.neq)
lt = elemwise_of(scalar.lt)
gt = elemwise_of(scalar.gt)
le = elemwise_of(scalar.le)
ge = elemwise_of(scalar.ge)
isnan_ = elemwise_of(scalar.isnan)
isinf_ = elemwise_of(scalar.isinf)
and_ = bitwise_and = elemwise_of(scalar.and_)
or_ = bitwise_or = elemwise_of(scalar.or_)
xor = bitwise_xor = elemwise_of(scalar.xor)
invert = bitwise_not = elemwise_of(scalar.invert)

# -- exponentials, angles ----------------------------------------------------------------------------------------------

exp = elemwise_of(scalar.exp)
exp2 = elemwise_of(scalar.exp2)
expm1 = elemwise_of(scalar.expm1)
log = elemwise_of(scalar.log)
log2 = elemwise_of(scalar.log2)
log10 = elemwise_of(scalar.log10)
log1p = elemwise_of(scalar.log1p)
sin = elemwise_of(scalar.sin)
cos = elemwise_of(scalar.cos)
tan = elemwise_of(scalar.tan)
arcsin = elemwise_of(scalar.arcsin)
arccos = elemwise_of(scalar.arccos)
arctan = elemwise_of(scalar.arctan)
arctan2 = elemwise_of(scalar.arctan2)
sinh = elemwise_of(scalar.sinh)
cosh = elemwise_of(scalar.cosh)
tanh = elemwise_of(scalar.tanh)
arcsinh = elemwise_of(scalar.arcsinh)
arccosh = elemwise_of(scalar.arccosh)
arctanh = elemwise_of(scalar.arctanh)
deg2rad = elemwise_of(scalar.deg2rad)
rad2deg = elemwise_of(scalar.rad2deg)

# -- special functions -------------------------------------------------------------------------------------------------

log1mexp = elemwise_of(scalar.log1mexp)
logaddexp = elemwise_of(scalar.logaddexp)
xlogy = elemwise_of(scalar.xlogy)
xlog1py = elemwise_of(scalar.xlog1py)
ndtr = elemwise_of(scalar.ndtr)
log_ndtr = elemwise_of(scalar.log_ndtr)
ndtri = elemwise_of(scalar.ndtri)
polygamma = elemwise_of(scalar.polygamma)
betaln = elemwise_of(scalar.betaln)
betainc = elemwise_of(scalar.betainc)
yv = elemwise_of(scalar.yv)
i0e = elemwise_of(scalar.i0e)
i1e = elemwise_of(scalar.i1e)
ive = elemwise_of(scalar.ive)
kv = elemwise_of(scalar.kv)
kve = elemwise_of(scalar.kve)
erf = elemwise_of(scalar.erf)
erfc = elemwise_of(scalar.erfc)
erfcx = elemwise_of(scalar.erfcx)
erfinv = elemwise_of(scalar.erfinv)
erfcinv = elemwise_of(scalar.erfcinv)
gamma = elemwise_of(scalar.gamma)
gammaln = elemwise_of(scalar.gammaln)
psi = elemwise_of(scalar.psi)
tri_gamma = elemwise_of(scalar.tri_gamma)
chi2sf = elemwise_of(scalar.chi2sf)
gammainc = elemwise_of(scalar.gammainc)
gammaincc = elemwise_of(scalar.gammaincc)
gammau = elemwise_of(scalar.gammau)
gammal = elemwise_of(scalar.gammal)
j0 = elemwise_of(scalar.j0)
j1 = elemwise_of(scalar.j1)
jv = elemwise_of(scalar.jv)
i0 = elemwise_of(scalar.i0)
i1 = elemwise_of(scalar.i1)
iv = elemwise_of(scalar.iv)

# -- made of these -----------------------------------------------------------------------------------------------------


def power(x: Any, y: Any) -> Variable:
    """x ** y elementwise, as ``pow``."""
    return pow(x, y)


def cast(x: Any, dtype: str) -> Variable:
    """``x`` converted to ``dtype``; ``"floatX"`` is the configured one.  ``x`` itself when it has that dtype.

    Raises TypeError from complex to real: use ``real``, ``imag``, ``angle`` or ``abs_``.
    """
    dtype = config.floatX if dtype == "floatX" else np.dtype(dtype).name
    x = as_tensor_variable(x)
    return x if x.type.dtype == dtype else elemwise_of(casts[dtype])(x)  # type: ignore[attr-defined]


def mod_check(x: Any, y: Any) -> Variable:
    """x % y elementwise.  Raises ComplexError when an argument is complex."""
    return scalar.mod_check(as_tensor_variable(x), as_tensor_variable(y))


def divmod(x: Any, y: Any) -> tuple[Variable, Variable]:
    """(floor(x / y), x % y) elementwise, in the common dtype."""
    return int_div(x, y), mod_check(x, y)


def div_proxy(x: Any, y: Any) -> Variable:
    """``int_div`` of two integers, else ``true_div``: what ``/`` meant in Python 2."""
    x, y = as_tensor_variable(x), as_tensor_variable(y)
    are_discrete = x.type.dtype in DISCRETE and y.type.dtype in DISCRETE  # type: ignore[attr-defined]
    return int_div(x, y) if are_discrete else true_div(x, y)


def ceil_intdiv(a: Any, b: Any) -> Variable:
    """The ceiling of a / b, for integers, in their common dtype; no float is involved."""
    quotient = int_div(a, b)
    return quotient + neq(mod(a, b), 0)


def round(a: Any, mode: str | None = None) -> Variable:
    """The nearest whole numbers, in the dtype of ``a``, which must be floating (TypeError).

    mode  where two are equally near: "half_to_even" (the default) or "half_away_from_zero"
    """
    match mode:
        case None | "half_to_even":
            return round_half_to_even(a)
        case "half_away_from_zero":
            return round_half_away_from_zero(a)
    raise ValueError(f'round(a, mode) needs mode "half_to_even" or "half_away_from_zero", found {mode!r}')


def iround(a: Any, mode: str | None = None) -> Variable:
    """``round``, as int64."""
    return cast(round(a, mode), "int64")


def isnan(a: Any) -> Variable:
    """Whether each element is NaN, bool; constant False for bools and integers."""
    return _no_integer_is(isnan_, a)


def isinf(a: Any) -> Variable:
    """Whether each element is infinite, bool; constant False for bools and integers."""
    return _no_integer_is(isinf_, a)


def _no_integer_is(test: Any, a: Any) -> Variable:
    a = as_tensor_variable(a)
    if a.type.dtype in DISCRETE:  # type: ignore[attr-defined]
        return second(a, constant(np.array(False)))
    return test(a)


def isclose(
    a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: builtins.bool = False
) -> Variable:
    """|a - b| <= atol + rtol |b| elementwise, bool, as numpy.isclose.

    Infinities are close to those of the same sign; NaN to NaN only with ``equal_nan``.
    """
    a, b = as_tensor_variable(a), as_tensor_variable(b)
    if a.type.dtype == "bool" and b.type.dtype == "bool":  # type: ignore[attr-defined]
        a = cast(a, "int8")  # bools cannot be subtracted
    are_finite = invert(or_(or_(isnan(a), isinf(a)), or_(isnan(b), isinf(b))))
    are_near = le(abs_(a - b), atol + rtol * abs_(b))
    close = or_(and_(are_near, are_finite), eq(a, b))
    return or_(close, and_(isnan(a), isnan(b))) if equal_nan else close


def allclose(
    a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: builtins.bool = False
) -> Variable:
    """Whether all elements of ``isclose`` are true: a bool scalar, as numpy.allclose."""
    return all(isclose(a, b, rtol, atol, equal_nan))


def largest(*args: Any) -> Variable:
    """The elementwise maximum of any number of tensors; at a tie the first gets the gradient."""
    return _folded(maximum, args)


def smallest(*args: Any) -> Variable:
    """The elementwise minimum of any number of tensors; at a tie the first gets the gradient."""
    return _folded(minimum, args)


def _folded(function: Any, args: tuple) -> Variable:
    if not args:
        raise TypeError("at least one tensor is needed, found none")
    result = as_tensor_variable(args[0])
    for other in args[1:]:
        result = function(result, other)
    return result
