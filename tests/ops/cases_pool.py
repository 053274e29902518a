"""Cases of pooling and its derivatives: every mode, border and way to give the windows.  Edge cases first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
from case import Case, case, sample

from theano.tensor.signal.pool import (
    AveragePoolGrad,
    DownsampleFactorMaxGradGrad,
    MaxPoolGrad,
    MaxPoolRop,
    Pool,
    max_pool_2d_same_size,
    pool_2d,
    pool_3d,
)

MODES = ("max", "sum", "average_inc_pad", "average_exc_pad")
IMAGE = sample(2, 1, 6, 5)

# ws, ignore_border, stride, pad
WINDOWS = [
    ((2, 2), True, None, (0, 0)),
    ((2, 3), False, None, (0, 0)),
    ((3, 2), True, (1, 2), (1, 1)),
    ((3, 3), False, (2, 2), (0, 0)),
    ((2, 2), False, (3, 4), (0, 0)),
    ((4, 5), True, (3, 2), (3, 4)),  # too large to be written out
    ((7, 1), True, None, (0, 0)),  # no window fits
    ((7, 1), False, None, (0, 0)),
]


def windows() -> Iterator[Case]:
    for mode, (ws, border, stride, pad) in product(MODES, WINDOWS):
        pool = lambda x, k=(ws, border, stride, pad, mode): pool_2d(x, *k)  # noqa: E731
        yield case(f"pool_{mode}_{ws}_{border}_{stride}_{pad}", pool, IMAGE)
    for mode in MODES:
        given = lambda x, ws, stride, pad, mode=mode: Pool(True, mode)(x, ws, stride, pad)  # noqa: E731
        yield case(f"pool_{mode}_symbolic", given, IMAGE, np.array([3, 2]), np.array([2, 1]), np.array([1, 0]))
        cut = lambda x, n, mode=mode: Pool(False, mode)(x, [n, 3], [2, n])  # noqa: E731
        yield case(f"pool_{mode}_partly_symbolic", cut, IMAGE, np.array(4))
        ties = lambda x, mode=mode: pool_2d(x, (2, 2), True, (1, 1), mode=mode)  # noqa: E731
        yield case(f"pool_{mode}_ties", ties, np.array([[1.0, 1, 2, 2], [2, 2, 1, 1]]), gradient=())
        yield case(f"pool_{mode}_nan", ties, np.array([[np.nan, 1, 2], [2, -np.inf, np.inf]]), gradient=())
        yield case(f"pool_3d_{mode}", lambda x, mode=mode: pool_3d(x, (2, 1, 2), True, pad=(1, 0, 1), mode=mode), sample(3, 2, 4))
        yield case(f"pool_{mode}_matrix", lambda x, mode=mode: pool_2d(x, (2, 2), False, mode=mode), sample(3, 5))
        yield case(f"pool_{mode}_empty", lambda x, mode=mode: pool_2d(x, (2, 2), False, mode=mode), np.empty((0, 4, 4)), gradient=())
        for dtype in ("int8", "int32", "float16", "float32"):
            yield case(f"pool_{mode}_{dtype}", lambda x, mode=mode: pool_2d(x, (2, 2), False, mode=mode), sample(2, 4, 5, dtype=dtype))
    yield case("max_pool_same_size", lambda x: max_pool_2d_same_size(x, (2, 2)), sample(1, 2, 4, 5))


def derivatives() -> Iterator[Case]:
    x, top = IMAGE, sample(2, 1, 3, 2)
    maxima = np.maximum.reduce([x[:, :, a::2, b : 4 + b : 2] for a in range(2) for b in range(2)])
    yield case("max_pool_grad", lambda z, x, m: MaxPoolGrad(True)(x, m, z, (2, 2)), top, x, maxima, gradient=(0,))
    second = lambda g, x, m: DownsampleFactorMaxGradGrad(True)(x, m, g, (2, 2))  # noqa: E731
    yield case("max_pool_second", second, x, x, maxima, gradient=(0,))
    yield case("max_pool_rop", lambda t, x: MaxPoolRop(True)(x, t, (2, 2)), x, sample(2, 1, 6, 5) * 3, gradient=(0,))
    for mode in MODES[1:]:
        back = lambda z, x, mode=mode: AveragePoolGrad(True, mode)(x, z, (2, 2))  # noqa: E731
        yield case(f"average_pool_grad_{mode}", back, top, x, gradient=(0,))


CASES = [*windows(), *derivatives()]
