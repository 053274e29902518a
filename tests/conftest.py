"""What all tests share: the back ends that every compiled value is checked on."""

from __future__ import annotations

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


@pytest.fixture(scope="session", autouse=True)
def verified_modules() -> Iterator[None]:
    """LLVM's verifier reads every module before the optimiser does, which may crash on one that is malformed."""

    def optimise(parsed: Any, processor: machine.Processor, real: Any = machine.optimise) -> None:
        parsed.verify()
        real(parsed, processor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(machine, "optimise", optimise)
        yield


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of a linker: a test that asks for it runs on each."""
    return request.param
