"""Adapters: what only programs written for Theano 1.0.5 need."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import scalar
from theano.legacy.adapters import containers, gof_functions, op_classes, scalar_classes, testing


def test_the_class_of_a_scalar_function_has_it_as_its_only_instance() -> None:
    basic = importlib.import_module("theano.scalar.basic")
    op = T.exp(T.vector()).owner.op
    assert isinstance(op.scalar_op, basic.Exp)
    assert not isinstance(op.scalar_op, basic.Log)
    assert isinstance(T.cast(T.vector(), "int8").owner.op.scalar_op, basic.Cast)


def test_making_an_instance_of_such_a_class_gives_the_function() -> None:
    assert scalar_classes.GammaLn(scalar.upgrade_to_float, name="scalar_gammaln") is scalar.gammaln
    x = T.dvector("x")
    f = theano.function([x], T.Elemwise(scalar_classes.Psi(scalar.upgrade_to_float, name="psi"))(x))
    np.testing.assert_allclose(f([1.0]), [-0.5772156649015329])
    assert scalar_classes.Cast(scalar.float32)(scalar.float64()).type == scalar.float32


def test_every_such_class_is_named_as_it_is_called() -> None:
    classes = {n: c for n, c in vars(scalar_classes).items() if isinstance(c, scalar_classes._OfOneFunction)}
    assert len(classes) > 80
    assert all(c.__name__ == n for n, c in classes.items())


def test_a_frozendict_is_hashed_by_its_entries() -> None:
    a, b = containers.frozendict(x=1, y=2), containers.frozendict({"y": 2, "x": 1})
    assert a == b and hash(a) == hash(b) and a.copy(y=3)["y"] == 3
    with pytest.raises(TypeError):
        a["x"] = 5  # type: ignore[index]


def test_an_ordered_set_keeps_the_order_of_entry() -> None:
    s = containers.OrderedSet([3, 1, 3, 2])
    s.add(1)
    assert list(s) == [3, 1, 2]
    assert s.pop() == 2 and s.pop(last=False) == 3
    s.update([7, 8])
    s.intersection_update([8, 1])
    assert s == containers.OrderedSet([1, 8]) and s == {8, 1}
    with pytest.raises(KeyError):
        containers.OrderedSet().pop()


def test_prerequisites_come_first() -> None:
    assert gof_functions.toposort({"c": ["b"], "b": ["a"], "a": []}) == ["a", "b", "c"]
    with pytest.raises(ValueError, match="wait for each other"):
        gof_functions.toposort({"a": ["b"], "b": ["a"]})


def test_test_values_are_asked_for_only_where_they_are_on() -> None:
    x, y = T.dscalars("x", "y")
    x.tag.test_value = 2.0
    assert gof_functions.get_debug_values(x) == []
    with theano.change_flags(compute_test_value="warn"):
        assert gof_functions.get_debug_values(x) == [(2.0,)]
        assert gof_functions.get_debug_values(x, y) == []
    with theano.change_flags(compute_test_value="raise"), pytest.raises(AttributeError, match="Argument 1"):
        gof_functions.get_debug_values(x, y)


def test_small_functions_do_what_their_names_say() -> None:
    assert gof_functions.flatten([1, (2, [3])]) == [1, 2, 3]
    assert gof_functions.difference([1, 2, 3], [2]) == [1, 3]
    assert gof_functions.hist("aba") == {"a": 2, "b": 1}
    assert gof_functions.unique([1, 2]) and not gof_functions.unique([1, 1])
    x = object()
    assert gof_functions.uniq([x, x]) == [x]
    calls: list[int] = []
    remembering = gof_functions.memoize(lambda n: calls.append(n) or n)
    assert remembering(1) == remembering(1) == 1 and calls == [1]
    assert [v.name for v in gof_functions.give_variables_names([T.scalar("a"), T.scalar("a"), T.scalar()])] == [
        "a",
        "Variable_1",
        "Variable_2",
    ]


def test_old_names_of_cumulative_ops_make_the_one_op() -> None:
    assert op_classes.CumsumOp(1) == T.CumOp(1, "add")
    assert op_classes.CumprodOp(axis=0) == T.CumOp(0, "mul")


def test_asarray_knows_floatX() -> None:
    with theano.change_flags(floatX="float32"):
        assert theano._asarray([1, 2], dtype="floatX").dtype == np.float32


def test_tools_for_tests_check_gradients_and_values() -> None:
    testing.verify_grad(T.tanh, [np.array([0.5, -1.0])])
    testing.assert_allclose([1.0], [1.0 + 1e-12])
    with pytest.raises(testing.WrongValue, match="largest difference"):
        testing.assert_allclose([1.0], [1.1])
    testing.seed_rng(3)
    first = np.random.rand()
    assert testing.seed_rng(3) == 3 and np.random.rand() == first
