"""What ``theano.function`` takes and returns."""

from __future__ import annotations

import threading

import numpy as np
import pytest

import theano
import theano.tensor as T


@pytest.fixture(autouse=True)
def _linker(backend: str):
    with theano.change_flags(linker=backend):
        yield


def test_one_output_is_a_bare_array_even_without_dimensions() -> None:
    x = T.dscalar("x")
    result = theano.function([x], x * x)(3)
    assert type(result) is np.ndarray
    assert result.shape == ()
    assert result == 9.0


@pytest.mark.parametrize("container", [list, tuple])
def test_a_list_or_tuple_of_outputs_is_returned_as_a_list(container: type) -> None:
    x = T.dscalar("x")
    assert theano.function([x], container([x, x + 1]))(2.0) == [2.0, 3.0]


@pytest.mark.parametrize("outputs", [None, [], ()])
def test_no_outputs_give_an_empty_list(outputs: object) -> None:
    assert theano.function([], outputs)() == []


def test_a_dict_of_outputs_is_returned_as_a_dict_and_may_be_asked_for_in_part() -> None:
    x = T.dscalar("x")
    f = theano.function([x], {"b": x * 2, "a": x + 1})
    assert f(3.0) == {"a": 4.0, "b": 6.0}
    assert f(3.0, output_subset=["a"]) == {"a": 4.0}


def test_arguments_go_by_position_or_by_name() -> None:
    x, y = T.dscalars("x", "y")
    f = theano.function([x, y], x - y)
    assert f(5, 3) == f(x=5, y=3) == f(5, y=3) == f(y=3, x=5) == 2.0


def test_a_default_comes_back_after_another_value_was_given_for_one_call() -> None:
    x, y = T.dscalars("x", "y")
    f = theano.function([x, theano.In(y, value=5)], x + y)
    assert f(1) == 6.0
    assert f(1, 2) == 3.0
    f[y] = 7
    assert [f(1), f(1)] == [8.0, 6.0]
    assert f["y"] == f[y] == f.value["y"] == 5.0


def test_an_input_with_an_update_keeps_its_value() -> None:
    s, step = T.dscalars("s", "step")
    f = theano.function([step, theano.In(s, value=10.0, update=s + step)], s)
    assert [f(1), f(1)] == [10.0, 11.0]
    assert f(1, 100) == 100.0
    assert f[s] == 101.0


def test_an_implicit_input_is_not_given_by_position() -> None:
    s, step = T.dscalars("s", "step")
    f = theano.function([step, theano.In(s, value=1.0, update=s + step, implicit=True)], s)
    with pytest.raises(TypeError, match="Too many"):
        f(1, 2)
    assert [f(1), f(1)] == [1.0, 2.0]


def test_updates_see_the_values_before_the_call() -> None:
    a, b = theano.shared(1.0, "a"), theano.shared(10.0, "b")
    f = theano.function([], [a, b], updates=[(a, b), (b, a)])
    assert f() == [1.0, 10.0]
    assert (a.get_value(), b.get_value()) == (10.0, 1.0)
    assert f() == [10.0, 1.0]


@pytest.mark.parametrize("form", [list, tuple, dict, theano.OrderedUpdates])
def test_updates_come_in_several_forms(form: type) -> None:
    a, x = theano.shared(1.0, "a"), T.dscalar("x")
    theano.function([x], [], updates=form([(a, a + x)]))(3)
    assert a.get_value() == 4.0


def test_an_update_may_be_a_number_that_fits() -> None:
    a = theano.shared(np.int32(1), "a")
    theano.function([], [], updates=[(a, 5)])()
    assert a.get_value() == 5
    assert a.get_value().dtype == "int32"


def test_a_shared_variable_updated_by_another_does_not_share_its_array() -> None:
    a, b = theano.shared(np.zeros(2)), theano.shared(np.ones(2))
    theano.function([], [], updates=[(a, b)])()
    a.get_value(borrow=True)[0] = 42
    assert b.get_value().tolist() == [1.0, 1.0]


