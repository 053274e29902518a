"""Rewrites of whole graphs by local optimizers of Theano 1.0.5, and in which order these see the nodes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from theano.configuration import config
from theano.graph import Apply, FunctionGraph, Variable
from theano.graph.origin import inherited_origin
from theano.legacy.adapters.adapted_rules import Pairs, adapted_rule, replacements
from theano.legacy.adapters.local_optimizers import LocalOptGroup, LocalOptimizer
from theano.legacy.adapters.optimizers import Optimizer
from theano.rewrite.engine import to_fixpoint


class NavigatorOptimizer(Optimizer):
    """A local optimizer led over a graph; subclasses tell in which order.

    ignore_newtrees   do not try it on what it made
    failure_callback  called with (exception, self, pairs, local_opt, node); without it exceptions go on
    """

    def __init__(
        self,
        local_opt: LocalOptimizer | Callable,
        ignore_newtrees: Any = "auto",
        failure_callback: Callable | None = None,
    ) -> None:
        self.local_opt: Any = local_opt
        self.ignore_newtrees = bool(
            getattr(local_opt, "reentrant", True) is False if ignore_newtrees == "auto" else ignore_newtrees
        )
        self.failure_callback = failure_callback

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        self.local_opt.add_requirements(fgraph)

    def process_node(self, fgraph: FunctionGraph, node: Apply, lopt: LocalOptimizer | None = None) -> bool:
        """Try the local optimizer on a node; whether it changed the graph."""
        local = self.local_opt if lopt is None else lopt
        pairs: Pairs = {}
        try:
            with inherited_origin(node.origin):
                pairs = replacements(local, node, fgraph)
            if pairs:
                fgraph.replace_all_validate(pairs.items(), reason=local)
        except Exception as problem:
            if self.failure_callback is None:
                raise
            self.failure_callback(problem, self, list(pairs.items()), local, node)
            return False
        return bool(pairs)

    @staticmethod
    def warn(exc: Exception, nav: Any, repl_pairs: Any, local_opt: Any, node: Apply) -> None:
        """A ``failure_callback`` that lets the exception go on, as the flag on_opt_error says of all rewrites."""
        raise exc

    warn_inplace = warn

    @staticmethod
    def warn_ignore(exc: Exception, nav: Any, repl_pairs: Any, local_opt: Any, node: Apply) -> None:
        """A ``failure_callback`` that passes the node over."""

    def __str__(self) -> str:
        return f"{type(self).__name__}({self.local_opt})"


class _Arrivals:
    """The feature that remembers the nodes that came into a graph."""

    def __init__(self) -> None:
        self.nodes: list[Apply] = []

    def on_import(self, fgraph: FunctionGraph, node: Apply, reason: Any) -> None:
        self.nodes.append(node)


class TopoOptimizer(NavigatorOptimizer):
    """A local optimizer tried once on every node, from the inputs on ("in_to_out") or back to them ("out_to_in")."""

    def __init__(
        self,
        local_opt: Any,
        order: str = "in_to_out",
        ignore_newtrees: Any = False,
        failure_callback: Callable | None = None,
    ) -> None:
        if order not in ("in_to_out", "out_to_in"):
            raise ValueError("order must be 'in_to_out' or 'out_to_in'", order)
        self.order = order
        super().__init__(local_opt, ignore_newtrees, failure_callback)

    def apply(self, fgraph: FunctionGraph, start_from: Sequence[Variable] | None = None) -> None:  # type: ignore[override]
        nodes = fgraph.toposort()
        if start_from is not None:
            nodes = [node for node in nodes if node in _behind(start_from)]
        queue = deque(nodes if self.order == "in_to_out" else reversed(nodes))
        arrivals = _Arrivals()
        fgraph.attach_feature(arrivals)
        arrivals.nodes.clear()
        try:
            while queue:
                node = queue.popleft()
                if (
                    node in fgraph.apply_nodes
                    and self.process_node(fgraph, node)
                    and not self.ignore_newtrees
                ):
                    queue.extendleft(reversed(arrivals.nodes))
                arrivals.nodes.clear()
        finally:
            fgraph.remove_feature(arrivals)


def _behind(variables: Sequence[Variable]) -> set[Apply]:
    """The applications that ``variables`` are computed by."""
    found: set[Apply] = set()
    stack = [v.owner for v in variables]
    while stack:
        node = stack.pop()
        if node is not None and node not in found:
            found.add(node)
            stack += [v.owner for v in node.inputs]
    return found


class OpKeyOptimizer(NavigatorOptimizer):
    """A local optimizer that tells its op (``op_key``), tried on the nodes of that op until it applies to none."""

    def __init__(
        self, local_opt: Any, ignore_newtrees: Any = False, failure_callback: Callable | None = None
    ) -> None:
        if not hasattr(local_opt, "op_key"):
            raise TypeError("LocalOptimizer for OpKeyOptimizer must have an 'op_key' method.")
        super().__init__(local_opt, ignore_newtrees, failure_callback)

    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> None:
        TopoOptimizer(self.local_opt, "in_to_out", self.ignore_newtrees, self.failure_callback).apply(fgraph)


class EquilibriumOptimizer(Optimizer):
    """Local and global optimizers applied until none changes anything.

    Each is applied no more often than ``max_use_ratio`` times for each node of the graph.
    """

    def __init__(
        self,
        optimizers: Sequence[Any],
        failure_callback: Callable | None = None,
        ignore_newtrees: bool = True,
        tracks_on_change_inputs: bool = False,
        max_use_ratio: float | None = None,
        final_optimizers: Sequence[Any] | None = None,
        cleanup_optimizers: Sequence[Any] | None = None,
    ) -> None:
        self.local = [one for one in optimizers if isinstance(one, LocalOptimizer)]
        self.global_optimizers = [one for one in optimizers if not isinstance(one, LocalOptimizer)]
        self.final_optimizers = list(final_optimizers or ())
        self.cleanup_optimizers = list(cleanup_optimizers or ())
        self.failure_callback = failure_callback
        self.max_use_ratio = max_use_ratio

    def get_local_optimizers(self) -> list[LocalOptimizer]:
        return self.local

    def add_requirements(self, fgraph: FunctionGraph) -> None:
        for one in (*self.local, *self.global_optimizers, *self.final_optimizers, *self.cleanup_optimizers):
            one.add_requirements(fgraph)

    def apply(self, fgraph: FunctionGraph, start_from: Any = None) -> None:  # type: ignore[override]
        ratio = config.optdb.max_use_ratio if self.max_use_ratio is None else self.max_use_ratio
        rules = [adapted_rule(one, str(one.name or one)) for one in self.local]
        arrivals = _Arrivals()
        fgraph.attach_feature(arrivals)
        try:
            for _ in range(max(1, int(ratio))):
                arrivals.nodes.clear()
                for one in self.global_optimizers:
                    one.apply(fgraph)
                to_fixpoint(fgraph, rules, on_error=self._on_error(), max_use_ratio=ratio)
                for one in (*self.final_optimizers, *self.cleanup_optimizers):
                    one.apply(fgraph)
                if not arrivals.nodes:
                    break
        finally:
            fgraph.remove_feature(arrivals)

    def _on_error(self) -> Callable | None:
        if self.failure_callback is None:
            return None
        callback = self.failure_callback
        return lambda problem, rule, node: callback(problem, self, [], rule, node)


def out2in(*local_opts: Any, **kwargs: Any) -> TopoOptimizer:
    """The TopoOptimizer of these local optimizers, from the outputs to the inputs."""
    return _in_order("out_to_in", local_opts, **kwargs)


def in2out(*local_opts: Any, **kwargs: Any) -> TopoOptimizer:
    """The TopoOptimizer of these local optimizers, from the inputs to the outputs."""
    return _in_order("in_to_out", local_opts, **kwargs)


def _in_order(order: str, local_opts: Sequence[Any], name: str | None = None, **kwargs: Any) -> TopoOptimizer:
    local = local_opts[0] if len(local_opts) == 1 else LocalOptGroup(*local_opts)
    result = TopoOptimizer(local, order=order, **kwargs)
    result.name = name or getattr(local, "__name__", None)
    return result
