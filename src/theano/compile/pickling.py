"""Functions in pickles: the graph as a flat list in pickled form of its own, which is read only where it is needed.

Where finished code is kept under the function's identity, unpickling reads that file and nothing else.  Otherwise the
graph, which has been rewritten already, is compiled.
"""

from __future__ import annotations

import copy
import pickle
import threading
from typing import TYPE_CHECKING, Any

from theano.backends.interface import Identity
from theano.compile.arguments import In, SymbolicOutput
from theano.compile.container import Container
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import Apply, Constant, FunctionGraph, Op, Type, Variable, inherited_origin
from theano.graph.origin import RecordedOrigin, recorded

if TYPE_CHECKING:
    from theano.compile.compiled import Function

Named = tuple[Type, str | None]


@dataclass(frozen=True)
class FlatGraph:
    """A FunctionGraph by places in one list of variables: inputs, then constants, then what the steps give.

    A list, since pickling a deep graph as it is would be a deep recursion.

    inputs     (type, name) of each
    constants  (type, value, name) of each
    steps      (op, places of its inputs, (type, name) of its outputs), in order
    outputs    places
    origins    where the user made each input and each step, if that is known
    """

    inputs: tuple[Named, ...]
    constants: tuple[tuple[Type, Any, str | None], ...]
    steps: tuple[tuple[Op, tuple[int, ...], tuple[Named, ...]], ...]
    outputs: tuple[int, ...]
    origins: tuple[RecordedOrigin | None, ...] = ()


def flattened(graph: FunctionGraph) -> FlatGraph:
    """``graph`` as a list."""
    nodes = graph.toposort()
    used = dict.fromkeys([v for node in nodes for v in node.inputs] + graph.outputs)
    constants = [v for v in used if isinstance(v, Constant)]
    computed = [v for node in nodes for v in node.outputs]
    place = {v: k for k, v in enumerate([*graph.inputs, *constants, *computed])}
    known: dict[int, RecordedOrigin | None] = {}  # many steps come from one line
    origins = [*(v.origin for v in graph.inputs), *(node.origin for node in nodes)]
    for origin in origins:
        if id(origin) not in known:
            known[id(origin)] = recorded(origin)
    return FlatGraph(
        inputs=tuple((v.type, v.name) for v in graph.inputs),
        constants=tuple((v.type, v.data, v.name) for v in constants),
        steps=tuple(
            (node.op, tuple(place[v] for v in node.inputs), tuple((v.type, v.name) for v in node.outputs))
            for node in nodes
        ),
        outputs=tuple(place[v] for v in graph.outputs),
        origins=tuple(known[id(origin)] for origin in origins),
    )


def unflattened(flat: FlatGraph) -> tuple[list[Variable], list[Variable]]:
    """Inputs and outputs of the graph of which ``flat`` is the list."""
    origins = flat.origins or (None,) * (len(flat.inputs) + len(flat.steps))
    variables: list[Variable] = [kind.make_variable(name) for kind, name in flat.inputs]
    for variable, origin in zip(variables, origins, strict=False):
        variable._origin = origin
    inputs = variables.copy()
    variables += [kind.make_constant(value, name) for kind, value, name in flat.constants]
    for (op, takes, gives), origin in zip(flat.steps, origins[len(inputs) :], strict=True):
        outputs = [kind.make_variable(name) for kind, name in gives]
        with inherited_origin(origin):
            Apply(op, [variables[k] for k in takes], outputs)
        variables += outputs
    return inputs, [variables[k] for k in flat.outputs]


