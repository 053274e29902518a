"""What flags change in graphs, in rewriting, in messages and in compiled functions."""

from __future__ import annotations

import pickle
import subprocess
import sys
import warnings

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import change_flags
from theano.backends.llvm.lower import lower_graph
from theano.compile.mode import Query
from theano.graph import FunctionGraph
from theano.loops.plan import make_program
from theano.loops.program import Launch
from theano.rewrite.engine import Rule, RuleBook, to_fixpoint
from theano.rewrite.passes import specialize

HERE = "test_flag_effects.py"


def line() -> int:
    """The number of the line that calls this."""
    return sys._getframe(1).f_lineno


def with_test_value(variable, value):
    variable.tag.test_value = value
    return variable


# NumPy


@pytest.mark.parametrize(
    "flags, expected",
    [("", "ignore ignore"), ("numpy.seterr_all=None,numpy.seterr_over=raise", "warn raise")],
)
def test_numpy_is_told_at_import_what_to_do_about_floating_point_errors(flags, expected):
    program = "import theano, numpy; print(numpy.geterr()['divide'], numpy.geterr()['over'])"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"THEANO_FLAGS": flags, "PYTHONPATH": theano.__path__[0] + "/.."},
        check=True,
    )
    assert done.stdout.strip() == expected


# Test values


@pytest.mark.parametrize("setting", ["ignore", "warn", "raise", "pdb"])
def test_test_values_are_computed_as_the_graph_is_built(setting):
    with change_flags(compute_test_value=setting):
        x = with_test_value(T.dvector("x"), np.array([1.0, 2.0]))
        y = (x * 2).sum() + theano.shared(1.0)
        gradient = theano.grad(y, x)
    assert y.tag.test_value == 7.0
    assert gradient.tag.test_value.tolist() == [2.0, 2.0]


def test_test_values_are_off_by_default():
    x = with_test_value(T.dvector("x"), np.ones(2))
    assert not hasattr((x + 1).tag, "test_value")


def test_a_missing_test_value():
    x = T.dvector("x")
    with change_flags(compute_test_value="ignore"):
        assert not hasattr((x + 1).tag, "test_value")
    with change_flags(compute_test_value="warn"), pytest.warns(UserWarning, match="Cannot compute test value") as told:
        x, made = x + 1, line()
    assert (told[0].filename, told[0].lineno) == (__file__, made)
    with change_flags(compute_test_value="raise"), pytest.raises(ValueError) as caught:
        y, made = T.dvector("y"), line()
        y + 1
    text = str(caught.value)
    assert text.startswith("Cannot compute test value: input 0 (y) of Op ")
    assert text.endswith(
        f" missing default value.\n    y of type TensorType(float64, vector), made at {HERE}:{made}"
    )


def test_test_values_that_do_not_fit_are_an_error_at_the_user_s_line():
    with change_flags(compute_test_value="warn"):
        x = with_test_value(T.dvector("x"), np.ones(3))
        y = with_test_value(T.dvector("y"), np.ones(2))
        with pytest.raises(ValueError, match="mis-match") as caught:
            x, failed = x * y, line()  # noqa: F841
    assert any(entry.path.name == HERE for entry in caught.traceback)


@pytest.mark.parametrize("value", [np.ones((2, 2)), np.ones(2, complex), np.ones(2)])
def test_a_test_value_of_another_type(value):
    x, made = with_test_value(T.fvector("x"), value), line()
    with change_flags(compute_test_value="raise"), pytest.raises(TypeError) as caught:
        x + 1
    assert str(caught.value).startswith(
        "For compute_test_value, one input test value does not have the requested type.\n"
        f"    x of type TensorType(float32, vector), made at {HERE}:{made}\n"
    )


def test_the_debugger_is_entered_where_a_test_value_is_missing(monkeypatch):
    entered = []
    monkeypatch.setattr("pdb.post_mortem", lambda: entered.append(sys.exc_info()[0]))
    with change_flags(compute_test_value="pdb"), pytest.raises(ValueError):
        T.dvector("x") + 1
    assert entered == [ValueError]


