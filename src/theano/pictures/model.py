"""A graph as what can be drawn: nodes with labels, edges with types, and graphs inside nodes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from theano.compile import Function, SharedVariable
from theano.control_flow.branch_op import IfElse
from theano.control_flow.lazy_branch import LazyIfElse
from theano.control_flow.scan_op import Scan
from theano.data_classes import dataclass
from theano.graph import Apply, Constant, FunctionGraph, Op, Variable
from theano.graph.inner_graph import InnerGraph
from theano.graph.origin import recorded
from theano.profiling.export import place_of
from theano.tensor.blas import GemmRelated
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import BatchedDot, Dot
from theano.tensor.elemwise import Elemwise
from theano.tensor.nnet.convolution import BaseAbstractConv
from theano.tensor.reduction import CAReduce

MOST_NODES = 2000
LONGEST_LABEL = 44
NOTHING: dict[Any, Any] = {}


@dataclass
class Node:
    """What becomes a box.

    kind     "input", "shared", "constant", "output", "elementwise", "reduction", "product", "loop", "branch", "graph",
             "structure" or "other"
    label    what stands in it; ``below`` in small type under that
    facts    (name, text) pairs that are told when somebody asks
    place    file, line, function and source of the user's line, where they are known
    seconds  that a profile puts down to it; None without one.  ``share`` is the part of all of them
    inner    the graph inside
    thing    the application or variable itself
    """

    kind: str
    label: str
    below: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    place: Mapping[str, Any] = field(default_factory=dict)
    seconds: float | None = None
    share: float = 0.0
    inner: Picture | None = None
    thing: Any = None


@dataclass
class Edge:
    """From the node at one position to that at another.

    label  the type of what goes along, unless the source is a leaf, in which it stands
    full   the type, and which operand of the target it is
    """

    source: int
    target: int
    label: str
    full: str


@dataclass
class Picture:
    """Nodes and edges; ``left_out`` applications of a graph that is too large are not among them."""

    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    left_out: int = 0


@dataclass
class Subject:
    """What a picture is of: a graph between inputs and outputs.

    names     what outputs are called
    shared    inputs that are states, and the shared variables that hold them
    called    what inputs are called that have no names
    """

    inputs: Sequence[Variable]
    outputs: Sequence[Variable]
    names: Sequence[str]
    shared: Mapping[Variable, Variable] = field(default_factory=dict)
    called: Mapping[Variable, str] = field(default_factory=dict)


def subject_of(thing: Any) -> Subject:
    """The graph of a function as it is carried out, of a FunctionGraph, of an application, or of variables.

    Raises TypeError for anything else.
    """
    match thing:
        case Function():
            graph, maker = thing.maker.fgraph, thing.maker
            states = graph.inputs[len(maker.arguments) :]
            updated = [states[k] for k in maker.updates]
            names = [*_numbered(maker.outputs, maker.output_keys), *(f"new {state}" for state in updated)]
            shared = {own: maker.inputs[k].variable for own, k in zip(states, maker.states, strict=True)}
            return Subject(graph.inputs, graph.outputs, names, shared)
        case FunctionGraph():
            return Subject(thing.inputs, thing.outputs, _numbered(thing.outputs, None))
        case Apply():
            return Subject((), thing.outputs, _numbered(thing.outputs, None))
        case Variable():
            return Subject((), [thing], [""])
        case list() | tuple() if thing and all(isinstance(v, Variable) for v in thing):
            return Subject((), list(thing), _numbered(thing, None))
    raise TypeError(f"a picture is made of a function, a graph, an application or variables, found {thing!r}")


def written_subject(function: Function) -> Subject:
    """The graph of a function as the program wrote it, before rewriting."""
    maker = function.maker
    outputs = [output.variable for output in maker.outputs]
    updates = [(given.variable, given.update) for given in maker.inputs if given.update is not None]
    names = [*_numbered(outputs, maker.output_keys), *(f"new {state}" for state, _ in updates)]
    return Subject((), [*outputs, *(new for _, new in updates)], names)


def _numbered(outputs: Sequence[Any], keys: Sequence[str] | None) -> list[str]:
    return (
        list(keys)
        if keys is not None
        else [f"output {k}" if len(outputs) > 1 else "output" for k in range(len(outputs))]
    )


def picture_of(
    subject: Subject,
    seconds_of: Mapping[Apply, float] = NOTHING,
    most: int = MOST_NODES,
    compact: bool = True,
) -> Picture:
    """The picture of a graph.

    seconds_of  what a profile puts down to applications
    most        applications that are shown; of a larger graph those nearest to the outputs
    compact     whether constants get a node for each use, instead of one for all
    """
    return _Painter(subject, seconds_of, most, compact).run()


class _Painter:
    def __init__(
        self,
        subject: Subject,
        seconds_of: Mapping[Apply, float],
        most: int,
        compact: bool,
    ) -> None:
        self.subject, self.seconds_of, self.most, self.compact = subject, seconds_of, most, compact
        self.whole = sum(seconds_of.values())
        self.picture = Picture()
        self.place: dict[Any, int] = {}
        self.ends = set(subject.inputs)

    def run(self) -> Picture:
        shown, left_out = self._applications()
        self.picture.left_out = left_out
        inputs = list(self.subject.inputs)
        for v in inputs:
            self._leaf(v)
        for node in shown:
            self.place[node] = self._add(self._box_of(node))
        for node in shown:
            for k, v in enumerate(node.inputs):
                name = _name_of_operand(node, k)
                self._edge(v, self.place[node], name)
        for v, name in zip(self.subject.outputs, self.subject.names, strict=True):
            if name:
                facts = (("type", str(v.type)),)
                target = self._add(
                    Node("output", v.name or name, name if v.name else "", facts, place_of(v.origin), thing=v)
                )
                self._edge(v, target, "")
            else:
                self._source(v)  # a leaf by itself
        return self.picture

    def _applications(self) -> tuple[list[Apply], int]:
        """Those that are shown, the nearest to the outputs first found, in reverse; and how many are not."""
        found: dict[Apply, None] = {}
        level = list(self.subject.outputs)
        count = 0
        while level:
            following = []
            for v in level:
                node = v.owner
                if node is None or v in self.ends or node in found:
                    continue
                found[node] = None
                count += 1
                following += node.inputs
            level = following
        return list(reversed(list(found)[: self.most])), max(count - self.most, 0)

    def _add(self, node: Node) -> int:
        self.picture.nodes.append(node)
        return len(self.picture.nodes) - 1

    def _edge(self, v: Variable, target: int, name: str) -> None:
        source = self._source(v)
        if source is not None:
            kind = described_type(v)
            is_leaf = v.owner is None or v in self.ends
            label = " ".join(part for part in (name, "" if is_leaf else kind) if part)
            self.picture.edges.append(
                Edge(source, target, label, " ".join(part for part in (name, kind) if part))
            )

    def _source(self, v: Variable) -> int | None:
        if v.owner is not None and v not in self.ends:
            return self.place.get(v.owner)
        if (self.compact and isinstance(v, Constant)) or v not in self.place:
            return self._leaf(v)
        return self.place[v]

    def _leaf(self, v: Variable) -> int:
        facts = (
            ("type", str(v.type)),
            *((("value", shorter(str(v.data), 300)),) if isinstance(v, Constant) else ()),
        )  # type: ignore[attr-defined]
        label = label_of(v, self.subject.called.get(v, "input"))
        kind, described = kind_of_leaf(v, self.subject.shared), described_type(self.subject.shared.get(v, v))
        found = self._add(Node(kind, label, described, facts, place_of(v.origin), thing=v))
        self.place[v] = found
        return found

    def _box_of(self, node: Apply) -> Node:
        seconds = self.seconds_of.get(node) if self.seconds_of else None
        facts = [("op", str(node.op)), ("application", shorter(str(node), 400))]
        facts += [(f"input {k}", f"{shorter(str(v), 80)}: {v.type}") for k, v in enumerate(node.inputs)]
        facts += [(f"output {k}", str(v.type)) for k, v in enumerate(node.outputs)]
        if seconds is not None:
            facts.append(("time", f"{seconds:.3g} s, {100 * seconds / self.whole if self.whole else 0:.1f}%"))
        return Node(
            kind_of(node.op),
            label_of_op(node.op),
            "" if node.origin is None else str(recorded(node.origin)),
            tuple(facts),
            place_of(node.origin),
            seconds,
            seconds / self.whole if seconds and self.whole else 0.0,
            self._inner(node),
            node,
        )

    def _inner(self, node: Apply) -> Picture | None:
        graphs = list(inner_graphs(node.op))
        if not graphs:
            return None
        whole = Subject(
            [v for graph in graphs for v in graph.inputs],
            [v for graph in graphs for v in graph.outputs],
            [name for graph in graphs for name in graph.names],
            called={v: name for graph in graphs for v, name in graph.called.items()},
        )
        return picture_of(whole, most=self.most, compact=self.compact)


def inner_graphs(op: Op) -> Iterable[Subject]:
    """The graphs that an op holds."""
    match op:
        case Scan() as scan:
            made = scan.form.inner_outputs(scan.outputs)
            names = {v: "collected" for v in made.collected}
            names |= {v: "carried" for v in made.carried}
            names |= {v: "next state" for entries in made.states for v in entries}
            taken = scan.form.inner_inputs(scan.inputs)
            called = dict.fromkeys(scan.inputs, "from outside") | dict.fromkeys(taken.sequences, "sequence")
            called |= dict.fromkeys(taken.carried, "carried") | {
                v: "state" for entries in taken.states for v in entries
            }
            yield Subject(
                scan.inputs, scan.outputs, [names.get(v, "stop") for v in scan.outputs], called=called
            )
        case InnerGraph():
            numbered = {v: f"input {k}" for k, v in enumerate(op.local_inputs)}
            yield Subject(
                op.local_inputs, op.local_outputs, _numbered(op.local_outputs, None), called=numbered
            )
        case LazyIfElse():
            there, elsewhere = op.sides[True], op.sides[False]
            sides = [*["then"] * len(there), *["else"] * len(elsewhere)]
            yield Subject(op.inputs, [*there, *elsewhere], sides)


def kind_of(op: Op) -> str:
    """Which kind of box an op gets."""
    match op:
        case Elemwise():
            return "elementwise"
        case CAReduce():
            return "reduction"
        case Dot() | BatchedDot() | GemmRelated() | BaseAbstractConv():
            return "product"
        case Scan():
            return "loop"
        case IfElse() | LazyIfElse():
            return "branch"
        case InnerGraph():
            return "graph"
        case DimShuffle():
            return "structure"
    module = type(op).__module__
    if module.startswith(("theano.tensor.shape", "theano.tensor.subtensor", "theano.tensor.alloc", "theano.tensor.join",
                          "theano.tensor.advanced", "theano.tensor.rebroadcast")):  # fmt: skip
        return "structure"
    return "other"


def kind_of_leaf(v: Variable, shared: Collection[Variable] = ()) -> str:
    """Which kind of box a variable gets that nothing in the graph computes."""
    if isinstance(v, Constant):
        return "constant"
    return "shared" if isinstance(v, SharedVariable) or v in shared else "input"


def label_of_op(op: Op) -> str:
    """What an op is called in a box: functions of numbers by their own names."""
    if isinstance(op, Elemwise):
        return str(op.scalar_op)
    if isinstance(op, Scan):
        return f"scan {op.name or ''}".strip()
    return shorter(str(op), LONGEST_LABEL)


def label_of(v: Variable, without_name: str = "input") -> str:
    """What a leaf is called: by its name, of a constant of one number by that."""
    if isinstance(v, Constant):
        data: Any = v.data  # type: ignore[attr-defined]
        return v.name or (shorter(str(data), 20) if getattr(data, "size", 1) == 1 else "constant")
    return shorter(v.name or without_name, LONGEST_LABEL)


def described_type(v: Variable) -> str:
    """``float64 (?, 1)``: the dtype, and of each length whether it is known to be 1.

    All lengths are known of constants, of shared variables as they are now, and of what has a test value.
    """
    pattern = getattr(v.type, "broadcastable", None)
    if pattern is None:
        return str(v.type)
    known = getattr(_value_of(v), "shape", None)
    lengths = map(str, known) if known is not None else ("1" if one else "?" for one in pattern)
    return f"{v.type.dtype} ({', '.join(lengths)})"  # type: ignore[attr-defined]


def _value_of(v: Variable) -> Any:
    if isinstance(v, Constant):
        return v.data  # type: ignore[attr-defined]
    return v.get_value(borrow=True) if isinstance(v, SharedVariable) else getattr(v.tag, "test_value", None)


def _name_of_operand(node: Apply, k: int) -> str:
    """Which operand of a loop a value is."""
    if not isinstance(node.op, Scan):
        return ""
    form = node.op.form.outer(list(range(len(node.inputs))))
    kinds = {form.steps: "steps"}
    kinds |= dict.fromkeys(form.sequences, "sequence") | dict.fromkeys(form.states, "state")
    kinds |= dict.fromkeys(form.carried, "carried") | dict.fromkeys(form.lengths, "length")
    return kinds.get(k, "")


def shorter(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
