"""Programs whose innermost loops go through memory element by element, and what LLVM is told of them."""

import pytest
from theano.tensor.slinalg import cholesky

import theano
import theano.tensor as T
from theano.backends.llvm import machine


@pytest.fixture
def modules(monkeypatch):
    """The modules that are compiled."""
    made, object_code = [], machine.object_code

    def listed(module, *arguments):
        made.append(module)
        return object_code(module, *arguments)

    monkeypatch.setattr(machine, "object_code", listed)
    monkeypatch.setattr(theano.config, "cache", False)
    return made


x, A = T.dvector("x"), T.dmatrix("A")


@pytest.mark.parametrize("output, is_even", [
    (2 * x, True),
    (A.sum(axis=1), True),
    (A.sum(axis=0), True),
    (A + x, True),
    (A[:, ::2] + 1, False),
    (x[::T.cast(x[0], "int64")] + 1, False),
    (A + A.T, False),
    (cholesky(A), False),
])  # fmt: skip
def test_what_walks_evenly(output, is_even, modules):
    theano.function([x, A], output, on_unused_input="ignore")
    assert modules[0].walks_evenly == is_even


def test_what_llvm_is_told_holds_for_one_module(modules):
    theano.function([x], x[1:] + x[:-1].sum())
    found = []
    for modules[0].walks_evenly in (False, True, False):
        found.append(machine.object_code(modules[0]))
    assert found[0] == found[2] != found[1]
