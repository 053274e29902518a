"""Rewrites that programs register in the manner of Theano 1.0.5: they take effect in compiled functions."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import numpy as np
import pytest
from theano.gof import toolbox
from theano.gof.opt import LocalOptGroup, check_chain, copy_stack_trace, in2out, out2in
from theano.gof.optdb import TopoDB
from theano.tensor.opt import (
    register_canonicalize,
    register_specialize,
    register_stabilize,
    register_uncanonicalize,
    register_useless,
)

import theano
import theano.tensor as T
from theano import gof
from theano.compile import optdb
from theano.rewrite import registered

x = T.dvector("x")


@pytest.fixture(autouse=True)
def own_rewrites(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test registers is gone after it."""
    for db in (optdb, *optdb._books.values()):
        monkeypatch.setattr(db, "_objects", dict(db._objects))
        monkeypatch.setattr(db, "_tags", {name: set(tags) for name, tags in db._tags.items()})
    monkeypatch.setattr(optdb, "__position__", dict(optdb.__position__))
    yield
    registered.STEPS.clear()
    registered.RULES.clear()


def functions(f: object) -> list[str]:
    """The functions of numbers in a compiled function's graph."""
    nodes = f.maker.fgraph.toposort()  # type: ignore[attr-defined]
    return [node.op.scalar_op.name for node in nodes if hasattr(node.op, "scalar_op")]


@gof.local_optimizer([T.exp])
def sine_for_exp(node):
    """exp(x) -> sin(x): wrong on purpose, so that its effect is seen."""
    if node.op != T.exp:
        return False
    return [T.sin(node.inputs[0])]


@pytest.mark.parametrize("register", [register_canonicalize, register_stabilize, register_specialize])
def test_a_local_optimizer_takes_effect(register, backend: str) -> None:
    register(sine_for_exp)
    f = theano.function([x], T.exp(x) + 1, mode=theano.Mode(linker=backend))
    np.testing.assert_allclose(f([0.5]), [np.sin(0.5) + 1])
    assert "exp" not in functions(f)


@pytest.mark.parametrize("register", [register_useless, register_uncanonicalize])
def test_books_that_have_no_rules_of_their_own(register) -> None:
    register(sine_for_exp)
    np.testing.assert_allclose(theano.function([x], T.exp(x))([0.5]), [np.sin(0.5)])


def test_finished_code_of_another_program_is_not_taken() -> None:
    plain = theano.function([x], T.exp(x) * 2)
    register_specialize(sine_for_exp)
    np.testing.assert_allclose(theano.function([x], T.exp(x) * 2)([0.5]), [2 * np.sin(0.5)])
    np.testing.assert_allclose(plain([0.5]), [2 * np.exp(0.5)])


def test_decorators_in_the_usual_order() -> None:
    @register_canonicalize
    @register_specialize("fast_compile")
    @gof.local_optimizer([T.log])
    def local_cosine_for_log(node):
        return [T.cos(node.inputs[0])] if node.op == T.log else None

    assert functions(theano.function([x], T.log(x), mode="FAST_RUN")) == ["cos"]
    assert functions(theano.function([x], T.log(x), mode="FAST_COMPILE")) == ["cos"]  # by its tag


def test_tags_and_names_select() -> None:
    register_canonicalize(sine_for_exp, "trial", name="local_trial")
    mode = theano.compile.get_mode("FAST_RUN")

    def has_effect(mode: theano.Mode) -> bool:
        return functions(theano.function([x], T.exp(x), mode=mode)) == ["sin"]

    assert has_effect(mode)
    for name in ("local_trial", "trial", "canonicalize", "fast_run"):
        assert not has_effect(mode.excluding(name))
    assert has_effect(mode.requiring("trial"))
    assert not has_effect(mode.requiring("other"))
    assert not has_effect(theano.compile.get_mode("FAST_COMPILE"))
    assert has_effect(theano.compile.get_mode("FAST_COMPILE").including("trial"))
    assert not has_effect(theano.Mode("py", None))


def test_what_is_not_in_fast_run_takes_part_on_request() -> None:
    optdb["specialize"].register("local_asked_for", sine_for_exp, "asked")
    assert functions(theano.function([x], T.exp(x))) == ["exp"]
    mode = theano.compile.get_default_mode()
    assert functions(theano.function([x], T.exp(x), mode=mode.including("asked"))) == ["sin"]
    assert functions(theano.function([x], T.exp(x), mode=mode.including("local_asked_for"))) == ["sin"]


def test_own_rules_work_together_with_the_others() -> None:
    register_canonicalize(gof.PatternSub((T.exp, "v"), (T.neg, (T.neg, "v")), name="exp_to_neg"))
    f = theano.function([x], T.exp(x) * 1.0)
    assert functions(f) in ([], ["identity"])


