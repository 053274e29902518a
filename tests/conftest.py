"""What all tests share: the back ends that every compiled value is checked on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

import theano
from tests import sweep  # noqa: F401  (says how random tests run)
from theano.backends.llvm import machine

# A rule or an op at fault is passed over with a warning in a program; here it is an error.
theano.config.on_opt_error = theano.config.on_shape_error = "raise"

settings.load_profile("suite")

BACKENDS = ("py", "llvm")  # linkers


def pytest_configure(config: pytest.Config) -> None:
    """Where tests run on several processes, BLAS in each of them has one thread: more would wait for each other."""
    if config.getoption("numprocesses", None):
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session", autouse=True)
def verified_modules() -> Iterator[None]:
    """LLVM's verifier reads every module before the optimiser does, which may crash on one that is malformed."""

    def optimise(parsed: Any, processor: machine.Processor, effort: int, real: Any = machine.optimise) -> None:
        parsed.verify()
        real(parsed, processor, effort)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "optimise", optimise)
        yield


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of a linker: a test that asks for it runs on each."""
    return request.param
