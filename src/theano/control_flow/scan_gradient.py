"""Derivatives of loops, which are loops again.

Reverse mode runs the steps from the last to the first.  With D the cotangent of a state's array S, step i takes
D[i + w] for what was written, and adds to D[i + r] for what was read; what was overwritten starts from zero.  In the
reversed loop entry p of an array of n + extra entries is entry n + extra - 1 - p, so offset o becomes extra - o::

    for j in range(n):                        (step i = n - 1 - j)
        dwritten = D'[j + extra - w]
        dsequence, dread, dothers = L_op of the step
        D'[j + extra - r] = (0 if r in writes else D'[j + extra - r]) + dread
        dothers[j + 1] = dothers[j] + dothers
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from theano.control_flow.scan_form import Form, State
from theano.gradient.forward import Rop
from theano.gradient.reverse import grad
from theano.gradient.types import DisconnectedType, NullType, disconnected_type, grad_undefined
from theano.graph import Variable
from theano.graph.test_values import only_of_results
from theano.graph.walk import ancestors, clone_with_replacements
from theano.scalar import dtype as dtypes
from theano.tensor.alloc import AllocEmpty, zeros_like
from theano.tensor.dimshuffle import pad_left
from theano.tensor.dot import Dot
from theano.tensor.elementwise import add, minimum, sub, tensor_copy
from theano.tensor.elemwise import zeros_of_gradient
from theano.tensor.indexing import set_subtensor
from theano.tensor.rebroadcast import patternbroadcast, unbroadcast
from theano.tensor.type import TensorType


@only_of_results
def cotangents_of_loop(
    op: Any, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
) -> list[Variable]:
    """Reverse mode: a cotangent for each input of a loop ``op``, a Scan."""
    return _Backward(op, inputs, outputs, cotangents).run()


class _Backward:
    """The reversed loop under construction.

    values   what steps of the forward loop were given or made, as variables of the reversed step; for each the array
             whose entries it stands for, not yet reversed, or the outer value for what is the same in all steps
    """

    def __init__(
        self, op: Any, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> None:
        self.op, self.form = op, op.form
        self.given = self.form.outer(inputs)
        self.inner = op.inner
        self.made = self.form.inner_outputs(op.outputs)
        self.states, self.collected, self.carried = self.form.outer_outputs(outputs)
        self.dstates, self.dcollected, self.dcarried = self.form.outer_outputs(cotangents)
        self.outputs = outputs
        for d in self.dcarried:
            if not isinstance(d.type, DisconnectedType):
                raise NotImplementedError(
                    f"{op}: no gradient is known through the last value of a shared variable that the loop updates; return "
                    "it as an output with an initial value instead"
                )
        self.n = self._steps_done()
        self.back = self.n if op.truncate_gradient < 0 else minimum(self.n, op.truncate_gradient)

    def _steps_done(self) -> Any:
        """How many steps the forward loop has made."""
        if not self.form.is_while:
            return self.given.steps
        if self.collected:
            return self.collected[0].shape[0]  # type: ignore[attr-defined]
        return self.states[0].shape[0] - self.form.states[0].extra  # type: ignore[attr-defined]

    def run(self) -> list[Variable]:
        return self._build(self._differentiate())

    # -- one step --------------------------------------------------------------------------------------------------

    def _differentiate(self) -> dict[Variable, Variable]:
        """The cotangents of what a step is given, in terms of variables for those of what it makes."""
        seeds: dict[Variable, Variable] = {}  # from copies: one output may be computed from another
        self.dwritten: list[list[Variable | None]] = []
        for k, entries in enumerate(self.made.states):
            row: list[Variable | None] = []
            for v in entries:
                d = self._seed(v, seeds) if self._flows_from_state(k) else None
                row.append(d)
            self.dwritten.append(row)
        self.dstacked: list[Variable | None] = [
            None if isinstance(d.type, (DisconnectedType, NullType)) else self._seed(z, seeds)
            for z, d in zip(self.made.collected, self.dcollected, strict=True)
        ]
        wanted = [v for v in self._given_in_order() if _is_continuous(v)]
        self.known: list[tuple[Variable, Any]] = []
        if not seeds:
            return {}
        found = grad(
            None,
            wanted,
            disconnected_inputs="ignore",
            known_grads=seeds,
            return_disconnected="disconnected",
            null_gradients="return",
        )
        found = self._with_known_values(found)
        return dict(zip(wanted, found, strict=True))

    def _with_known_values(self, found: Sequence[Variable]) -> list[Variable]:
        """Cotangents in terms of what the forward steps have made, where that is in an array: it is not made again."""
        given = set(self.op.inputs)
        new: dict[Variable, Variable] = {}
        arrays = [
            (v, array, w)
            for of, entries, array in zip(self.form.states, self.made.states, self.states, strict=True)
            if of.is_recurrence
            for w, v in zip(of.writes, entries, strict=True)
        ]
        arrays += [(z, array, 0) for z, array in zip(self.made.collected, self.collected, strict=True)]
        arrays += self._values_made_once(found, [v for v, _, _ in arrays])
        for v, array, begin in arrays:
            if v not in new and (v not in given or v in self.inner.carried):
                new[v] = v.type()
                self.known.append((new[v], array[begin : begin + self.n]))  # type: ignore[index]
        replaced, _ = clone_with_replacements(list(found), new)
        return replaced

    def _values_made_once(self, found: Sequence[Variable], known: Sequence[Variable]) -> list[tuple[Variable, Any, int]]:
        """What cotangents take of carried values, such as random draws: only the forward loop can make these.  And
        products of matrices that depend on earlier steps, unless those are ``known`` that they are wanted for.  A lean
        loop keeps the carried tensors alone, from which the rest can be made again.

        They are collected in a loop that is the forward one otherwise; rewriting makes one of the two.
        """
        carried = set(self.inner.carried)
        drawn = [v for v in self.inner.carried if isinstance(v.type, TensorType)]
        sources = carried.difference(drawn) if self.op.is_lean else carried
        drawn += [v for node in self.op.step if sources.intersection(node.inputs) for v in node.outputs]
        drawn += [] if self.op.is_lean else self._products()
        used = set(ancestors(found, [*drawn, *known]))
        wanted = [v for v in drawn if v in used and v not in known and isinstance(v.type, TensorType)]
        if not wanted:
            return []
        made = self.made
        condition = [] if made.condition is None else [made.condition]
        written = [v for entries in made.states for v in entries]
        loop = type(self.op)(
            self.op.inputs,
            [*written, *made.collected, *wanted, *made.carried, *condition],
            self.form.with_more(collected=len(wanted)),
            self.op.name,
            self.op.truncate_gradient,
            self.op.is_lean,
        )
        given = self.given
        lengths = [*given.lengths, *[given.steps] * len(wanted)]
        results = loop(
            given.steps, *given.sequences, *given.states, *given.carried, *lengths, *given.others, return_list=True
        )
        first = len(self.states) + len(self.collected)
        return [(v, array, 0) for v, array in zip(wanted, results[first:])]

    def _products(self) -> list[Variable]:
        """Products of matrices that a step makes of what earlier steps have made, or the sums that alone they are terms of:
        of dot(x, W) + dot(h, U) + b one array is kept, and read, in place of its parts."""
        changing = {v for entries in self.inner.states for v in entries}
        uses = Counter(v for node in self.op.step for v in node.inputs)
        uses.update(self.op.outputs)
        sum_with: dict[Variable, Variable] = {}  # for a term that nothing else uses: the sum
        found: dict[Variable, None] = {}
        for node in self.op.step:
            out = node.outputs[0]
            if node.op in (add, sub):
                sum_with.update({v: out for v in node.inputs if uses[v] == 1 and v.type == out.type})
            if changing.intersection(node.inputs):
                changing.update(node.outputs)
                if isinstance(node.op, Dot) and out.type.ndim == 2:  # type: ignore[attr-defined]
                    found[out] = None
        return list(dict.fromkeys(_followed(v, sum_with) for v in found))

    def _seed(self, v: Variable, seeds: dict[Variable, Variable]) -> Variable | None:
        if not _is_continuous(v):
            return None
        seeds[tensor_copy(v)] = d = v.type()
        return d

    def _flows_from_state(self, k: int) -> bool:
        """Whether a cotangent may come to the entries of a state: from outside, or from later steps."""
        return self.given.states[k].type.dtype in dtypes.CONTINUOUS and self._reached[k]  # type: ignore[attr-defined]

    @cached_property
    def _pattern(self) -> list[list[bool]]:
        return self.op.connection_pattern()

    @cached_property
    def _reached(self) -> list[bool]:
        """For each state whether anything that has a cotangent is computed from it."""
        pattern = self._pattern
        wanted = [not isinstance(d.type, (DisconnectedType, NullType)) for d in (*self.dstates, *self.dcollected)]
        first = 1 + self.form.sequences
        rows = pattern[first : first + len(self.form.states)]
        return [any(there and has for there, has in zip(row, wanted)) for row in rows]

    def _given_in_order(self) -> list[Variable]:
        return [*self.inner.sequences, *(v for entries in self.inner.states for v in entries), *self.inner.others]

    # -- the loop --------------------------------------------------------------------------------------------------

    def _build(self, dvalues: dict[Variable, Variable]) -> list[Variable]:
        form, given = self.form, self.given
        flows = {v: d for v, d in dvalues.items() if not isinstance(d.type, (DisconnectedType, NullType))}
        flows = {v: _of_type(d, v) for v, d in flows.items()}
        taken, arrays = self._forward_values()
        sequences = [*zip(taken, arrays, strict=True), *self.known]
        sequences += [
            (d, self.dcollected[k]) for k, d in enumerate(self.dstacked) if d is not None  # type: ignore[misc]
        ]
        reads: list[Variable] = []
        writes: list[Variable] = []
        states: list[State] = []
        buffers: list[Variable] = []
        place: dict[int, int] = {}
        for k, of in enumerate(form.states):
            if not self._flows_from_state(k):
                continue
            place[k] = len(states)
            state, entries, new = self._reversed_state(k, of, flows)
            states.append(state)
            reads += entries
            writes += new
            buffers.append(self._cotangent_of_array(k)[::-1])
        sums: dict[Variable, int] = {}
        for own, outer in zip(self.inner.others, given.others, strict=True):
            if own in flows:
                sums[own] = len(states)
                states.append(State((0,), (1,)))
                before = own.type()
                reads.append(before)
                writes.append(_of_type(before + flows[own], own))  # type: ignore[operator]
                buffers.append(_sum_array(outer, self.back))
        stacked = [v for v in self.inner.sequences if v in flows]
        back_form = Form(
            sequences=len(sequences), states=tuple(states), collected=len(stacked), others=form.others
        )
        results: Sequence[Variable] = []
        if states or stacked:
            loop = type(self.op)(
                [*(own for own, _ in sequences), *reads, *self.inner.others],
                [*writes, *(flows[v] for v in stacked)],
                back_form,
                f"grad_of_{self.op.name}",
                is_lean=self.op.is_lean,
            )
            backwards = [self._last_entries(array)[::-1] for _, array in sequences]  # type: ignore[index]
            lengths = [self.back] * len(stacked)
            results = loop(self.back, *backwards, *buffers, *lengths, *given.others, return_list=True)

        found: list[Variable] = [disconnected_type()]
        dstacked = dict(zip(stacked, results[len(states) :]))
        for own, outer in zip(self.inner.sequences, given.sequences, strict=True):
            if own in dstacked:
                found.append(self._as_long_as(dstacked[own][::-1], outer))  # type: ignore[index]
            else:
                found.append(self._without_flow(own, outer, dvalues))
        for k, outer in enumerate(given.states):
            if k in place:
                found.append(results[place[k]][::-1])  # type: ignore[index]
            else:
                found.append(self._without_flow(self.inner.states[k][0], outer, dvalues))
        for outer in given.carried:
            found.append(self._of_carried(len(found), outer))
        found += [disconnected_type() for _ in given.lengths]
        for own, outer in zip(self.inner.others, given.others, strict=True):
            if own in sums:
                found.append(results[sums[own]][-1])  # type: ignore[index]
            else:
                found.append(self._without_flow(own, outer, dvalues))
        return found

    def _reversed_state(
        self, k: int, of: State, flows: dict[Variable, Variable]
    ) -> tuple[State, list[Variable], list[Variable]]:
        """The entries of a cotangent's array that the reversed step reads and writes, their variables, the new values."""
        own: list[Variable] = []
        offsets: list[int] = []
        for w, d in zip(of.writes, self.dwritten[k], strict=True):
            offsets.append(of.extra - w)
            own.append(d if d is not None else self.made.states[k][of.writes.index(w)].type())
        before: dict[int, Variable] = {}
        for r in of.reads:
            if r not in of.writes:
                before[r] = self.inner.states[k][of.reads.index(r)].type()
                offsets.append(of.extra - r)
                own.append(before[r])
        new: list[Variable] = []
        written: list[int] = []
        for r, v in zip(of.reads, self.inner.states[k], strict=True):
            d = flows.get(v)
            if r in before:
                new.append(before[r] if d is None else _of_type(before[r] + d, v))  # type: ignore[operator]
            else:
                new.append(zeros_like(v) if d is None else d)
            written.append(of.extra - r)
        for w, v in zip(of.writes, self.made.states[k], strict=True):
            if w not in of.reads and any(r > w for r in of.reads):
                new.append(zeros_like(v))
                written.append(of.extra - w)
        return State(tuple(offsets), tuple(written)), own, new

    def _forward_values(self) -> tuple[list[Variable], list[Any]]:
        """What the forward steps were given: variables, and the arrays that they are entries of."""
        taken = [*self.inner.sequences]
        arrays: list[Any] = [x[: self.n] for x in self.given.sequences]  # type: ignore[index]
        for entries, of, array in zip(self.inner.states, self.form.states, self.states, strict=True):
            for r, v in zip(of.reads, entries, strict=True):
                taken.append(v)
                arrays.append(array[r : r + self.n])  # type: ignore[index]
        return taken, arrays

    def _cotangent_of_array(self, k: int) -> Any:
        d, array = self.dstates[k], self.states[k]
        return zeros_like(array) if isinstance(d.type, (DisconnectedType, NullType)) else _of_type(d, array)

    def _last_entries(self, array: Any) -> Any:
        """The entries of the steps that a gradient goes back."""
        return array if self.op.truncate_gradient < 0 else array[self.n - self.back :]

    def _as_long_as(self, d: Any, outer: Any) -> Variable:
        """Cotangents of the last steps that were made, for the whole of a sequence."""
        if self.op.truncate_gradient < 0 and not self.form.is_while:
            return d
        zeros: Any = zeros_like(outer)
        return set_subtensor(zeros[self.n - self.back : self.n], d)

    def _without_flow(self, own: Variable, outer: Variable, dvalues: Mapping[Variable, Variable]) -> Variable:
        """The cotangent of what no step has one for: undefined where that is so in a step."""
        d = dvalues.get(own)
        if d is not None and isinstance(d.type, NullType):
            return d.type()
        if own in dvalues or not isinstance(outer.type, TensorType) or _is_continuous(outer):
            return disconnected_type()
        return zeros_of_gradient(outer)

    def _of_carried(self, position: int, outer: Variable) -> Variable:
        row = self._pattern[position]
        wanted = [not isinstance(d.type, DisconnectedType) for d in (*self.dstates, *self.dcollected)]
        if _is_continuous(outer) and any(there and has for there, has in zip(row, wanted)):
            return grad_undefined(self.op, position, outer, "the loop keeps only the last value of it")
        return disconnected_type()


