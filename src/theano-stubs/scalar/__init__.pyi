"""Functions of numbers, each defined once: value, dtype rule, derivative, machine code, sample domain."""

import builtins
import numpy
import numpy.random
from collections.abc import Callable
from collections.abc import Sequence
from theano.graph import Constant as _graph_Constant
from theano.graph import Op as _graph_Op
from theano.graph import Type as _graph_Type
from theano.graph import Variable as _graph_Variable
from theano.printing import pp
from theano.scalar._function import Undefined
from typing import Any

from theano.scalar import basic as basic
from theano.scalar import basic_scipy as basic_scipy
from theano.scalar import sharedvar as sharedvar
__all__ = ['UNDEFINED', 'BinaryScalarOp', 'ComplexError', 'IntegerDivisionError', 'Samples', 'Scalar', 'ScalarConstant', 'ScalarFunction', 'ScalarOp', 'ScalarType', 'ScalarVariable', 'UnaryScalarOp', 'abs_', 'add', 'all_scalar_functions', 'all_types', 'and_', 'angle', 'arccos', 'arccosh', 'arcsin', 'arcsinh', 'arctan', 'arctan2', 'arctanh', 'as_scalar', 'betainc', 'betainc_by_first', 'betainc_by_second', 'betaln', 'bits_below', 'bool', 'cast', 'casts', 'ceil', 'chi2sf', 'clip', 'complex', 'complex64', 'complex128', 'complex_from_polar', 'complex_types', 'complexs', 'complexs64', 'complexs128', 'conj', 'constant', 'continuous_types', 'convert_to_bool', 'convert_to_complex64', 'convert_to_complex128', 'convert_to_float16', 'convert_to_float32', 'convert_to_float64', 'convert_to_int8', 'convert_to_int16', 'convert_to_int32', 'convert_to_int64', 'convert_to_uint8', 'convert_to_uint16', 'convert_to_uint32', 'convert_to_uint64', 'cos', 'cosh', 'deg2rad', 'discrete_types', 'eq', 'erf', 'erfc', 'erfcinv', 'erfcx', 'erfinv', 'exp', 'exp2', 'expm1', 'float16', 'float32', 'float64', 'float_out', 'float_out_nocomplex', 'float_types', 'floats', 'floor', 'floor_div', 'fraction32', 'fraction64', 'gamma', 'gammainc', 'gammainc_by_shape', 'gammaincc', 'gammal', 'gammaln', 'gammau', 'ge', 'get_scalar_type', 'gt', 'hard_sigmoid', 'i0', 'i0e', 'i1', 'i1e', 'identity', 'imag', 'inclosedrange', 'inopenrange', 'int8', 'int16', 'int32', 'int64', 'int_div', 'int_out', 'int_out_nocomplex', 'int_types', 'integer_types', 'ints', 'inv', 'invert', 'isinf', 'isnan', 'iv', 'ive', 'j0', 'j1', 'jv', 'kv', 'kve', 'larger', 'le', 'log', 'log1mexp', 'log1p', 'log2', 'log10', 'log_ndtr', 'logaddexp', 'logistic_loss', 'lt', 'maximum', 'minimum', 'mod', 'mod_check', 'mrg_difference', 'mrg_first', 'mrg_second', 'mul', 'ndtr', 'ndtr_hazard', 'ndtri', 'neg', 'neq', 'or_', 'philox_word0', 'philox_word1', 'philox_word2', 'philox_word3', 'polygamma', 'pow', 'psi', 'rad2deg', 'real', 'real_out', 'round_half_away_from_zero', 'round_half_to_even', 'same_out', 'same_out_float_only', 'same_out_min8', 'same_out_nobool', 'same_out_nocomplex', 'scalar_function', 'scalar_function_named', 'second', 'sgn', 'sigmoid', 'sin', 'sinh', 'softplus', 'softsign', 'specific_out', 'sqr', 'sqrt', 'sub', 'switch', 'tan', 'tanh', 'transfer_type', 'tri_gamma', 'true_div', 'trunc', 'uint8', 'uint16', 'uint32', 'uint64', 'uint_types', 'ultra_fast_sigmoid', 'upcast', 'upcast_out', 'upcast_out_min8', 'upcast_out_no_complex', 'upcast_out_nobool', 'upgrade_to_float', 'upgrade_to_float64', 'upgrade_to_float_no_complex', 'xlog1py', 'xlogx', 'xlogy', 'xlogy0', 'xor', 'yv']
UNDEFINED: Undefined
class BinaryScalarOp(ScalarOp):
    """Base of a user's scalar ops of two arguments."""
