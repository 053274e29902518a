"""Scan: a loop whose step is a graph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np

from theano.control_flow.operand_kinds import OperandKinds
from theano.control_flow.scan_form import Form, Grouped, InnerInputs, State
from theano.control_flow.scan_gradient import cotangents_of_loop, tangents_of_loop
from theano.graph import Apply, Variable
from theano.graph.description import DescribedOp, description
from theano.graph.inner_graph import perform_graph
from theano.graph.subgraph import io_connection_pattern
from theano.graph.walk import clone_with_replacements, graph_inputs, io_toposort
from theano.tensor.constant import as_tensor_variable
from theano.tensor.lengths import KnownLengths
from theano.tensor.shape import Shape_i
from theano.tensor.type import TensorType


class Scan(OperandKinds, DescribedOp):
    """A loop: step i computes outputs from inputs as its graph says::

        for i in range(steps):
            written, collected, carried, stop = step(
                sequence[i] of each sequence,
                state[i + r] for each r in reads of each state,
                carried, others,
            )
            state[i + w] = written, for each w in writes of each state
            if stop: break

    steps      0-d integer
    sequences  tensors with at least ``steps`` entries along the first axis
    states     tensors; a recurrence has ``steps + extra`` entries, the first of which are the initial values.  With
               fewer it is used as a ring and at the end holds the last entries, in order
    carried    values of any type
    lengths    0-d integers, how many entries are kept of each collected output: the last ones
    others     values of any type
    out        the states, what is collected with a new first axis, what was carried last; after ``stop`` states and
               collected outputs end with the entry of that step

    Gradients run the loop backwards, see ``scan_gradient``.

    Raises IndexError for a negative number of steps, ValueError for a sequence that is too short or when entries of
    one array are of different shapes.
    """

    def __init__(
        self,
        inputs: Sequence[Variable],
        outputs: Sequence[Variable],
        form: Form,
        name: str = "scan_fn",
        truncate_gradient: int = -1,
        is_lean: bool = False,
    ) -> None:
        """``inputs`` and ``outputs`` are the step's, in the order told by Form; the graph is copied.

        is_lean  whether memory is dearer than time: no more than the states and what is asked for is kept of all steps
        """
        self.inputs = [_input_like(v) for v in inputs]
        self.outputs, _ = clone_with_replacements(list(outputs), dict(zip(inputs, self.inputs, strict=True)))
        self.form = form
        self.name = name
        self.truncate_gradient = truncate_gradient
        self.is_lean = is_lean

    @classmethod
    def of_own_graph(cls, inputs: list[Variable], outputs: list[Variable], like: Scan, form: Form | None = None) -> Scan:
        """A loop of a graph that belongs to nobody else, otherwise as another one."""
        made = cls.__new__(cls)
        made.inputs, made.outputs = inputs, outputs
        made.form = like.form if form is None else form
        made.name, made.truncate_gradient, made.is_lean = like.name, like.truncate_gradient, like.is_lean
        return made

    def describe(self) -> tuple:
        return self.truncate_gradient, self.is_lean, *_plain(self.form), *description(self.inputs, self.outputs)

    @cached_property
    def step(self) -> list[Apply]:
        """The applications of a step, in order."""
        return io_toposort(self.inputs, self.outputs)

    @property
    def inner(self) -> InnerInputs[Variable]:
        """The inputs of a step by kind."""
        return self.form.inner_inputs(self.inputs)

    def operands(self, node: Apply) -> Grouped[Variable]:
        """The inputs of an application by kind."""
        return self.form.outer(node.inputs)

    def carried_through(self, node: Apply) -> list[tuple[Variable, Variable, Variable]]:
        """(what is carried, its next value in a step, the last one) for all that an application carries."""
        given, last = self.operands(node).carried, self.form.outer_outputs(node.outputs)[2]
        return list(zip(given, self.form.inner_outputs(self.outputs).carried, last, strict=True))

    def make_node(self, *inputs: Any) -> Apply:
        given = self.form.outer([v if isinstance(v, Variable) else as_tensor_variable(v) for v in inputs])
        inner, made = self.inner, self.form.inner_outputs(self.outputs)
        steps = _integer(given.steps, "number of steps")
        sequences = [
            _stack_of(x.type, given_x, f"sequence {k}")
            for k, (x, given_x) in enumerate(zip(inner.sequences, given.sequences, strict=True))
        ]
        states = []
        for k, (reads, writes, state) in enumerate(zip(inner.states, made.states, given.states, strict=True)):
            for entry in [*reads, *writes]:
                state = _stack_of(entry.type, state, f"state {k}")
            states.append(state)
        carried = [own.type.filter_variable(v) for own, v in zip(inner.carried, given.carried, strict=True)]
        for own, new in zip(inner.carried, made.carried, strict=True):
            if own.type != new.type:
                raise TypeError(f"a step of {self} makes {new.type} of the {own.type} that it carries")
        lengths = [_integer(n, "length") for n in given.lengths]
        others = [own.type.filter_variable(v) for own, v in zip(inner.others, given.others, strict=True)]
        outputs = [state.type() for state in states]
        outputs += [TensorType(z.type.dtype, (False, *z.type.broadcastable))() for z in made.collected]
        outputs += [v.type() for v in carried]
        return Apply(self, [steps, *sequences, *states, *carried, *lengths, *others], outputs)

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[Any]:
        """States keep their lengths; the first length of what is collected is given, the others follow from a step."""
        form, shape_of = self.form, dict(zip(node.inputs, shapes, strict=True))
        operands = self.operands(node)
        states = [shape_of[s] for s in operands.states]
        states_out, collected_out, _ = form.outer_outputs(node.outputs)
        if form.is_while:
            states = [(Shape_i(0)(out), *shape[1:]) for out, shape in zip(states_out, states, strict=True)]
        length_of = self._lengths_of_step(operands, shape_of)
        collected = []
        for out, z, n in zip(collected_out, form.inner_outputs(self.outputs).collected, operands.lengths, strict=True):
            first = Shape_i(0)(out) if form.is_while else n
            known = [length_of(z, axis) for axis in range(z.type.ndim)]  # type: ignore[attr-defined]
            rest = [Shape_i(axis + 1)(out) if m is None else m for axis, m in enumerate(known)]
            collected.append((first, *rest))
        return [*states, *collected, *[shape_of[v] for v in operands.carried]]

    def _lengths_of_step(
        self, operands: Grouped[Variable], shape_of: dict[Variable, Any]
    ) -> Callable[[Variable, int], Any]:
        """(a value of the step, axis) -> its length in terms of the loop's inputs; None where steps may differ."""
        inner = self.inner
        entries = [*zip(inner.sequences, operands.sequences)]
        entries += [(own, state) for reads, state in zip(inner.states, operands.states) for own in reads]
        same = [*zip(inner.carried, operands.carried), *zip(inner.others, operands.others)]
        known = {own: shape_of[outer][1:] for own, outer in entries} | {own: shape_of[outer] for own, outer in same}
        lengths = KnownLengths(known=known)
        outer_of = dict(zip(inner.others, operands.others))
        changing = {own for own, _ in entries} | set(inner.carried)

        def length_of(v: Variable, axis: int) -> Any:
            (n,) = lengths.of(v)[axis : axis + 1]  # type: ignore[index]
            if not isinstance(n, Variable):
                return n
            ((moved,), _) = clone_with_replacements([n], outer_of)
            return None if changing.intersection(graph_inputs([moved])) else moved

        return length_of

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        form, given = self.form, self.form.outer(inputs)
        steps = int(given.steps)
        if steps < 0:
            raise IndexError(f"Scan was asked to run for negative number of step {steps}")
        for k, x in enumerate(given.sequences):
            if len(x) < steps:
                raise ValueError(f"Sequence {k} has shape {x.shape}, but the scan's required number of steps is {steps}")
        states = [np.array(s) for s in given.states]
        collected: list[list[Any]] = [[] for _ in range(form.collected)]
        carried = list(given.carried)
        done = 0
        for i in range(steps):
            # copies: a step may hand on what it read, and the place is written again in a later step
            entries = [s[(i + r) % len(s)].copy() for s, of in zip(states, form.states) for r in of.reads]
            values = self._values([*(x[i] for x in given.sequences), *entries, *carried, *given.others])
            made = form.inner_outputs(values)
            for s, of, new in zip(states, form.states, made.states):
                for w, value in zip(of.writes, new, strict=True):
                    place = (i + w) % len(s)
                    if np.shape(value) != s.shape[1:]:
                        raise ValueError(f"step {i} made a value of shape {np.shape(value)} for entries of {s.shape[1:]}")
                    s[place] = value
            for kept, value in zip(collected, made.collected):
                kept.append(value)
            carried = made.carried
            done = i + 1
            if form.is_while and made.condition:
                break
        results: list[Any] = [_in_order(s, of, done, form.is_while) for s, of in zip(states, form.states)]
        results += [
            self._stacked(kept[len(kept) - min(int(n), len(kept)) :], k, given)
            for k, (kept, n) in enumerate(zip(collected, given.lengths))
        ]
        for cell, value in zip(outputs, [*results, *carried], strict=True):
            cell[0] = value

    def _values(self, inputs: Sequence[Any]) -> list[Any]:
        """What a step makes of its inputs."""
        return perform_graph(self.step, self.inputs, self.outputs, inputs)

    def _stacked(self, kept: list[Any], k: int, given: Grouped[Any]) -> np.ndarray:
        kind = self.form.inner_outputs(self.outputs).collected[k].type
        if kept:
            return np.stack([np.asarray(v, dtype=kind.dtype) for v in kept])  # type: ignore[attr-defined]
        # no step has told the lengths: entries would be as a step on zeros makes them
        zeros = [np.zeros(x.shape[1:], x.dtype) for x in given.sequences]
        zeros += [np.zeros(s.shape[1:], s.dtype) for s, of in zip(given.states, self.form.states) for _ in of.reads]
        made = self.form.inner_outputs(self._values([*zeros, *given.carried, *given.others])).collected[k]
        return np.zeros((0, *np.shape(made)), kind.dtype)  # type: ignore[attr-defined]

    def connection_pattern(self, node: Apply | None = None) -> list[list[bool]]:
        """[input][output] -> whether a gradient flows, through any number of steps."""
        form = self.form
        direct = io_connection_pattern(self.inputs, self.outputs)
        rows, columns = form.inner_inputs(direct), form.inner_outputs(list(range(len(self.outputs))))
        targets = [*columns.states, *[[k] for k in columns.collected], *[[k] for k in columns.carried]]

        def reaches(entries: Sequence[list[bool]]) -> list[bool]:
            return [any(row[k] for row in entries for k in target) for target in targets]

        state_rows = [reaches(entries) for entries in rows.states]
        carried_rows = [reaches([row]) for row in rows.carried]
        n = len(form.states)
        recurrent = dict(enumerate(state_rows)) | {n + form.collected + k: row for k, row in enumerate(carried_rows)}
        for k, row in recurrent.items():
            row[k] = True  # the initial value is there after no step

        def closed(row: list[bool]) -> list[bool]:
            pending = [k for k, there in enumerate(row) if there]
            while pending:
                for target, there in enumerate(recurrent.get(pending.pop(), ())):
                    if there and not row[target]:
                        row[target] = True
                        pending.append(target)
            return row

        nowhere = [False] * len(targets)
        return [
            nowhere,
            *[closed(reaches([row])) for row in rows.sequences],
            *[closed(list(row)) for row in state_rows],
            *[closed(list(row)) for row in carried_rows],
            *[nowhere] * form.collected,
            *[closed(reaches([row])) for row in rows.others],
        ]

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Variable]:
        return cotangents_of_loop(self, inputs, outputs, cotangents)

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Variable | None]:
        return tangents_of_loop(self, inputs, tangents)

    def do_constant_folding(self, node: Apply) -> bool:
        return False  # it may run long, and what it is made of is folded

    def __str__(self) -> str:
        return f"{'do_while' if self.form.is_while else 'for'}{{cpu,{self.name}}}"


