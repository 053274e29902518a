"""What programs written for Theano 1.0.5 ask of functions, their makers, modes, and ops made of graphs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.compile.maker import FunctionMaker
from theano.compile.mode import Linker, Query


@pytest.fixture
def built() -> tuple:
    x, y = T.dvectors("x", "y")
    w = theano.shared(np.arange(3.0), "w")
    given = [x, theano.In(y, value=np.ones(3))]
    return theano.function(given, {"a": x + w, "b": y * 2}, updates=[(w, w + 1)], name="f"), x, y, w


def test_parts_of_a_function(built: tuple) -> None:
    f, x, y, w = built
    assert f.name == f.maker.name == "f" and f.output_keys == f.maker.output_keys == ["a", "b"]
    assert [c.value is None for c in f.input_storage] == [True, False, False] and len(f.output_storage) == 2
    assert [o.variable.type for o in f.outputs] == [T.dvector, T.dvector] and f.n_returned_outputs == 2
    assert f.finder["y"] is f.finder[y] is f.container["y"] and f.get_shared() == [w]
    assert f.maker.required == [True, False, False] and f.maker.refeed == [False, True, False]
    assert f.inv_finder[f.finder[x]] is f.maker.inputs[0] and f.defaults[1][:2] == (False, True)
    assert not f.unpack_single and not f.return_none and f.nodes_with_inner_function == []
    assert callable(f.fn) and f.profile is None and not f.trust_input and f.maker.fgraph.apply_nodes


def test_all_arguments_of_copy_together(built: tuple) -> None:
    f, _, _, w = built
    other = theano.shared(np.full(3, 10.0), "other")
    twin = f.copy(share_memory=True, swap={w: other}, delete_updates=True, name="twin", profile=False)
    f(np.zeros(3))
    result = twin(np.zeros(3), y=np.zeros(3))
    assert twin.name == "twin" and twin.profile is None and twin.get_shared() == [other]
    np.testing.assert_array_equal(result["a"], [10.0] * 3)
    np.testing.assert_array_equal(other.get_value(), [10.0] * 3)
    np.testing.assert_array_equal(w.get_value(), [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(f(np.zeros(3))["b"], [2.0] * 3)
    f.free()
    np.testing.assert_array_equal(f(np.zeros(3))["a"], [2.0, 3.0, 4.0])


def test_a_copy_with_a_profile_of_its_own(built: tuple) -> None:
    stats = theano.compile.ProfileStats(atexit_print=False)
    twin = built[0].copy(profile=stats)
    twin(np.zeros(3))
    assert twin.profile is stats and stats.fct_callcount == 1 and built[0].profile is None


def test_static_methods_of_a_maker() -> None:
    x = T.dscalar("x")
    given = FunctionMaker.wrap_in(x)
    assert (
        isinstance(given, theano.In)
        and given.variable is x
        and FunctionMaker.wrap_in((x, 3.0)).value is not None
    )
    assert FunctionMaker.wrap_out(theano.Out(x, borrow=True)).borrow
    assert FunctionMaker.expand_in(given, []) == (given, [given])


def test_a_maker_makes_functions_again(built: tuple) -> None:
    f, _, _, w = built
    again = f.maker.create(trustme=True, storage_map=None)
    np.testing.assert_array_equal(again(np.zeros(3))["a"], [0.0, 1.0, 2.0])
    np.testing.assert_array_equal(w.get_value(), [1.0, 2.0, 3.0])


def test_parts_of_a_mode() -> None:
    mode = theano.Mode(linker="cvm", optimizer="fast_run")
    assert (mode.provided_linker, mode.provided_optimizer) == ("cvm", "fast_run")
    assert mode.call_time == mode.fn_time == 0
    linker, query = mode.get_linker_optimizer("py", "merge")
    assert isinstance(linker, Linker) and linker.back_end == "python" and isinstance(query, Query)
    assert theano.compile.mode.instantiated_default_mode == theano.compile.get_default_mode()
    assert {"FAST_RUN", "FAST_COMPILE"} <= set(theano.compile.predefined_modes)
    assert not hasattr(theano.compile.mode, "no_such_name")


@pytest.mark.parametrize(
    ("register", "table", "what"),
    [
        (theano.compile.register_mode, theano.compile.predefined_modes, theano.compile.FAST_RUN),
        (theano.compile.register_linker, theano.compile.predefined_linkers, Linker("python")),
        (theano.compile.register_optimizer, theano.compile.predefined_optimizers, Query("merge")),
    ],
)
def test_names_are_registered_once(register: Callable, table: dict, what: object) -> None:
    try:
        register("own", what)
        assert table["own"] is what
        with pytest.raises(ValueError, match="already taken: own"):
            register("own", what)
    finally:
        del table["own"]


def test_an_op_of_a_graph_with_all_overrides() -> None:
    x, y = T.dscalars("x", "y")
    op = theano.OpFromGraph(
        [x, y],
        [x * y],
        inline=True,
        lop_overrides=[lambda i, o, g: g[0] * 100 + o[0], "default"],
        rop_overrides=[lambda i, t: t[0] * 7],
        connection_pattern=[[True], [True]],
        name="product",
    )
    z = op(x, y)
    gx, gy = T.grad(z, [x, y])
    forward = T.Rop(z, x, T.constant(1.0, dtype="float64"))
    f = theano.function([x, y], [z, gx, gy, forward])
    assert [float(v) for v in f(2.0, 3.0)] == [6.0, 106.0, 2.0, 7.0]
    assert op.connection_pattern(z.owner) == [[True], [True]] and op.is_inline and "product" in str(op)
    with pytest.raises(ValueError, match="mutually exclusive"):
        theano.OpFromGraph([x], [x], lop_overrides=lambda i, o, g: g, grad_overrides=lambda i, g: g)
