"""debugprint: a graph as a tree of lines, one for each use of a variable."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from theano.compile.compiled import Function
from theano.compile.shared import SharedVariable
from theano.control_flow.lazy_branch import LazyIfElse
from theano.control_flow.scan_op import Scan
from theano.data_classes import dataclass
from theano.graph import Apply, FunctionGraph, Variable
from theano.graph.walk import ancestors


def debugprint(
    obj: Any,
    depth: int = -1,
    print_type: bool = False,
    file: Any = None,
    ids: str = "CHAR",
    stop_on_name: bool = False,
    done: dict[Any, str] | None = None,
    print_storage: bool = False,
    print_clients: bool = False,
    used_ids: dict[Any, str] | None = None,
) -> Any:
    """Print a graph as a tree: every line is an application or a variable, below it stands what it is computed from.

    What has been printed is not expanded again.  The graphs of steps of loops follow behind the tree.

    Parameters
    ----------
    obj
        A variable, an Apply, a function, a FunctionGraph; or a list of those.  Of a function, the graph after
        rewriting; behind each application stands its place in an order of computation.
    depth
        How many levels are printed; -1 for all.
    print_type
        Whether types are printed.
    file
        A file to print to; None for standard output, "str" to get a string.
    ids
        How things are told apart: "CHAR" by letters, "int" by numbers, "id" by Python's ``id``, "" not at all.
    stop_on_name
        Whether what has a name is not expanded.
    done, used_ids
        What has been printed already, and the identifiers given so far: dicts to hand from one call to the next, which
        adds to them.
    print_storage
        Whether the values of shared variables are printed; nothing else outlives a call.
    print_clients
        Whether of an application with several users these are listed.

    Returns
    -------
    The text if ``file`` is "str", else the file.

    Raises
    ------
    TypeError
        For objects of other kinds.
    ValueError
        For ``depth`` 0, and other ``ids``.

    Examples
    --------
    >>> import theano.tensor as T
    >>> x = T.vector("x")
    >>> _ = debugprint(T.exp(x).sum())
    Sum{acc_dtype=float64} [id A] ''
     |Elemwise{exp,no_inplace} [id B] ''
       |x [id C]
    """
    if not isinstance(depth, int):
        raise TypeError(f"depth must be an int, found {depth!r}")
    if depth == 0:
        raise ValueError("depth 0 prints nothing: give a positive depth, or -1 for all")
    if ids not in ("CHAR", "int", "id", ""):
        raise ValueError(f'ids must be "CHAR", "int", "id" or "", found {ids!r}')
    roots = list(_roots(obj))
    tree = Tree(
        depth,
        print_type,
        ids,
        stop_on_name,
        done={} if done is None else done,
        used_ids={} if used_ids is None else used_ids,
        print_storage=print_storage,
        users=_users(roots) if print_clients else {},
    )
    text = "".join(f"{line}\n" for line in tree.lines(roots))
    return handed_over(text, file)


def handed_over(text: str, file: Any) -> Any:
    """Write a text to ``file``, by default sys.stdout, and return that; for "str" the text itself."""
    if file == "str":
        return text
    stream = sys.stdout if file is None else file
    stream.write(text)
    stream.flush()
    return stream


@dataclass(frozen=True)
class Root:
    """A variable at which a tree begins, and the places of applications in the order of its function."""

    variable: Variable
    places: Mapping[Apply, int]


def _roots(obj: Any) -> Iterator[Root]:
    if isinstance(obj, (list, tuple, set)):
        for part in obj:
            yield from _roots(part)
    elif isinstance(obj, Variable):
        yield Root(obj, {})
    elif isinstance(obj, Apply):
        yield from (Root(v, {}) for v in obj.outputs)
    elif isinstance(obj, (Function, FunctionGraph)):
        graph = obj.maker.fgraph if isinstance(obj, Function) else obj
        places = {node: place for place, node in enumerate(graph.toposort())}
        yield from (Root(v, places) for v in graph.outputs)
    else:
        raise TypeError(f"debugprint cannot print an object of type {type(obj)}: {obj!r}")


def _users(roots: Iterable[Root]) -> dict[Apply, list[tuple[Apply, int]]]:
    """The uses of each application: by which one, and as which of its inputs."""
    nodes = dict.fromkeys(v.owner for v in ancestors([root.variable for root in roots]) if v.owner is not None)
    users: dict[Apply, list[tuple[Apply, int]]] = {}
    for node in nodes:
        for position, v in enumerate(node.inputs):
            if v.owner is not None:
                users.setdefault(v.owner, []).append((node, position))
    return users


@dataclass
class Tree:
    """Options of debugprint, and what it has printed.

    graphs      applications of loops and choices, which hold graphs that are still to be printed
    values      of variables, which are printed
    outer_of    from inputs of the graph that is being printed to what the loop or choice is given for them
    """

    depth: int
    print_type: bool
    ids: str
    stop_on_name: bool
    done: dict[Any, str]
    used_ids: dict[Any, str]
    print_storage: bool
    users: dict[Apply, list[tuple[Apply, int]]]
    prints_destroy_map: bool = False
    prints_view_map: bool = False
    values: Mapping[Variable, Any] = field(default_factory=dict)
    graphs: dict[Apply, None] = field(default_factory=dict)
    outer_of: Mapping[Variable, Variable] = field(default_factory=dict)

    def lines(self, roots: list[Root]) -> Iterator[str]:
        for root in roots:
            yield from self._below(root.variable, root.places, "", "")
        if not self.graphs:
            return
        yield ""
        yield f"Inner graphs{' of the scan ops' if all(isinstance(node.op, Scan) for node in self.graphs) else ''}:"
        printed: set[Apply] = set()
        while len(printed) < len(self.graphs):
            node = next(node for node in self.graphs if node not in printed)
            printed.add(node)
            yield ""
            yield self._line(node.outputs[0], {}, of_all=True)
            self.outer_of = _outer_inputs(node)
            for name, outputs in _inner_outputs(node.op):
                yield from [name] if name else []
                for v in outputs:
                    yield from self._below(v, {}, " >", " >")
            self.outer_of = {}

    def _below(
        self, root: Variable, places: Mapping[Apply, int], first: str, indent: str
    ) -> Iterator[str]:
        """The lines of a tree.  ``first`` stands before its first line, ``indent`` before what leads to the others."""
        stack = [(root, first, indent, self.depth)]
        while stack:
            v, prefix, further, depth = stack.pop()
            node = v.owner
            is_new = node is not None and node not in self.done
            yield prefix + self._line(v, places)
            if node is None or not is_new:
                continue
            self.done[node] = self.used_ids.get(node, "")
            if isinstance(node.op, (Scan, LazyIfElse)):
                self.graphs.setdefault(node)
            if depth == 1 or (self.stop_on_name and v.name is not None):
                continue
            last = len(node.inputs) - 1
            below = [
                (i, f"{further} |", further + ("  " if k == last else " |"), depth - 1)
                for k, i in enumerate(node.inputs)
            ]
            stack += reversed(below)

    def _line(self, v: Variable, places: Mapping[Apply, int], of_all: bool = False) -> str:
        node = v.owner
        kind = f" <{v.type}>" if self.print_type else ""
        if node is None:
            line = f"{v}{self._id(v)}{kind}"
            if v in self.outer_of:
                outer = self.outer_of[v]
                line += f" ->{self._id(outer if outer.owner is None else outer.owner)}"
            if v in self.values:
                line += f" [{self.values[v]!r}]"
            elif self.print_storage and isinstance(v, SharedVariable):
                line += f" [{v.get_value(borrow=True)!r}]"
            return line
        position = f".{v.index}" if len(node.outputs) > 1 and not of_all else ""
        line = f"{node.op}{position}{self._id(node)}{kind} '{v.name or ''}'"
        for is_wanted, sign, told in (
            (self.prints_destroy_map, "d", node.op.destroy_map),
            (self.prints_view_map, "v", node.op.view_map),
        ):
            if is_wanted and told:
                line += f" {sign}={told}"
        if node in places:
            line += f"   {places[node]}"
        if v in self.values:
            line += f" [{self.values[v]!r}]"
        users = self.users.get(node, [])
        if len(users) > 1:
            line += f" clients:{[(self._id(user).strip(), position) for user, position in users]}"
        return line

    def _id(self, thing: Any) -> str:
        """" [id X]": always the same for one application or variable."""
        if not self.ids:
            return " "
        if thing not in self.used_ids:
            count = len(self.used_ids)
            text = {"CHAR": letters(count), "int": str(count), "id": str(id(thing))}[self.ids]
            self.used_ids[thing] = f"[id {text}]"
        return f" {self.used_ids[thing]}"


def _outer_inputs(node: Apply) -> dict[Variable, Variable]:
    """What a loop is given for each input of its step: the array whose entries it stands for, or the value itself; and
    a choice for each input of its branches."""
    op: Any = node.op
    if isinstance(op, LazyIfElse):
        return dict(zip(op.inputs, node.inputs[1:], strict=True))
    inner, given = op.inner, op.operands(node)
    pairs = [*zip(inner.sequences, given.sequences), *zip(inner.carried, given.carried)]
    pairs += [(own, state) for reads, state in zip(inner.states, given.states) for own in reads]
    return dict([*pairs, *zip(inner.others, given.others)])


def _inner_outputs(op: Any) -> list[tuple[str, Sequence[Variable]]]:
    """The graphs that a loop or a choice holds: what each is called, and its outputs."""
    if isinstance(op, LazyIfElse):
        return [("then", op.sides[True]), ("else", op.sides[False])]
    return [("", op.outputs)]


def letters(number: int) -> str:
    """``number`` in the digits A to Z."""
    digits = ""
    while number or not digits:
        number, digit = divmod(number, 26)
        digits = chr(ord("A") + digit) + digits
    return digits
