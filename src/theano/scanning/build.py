"""scan: loops over sequences and recurrences, written as a function that builds one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from theano.compile.shared import SharedVariable
from theano.compile.unkept import warn_of_unkept_updates
from theano.compile.updates import OrderedUpdates
from theano.configuration import config
from theano.control_flow.scan_form import Form, State
from theano.control_flow.scan_op import Scan
from theano.graph import Constant, MissingInputError, Variable
from theano.graph.walk import clone_with_replacements, graph_inputs, io_toposort
from theano.scanning.arguments import (
    OutputArgument,
    SequenceArgument,
    StepResult,
    as_list,
    output_argument,
    sequence_argument,
    step_result,
)
from theano.tensor.alloc import AllocEmpty
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import pad_left
from theano.tensor.elementwise import minimum
from theano.tensor.indexing import set_subtensor
from theano.tensor.rebroadcast import patternbroadcast, unbroadcast
from theano.tensor.static_value import known_integer


def scan(
    fn: Callable[..., Any],
    sequences: Any = None,
    outputs_info: Any = None,
    non_sequences: Any = None,
    n_steps: Any = None,
    truncate_gradient: int = -1,
    go_backwards: bool = False,
    mode: Any = None,
    name: str | None = None,
    profile: Any = False,
    allow_gc: bool | None = None,
    strict: bool = False,
    return_list: bool = False,
) -> tuple[Any, OrderedUpdates]:
    """Call ``fn`` once to learn what a step does, and return the results of all steps, as expressions.

    Parameters
    ----------
    fn
        Given, as variables: entry i + tap of each sequence, for its taps in their order; for each recurrent output
        its earlier values, for its taps in their order; the non-sequences.  Returns one output or a list of them,
        and if wanted a dict of updates of shared variables and ``until(condition)``.
    sequences
        Arrays to go over along the first axis, or dicts ``{"input": array, "taps": [-1, 0]}``.  The shortest one ends the loop.
    outputs_info
        For each output: None when it does not feed back, its initial value when the next step is given it, or a
        dict ``{"initial": array, "taps": [-1, -3]}``; then ``array`` holds as many earlier values as the taps reach back.
    non_sequences
        What every step is given.  What ``fn`` uses without being given it, shared variables too, is found.
    n_steps
        How many steps, an int or 0-d integer variable; needed where there is no sequence.
    truncate_gradient
        How many steps a gradient goes back; -1 for all.
    go_backwards
        Whether sequences are taken from their ends.
    name
        How the loop is called in printed graphs and profiles.
    strict
        Whether shared variables that ``fn`` uses must be among ``non_sequences``.
    return_list
        Whether a single output comes in a list too.
    mode, profile, allow_gc
        Accepted: the loop is compiled as part of the function that it is in.

    Returns
    -------
    (outputs, updates): each output with the results of the steps stacked along a new first axis; the updates, which must
    be handed to ``theano.function``.

    Raises
    ------
    ValueError
        When there is neither a sequence nor n_steps; when a recurrent output has another dtype or number of axes than
        its initial value; when the step returns something else than variables.
    TypeError, IndexError
        For arguments of wrong types, and sequences without axes.

    Examples
    --------
    >>> import numpy as np, theano, theano.tensor as T
    >>> x = T.dvector("x")
    >>> sums, updates = theano.scan(lambda e, s: s + e, sequences=x, outputs_info=np.float64(0))
    >>> theano.function([x], sums, updates=updates)([1, 2, 3])
    array([1., 3., 6.])
    """
    return scanned(
        fn, sequences, outputs_info, non_sequences, n_steps, truncate_gradient, go_backwards, name, strict, return_list
    )


def scanned(
    fn: Callable[..., Any],
    sequences: Any = None,
    outputs_info: Any = None,
    non_sequences: Any = None,
    n_steps: Any = None,
    truncate_gradient: int = -1,
    go_backwards: bool = False,
    name: str | None = None,
    strict: bool = False,
    return_list: bool = False,
    is_lean: bool = False,
) -> tuple[Any, OrderedUpdates]:
    """``scan``, with what only this package asks for: ``is_lean``, see Scan."""
    taken = [sequence_argument(s) for s in as_list(sequences)]
    told = [output_argument(o) for o in as_list(outputs_info)]
    fixed = [v if isinstance(v, Variable) else as_tensor_variable(v) for v in as_list(non_sequences)]
    if not taken and n_steps is None:
        raise ValueError(
            "No information about the number of steps provided. Either provide a value for n_steps argument of scan or "
            "provide an input sequence"
        )
    slices = [x for s in taken for x in _slices(s)]
    steps = as_tensor_variable(n_steps) if n_steps is not None else reduce(minimum, [x.shape[0] for x in slices])
    if go_backwards:
        slices = [x[::-1] for x in slices]
    slices = [x[:steps] for x in slices]

    entries, earlier = variables_of_entries(slices, taken, told)
    result = step_result(fn(*entries, *(v for values in earlier for v in values), *fixed))
    told = told or [OutputArgument(None, ())] * len(result.outputs)
    earlier = earlier or [[] for _ in told]
    if len(told) != len(result.outputs):
        raise ValueError(
            "Please provide None as outputs_info for any output that does not feed back into scan (i.e. it behaves like a "
            f"map): there are {len(result.outputs)} outputs, and outputs_info of {len(told)}"
        )
    graph = StepGraph(slices, entries, told, earlier, fixed, result, strict)
    if known_integer(steps) in (1, -1):
        outputs, updates = graph.written_out()
    else:
        arrays, updates = graph.applied(steps, name or "scan_fn", truncate_gradient, is_lean)
        outputs = [array[o.depth :] if o.taps else array for o, array in zip(told, arrays, strict=True)]
    if not outputs and not return_list:
        return None, updates
    return (outputs[0] if len(outputs) == 1 and not return_list else outputs), updates


def _slices(s: SequenceArgument) -> list[Any]:
    """For each tap the part of the sequence whose entry i step i is given."""
    x, first, last = s.variable, min(s.taps), max(s.taps)
    parts = []
    for tap in s.taps:
        begin, end = tap - first, last - tap
        part = x[begin:] if end == 0 else x[begin:-end]
        if x.name:
            part.name = f"{x.name}[{begin}:]" if end == 0 else f"{x.name}[{begin}:-{end}]"
        parts.append(part)
    return parts


def variables_of_entries(
    slices: Sequence[Any], taken: Sequence[SequenceArgument], told: Sequence[OutputArgument]
) -> tuple[list[Variable], list[list[Variable]]]:
    """What a step is given: entries of the sequences, and for each output its earlier values."""
    taps = [(s, tap) for s in taken for tap in s.taps]
    return [_entry(x, s, tap) for x, (s, tap) in zip(slices, taps, strict=True)], [_earlier(o) for o in told]


def _entry(part: Any, s: SequenceArgument, tap: int) -> Variable:
    """The variable that stands for an entry of a sequence in the step."""
    entry = type(part.type)(part.type.dtype, part.type.broadcastable[1:])()
    if s.variable.name:
        entry.name = f"{s.variable.name}[t{tap:+d}]" if tap else f"{s.variable.name}[t]"
    _take_test_value(entry, part, 0)
    return entry


def _earlier(o: OutputArgument) -> list[Variable]:
    """The variables that stand for earlier values of an output in the step."""
    values = []
    for tap in o.taps:
        kind = o.initial.type
        is_single = o.taps == (-1,)
        value = kind() if is_single else type(kind)(kind.dtype, kind.broadcastable[1:])()
        if o.initial.name:
            value.name = f"{o.initial.name}[t{tap}]"
        _take_test_value(value, o.initial, None if is_single else tap + o.depth)
        values.append(value)
    return values


def _take_test_value(variable: Variable, source: Any, place: int | None) -> None:
    """Give a variable of the step the test value of what it stands for: an entry, or all of it."""
    if config.compute_test_value != "off":
        value = source.data if isinstance(source, Constant) else getattr(source.tag, "test_value", None)
        if value is not None:
            variable.tag.test_value = value if place is None else value[place]


class StepGraph:
    """A step as ``fn`` has written it, to be applied to what it goes over.

    The step is closed: values that do not change from step to step are computed outside, and given to it.
    """

    def __init__(
        self,
        slices: Sequence[Variable],
        entries: Sequence[Variable],
        told: Sequence[OutputArgument],
        earlier: Sequence[Sequence[Variable]],
        fixed: Sequence[Variable],
        result: StepResult,
        strict: bool,
    ) -> None:
        self.slices, self.entries, self.told, self.earlier = slices, entries, told, earlier
        self.outputs = [_fitting(v, o, k) for k, (v, o) in enumerate(zip(result.outputs, told, strict=True))]
        self.condition = [] if result.condition is None else [result.condition]
        self.updates = {v: v.type.filter_variable(new) for v, new in result.updates.items()}
        given = {*entries, *(v for values in earlier for v in values)}
        # What is handed in is computed outside: a random draw among it is one draw for all steps.
        known = given | {v for v in fixed if not isinstance(v, SharedVariable)}
        self._add_default_updates(known)
        wanted = [*self.outputs, *self.updates.values(), *self.condition]
        changing = given | set(self.updates)
        occurring = [v for v in graph_inputs(wanted, known) if isinstance(v, SharedVariable)]
        warn_of_unkept_updates("the loop around it", wanted, self.updates, occurring)
        if strict:
            for v in graph_inputs(wanted, [*changing, *fixed]):
                if not isinstance(v, Constant) and v not in changing and v not in fixed:
                    raise MissingInputError(f"ScanOp is missing an input: {v!r}")
        outside = _outside(wanted, changing)
        self.others = [v for v in dict.fromkeys(fixed) if v in outside]
        self.others += [v for v in outside if v not in set(self.others)]

    def _add_default_updates(self, known: set[Variable]) -> None:
        """Shared variables that change whenever they are used, random states, change in each step."""
        pending = [*self.outputs, *self.updates.values(), *self.condition]
        while pending:
            found = [v for v in graph_inputs(pending, known) if isinstance(v, SharedVariable)]
            pending = []
            for v in found:
                new = getattr(v, "default_update", None)
                if new is not None and v not in self.updates:
                    self.updates[v] = v.type.filter_variable(new)
                    pending.append(self.updates[v])

    def written_out(self) -> tuple[list[Variable], OrderedUpdates]:
        """The only step of a loop of one, without the loop."""
        given: dict[Variable, Any] = {entry: x[0] for entry, x in zip(self.entries, self.slices)}  # type: ignore
        for o, values in zip(self.told, self.earlier, strict=True):
            for tap, value in zip(o.taps, values, strict=True):
                given[value] = o.initial if o.taps == (-1,) else o.initial[tap + o.depth]
        made, _ = clone_with_replacements([*self.outputs, *self.updates.values()], given)
        outputs = [unbroadcast(pad_left(v), 0) for v in made[: len(self.outputs)]]
        return outputs, OrderedUpdates(zip(self.updates, made[len(self.outputs) :], strict=True))

    def applied(
        self, steps: Any, name: str, truncate_gradient: int = -1, is_lean: bool = False
    ) -> tuple[list[Any], OrderedUpdates]:
        """The results of the loop: arrays that begin with initial values where an output feeds back.

        In the loop outputs with several earlier values come first, then those with one, then those without.
        """
        places = range(len(self.told))
        several = [k for k in places if self.told[k].taps and self.told[k].taps != (-1,)]
        single = [k for k in places if self.told[k].taps == (-1,)]
        stacked = [k for k in places if not self.told[k].taps]
        recurrent = [*several, *single]
        depths = [self.told[k].depth for k in recurrent]
        form = Form(
            sequences=len(self.slices),
            states=tuple(
                State(tuple(t + depth for t in self.told[k].taps), (depth,))
                for k, depth in zip(recurrent, depths, strict=True)
            ),
            carried=len(self.updates),
            collected=len(stacked),
            others=len(self.others),
            is_while=bool(self.condition),
        )
        for v in self.updates:
            v.is_changed_by_loops = True
        own_others = [_copy_of(v) for v in self.others]
        own_carried = [_copy_of(v) for v in self.updates]
        wanted = [*(self.outputs[k] for k in (*recurrent, *stacked)), *self.updates.values(), *self.condition]
        inside = {**dict(zip(self.others, own_others, strict=True)), **dict(zip(self.updates, own_carried, strict=True))}
        made, _ = clone_with_replacements(wanted, inside)
        read = [v for k in recurrent for v in self.earlier[k]]
        op = Scan([*self.entries, *read, *own_carried, *own_others], made, form, name, truncate_gradient, is_lean)
        states = [_array_for(self.told[k], steps) for k in recurrent]
        results = op(
            steps, *self.slices, *states, *self.updates, *[steps] * len(stacked), *self.others, return_list=True
        )
        array_of = dict(zip([*recurrent, *stacked], results))
        carried = results[len(array_of) :]
        return [array_of[k] for k in places], OrderedUpdates(zip(self.updates, carried, strict=True))


def _copy_of(v: Variable) -> Variable:
    own = v.type()
    own.name = f"{v.name}_copy" if v.name else None
    return own


def _array_for(o: OutputArgument, steps: Any) -> Variable:
    """The array of a recurrent output, as long as the loop, with its initial values."""
    initial: Any = unbroadcast(pad_left(o.initial), 0) if o.taps == (-1,) else o.initial[: o.depth]
    lengths = [initial.shape[k] for k in range(initial.type.ndim)]
    empty: Any = AllocEmpty(initial.type.dtype)(steps + lengths[0], *lengths[1:])
    return set_subtensor(empty[: lengths[0]], initial)


def _fitting(output: Variable, o: OutputArgument, position: int) -> Any:
    """An output of the step, of the type that feeding it back needs."""
    if not o.taps:
        return output
    kind = o.initial.type
    ndim = kind.ndim if o.taps == (-1,) else kind.ndim - 1
    found = getattr(output.type, "ndim", None)
    context = (
        "When compiling the inner function of scan (the function called by scan in each of its iterations) the following "
        f"error has been encountered: The initial state (`outputs_info` in scan nomenclature) of variable {o.initial} "
        f"(argument number {position}) has "
    )
    if found != ndim:
        raise ValueError(
            f"{context}{ndim + 1} dimension(s), while the corresponding variable in the result of the inner function of scan "
            f"(`fn`) has {found} dimension(s) (it should be one less than the initial state). For example, if the inner "
            "function of scan returns a vector of size d and scan uses the values of the previous time-step, then the initial "
            "state in scan should be a matrix of shape (1, d). The first dimension of this matrix corresponds to the number "
            "of previous time-steps that scan uses in each of its iterations. In order to solve this issue if the two "
            "varialbe currently have the same dimensionality, you can increase the dimensionality of the variable in the "
            f"initial state of scan by using dimshuffle or shape_padleft.{_made_at(output)}"
        )
    if output.type.dtype != kind.dtype:  # type: ignore[attr-defined]
        raise ValueError(
            f"{context}dtype {kind.dtype}, while the result of the inner function (`fn`) has dtype "
            f"{output.type.dtype}. This can happen if the inner function of scan results in an upcast or downcast."  # type: ignore
            f"{_made_at(output)}\n    Give the initial value the dtype {output.type.dtype}, or cast the result to {kind.dtype}."  # type: ignore
        )
    return patternbroadcast(output, kind.broadcastable[len(kind.broadcastable) - ndim :])


def _made_at(output: Variable) -> str:
    """A line that tells where a step has made a result."""
    origin = output.owner.origin if output.owner is not None else output.origin
    return f"\n    the result {output} is made at {origin}" if origin is not None else ""


def _outside(wanted: Sequence[Variable], changing: set[Variable]) -> dict[Variable, None]:
    """The variables, in order, that the step takes and that do not change from step to step."""
    inner: set[Variable] = set(changing)
    found: dict[Variable, None] = {}
    for node in io_toposort(changing, wanted):
        if any(v in inner for v in node.inputs):
            inner.update(node.outputs)
            found.update(dict.fromkeys(v for v in node.inputs if v not in inner and not isinstance(v, Constant)))
    found.update(dict.fromkeys(v for v in wanted if v not in inner and not isinstance(v, Constant)))
    return found
