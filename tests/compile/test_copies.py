"""Copies of compiled functions: by copy(), the copy module, and pickle."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T


@pytest.fixture(autouse=True)
def _linker(backend: str):
    with theano.change_flags(linker=backend):
        yield


def accumulator() -> tuple:
    x = T.dvector("x")
    s = theano.shared(np.zeros(2), "s")
    return s, theano.function([x], (s * x).sum(), updates=[(s, s + x)])


def test_a_copy_uses_the_same_shared_variables() -> None:
    s, f = accumulator()
    g = f.copy(name="second")
    f([1.0, 2.0])
    assert g([1.0, 1.0]) == 3.0
    assert s.get_value().tolist() == [2.0, 3.0]
    assert g.name == "second"


def test_a_copy_may_use_another_shared_variable() -> None:
    s, f = accumulator()
    t = theano.shared(np.full(2, 5.0), "t")
    g = f.copy(swap={s: t})
    assert g([1.0, 1.0]) == 10.0
    assert s.get_value().tolist() == [0.0, 0.0]
    assert t.get_value().tolist() == [6.0, 6.0]
    assert g.get_shared() == [t]


def test_a_copy_may_leave_updates_out() -> None:
    s, f = accumulator()
    f([1.0, 2.0])
    g = f.copy(delete_updates=True)
    assert g([1.0, 1.0]) == g([1.0, 1.0]) == 3.0
    assert s.get_value().tolist() == [1.0, 2.0]


def test_a_copy_has_defaults_and_states_of_its_own() -> None:
    x, y, z = T.dscalars("x", "y", "z")
    f = theano.function([x, theano.In(y, value=4.0), theano.In(z, value=0.0, update=z + x)], x + y + z)
    assert f(1) == 5.0
    g = copy.copy(f)
    assert g(1) == 6.0
    assert g(1, 2) == 5.0
    assert f(1) == 6.0


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda f: pickle.loads(pickle.dumps(f, -1))])
def test_a_deep_copy_and_a_pickle_have_shared_variables_of_their_own(duplicate) -> None:
    s, f = accumulator()
    f([1.0, 2.0])
    g = duplicate(f)
    assert g([1.0, 1.0]) == 3.0
    assert g([1.0, 1.0]) == 5.0
    assert s.get_value().tolist() == [1.0, 2.0]
    assert [v.name for v in g.get_shared()] == ["s"]


def test_a_function_pickled_with_its_shared_variable_still_uses_it() -> None:
    s, f = pickle.loads(pickle.dumps(accumulator(), -1))
    f([1.0, 2.0])
    assert s.get_value().tolist() == [1.0, 2.0]


def test_keywords_and_defaults_survive_pickling() -> None:
    x, y = T.dscalars("x", "y")
    f = theano.function([x, theano.In(y, value=4.0, name="bias")], {"sum": x + y}, name="adder")
    g = pickle.loads(pickle.dumps(f, -1))
    assert g(1) == {"sum": 5.0}
    assert g(x=1, bias=2) == {"sum": 3.0}
    assert g.name == "adder"


def test_a_deep_graph_can_be_pickled() -> None:
    x = T.dscalar("x")
    y = x
    for _ in range(5000):
        y = y * x
    f = theano.function([x], y)
    assert pickle.loads(pickle.dumps(f, -1))(1.0) == 1.0


def test_unpickling_can_be_switched_off() -> None:
    x = T.dscalar("x")
    text = pickle.dumps(theano.function([x], x), -1)
    with theano.change_flags(unpickle_function=False):
        assert pickle.loads(text) is None
