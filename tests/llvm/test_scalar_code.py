"""Machine code of scalar functions against NumPy and mpmath: every function, dtype and edge."""

import re

import llvmlite.binding as llvm
import numpy as np
import pytest
from llvmlite import ir

import theano.scalar  # noqa: F401  defines all functions
from benchmarks.accuracy import DOMAINS, largest_error
from tests.sweep import FACTOR
from theano.backends.llvm.builder import Builder
from theano.backends.llvm.machine import Processor, module_for_host
from theano.backends.llvm.probe import probe
from theano.backends.llvm.scalar_code import can_emit
from theano.scalar import dtype as dtypes
from theano.scalar.function import all_scalar_functions, scalar_function_named

TRIED = (
    "uint64",
    "int32",
    "uint8",
    "int8",
    "bool",
    "float16",
    "float32",
    "float64",
    "complex64",
    "complex128",
)
FUNCTIONS = {f.name: f for f in all_scalar_functions()}
ULPS = 2.4  # the largest error, in units of the last place, of functions that are not named here
WORSE = dict.fromkeys("erfc erfcx erfinv erfcinv ndtr log_ndtr ndtri gammaln gamma i0 i1 i0e i1e".split(), 4.5)
ROUGH = {  # room, in ulps, for the errors that NumPy or SciPy make themselves
    **dict.fromkeys(("ndtr", "log_ndtr", "ndtr_hazard"), 1000),
    **dict.fromkeys(("gammainc_by_shape", "betainc_by_first", "betainc_by_second"), 4000),  # log x - psi(k) cancels
}


def within_uint32(x: np.ndarray) -> np.ndarray:
    """Beyond, NumPy's own results depend on where in the array a number stands."""
    wide = x.astype("float64")
    return (wide > -(2.0**31)) & (wide < 2.0**32)


def is_normal(x: np.ndarray) -> np.ndarray:
    return np.abs(x) >= np.finfo(x.dtype).tiny


FEW = {"gammainc_by_shape": 60}  # numbers, where the series that are compared with take seconds; in a sweep more

COMPARED = {  # which floats
    "Cast{uint32}": within_uint32,
    "psi": lambda x: (x > 0) | (x == np.floor(x)),  # the roots below 0 are badly conditioned
    "gammaln": lambda x: is_normal(x) & (x > 0) & (np.abs(x - 1.5) > 0.6),  # SciPy loses digits at the roots
    "ndtr_hazard": lambda x: ~(np.abs(x) > 1e30),
    "erfcinv": lambda x: (x == 0) | is_normal(x),  # SciPy's is inf for subnormal numbers
}


