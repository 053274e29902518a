"""Cases of products that are scaled and added.  Edge cases first."""

from __future__ import annotations

import numpy as np
from case import case, sample

from theano.tensor.blas import (
    _dot22,
    _dot22scalar,
    gemm,
    gemm_inplace,
    gemv,
    gemv_inplace,
    ger,
    ger_destructive,
)

a, b = np.float64(0.75), np.float64(-0.5)
x, y, z = sample(2, 3), sample(3, 4), sample(2, 4)
r, s = sample(4), sample(3)


def of_dtype(dtype: str) -> list:
    return [
        case(f"gemm_{dtype}", gemm, *(v.astype(dtype) for v in (z, a, x, y, b))),
        case(f"gemv_{dtype}", gemv, *(v.astype(dtype) for v in (s, a, y, r, b))),
        case(f"ger_{dtype}", ger, *(v.astype(dtype) for v in (y, a, s, r))),
        case(f"dot22_{dtype}", _dot22, *(v.astype(dtype) for v in (x, y))),
        case(f"dot22scalar_{dtype}", _dot22scalar, *(v.astype(dtype) for v in (x, y, a))),
    ]


CASES = [
    case("gemm_of_nothing", gemm, z, a, sample(2, 0), sample(0, 4), b),
    case("gemm_of_empty", gemm, sample(0, 4), a, sample(0, 3), y, b),
    case("gemm_onto_a_row", gemm, sample(1, 4), a, sample(1, 3), y, b, patterns={0: (True, False)}),
    case("gemm_of_transposes", lambda z, a, x, y, b: gemm(z.T, a, y.T, x.T, b), z, a, x, y, b),
    case("gemm_inplace", gemm_inplace, z, a, x, y, b),
    case("gemm_twice", lambda z, a, x, y, b: gemm_inplace(gemm(z, a, x, y, 1.0), b, x, y, 1.0), z, a, x, y, b),
    case("gemv_of_nothing", gemv, s, a, sample(3, 0), sample(0), b),
    case("gemv_inplace", gemv_inplace, s, a, y, r, b),
    case("ger_of_empty", ger, sample(0, 4), a, sample(0), r),
    case("ger_destructive", ger_destructive, y, a, s, r),
    case("dot22_of_nothing", _dot22, sample(2, 0), sample(0, 4)),
    case("dot22scalar_of_nothing", _dot22scalar, sample(2, 0), sample(0, 4), a),
    case("dot22scalar_of_a_column", _dot22scalar, x, sample(3, 1), a, patterns={1: (False, True)}),
    *(case for dtype in ("float16", "float32", "float64", "complex64", "complex128") for case in of_dtype(dtype)),
]