def test_no_update_takes_place_when_the_call_fails() -> None:
    a, b = theano.shared(1.0, "a"), theano.shared(np.ones(2), "b")
    x = T.dvector("x")
    f = theano.function([x], [], updates=[(a, a + 1), (b, b + x)])
    with pytest.raises(ValueError, match=r"mis-match|ismatch"):
        f([1.0, 2.0, 3.0])
    assert a.get_value() == 1.0
    assert b.get_value().tolist() == [1.0, 1.0]


def test_default_updates_take_place_unless_overruled_or_switched_off() -> None:
    s = theano.shared(2.0, "s")
    s.default_update = s + 1
    theano.function([], s)()
    assert s.get_value() == 3.0
    theano.function([], s, no_default_updates=True)()
    theano.function([], s, no_default_updates=[s])()
    theano.function([], T.constant(1.0))()
    assert s.get_value() == 3.0
    theano.function([], s, updates=[(s, s * 2)])()
    assert s.get_value() == 6.0


def test_a_default_update_brings_those_of_the_variables_it_needs() -> None:
    a, b = theano.shared(1.0, "a"), theano.shared(10.0, "b")
    a.default_update = a + b
    b.default_update = b * 2
    theano.function([], a)()
    assert (a.get_value(), b.get_value()) == (11.0, 20.0)


def test_givens_replace_in_outputs_and_updates_all_at_once() -> None:
    a, b = theano.shared(2.0, "a"), theano.shared(3.0, "b")
    x = T.dscalar("x")
    f = theano.function([x], a * x, givens=[(a, b)], updates=[(a, a + 1)])
    assert f(10) == 30.0
    assert (a.get_value(), b.get_value()) == (4.0, 3.0)
    assert theano.function([], a * 1, givens={a: a + 1})() == 5.0
    y, z = T.dscalars("y", "z")
    f = theano.function([x, y], z, givens={z: y + x})
    assert f(1.0, 2.0) == 3.0


def test_an_intermediate_variable_can_be_an_input() -> None:
    x = T.dscalar("x")
    y = x + 1
    assert theano.function([y], y * 2)(5.0) == 10.0


def test_outputs_share_no_memory_with_arguments_states_or_each_other() -> None:
    x = T.dvector("x")
    s = theano.shared(np.zeros(3))
    f = theano.function([x], [x, x[1:], s, x * 2, x * 2])
    a = np.arange(3.0)
    results = f(a)
    for k, result in enumerate(results):
        others = [a, s.get_value(borrow=True), *results[:k]]
        assert not any(np.may_share_memory(result, other) for other in others)


def test_the_argument_stays_as_it_is() -> None:
    x = T.dvector("x")
    a = np.array([1.0, 2.0])
    theano.function([x], [x + 1, T.set_subtensor(x[0], 9.0)])(a)
    assert a.tolist() == [1.0, 2.0]


def test_a_function_is_named_after_the_line_that_made_it() -> None:
    x = T.dscalar("x")
    assert theano.function([x], x).name.startswith(f"{__file__}:")
    assert theano.function([x], x, name="identity").name == "identity"


def test_what_is_known_about_a_function_can_be_read() -> None:
    x = T.dscalar("x")
    s = theano.shared(1.0, "s")
    f = theano.function([x], x + s, updates=[(s, s + 1)])
    assert type(f).__name__ == "Function"
    assert isinstance(f, theano.compile.Function)
    assert f.maker.inputs[0].variable is x
    assert [v.name for v in f.maker.fgraph.inputs] == ["x", "s"]
    assert len(f.maker.fgraph.outputs) == 2
    assert f.get_shared() == [s]
    assert f.finder["x"] is f.input_storage[0]
    assert f[s] == 1.0


def test_eval_compiles_once_for_each_set_of_inputs() -> None:
    x = T.dscalar("x")
    y = x + 1
    assert y.eval({x: 2.0}) == 3.0
    assert y.eval({x: 3.0}) == 4.0


def test_a_chain_of_many_nodes_compiles() -> None:
    x = T.dscalar("x")
    y = x
    for _ in range(20_000):
        y = y + x
    assert theano.function([x], y)(1.0) == 20_001.0


def test_threads_lose_no_update() -> None:
    s = theano.shared(np.zeros(2))
    f = theano.function([], [], updates=[(s, s + 1)])

    def call_often() -> None:
        for _ in range(200):
            f()

    threads = [threading.Thread(target=call_often) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert s.get_value().tolist() == [800.0, 800.0]
