"""Classes of scalar ops: ``isinstance(op.scalar_op, theano.scalar.Exp)``, ``GammaLn(upgrade_to_float, name="gammaln")``.

Here a function of numbers is one object.  Such a class stands for it: the function alone is an instance, and making an
instance gives the function, whose dtype rule and name stay its own.
"""

from __future__ import annotations

from typing import Any

from theano import scalar
from theano.scalar.arithmetic import casts
from theano.scalar.function import ScalarFunction


class _OfOneFunction(type):
    """A class whose instances are the given functions; calling it gives the first."""

    functions: tuple[ScalarFunction, ...]

    def __instancecheck__(cls, instance: object) -> bool:
        return any(instance is f for f in cls.functions)

    def __call__(cls, output_types_preference: Any = None, name: str | None = None) -> ScalarFunction:
        return cls.functions[0]


class _OfConversions(_OfOneFunction):
    """The same; calling it with a type gives the conversion to that type."""

    def __call__(cls, o_type: Any, name: str | None = None) -> ScalarFunction:  # type: ignore[override]
        return casts[o_type.dtype]


def _class_of(name: str, function: ScalarFunction) -> type:
    doc = f"The class of ``theano.scalar.{function.name}``."
    return _OfOneFunction(name, (), {"functions": (function,), "__doc__": doc, "__module__": __name__})


AND, OR, XOR, Invert = (
    _class_of(name, f)
    for name, f in (("AND", scalar.and_), ("OR", scalar.or_), ("XOR", scalar.xor), ("Invert", scalar.invert))
)
EQ, NEQ, LT, LE, GT, GE = (
    _class_of(name.upper(), getattr(scalar, name)) for name in ("eq", "neq", "lt", "le", "gt", "ge")
)
IsNan, IsInf = _class_of("IsNan", scalar.isnan), _class_of("IsInf", scalar.isinf)
Add, Sub, Mul, TrueDiv, IntDiv, Mod = (
    _class_of(name, f)
    for name, f in (
        ("Add", scalar.add),
        ("Sub", scalar.sub),
        ("Mul", scalar.mul),
        ("TrueDiv", scalar.true_div),
        ("IntDiv", scalar.int_div),
        ("Mod", scalar.mod),
    )
)
Pow, Sqr, Sqrt, Inv, Neg = (
    _class_of(f.name.capitalize(), f) for f in (scalar.pow, scalar.sqr, scalar.sqrt, scalar.inv, scalar.neg)
)
Maximum, Minimum, Clip, Switch, Second, Identity = (
    _class_of(f.name.capitalize(), f)
    for f in (scalar.maximum, scalar.minimum, scalar.clip, scalar.switch, scalar.second, scalar.identity)
)
Cast = _OfConversions(
    "Cast",
    (),
    {"functions": tuple(casts.values()), "__doc__": "The class of conversions.", "__module__": __name__},
)
Abs, Sgn, Ceil, Floor, Trunc = (
    _class_of(name, f)
    for name, f in (
        ("Abs", scalar.abs_),
        ("Sgn", scalar.sgn),
        ("Ceil", scalar.ceil),
        ("Floor", scalar.floor),
        ("Trunc", scalar.trunc),
    )
)
RoundHalfToEven = _class_of("RoundHalfToEven", scalar.round_half_to_even)
RoundHalfAwayFromZero = _class_of("RoundHalfAwayFromZero", scalar.round_half_away_from_zero)
Exp, Exp2, Expm1, Log, Log2, Log10, Log1p = (
    _class_of(f.name.capitalize(), f)
    for f in (scalar.exp, scalar.exp2, scalar.expm1, scalar.log, scalar.log2, scalar.log10, scalar.log1p)
)
Deg2Rad, Rad2Deg = _class_of("Deg2Rad", scalar.deg2rad), _class_of("Rad2Deg", scalar.rad2deg)
Cos, Sin, Tan, Cosh, Sinh, Tanh = (
    _class_of(f.name.capitalize(), f)
    for f in (scalar.cos, scalar.sin, scalar.tan, scalar.cosh, scalar.sinh, scalar.tanh)
)
ArcCos, ArcSin, ArcTan, ArcTan2, ArcCosh, ArcSinh, ArcTanh = (
    _class_of("Arc" + f.name[3:].capitalize(), f)
    for f in (
        scalar.arccos,
        scalar.arcsin,
        scalar.arctan,
        scalar.arctan2,
        scalar.arccosh,
        scalar.arcsinh,
        scalar.arctanh,
    )
)
Real, Imag, Angle, Conj, Complex = (
    _class_of(f.name.capitalize(), f)
    for f in (scalar.real, scalar.imag, scalar.angle, scalar.conj, scalar.complex)
)
ComplexFromPolar = _class_of("ComplexFromPolar", scalar.complex_from_polar)
Erf, Erfc, Erfcx, Erfinv, Erfcinv = (
    _class_of(f.name.capitalize(), f)
    for f in (scalar.erf, scalar.erfc, scalar.erfcx, scalar.erfinv, scalar.erfcinv)
)
Gamma, GammaLn, Psi, TriGamma = (
    _class_of(name, f)
    for name, f in (
        ("Gamma", scalar.gamma),
        ("GammaLn", scalar.gammaln),
        ("Psi", scalar.psi),
        ("TriGamma", scalar.tri_gamma),
    )
)
GammaInc, GammaIncC, GammaU, GammaL, Chi2SF = (
    _class_of(name, f)
    for name, f in (
        ("GammaInc", scalar.gammainc),
        ("GammaIncC", scalar.gammaincc),
        ("GammaU", scalar.gammau),
        ("GammaL", scalar.gammal),
        ("Chi2SF", scalar.chi2sf),
    )
)
J0, J1, Jv, I0, I1, Iv = (
    _class_of(f.name.capitalize(), f) for f in (scalar.j0, scalar.j1, scalar.jv, scalar.i0, scalar.i1, scalar.iv)
)
XlogX, XlogY0 = _class_of("XlogX", scalar.xlogx), _class_of("XlogY0", scalar.xlogy0)
ScalarSigmoid = _class_of("ScalarSigmoid", scalar.sigmoid)
ScalarSoftplus = _class_of("ScalarSoftplus", scalar.softplus)
ScalarSoftsign = _class_of("ScalarSoftsign", scalar.softsign)
UltraFastScalarSigmoid = _class_of("UltraFastScalarSigmoid", scalar.ultra_fast_sigmoid)
