"""The passes, in their order, and which of them a level of optimisation means.

Names of passes and rules are what ``mode.excluding(...)``, ``including`` and ``requiring`` understand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from theano.configuration import change_flags
from theano.graph import FunctionGraph
from theano.rewrite.canonical import canonical
from theano.rewrite.engine import OnError, Rule, RuleBook, to_fixpoint
from theano.rewrite.indexing import indexing, narrowing
from theano.rewrite.inline import inline_graphs
from theano.rewrite.scatter import scatter
from theano.rewrite.shapes import OnShapeError, infer_lengths
from theano.rewrite.special import special
from theano.rewrite.stable import stable
from theano.rewrite.structure import structure
from theano.rewrite.trusting import trusting


@dataclass(frozen=True)
class Conditions:
    """What is to be kept to while rewriting, and who is told of faults.

    on_error         told of exceptions in rules, see ``to_fixpoint``
    on_shape_error   told of exceptions in an op's ``infer_shape``, see ``infer_lengths``
    max_use_ratio    uses of one rule in a pass, for each node of the graph
    position_cutoff  only passes before this position are done
    test_values      what is done about test values of new variables: a value of the flag ``compute_test_value``
    """

    on_error: OnError | None = None
    on_shape_error: OnShapeError | None = None
    max_use_ratio: float = math.inf
    position_cutoff: float = math.inf
    test_values: str = "off"


def _inline_graphs(fgraph: FunctionGraph, conditions: Conditions) -> int:
    return inline_graphs(fgraph)


def _infer_lengths(fgraph: FunctionGraph, conditions: Conditions) -> int:
    return infer_lengths(fgraph, conditions.on_shape_error)


@dataclass(frozen=True)
class Pass:
    """A named step of rewriting: a book brought to its fixpoint, or a function of the whole graph.

    position  where 1.0.5 has it: what ``optdb.position_cutoff`` is compared with
    levels    the levels of optimisation it belongs to
    after     books whose fixpoint has been reached, and is to be kept where this pass changes something
    """

    name: str
    does: RuleBook | Callable[[FunctionGraph, Conditions], object]
    position: float
    levels: tuple[str, ...]
    after: tuple[RuleBook, ...] = ()


canonicalize = RuleBook("canonicalize", [*canonical, *structure, *indexing, *scatter])
specialize = RuleBook("specialize", [*special, *narrowing])

_FAST_RUN = ("o2", "o3", "o4", "fast_run", "fast_run_stable", "unsafe")

PASSES = [
    Pass("inline_graphs", _inline_graphs, -0.01, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    # leaves index arithmetic, which canonicalize folds
    Pass("infer_lengths", _infer_lengths, 0.1, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    Pass("local_remove_all_assert", trusting, 0.9, ("unsafe",)),
    Pass("canonicalize", canonicalize, 1, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    # needs forms that specialize replaces
    Pass("stabilize", stable, 1.5, ("stabilize", *_FAST_RUN), (canonicalize,)),
    Pass("specialize", specialize, 2, _FAST_RUN, (canonicalize,)),
]

LEVELS = ("None", "merge", "o1", "fast_compile", "stabilize", *_FAST_RUN)


def rewriter(
    optimizer: str | None,
    excluding: Collection[str] = (),
    including: Collection[str] = (),
    requiring: Collection[str] = (),
    conditions: Conditions = Conditions(),
) -> Callable[[FunctionGraph], None]:
    """The function that rewrites a graph.

    optimizer  a level; "None" and "merge" rewrite nothing, as a FunctionGraph merges equal computations by itself
    excluding  names of passes and rules to leave out
    including  names of passes to do besides those of the level
    requiring  do only what carries all of these names: its own, its pass's, its levels'
    conditions limits, and who is told of faults

    Raises ValueError for an unknown level.
    """
    level = "None" if optimizer is None else optimizer
    if level not in LEVELS:
        raise ValueError(f"No level of optimisation is called {level!r}; there are {', '.join(LEVELS)}")

    def is_wanted(one: Pass, rule: Rule | None) -> bool:
        levels = set(one.levels) - {other.name for other in PASSES}  # "stabilize" is a pass and a level
        names = {one.name, *levels} | ({rule.name} if rule is not None else set())
        return not names.intersection(excluding) and names.issuperset(requiring)

    def selected(one: Pass, book: RuleBook) -> list[Rule]:
        return [rule for rule in book if is_wanted(one, rule)]

    passes = [one for one in PASSES if level in one.levels or one.name in including]
    passes = [one for one in passes if one.position < conditions.position_cutoff]
    books = {id(one.does): one for one in passes if isinstance(one.does, RuleBook)}
    steps: list[Callable[[FunctionGraph, Conditions], object]] = []
    for one in passes:
        if isinstance(one.does, RuleBook):
            also = [
                rule for book in one.after if id(book) in books for rule in selected(books[id(book)], book)
            ]
            steps.append(_fixpoint(selected(one, one.does), also))
        elif is_wanted(one, None):
            steps.append(one.does)

    def rewrite(fgraph: FunctionGraph) -> None:
        with change_flags(compute_test_value=conditions.test_values):
            for step in steps:
                step(fgraph, conditions)

    return rewrite


def _fixpoint(
    rules: Sequence[Rule], also: Sequence[Rule]
) -> Callable[[FunctionGraph, Conditions], object]:
    return lambda fgraph, conditions: to_fixpoint(
        fgraph, rules, also, conditions.on_error, conditions.max_use_ratio
    )