def _plain(form: Form) -> tuple:
    states = tuple((s.reads, s.writes) for s in form.states)
    return form.sequences, states, form.carried, form.collected, form.others, form.is_while


def _input_like(v: Variable) -> Variable:
    own = v.type()
    own.name = v.name
    return own


def _integer(v: Any, what: str) -> Variable:
    v = as_tensor_variable(v)
    if v.type.ndim != 0 or v.type.dtype.rstrip("0123456789") not in ("int", "uint"):
        raise TypeError(f"The {what} of a scan must be a 0-d integer, found {v} of type {v.type}")
    return v


def _stack_of(entry: Any, v: Any, what: str) -> Variable:
    """A tensor whose entries along the first axis are of a type, whatever is known of its lengths."""
    kind = TensorType(entry.dtype, (False, *entry.broadcastable))
    if v.type.dtype != entry.dtype or v.type.ndim != kind.ndim:
        raise TypeError(f"{what} of a scan holds entries of {entry}, found {v} of type {v.type}")
    return v


def _in_order(state: np.ndarray, of: State, done: int, may_stop: bool) -> np.ndarray:
    """A state's array after ``done`` steps, the oldest entry first, without what a loop that stopped did not reach."""
    reached = done + of.extra
    if len(state) >= reached:
        return state[:reached] if may_stop else state
    return np.roll(state, -(reached % len(state)), axis=0)