def numbers(dtype: str, size: int, seed: int) -> np.ndarray:
    """Small numbers, and the edges of the dtype, in all combinations with those of another seed."""
    rng = np.random.default_rng(seed)
    if dtype == "bool":
        return rng.integers(0, 2, size).astype(bool)
    if dtype in dtypes.COMPLEX:
        return (rng.uniform(-2, 2, size) + 1j * rng.uniform(-2, 2, size)).astype(dtype)
    if dtype in dtypes.INTEGER:
        info = np.iinfo(dtype)
        x = rng.integers(max(-9, info.min), 9, size).astype(dtype)
        edges = [info.min, info.max, 0, 1, info.max - 1]
    else:
        info = np.finfo(dtype)
        x = rng.uniform(-4, 4, size).astype(dtype)
        small = float(info.smallest_subnormal)
        edges = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1, -1, 0.5, -0.5, 2, -2, 3.5, info.max, -info.max]
        edges += [info.tiny, -info.tiny, small, -small, 88.8, -104, 700, -745, 100, -100]
    known = np.array([np.array(e, dtype) for e in edges])
    x[: size // 2] = rng.choice(known, size // 2)
    x[: len(edges)] = known
    return x


def assert_same(got: np.ndarray, wanted: np.ndarray, arguments: list[np.ndarray], ulps: float = 8) -> None:
    assert got.dtype == wanted.dtype
    if got.dtype.kind not in "fc":
        is_right = got == wanted
    else:
        info = np.finfo(got.dtype)
        with np.errstate(all="ignore"):
            wide = wanted.astype("complex128" if got.dtype.kind == "c" else "float64")
            room = float(info.eps) * ulps * (np.abs(wide) + (got.dtype.kind == "c"))
            is_near = np.abs(got.astype(wide.dtype) - wide) <= room + 4 * float(info.smallest_subnormal)
        is_right = (
            (is_near & np.isfinite(wanted) & np.isfinite(got))
            | (got == wanted)
            | (np.isnan(got) & np.isnan(wanted))
        )
    wrong = np.flatnonzero(~is_right)[:5]
    assert not wrong.size, [(tuple(a[i] for a in arguments), got[i], wanted[i]) for i in wrong]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_the_value_that_numpy_gives(name):
    function = FUNCTIONS[name]
    count = 2 if function.variadic else len(function.samples)
    converted = set()
    for dtype in TRIED:
        given = (dtype,) * count
        try:
            (result,) = function.output_dtypes(*given)
        except TypeError:
            continue
        if not can_emit(function, given):
            continue
        if FACTOR == 1 and dtype in dtypes.DISCRETE and result in dtypes.FLOAT:
            if result in converted:  # the same code of floats behind another conversion: in a sweep
                continue
            converted.add(result)
        size = 300 if FACTOR > 1 else FEW.get(name, 300)
        arguments = [numbers(dtype, size, seed) for seed in range(count)]
        if name in COMPARED and dtype in dtypes.FLOAT:
            arguments = [a[COMPARED[name](a)] for a in arguments]
        assert_same(probe(function, given)(*arguments), function.impl(*arguments), arguments, ROUGH.get(name, 8))


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", DOMAINS)
def test_errors_are_within_the_bounds_that_are_stated(name, dtype):
    error, where = largest_error(name, dtype, samples=400, seed=1)
    assert error <= WORSE.get(name, ULPS), where


# haswell has no 512-bit registers; the first x86-64 neither fma nor any rounding instruction
@pytest.mark.skipif(
    llvm.get_process_triple().split("-")[0] != "x86_64", reason="names processors of this kind"
)
@pytest.mark.parametrize("cpu, fused", [("haswell", True), ("x86-64", False)])
@pytest.mark.parametrize(
    "name", ["exp", "log", "log10", "sin", "tan", "arctan", "erfc", "pow", "floor", "int_div", "tri_gamma", "i0", "i1e"]
)
def test_processors_without_the_newest_instructions_compute_the_same(name, cpu, fused):
    function = FUNCTIONS[name]
    for dtype in ("float32", "float64"):
        given = (dtype,) * len(function.samples)
        arguments = [numbers(dtype, 300, seed) for seed in range(len(given))]
        machine = probe(function, given, Processor(cpu))
        assert_same(machine(*arguments), function.impl(*arguments), arguments)
        assert Processor(cpu).fused == fused
        assert not re.search(r"\bfmaf?\b", machine.assembly)  # no call of the C library's


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", DOMAINS)
def test_loops_are_widened_to_vectors(name, dtype):
    compiled = probe(scalar_function_named(name), (dtype,) * DOMAINS[name].arguments)
    packed = r"\bv?(mul|sqrt|fmadd\d+)p[sd]\b|\bf(mla|mul|sqrt)\s+v\d+\.(2d|4s)"
    assert re.search(packed, compiled.assembly)


@pytest.mark.parametrize("given", dtypes.ALL)
@pytest.mark.parametrize("wanted", dtypes.ALL)
def test_conversions_are_those_of_numpy(given, wanted):
    cast = FUNCTIONS[f"Cast{{{wanted}}}"]
    if given in dtypes.COMPLEX and wanted not in dtypes.COMPLEX:
        return
    x = numbers(given, 300, 0)
    if given in dtypes.FLOAT and wanted in dtypes.INTEGER:
        x = np.concatenate([x, np.array([255.5, 256, -1.5, 32768, 65504, -32769], given)])
        x = x[within_uint32(x)] if wanted == "uint32" else x
    with np.errstate(all="ignore"):
        assert_same(probe(cast, (given,))(x), x.astype(wanted), [x], ulps=0)


def test_float64_is_rounded_to_float16_once():
    x = np.array(
        [1 + 2.0**-11 + 2.0**-40, 1 + 2.0**-11, 1 + 3 * 2.0**-11 - 2.0**-40, 2.0**-25, 65519.999999, 65520.0]
    )
    x = np.concatenate([x, -x])
    with np.errstate(over="ignore"):
        wanted = x.astype("float16")
    np.testing.assert_array_equal(probe(FUNCTIONS["Cast{float16}"], ("float64",))(x), wanted)


@pytest.mark.parametrize("name", ["sin", "cos", "tan"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_huge_angles_are_reduced_exactly(name, dtype):
    """Among ordinary ones, so that all elements of a vector and the rest of the loop get their turn."""
    x = np.random.default_rng(0).uniform(-9, 9, 101).astype(dtype)
    x[::7] = [
        1e22,
        -1e22,
        1e30,
        6e5,
        -5.3e5,
        3e38,
        np.inf,
        np.nan,
        1e10,
        2.0**19,
        2.0**20,
        -1e7,
        1e15,
        2e37,
        -0.0,
    ]
    assert_same(probe(FUNCTIONS[name], (dtype,))(x), FUNCTIONS[name].impl(x), [x], ulps=2.5)


@pytest.mark.parametrize("name", ["pow", "arctan2", "mod", "int_div", "minimum", "maximum"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_all_pairs_of_edges(name, dtype):
    edges = numbers(dtype, 60, 0)[:24]
    edges = np.concatenate([edges, np.array([3, -3, 4, 1e6, -1e6 - 1, 2.0**23 + 1, 1 / 3], dtype)])
    x, y = (a.ravel().copy() for a in np.meshgrid(edges, edges))
    got, wanted = probe(FUNCTIONS[name], (dtype, dtype))(x, y), FUNCTIONS[name].impl(x, y)
    assert_same(got, wanted, [x, y], ulps=4)
    if name not in ("minimum", "maximum"):  # which of two zeros is smaller is open
        is_zero = wanted == 0
        np.testing.assert_array_equal(np.signbit(got[is_zero]), np.signbit(wanted[is_zero]))


@pytest.mark.parametrize("dtype", dtypes.INTEGER)
def test_integer_division_does_not_trap(dtype):
    info = np.iinfo(dtype)
    x = np.array([info.min, info.min, info.max, 7, 0, 7, info.max, 5], dtype)
    y = np.array([-1 % (info.max - info.min + 1) if info.min == 0 else -1, 0, 0, 0, 0, 2, info.max, 3], dtype)
    with np.errstate(all="ignore"):
        quotient, rest = x // y, x % y
    np.testing.assert_array_equal(probe(FUNCTIONS["int_div"], (dtype, dtype))(x, y), quotient)
    np.testing.assert_array_equal(probe(FUNCTIONS["mod"], (dtype, dtype))(x, y), np.where(y == 0, 0, rest))


@pytest.mark.parametrize("dtype", ["int8", "int64", "uint16"])
def test_integer_powers_wrap(dtype):
    x, y = (a.ravel().astype(dtype) for a in np.meshgrid(np.arange(12), np.arange(40)))
    np.testing.assert_array_equal(probe(FUNCTIONS["pow"], (dtype, dtype))(x, y), x**y)


def test_integers_to_negative_powers():
    x, y = np.array([1, -1, -1, 2, -3, 0], "int32"), np.array([-1, -1, -2, -1, -3, -1], "int32")
    wanted = [1, -1, 1, 0, 0, 0]
    np.testing.assert_array_equal(probe(FUNCTIONS["pow"], ("int32", "int32"))(x, y), wanted)
    np.testing.assert_array_equal(FUNCTIONS["pow"].impl(x, y), wanted)


def test_results_below_the_smallest_normal_number_lose_digits_gradually():
    x = np.linspace(-745.2, -707, 500)
    np.testing.assert_allclose(probe(FUNCTIONS["exp"], ("float64",))(x), np.exp(x), rtol=4e-16, atol=5e-324)
    x = np.linspace(-104, -86, 500).astype("float32")
    assert_same(probe(FUNCTIONS["exp"], ("float32",))(x), np.exp(x), [x], ulps=2)


def test_logarithms_of_powers_are_exact():
    k = np.arange(-1074, 1024)
    np.testing.assert_array_equal(probe(FUNCTIONS["log2"], ("float64",))(np.ldexp(1.0, k)), k)
    np.testing.assert_array_equal(
        probe(FUNCTIONS["log10"], ("float64",))(np.array([1e300, 1e-20, 1e15])), [300, -20, 15]
    )


def test_mixed_dtypes_are_brought_to_the_common_one():
    x, y = np.array([1, -2, 3], "int16"), np.array([0.5, 1.5, 2.5], "float32")
    got = probe(FUNCTIONS["mul"], ("int16", "float32"))(x, y)
    np.testing.assert_array_equal(got, FUNCTIONS["mul"].impl(x, y))
    assert got.dtype == "float32"


def test_what_only_python_computes_is_not_emitted():
    assert not can_emit(FUNCTIONS["erf"], ("complex128",))
    assert not can_emit(FUNCTIONS["gamma"], ("complex64",))
    assert can_emit(FUNCTIONS["add"], ("complex64", "float64"))
    assert can_emit(FUNCTIONS["sigmoid"], ("float16",))


def test_a_function_used_twice_is_in_the_module_once():
    module = module_for_host("twice")
    function = ir.Function(module, ir.FunctionType(ir.DoubleType(), [ir.DoubleType()]), "f")
    b = Builder(ir.IRBuilder(function.append_basic_block()))
    x = b.value(function.args[0], "float64")
    b.irbuilder.ret((b.exp(x) + b.tanh(b.exp(x)) + b.sin(x) + b.sin(2 * x) + b.cos(x)).ir)
    text = str(module)
    assert text.count('define internal double @"exp.float64"') == 1
    assert text.count('define internal double @"sin.float64.rare"') == 1
    llvm.parse_assembly(text).verify()
