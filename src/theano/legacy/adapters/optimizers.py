"""Rewrites as programs for Theano 1.0.5 write them: optimizers of a graph, and local ones of a node.

``adapted_rule`` makes a rule of this project's engine out of a local one.  While it looks at a node, the node has
``fgraph``, and its inputs and outputs have ``clients``, as they had in 1.0.5.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from theano.configuration import config
from theano.graph import Apply, Constant, FunctionGraph, MethodNotDefined, Op, Variable
from theano.graph.op import PureOp
from theano.graph.origin import inherited_origin
from theano.rewrite.engine import ANY, Rule, to_fixpoint
from theano.scalar.function import ScalarOp
from theano.tensor.constant import constant
from theano.tensor.elemwise import Elemwise

Pairs = dict[Variable, Variable]


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


# -- local -------------------------------------------------------------------------------------------------------------


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


class PatternSub(LocalOptimizer):
    """A pattern of ops -> another one.

    in_pattern              nested tuples ``(op, operand, ...)``: an operand is a pattern, the name of anything, a number,
                            a constant, or {"pattern": ..., "constraint": function of a variable}
    out_pattern             the same without constraints, and variables
    allow_multiple_clients  match also inner results that others use
    """

    def __init__(
        self,
        in_pattern: Any,
        out_pattern: Any,
        allow_multiple_clients: bool = False,
        skip_identities_fn: Callable[[Variable], Variable | None] | None = None,
        name: str | None = None,
        pdb: bool = False,
        tracks: Sequence[Any] = (),
        get_nodes: Callable[[Apply], Sequence[Apply]] | None = None,
        values_eq_approx: Callable | None = None,
    ) -> None:
        if not isinstance(in_pattern, (list, tuple, dict)):
            raise TypeError(
                f"The pattern to search for must start with a specific Op instance, found {in_pattern!r}"
            )
        self.in_pattern, self.out_pattern = in_pattern, out_pattern
        self.op = in_pattern["pattern"][0] if isinstance(in_pattern, dict) else in_pattern[0]
        self.allow_multiple_clients = allow_multiple_clients
        self.skip_identities_fn = skip_identities_fn
        self.values_eq_approx = values_eq_approx
        self.pdb = pdb
        self._tracks, self.get_nodes = tracks, get_nodes
        if tracks and get_nodes is None:
            raise ValueError("tracks is given, so get_nodes must tell the nodes to match from those tracked")
        self.__name__ = name if name is not None else str(self)

    def op_key(self) -> Op:
        return self.op

    def tracks(self) -> Sequence[Any]:
        return self._tracks or [self.op]

    def transform(self, node: Apply, get_nodes: bool = True) -> Any:
        if get_nodes and self.get_nodes is not None:
            for other in self.get_nodes(node):
                found = self.transform(other, get_nodes=False)
                if found:
                    return dict(zip(other.outputs, found, strict=True))
        if node.op != self.op:
            return False
        names: dict[str, Variable] = {}
        if not self._matches(self.in_pattern, node.out, names, getattr(node, "fgraph", None)):
            return False
        result = _built(self.out_pattern, names)
        return [result] if result.type == node.outputs[0].type else False

    def _matches(self, pattern: Any, v: Variable, names: dict[str, Variable], fgraph: Any) -> bool:
        """Whether ``v`` is an instance of the pattern; ``names`` is filled.  As deep as the pattern is."""
        todo: list[tuple[Any, Variable, bool, bool]] = [(pattern, v, self.allow_multiple_clients, True)]
        while todo:
            wanted, found, is_shared_allowed, is_top = todo.pop()
            if isinstance(wanted, dict):
                constraint = wanted.get("constraint", lambda expr: True)
                if not constraint(found):
                    return False
                allowed = wanted.get("allow_multiple_clients", is_shared_allowed)
                todo.append((wanted["pattern"], found, allowed, is_top))
            elif isinstance(wanted, (list, tuple)):
                node = self._without_identities(found).owner
                if node is None or node.op != wanted[0] or len(node.inputs) != len(wanted) - 1:
                    return False
                if (
                    not (is_shared_allowed or is_top)
                    and fgraph is not None
                    and len(fgraph.clients(found)) > 1
                ):
                    return False
                todo += [
                    (w, i, is_shared_allowed, False) for w, i in zip(wanted[1:], node.inputs, strict=True)
                ]
            elif isinstance(wanted, str):
                if names.setdefault(wanted, found) is not found:
                    return False
            elif isinstance(wanted, (int, float)):
                if not isinstance(found, Constant) or not np.all(np.asarray(found.data) == wanted):
                    return False
            elif not (isinstance(wanted, Constant) and wanted.equals(found)):
                return False
        return True

    def _without_identities(self, v: Variable) -> Variable:
        inner = self.skip_identities_fn(v) if self.skip_identities_fn is not None else None
        return v if inner is None else inner

    def __str__(self) -> str:
        return f"{_pattern_text(self.in_pattern)} -> {_pattern_text(self.out_pattern)}"


def _built(pattern: Any, names: Mapping[str, Variable]) -> Any:
    if isinstance(pattern, (list, tuple)):
        return pattern[0](*[_built(part, names) for part in pattern[1:]])
    if isinstance(pattern, str):
        return names[pattern]
    return constant(pattern) if isinstance(pattern, (int, float)) else pattern


def _pattern_text(pattern: Any) -> str:
    if isinstance(pattern, (list, tuple)):
        return f"{pattern[0]}({', '.join(_pattern_text(part) for part in pattern[1:])})"
    if isinstance(pattern, dict):
        return f"{_pattern_text(pattern['pattern'])} subject to {pattern.get('constraint', 'no constraint')}"
    return str(pattern)


# -- local ones carried out --------------------------------------------------------------------------------------------


def is_tracked(local: LocalOptimizer, node: Apply) -> bool:
    """Whether a local optimizer is for the op of this node."""
    tracks = local.tracks()
    return tracks is None or any(
        isinstance(node.op, track) if isinstance(track, type) else node.op == track for track in tracks
    )


@contextmanager
def shown(node: Apply, fgraph: FunctionGraph) -> Iterator[None]:
    """Inside the ``with`` block the node knows its graph, and the variables beside it know their clients."""
    beside = [v for v in (*node.inputs, *node.outputs) if v in fgraph]
    node.fgraph = fgraph  # type: ignore[attr-defined]
    for v in beside:
        v.clients = fgraph.clients(v)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del node.fgraph  # type: ignore[attr-defined]
        for v in beside:
            v.__dict__.pop("clients", None)


def replacements(local: LocalOptimizer, node: Apply, fgraph: FunctionGraph) -> Pairs:
    """What a local optimizer wants to replace by what; nothing where it does not apply.

    Raises TypeError where a replacement has another type, or their number is not that of the outputs.
    """
    if not is_tracked(local, node):
        return {}
    with shown(node, fgraph):
        result = local.transform(node)
    if result is False or result is None:
        return {}
    if isinstance(result, Mapping):
        pairs = {v: new for v, new in result.items() if v != "remove"}
    else:
        given = [result] if isinstance(result, Variable) else list(result)
        if len(given) != len(node.outputs):
            raise TypeError(
                f"{local} gave {len(given)} replacements for the {len(node.outputs)} outputs of {node}"
            )
        pairs = dict(zip(node.outputs, given, strict=True))
    return {
        v: v.type.filter_variable(new)
        for v, new in pairs.items()
        if new is not None and new is not v and v in fgraph
    }


def adapted_rule(local: LocalOptimizer, name: str) -> Rule:
    """A local optimizer as a rule of the engine."""

    def apply(node: Apply, fgraph: FunctionGraph) -> Pairs | None:
        return replacements(local, node, fgraph) or None

    tracks = local.tracks()
    heads = [ANY] if tracks is None else list(dict.fromkeys(_head(track) for track in tracks))
    return Rule(name, tuple(heads), apply, str(local), sees_graph=True)


def _head(track: Any) -> Any:
    if isinstance(track, type):
        return track
    return (
        track.scalar_op
        if isinstance(track, Elemwise) and isinstance(track.scalar_op, ScalarOp)
        else type(track)
    )


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


# -- what rewrites ask -------------------------------------------------------------------------------------------------


def check_chain(r: Any, *chain: Any) -> bool:
    """Whether ``r`` is made by these ops, or classes of ops, each applied to the first input being the next one's result."""
    if isinstance(r, Apply):
        r = r.outputs[0]
    for wanted in chain:
        node = r.owner
        if node is None:
            return False
        if not (isinstance(node.op, wanted) if isinstance(wanted, type) else node.op == wanted):
            return False
        r = node.inputs[0] if node.inputs else None
    return r is not None


def copy_stack_trace(from_var: Any, to_var: Any) -> Any:
    """``to_var`` as it is: what a rewrite makes has the origin of what it replaces."""
    return to_var


def inherit_stack_trace(from_var: Any) -> inherited_origin:
    """Give what is made in the ``with`` block the origin of a variable, or of the first of several."""
    first = from_var[0] if isinstance(from_var, (list, tuple)) else from_var
    return inherited_origin(first.origin)


def pre_constant_merge(vars: Sequence[Variable]) -> list[Variable]:
    """``vars`` as they are: a FunctionGraph merges equal constants."""
    return list(vars)


# -- of theano.compile.mode --------------------------------------------------------------------------------------------


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
