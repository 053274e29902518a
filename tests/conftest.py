"""What all tests share: the back ends that every compiled value is checked on."""

from __future__ import annotations

import pytest

import theano

# A rule or an op at fault is passed over with a warning in a program; here it is an error.
theano.config.on_opt_error = theano.config.on_shape_error = "raise"

BACKENDS = ("py", "llvm")  # linkers


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of a linker: a test that asks for it runs on each."""
    return request.param
