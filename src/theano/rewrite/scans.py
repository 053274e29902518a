"""Rewriting of loops: what need not be in a step is taken out of it, and the step itself is rewritten.

Each loop is taken apart into a Draft, changed, and put together again.  In the comments s are sequences, h states, w what
is the same in all steps; capitals are arrays with an entry for each step.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from theano.control_flow.scan_op import Scan
from theano.graph import Apply, Constant, FunctionGraph, Variable, inherited_origin
from theano.graph.walk import io_toposort
from theano.rewrite.loop_draft import Carried, Collected, Draft, Operand, Rewriting, StateDraft
from theano.rewrite.loop_states import begin_with_few, keep_last, last_used
from theano.rewrite.loop_sums import Sum, take_sums_out, transposed
from theano.tensor.alloc import Alloc, AllocEmpty, alloc
from theano.tensor.batching import vectorize_graph
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.dot import Dot
from theano.tensor.rebroadcast import Rebroadcast, patternbroadcast
from theano.tensor.static_value import known_integer
from theano.tensor.subtensor import Subtensor

VIEWS = (DimShuffle, Rebroadcast)  # cost nothing where their result is read


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
        if not isinstance(part, Carried):
            depth = part.of.extra if isinstance(part, StateDraft) and part.of.is_recurrence else 0
            part.last_used = last_used(fgraph, v, depth) if part in used else 0
    _drop_unused(draft, used)
    _merge_operands(draft)
    begin_with_few(draft)
    draft.rewrite(first)
    replaced: dict[Any, Any] | None = _as_arrays(draft)
    if replaced is None:
        _take_invariants_out(draft)
        sums: list[Sum] = []
        if not draft.like.is_lean:  # for what is taken out the values of all steps are kept
            _take_products_out(draft)
            sums = take_sums_out(draft)
        summed = {source for s in sums for source in s.sources}
        for source in summed:
            if isinstance(source, Collected):
                source.last_used = None
        _drop_unused(draft, used | summed)
        _merge_operands(draft)
        keep_last(draft)
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
            if isinstance(node.op, Dot) and transposed(node.inputs[1])[1]:
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