class StoredGraph(FunctionGraph):
    """A FunctionGraph in pickled form.  It is read when an attribute is first asked for."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        with _reading:
            if type(self) is StoredGraph:
                inputs, outputs = unflattened(pickle.loads(self.__dict__["_content"]))
                FunctionGraph.__init__(self, inputs, outputs, clone=False)
                self.__class__ = FunctionGraph  # type: ignore[assignment]
                del self._content
        return getattr(self, name)


_reading = threading.RLock()


class StoredInput(In):
    """An In whose update is an output of a graph that need not have been read yet."""

    _update: Any = None

    @property
    def update(self) -> Variable | None:
        if isinstance(self._update, tuple):
            graph, position = self._update
            self._update = graph.outputs[position]
        return self._update

    @update.setter
    def update(self, expression: Variable | None) -> None:
        self._update = expression

    @property
    def updates_itself(self) -> bool:
        return self._update is not None


class StoredOutput(SymbolicOutput):
    """An Out whose variable is an output of a graph that need not have been read yet."""

    def __init__(self, graph: FunctionGraph, position: int, borrow: bool) -> None:
        self.graph, self.position, self.borrow = graph, position, borrow

    @property
    def variable(self) -> Variable:  # type: ignore[override]
        return self.graph.outputs[self.position]


# -- functions -------------------------------------------------------------------------------------------------------------

OPTIONS = ("mutable", "strict", "allow_downcast", "implicit", "borrow", "shared")
KEPT = (
    "arguments", "states", "updates", "mode", "name", "output_keys", "unpack_single", "return_none",
    "on_unused_input", "accept_inplace",
)  # fmt: skip
Value = tuple[Variable | None, Type, str | None, Container | None, bool, dict[str, Any]]


@dataclass(frozen=True)
class StoredFunction:
    """What pickle keeps of a function.

    graph         in pickled form
    values        of each input: its variable where it is a leaf, its type and name, its container if it holds a value
                  or is somebody else's, whether its default is that very container, and options
    borrows       whether each output may share memory
    fields        of the FunctionMaker, as they are
    is_rewritten  the graph has been rewritten
    identity      under what finished code is kept
    """

    graph: FunctionGraph | bytes
    values: tuple[Value, ...]
    borrows: tuple[bool, ...]
    fields: dict[str, Any]
    is_rewritten: bool
    identity: Identity | None
    trust_input: bool = False

    def function(self) -> Function | None:
        """The function anew; None where the flag unpickle_function says so."""
        from theano.compile.maker import FunctionMaker

        if not config.unpickle_function:
            return None
        graph = StoredGraph(self.graph) if isinstance(self.graph, bytes) else self.graph
        anew = bool(config.reoptimize_unpickled_function)
        states = self.fields["states"]
        updated = {states[n]: (graph, len(self.borrows) + i) for i, n in enumerate(self.fields["updates"])}
        inputs, containers = [], []
        for k, (variable, kind, name, container, is_default, options) in enumerate(self.values):
            if variable is None:
                variable = kind.make_variable(name)
            if container is None:
                container = Container(
                    variable, [None], strict=options["strict"], allow_downcast=options["allow_downcast"], name=name
                )
            value = container if is_default else container.storage[0]
            given = StoredInput(variable, name=name, value=value, **options)
            given.update = updated.get(k)  # type: ignore[assignment]
            inputs.append(given)
            containers.append(container)
        maker = FunctionMaker(
            graph=graph,
            inputs=inputs,  # type: ignore[arg-type]
            outputs=[StoredOutput(graph, k, borrow) for k, borrow in enumerate(self.borrows)],
            is_rewritten=self.is_rewritten and not anew,
            identity=None if anew else self.identity,
            **self.fields,
        )
        made = maker.create(containers)
        made.trust_input = self.trust_input
        return made


def stored(function: Function, graph: FunctionGraph | bytes) -> StoredFunction:
    """What is kept of ``function``, with the graph in the form that is given."""
    maker, containers = function.maker, function._caller.containers
    return StoredFunction(
        graph=graph,
        values=tuple(_value(given, container) for given, container in zip(maker.inputs, containers, strict=True)),
        borrows=tuple(output.borrow for output in maker.outputs),
        fields={name: getattr(maker, name) for name in KEPT},
        is_rewritten=maker.task._is_rewritten,
        identity=maker.task.identity,
        trust_input=function.trust_input,
    )


def _value(given: In, container: Container) -> Value:
    is_default = isinstance(given.value, Container)
    is_leaf = given.variable.owner is None
    return (
        given.variable if is_leaf else None,
        given.variable.type,
        given.name,
        container if is_default or container.storage[0] is not None else None,
        is_default,
        {option: getattr(given, option) for option in OPTIONS},
    )


def reduced(function: Function, protocol: int) -> tuple:
    """What pickle needs to make ``function`` anew.

    The graph is rewritten first, where that has not been necessary so far: the pickle may be read where no finished
    code is found.
    """
    graph = flattened(function.maker.task.rewritten())
    try:
        content = pickle.dumps(graph, protocol)
    except Exception as error:
        error.add_note(f'while pickling the graph of the function "{function.name}"')
        raise
    return StoredFunction.function, (stored(function, content),)


def deep_copied(function: Function, memo: dict[int, Any]) -> Function | None:
    """A function of the same graph, whose shared variables and containers are deep copies."""
    task = function.maker.task
    graph = task.fgraph if task._is_rewritten else task.fgraph.clone()
    kept = stored(function, graph)
    return StoredFunction(**{**vars(kept), "values": copy.deepcopy(kept.values, memo)}).function()
