"""What all tests share: the back ends that every compiled value is checked on."""

from __future__ import annotations

import pytest

BACKENDS = ("py", "llvm")  # linkers


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The name of a linker: a test that asks for it runs on each."""
    return request.param
