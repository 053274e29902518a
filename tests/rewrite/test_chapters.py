"""Rules about the ops of a room are within reach once it has been imported, in the places that they always have."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from types import ModuleType

import pytest

import theano.tensor as T
from tests.rewrite.evaluation import rewritten
from tests.rewrite.test_rules_keep_values import BOOKS, Case
from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite import passes
from theano.rewrite.engine import Chapter, Rule, RuleBook
from theano.rewrite.passes import PASSES, canonicalize, rewriter

CHAPTERS = {e.name: e for one in PASSES if isinstance(one.does, RuleBook) for e in one.does.rules if isinstance(e, Chapter)}
x = T.dvector("x")

IN_REACH = """
import sys
from importlib import import_module
rooms = sys.argv[2:]
if sys.argv[1] == "before":
    list(map(import_module, rooms))
from theano.rewrite.engine import RuleBook
from theano.rewrite.passes import PASSES
books = [one.does for one in PASSES if isinstance(one.does, RuleBook)]
few = sum(len(book.within_reach()) for book in books)
list(map(import_module, rooms))
print([[rule.name for rule in book.within_reach()] for book in books])
print([[rule.name for rule in book] for book in books])
print(few)
"""

FIRST_WITHOUT = """
import theano, theano.tensor as T
from theano.rewrite.passes import PASSES
from theano.rewrite.engine import RuleBook, Chapter
x, A = T.dvector("x"), T.dmatrix("A")
mode = theano.Mode(linker="py")
theano.function([x], T.log(x * x).sum(), mode=mode)(x.type.make_constant([1.0]).data)
from theano.late import is_imported
books = [one.does for one in PASSES if isinstance(one.does, RuleBook)]
print([e.name for book in books for e in book.rules if isinstance(e, Chapter) and is_imported(e.about)])
from theano.ifelse import ifelse
loop = theano.scan(lambda v: T.exp(v) + x.sum(), sequences=x)[0]
outputs = [T.dot(T.nlinalg.matrix_inverse(A), x), T.log(T.nnet.softmax(A)), ifelse(x[0] > 0, T.exp(x), x), loop]
f = theano.function([x, A], outputs, mode=mode)
print(*{type(node.op).__name__ for node in f.maker.fgraph.toposort()})
"""


def run(program: str, *arguments: str) -> list[str]:
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def chapter_cases() -> list[tuple[Chapter, Case]]:
    return [(CHAPTERS[book.name], case) for book, cases in BOOKS if book.name in CHAPTERS for case in cases]


@pytest.mark.parametrize(("chapter", "case"), chapter_cases(), ids=lambda part: getattr(part, "rule", ""))
def test_what_a_rule_of_a_chapter_applies_to_has_an_op_of_its_room(chapter: Chapter, case: Case) -> None:
    v, w = T.dvector("x"), T.dmatrix("m")
    graph = FunctionGraph([v, w], [case.build(v, w)])
    assert any(type(node.op).__module__.startswith(f"{chapter.about}.") for node in graph.apply_nodes)


def test_the_order_of_rules_is_not_that_of_imports() -> None:
    rooms = sorted({chapter.about for chapter in CHAPTERS.values()})
    before, after = run(IN_REACH, "before", *rooms), run(IN_REACH, "after", *reversed(rooms))
    assert before[0] == before[1] == after[0] == after[1]
    assert int(after[2]) < int(before[2])


def test_no_two_rules_of_a_pass_have_one_name() -> None:
    for one in PASSES:
        if isinstance(one.does, RuleBook):
            assert max(Counter(rule.name for rule in one.does).values()) == 1


def test_rules_are_there_for_the_first_graph_with_ops_of_a_room() -> None:
    opened, ops = run(FIRST_WITHOUT)
    assert opened == "[]"
    assert {"LazyIfElse", "LogSoftmax", "Solve"} < set(ops.split())
    assert {"IfElse", "MatrixInverse", "Scan", "Softmax"}.isdisjoint(ops.split())  # the loop is no loop


def test_a_rule_that_imports_a_room_brings_its_chapter_within_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    def imports(node: Apply) -> None:
        monkeypatch.setitem(sys.modules, "room_of_this_test", ModuleType("room_of_this_test"))

    def tanh_for_exp(node: Apply) -> Variable:
        return T.tanh(node.inputs[0])

    module = ModuleType("rules_of_this_test")
    module.book = RuleBook("book", [Rule("tanh_for_exp", (scalar.exp,), tanh_for_exp, "")])  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "rules_of_this_test", module)
    chapter = Chapter("room_of_this_test", "rules_of_this_test", "book")
    monkeypatch.setattr(canonicalize, "rules", [chapter, *canonicalize.rules])
    assert not any(rule.name == "tanh_for_exp" for rule in canonicalize.within_reach())
    assert type_of_function(rewritten([x], [T.exp(x)])) is scalar.exp
    monkeypatch.setattr(canonicalize, "rules", [*canonicalize.rules, Rule("imports", (scalar.exp,), imports, "")])
    assert type_of_function(rewritten([x], [T.exp(x)])) is scalar.tanh


def type_of_function(graph: FunctionGraph) -> object:
    (out,) = graph.outputs
    return out.owner.op.scalar_op  # type: ignore[union-attr]


def test_a_rule_that_is_required_is_looked_for_in_all_chapters(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Chapter] = []
    read = Chapter.read
    monkeypatch.setattr(Chapter, "read", lambda chapter: asked.append(chapter) or read(chapter))
    monkeypatch.setattr(passes, "is_imported", lambda room: False)
    monkeypatch.setattr("theano.rewrite.engine.is_imported", lambda room: False)
    m = T.dmatrix("m")
    graph = FunctionGraph([m], [T.log(T.nnet.softmax(m))])
    rewriter("fast_run")(graph)
    assert not asked
    rewriter("fast_run", requiring=["log_softmax"])(graph)
    assert asked and [type(node.op).__name__ for node in graph.toposort()] == ["LogSoftmax"]


def test_linear_algebra_says_of_its_results_what_facts_asks() -> None:
    """In a process that has asked for no rule of it."""
    program = "import theano.tensor as T; from theano.rewrite.facts import triangle; A = T.dmatrix(); "
    told = run(program + "print(triangle(T.slinalg.cholesky(A).T), triangle(A))")
    assert told == ["upper None"]
