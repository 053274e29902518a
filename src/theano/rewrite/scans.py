"""Rewriting of loops: what need not be in a step is taken out of it, and the step itself is rewritten.

Each loop is taken apart into a Draft, changed, and put together again.  In the comments s are sequences, h states, w what
is the same in all steps; capitals are arrays with an entry for each step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from theano.control_flow.scan_form import Form, State
from theano.control_flow.scan_op import Scan
from theano.graph import Apply, Constant, FunctionGraph, Variable, inherited_origin
from theano.graph.walk import clone_with_replacements, io_toposort
from theano.rewrite.terms import function_of
from theano.scalar.arithmetic import add, mul
from theano.tensor.alloc import Alloc, AllocEmpty, alloc
from theano.tensor.batching import vectorize_graph
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot, dot
from theano.tensor.elementwise import minimum
from theano.tensor.indexing import set_subtensor
from theano.tensor.rebroadcast import Rebroadcast, patternbroadcast
from theano.tensor.shape import reshape
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import IncSubtensor, Subtensor

Rewriting = Callable[[FunctionGraph], None]
VIEWS = (DimShuffle, Rebroadcast)  # cost nothing where their result is read


@dataclass(eq=False)
class Operand:
    """A variable of the step, and what the loop is given for it: an array of entries, or the same value in all steps."""

    own: Variable
    outer: Any


@dataclass(eq=False)
class StateDraft:
    """A state: the variables of the step for the entries that are read, the values written, its array.

    last_used  how many entries at the end of it are used after the loop; None for all
    """

    of: State
    reads: list[Variable]
    writes: list[Variable]
    outer: Any
    result: Variable | None = None
    last_used: int | None = None


@dataclass(eq=False)
class Collected:
    """A value that each step leaves, how many of them are kept, and how many at the end are used; None for all."""

    value: Variable
    length: Any
    result: Variable | None = None
    last_used: int | None = None


@dataclass(eq=False)
class Carried:
    """A value of which each step makes the next."""

    own: Variable
    new: Variable
    outer: Any
    result: Variable | None = None


@dataclass(eq=False)
class Draft:
    """A loop taken apart, with a graph of the step of its own.

    results  for each output of the application what it is an output of
    """

    like: Scan
    steps: Any
    sequences: list[Operand]
    states: list[StateDraft]
    carried: list[Carried]
    collected: list[Collected]
    others: list[Operand]
    condition: Variable | None
    results: list[Any] = field(default_factory=list)

    @classmethod
    def of(cls, node: Apply) -> Draft:
        op: Any = node.op
        form = op.form
        inputs = [v.type() for v in op.inputs]
        for new, old in zip(inputs, op.inputs, strict=True):
            new.name = old.name
        outputs, _ = clone_with_replacements(op.outputs, dict(zip(op.inputs, inputs, strict=True)))
        own, made, given = form.inner_inputs(inputs), form.inner_outputs(outputs), form.outer(node.inputs)
        draft = cls(
            op,
            given.steps,
            [Operand(v, x) for v, x in zip(own.sequences, given.sequences, strict=True)],
            [StateDraft(*parts) for parts in zip(form.states, own.states, made.states, given.states, strict=True)],
            [Carried(*parts) for parts in zip(own.carried, made.carried, given.carried, strict=True)],
            [Collected(*parts) for parts in zip(made.collected, given.lengths, strict=True)],
            [Operand(v, x) for v, x in zip(own.others, given.others, strict=True)],
            made.condition,
        )
        draft.results = [*draft.states, *draft.collected, *draft.carried]
        return draft

    @property
    def inputs(self) -> list[Variable]:
        """Of the step, in order."""
        reads = [v for s in self.states for v in s.reads]
        return [*(s.own for s in self.sequences), *reads, *(c.own for c in self.carried), *(o.own for o in self.others)]

    @property
    def outputs(self) -> list[Variable]:
        """Of the step, in order."""
        writes = [v for s in self.states for v in s.writes]
        last = [] if self.condition is None else [self.condition]
        return [*writes, *(z.value for z in self.collected), *(c.new for c in self.carried), *last]

    def set_outputs(self, outputs: Sequence[Variable]) -> None:
        """Exchange what the step computes, value by value."""
        new: Iterator[Variable] = iter(outputs)
        for s in self.states:
            s.writes = [next(new) for _ in s.writes]
        for z in self.collected:
            z.value = next(new)
        for c in self.carried:
            c.new = next(new)
        if self.condition is not None:
            self.condition = next(new)

    def exchange(self, new: dict[Variable, Variable]) -> None:
        """Put other variables in the place of some in the step."""
        if new:
            self.set_outputs(clone_with_replacements(self.outputs, new)[0])

    def rewrite(self, rewriting: Rewriting) -> None:
        step = FunctionGraph(self.inputs, self.outputs, clone=False)
        rewriting(step)
        self.set_outputs(step.outputs)

    def nodes(self) -> list[Apply]:
        return io_toposort(self.inputs, self.outputs)

    def outside(self, values: Sequence[Variable]) -> list[Any]:
        """Values of the step that do not change from step to step, as expressions of what the loop is given."""
        return clone_with_replacements(list(values), {o.own: o.outer for o in self.others})[0]

    def applied(self) -> None:
        """Put the loop together and apply it; the results are entered in what they belong to."""
        form = Form(
            len(self.sequences),
            tuple(s.of for s in self.states),
            len(self.carried),
            len(self.collected),
            len(self.others),
            self.condition is not None,
        )
        op = Scan.of_own_graph(self.inputs, self.outputs, self.like, form)
        arrays = [*(s.outer for s in self.sequences), *(s.outer for s in self.states), *(c.outer for c in self.carried)]
        arrays += [*(z.length for z in self.collected), *(o.outer for o in self.others)]
        parts: list[Any] = [*self.states, *self.collected, *self.carried]
        for part, result in zip(parts, op(self.steps, *arrays, return_list=True), strict=True):
            part.result = result


def optimise_loops(fgraph: FunctionGraph, first: Rewriting, then: Rewriting) -> int:
    """Rewrite every loop; how many there were.

    first, then  what is done to each step: before things are taken out of it, and after
    """
    nodes = [node for node in fgraph.toposort() if isinstance(node.op, Scan)]
    _unite(fgraph, nodes)
    for node in nodes:
        if node in fgraph.apply_nodes:
            with inherited_origin(node.origin):
                _optimise(fgraph, node, first, then)
    return len(nodes)


def _unite(fgraph: FunctionGraph, nodes: Sequence[Apply]) -> None:
    """Replace a loop by another one that does the same and collects more."""
    by_operands: dict[tuple, list[Apply]] = {}
    for node in nodes:
        given = node.op.form.outer(node.inputs)  # type: ignore[attr-defined]
        key = (given.steps, *given.sequences, *given.states, *given.carried, *given.others)
        by_operands.setdefault(key, []).append(node)
    for alike in by_operands.values():
        alike.sort(key=lambda node: node.op.form.collected)  # type: ignore[attr-defined]
        for position, node in enumerate(alike):
            for richer in alike[position + 1 :]:
                same = _outputs_in_common(node, richer)
                if same is not None:
                    fgraph.replace_all(list(zip(node.outputs, same, strict=True)), reason="unite_loops")
                    break


def _outputs_in_common(node: Apply, richer: Apply) -> list[Variable] | None:
    """The outputs of a loop that are those of another, where it only collects more at the end; else None."""
    op: Any = node.op
    other: Any = richer.op
    few, many = op.form.collected, other.form.collected
    first = sum(len(s.writes) for s in other.form.states) + few
    outputs = [*other.outputs[:first], *other.outputs[first + many - few :]]
    if other.form.collected == few or replace(other.form, collected=few) != op.form:
        return None
    lengths = op.form.outer(node.inputs).lengths, other.form.outer(richer.inputs).lengths
    if lengths[0] != lengths[1][:few] or Scan.of_own_graph(other.inputs, outputs, other, op.form) != op:
        return None
    first = len(op.form.states) + few
    return [*richer.outputs[:first], *richer.outputs[first + many - few :]]


def _optimise(fgraph: FunctionGraph, node: Apply, first: Rewriting, then: Rewriting) -> None:
    draft = Draft.of(node)
    used = {part for part, v in zip(draft.results, node.outputs, strict=True) if fgraph.clients(v)}
    for part, v in zip(draft.results, node.outputs, strict=True):
        if part in used and not isinstance(part, Carried):
            depth = part.of.extra if isinstance(part, StateDraft) and part.of.is_recurrence else 0
            part.last_used = _last_used(fgraph, v, depth)
    _drop_unused(draft, used)
    _merge_operands(draft)
    draft.rewrite(first)
    replaced: dict[Any, Any] | None = _as_arrays(draft)
    if replaced is None:
        _take_invariants_out(draft)
        sums = []
        if not draft.like.is_lean:  # for what is taken out the values of all steps are kept
            _take_products_out(draft)
            sums = _take_sums_out(draft)
        summed = {source for s in sums for source, _ in (s.a, s.b)}
        for source in summed:
            if isinstance(source, Collected):
                source.last_used = None
        _drop_unused(draft, used | summed)
        _merge_operands(draft)
        _keep_last(draft)
        if draft.states or draft.collected or draft.carried:
            draft.rewrite(then)
            draft.applied()
        replaced = {s.state: s.last() for s in sums}
    pairs = []
    for part, old in zip(draft.results, node.outputs, strict=True):
        new: Any = replaced.get(part, part.result)
        if new is not None and part in used:
            pairs.append((old, patternbroadcast(new, old.type.broadcastable) if hasattr(old.type, "broadcastable") else new))
    fgraph.replace_all(pairs, reason="optimise_loops")


# -- what nobody wants -----------------------------------------------------------------------------------------------------


def _drop_unused(draft: Draft, used: Collection[Any]) -> None:
    """Leave out results that nobody uses, and operands that no step reads."""
    present = {*draft.states, *draft.collected, *draft.carried}
    wanted = present.intersection(used)
    while True:
        values = [v for part in wanted for v in _values_of(part)]
        values += [] if draft.condition is None else [draft.condition]
        read = _leaves(draft, values)
        more = {s for s in draft.states if not read.isdisjoint(s.reads)} | {c for c in draft.carried if c.own in read}
        if more <= wanted:
            break
        wanted |= more
    draft.states = [s for s in draft.states if s in wanted]
    draft.collected = [z for z in draft.collected if z in wanted]
    draft.carried = [c for c in draft.carried if c in wanted]
    draft.sequences = [s for s in draft.sequences if s.own in read]
    draft.others = [o for o in draft.others if o.own in read]


def _values_of(part: Any) -> list[Variable]:
    match part:
        case StateDraft():
            return part.writes
        case Collected():
            return [part.value]
    return [part.new]


def _leaves(draft: Draft, values: Sequence[Variable]) -> set[Variable]:
    """The inputs of the step that ``values`` are computed from."""
    inputs = set(draft.inputs)
    found = {v for v in values if v in inputs}
    for node in io_toposort(inputs, values):
        found.update(v for v in node.inputs if v in inputs)
    return found


def _merge_operands(draft: Draft) -> None:
    """Give a step each operand once, and constants not at all."""
    is_constant = {o: isinstance(o.outer, Constant) and o.outer.type == o.own.type for o in draft.others}
    new: dict[Variable, Variable] = {o.own: o.outer for o, constant in is_constant.items() if constant}
    draft.others = [o for o in draft.others if not is_constant[o]]
    for group in (draft.sequences, draft.others):
        first: dict[Variable, Operand] = {}
        for operand in group:
            known = first.setdefault(operand.outer, operand)
            if known is not operand:
                new[operand.own] = known.own
        group[:] = first.values()
    draft.exchange(new)


# -- array code in place of a loop -----------------------------------------------------------------------------------------


def _as_arrays(draft: Draft) -> dict[Any, Any] | None:
    """Results of a loop whose steps do not depend on each other, computed for all of them at once.

    None where they do, or where an op has no rule for many.
    """
    if draft.states or draft.carried or draft.condition is not None:
        return None
    if any(z.length is not draft.steps for z in draft.collected):
        return None
    values = draft.outside([z.value for z in draft.collected])
    entries = {s.own: s.outer for s in draft.sequences}
    try:
        arrays = vectorize_graph(values, entries)
    except NotImplementedError:
        return None
    found = {}
    for z, value, array in zip(draft.collected, values, arrays, strict=True):
        if array is value or array.type.ndim == value.type.ndim:  # the same in all steps
            array = alloc(value, draft.steps, *[value.shape[k] for k in range(value.type.ndim)])
        found[z] = array
    return found


# -- out of the step -------------------------------------------------------------------------------------------------------


def _take_invariants_out(draft: Draft) -> None:
    """f(w) in a step is computed once, outside; and w', copied, where products x w' of few rows would read it crosswise."""
    changing = set(draft.inputs) - {o.own for o in draft.others}
    used: dict[Variable, None] = {}
    multiplied: set[Variable] = set()
    for node in draft.nodes():
        if any(v in changing for v in node.inputs):
            changing.update(node.outputs)
            used.update(dict.fromkeys(v for v in node.inputs if v not in changing))
            if isinstance(node.op, Dot) and _transposed(node.inputs[1])[1]:
                multiplied.add(node.inputs[1])
    used.update(dict.fromkeys(v for v in draft.outputs if v not in changing))
    moved: dict[Variable, Variable] = {}
    for v in used:
        v = v if v in multiplied else _without_views(v)
        if v.owner is not None and not isinstance(v.owner.op, (Alloc, AllocEmpty)):
            moved[v] = v
    _give(draft, draft.others, list(moved), draft.outside(list(moved)))


def _without_views(v: Variable) -> Variable:
    while v.owner is not None and isinstance(v.owner.op, VIEWS):
        v = v.owner.inputs[0]
    return v


def _give(draft: Draft, group: list[Operand], values: Sequence[Variable], outer: Sequence[Any]) -> None:
    """Let the step be given values that it has computed so far."""
    new: dict[Variable, Variable] = {}
    for v, x in zip(values, outer, strict=True):
        new[v] = v.type()
        group.append(Operand(new[v], x))
    draft.exchange(new)


def _take_products_out(draft: Draft) -> None:
    """dot(f(s), w) in each step is one product dot(f(S), w) outside."""
    fixed = {o.own for o in draft.others}
    from_sequences = {s.own for s in draft.sequences}
    products: dict[Variable, Variable] = {}
    for node in draft.nodes():
        if all(v in from_sequences or v in fixed or isinstance(v, Constant) for v in node.inputs):
            target = from_sequences if any(v in from_sequences for v in node.inputs) else fixed
            target.update(node.outputs)
            if isinstance(node.op, Dot) and sum(v in from_sequences for v in node.inputs) == 1:
                products[node.outputs[0]] = node.outputs[0]
    if not products:
        return
    turned = {s.own: _reversed(s.outer) for s in draft.sequences}
    read = _leaves(draft, list(products)) & set(turned)
    is_turned = None not in [turned[v] for v in read]  # dot(f(S[::-1]), w) is dot(f(S), w)[::-1], the one of another loop
    entries = {s.own: turned[s.own] if is_turned and s.own in read else s.outer for s in draft.sequences}
    try:
        outer = vectorize_graph(draft.outside(list(products)), entries)
    except NotImplementedError:
        return
    _give(draft, draft.sequences, list(products), [x[::-1] for x in outer] if is_turned else outer)  # type: ignore[index]


def _reversed(x: Any) -> Any:
    """y where ``x`` is y[::-1], else None."""
    owner = x.owner
    if owner is None or type(owner.op) is not Subtensor:
        return None
    indices = owner.op.indices([known_integer(v) for v in owner.inputs[1:]])
    return owner.inputs[0] if indices == [slice(None, None, -1)] else None


def _take_sums_out(draft: Draft) -> list[_Sum]:
    """Where only the last entry of h[i + 1] = h[i] + dot(a, b) is wanted, it is h[0] + sum of dot(A, B), one product."""
    found = []
    for s in list(draft.states):
        if s.of != State((0,), (1,)) or s.last_used != 1:
            continue
        initial, term = _initial_values(s), _added(draft, s)
        factors = None if term is None else _factors(term)
        if initial is None or factors is None:
            continue
        fixed = {o.own for o in draft.others}
        if any(v in fixed or isinstance(v, Constant) for v, _ in factors):
            continue
        found.append(_Sum(s, initial[0], *((_source(draft, v), turned) for v, turned in factors)))
        draft.states.remove(s)
    return found


@dataclass(frozen=True)
class _Sum:
    """initial + sum over all steps of dot(a', b'), in place of a state; ' for a transposition where there is one.

    a, b  where the values of all steps are, and whether each is transposed
    """

    state: StateDraft
    initial: Any
    a: tuple[Operand | Collected, bool]
    b: tuple[Operand | Collected, bool]

    def last(self) -> Any:
        """An array that ends with the sum, when the loop has been applied."""
        (A, a_turned), (B, b_turned) = ((_array(source), turned) for source, turned in (self.a, self.b))
        if A.type.ndim == 2:  # of vectors: the sum over steps is that of a product
            total = dot(A.T, B)
        else:
            columns = A if a_turned else A.dimshuffle(0, 2, 1)  # (step, summed, row of the result)
            rows = B.dimshuffle(0, 2, 1) if b_turned else B
            n = columns.shape[0] * columns.shape[1]
            left: Any = reshape(columns, (n, columns.shape[2]), ndim=2)
            total = dot(left.T, reshape(rows, (n, rows.shape[2]), ndim=2))
        return (self.initial + total).dimshuffle("x", 0, 1)


def _source(draft: Draft, v: Variable) -> Operand | Collected:
    """Where the values of a variable in all steps are: a sequence, or collected from now on."""
    for s in draft.sequences:
        if s.own is v:
            return s
    for z in draft.collected:
        if z.value is v and z.length is draft.steps:
            return z
    draft.collected.append(Collected(v, draft.steps))
    return draft.collected[-1]


def _array(source: Operand | Collected) -> Any:
    return source.outer if isinstance(source, Operand) else source.result


def _last_used(fgraph: FunctionGraph, out: Variable, before: int = 0) -> int | None:
    """How many entries at the end of an array are used; None for all.

    before  how many entries at its begin are left out first, in ``out[before:][-1]``, and count as used
    """
    most = 0
    for client, position in fgraph.clients(out):
        if isinstance(client, str) or position != 0 or not isinstance(client.op, Subtensor):
            return None
        first = client.op.idx_list[0]
        if isinstance(first, slice):
            is_rest = len(client.op.idx_list) == 1 and first.stop is None and first.step is None
            if not before or not is_rest or known_integer(client.inputs[1]) != before:
                return None
            used = _last_used(fgraph, client.outputs[0])
            if used is None:
                return None
            most = max(most, before + used)
            continue
        place = known_integer(client.inputs[1])
        if place is None or place >= 0:
            return None
        most = max(most, -place)
    return most


def _initial_values(s: StateDraft) -> Any:
    """The entries of a state's array that are there before the loop, where the others are just room."""
    node = s.outer.owner
    if node is None or not isinstance(node.op, IncSubtensor) or not node.op.set_instead_of_inc:
        return None
    empty = node.inputs[0].owner
    (place, *rest) = node.op.idx_list
    starts = isinstance(place, slice) and place.start is None and place.step is None and not rest
    return node.inputs[1] if starts and empty is not None and isinstance(empty.op, AllocEmpty) else None