class ComplexError(NotImplementedError):
    """An operation that complex numbers do not have."""
class IntegerDivisionError(Exception):
    """Two integers were divided by ``x.__div__(y)``, and ``config.int_division`` forbids it."""
class Samples:
    """A domain from which tests draw arguments: the open interval (low, high), with ``edges`` always tried."""
    low: float
    high: float
    def __init__(self, low: float, high: float, edges: tuple[float, ...] = ...) -> None: ...
    edges: tuple[float, ...]
    def draw(self, rng: numpy.random.Generator, size: int) -> numpy.ndarray: ...
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
Scalar = ScalarType
class ScalarConstant(_graph_Constant, ScalarVariable):
    """A known number in a graph of scalars."""
class ScalarFunction(ScalarOp):
    """A function of numbers made by ``scalar_function``; there is one instance of each, compared by identity."""
    body: Callable[..., Any]
    result: Callable[..., str]
    partials: Callable[..., Sequence[Any]] | None
    samples: tuple[Samples, ...]
    operands: str
    variadic: builtins.bool
    cost: int
    keeps_dtype: builtins.bool
    llvm_body: Callable[..., Any] | None
    integer_body: Callable[..., Any] | None
    def __init__(self, body: Callable[..., Any], result: Callable[..., str], partials: Callable[..., Sequence[Any]] | None, samples: tuple[Samples, ...], operands: str, variadic: builtins.bool, cost: int, keeps_dtype: builtins.bool) -> None: ...
    argument_dtypes: tuple[str, ...] | None
    @property
    def code_name(self) -> str:
        """What tells its machine code from that of others."""
    def output_dtypes(self, *dtypes: str) -> tuple[str, ...]: ...
    def operand_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        """To what the arguments are converted before the body sees them."""
    def of_numbers(self, *arguments: Any) -> Any: ...
    def llvm(self, body: Callable[..., Any]) -> Callable[..., Any]:
        """Decorator: the machine code for floating arguments, ``body(b, *values)``, free of branches."""
    def llvm_integer(self, body: Callable[..., Any]) -> Callable[..., Any]:
        """Decorator: the machine code for bool and integer arguments, where it differs."""
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
class ScalarOp(_graph_Op):
    """An operation on single numbers.  ``Elemwise`` applies it to the elements of arrays."""
    output_types_preference: Callable[..., Any] | None
    def __init__(self, output_types_preference: Callable[..., Any] | None = None, name: str | None = None) -> None: ...
    nin: int
    nout: int
    name: str | None
    def output_types(self, *args: Any, **kwargs: Any) -> Any:
        ...
    def output_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        """dtypes of the results for arguments of the given dtypes.  TypeError where there is none."""
    def impl(self, *args: Any, **kwargs: Any) -> Any:
        """The result (a tuple of them when there are several) for numbers or arrays."""
    def gives_impl(self) -> builtins.bool:
        """Whether the class, or the object, says how numbers are computed."""
    def of_scalars(self, *arguments: Any) -> Any:
        """Application to scalar variables of a graph."""
    def of_numbers(self, *arguments: Any) -> Any:
        """The value for plain numbers and arrays."""
    def __call__(self, *arguments: Any, **kwargs: Any) -> Any: ...
