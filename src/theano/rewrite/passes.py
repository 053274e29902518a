"""The passes, in their order, and which of them a level of optimisation means.

Names of passes and rules are what ``mode.excluding(...)``, ``including`` and ``requiring`` understand.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from theano.configuration import change_flags
from theano.data_classes import dataclass
from theano.graph import FunctionGraph
from theano.graph.phases import Phase, Phases
from theano.late import is_imported
from theano.rewrite.axes import axes
from theano.rewrite.canonical import canonical
from theano.rewrite.engine import Chapter, OnError, Rule, RuleBook, to_fixpoint
from theano.rewrite.indexing import indexing, narrowing
from theano.rewrite.inline import inline_graphs
from theano.rewrite.matrix_products import matrix_products
from theano.rewrite.natural import natural
from theano.rewrite.products import use_blas
from theano.rewrite.registered import RULES, STEPS, Selection, Step
from theano.rewrite.scatter import putting, scatter
from theano.rewrite.shapes import OnShapeError, infer_lengths
from theano.rewrite.special import special
from theano.rewrite.stable import stable
from theano.rewrite.structure import structure
from theano.rewrite.trusting import trusting


@dataclass(frozen=True)
class Conditions:
    """What is to be kept to while rewriting, and who is told of faults.

    on_error         told of exceptions in rules, see ``to_fixpoint``, and in steps that the program registered
    on_shape_error   told of exceptions in an op's ``infer_shape``, see ``infer_lengths``
    max_use_ratio    uses of one rule in a pass, for each node of the graph
    position_cutoff  only passes before this position are done
    test_values      what is done about test values of new variables: a value of the flag ``compute_test_value``
    phases           a clock that is told which pass is being done; None where nobody wants to know times
    times_rules      time each rule too
    first, then      the passes up to the one of loops, and those after it, which are done to the steps of loops too
    """

    on_error: OnError | None = None
    on_shape_error: OnShapeError | None = None
    max_use_ratio: float = math.inf
    position_cutoff: float = math.inf
    test_values: str = "off"
    phases: Phases | None = None
    times_rules: bool = False
    first: Callable[[FunctionGraph], None] = lambda fgraph: None
    then: Callable[[FunctionGraph], None] = lambda fgraph: None


UNCONDITIONAL = Conditions()

CONTROL_FLOW = "theano.control_flow"  # rooms of whose ops rules and passes may not be needed
LINEAR_ALGEBRA = "theano.tensor.linalg"
NETWORKS = "theano.tensor.nnet"

_Does = Callable[[FunctionGraph, Conditions], object]


def _inline_graphs(fgraph: FunctionGraph, conditions: Conditions) -> int:
    return inline_graphs(fgraph)


def _infer_lengths(fgraph: FunctionGraph, conditions: Conditions) -> int:
    return infer_lengths(fgraph, conditions.on_shape_error)


def _use_blas(fgraph: FunctionGraph, conditions: Conditions) -> int:
    return use_blas(fgraph)


def _optimise_loops(fgraph: FunctionGraph, conditions: Conditions) -> int:
    if not is_imported(CONTROL_FLOW):
        return 0
    from theano.rewrite.scans import optimise_loops

    return optimise_loops(fgraph, conditions.first, conditions.then)


def _lazy_branches(fgraph: FunctionGraph, conditions: Conditions) -> int:
    if not is_imported(CONTROL_FLOW):
        return 0
    from theano.rewrite.branches import lazy_branches

    return lazy_branches(fgraph)


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


branches = Chapter(CONTROL_FLOW, "theano.rewrite.branches", "branches")
probabilities = Chapter(NETWORKS, "theano.rewrite.probabilities", "probabilities")
most_probable = Chapter(NETWORKS, "theano.rewrite.probabilities", "most_probable")
matrices = Chapter(LINEAR_ALGEBRA, "theano.rewrite.matrices", "matrices")
unhinted = Chapter(LINEAR_ALGEBRA, "theano.rewrite.matrices", "unhinted")

canonicalize = RuleBook("canonicalize", [*canonical, *axes, *natural, *structure, *indexing, *scatter, branches])
stabilize = RuleBook("stabilize", [*stable, probabilities, *matrix_products, matrices])
specialize = RuleBook("specialize", [*special, *narrowing, *putting, most_probable, unhinted])

_FAST_RUN = ("o2", "o3", "o4", "fast_run", "fast_run_stable", "unsafe")

PASSES = [
    Pass("inline_graphs", _inline_graphs, -0.01, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    # leaves index arithmetic, which canonicalize folds
    Pass("infer_lengths", _infer_lengths, 0.1, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    Pass("local_remove_all_assert", trusting, 0.9, ("unsafe",)),
    Pass("canonicalize", canonicalize, 1, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    # moves computations out of loops, to which the passes before are applied anew
    Pass("scan", _optimise_loops, 1.4, _FAST_RUN),
    # needs forms that specialize replaces
    Pass("stabilize", stabilize, 1.5, ("stabilize", *_FAST_RUN), (canonicalize,)),
    Pass("BlasOpt", _use_blas, 1.7, _FAST_RUN),
    Pass("specialize", specialize, 2, _FAST_RUN, (canonicalize,)),
    # rules ask for lengths too
    Pass("infer_lengths", _infer_lengths, 2.1, _FAST_RUN, (canonicalize, specialize)),
    # hides what is in branches from all other passes; at every level, as a program may rely on what is not computed
    Pass("lazy_branches", _lazy_branches, 100, ("None", "merge", "o1", "fast_compile", "stabilize", *_FAST_RUN)),
]

LEVELS = ("None", "merge", "o1", "fast_compile", "stabilize", *_FAST_RUN)

# what rewrites that programs register are selected by at a level: in 1.0.5 they say "fast_run" or "fast_compile"
_TAGS = {
    "None": (),
    "merge": ("merge",),
    "o1": ("fast_compile",),
    "fast_compile": ("fast_compile",),
    "unsafe": ("fast_run", "unsafe"),
}
_CUTOFF = {"stabilize": 1.5000001}


def selection_of(
    level: str, excluding: Collection[str] = (), including: Collection[str] = (), requiring: Collection[str] = ()
) -> Selection:
    """What a program's own rewrites are selected by."""
    tags = _TAGS.get(level, ("fast_run",))
    return Selection(frozenset((*tags, *including)), frozenset(excluding), frozenset(requiring))


