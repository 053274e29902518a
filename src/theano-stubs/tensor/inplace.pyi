"""theano.tensor.inplace of Theano 1.0.5."""

from theano._types import TensorLike
from theano.printing import pp
from theano.tensor import TensorVariable
from typing import Any

__all__ = ['abs__inplace', 'add_inplace', 'and__inplace', 'arccos_inplace', 'arccosh_inplace', 'arcsin_inplace', 'arcsinh_inplace', 'arctan2_inplace', 'arctan_inplace', 'arctanh_inplace', 'ceil_inplace', 'chi2sf_inplace', 'conj_inplace', 'cos_inplace', 'cosh_inplace', 'deg2rad_inplace', 'eq_inplace', 'erf_inplace', 'erfc_inplace', 'erfcx_inplace', 'exp2_inplace', 'exp_inplace', 'expm1_inplace', 'fill_inplace', 'floor_inplace', 'gamma_inplace', 'gammaln_inplace', 'ge_inplace', 'gt_inplace', 'i0_inplace', 'i1_inplace', 'int_div_inplace', 'inv_inplace', 'invert_inplace', 'iv_inplace', 'j0_inplace', 'j1_inplace', 'jv_inplace', 'le_inplace', 'log1p_inplace', 'log2_inplace', 'log10_inplace', 'log_inplace', 'lt_inplace', 'maximum_inplace', 'minimum_inplace', 'mod_inplace', 'mul_inplace', 'neg_inplace', 'neq_inplace', 'or__inplace', 'pow_inplace', 'pprint', 'psi_inplace', 'rad2deg_inplace', 'round_half_away_from_zero_inplace', 'round_half_to_even_inplace', 'second_inplace', 'sgn_inplace', 'sin_inplace', 'sinh_inplace', 'sqr_inplace', 'sqrt_inplace', 'sub_inplace', 'tan_inplace', 'tanh_inplace', 'transpose_inplace', 'tri_gamma_inplace', 'true_div_inplace', 'trunc_inplace', 'xor_inplace']
def abs__inplace(x: TensorLike, /) -> TensorVariable:
    """|x|, in the dtype of x; of a complex number sqrt(u ** 2 + v ** 2), in the dtype of its parts."""
def add_inplace(*operands: TensorLike) -> TensorVariable:
    """x + y + ..., grouped from the left, in the common dtype.  bool + bool is "or"."""
def and__inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x & y, bit by bit in the common dtype; logical for bool."""
def arccos_inplace(x: TensorLike, /) -> TensorVariable:
    """The angle in [0, pi] whose cosine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
def arccosh_inplace(x: TensorLike, /) -> TensorVariable:
    """log(x + sqrt(x**2 - 1)) >= 0; NaN for x < 1.  int8, int16 -> float32; complex stays complex."""
def arcsin_inplace(x: TensorLike, /) -> TensorVariable:
    """The angle in [-pi/2, pi/2] whose sine is x; NaN beyond 1.  int8, int16 -> float32; complex too."""
def arcsinh_inplace(x: TensorLike, /) -> TensorVariable:
    """log(x + sqrt(x**2 + 1)), odd.  int8, int16 -> float32; complex stays complex."""