class ScalarType(_graph_Type):
    """Numbers of one dtype; values are NumPy scalars."""
    dtype: str
    def __init__(self, dtype: str) -> None: ...
    ndim: Any
    def make_constant(self, value: Any, name: str | None = None) -> _graph_Constant: ...
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
class ScalarVariable(_graph_Variable):
    """A single number in a graph.  Arithmetic on it goes through the functions of this room."""
    @property
    def dtype(self) -> str: ...
    def zeros_like(self, dtype: str | None = None) -> _graph_Variable:
        """0, in ``dtype`` or its own; elementwise, of the shape of what it stands for."""
    def ones_like(self, dtype: str | None = None) -> _graph_Variable:
        """1, as ``zeros_like``."""
    def __abs__(self) -> Any: ...
    def __add__(self, other: Any) -> Any: ...
    def __and__(self, other: Any) -> Any: ...
    def __floordiv__(self, other: Any) -> Any: ...
    def __ge__(self, other: Any) -> Any: ...
    def __gt__(self, other: Any) -> Any: ...
    def __invert__(self) -> Any: ...
    def __le__(self, other: Any) -> Any: ...
    def __lt__(self, other: Any) -> Any: ...
    def __mod__(self, other: Any) -> Any: ...
    def __mul__(self, other: Any) -> Any: ...
    def __neg__(self) -> Any: ...
    def __or__(self, other: Any) -> Any: ...
    def __pow__(self, other: Any) -> Any: ...
    def __radd__(self, other: Any) -> Any: ...
    def __rand__(self, other: Any) -> Any: ...
    def __rfloordiv__(self, other: Any) -> Any: ...
    def __rmod__(self, other: Any) -> Any: ...
    def __rmul__(self, other: Any) -> Any: ...
    def __ror__(self, other: Any) -> Any: ...
    def __rpow__(self, other: Any) -> Any: ...
    def __rsub__(self, other: Any) -> Any: ...
    def __rtruediv__(self, other: Any) -> Any: ...
    def __rxor__(self, other: Any) -> Any: ...
    def __sub__(self, other: Any) -> Any: ...
    def __truediv__(self, other: Any) -> Any: ...
    def __xor__(self, other: Any) -> Any: ...
class UnaryScalarOp(ScalarOp):
    """Base of a user's scalar ops of one argument."""
abs_: ScalarFunction
add: ScalarFunction
def all_scalar_functions() -> list[ScalarFunction]:
    """Every function defined so far, in order of definition: tests are generated from it."""
all_types: tuple[Any, ...]
and_: ScalarFunction
angle: ScalarFunction
arccos: ScalarFunction
arccosh: ScalarFunction
arcsin: ScalarFunction
arcsinh: ScalarFunction
arctan: ScalarFunction
arctan2: ScalarFunction
arctanh: ScalarFunction
def as_scalar(x: Any, name: str | None = None) -> _graph_Variable:
    """A number, a scalar variable, or a 0-d tensor variable, as a scalar variable; ``name`` for a new one."""
betainc: ScalarFunction
betainc_by_first: ScalarFunction
betainc_by_second: ScalarFunction
betaln: ScalarFunction
bits_below: ScalarFunction
bool: ScalarType
def cast(x: Any, dtype: str) -> Any:
    """``x`` converted to ``dtype`` ("floatX" is the configured one).  TypeError from complex to real."""
casts: dict[Any, Any]
ceil: ScalarFunction
chi2sf: ScalarFunction
clip: ScalarFunction
from theano.scalar._complex import complex as complex
complex64: ScalarType
complex128: ScalarType
complex_from_polar: ScalarFunction
complex_types: tuple[Any, ...]
def complexs(names: str | list[str]) -> list[ScalarVariable]:
    """Scalar variables of type complex128, one for each name; each letter of a string is a name."""
def complexs64(names: str | list[str]) -> list[ScalarVariable]:
    """Scalar variables of type complex64, one for each name; each letter of a string is a name."""
