"""Functions of numbers, each defined once: value, dtype rule, derivative, machine code, sample domain."""

from theano.scalar import operators
from theano.scalar.activation import hard_sigmoid, sigmoid, softplus, softsign, ultra_fast_sigmoid
from theano.scalar.arithmetic import (
    ComplexError,
    add,
    casts,
    clip,
    identity,
    int_div,
    maximum,
    minimum,
    mod,
    mod_check,
    mul,
    neg,
    second,
    sqr,
    sub,
    switch,
    true_div,
)
from theano.scalar.comparison import eq, ge, gt, inclosedrange, inopenrange, isinf, isnan, le, lt, neq
from theano.scalar.complex import abs_, angle, complex, complex_from_polar, conj, imag, real, sgn
from theano.scalar.error_function import erf, erfc, erfcinv, erfcx, erfinv
from theano.scalar.exponential import exp, exp2, expm1, log, log1p, log2, log10
from theano.scalar.function import (
    UNDEFINED,
    Samples,
    ScalarFunction,
    ScalarOp,
    all_scalar_functions,
    scalar_function,
    scalar_function_named,
)
from theano.scalar.hyperbolic import arccosh, arcsinh, arctanh, cosh, sinh, tanh
from theano.scalar.logic import and_, invert, or_, xor
from theano.scalar.names import (
    BinaryScalarOp,
    UnaryScalarOp,
    all_types,
    bool,
    cast,
    complex64,
    complex128,
    complex_types,
    complexs,
    complexs64,
    complexs128,
    constant,
    continuous_types,
    discrete_types,
    float16,
    float32,
    float64,
    float_out,
    float_out_nocomplex,
    float_types,
    floats,
    get_scalar_type,
    int8,
    int16,
    int32,
    int64,
    int_out,
    int_out_nocomplex,
    int_types,
    integer_types,
    ints,
    real_out,
    same_out,
    same_out_float_only,
    same_out_min8,
    same_out_nobool,
    same_out_nocomplex,
    specific_out,
    transfer_type,
    uint8,
    uint16,
    uint32,
    uint64,
    uint_types,
    upcast,
    upcast_out,
    upcast_out_min8,
    upcast_out_no_complex,
    upcast_out_nobool,
    upgrade_to_float,
    upgrade_to_float64,
    upgrade_to_float_no_complex,
)
from theano.scalar.power import inv, pow, sqrt
from theano.scalar.rounding import ceil, floor, round_half_away_from_zero, round_half_to_even, trunc
from theano.scalar.special import (
    chi2sf,
    gamma,
    gammainc,
    gammaincc,
    gammal,
    gammaln,
    gammau,
    i0,
    i1,
    iv,
    j0,
    j1,
    jv,
    psi,
    tri_gamma,
)
from theano.scalar.trigonometric import (
    arccos,
    arcsin,
    arctan,
    arctan2,
    cos,
    deg2rad,
    rad2deg,
    sin,
    tan,
)
from theano.scalar.type import ScalarConstant, ScalarType, ScalarVariable, as_scalar

Scalar = ScalarType
floor_div = int_div
convert_to_bool, convert_to_int8, convert_to_int16, convert_to_int32, convert_to_int64 = (
    casts[d] for d in ("bool", "int8", "int16", "int32", "int64")
)
convert_to_uint8, convert_to_uint16, convert_to_uint32, convert_to_uint64 = (
    casts[d] for d in ("uint8", "uint16", "uint32", "uint64")
)
convert_to_float16, convert_to_float32, convert_to_float64 = (casts[d] for d in ("float16", "float32", "float64"))
convert_to_complex64, convert_to_complex128 = (casts[d] for d in ("complex64", "complex128"))