def arctan2_inplace(y: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The angle of the point (x, y), in [-pi, pi].  int8, int16 -> float32; TypeError for complex."""
def arctan_inplace(x: TensorLike, /) -> TensorVariable:
    """The angle in (-pi/2, pi/2) whose tangent is x.  int8, int16 -> float32; complex stays complex."""
def arctanh_inplace(x: TensorLike, /) -> TensorVariable:
    """log((1 + x) / (1 - x)) / 2; infinite at -1 and 1, NaN beyond.  int8, int16 -> float32."""
def ceil_inplace(x: TensorLike, /) -> TensorVariable:
    """The smallest whole number >= x, floating also for integers.  TypeError for complex."""
def chi2sf_inplace(x: TensorLike, k: TensorLike, /) -> TensorVariable:
    """1 - F(x), F the chi-squared distribution with k degrees of freedom.  float64; TypeError for complex."""
def conj_inplace(x: TensorLike, /) -> TensorVariable:
    """u - iv of x = u + iv; x itself when x is real, but int8 for bool."""
def cos_inplace(x: TensorLike, /) -> TensorVariable:
    """The cosine of x radians.  int8, int16 -> float32; complex stays complex."""
def cosh_inplace(x: TensorLike, /) -> TensorVariable:
    """(exp(x) + exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
def deg2rad_inplace(x: TensorLike, /) -> TensorVariable:
    """x degrees in radians.  int8, int16 -> float32; TypeError for complex."""
def eq_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x == y, compared in the common dtype."""
def erf_inplace(x: TensorLike, /) -> TensorVariable:
    """The integral of 2 / sqrt(pi) exp(-t**2) from 0 to x.  int8, int16 -> float32; complex stays complex."""
def erfc_inplace(x: TensorLike, /) -> TensorVariable:
    """1 - erf(x), accurate for large x.  int8, int16 -> float32; TypeError for complex."""
def erfcx_inplace(x: TensorLike, /) -> TensorVariable:
    """exp(x**2) erfc(x).  int8, int16 -> float32; TypeError for complex."""
def exp2_inplace(x: TensorLike, /) -> TensorVariable:
    """2 ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def exp_inplace(x: TensorLike, /) -> TensorVariable:
    """e ** x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def expm1_inplace(x: TensorLike, /) -> TensorVariable:
    """e ** x - 1, accurate near 0.  int8, int16 -> float32; complex stays complex."""
def fill_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """y, in its own dtype; of arrays: y in the shape of both."""
def floor_inplace(x: TensorLike, /) -> TensorVariable:
    """The largest whole number <= x, floating also for integers.  TypeError for complex."""
def gamma_inplace(x: TensorLike, /) -> TensorVariable:
    """The gamma function, (x - 1)! for whole x > 0.  int8, int16 -> float32; complex stays complex."""
def gammaln_inplace(x: TensorLike, /) -> TensorVariable:
    """log |gamma(x)|.  int8, int16 -> float32; TypeError for complex."""
def ge_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x >= y, compared in the common dtype; complex numbers by their real parts first."""
def gt_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x > y, compared in the common dtype; complex numbers by their real parts first."""
def i0_inplace(x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
def i1_inplace(x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
def int_div_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The floor of x / y, in the common dtype; an integer divided by 0 gives 0.  Derivatives are 0."""
def inv_inplace(x: TensorLike, /) -> TensorVariable:
    """1 / x.  int8, int16 -> float32; int32, int64 -> float64; complex stays complex."""
def invert_inplace(x: TensorLike, /) -> TensorVariable:
    """~x: all bits of x changed, -1 - x for signed integers; "not" for bool."""
def iv_inplace(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The modified Bessel function of the first kind of real order v.  TypeError for complex."""
def j0_inplace(x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of order 0.  int8, int16 -> float32; TypeError for complex."""
def j1_inplace(x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of order 1.  int8, int16 -> float32; TypeError for complex."""
def jv_inplace(v: TensorLike, x: TensorLike, /) -> TensorVariable:
    """The Bessel function of the first kind of real order v.  TypeError for complex."""
def le_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x <= y, compared in the common dtype; complex numbers by their real parts first."""
def log1p_inplace(x: TensorLike, /) -> TensorVariable:
    """log(1 + x), accurate near 0.  int8, int16 -> float32; complex stays complex."""
def log2_inplace(x: TensorLike, /) -> TensorVariable:
    """The logarithm to base 2, exact for powers of 2.  int8, int16 -> float32; complex stays complex."""
def log10_inplace(x: TensorLike, /) -> TensorVariable:
    """The logarithm to base 10.  int8, int16 -> float32; complex stays complex."""
def log_inplace(x: TensorLike, /) -> TensorVariable:
    """The natural logarithm.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
def lt_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x < y, compared in the common dtype; complex numbers by their real parts first."""
def maximum_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The larger of x and y, NaN if one is NaN, in the common dtype."""
def minimum_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """The smaller of x and y, NaN if one is NaN, in the common dtype."""
def mod_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x - y * floor(x / y): of the sign of y, as in Python; an integer modulo 0 gives 0."""
def mul_inplace(*operands: TensorLike) -> TensorVariable:
    """x * y * ..., grouped from the left, in the common dtype.  bool * bool is "and"."""
def neg_inplace(x: TensorLike, /) -> TensorVariable:
    """-x, in the dtype of x.  TypeError for bool."""
def neq_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x != y, compared in the common dtype; True where one is NaN."""
def or__inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x | y, bit by bit in the common dtype; logical for bool."""
def pow_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x ** y in the common dtype, as C99 has it: 0 ** 0 = 1, NaN for negative x and broken y."""
pprint = pp
def psi_inplace(x: TensorLike, /) -> TensorVariable:
    """The digamma function, the derivative of log gamma(x).  int8, int16 -> float32; complex stays complex."""
def rad2deg_inplace(x: TensorLike, /) -> TensorVariable:
    """x radians in degrees.  int8, int16 -> float32; TypeError for complex."""
def round_half_away_from_zero_inplace(x: TensorLike, /) -> TensorVariable:
    """The nearest whole number, of two the larger in magnitude.  TypeError unless x is a float."""
def round_half_to_even_inplace(x: TensorLike, /) -> TensorVariable:
    """The nearest whole number, of two the even one.  TypeError unless x is a float."""
def second_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """y, in its own dtype; of arrays: y in the shape of both."""
def sgn_inplace(x: TensorLike, /) -> TensorVariable:
    """1, 0 or -1 by the sign of x, in its dtype; NaN for NaN.  TypeError for bool and complex.  The derivative is 0."""
def sin_inplace(x: TensorLike, /) -> TensorVariable:
    """The sine of x radians.  int8, int16 -> float32; complex stays complex."""
def sinh_inplace(x: TensorLike, /) -> TensorVariable:
    """(exp(x) - exp(-x)) / 2.  int8, int16 -> float32; complex stays complex."""
def sqr_inplace(x: TensorLike, /) -> TensorVariable:
    """x * x, in the dtype of x."""
def sqrt_inplace(x: TensorLike, /) -> TensorVariable:
    """The square root.  int8, int16 -> float32; complex stays complex.  NaN for x < 0."""
def sub_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x - y, in the common dtype.  TypeError for two bools."""
def tan_inplace(x: TensorLike, /) -> TensorVariable:
    """The tangent of x radians.  int8, int16 -> float32; complex stays complex."""
def tanh_inplace(x: TensorLike, /) -> TensorVariable:
    """Hyperbolic tangent, ``sinh(x) / cosh(x)``: odd, with values in (-1, 1)."""
def transpose_inplace(x: Any, **kwargs: Any) -> Any:
    """``x`` with its axes in reverse order."""
def tri_gamma_inplace(x: TensorLike, /) -> TensorVariable:
    """The derivative of psi(x).  int8, int16 -> float32; TypeError for complex."""
def true_div_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x / y.  Two integers are divided in floatX; otherwise in the common dtype."""
def trunc_inplace(x: TensorLike, /) -> TensorVariable:
    """x without its fraction, floating also for integers.  TypeError for complex."""
def xor_inplace(x: TensorLike, y: TensorLike, /) -> TensorVariable:
    """x ^ y, bit by bit in the common dtype; logical for bool."""
