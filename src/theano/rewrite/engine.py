"""The rewriting engine: the rules of a book applied to the nodes of one FunctionGraph until none applies.

A pass visits every node once, in topological order, and after that only nodes whose neighbourhood changed.  Rules are
found by what a node applies (for Elemwise the function of numbers), so that a node costs a look-up and the rules for
its kind, whatever the length of the book.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from importlib import import_module
from typing import Any

from theano.data_classes import dataclass
from theano.graph import Apply, FunctionGraph, Variable, inherited_origin
from theano.graph.origin import stacklevel
from theano.late import is_imported
from theano.scalar import add, casts, inv, mul, neg, sqr, sub, true_div
from theano.scalar.function import ScalarOp
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise, elemwise_of
from theano.tensor.reduction import CAReduce
from theano.tensor.type import TensorType

ANY = object()  # as a head: every node

Head = Any  # a function of numbers, a class of ops, or ANY
Result = Variable | Sequence[Variable | None] | Mapping[Variable, Variable] | None
OnError = Callable[[Exception, Any, Apply | None], None]  # the problem, the rule or step, the node

REACH = 3  # how many applications above a change may see it: the depth of the deepest pattern
_REACHED = 64  # no more than so many of the indirect ones, so that a change costs a constant
_NEAR = 16  # how many applications are looked at for functions that a rule needs
_GROWTH = 20  # new nodes that a rule may make for each node that the graph had
_GROWTH_OF_SMALL = 10_000


@dataclass(frozen=True)
class Rule:
    """One rewrite.

    name   as it is excluded or required by
    heads  what the nodes apply that it is tried on
    apply  node -> what its output (or each of several, None for one that stays) is to be replaced by, or None;
           or a mapping from variables of the graph to what replaces them
    text   the rule as a person reads it
    needs  groups of functions: of each, one must occur near the node (``functions_near``), or the rule is not tried
    sees_graph  apply is called with the node and the graph: a rule that depends on who else uses a result
    """

    name: str
    heads: tuple[Head, ...]
    apply: Callable[..., Result]
    text: str
    needs: tuple[frozenset[ScalarOp], ...] = ()
    sees_graph: bool = False


@dataclass(frozen=True)
class Chapter:
    """The place, among the rules of a book, of those of another one that are about the ops of a room.

    about   the room: before it has been imported, no graph has such an op, and the rules are not needed
    module  where the other book is
    name    as it is called there
    """

    about: str
    module: str
    name: str

    def read(self) -> RuleBook:
        return getattr(import_module(self.module), self.name)


@dataclass
class RuleBook:
    """Rules under a common name, applied together.  Which one is tried first is their order."""

    name: str
    rules: list[Rule | Chapter] = field(default_factory=list)

    def __iter__(self) -> Iterator[Rule]:
        """All rules, for which the modules of all chapters are imported."""
        for entry in self.rules:
            yield from entry.read() if isinstance(entry, Chapter) else (entry,)

    def __post_init__(self) -> None:
        twice = [name for name, times in Counter(rule.name for rule in self.rules).items() if times > 1]
        assert not twice, f"two rules of {self.name} are called {twice[0]}"

    def within_reach(self) -> list[Rule]:
        """The rules that can apply to a graph by now."""
        found: list[Rule] = []
        for entry in self.rules:
            if isinstance(entry, Rule):
                found.append(entry)
            elif is_imported(entry.about):
                found += entry.read()
        return found

    def on(
        self, *heads: Head, needs: Iterable[Iterable[ScalarOp]] = (), sees_graph: bool = False
    ) -> Callable[[Callable[..., Result]], Any]:
        """Decorator: ``apply`` is a rule for nodes of these heads, named after the function."""
        groups = tuple(frozenset(group) for group in needs)

        def enter(apply: Callable[..., Result]) -> Callable[..., Result]:
            text = (apply.__doc__ or "").strip().split("\n")[0]
            self.rules.append(Rule(apply.__name__, heads, apply, text, groups, sees_graph))
            return apply

        return enter

    def selected(self, wanted: Callable[[Rule], bool]) -> RuleBook:
        """The book with those rules only."""
        return RuleBook(self.name, [rule for rule in self if wanted(rule)])

    def to_fixpoint(self, fgraph: FunctionGraph) -> Counter[str]:
        """Apply the rules until none applies; how often each one did."""
        return to_fixpoint(fgraph, self.within_reach())


class RuleTable:
    """Rules by the kind of node that they are for."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._of_head: dict[Head, list[Rule]] = {}
        for rule in rules:
            for head in rule.heads:
                self._of_head.setdefault(head, []).append(rule)
        self._found: dict[Head, tuple[Rule, ...]] = {}

    def rules_for(self, node: Apply) -> tuple[Rule, ...]:
        op = node.op
        head = op.scalar_op if type(op) is Elemwise else type(op)
        found = self._found.get(head)
        if found is None:
            heads = [head, Elemwise] if isinstance(head, ScalarOp) else list(head.__mro__)
            rules = [rule for h in (*heads, ANY) for rule in self._of_head.get(h, ())]
            found = self._found[head] = tuple(rules)
        return found