def _added(draft: Draft, s: StateDraft) -> Variable | None:
    """x where a step makes h + x of h, and h is used for nothing else."""
    (before,), (after,) = s.reads, s.writes
    if function_of(after) is not add or len(after.owner.inputs) != 2 or before not in after.owner.inputs:  # type: ignore
        return None
    uses = Counter([*(v for node in draft.nodes() for v in node.inputs), *draft.outputs])
    if uses[before] != 1 or uses[after] != 1:
        return None
    x, y = after.owner.inputs  # type: ignore[union-attr]
    term = y if x is before else x
    return term if term.type == after.type else None


def _factors(term: Variable) -> tuple[tuple[Variable, bool], tuple[Variable, bool]] | None:
    """a and b, and whether each is transposed, where a term is their product."""
    node = term.owner
    if node is not None and isinstance(node.op, Dot) and all(v.type.ndim == 2 for v in node.inputs):  # type: ignore
        x, y = node.inputs
        return _transposed(x), _transposed(y)
    if node is not None and function_of(term) is mul and len(node.inputs) == 2 and term.type.ndim == 2:  # type: ignore
        columns = [v for v in node.inputs if _is_vector(v, (0, "x"))]
        rows = [v for v in node.inputs if _is_vector(v, ("x", 0))]
        if len(columns) == len(rows) == 1:
            return (columns[0].owner.inputs[0], True), (rows[0].owner.inputs[0], False)  # type: ignore[union-attr]
    return None


def _transposed(x: Variable) -> tuple[Variable, bool]:
    is_transpose = x.owner is not None and isinstance(x.owner.op, DimShuffle) and x.owner.op.new_order == (1, 0)
    return (x.owner.inputs[0], True) if is_transpose else (x, False)  # type: ignore[union-attr]


def _is_vector(v: Variable, order: tuple) -> bool:
    return v.owner is not None and isinstance(v.owner.op, DimShuffle) and v.owner.op.new_order == order


def _keep_last(draft: Draft) -> None:
    """Arrays of which the last entries alone are used become as short as that."""
    for s in draft.states:
        initial = _initial_values(s)
        if s.last_used is None or initial is None or not s.of.is_recurrence:
            continue
        empty = s.outer.owner.inputs[0].owner
        rows, *rest = empty.inputs
        short = AllocEmpty(empty.op.dtype)(minimum(rows, max(s.last_used, s.of.extra + 1)), *rest)
        s.outer = set_subtensor(short[: initial.shape[0]], initial)
    for z in draft.collected:
        if z.last_used is not None:
            z.length = minimum(z.length, z.last_used)