def test_a_graph_optimizer_has_its_place() -> None:
    seen = []

    class Watch(gof.Optimizer):
        def add_requirements(self, fgraph):
            fgraph.attach_feature(toolbox.ReplaceValidate())

        def apply(self, fgraph):
            seen.append([node.op.scalar_op.name for node in fgraph.toposort()])

    optdb.register("before_stabilize", Watch(), 1.2, "fast_run")
    optdb.register("after_specialize", Watch(), 2.5, "fast_run", "fast_compile")
    theano.function([x], T.log(1.0 + x) * 1.0)
    assert seen == [["add", "log"], ["log1p"]]
    theano.function([x], T.log(1.0 + x), mode="FAST_COMPILE").maker.fgraph  # noqa: B018
    assert len(seen) == 3
    assert optdb["before_stabilize"].name == "before_stabilize"
    assert optdb.__position__["specialize"] == 2


def test_a_graph_optimizer_replaces_with_validation() -> None:
    @gof.optimizer
    def all_sines(fgraph):
        for node in fgraph.toposort():
            if node.op == T.exp:
                fgraph.replace_all_validate([(node.outputs[0], T.sin(node.inputs[0]))], reason="all_sines")

    optdb.register("all_sines", all_sines, 49, "fast_run")
    assert functions(theano.function([x], T.exp(x))) == ["sin"]
    assert functions(theano.function([x], T.exp(x), mode=theano.Mode().excluding("all_sines"))) == ["exp"]


@pytest.mark.parametrize("order", [in2out, out2in])
def test_local_optimizers_led_over_the_graph(order) -> None:
    optdb.register("sines", order(sine_for_exp, name="sines"), 2.9, "fast_run")
    assert functions(theano.function([x], T.exp(T.exp(x)))) == ["sin", "sin"]


def test_new_nodes_are_visited_unless_ignored() -> None:
    @gof.local_optimizer([T.exp, T.sin])
    def onwards(node):
        return [T.sin(node.inputs[0])] if node.op == T.exp else [T.cos(node.inputs[0])]

    for ignored, wanted in ((False, "cos"), (True, "sin")):
        graph = theano.FunctionGraph([x], [T.exp(x)])
        in2out(onwards, ignore_newtrees=ignored).optimize(graph)
        assert [node.op.scalar_op.name for node in graph.toposort()] == [wanted]


def test_a_mode_has_steps_of_its_own() -> None:
    mode = theano.Mode().register((in2out(sine_for_exp), 1.1))
    assert functions(theano.function([x], T.exp(x), mode=mode)) == ["sin"]
    assert functions(theano.function([x], T.exp(x))) == ["exp"]


def test_a_database_among_the_passes() -> None:
    group, sequence = gof.EquilibriumDB(), gof.SequenceDB()
    group.register("to_sine", sine_for_exp, "fast_run", "sines")
    sequence.register("group", group, 1, "fast_run")
    optdb.register("own_sequence", sequence, 1.7, "fast_run")
    assert functions(theano.function([x], T.exp(x))) == ["sin"]
    assert functions(theano.function([x], T.exp(x), mode=theano.Mode().excluding("sines"))) == ["exp"]


def test_a_local_group_of_optimizers() -> None:
    group = gof.LocalGroupDB()
    group.register("to_sine", sine_for_exp, "fast_run")
    optdb.register("topo", TopoDB(group), 1.7, "fast_run")
    assert functions(theano.function([x], T.exp(x))) == ["sin"]


def test_queries_of_a_database() -> None:
    db = gof.SequenceDB()
    first, second = in2out(sine_for_exp), gof.MergeOptimizer()
    db.register("second", second, 2, "a", "b")
    db.register("first", first, 1, "a")
    assert list(db.query("+a")) == [first, second]
    assert list(db.query("+a", "-b")) == [first]
    assert list(db.query("+a", "&b")) == [second]
    assert list(db.query(gof.Query(include=["a"], exclude=["first"]))) == [second]
    assert list(db.query(gof.Query(["a"], position_cutoff=1.5))) == [first]
    db.remove_tags("first", "a")
    assert list(db.query("+a")) == [second]
    with pytest.raises(ValueError, match="must start with"):
        db.query("a")
    with pytest.raises(ValueError, match="existing tag or the name"):
        db.register("first", second, 3)
    with pytest.raises(TypeError, match="cannot be registered"):
        db.register("third", len, 3)
    with pytest.raises(KeyError):
        db["third"]