def test_rewrites_compute_test_values_where_that_is_asked_for():
    x = with_test_value(T.dvector("x"), np.array([1.0, 2.0]))
    with change_flags(compute_test_value_opt="raise"):
        f = theano.function([x], T.log(1.0 + x) * 3.0)
    node, *_ = [n for n in f.maker.fgraph.toposort() if "log1p" in str(n.op)]
    assert np.allclose(node.outputs[0].tag.test_value, np.log1p([1.0, 2.0]))


def test_test_values_are_shown_where_that_is_asked_for():
    x = with_test_value(T.dvector("x"), np.array([1.0, 2.0]))
    assert repr(x) == "x"
    with change_flags(print_test_value=True):
        assert repr(x) == "x\narray([1., 2.])"
        assert repr(T.dvector("y")) == "y"


def test_test_values_are_pickled_unless_told_otherwise():
    x = with_test_value(T.dvector("x"), np.array([1.0, 2.0]))
    x.tag.note = "kept"
    assert pickle.loads(pickle.dumps(x)).tag.test_value.tolist() == [1.0, 2.0]
    with change_flags(pickle_test_value=False):
        twin = pickle.loads(pickle.dumps(x))
    assert twin.tag.note == "kept" and not hasattr(twin.tag, "test_value")
    assert hasattr(x.tag, "test_value")


# Types


def test_float64_variables_are_told_of_where_that_is_asked_for():
    with change_flags(warn_float64="warn"), pytest.warns(UserWarning, match="float64 dtype") as told:
        x, made = T.TensorType("float64", (False,))("x"), line()
    assert (told[0].filename, told[0].lineno) == (__file__, made)
    with change_flags(warn_float64="raise"):
        assert (T.fvector() * np.float32(2)).dtype == "float32"
        with pytest.raises(Exception, match="float64 dtype"):
            T.dvector()
        with pytest.raises(Exception, match="float64 dtype"):
            T.fvector("y") * T.constant(np.ones(2))
    assert x.dtype == "float64"


@pytest.mark.parametrize(
    "policy, floatX, dtypes",
    [
        ("custom", "float64", ["float32", "float64", "float64", "int32", "float32", "float32"]),
        ("custom", "float32", ["float32", "float32", "float64", "int32", "float32", "float32"]),
        ("numpy+floatX", "float64", ["float64", "float64", "float64", "int64", "float64", "float32"]),
        ("numpy+floatX", "float32", ["float32", "float32", "float32", "int64", "float32", "float32"]),
        ("numpy+floatX", "float16", ["float32", "float32", "float32", "int64", "float16", "float16"]),
    ],
)
def test_the_casting_policy(policy, floatX, dtypes):
    with change_flags(cast_policy=policy, floatX=floatX):
        x, i = T.fvector(), T.ivector()
        half = T.vector(dtype="float16")
        found = [x * 0.5, x * 0.1, x + i, i + 1, T.bvector() * 0.5, half * T.wvector()]
        assert [v.dtype for v in found] == dtypes


def test_old_division_of_integers():
    i, x = T.iscalar(), T.fscalar()
    with pytest.warns(DeprecationWarning, match="use x // y") as told:
        floored, made = i.__div__(2), line()
    assert (told[0].filename, told[0].lineno) == (__file__, made)
    assert floored.dtype == "int32"
    with change_flags(int_division="floatX"):
        assert i.__div__(2).dtype == "float64" and i.__rdiv__(2).dtype == "float64"
    with change_flags(int_division="raise"):
        with pytest.raises(theano.scalar.IntegerDivisionError):
            i.__div__(2)
        assert x.__div__(2).dtype == "float32" and (i / 2).dtype == "float64"


