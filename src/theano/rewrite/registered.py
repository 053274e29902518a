"""Rewrites that a program registers: steps among the passes, and rules in a pass.

Empty unless a program has some: then graphs are rewritten before finished code is looked for, since no name tells what
a program's own rules do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from theano.data_classes import dataclass
from theano.graph import FunctionGraph

if TYPE_CHECKING:
    from theano.rewrite.engine import Rule


@dataclass(frozen=True)
class Selection:
    """Which rewrites are asked for, by tags; a name is a tag too.

    include  one of these is enough
    exclude  none of these is allowed
    require  all of these are needed
    """

    include: frozenset[str]
    exclude: frozenset[str] = frozenset()
    require: frozenset[str] = frozenset()

    def takes(self, tags: Collection[str]) -> bool:
        """Whether a rewrite with these tags is done."""
        return (
            not self.include.isdisjoint(tags)
            and self.exclude.isdisjoint(tags)
            and self.require.issubset(tags)
        )


@dataclass(frozen=True)
class Step:
    """A program's own step.

    name      as it is excluded by
    position  among the passes
    tags      what it is selected by, besides its name
    does      rewrites a graph, for what is selected
    """

    name: str
    position: float
    tags: frozenset[str]
    does: Callable[[FunctionGraph, Selection], object]


@dataclass(frozen=True)
class TaggedRule:
    """A program's own rule, and what it is selected by besides its name."""

    rule: Rule
    tags: frozenset[str]


STEPS: dict[str, Step] = {}
RULES: dict[str, list[TaggedRule]] = {}  # by the name of the pass


def any_registered() -> bool:
    """Whether the program has rewrites of its own."""
    return bool(STEPS or RULES)
