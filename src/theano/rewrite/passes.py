"""The passes, in their order, and which of them a level of optimisation means.

Names of passes and rules are what ``mode.excluding(...)``, ``including`` and ``requiring`` understand.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from theano.configuration import change_flags
from theano.graph import FunctionGraph
from theano.rewrite.canonical import canonical
from theano.rewrite.engine import OnError, Rule, RuleBook, to_fixpoint
from theano.rewrite.shapes import infer_lengths
from theano.rewrite.special import special
from theano.rewrite.stable import stable


@dataclass(frozen=True)
class Pass:
    """A named step of rewriting: a book brought to its fixpoint, or a function of the whole graph.

    levels  the levels of optimisation it belongs to
    after   books whose fixpoint has been reached, and is to be kept where this pass changes something
    """

    name: str
    does: RuleBook | Callable[[FunctionGraph], object]
    levels: tuple[str, ...]
    after: tuple[RuleBook, ...] = ()


_FAST_RUN = ("o2", "o3", "o4", "fast_run", "fast_run_stable", "unsafe")

PASSES = [
    Pass(
        "infer_lengths", infer_lengths, ("o1", "fast_compile", "stabilize", *_FAST_RUN)
    ),  # leaves index arithmetic
    Pass("canonicalize", canonical, ("o1", "fast_compile", "stabilize", *_FAST_RUN)),
    Pass(
        "stabilize", stable, ("stabilize", *_FAST_RUN), (canonical,)
    ),  # needs forms that specialize replaces
    Pass("specialize", special, _FAST_RUN, (canonical,)),
]

LEVELS = ("None", "merge", "o1", "fast_compile", "stabilize", *_FAST_RUN)


def rewriter(
    optimizer: str | None,
    excluding: Collection[str] = (),
    including: Collection[str] = (),
    requiring: Collection[str] = (),
    on_error: OnError | None = None,
) -> Callable[[FunctionGraph], None]:
    """The function that rewrites a graph.

    optimizer  a level; "None" and "merge" rewrite nothing, as a FunctionGraph merges equal computations by itself
    excluding  names of passes and rules to leave out
    including  names of passes to do besides those of the level
    requiring  do only what carries all of these names: its own, its pass's, its levels'
    on_error   told of exceptions in rules, see ``to_fixpoint``

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
    books = {id(one.does): one for one in passes if isinstance(one.does, RuleBook)}
    steps: list[Callable[[FunctionGraph], object]] = []
    for one in passes:
        if isinstance(one.does, RuleBook):
            also = [
                rule for book in one.after if id(book) in books for rule in selected(books[id(book)], book)
            ]
            steps.append(_fixpoint(selected(one, one.does), also, on_error))
        elif is_wanted(one, None):
            steps.append(one.does)

    def rewrite(fgraph: FunctionGraph) -> None:
        with change_flags(compute_test_value="off"):  # what rules build is nobody's to look at
            for step in steps:
                step(fgraph)

    return rewrite


def _fixpoint(
    rules: Iterable[Rule], also: Iterable[Rule], on_error: OnError | None
) -> Callable[[FunctionGraph], object]:
    rules, also = list(rules), list(also)
    return lambda fgraph: to_fixpoint(fgraph, rules, also, on_error)