@pytest.mark.parametrize("sloppy, equal", [(0, False), (1, True), (2, True)])
def test_how_loosely_values_are_compared(sloppy, equal, monkeypatch):
    monkeypatch.setitem(vars(theano.config.tensor), "cmp_sloppy", sloppy)
    a = np.ones(3, "float32")
    assert T.fvector.values_eq_approx(a, a * np.float32(1 + 5e-5)) == equal


# Rewriting


@pytest.fixture
def broken(monkeypatch):
    """A book with a rule that raises on every logarithm."""

    def breaks(node):
        raise ZeroDivisionError("inside a rule")

    rules = [Rule("broken", (theano.scalar.log,), breaks, ""), *specialize.rules]
    monkeypatch.setattr(specialize, "rules", rules)


def test_a_rule_that_fails_is_passed_over_with_a_warning(broken):
    x = T.dvector("x")
    with change_flags(on_opt_error="warn", cache=False), pytest.warns(RuntimeWarning) as told:
        f = theano.function([x], T.log(x))
    (text,) = {str(w.message) for w in told}
    assert text.startswith("The rewrite broken failed on ") and text.endswith("ZeroDivisionError: inside a rule")
    assert f.maker.fgraph and f([1.0]) == 0
    with change_flags(on_opt_error="ignore", cache=False), warnings.catch_warnings():
        warnings.simplefilter("error")
        theano.function([x], T.log(x * 1.0)).maker.fgraph  # noqa: B018


def test_a_rule_that_fails_may_be_an_error(broken, monkeypatch):
    x, entered = T.dvector("x"), []
    monkeypatch.setattr("pdb.post_mortem", entered.append)
    for setting in ("raise", "pdb"):
        with change_flags(on_opt_error=setting, cache=False), pytest.raises(ZeroDivisionError):
            theano.function([x], T.log(x))
    assert len(entered) == 1


class BadShape(theano.Op):
    """The identity, whose infer_shape fails."""

    __props__ = ()

    def make_node(self, x):
        return theano.Apply(self, [x], [x.type()])

    def infer_shape(self, node, shapes):
        raise ZeroDivisionError("inside infer_shape")

    def perform(self, node, inputs, outputs, params=None):
        outputs[0][0] = inputs[0].copy()


def test_an_infer_shape_that_fails(backend):
    x = T.dvector("x")
    length = BadShape()(x).shape[0]
    with change_flags(on_shape_error="warn"), pytest.warns(RuntimeWarning, match="Failed to infer_shape from Op Bad"):
        f = theano.function([x], length, mode=theano.Mode(backend))
    assert f(np.ones(3)) == 3
    with change_flags(on_shape_error="raise"), pytest.raises(ZeroDivisionError):
        theano.function([x], length, mode=theano.Mode(backend))


def test_replacements_are_printed_where_that_is_asked_for(capsys):
    x = T.dvector("x")
    out = T.log(1.0 + x)
    theano.function([x], out)
    assert capsys.readouterr().out == ""
    with change_flags(optimizer_verbose=True):
        theano.function([x], out)  # although finished code is kept
    assert "rewriting: log1p replaces " in capsys.readouterr().out


def test_rules_and_passes_are_left_out_by_name_or_position():
    x = T.dvector("x")

    def applied(**flags) -> set[str]:
        graph = FunctionGraph([x], [T.log(1.0 + x)])
        with change_flags(flags):
            theano.compile.mode.get_default_mode().optimizer.rewriter()(graph)
        return {n.op.scalar_op.name for n in graph.toposort() if hasattr(n.op, "scalar_op")}

    assert applied() == {"log1p"}
    assert applied(**{"optdb.position_cutoff": 1.5}) == {"log", "add"}
    assert applied(**{"optdb.max_use_ratio": 1e9}) == {"log1p"}
    with pytest.warns(RuntimeWarning, match=r"optdb\.max_use_ratio"):
        assert applied(**{"optdb.max_use_ratio": 0}) == {"log", "add"}