complexs128 = complexs
conj: ScalarFunction
def constant(x: Any, name: str | None = None, dtype: str | None = None) -> ScalarConstant:
    """A scalar constant: of ``dtype``, or of the dtype that a number has by itself."""
continuous_types: tuple[Any, ...]
convert_to_bool: ScalarFunction
convert_to_complex64: ScalarFunction
convert_to_complex128: ScalarFunction
convert_to_float16: ScalarFunction
convert_to_float32: ScalarFunction
convert_to_float64: ScalarFunction
convert_to_int8: ScalarFunction
convert_to_int16: ScalarFunction
convert_to_int32: ScalarFunction
convert_to_int64: ScalarFunction
convert_to_uint8: ScalarFunction
convert_to_uint16: ScalarFunction
convert_to_uint32: ScalarFunction
convert_to_uint64: ScalarFunction
cos: ScalarFunction
cosh: ScalarFunction
deg2rad: ScalarFunction
discrete_types: tuple[Any, ...]
eq: ScalarFunction
erf: ScalarFunction
erfc: ScalarFunction
erfcinv: ScalarFunction
erfcx: ScalarFunction
erfinv: ScalarFunction
exp: ScalarFunction
exp2: ScalarFunction
expm1: ScalarFunction
float16: ScalarType
float32: ScalarType
float64: ScalarType
def float_out(*types: ScalarType) -> tuple[ScalarType, ...]:
    """float64, or complex128 where an argument is complex."""
def float_out_nocomplex(*types: ScalarType) -> tuple[ScalarType, ...]:
    """floatX; TypeError for complex."""
float_types: tuple[Any, ...]
def floats(names: str | list[str]) -> list[ScalarVariable]:
    """Scalar variables of type float64, one for each name; each letter of a string is a name."""
floor: ScalarFunction
floor_div: ScalarFunction
fraction32: ScalarFunction
fraction64: ScalarFunction
gamma: ScalarFunction
gammainc: ScalarFunction
gammainc_by_shape: ScalarFunction
gammaincc: ScalarFunction
gammal: ScalarFunction
gammaln: ScalarFunction
gammau: ScalarFunction
ge: ScalarFunction
def get_scalar_type(dtype: str) -> ScalarType:
    """The scalar type of a dtype; one object for each."""
gt: ScalarFunction
hard_sigmoid: ScalarFunction
i0: ScalarFunction
i0e: ScalarFunction
i1: ScalarFunction
i1e: ScalarFunction
identity: ScalarFunction
imag: ScalarFunction
inclosedrange: ScalarFunction
inopenrange: ScalarFunction
int8: ScalarType
int16: ScalarType
int32: ScalarType
int64: ScalarType
int_div = floor_div
def int_out(*types: ScalarType) -> tuple[ScalarType, ...]:
    """int64, whatever the arguments."""
def int_out_nocomplex(*types: ScalarType) -> tuple[ScalarType, ...]:
    """int64; TypeError for complex."""
int_types: tuple[Any, ...]
integer_types: tuple[Any, ...]
def ints(names: str | list[str]) -> list[ScalarVariable]:
    """Scalar variables of type int64, one for each name; each letter of a string is a name."""
inv: ScalarFunction
invert: ScalarFunction
isinf: ScalarFunction
isnan: ScalarFunction
iv: ScalarFunction
ive: ScalarFunction
j0: ScalarFunction
j1: ScalarFunction
jv: ScalarFunction
kv: ScalarFunction
kve: ScalarFunction
larger: ScalarFunction
le: ScalarFunction
log: ScalarFunction
log1mexp: ScalarFunction
log1p: ScalarFunction
log2: ScalarFunction
log10: ScalarFunction
log_ndtr: ScalarFunction
logaddexp: ScalarFunction
logistic_loss: ScalarFunction
lt: ScalarFunction
maximum: ScalarFunction
minimum: ScalarFunction
mod: ScalarFunction
def mod_check(x: Any, y: Any) -> Any:
    """``mod(x, y)``; ComplexError when an argument is complex."""
