"""A profile as text, in the manner of Theano 1.0.5."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from theano.backends.timing import TimedStep
from theano.configuration import config
from theano.graph import Apply
from theano.graph.phases import Phase
from theano.profiling.at_exit import seconds_in_all_calls, seconds_since_import

if TYPE_CHECKING:
    from theano.profiling.stats import ProfileStats

_printers: list[Callable[..., Any]] = []
ORDERED_STEPS = 16  # of so many at most the best order is looked for


def register_profiler_printer(fct: Callable[..., Any]) -> Callable[..., Any]:
    """Have ``fct(message, compile_time, fct_call_time, apply_time, apply_cimpl, outputs_size, file)`` called whenever a
    summary is printed.  A decorator."""
    _printers.append(fct)
    return fct


def print_summary(profile: ProfileStats, file: TextIO, n_ops: int, n_apply: int) -> None:
    print_function(profile, file)
    print_globals(profile, file)
    if profile.total().calls and profile.times_steps:
        print_classes(profile, file, n_ops)
        print_ops(profile, file, n_ops)
        print_nodes(profile, file, n_apply)
        print_steps(profile, file, n_apply)
        if config.profile_memory:
            print_memory(profile, file, n_apply)
    if profile.times_rules:
        print_rewrites(profile, file, n_ops)
    print_extra(profile, file)
    print_tips(profile, file)
    if config.profiling.debugprint:
        from theano.printing import debugprint

        for task in profile.tasks:
            debugprint(task.rewritten(), file=file)


def print_function(profile: ProfileStats, file: TextIO) -> None:
    total, phases = profile.total(), profile.making_phases
    in_steps = sum(step.seconds for step in profile.steps() if step.within < 0) if profile.times_steps else 0.0
    lines = ["Function profiling", "==================", f"  Message: {profile.message or ''}"]
    if total.calls:
        lines += [
            f"  Time in {total.calls} calls to Function.__call__: {total.seconds:e}s",
            f"  Time in Function.fn.__call__: {total.seconds:e}s (100.000%)",
        ]
        if profile.times_steps:
            share = _percent(in_steps, total.seconds)
            lines += [
                f"  Time in thunks: {in_steps:e}s ({share:.3f}%)",
                f"  Time outside of thunks: {total.seconds - in_steps:e}s ({100 - share:.3f}%)",
            ]
    lines += [
        f"  Total compile time: {profile.compile_time:e}s",
        f"    Number of Apply nodes: {profile.nb_nodes}",
        f"    Theano Optimizer time: {profile.optimizer_time:e}s",
        f"       Theano validate time: {profile.validate_time:e}s",
        f"    Theano Linker time (includes C, CUDA code generation/compiling): {profile.linker_time:e}s",
        f"       Import time {profile.import_time:e}s",
        f"       Node make_thunk time {profile.linker_node_make_thunks:e}s",
        *(f"       {name}: {phase.seconds:e}s" for name, phase in phases.whole.parts.items()),
    ]
    for text in lines:
        _line(profile, file, text)
    print(file=file)


def print_globals(profile: ProfileStats, file: TextIO) -> None:
    _line(profile, file, f"Time in all calls of profiled functions {seconds_in_all_calls(profile):e}s")
    _line(profile, file, f"Time since theano import {seconds_since_import():.3f}s")


# -- tables ----------------------------------------------------------------------------------------------------------------


def print_classes(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    seconds, calls, count, how = (
        profile.class_time(), profile.class_callcount(), profile.class_nodes(), profile.class_impl()
    )  # fmt: skip
    table = [
        (seconds[c], f"{how[c]} {calls[c]:7d}  {count[c]:4d}   {c.__module__}.{c.__qualname__}", calls[c]) for c in seconds
    ]
    _print_table(profile, file, "Class", "<type> <#call> <#apply> <Class name>", table, N, "Classes")


def print_ops(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    seconds, calls, count, how = profile.op_time(), profile.op_callcount(), profile.op_nodes(), profile.op_impl()
    table = [(seconds[o], f"{how[o]} {calls[o]:7d}  {count[o]:4d}   {o}", calls[o]) for o in seconds]
    _print_table(profile, file, "Ops", "<type> <#call> <#apply> <Op name>", table, N, "Ops")


def print_nodes(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    seconds, calls, place = profile.apply_time, profile.apply_callcount, places(profile)
    table = [
        (seconds[n], f"{calls[n]:6d}  {place.get(n, 0):4d}   {described(n)}", calls[n]) for n in seconds
    ]
    _print_table(profile, file, "Apply", "<#call> <id> <Apply name>", table, N, "Apply instances")


def print_steps(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    """The steps as they are carried out, with what each of them moves and computes; those of loops below the loops."""
    steps = profile.steps()
    whole = sum(step.seconds for step in steps if step.within < 0)
    header = "<% time> <apply time> <time per call> <#call> <GB/s> <Gflop/s> <step: its applications, and their lines>"
    _line(profile, file, "Steps")
    _line(profile, file, "-----")
    _line(profile, file, header)
    order = list(ordered(steps))
    shown = order[:N]
    for k, depth in shown:
        step = steps[k]
        moved, computed = rates(step)
        each = step.seconds / step.calls if step.calls else 0.0
        text = (
            f"  {_percent(step.seconds, whole):5.1f}%  {step.seconds:9.3f}s  {each:11.2e}s  {step.calls:7d} "
            f"{_or_blank(moved)} {_or_blank(computed)}   {'  ' * depth}{step.kind}: {summed_up(step.nodes)}"
        )
        _line(profile, file, text)
        if step.note:
            _line(profile, file, f"{'':62}{'  ' * depth}{step.note}")
    _remaining(profile, file, len(order) - len(shown), "Steps", "")


def print_rewrites(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    """Phases of compiling, and in them passes and rules, the longest first."""
    _line(profile, file, "Compiling")
    _line(profile, file, "---------")
    _line(profile, file, "<seconds> <#call> <#changes> <phase>")

    def show(phase: Phase, depth: int) -> None:
        changes = f"{phase.changes:8d}" if phase.changes >= 0 else f"{'':8}"
        _line(profile, file, f"  {phase.seconds:9.6f} {phase.calls:7d} {changes}   {'  ' * depth}{phase.name}")
        parts = sorted(phase.parts.values(), key=lambda part: -part.seconds)
        for part in parts[:N]:
            show(part, depth + 1)
        if N is not None and len(parts) > N:
            rest = sum(part.seconds for part in parts[N:])
            _line(profile, file, f"  {rest:9.6f} {'':16}   {'  ' * (depth + 1)}... {len(parts) - N} others")

    show(profile.making_phases.whole, 0)
    print(file=file)


def print_memory(profile: ProfileStats, file: TextIO, N: int | None = None) -> None:
    total, steps = profile.total(), profile.steps()
    outputs = total.output_bytes // max(total.calls, 1)
    loops = max((step.room for step in steps), default=0)
    _line(profile, file, "Memory Profile (the max between all functions in that profile)")
    _line(profile, file, "---")
    _line(profile, file, "    Max peak memory with current setting")
    peak = total.room + outputs + loops
    parts = f"temporaries {_kilobytes(total.room)}, of loops {_kilobytes(loops)}, outputs {_kilobytes(outputs)}"
    _line(profile, file, f"        CPU: {_kilobytes(peak)} ({parts})")
    if config.profiling.min_peak_memory:
        least = least_peak([step for step in steps if step.within < 0])
        found = f"more than {ORDERED_STEPS} steps" if least is None else _kilobytes(least)
        _line(profile, file, "    Minimum peak over all orders of the steps")
        _line(profile, file, f"        CPU: {found}")
    limit = config.profiling.min_memory_size
    large = sorted(((step.written // max(step.calls, 1), step) for step in steps), key=lambda pair: -pair[0])
    listed = [(size, step) for size, step in large if size >= limit]
    _line(profile, file, f"    Steps that write {limit} bytes or more")
    _line(profile, file, "    <bytes written> <bytes read> <step>")
    for size, step in listed[:N]:
        read = step.read // max(step.calls, 1)
        _line(profile, file, f"    {size:14d}B {read:11d}B  {step.kind}: {summed_up(step.nodes)}")
    rest = [size for size, _ in large if size < limit] + [size for size, _ in listed[N:]]
    _line(profile, file, f"   ... (remaining {len(rest)} Steps account for {sum(rest):4d}B)")
    print(file=file)


def print_extra(profile: ProfileStats, file: TextIO) -> None:
    if _printers:
        sizes = {}
        for step in profile.steps():
            if step.within < 0:
                sizes.update({node: [step.written // max(step.calls, 1)] for node in step.nodes})
        for fct in _printers:
            fct(
                profile.message, profile.compile_time, profile.fct_call_time, profile.apply_time, profile.apply_cimpl,
                sizes, file,
            )  # fmt: skip


def print_tips(profile: ProfileStats, file: TextIO) -> None:
    tips = tips_for(profile)
    if tips:
        _line(profile, file, "Here are tips to potentially make your code run faster:")
        for tip in tips:
            _line(profile, file, f"  - {tip}")
        print(file=file)


def tips_for(profile: ProfileStats) -> list[str]:
    """What a reader of the profile might do about it."""
    total, tips = profile.total(), []
    if not total.calls or not profile.times_steps:
        return []
    steps = [step for step in profile.steps() if step.within < 0]
    python = [step for step in steps if step.kind == "python" and step.seconds > total.seconds / 10]
    if python and any(step.kind != "python" for step in steps):
        tips += [
            f"{summed_up(step.nodes)} is performed by Python, {_percent(step.seconds, total.seconds):.0f}% of the time."
            for step in python
        ]
    doubles = [s for s in steps if s.seconds > total.seconds / 4 and any(_dtype(n) == "float64" for n in s.nodes)]
    if doubles:
        tips.append("Most of the time is spent on float64; float32 takes half the memory and about half the time.")
    return tips


# -- parts -----------------------------------------------------------------------------------------------------------------


def described(node: Apply) -> str:
    """``dot(x, w)  [train.py:12]``"""
    return f"{node}  [{node.origin}]" if node.origin is not None else str(node)


def summed_up(nodes: Sequence[Apply], most: int = 6) -> str:
    """The ops of a step and the lines that asked for them: ``Elemwise{tanh,no_inplace}, dot  [train.py:12,14]``"""
    names = [str(node.op) for node in nodes]
    shown = ", ".join([*names[:most], *([f"{len(names) - most} more"] if len(names) > most else [])])
    lines = list(dict.fromkeys(str(node.origin) for node in nodes if node.origin is not None))
    return f"{shown}  [{', '.join(lines[:most])}{', ...' if len(lines) > most else ''}]" if lines else shown


def rates(step: TimedStep) -> tuple[float, float]:
    """Gigabytes and gigaflop a second; 0 where nothing is known."""
    if not step.seconds:
        return 0.0, 0.0
    return (step.read + step.written) / step.seconds / 1e9, step.operations / step.seconds / 1e9


def ordered(steps: Sequence[TimedStep]) -> Iterator[tuple[int, int]]:
    """(position, depth) of each step: the longest first, and after each loop the steps of it."""
    parts: dict[int, list[int]] = {}
    for k, step in enumerate(steps):
        parts.setdefault(step.within, []).append(k)
    stack = [(k, 0) for k in sorted(parts.get(-1, ()), key=lambda k: steps[k].seconds)]
    while stack:
        k, depth = stack.pop()
        yield k, depth
        stack += [(part, depth + 1) for part in sorted(parts.get(k, ()), key=lambda p: steps[p].seconds)]


def places(profile: ProfileStats) -> dict[Apply, int]:
    """The position of each application in the order of its function."""
    return {node: k for task in profile.tasks for k, node in enumerate(task.rewritten().toposort())}


def least_peak(steps: Sequence[TimedStep]) -> int | None:
    """The least memory that results of steps take at one time, over all orders; None where there are too many steps.

    A result is needed until the last step that reads it has run.
    """
    if len(steps) > ORDERED_STEPS:
        return None
    of_node = {node: k for k, step in enumerate(steps) for node in step.nodes}
    sizes = [step.written // max(step.calls, 1) for step in steps]
    needs = [
        {of_node[v.owner] for node in step.nodes for v in node.inputs if v.owner in of_node} - {k}
        for k, step in enumerate(steps)
    ]
    users = [{k for k, needed in enumerate(needs) if place in needed} for place in range(len(steps))]
    least = {frozenset[int](): 0}
    for _ in steps:
        following: dict[frozenset[int], int] = {}
        for done, peak in least.items():
            kept = sum(sizes[k] for k in done if not users[k] or not users[k] <= done)
            for k in range(len(steps)):
                if k not in done and needs[k] <= done:
                    after = done | {k}
                    following[after] = min(following.get(after, peak + kept + sizes[k] + 1), max(peak, kept + sizes[k]))
        least = following or least
    return min(least.values())


def _print_table(
    profile: ProfileStats,
    file: TextIO,
    title: str,
    columns: str,
    table: Iterable[tuple[float, str, int]],
    N: int | None,
    what: str,
) -> None:
    rows = sorted(table, key=lambda row: -row[0])
    whole = sum(seconds for seconds, _, _ in rows)
    _line(profile, file, title)
    _line(profile, file, "-" * max(len(title), 3))
    _line(profile, file, f"<% time> <sum %> <apply time> <time per call> {columns}")
    sums = list(itertools.accumulate(seconds for seconds, _, _ in rows))
    for (seconds, text, calls), so_far in list(zip(rows, sums, strict=True))[:N]:
        each = seconds / calls if calls else 0.0
        begin = f"  {_percent(seconds, whole):5.1f}%   {_percent(so_far, whole):5.1f}%  {seconds:9.3f}s  {each:11.2e}s"
        _line(profile, file, f"{begin}     {text}")
    shown = len(rows[:N])
    rest = whole - (sums[shown - 1] if shown else 0.0)
    _remaining(profile, file, len(rows) - shown, what, f" account for {_percent(rest, whole):6.2f}%({rest:.2f}s) of the runtime")


def _remaining(profile: ProfileStats, file: TextIO, count: int, what: str, told: str) -> None:
    _line(profile, file, f"   ... (remaining {count} {what}{told})")
    print(file=file)


def _line(profile: ProfileStats, file: TextIO, text: str) -> None:
    print(text[: profile.line_width], file=file)


def _percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0


def _or_blank(rate: float) -> str:
    return f"{rate:7.2f}" if rate else f"{'':7}"


def _kilobytes(size: int) -> str:
    return f"{round(size / 1024)}KB"


def _dtype(node: Apply) -> str:
    return getattr(node.outputs[0].type, "dtype", "")
