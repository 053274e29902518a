"""theano.tests.unittest_tools of Theano 1.0.5."""

import numpy
from collections.abc import Callable
from collections.abc import Sequence
from theano.compile.mode import Mode
from theano.graph import Op
from typing import Any

__all__ = ['AttemptManyTimes', 'InferShapeTester', 'MockRandomState', 'OptimizationTestMixin', 'T_OpContractMixin', 'TestOptimizationMixin', 'WrongValue', 'assertFailure_fast', 'assert_allclose', 'config', 'custom_name_func', 'fetch_seed', 'seed_rng', 'str_diagnostic', 'verify_grad']
class AttemptManyTimes:
    """Decorator: a test passes when it passes so many of so many times, each with another seed."""
    n_attempts: Any
    n_req_successes: Any
    def __init__(self, n_attempts: int, n_req_successes: int = 1) -> None: ...
    def __call__(self, fct: Callable[..., Any]) -> Callable[..., None]: ...
class InferShapeTester:
    """For tests of ``infer_shape``: ``self._compile_and_check(inputs, outputs, values, OpClass)``."""
    mode: Mode
    def setUp(self) -> None: ...
class MockRandomState:
    """A generator whose ``randint`` gives one number."""
    val: int
    def __init__(self, val: int) -> None: ...
    def randint(self, minval: int, maxval: int | None = None, size: Any = 1) -> numpy.ndarray:
        """Arrays of the number."""
OptimizationTestMixin = TestOptimizationMixin
class T_OpContractMixin:
    """Tests that every op keeps.  A subclass sets ``ops``, no two of them equal, and ``other_op``, another one."""
    other_op: Op
    ops: Sequence[Op]
    def copy(self, x: Op) -> Op:
        """An op equal to ``x``."""
    clone = copy
    def test_eq(self) -> None:
        """An op equals its copy, and no other op."""
    def test_hash(self) -> None:
        """Equal ops have equal hashes."""
    def test_name(self) -> None:
        """An op has a text."""
class TestOptimizationMixin:
    """Assertions about the ops of a compiled function."""
    def assertFunctionContains(self, f: Any, op: Any, min: int = 1, max: int = 9223372036854775807) -> None:
        """AssertionError unless ``op`` occurs between ``min`` and ``max`` times."""
    def assertFunctionContains0(self, f: Any, op: Any) -> None:
        """... unless it does not occur."""
    def assertFunctionContains1(self, f: Any, op: Any) -> None:
        """... unless it occurs once."""
    def assertFunctionContainsN(self, f: Any, op: Any, N: int) -> None:
        """... unless it occurs ``N`` times."""
    def assertFunctionContainsClass(self, f: Any, op: type[Any], min: int = 1, max: int = 9223372036854775807) -> None:
        """AssertionError unless ops of class ``op`` occur between ``min`` and ``max`` times."""
    def assertFunctionContainsClassN(self, f: Any, op: type[Any], N: int) -> None:
        """... unless they occur ``N`` times."""
    def SkipTest(self, msg: str = 'Skip this test') -> None:
        """Skip the test that calls it."""
class WrongValue(AssertionError):
    """Two arrays that were to agree do not."""
    val1: Any
    val2: Any
    rtol: Any
    atol: Any
    def __init__(self, expected_val: Any, val: Any, rtol: float, atol: float) -> None: ...
def assertFailure_fast(f: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator: a test that must fail where the default mode rewrites little, and pass elsewhere."""
def assert_allclose(expected: Any, value: Any, rtol: float | None = None, atol: float | None = None) -> None:
    """AssertionError (WrongValue) unless the arrays agree; tolerances by their dtypes unless told."""
from theano.configuration import config as config
def custom_name_func(testcase_func: Callable[..., Any], param_num: Any, param: Any) -> str:
    """The name of a test that is made for given parameters: that of the function, and the parameters."""
def fetch_seed(pseed: Any = None) -> int | None:
    """The seed for tests: ``pseed``, else ``config.unittests.rseed``, where "random" is None: a new one each time."""
def seed_rng(pseed: Any = None) -> int | None:
    """Seed NumPy's global generator and return the seed."""
def str_diagnostic(expected: Any, value: Any, rtol: float | None = None, atol: float | None = None) -> str:
    """Shapes, dtypes and largest differences of two arrays."""
def verify_grad(op: Callable[..., Any], pt: Sequence[numpy.ndarray], n_tests: int = 2, rng: Any = None, *args: Any, **kwargs: Any) -> None:
    """``theano.gradient.verify_grad`` with a seeded generator."""