mrg_difference: ScalarFunction
mrg_first: ScalarFunction
mrg_second: ScalarFunction
mul: ScalarFunction
ndtr: ScalarFunction
ndtr_hazard: ScalarFunction
ndtri: ScalarFunction
neg: ScalarFunction
neq: ScalarFunction
or_: ScalarFunction
philox_word0: ScalarFunction
philox_word1: ScalarFunction
philox_word2: ScalarFunction
philox_word3: ScalarFunction
polygamma: ScalarFunction
pow: ScalarFunction
psi: ScalarFunction
rad2deg: ScalarFunction
real: ScalarFunction
def real_out(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The type of the real part."""
round_half_away_from_zero: ScalarFunction
round_half_to_even: ScalarFunction
def same_out(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type of the arguments."""
def same_out_float_only(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type; TypeError unless it is a float."""
def same_out_min8(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type, but int8 for bool."""
def same_out_nobool(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type; TypeError where it is bool."""
def same_out_nocomplex(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type; TypeError for complex."""
def scalar_function(*, result: Callable[..., str], partials: Callable[..., Sequence[Any]] | None = None, samples: Samples | tuple[Samples, ...] = ..., operands: str = 'result', variadic: builtins.bool = False, cost: int = 1, keeps_dtype: builtins.bool = True) -> Any:
    """Define a function of numbers."""
def scalar_function_named(name: str) -> ScalarFunction:
    """The function defined under ``name``: what a pickle stores of it."""
second: ScalarFunction
sgn: ScalarFunction
sigmoid: ScalarFunction
sin: ScalarFunction
sinh: ScalarFunction
softplus: ScalarFunction
softsign: ScalarFunction
class specific_out:
    """The given types, whatever the arguments."""
    spec: Any
    def __init__(self, *spec: ScalarType) -> None: ...
    def __call__(self, *types: ScalarType) -> tuple[ScalarType, ...]: ...
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
sqr: ScalarFunction
sqrt: ScalarFunction
sub: ScalarFunction
switch: ScalarFunction
tan: ScalarFunction
tanh: ScalarFunction
class transfer_type:
    """For each output the position of the argument whose type it takes (an int), or a type."""
    transfer: Any
    def __init__(self, *transfer: int | ScalarType) -> None: ...
    def __call__(self, *types: ScalarType) -> tuple[ScalarType, ...]: ...
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
tri_gamma: ScalarFunction
true_div: ScalarFunction
trunc: ScalarFunction
uint8: ScalarType
uint16: ScalarType
uint32: ScalarType
uint64: ScalarType
uint_types: tuple[Any, ...]
ultra_fast_sigmoid: ScalarFunction
def upcast(*dtypes: str) -> str:
    """The smallest dtype that holds all of ``dtypes``, by NumPy's table."""
upcast_out = same_out
upcast_out_min8 = same_out_min8
upcast_out_no_complex = same_out_nocomplex
upcast_out_nobool = same_out_nobool
def upgrade_to_float(*types: ScalarType) -> tuple[ScalarType, ...]:
    """The common type made floating: int8 -> float32, int32 -> float64."""
def upgrade_to_float64(*types: ScalarType) -> tuple[ScalarType, ...]:
    """float64; TypeError for complex."""
def upgrade_to_float_no_complex(*types: ScalarType) -> tuple[ScalarType, ...]:
    """As upgrade_to_float; TypeError for complex."""
xlog1py: ScalarFunction
xlogx: ScalarFunction
xlogy: ScalarFunction
xlogy0: ScalarFunction
xor: ScalarFunction
yv: ScalarFunction
class AND:
    """The class of ``theano.scalar.and_``."""
    functions: Any
class Abs:
    """The class of ``theano.scalar.abs_``."""
    functions: Any
class Add:
    """The class of ``theano.scalar.add``."""
    functions: Any
class Angle:
    """The class of ``theano.scalar.angle``."""
    functions: Any
from theano.graph import Apply as Apply
class ArcCos:
    """The class of ``theano.scalar.arccos``."""
    functions: Any
class ArcCosh:
    """The class of ``theano.scalar.arccosh``."""
    functions: Any
class ArcSin:
    """The class of ``theano.scalar.arcsin``."""
    functions: Any
class ArcSinh:
    """The class of ``theano.scalar.arcsinh``."""
    functions: Any
class ArcTan:
    """The class of ``theano.scalar.arctan``."""
    functions: Any
class ArcTan2:
    """The class of ``theano.scalar.arctan2``."""
    functions: Any
class ArcTanh:
    """The class of ``theano.scalar.arctanh``."""
    functions: Any
class Cast:
    """The class of conversions."""
    functions: Any
class Ceil:
    """The class of ``theano.scalar.ceil``."""
    functions: Any
class Chi2SF:
    """The class of ``theano.scalar.chi2sf``."""
    functions: Any
class Clip:
    """The class of ``theano.scalar.clip``."""
    functions: Any
class Complex:
    """The class of ``theano.scalar.complex``."""
    functions: Any
class ComplexFromPolar:
    """The class of ``theano.scalar.complex_from_polar``."""
    functions: Any
class Composite(ScalarOp):
    """outputs(inputs), for a graph of scalar variables.  Two of equal graphs are equal."""
    inputs: Any
    outputs: Any
    order: Any
    def __init__(self, inputs: Sequence[_graph_Variable], outputs: Sequence[_graph_Variable]) -> None: ...
    def __eq__(self, other: object) -> builtins.bool: ...
    def __hash__(self) -> int: ...
class Conj:
    """The class of ``theano.scalar.conj``."""
    functions: Any
from theano.graph import Constant as Constant
class Cos:
    """The class of ``theano.scalar.cos``."""
    functions: Any
class Cosh:
    """The class of ``theano.scalar.cosh``."""
    functions: Any
class Deg2Rad:
    """The class of ``theano.scalar.deg2rad``."""
    functions: Any
from theano.gradient import DisconnectedType as DisconnectedType
class EQ:
    """The class of ``theano.scalar.eq``."""
    functions: Any
class Erf:
    """The class of ``theano.scalar.erf``."""
    functions: Any
class Erfc:
    """The class of ``theano.scalar.erfc``."""
    functions: Any
class Erfcinv:
    """The class of ``theano.scalar.erfcinv``."""
    functions: Any
class Erfcx:
    """The class of ``theano.scalar.erfcx``."""
    functions: Any
class Erfinv:
    """The class of ``theano.scalar.erfinv``."""
    functions: Any
class Exp:
    """The class of ``theano.scalar.exp``."""
    functions: Any
class Exp2:
    """The class of ``theano.scalar.exp2``."""
    functions: Any
class Expm1:
    """The class of ``theano.scalar.expm1``."""
    functions: Any
class Floor:
    """The class of ``theano.scalar.floor``."""
    functions: Any
from theano.graph import FunctionGraph as FunctionGraph
class GE:
    """The class of ``theano.scalar.ge``."""
    functions: Any
class GT:
    """The class of ``theano.scalar.gt``."""
    functions: Any
class Gamma:
    """The class of ``theano.scalar.gamma``."""
    functions: Any
class GammaInc:
    """The class of ``theano.scalar.gammainc``."""
    functions: Any
class GammaIncC:
    """The class of ``theano.scalar.gammaincc``."""
    functions: Any
class GammaL:
    """The class of ``theano.scalar.gammal``."""
    functions: Any
class GammaLn:
    """The class of ``theano.scalar.gammaln``."""
    functions: Any
class GammaU:
    """The class of ``theano.scalar.gammau``."""
    functions: Any
class I0:
    """The class of ``theano.scalar.i0``."""
    functions: Any
class I1:
    """The class of ``theano.scalar.i1``."""
    functions: Any
class Identity:
    """The class of ``theano.scalar.identity``."""
    functions: Any
class Imag:
    """The class of ``theano.scalar.imag``."""
    functions: Any
class IntDiv:
    """The class of ``theano.scalar.int_div``."""
    functions: Any
class Inv:
    """The class of ``theano.scalar.inv``."""
    functions: Any
class Invert:
    """The class of ``theano.scalar.invert``."""
    functions: Any
class IsInf:
    """The class of ``theano.scalar.isinf``."""
    functions: Any
class IsNan:
    """The class of ``theano.scalar.isnan``."""
    functions: Any
class Iv:
    """The class of ``theano.scalar.iv``."""
    functions: Any
class J0:
    """The class of ``theano.scalar.j0``."""
    functions: Any
class J1:
    """The class of ``theano.scalar.j1``."""
    functions: Any
class Jv:
    """The class of ``theano.scalar.jv``."""
    functions: Any
class LE:
    """The class of ``theano.scalar.le``."""
    functions: Any
class LT:
    """The class of ``theano.scalar.lt``."""
    functions: Any
class Log:
    """The class of ``theano.scalar.log``."""
    functions: Any
class Log10:
    """The class of ``theano.scalar.log10``."""
    functions: Any
class Log1p:
    """The class of ``theano.scalar.log1p``."""
    functions: Any
class Log2:
    """The class of ``theano.scalar.log2``."""
    functions: Any
class Maximum:
    """The class of ``theano.scalar.maximum``."""
    functions: Any
class Minimum:
    """The class of ``theano.scalar.minimum``."""
    functions: Any
class Mod:
    """The class of ``theano.scalar.mod``."""
    functions: Any
class Mul:
    """The class of ``theano.scalar.mul``."""
    functions: Any
class NEQ:
    """The class of ``theano.scalar.neq``."""
    functions: Any
class Neg:
    """The class of ``theano.scalar.neg``."""
    functions: Any
class OR:
    """The class of ``theano.scalar.or_``."""
    functions: Any
from theano.graph import Op as Op
class Pow:
    """The class of ``theano.scalar.pow``."""
    functions: Any
class Psi:
    """The class of ``theano.scalar.psi``."""
    functions: Any
class Rad2Deg:
    """The class of ``theano.scalar.rad2deg``."""
    functions: Any
class Real:
    """The class of ``theano.scalar.real``."""
    functions: Any
class RoundHalfAwayFromZero:
    """The class of ``theano.scalar.round_half_away_from_zero``."""
    functions: Any
class RoundHalfToEven:
    """The class of ``theano.scalar.round_half_to_even``."""
    functions: Any
class Second:
    """The class of ``theano.scalar.second``."""
    functions: Any
class Sgn:
    """The class of ``theano.scalar.sgn``."""
    functions: Any
class Sin:
    """The class of ``theano.scalar.sin``."""
    functions: Any
class Sinh:
    """The class of ``theano.scalar.sinh``."""
    functions: Any
class Sqr:
    """The class of ``theano.scalar.sqr``."""
    functions: Any
class Sqrt:
    """The class of ``theano.scalar.sqrt``."""
    functions: Any
class Sub:
    """The class of ``theano.scalar.sub``."""
    functions: Any
class Switch:
    """The class of ``theano.scalar.switch``."""
    functions: Any
class Tan:
    """The class of ``theano.scalar.tan``."""
    functions: Any
class Tanh:
    """The class of ``theano.scalar.tanh``."""
    functions: Any
class TriGamma:
    """The class of ``theano.scalar.tri_gamma``."""
    functions: Any
class TrueDiv:
    """The class of ``theano.scalar.true_div``."""
    functions: Any
class Trunc:
    """The class of ``theano.scalar.trunc``."""
    functions: Any
from theano.graph import Type as Type
from theano.graph import Variable as Variable
class XOR:
    """The class of ``theano.scalar.xor``."""
    functions: Any
from theano.configuration import config as config
from theano.gradient import grad_not_implemented as grad_not_implemented
from theano.gradient import grad_undefined as grad_undefined
pprint = pp
