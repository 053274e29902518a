"""theano.tensor.inplace: functions that may overwrite their first argument.

Where results lie is decided after rewriting, and nothing that the program can see is overwritten; so they compute what the
functions without ``_inplace`` do.
"""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.scalar.function import ScalarFunction
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise


def _inplace(function: ScalarFunction) -> Elemwise:
    return Elemwise(function, {0: 0}, name=f"Elemwise{{{function},inplace}}")


def transpose_inplace(x: Any, **kwargs: Any) -> Any:
    """``x`` with its axes in reverse order."""
    return DimShuffle(x.broadcastable, tuple(reversed(range(x.ndim))))(x)


abs__inplace = _inplace(scalar.abs_)
add_inplace = _inplace(scalar.add)
and__inplace = _inplace(scalar.and_)
arccos_inplace = _inplace(scalar.arccos)
arccosh_inplace = _inplace(scalar.arccosh)
arcsin_inplace = _inplace(scalar.arcsin)
arcsinh_inplace = _inplace(scalar.arcsinh)
arctan2_inplace = _inplace(scalar.arctan2)
arctan_inplace = _inplace(scalar.arctan)
arctanh_inplace = _inplace(scalar.arctanh)
ceil_inplace = _inplace(scalar.ceil)
chi2sf_inplace = _inplace(scalar.chi2sf)
conj_inplace = _inplace(scalar.conj)
cos_inplace = _inplace(scalar.cos)
cosh_inplace = _inplace(scalar.cosh)
deg2rad_inplace = _inplace(scalar.deg2rad)
eq_inplace = _inplace(scalar.eq)
erf_inplace = _inplace(scalar.erf)
erfc_inplace = _inplace(scalar.erfc)
erfcx_inplace = _inplace(scalar.erfcx)
exp2_inplace = _inplace(scalar.exp2)
exp_inplace = _inplace(scalar.exp)
expm1_inplace = _inplace(scalar.expm1)
fill_inplace = _inplace(scalar.second)
floor_inplace = _inplace(scalar.floor)
gamma_inplace = _inplace(scalar.gamma)
gammaln_inplace = _inplace(scalar.gammaln)
ge_inplace = _inplace(scalar.ge)
gt_inplace = _inplace(scalar.gt)
i0_inplace = _inplace(scalar.i0)
i1_inplace = _inplace(scalar.i1)
int_div_inplace = _inplace(scalar.int_div)
inv_inplace = _inplace(scalar.inv)
invert_inplace = _inplace(scalar.invert)
iv_inplace = _inplace(scalar.iv)
j0_inplace = _inplace(scalar.j0)
j1_inplace = _inplace(scalar.j1)
jv_inplace = _inplace(scalar.jv)
le_inplace = _inplace(scalar.le)
log10_inplace = _inplace(scalar.log10)
log1p_inplace = _inplace(scalar.log1p)
log2_inplace = _inplace(scalar.log2)
log_inplace = _inplace(scalar.log)
lt_inplace = _inplace(scalar.lt)
maximum_inplace = _inplace(scalar.maximum)
minimum_inplace = _inplace(scalar.minimum)
mod_inplace = _inplace(scalar.mod)
mul_inplace = _inplace(scalar.mul)
neg_inplace = _inplace(scalar.neg)
neq_inplace = _inplace(scalar.neq)
or__inplace = _inplace(scalar.or_)
pow_inplace = _inplace(scalar.pow)
psi_inplace = _inplace(scalar.psi)
rad2deg_inplace = _inplace(scalar.rad2deg)
round_half_away_from_zero_inplace = _inplace(scalar.round_half_away_from_zero)
round_half_to_even_inplace = _inplace(scalar.round_half_to_even)
second_inplace = _inplace(scalar.second)
sgn_inplace = _inplace(scalar.sgn)
sin_inplace = _inplace(scalar.sin)
sinh_inplace = _inplace(scalar.sinh)
sqr_inplace = _inplace(scalar.sqr)
sqrt_inplace = _inplace(scalar.sqrt)
sub_inplace = _inplace(scalar.sub)
tan_inplace = _inplace(scalar.tan)
tanh_inplace = _inplace(scalar.tanh)
tri_gamma_inplace = _inplace(scalar.tri_gamma)
true_div_inplace = _inplace(scalar.true_div)
trunc_inplace = _inplace(scalar.trunc)
xor_inplace = _inplace(scalar.xor)