def to_fixpoint(
    fgraph: FunctionGraph,
    rules: Iterable[Rule],
    also: Iterable[Rule] = (),
    on_error: OnError | None = None,
    max_use_ratio: float = math.inf,
) -> Counter[str]:
    """Rewrite until no rule applies; how often each one did.

    rules          tried on every node
    also           tried too, but only on nodes near a change: rules whose fixpoint the graph has reached before
    on_error       told of an exception that a rule raised, and the rule is passed over; without it the exception
                   goes on
    max_use_ratio  a rule is applied no more often than so many times for each node that the graph had at its largest;
                   a RuntimeWarning tells of it

    A rule that makes more nodes than a multiple of those that the graph had is not applied again.
    """
    rules = list(rules)
    table, wide = RuleTable(rules), RuleTable([*rules, *also])
    nodes = fgraph.apply_nodes
    queue: deque[Apply] = deque(fgraph.toposort())
    waiting: set[Apply] = set(queue)
    changed: set[Apply] = set()
    applied: Counter[str] = Counter()
    made: Counter[str] = Counter()
    most = _GROWTH * len(queue) + _GROWTH_OF_SMALL
    largest = len(nodes)
    spent: set[str] = set()
    while queue:
        node = queue.popleft()
        waiting.discard(node)
        if node not in nodes:
            continue
        found = (wide if node in changed else table).rules_for(node)
        if not found:
            continue
        near: set[ScalarOp] | None = None
        with inherited_origin(node.origin):
            for rule in found:
                if rule.needs:
                    near = functions_near(node.outputs[0]) if near is None else near
                    if any(near.isdisjoint(group) for group in rule.needs):
                        continue
                if made[rule.name] > most or rule.name in spent:
                    continue
                if applied[rule.name] >= max_use_ratio * largest:
                    spent.add(rule.name)
                    warnings.warn(_out_of_uses(rule, applied[rule.name], max_use_ratio), RuntimeWarning, stacklevel())
                    continue
                try:
                    result = rule.apply(node, fgraph) if rule.sees_graph else rule.apply(node)
                    pairs = _replacements(node, result)
                except Exception as problem:
                    if on_error is None:
                        raise
                    on_error(problem, rule, node)
                    continue
                if not pairs:
                    continue
                new = _new_nodes(fgraph, [replacement for _, replacement in pairs])
                above = _users(fgraph, [variable for variable, _ in pairs])
                fgraph.replace_all(pairs, reason=rule.name)
                applied[rule.name] += 1
                made[rule.name] += len(new)
                largest = max(largest, len(nodes))
                for touched in (*above, node, *_left_alone(fgraph, node)):
                    changed.add(touched)
                    if touched not in waiting and touched in nodes:
                        waiting.add(touched)
                        queue.append(touched)
                for fresh in new:
                    changed.add(fresh)
                    if fresh not in waiting and fresh in nodes:
                        waiting.add(fresh)
                        queue.appendleft(fresh)
                break
    return applied


