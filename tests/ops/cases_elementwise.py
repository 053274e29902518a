"""Cases of elementwise functions: one for each function of numbers, because it is defined."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from case import Case, case

import theano.tensor as T
from theano.scalar import dtype as dtypes
from theano.scalar.function import UNDEFINED, ScalarFunction, all_scalar_functions
from theano.tensor.elemwise import elemwise_of

SHAPES = ((2, 3), (3,), (2, 1))  # of the arguments, which stretch over each other
PATTERNS = {2: (False, True)}

FUNCTIONS = [f for f in all_scalar_functions() if not f.name.startswith("Cast{")]


def takes(function: ScalarFunction, *given: str) -> bool:
    """Whether the dtype rule accepts arguments of these dtypes."""
    try:
        function.output_dtypes(*given)
    except TypeError:
        return False
    return True


def in_real_parts(output: Any) -> list[Any]:
    """``output``, or the real and imaginary parts of it: what a real cost can be made of."""
    return [T.real(output), T.imag(output)] if output.dtype in dtypes.COMPLEX else [output]


def differentiable_arguments(function: ScalarFunction, count: int) -> tuple[int, ...]:
    """Positions of the arguments for which a partial derivative is known."""
    if function.partials is None or not takes(function, *["float64"] * count):
        return ()
    if function.output_dtypes(*["float64"] * count)[0] not in dtypes.CONTINUOUS:
        return ()
    arguments = [T.dscalar() for _ in range(count)]
    partials = function.partials(*arguments, elemwise_of(function)(*arguments))
    return tuple(k for k, partial in enumerate(partials) if partial is not UNDEFINED)


def of_reals() -> Iterator[Case]:
    rng = np.random.default_rng(5)
    for function in FUNCTIONS:
        domains = function.samples * 2 if function.variadic else function.samples
        dtype = "float64" if takes(function, *["float64"] * len(domains)) else "int64"
        values = [
            domain.draw(rng, shape).astype(dtype) for domain, shape in zip(domains, SHAPES, strict=False)
        ]
        yield case(
            f"elementwise_{function.name}",
            lambda *xs, f=function: in_real_parts(elemwise_of(f)(*xs)),
            *values,
            gradient=differentiable_arguments(function, len(domains)),
            patterns={k: pattern for k, pattern in PATTERNS.items() if k < len(domains)},
        )


def of_complex_numbers() -> Iterator[Case]:
    """Functions of u + iv and u - iv, as functions of the real u and v."""
    u, v = np.array([[0.7, -0.4, 1.2], [0.9, -1.1, 0.3]]), np.array([0.6, 1.3, -0.8])
    for function in FUNCTIONS:
        count = 2 if function.variadic else len(function.samples)
        if function.name in ("int_div", "mod"):
            continue  # NumPy has no value
        if function.partials is None or not takes(function, *["complex128"] * count):
            continue
        if function.output_dtypes(*["complex128"] * count)[0] not in dtypes.CONTINUOUS:
            continue
        z = T.zscalar()
        partials = function.partials(*[z] * count, elemwise_of(function)(*[z] * count))
        if UNDEFINED in partials:
            continue
        yield case(f"elementwise_{function.name}_of_complex", complex_parts(function, count), u, v)


def complex_parts(function: ScalarFunction, count: int) -> Callable[..., Any]:
    def build(u: Any, v: Any) -> list[Any]:
        arguments = [T.complex(u, v), T.complex(v + 2.1, u), T.complex(u * v, v)][:count]
        return in_real_parts(elemwise_of(function)(*arguments))

    return build


def made_of_these() -> Iterator[Case]:
    x, y = np.array([[0.7, -0.4, 1.2], [2.9, -1.1, 0.3]]), np.array([0.6, 1.3, -0.8])
    yield case("add_of_four", lambda a, b: T.add(a, b, a, a), x, y)
    yield case("mul_of_four", lambda a, b: T.mul(a, b, a, a), x, y)
    yield case("largest_and_smallest", lambda a, b: [T.largest(a, b, 0.5), T.smallest(a, b, 0.5)], x, y)
    yield case("cast_to_complex", lambda a: T.real(T.cast(a, "complex128") ** 2), x)
    yield case("cast_to_integers", lambda a: T.cast(T.cast(a, "int32"), "float64"), x)
    yield case("power_by_integers", lambda a, n: a**n, x, np.array([0, 2, 3]))
    yield case("integers_to_a_power", lambda n, a: n**a, np.array([1, 2, 3]), y)
    yield case("integers_times_floats", lambda n, a: n * a / (n + 5), np.array([1, -2, 3]), x)


CASES = [*of_reals(), *of_complex_numbers(), *made_of_these()]
