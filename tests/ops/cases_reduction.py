"""Cases of reductions, extrema, statistics and cumulative ops.  Edge cases first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from case import Case, case, sample

import theano.tensor as T
from tests.sweep import FACTOR
from theano import scalar
from theano.scalar import dtype as dtypes

SUMS: dict[str, Callable[..., Any]] = {"sum": T.sum, "prod": T.prod, "any": T.any, "all": T.all}
STATISTICS: dict[str, Callable[..., Any]] = {"mean": T.mean, "var": T.var, "std": T.std}
EXTREMA: dict[str, Callable[..., Any]] = {
    "max": T.max,
    "min": T.min,
    "argmax": T.argmax,
    "argmin": T.argmin,
    "max_and_argmax": lambda x, **settings: T.max_and_argmax(x, **settings),
}
CUMULATIVE: dict[str, Callable[..., Any]] = {"cumsum": T.cumsum, "cumprod": T.cumprod}
REDUCTIONS = SUMS | STATISTICS | EXTREMA
WITH_GRADIENT = ("sum", "prod", "mean", "var", "std", "max", "min", "max_and_argmax")

nan, inf = np.nan, np.inf
m, t = sample(3, 4), sample(2, 3, 4)


def flat(results: Any) -> list[Any]:
    """Outputs of which some are pairs, as one list."""
    found: list[Any] = []
    for result in results:
        found += result if isinstance(result, (list, tuple)) else [result]
    return found


def along(function: Callable[..., Any], *axes: Any, **settings: Any) -> Callable[..., Any]:
    """``function`` of each variable along each of the axes."""
    return lambda *variables: flat(function(x, axis=axis, **settings) for x in variables for axis in axes)


def gradient_of(name: str) -> tuple[int, ...]:
    return (0,) if name in WITH_GRADIENT else ()


def empty() -> Iterator[Case]:
    none, no_rows, no_columns = np.empty(0), np.empty((0, 3)), np.empty((3, 0))
    for name, function in (SUMS | STATISTICS | CUMULATIVE).items():
        yield case(f"{name}_of_empty", along(function, None), none, no_rows, no_columns, gradient=())
        yield case(f"{name}_along_empty_axes", along(function, 0, 1), no_rows, no_columns, gradient=())
    for name, function in EXTREMA.items():
        yield case(f"{name}_of_no_rows", along(function, 1), no_rows, gradient=())


def single() -> Iterator[Case]:
    for name, function in REDUCTIONS.items():
        gradient = gradient_of(name) if name != "std" else ()  # not differentiable where the variance is 0
        yield case(f"{name}_of_number", along(function, None, ()), np.array(1.5), gradient=gradient)
        yield case(f"{name}_of_one", along(function, None, 0), np.array([1.5]), gradient=gradient)
        row = along(function, 0, keepdims=True)
        yield case(f"{name}_of_row", row, m[:1], gradient=gradient, patterns={0: (True, False)})
    for name, function in CUMULATIVE.items():
        yield case(f"{name}_of_number", along(function, None), np.array(1.5))
        yield case(f"{name}_of_row", along(function, 0, 1, None), m[:1], patterns={0: (True, False)})


def special() -> Iterator[Case]:
    vectors = [
        [1.0, nan, 3.0],
        [nan, 1.0, nan],
        [inf, nan, -inf],
        [1.0, inf, 3.0],
        [inf, -inf, 2.0],
        [-inf, -inf, -inf],
        [inf, inf, inf],
        [-0.0, -0.0, -0.0],
        [0.0, nan, inf],
    ]
    for name, function in (REDUCTIONS | CUMULATIVE).items():
        for dtype in "float64", "float32":
            values = np.array(vectors, dtype)
            yield case(f"{name}_of_special_{dtype}", along(function, 1), values, gradient=())
    zeros = np.array([[0.0, 2.0, 3.0], [1.0, 2.0, 3.0], [0.0, 2.0, 0.0], [0.0, 0.0, 0.0]])
    yield case("prod_with_zeros", along(T.prod, 1), zeros)
    without_zeros = T.ProdWithoutZeros(axis=1)
    yield case(
        "prod_without_zeros",
        lambda *xs: [without_zeros(x) for x in xs],
        *[zeros.astype(d) for d in ("float64", "float16", "complex64", "int8", "uint64", "bool")],
        gradient=(),
    )
    yield case("prod_without_zeros_of_others", lambda x: without_zeros(x), m)
    yield case("prod_promised", along(T.prod, None, 1, no_zeros_in_input=True), m)
    yield case("product_of_others", lambda x: T.grad(T.prod(x, axis=1).sum(), x), m)
    yield case("cumprod_with_zeros", along(T.cumprod, 0, 1), zeros)


def ties() -> Iterator[Case]:
    for name, function in EXTREMA.items():
        values = [[1, 3, 3, 1], [0, 0, 0, 0], [2, 1, 1, 2]]
        yield case(f"{name}_with_ties", along(function, None, 0, 1), np.array(values, float), gradient=())
        yield case(f"{name}_with_ties_int", along(function, None, 0, 1), np.array(values))


def of_dtype(dtype: str) -> np.ndarray:
    kind = np.dtype(dtype).kind
    if kind == "c":
        return (sample(2, 3) + 1j * sample(2, 3)[::-1]).astype(dtype)
    if kind == "f":
        return sample(2, 3, dtype=dtype)
    integers = np.array([[3, -1, 4], [1, -5, 9]])
    return (np.abs(integers) if kind == "u" else integers > 1 if kind == "b" else integers).astype(dtype)


def every_dtype() -> Iterator[Case]:
    for j, (name, function) in enumerate((REDUCTIONS | CUMULATIVE).items()):
        for k, dtype in enumerate(dtypes.ALL):  # in turn of all elements and along an axis; in a sweep both
            axes = (None, 0) if FACTOR > 1 else ((None, 0)[(j + k) % 2],)
            yield case(f"{name}_of_{dtype}", along(function, *axes), of_dtype(dtype), gradient=())
    for name, function in EXTREMA.items():
        bounds = [np.array([np.iinfo(d).min, np.iinfo(d).max, 0], d) for d in dtypes.INTEGER]
        yield case(f"{name}_of_bounds", along(function, 0), *bounds)


def chosen_dtypes() -> Iterator[Case]:
    chosen = {
        "float64": ("float32", "int8", "complex64"),
        "float32": ("float64", "int32", "float16"),
        "float16": ("float64", "float32", "int32"),
        "int8": ("float64", "float32", "int8", "int32"),
        "bool": ("float64", "int8"),
        "uint64": ("float64", "int32"),
    }
    for name, function in {"sum": T.sum, "prod": T.prod, "mean": T.mean}.items():
        for dtype, results in chosen.items():
            yield case(
                f"{name}_of_{dtype}_in_other_dtypes",
                lambda x, f=function, r=results: [f(x, axis=0, dtype=d) for d in r],
                of_dtype(dtype),
                gradient=(),
                tolerance=2e-3 if dtype.startswith("float") else 1e-6,
            )
    in_float = lambda x: [T.sum(x, acc_dtype=d) for d in ("float64", "float32", "int64")]  # noqa: E731
    yield case("sum_with_acc_dtype", in_float, np.arange(-50, 50, dtype="int8"))
    yield case("sum_of_many_float32", T.sum, np.full(100_001, 0.1, "float32"))
    yield case("sum_of_many_float16", T.sum, np.full(3001, 0.1, "float16"))
    yield case("sum_of_int8_is_int64", T.sum, np.full(300, 127, "int8"))
    yield case("prod_of_uint64_wraps", T.prod, np.full(80, 3, "uint64"))
    yield case("cumulative_int8_wraps", lambda x: [T.cumsum(x), T.cumprod(x)], np.full(9, 100, "int8"))


def every_axis() -> Iterator[Case]:
    one = (None, 0, 1, 2, -1)
    several = ((0, 1), (2, 0), [1], (-1, 1), (0, 1, 2), (1, 1), np.int64(1), ())
    for name, function in REDUCTIONS.items():
        gradient = gradient_of(name)
        yield case(f"{name}_along_axis", along(function, *one), t, gradient=gradient)
        several_axes = several if name not in ("var", "std") else several[:-1]  # along no axis both are 0
        yield case(f"{name}_along_axes", along(function, *several_axes), t, gradient=gradient)
        kept = along(function, None, 1, (0, -1), keepdims=True)
        yield case(f"{name}_keepdims", kept, t, gradient=gradient)
    for name, function in CUMULATIVE.items():
        yield case(f"{name}_along_axis", along(function, None, 0, 1, 2, -1, -3), t)
    for name, function in {"var": T.var, "std": T.std}.items():
        yield case(f"{name}_ddof", along(function, None, 0, 1, ddof=1), m)
        yield case(f"{name}_corrected", along(function, None, 1, corrected=True), m)
        yield case(f"{name}_ddof_corrected", along(function, None, 1, ddof=1, corrected=True), m)
    yield case("ptp", along(T.ptp, None, 0, 1), m)
    yield case("makeKeepDims", lambda x: T.makeKeepDims(x, x.sum(axis=(0, 2)), (0, 2)), t)
    yield case("sum_times_keepdims_sum", lambda x: (x * x.sum(axis=1, keepdims=True)).sum(), m)
    yield case("var_of_far_values", T.var, m + 1e6, gradient=(), tolerance=1e-7)


def layouts() -> Iterator[Case]:
    views = [
        m[::-1, ::-1],
        t[:, 1, ::2],
        np.asfortranarray(m),
        t.transpose(2, 0, 1)[1],
        np.broadcast_to(np.array([1.5, -2.5]), (3, 2)),
    ]
    for name, function in (REDUCTIONS | CUMULATIVE).items():
        yield case(f"{name}_of_views", along(function, None, 0, 1), *views, gradient=())
    for name, function in REDUCTIONS.items():
        lengths = [np.cos(np.arange(float(n))) for n in (1, 7, 8, 9, 64, 1000)]
        yield case(f"{name}_of_many_lengths", along(function, None), *lengths, gradient=())


def folds_of_users() -> Iterator[Case]:
    for name in "add", "mul", "maximum", "minimum":
        function = getattr(scalar, name)
        build = lambda x, f=function: [T.CAReduce(f, axis)(x) for axis in (None, 0, (1,), ())]  # noqa: E731
        yield case(f"fold_of_{name}", build, m, gradient=(0,) if "imum" in name else ())
    for name in "and_", "or_", "xor":
        fold = T.CAReduce(getattr(scalar, name), 0)
        integers = [of_dtype(d) for d in dtypes.DISCRETE] + [np.empty((0, 3), "int16")]
        yield case(f"fold_of_{name}", lambda *xs, f=fold: [f(x) for x in xs], *integers)


CASES = [
    *empty(),
    *single(),
    *special(),
    *ties(),
    *every_dtype(),
    *chosen_dtypes(),
    *every_axis(),
    *layouts(),
    *folds_of_users(),
]
