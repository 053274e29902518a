"""cov and bartlett, as NumPy has them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T

m, y = np.random.RandomState(3).uniform(-1, 1, (2, 3, 5))
counts, weights = np.array([1, 2, 0, 3, 1]), np.array([0.5, 1.0, 2.0, 0.1, 1.5])


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"rowvar": False},
        {"bias": True},
        {"ddof": 2},
        {"fweights": counts},
        {"aweights": weights},
        {"fweights": counts, "aweights": weights, "ddof": 0},
        {"fweights": counts, "aweights": weights, "bias": False},
    ],
    ids=str,
)
def test_cov_is_that_of_numpy(settings: dict[str, Any]) -> None:
    x = T.dmatrix("x")
    np.testing.assert_allclose(theano.function([x], T.cov(x, **settings))(m), np.cov(m, **settings))


def test_cov_of_more_variables_and_of_one() -> None:
    x, z, v = T.dmatrix("x"), T.dmatrix("z"), T.dvector("v")
    f = theano.function([x, z, v], [T.cov(x, z), T.cov(v), T.cov(v, v)])
    for found, wanted in zip(f(m, y, m[0]), [np.cov(m, y), np.cov(m[0]), np.cov(m[0], m[0])], strict=True):
        assert found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted)


def test_cov_tells_of_misuse() -> None:
    with pytest.raises(TypeError, match="vectors or matrices"):
        T.cov(T.tensor3())
    with pytest.raises(ValueError, match="ddof must be integer"):
        T.cov(T.matrix(), ddof=0.5)


@pytest.mark.parametrize("n", [-2, 0, 1, 2, 3, 10])
def test_bartlett_is_that_of_numpy(n: int) -> None:
    k = T.iscalar("k")
    found = theano.function([k], T.bartlett(k))(n)
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, np.bartlett(n), atol=1e-15)


def test_bartlett_takes_one_integer() -> None:
    with pytest.raises(TypeError, match="scalar input"):
        T.bartlett(T.ivector())
    with pytest.raises(TypeError, match="integer input"):
        T.bartlett(T.dscalar())


def test_a_mean_asked_for_in_float16_is_one():
    assert T.mean(T.fvector(), dtype="float16").dtype == T.mean(T.bvector(), dtype="float16").dtype == "float16"
