"""theano.tests.unittest_tools: base classes and decorators for tests of ops and of rewrites."""

from __future__ import annotations

import sys
import unittest
from collections.abc import Callable, Sequence
from copy import copy
from functools import wraps
from typing import Any

import numpy as np

from theano.compile.function import function
from theano.compile.mode import Mode, get_default_mode, get_mode
from theano.configuration import change_flags, config
from theano.graph import Op
from theano.legacy.adapters.testing import seed_rng


class InferShapeTester(unittest.TestCase):
    """For tests of ``infer_shape``: ``self._compile_and_check(inputs, outputs, values, OpClass)``."""

    mode: Mode

    def setUp(self) -> None:
        seed_rng()
        name = "FAST_RUN" if config.mode == "FAST_COMPILE" else config.mode
        self.mode = get_mode(name).including("canonicalize")

    def _compile_and_check(
        self,
        inputs: Sequence[Any],
        outputs: Sequence[Any],
        numeric_inputs: Sequence[Any],
        cls: type,
        excluding: Sequence[str] | None = None,
        warn: bool = True,
        check_topo: bool = True,
    ) -> None:
        """Assert that the shapes of the outputs are found without computing an op of class ``cls``, and are right.

        warn  print a warning where a value has two equal lengths: an error of transposition would not show
        """
        mode = self.mode.excluding(*excluding) if excluding else self.mode
        if warn:
            for variable, value in zip(inputs, numeric_inputs, strict=True):
                lengths = np.shape(value)
                if len(set(lengths)) < len(lengths):
                    print(f"Warning: the value of {variable} has equal lengths: {lengths}", file=sys.stderr)
        of_values: Any = function(inputs, outputs, mode=mode)
        of_shapes: Any = function(inputs, [v.shape for v in outputs], mode=mode, on_unused_input="ignore")
        if check_topo:
            nodes = of_shapes.maker.fgraph.toposort()
            computed = [node for node in nodes if isinstance(node.op, cls)]
            assert not computed, f"to know the shapes, {cls.__name__} is computed: {computed}"
        for variable, value, shape in zip(
            outputs, of_values(*numeric_inputs), of_shapes(*numeric_inputs), strict=True
        ):
            found = tuple(np.asarray(shape).tolist())
            assert found == value.shape, f"infer_shape says {found} of {variable}, found {value.shape}"
            for is_one, length in zip(variable.type.broadcastable, value.shape, strict=True):
                assert length == 1 or not is_one, f"{variable} of {variable.type} has shape {value.shape}"


class TestOptimizationMixin:
    """Assertions about the ops of a compiled function."""

    __test__ = False  # for pytest: it holds no tests

    def assertFunctionContains(self, f: Any, op: Any, min: int = 1, max: int = sys.maxsize) -> None:
        """AssertionError unless ``op`` occurs between ``min`` and ``max`` times."""
        nodes = f.maker.fgraph.toposort()
        count = sum(node.op == op for node in nodes)
        assert min <= count <= max, (
            f"found {count} of {op}, wanted {min} to {max}, among {[str(n.op) for n in nodes]}"
        )

    def assertFunctionContains0(self, f: Any, op: Any) -> None:
        """... unless it does not occur."""
        self.assertFunctionContains(f, op, min=0, max=0)

    def assertFunctionContains1(self, f: Any, op: Any) -> None:
        """... unless it occurs once."""
        self.assertFunctionContains(f, op, min=1, max=1)

    def assertFunctionContainsN(self, f: Any, op: Any, N: int) -> None:
        """... unless it occurs ``N`` times."""
        self.assertFunctionContains(f, op, min=N, max=N)

    def assertFunctionContainsClass(self, f: Any, op: type, min: int = 1, max: int = sys.maxsize) -> None:
        """AssertionError unless ops of class ``op`` occur between ``min`` and ``max`` times."""
        count = sum(isinstance(node.op, op) for node in f.maker.fgraph.toposort())
        assert min <= count <= max, f"found {count} of {op.__name__}, wanted {min} to {max}"

    def assertFunctionContainsClassN(self, f: Any, op: type, N: int) -> None:
        """... unless they occur ``N`` times."""
        self.assertFunctionContainsClass(f, op, min=N, max=N)

    def SkipTest(self, msg: str = "Skip this test") -> None:
        """Skip the test that calls it."""
        raise unittest.SkipTest(msg)


class T_OpContractMixin:
    """Tests that every op keeps.  A subclass sets ``ops``, no two of them equal, and ``other_op``, another one."""

    ops: Sequence[Op] = ()
    other_op: Op

    def copy(self, x: Op) -> Op:
        """An op equal to ``x``."""
        return copy(x)

    clone = copy

    def test_eq(self) -> None:
        """An op equals its copy, and no other op."""
        for k, op in enumerate(self.ops):
            assert op == op and op == self.clone(op) and op != self.other_op
            assert all((other == op) == (n == k) for n, other in enumerate(self.ops))

    def test_hash(self) -> None:
        """Equal ops have equal hashes."""
        for op in self.ops:
            assert hash(op) == hash(self.clone(op))
        assert len({hash(op) for op in (*self.ops, self.other_op)}) > len(self.ops)

    def test_name(self) -> None:
        """An op has a text."""
        assert all(str(op) for op in self.ops)


class MockRandomState:
    """A generator whose ``randint`` gives one number."""

    def __init__(self, val: int) -> None:
        self.val = val

    def randint(self, minval: int, maxval: int | None = None, size: Any = 1) -> np.ndarray:
        """Arrays of the number."""
        return np.zeros(size, dtype=int) + self.val


class AttemptManyTimes:
    """Decorator: a test passes when it passes so many of so many times, each with another seed."""

    def __init__(self, n_attempts: int, n_req_successes: int = 1) -> None:
        assert n_attempts >= n_req_successes
        self.n_attempts, self.n_req_successes = n_attempts, n_req_successes

    def __call__(self, fct: Callable[..., Any]) -> Callable[..., None]:
        @wraps(fct)
        def attempted(*args: Any, **kwargs: Any) -> None:
            seed, passed = config.unittests.rseed, 0
            for attempt in range(self.n_attempts):
                own = seed if attempt == 0 or seed == "random" else str(int(seed) + attempt)
                try:
                    with change_flags({"unittests.rseed": own}):
                        fct(*args, **kwargs)
                except Exception:
                    if passed + self.n_attempts - attempt - 1 < self.n_req_successes:
                        raise
                    continue
                passed += 1
                if passed == self.n_req_successes:
                    return

        return attempted


def assertFailure_fast(f: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator: a test that must fail where the default mode rewrites little, and pass elsewhere."""

    @wraps(f)
    def checked(*args: Any, **kwargs: Any) -> None:
        if get_default_mode().optimizer.level != "fast_compile":
            f(*args, **kwargs)
            return
        try:
            f(*args, **kwargs)
        except Exception:
            return
        raise AssertionError(f"{f.__name__} was to fail under FAST_COMPILE")

    return checked


def custom_name_func(testcase_func: Callable[..., Any], param_num: Any, param: Any) -> str:
    """The name of a test that is made for given parameters: that of the function, and the parameters."""
    return f"{testcase_func.__name__}_{param_num}_{'_'.join(str(a) for a in param.args)}"
