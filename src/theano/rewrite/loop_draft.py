"""A loop taken apart: what rewriting changes, and puts together again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field
from typing import Any

from theano.control_flow.scan_form import Form, State
from theano.control_flow.scan_op import Scan
from theano.data_classes import dataclass
from theano.graph import Apply, FunctionGraph, Variable
from theano.graph.walk import clone_with_replacements, io_toposort

Rewriting = Callable[[FunctionGraph], None]


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