def test_a_query_of_all_passes_is_an_optimizer() -> None:
    graph = theano.FunctionGraph([x], [T.log(1.0 + x)])
    optdb.query(gof.Query(include=["fast_run"])).optimize(graph)
    assert [node.op.scalar_op.name for node in graph.toposort()] == ["log1p"]
    mode = theano.Mode("py", gof.Query(include=["fast_run"], exclude=["log1p"]))
    assert functions(theano.function([x], T.log(1.0 + x), mode=mode)) == ["add", "log"]


# -- patterns ----------------------------------------------------------------------------------------------------------

y = T.dvector("y")


def rewritten(pattern: gof.LocalOptimizer, out: T.TensorVariable) -> list[str]:
    graph = theano.FunctionGraph([x, y], [out])
    in2out(pattern).optimize(graph)
    return [node.op.scalar_op.name for node in graph.toposort()]


def test_patterns() -> None:
    pattern = gof.PatternSub((T.add, (T.exp, "u"), "v"), (T.mul, "v", "u"))
    assert rewritten(pattern, T.exp(x) + y) == ["mul"]
    assert rewritten(pattern, y + T.exp(x)) == ["exp", "add"]
    same = gof.PatternSub((T.add, "u", "u"), (T.sqr, "u"))
    assert rewritten(same, x + x) == ["sqr"]
    assert rewritten(same, x + y) == ["add"]
    squared = gof.PatternSub((T.pow, "u", T.constant(np.array([2.0]))), (T.sqr, "u"))
    assert rewritten(squared, T.pow(x, np.array([2.0]))) == ["sqr"]
    number = gof.PatternSub((T.mul, 3, "u"), (T.neg, "u"))
    assert rewritten(number, T.mul(np.array([3.0]), x)) == ["neg"]
    limited = gof.PatternSub(
        (T.exp, {"pattern": "u", "constraint": lambda v: v.name == "y"}), (T.sin, "u"), name="limited"
    )
    assert rewritten(limited, T.exp(x) + T.exp(y)) == ["exp", "sin", "add"]


def test_inner_results_that_others_use() -> None:
    inner = T.exp(x)
    out = T.log(inner) + inner
    strict = gof.PatternSub((T.log, (T.exp, "u")), "u")
    assert rewritten(strict, out) == ["exp", "log", "add"]
    assert rewritten(gof.PatternSub((T.log, (T.exp, "u")), "u", allow_multiple_clients=True), out) == ["exp", "add"]


def test_ops_exchanged_and_removed() -> None:
    assert rewritten(gof.OpSub(T.exp, T.sin), T.exp(x)) == ["sin"]
    assert rewritten(gof.OpRemove(T.exp), T.sin(T.exp(x))) == ["sin"]
    graph = theano.FunctionGraph([x], [T.exp(x)])
    gof.OpKeyOptimizer(gof.OpSub(T.exp, T.sin)).optimize(graph)
    assert graph.outputs[0].owner.op == T.sin


def test_a_group_tries_its_members_in_turn() -> None:
    to_cos = gof.OpSub(T.sin, T.cos)
    assert rewritten(LocalOptGroup(to_cos, sine_for_exp), T.exp(x)) == ["cos"]  # what is new is visited too
    graph = theano.FunctionGraph([x], [T.exp(x)])
    in2out(LocalOptGroup(sine_for_exp, to_cos, apply_all_opts=True), ignore_newtrees=True).optimize(graph)
    assert graph.outputs[0].owner.op == T.cos


# -- what a rewrite sees and may return --------------------------------------------------------------------------------


def test_clients_and_the_graph_are_seen() -> None:
    seen = []

    @register_specialize
    @gof.local_optimizer([T.exp])
    def looks(node):
        seen.append((len(node.outputs[0].clients), node in node.fgraph.apply_nodes))
        return False

    f = theano.function([x], T.exp(x) + T.sin(T.exp(x)))
    assert seen == [(2, True)]
    (node,) = [node for node in f.maker.fgraph.apply_nodes if node.op == T.exp]
    assert not hasattr(node, "fgraph") and not hasattr(node.outputs[0], "clients")


def test_a_dictionary_of_replacements() -> None:
    @register_specialize
    @gof.local_optimizer([T.sin])
    def beyond(node):
        inner = node.inputs[0].owner
        if inner is None or inner.op != T.exp:
            return False
        return {node.outputs[0]: T.cos(inner.inputs[0]), "remove": [inner]}

    assert functions(theano.function([x], T.sin(T.exp(x)))) == ["cos"]


def test_a_replacement_of_another_type_is_refused() -> None:
    @register_specialize
    @gof.local_optimizer([T.exp])
    def wrong(node):
        return [node.inputs[0].sum()]

    with theano.change_flags(on_opt_error="raise"), pytest.raises(TypeError):
        theano.function([x], T.exp(x))
    with theano.change_flags(on_opt_error="warn"), pytest.warns(RuntimeWarning, match="The rewrite wrong failed"):
        f = theano.function([x], T.exp(x))
    assert f([0.0]) == [1.0]


