"""theano.tests.unittest_tools of Theano 1.0.5."""

import theano
from theano import tensor as T
from theano.configuration import config
from theano.legacy.adapters.testing import (
    WrongValue,
    assert_allclose,
    fetch_seed,
    seed_rng,
    str_diagnostic,
    verify_grad,
)
from theano.legacy.adapters.testing_classes import (
    AttemptManyTimes,
    InferShapeTester,
    MockRandomState,
    T_OpContractMixin,
    TestOptimizationMixin,
    assertFailure_fast,
    custom_name_func,
)
from theano.legacy.adapters.testing_classes import TestOptimizationMixin as OptimizationTestMixin

__all__ = [
    "AttemptManyTimes",
    "InferShapeTester",
    "MockRandomState",
    "OptimizationTestMixin",
    "T",
    "T_OpContractMixin",
    "TestOptimizationMixin",
    "WrongValue",
    "assertFailure_fast",
    "assert_allclose",
    "config",
    "custom_name_func",
    "fetch_seed",
    "seed_rng",
    "str_diagnostic",
    "theano",
    "verify_grad",
]
