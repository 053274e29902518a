"""Rewrites of a node, as programs for Theano 1.0.5 write them: see `adapted_rules` for how they are carried out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from theano.graph import Apply, FunctionGraph, MethodNotDefined, Op
from theano.graph.op import PureOp


class LocalOptimizer:
    """A rewrite of a node: ``transform(node)`` gives False, a list of replacements of its outputs, or a dict."""

    name: str | None = None

    def __hash__(self) -> int:
        return id(self)

    def tracks(self) -> Sequence[Any] | None:
        """The ops, or classes of ops, that it is for; None is all."""
        return None

    def transform(self, node: Apply) -> Any:
        """What replaces the outputs.  MethodNotDefined unless a subclass tells."""
        raise MethodNotDefined("transform", type(self), type(self).__name__)

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        """Attach the features that ``transform`` needs."""

    def print_summary(self, stream: Any = sys.stdout, level: int = 0, depth: int = -1) -> None:
        """Write the name."""
        print(f"{' ' * level}{type(self).__name__} {self}", file=stream)


class FromFunctionLocalOptimizer(LocalOptimizer):
    """A function of a node as a LocalOptimizer."""

    def __init__(
        self,
        fn: Callable[[Apply], Any],
        tracks: Sequence[Any] | None = None,
        requirements: Sequence[Callable] = (),
    ) -> None:
        self.fn = fn
        self.transform = fn  # type: ignore[method-assign, assignment]
        self._tracks = tracks
        self.requirements = requirements
        self.__name__ = getattr(fn, "__name__", type(self).__name__)

    def tracks(self) -> Sequence[Any] | None:
        return self._tracks

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        for requirement in self.requirements:
            requirement(fgraph)

    def __str__(self) -> str:
        return self.__name__


def local_optimizer(
    tracks: Sequence[Any] | None, inplace: bool = False, requirements: Sequence[Callable] = ()
) -> Callable[[Callable[[Apply], Any]], FromFunctionLocalOptimizer]:
    """Decorator: a function of a node as a LocalOptimizer, for these ops or classes of ops; None is all.

    Raises ValueError for an empty list, and for what is neither an op nor a class of ops.
    """
    if tracks is not None and not len(tracks):
        raise ValueError("Use None instead of an empty list to apply to all nodes.")
    for track in tracks or ():
        if not isinstance(track, Op) and not (isinstance(track, type) and issubclass(track, PureOp)):
            raise ValueError(f"Tracks are op classes or instances, found {track!r}")
    return lambda f: FromFunctionLocalOptimizer(f, tracks, requirements)


class LocalOptGroup(LocalOptimizer):
    """Local optimizers tried in turn until one applies; with ``apply_all_opts`` all, each on what the last one made."""

    def __init__(self, *optimizers: Any, **kwargs: Any) -> None:
        given = optimizers[0] if len(optimizers) == 1 and isinstance(optimizers[0], list) else optimizers
        self.opts = list(given)
        self.apply_all_opts = kwargs.pop("apply_all_opts", False)
        self.profile = kwargs.pop("profile", False)
        self.__name__ = "(" + ",".join(str(getattr(o, "__name__", o)) for o in self.opts) + ")"

    def tracks(self) -> Sequence[Any] | None:
        found: list[Any] = []
        for one in self.opts:
            own = one.tracks()
            if own is None:
                return None
            found += own
        return found

    def transform(self, node: Apply) -> Any:
        changed: Any = False
        for one in self.opts:
            if not is_tracked(one, node):
                continue
            result = one.transform(node)
            if not result:
                continue
            changed = result
            owner = None if isinstance(result, Mapping) else result[0].owner
            if not self.apply_all_opts or owner is None or len(owner.outputs) != len(result):
                return result
            owner.fgraph = getattr(node, "fgraph", None)
            node = owner
        return changed

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        for one in self.opts:
            one.add_requirements(fgraph)

    def __str__(self) -> str:
        return self.__name__


class OpSub(LocalOptimizer):
    """op1(inputs) -> op2(inputs)"""

    def __init__(self, op1: Op, op2: Op, transfer_tags: bool = True) -> None:
        self.op1, self.op2, self.transfer_tags = op1, op2, transfer_tags
        self.__name__ = str(self)

    def op_key(self) -> Op:
        return self.op1

    def tracks(self) -> list[Op]:
        return [self.op1]

    def transform(self, node: Apply) -> Any:
        if node.op != self.op1:
            return False
        replacement = self.op2.make_node(*node.inputs)
        if self.transfer_tags:
            for new, old in zip(replacement.outputs, node.outputs, strict=True):
                if old._tag is not None:
                    new.tag.__dict__.update(old._tag.__dict__)
        return replacement.outputs

    def __str__(self) -> str:
        return f"{self.op1} -> {self.op2}"


class OpRemove(LocalOptimizer):
    """op(inputs) -> inputs, for an op of as many outputs"""

    def __init__(self, op: Op) -> None:
        self.op = op
        self.__name__ = str(self)

    def op_key(self) -> Op:
        return self.op

    def tracks(self) -> list[Op]:
        return [self.op]

    def transform(self, node: Apply) -> Any:
        return node.inputs if node.op == self.op else False

    def __str__(self) -> str:
        return f"{self.op}(x) -> x"


def is_tracked(local: LocalOptimizer, node: Apply) -> bool:
    """Whether a local optimizer is for the op of this node."""
    tracks = local.tracks()
    return tracks is None or any(
        isinstance(node.op, track) if isinstance(track, type) else node.op == track for track in tracks
    )
