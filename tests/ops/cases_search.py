"""Cases of searches in sorted vectors, permutations, and repeating by a vector.  Edge cases first."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from case import Case, case

import theano.tensor as T

ROWS = np.array([[2, 0, 1, 3], [3, 2, 1, 0]])
DTYPES = ("int8", "uint8", "int32", "int64", "uint64", "float16", "float32", "float64", "bool")


def searches() -> Iterator[Case]:
    both = lambda x, v: [T.searchsorted(x, v, side) for side in ("left", "right")]  # noqa: E731
    wanted = np.array([[-1.0, 0.0, 2.5], [np.nan, np.inf, -np.inf]])
    for length in (0, 1, 2, 3, 4, 7, 8, 9, 127, 128, 129):
        yield case(f"searchsorted_in_{length}", both, np.arange(length) // 3 * 1.0, wanted * (length / 8), gradient=())
    ties_and_nan = np.array([-np.inf, -1, -0.0, 0.0, 0.0, 2, 2, np.inf, np.inf, np.nan, np.nan])
    yield case("searchsorted_special", both, ties_and_nan, np.append(ties_and_nan, [1, -2]), gradient=())
    yield case("searchsorted_of_number", both, np.array([1.0, 2.0, 3.0]), np.array(2.0), gradient=())
    yield case("searchsorted_of_none", both, np.array([1.0, 2.0]), np.empty((0, 3)), gradient=())
    for dtype in DTYPES:
        for other in ("int64", "float32"):
            x = np.sort(np.array([0, 1, 1, 3, 7], dtype))
            yield case(f"searchsorted_{dtype}_{other}", both, x, np.array([0, 1, 2, 8], other), gradient=())
    sorter = lambda x, s: T.searchsorted(x, x, sorter=s)  # noqa: E731
    yield case("searchsorted_by_sorter", sorter, np.array([3.0, 1.0, 2.0]), np.array([1, 2, 0]), gradient=())


def permutations() -> Iterator[Case]:
    for dtype in ("int8", "int64", "uint16"):
        yield case(f"inverse_permutation_{dtype}", T.inverse_permutation, ROWS.astype(dtype))
    yield case("inverse_permutation_of_none", T.inverse_permutation, np.empty(0, "int64"))
    yield case("inverse_permutation_of_row", T.inverse_permutation, ROWS[0])
    yield case("inverse_permutations", T.inverse_permutation, np.stack([ROWS, ROWS[::-1]]))
    x = np.arange(8.0).reshape(2, 4) + 0.5
    for inverse in (0, 1):
        permute = lambda x, y, k=inverse: T.permute_row_elements(x, y, k)  # noqa: E731
        yield case(f"permute_row_elements_{inverse}", permute, x, ROWS)
        yield case(f"permute_row_elements_alike_{inverse}", permute, x, ROWS[0])


def repetitions() -> Iterator[Case]:
    x = np.arange(6.0).reshape(2, 3) + 0.5
    for dtype in ("int8", "int64", "uint32"):
        yield case(f"repeat_columns_{dtype}", lambda x, r: T.repeat(x, r, 1), x, np.array([2, 0, 3], dtype))
    yield case("repeat_rows", lambda x, r: T.repeat(x, r, 0), x, np.array([0, 2]))
    yield case("repeat_nothing", lambda x, r: T.repeat(x, r, 0), x, np.array([0, 0]), gradient=())
    yield case("repeat_flat", lambda x, r: T.repeat(x, r), x, np.array([1, 0, 0, 2, 0, 1]))
    yield case("repeat_all_alike", lambda x, r: T.repeat(x, r, 1), x, np.array([2]))


CASES = [*searches(), *permutations(), *repetitions()]