def _out_of_uses(rule: Rule, uses: int, max_use_ratio: float) -> str:
    return (
        f"The rewrite {rule.name} was applied {uses} times in one pass and is not applied again. "
        f"You can raise the limit by the flag optdb.max_use_ratio, which is {max_use_ratio}."
    )


def _replacements(node: Apply, result: Result) -> list[tuple[Variable, Variable]]:
    """Pairs (output, what replaces it), of equal types; none where the rule does not apply or would change a type."""
    if result is None:
        return []
    if isinstance(result, Mapping):
        return list(result.items())
    results = [result] if isinstance(result, Variable) else result
    pairs = []
    for output, replacement in zip(node.outputs, results, strict=True):
        if replacement is None or replacement is output:
            continue
        fitting = of_type(output, replacement)
        if fitting is None:
            return []
        pairs.append((output, fitting))
    return pairs


def of_type(wanted: Variable, v: Variable) -> Variable | None:
    """``v`` converted to the dtype of ``wanted``; None when number or pattern of dimensions differ."""
    if v.type == wanted.type:
        return v
    if not (isinstance(v.type, TensorType) and isinstance(wanted.type, TensorType)):
        return None
    if v.type.broadcastable != wanted.type.broadcastable:
        return None
    return elemwise_of(casts[wanted.type.dtype])(v)


def functions_near(v: Variable) -> set[ScalarOp]:
    """The functions of numbers that ``v`` applies, looking through sums, products, reductions and new axes."""
    found: set[ScalarOp] = set()
    queue = [v]
    for w in queue:
        owner = w.owner
        if owner is None:
            continue
        op = owner.op
        if type(op) is Elemwise:
            function = op.scalar_op
            found.add(function)
            if function not in _TRANSPARENT:
                continue
        elif not isinstance(op, (DimShuffle, CAReduce)):
            continue
        if len(queue) < _NEAR:
            queue += owner.inputs
    return found


_TRANSPARENT = frozenset((add, sub, mul, true_div, inv, neg, sqr))


def _new_nodes(fgraph: FunctionGraph, variables: Iterable[Variable]) -> list[Apply]:
    """The applications behind ``variables`` that the graph does not have, users before what they use."""
    nodes, found = fgraph.apply_nodes, dict[Apply, None]()
    stack = [v.owner for v in variables]
    while stack:
        node = stack.pop()
        if node is None or node in nodes or node in found:
            continue
        found[node] = None
        stack.extend(v.owner for v in node.inputs)
    return list(found)


def _left_alone(fgraph: FunctionGraph, node: Apply) -> list[Apply]:
    """The only users of what ``node``, and what went with it, used too: rules that see the graph may wait for that."""
    found: dict[Apply, None] = {}
    gone, stack = {node}, [node]
    while stack:
        removed = stack.pop()
        if removed in fgraph.apply_nodes:
            continue
        for v in removed.inputs:
            if v in fgraph:
                if fgraph.uses(v) == 1:
                    ((client, _),) = fgraph.clients(v)
                    if not isinstance(client, str):
                        found[client] = None
            elif v.owner is not None and v.owner not in gone:
                gone.add(v.owner)
                stack.append(v.owner)
    return list(found)


def _users(fgraph: FunctionGraph, variables: Iterable[Variable]) -> list[Apply]:
    """The applications that use ``variables``, and some of those that use their results, ``REACH`` deep."""
    level = [node for v in variables for node, _ in fgraph.clients(v) if not isinstance(node, str)]
    found = dict.fromkeys(level)
    most = len(found) + _REACHED
    for _ in range(REACH - 1):
        above = []
        for node in level:
            if len(found) > most:
                return list(found)
            for v in node.outputs:
                for user, _ in fgraph.clients(v)[:_REACHED]:
                    if not isinstance(user, str) and user not in found:
                        found[user] = None
                        above.append(user)
        level = above
    return list(found)