def rewriter(
    optimizer: str | None,
    excluding: Collection[str] = (),
    including: Collection[str] = (),
    requiring: Collection[str] = (),
    conditions: Conditions = UNCONDITIONAL,
    more: Sequence[Step] = (),
) -> Callable[[FunctionGraph], None]:
    """The function that rewrites a graph.

    optimizer  a level; "None" and "merge" rewrite nothing, as a FunctionGraph merges equal computations by itself
    excluding  names of passes and rules to leave out
    including  names of passes, or of their levels, to do besides those of the level
    requiring  do only what carries all of these names: its own, its pass's, its levels'
    conditions limits, and who is told of faults
    more       steps to be done besides, whatever they are tagged

    Rewrites that the program has registered are done in their places, see ``registered``.

    Raises ValueError for an unknown level.
    """
    level = "None" if optimizer is None else optimizer
    if level not in LEVELS:
        raise ValueError(f"No level of optimisation is called {level!r}; there are {', '.join(LEVELS)}")
    selection = selection_of(level, excluding, including, requiring)

    def levels_of(one: Pass) -> set[str]:
        return set(one.levels) - {other.name for other in PASSES}  # "stabilize" is a pass and a level

    def is_in_level(one: Pass) -> bool:
        return level in one.levels or not ({one.name} | levels_of(one)).isdisjoint(including)

    def is_wanted(one: Pass, rule: Rule | None) -> bool:
        names = {one.name, *levels_of(one)} | ({rule.name} if rule is not None else set())
        return not names.intersection(excluding) and names.issuperset(requiring)

    passes = [one for one in PASSES if one.position < conditions.position_cutoff]
    of_book = {id(one.does): one for one in passes if isinstance(one.does, RuleBook)}
    chosen: dict[tuple[int, int], list[Rule]] = {}

    def rules_of(*books: RuleBook) -> list[Rule]:
        """The rules of passes that are asked for and within reach by now."""
        found: list[Rule] = []
        for book in books:
            rules = list(book) if requiring else book.within_reach()  # what is required may be any of them
            key = id(book), len(rules)
            if id(book) in of_book and key not in chosen:
                chosen[key] = selected(of_book[id(book)], rules)
            found += chosen.get(key, ())
        return found

    def selected(one: Pass, rules: Sequence[Rule]) -> list[Rule]:
        own = [rule for rule in rules if is_wanted(one, rule)] if is_in_level(one) else []
        return own + [
            registered.rule
            for registered in RULES.get(one.name, ())
            if selection.takes(registered.tags | {one.name, registered.rule.name})
        ]

    steps: list[tuple[float, str, Callable[[FunctionGraph, Conditions], object]]] = []
    for one in passes:
        again = partial(rules_of, *one.after)
        if isinstance(one.does, RuleBook):
            if rules_of(one.does):
                steps.append((one.position, one.name, _fixpoint(partial(rules_of, one.does), again)))
        elif is_in_level(one) and is_wanted(one, None):
            steps.append((one.position, one.name, _then_fixpoint(one.does, again) if one.after else one.does))
    cutoff = _CUTOFF.get(level, math.inf)
    own = [s for s in STEPS.values() if s.position < cutoff and selection.takes(s.tags | {s.name})]
    for step in (*own, *more):
        if step.position < conditions.position_cutoff:
            steps.append((step.position, step.name, _registered(step, selection)))
    steps.sort(key=lambda step: step[0])

    loops = next((place for place, (_, _, step) in enumerate(steps) if step is _optimise_loops), len(steps))
    done = _carry_out if conditions.phases is None else _carry_out_timed

    def first(fgraph: FunctionGraph) -> None:
        for _, name, step in steps[: loops + 1]:
            if done(name, step, fgraph, within) and step is _optimise_loops:  # has moved things out of loops
                for _, earlier, before in steps[:loops]:
                    done(earlier, before, fgraph, within)

    def then(fgraph: FunctionGraph) -> None:
        for _, name, step in steps[loops + 1 :]:
            done(name, step, fgraph, within)

    def rewrite(fgraph: FunctionGraph) -> None:
        with change_flags(compute_test_value=conditions.test_values):
            first(fgraph)
            then(fgraph)

    within = replace(conditions, first=first, then=then)
    return rewrite