@pytest.mark.parametrize(
    "flag, value, expected",
    [
        ("optimizer_excluding", "log1p:other", Query("o4", exclude=("log1p", "other"))),
        ("optimizer_including", "special", Query("o4", include=("special",))),
        ("optimizer_requiring", "stable", Query("o4", require=("stable",))),
    ],
)
def test_tags_of_the_default_mode(flag, value, expected, monkeypatch):
    monkeypatch.setitem(vars(theano.config), flag, value)
    assert theano.compile.mode.get_default_mode().optimizer == expected
    assert theano.compile.mode.get_mode("FAST_RUN").optimizer == Query("fast_run")


def test_a_rule_without_end_stops_with_a_warning():
    x = T.dvector("x")
    graph = FunctionGraph([x], [T.neg(x)])
    there = Rule("there", (theano.scalar.neg,), lambda node: node.inputs[0] * -1.0, "")
    back = Rule("back", (theano.scalar.mul,), lambda node: T.neg(node.inputs[0]), "")
    book = RuleBook("endless", [there, back])
    with pytest.warns(RuntimeWarning, match="The rewrite there was applied .* times in one pass"):
        to_fixpoint(graph, book, max_use_ratio=3)


@pytest.mark.parametrize("fuses, loops", [(True, 1), (False, 4)])
def test_elementwise_operations_are_one_loop_unless_told_otherwise(fuses, loops):
    x = T.dvector("x")
    graph = lower_graph(FunctionGraph([x], [T.exp(T.sin(x) + 1.0) * 2.0]), 1)
    program = make_program(graph.inputs, [], graph.constants, graph.definitions, graph.outputs, [], fuses)
    assert sum(isinstance(step, Launch) for step in program.steps) == loops


@pytest.mark.parametrize(
    "flags, mode",
    [({"tensor.local_elemwise_fusion": False}, theano.Mode()), ({}, theano.Mode().excluding("fusion"))],
    ids=["flag", "mode"],
)
def test_results_without_fusion(flags, mode):
    x = T.dmatrix("x")
    y = T.exp(x - x.max(axis=1, keepdims=True))
    outputs = [y / y.sum(axis=1, keepdims=True), y.T + 1.0, x.shape[0] + y]
    with change_flags(flags):
        f = theano.function([x], outputs, mode=mode)
    fused = theano.function([x], outputs)
    value = np.random.default_rng(1).normal(size=(3, 5))
    for a, b in zip(f(value), fused(value), strict=True):
        np.testing.assert_array_equal(a, b)


# Messages


def test_messages_in_full():
    x, y = T.dvectors("x", "y")

    def build():
        return (x * 2.0) + y

    z, called = build(), line()
    f = theano.function([x, y], z, mode=theano.Mode("py", None))
    with change_flags(exception_verbosity="high"), pytest.raises(ValueError) as caught:
        f(np.ones(2), np.ones(7))
    text = str(caught.value)
    assert f"    called from {HERE}:{called}, in test_messages_in_full: z, called = build(), line()" in text
    graph = text[text.index("Graph above it:") :].splitlines()
    assert graph[1].startswith("    Elemwise{add") and "      y: TensorType(float64, vector)" in graph
    assert "    input 1, 56 bytes" in graph and "        [1. 1. 1. 1. 1. 1. 1.]" in graph


@pytest.mark.parametrize("limit, kept", [(1, 1), (2, 2), (0, 0)])
def test_how_many_frames_are_kept(limit, kept):
    def build():
        return T.dvector("x") + 1

    with change_flags({"traceback.limit": limit}):
        origin = build().owner.origin
    assert len(origin.stack if origin is not None else []) == kept
    with change_flags({"traceback.limit": -1}):
        assert len(build().owner.origin.stack) > 5


def test_frames_of_callers_are_shared():
    a, b = [T.dvector("x") for _ in range(2)]
    assert a.origin.callers is b.origin.callers
