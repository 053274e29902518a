"""theano.tests.unittest_tools of Theano 1.0.5."""

from theano.configuration import config
from theano.legacy.adapters.testing import (
    WrongValue,
    assert_allclose,
    fetch_seed,
    seed_rng,
    str_diagnostic,
    verify_grad,
)

__all__ = [
    "WrongValue",
    "assert_allclose",
    "config",
    "fetch_seed",
    "seed_rng",
    "str_diagnostic",
    "verify_grad",
]