def _carry_out(name: str, step: _Does, fgraph: FunctionGraph, within: Conditions) -> object:
    return step(fgraph, within)


def _carry_out_timed(name: str, step: _Does, fgraph: FunctionGraph, within: Conditions) -> object:
    assert within.phases is not None
    with within.phases.phase(name) as phase:
        result = step(fgraph, within)
    if isinstance(result, (int, Counter)):
        phase.change(result.total() if isinstance(result, Counter) else result)
    return result


def _fixpoint(rules: Callable[[], list[Rule]], also: Callable[[], list[Rule]]) -> _Does:
    def bring(fgraph: FunctionGraph, conditions: Conditions) -> Counter[str]:
        applied: Counter[str] = Counter()
        limits = conditions.on_error, conditions.max_use_ratio
        tried = 0
        while len(wanted := rules()) > tried:  # again where a rule has imported what others are about
            tried = len(wanted)
            if conditions.phases is None or not conditions.times_rules:
                applied += to_fixpoint(fgraph, wanted, also(), *limits)
                continue
            phase = conditions.phases.open
            applied += to_fixpoint(fgraph, _timed(wanted, phase), _timed(also(), phase), *limits)
        if conditions.phases is not None and conditions.times_rules:
            for name, times in applied.items():
                conditions.phases.open.part(name).change(times)
        return applied

    return bring


def _timed(rules: Sequence[Rule], phase: Phase) -> list[Rule]:
    """The same rules, of which each counts its trials and their time as a part of ``phase``."""

    def timed(rule: Rule) -> Rule:
        def apply(*given: Any) -> Any:
            begun = time.perf_counter()
            try:
                return rule.apply(*given)
            finally:
                part = phase.part(rule.name)
                part.change(0)
                part.seconds += time.perf_counter() - begun
                part.calls += 1

        return replace(rule, apply=apply)

    return [timed(rule) for rule in rules]


def _then_fixpoint(does: _Does, rules: Callable[[], list[Rule]]) -> _Does:
    """``does``, and where it changed something the rules once more."""
    once_more = _fixpoint(rules, list)
    return lambda fgraph, conditions: does(fgraph, conditions) and once_more(fgraph, conditions)


def _registered(step: Step, selection: Selection) -> Callable[[FunctionGraph, Conditions], object]:
    def carry_out(fgraph: FunctionGraph, conditions: Conditions) -> None:
        try:
            step.does(fgraph, selection)
        except Exception as problem:
            if conditions.on_error is None:
                raise
            conditions.on_error(problem, step, None)

    return carry_out