def test_a_step_that_fails_is_passed_over_with_a_warning() -> None:
    @gof.optimizer
    def broken(fgraph):
        raise ZeroDivisionError("inside")

    optdb.register("broken", broken, 1.2, "fast_run")
    with theano.change_flags(on_opt_error="warn"), pytest.warns(RuntimeWarning, match="broken failed on the graph"):
        f = theano.function([x], T.exp(x))
    assert f([0.0]) == [1.0]
    with theano.change_flags(on_opt_error="raise"), pytest.raises(ZeroDivisionError):
        theano.function([x], T.exp(x))


def test_tracks_are_checked() -> None:
    with pytest.raises(ValueError, match="Use None instead of an empty list"):
        gof.local_optimizer([])
    with pytest.raises(ValueError, match="op classes or instances"):
        gof.local_optimizer([len])


def test_classes_of_ops_and_all_ops_are_tracked() -> None:
    seen = []
    for tracks in ([T.Elemwise], [T.elemwise.CAReduce], None):

        @gof.local_optimizer(tracks)
        def looks(node):
            seen.append(str(node.op))
            return False

        graph = theano.FunctionGraph([x], [T.exp(x).sum()])
        gof.EquilibriumOptimizer([looks], max_use_ratio=8).optimize(graph)
    assert [text.split("{")[0] for text in seen] == ["Elemwise", "Sum", "Elemwise", "Sum"]


def test_a_function_made_with_own_rules_is_pickled_as_it_is() -> None:
    register_specialize(sine_for_exp)
    f = theano.function([x], T.exp(x))
    registered.RULES.clear()
    np.testing.assert_allclose(pickle.loads(pickle.dumps(f))([0.5]), [np.sin(0.5)])


def test_what_rewrites_ask() -> None:
    out = T.sin(T.exp(x))
    assert check_chain(out, T.sin, T.exp)
    assert check_chain(out.owner, T.Elemwise)
    assert not check_chain(out, T.exp)
    assert copy_stack_trace(out, x) is x


# -- features ----------------------------------------------------------------------------------------------------------


def test_changes_are_taken_back() -> None:
    graph = theano.FunctionGraph([x], [T.sin(T.exp(x))])
    graph.attach_feature(toolbox.History())
    before = graph.checkpoint()
    text = str(graph.toposort())
    graph.replace(graph.outputs[0], T.cos(graph.inputs[0]))
    graph.revert(before)
    assert str(graph.toposort()) == text


def test_nodes_are_found_by_their_op() -> None:
    graph = theano.FunctionGraph([x], [T.exp(T.sin(T.exp(x)))])
    graph.attach_feature(toolbox.NodeFinder())
    assert len(graph.get_nodes(T.exp)) == 2
    graph.replace(graph.outputs[0], T.cos(graph.inputs[0]))
    assert graph.get_nodes(T.exp) == [] and len(graph.get_nodes(T.cos)) == 1
    graph.attach_feature(toolbox.NodeFinder())  # a second one is not attached
    assert len(graph.get_nodes(T.cos)) == 1


def test_a_feature_may_object() -> None:
    class Objects(toolbox.Feature):
        def validate(self, fgraph):
            if any(node.op == T.cos for node in fgraph.apply_nodes):
                raise gof.InconsistencyError("no cosines")

    graph = theano.FunctionGraph([x], [T.exp(x)])
    graph.attach_feature(toolbox.ReplaceValidate())
    graph.attach_feature(Objects())
    with pytest.raises(gof.InconsistencyError):
        graph.replace_all_validate([(graph.outputs[0], T.cos(graph.inputs[0]))])
    assert graph.outputs[0].owner.op == T.exp and graph.consistent()


def test_a_replacement_must_remove_what_it_says() -> None:
    graph = theano.FunctionGraph([x], [T.exp(x), T.sin(x)])
    graph.attach_feature(toolbox.ReplaceValidate())
    exp, sin = graph.outputs
    with pytest.raises(gof.ReplacementDidntRemovedError):
        graph.replace_all_validate_remove([(sin, T.tan(graph.inputs[0]))], [exp.owner])
    assert graph.outputs[1].owner.op == T.sin
    graph.replace_all_validate_remove([(exp, T.tan(graph.inputs[0]))], [exp.owner])


def test_changes_are_told(capsys: pytest.CaptureFixture) -> None:
    graph = theano.FunctionGraph([x], [T.exp(x)])
    graph.attach_feature(toolbox.PrintListener())
    graph.replace(graph.outputs[0], T.cos(graph.inputs[0]), reason="trial")
    told = capsys.readouterr().out
    assert "importing" in told and "changing" in told and "pruning" in told