def _followed(v: Variable, following: Mapping[Variable, Variable]) -> Variable:
    """The last of a chain that begins with ``v``."""
    while v in following:
        v = following[v]
    return v


def _sum_array(outer: Any, steps: Any) -> Variable:
    """The array of a sum over so many steps, that begins with zeros in the shape of ``outer``."""
    zero = unbroadcast(pad_left(zeros_like(outer)), 0)
    empty: Any = AllocEmpty(outer.type.dtype)(steps + 1, *[outer.shape[k] for k in range(outer.type.ndim)])
    return set_subtensor(empty[:1], zero)


def _is_continuous(v: Any) -> bool:
    return isinstance(v.type, TensorType) and v.type.dtype in dtypes.CONTINUOUS


def _of_type(d: Any, v: Any) -> Any:
    """A cotangent in the dtype and pattern of its variable."""
    if d.type.dtype != v.type.dtype:
        d = d.astype(v.type.dtype)
    return patternbroadcast(d, v.type.broadcastable)


# -- forward mode --------------------------------------------------------------------------------------------------------


@only_of_results
def tangents_of_loop(op: Any, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Variable | None]:
    """Forward mode: one loop that carries values and tangents along.

    Every state gets an array of tangents beside its own; where none is given it begins with zeros.
    """
    form, given, moved = op.form, op.form.outer(inputs), op.form.outer(tangents)
    inner, made = op.inner, op.form.inner_outputs(op.outputs)
    points: dict[Variable, Variable] = {}

    def tangent_of(v: Variable) -> Variable:
        points[v] = v.type()
        return points[v]

    sequences = [(tangent_of(own), t) for own, t in zip(inner.sequences, moved.sequences, strict=True) if t is not None]
    doubled = [k for k, s in enumerate(given.states) if _is_continuous(s)]
    entries = [tangent_of(v) for k in doubled for v in inner.states[k]]
    others = [(tangent_of(own), t) for own, t in zip(inner.others, moved.others, strict=True) if t is not None]
    if not points:
        return [None] * (len(form.states) + form.collected + form.carried)
    wanted = [*(v for k in doubled for v in made.states[k]), *made.collected]
    found = Rop(
        wanted, list(points), list(points.values()), disconnected_outputs="ignore", return_disconnected="none"
    )
    new_entries = [
        zeros_like(v) if t is None else _of_type(t, v) for v, t in zip(wanted, found[: len(wanted) - form.collected])
    ]
    stacked = {k: t for k, t in enumerate(found[len(wanted) - form.collected :]) if t is not None}
    both = form.with_more(len(sequences), [form.states[k] for k in doubled], len(stacked), len(others))
    read = [v for own in inner.states for v in own]
    loop = type(op)(
        [
            *inner.sequences,
            *(own for own, _ in sequences),
            *read,
            *entries,
            *inner.carried,
            *inner.others,
            *(own for own, _ in others),
        ],
        [
            *(v for own in made.states for v in own),
            *new_entries,
            *made.collected,
            *stacked.values(),
            *made.carried,
            *([made.condition] if made.condition is not None else []),
        ],
        both,
        f"rop_of_{op.name}",
        is_lean=op.is_lean,
    )
    arrays = [
        zeros_like(given.states[k]) if moved.states[k] is None else _of_type(moved.states[k], given.states[k])
        for k in doubled
    ]
    results = loop(
        given.steps,
        *given.sequences,
        *(t for _, t in sequences),
        *given.states,
        *arrays,
        *given.carried,
        *given.lengths,
        *[given.lengths[k] for k in stacked],
        *given.others,
        *(t for _, t in others),
        return_list=True,
    )
    states, collected, _ = both.outer_outputs(results)
    of_states = dict(zip(doubled, states[len(form.states) :], strict=True))
    of_collected = dict(zip(stacked, collected[form.collected :], strict=True))
    return [
        *(of_states.get(k) for k in range(len(form.states))),
        *(of_collected.get(k) for k in range(form.collected)),
        *[None] * form.carried,
    ]
