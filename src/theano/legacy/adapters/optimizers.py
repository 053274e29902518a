"""Rewrites of whole graphs, as programs for Theano 1.0.5 write them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from theano.graph import FunctionGraph


class Optimizer:
    """A rewrite of a whole graph: ``apply(fgraph)`` changes it."""

    name: str | None = None

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        """Attach the features that ``apply`` needs."""

    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> object:
        """Rewrite the graph."""
        return None

    def optimize(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> object:
        """``add_requirements``, then ``apply``."""
        self.add_requirements(fgraph)
        return self.apply(fgraph, *args, **kwargs)

    __call__ = optimize

    def print_summary(self, stream: Any = sys.stdout, level: int = 0, depth: int = -1) -> None:
        """Write the name."""
        print(f"{' ' * level}{type(self).__name__} {self.name or ''}", file=stream)


class FromFunctionOptimizer(Optimizer):
    """A function of the graph as an Optimizer."""

    def __init__(self, fn: Callable[[FunctionGraph], object], requirements: Sequence[Callable] = ()) -> None:
        self.fn = fn
        self.apply = fn  # type: ignore[method-assign, assignment]
        self.requirements = requirements
        self.__name__ = getattr(fn, "__name__", type(self).__name__)

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        for requirement in self.requirements:
            requirement(fgraph)

    def __str__(self) -> str:
        return self.__name__


def optimizer(f: Callable[[FunctionGraph], object]) -> FromFunctionOptimizer:
    """Decorator: a function of the graph as an Optimizer."""
    return FromFunctionOptimizer(f)


inplace_optimizer = optimizer  # storage is planned later: nothing is to be prepared for writing in place


class SeqOptimizer(Optimizer, list):
    """Optimizers one after the other."""

    def __init__(self, *opts: Any, **kw: Any) -> None:
        given = opts[0] if len(opts) == 1 and isinstance(opts[0], (list, tuple)) else opts
        list.__init__(self, given)
        self.failure_callback = kw.pop("failure_callback", None)

    def __hash__(self) -> int:  # type: ignore[override]
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other

    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> None:
        for step in self:
            try:
                step.optimize(fgraph)
            except Exception as problem:
                if self.failure_callback is None:
                    raise
                self.failure_callback(problem, self, step)

    @staticmethod
    def warn(exc: Exception, self: SeqOptimizer, optimizer: Optimizer) -> None:
        """A ``failure_callback`` that lets the exception go on, as the flag on_opt_error says of all rewrites."""
        raise exc


class MergeOptimizer(Optimizer):
    """Equal computations are one already: a FunctionGraph merges them as they come in."""


class AddFeatureOptimizer(Optimizer):
    """Attach a feature to the graph."""

    def __init__(self, feature: Any) -> None:
        self.feature = feature

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        fgraph.attach_feature(self.feature)


class AddDestroyHandler(Optimizer):
    """Storage is planned after rewriting, so there is nothing to guard."""


class PrintCurrentFunctionGraph(Optimizer):
    """Print the applications of the graph, under a header."""

    def __init__(self, header: str) -> None:
        self.header = header

    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> None:
        print("PrintCurrentFunctionGraph:", self.header)
        for node in fgraph.toposort():
            print(" ", node)
