"""ProfileStats: what is known of the time that some functions take, and the memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from theano.backends.interface import Task
from theano.backends.timing import TimedStep, Times, Total
from theano.configuration import config
from theano.graph import Apply, Op
from theano.graph.phases import Phases
from theano.profiling.at_exit import print_at_exit


class ProfileStats:
    """The times of one function, or of all functions that were made with it.

    ``theano.function(..., profile=True)`` makes one, which is ``f.profile`` then; ``profile=ProfileStats(message=...)``
    may be given to several.  Nothing is stored in it while functions run: whatever is asked for is read from counters
    in their code.

    Parameters
    ----------
    atexit_print
        Print the summary when Python ends.
    flag_time_thunks
        Time each step, or (False) calls alone; None follows ``config.profiling.time_thunks``.
    gpu_checks
        Without effect.
    message
        By keyword: what it is called in what is printed; by default the function's name.
    """

    def __init__(
        self,
        atexit_print: bool = True,
        flag_time_thunks: bool | None = None,
        gpu_checks: bool = True,
        **kwargs: Any,
    ) -> None:
        self.flag_time_thunks = config.profiling.time_thunks if flag_time_thunks is None else flag_time_thunks
        self.message: str | None = None
        self.line_width = config.profiling.output_line_width
        self.making_phases = Phases()
        self.phases: Phases | None = None  # while a function is made
        self.times_steps = bool(self.flag_time_thunks)
        self.times_rules = bool(config.profile_optimizer)
        self.sources: list[tuple[str, Times]] = []
        self.tasks: list[Task] = []
        self.__dict__.update(kwargs)
        if atexit_print:
            print_at_exit(self)

    # -- what back ends and function makers tell --------------------------------------------------------------------

    def add(self, times: Times, name: str) -> None:
        """Take in the times of another function."""
        self.sources.append((name, times))
        if self.message is None:
            self.message = name

    @contextmanager
    def making(self, task: Task) -> Iterator[None]:
        """A function is made inside the ``with`` block."""
        self.tasks.append(task)
        self.phases = self.making_phases
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.making_phases.whole.seconds += time.perf_counter() - begun
            self.making_phases.whole.calls += 1
            self.phases = None

    def reset(self) -> None:
        """Forget all calls."""
        for _, times in self.sources:
            times.reset()

    # -- calls -------------------------------------------------------------------------------------------------------

    def total(self) -> Total:
        """Of the calls of all functions together; of memory the most that one of them takes."""
        found = Total()
        for _, times in self.sources:
            one = times.total()
            found.calls += one.calls
            found.seconds += one.seconds
            found.output_bytes += one.output_bytes
            found.room = max(found.room, one.room)
        return found

    def steps(self) -> list[TimedStep]:
        """The steps of all functions, those of a loop after it."""
        found: list[TimedStep] = []
        for _, times in self.sources:
            first = len(found)
            found += [
                TimedStep(**{**vars(s), "within": s.within + first if s.within >= 0 else -1}) for s in times.steps()
            ]
        return found

    @property
    def fct_callcount(self) -> int:
        return self.total().calls

    @property
    def fct_call_time(self) -> float:
        """Seconds in all calls."""
        return self.total().seconds

    @property
    def vm_call_time(self) -> float:
        """The same: a call is native code from its first instruction on."""
        return self.fct_call_time

    def compute_total_times(self) -> dict[Apply, float]:
        """Of each application, its seconds and those of all that it needs."""
        own = self.apply_time
        totals: dict[Apply, float] = {}
        for node in own:
            self.fill_node_total_time(node, totals)
        return totals

    def fill_node_total_time(self, node: Apply, total_times: dict[Apply, float]) -> None:
        """Enter the seconds of an application and of all that it needs, each counted once, into ``total_times``."""
        own = self.apply_time
        needed, stack = {node}, [node]
        while stack:
            for v in stack.pop().inputs:
                if v.owner is not None and v.owner not in needed:
                    needed.add(v.owner)
                    stack.append(v.owner)
        total_times[node] = sum(own.get(n, 0.0) for n in needed)

    # -- applications, ops and classes of ops -------------------------------------------------------------------------

    @property
    def apply_time(self) -> dict[Apply, float]:
        """Seconds of each application.  What one loop computes shares its time by the costs of what each adds to it."""
        found: dict[Apply, float] = {}
        for node, seconds, _ in self._shares():
            found[node] = found.get(node, 0.0) + seconds
        return found

    @property
    def apply_callcount(self) -> dict[Apply, int]:
        found: dict[Apply, int] = {}
        for node, _, calls in self._shares():
            found[node] = max(found.get(node, 0), calls)
        return found

    @property
    def apply_cimpl(self) -> dict[Apply, bool]:
        """Whether it is carried out by machine code."""
        found: dict[Apply, bool] = {}
        for step in self._outer_steps():
            found.update(dict.fromkeys(step.nodes, step.kind != "python"))
        return found

    def _outer_steps(self) -> list[TimedStep]:
        return [step for step in self.steps() if step.within < 0]

    def _shares(self) -> Iterator[tuple[Apply, float, int]]:
        for step in self._outer_steps():
            for node, share in shares_of(step):
                yield node, step.seconds * share, step.calls

    def _by(self, key: Callable[[Apply], Any], value: Callable[[Apply], Any]) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for node in self.apply_time:
            k, v = key(node), value(node)
            found[k] = v if k not in found else found[k] + v
        return found

    def op_time(self) -> dict[Op, float]:
        """Seconds of each op."""
        return self._by(_op, self.apply_time.__getitem__)

    def op_callcount(self) -> dict[Op, int]:
        """How often each op was carried out."""
        return self._by(_op, self.apply_callcount.__getitem__)

    def op_nodes(self) -> dict[Op, int]:
        """How many applications each op has."""
        return self._by(_op, lambda node: 1)

    def op_impl(self) -> dict[Op, str]:
        """"C " for machine code, "Py" for what Python performs."""
        return {_op(node): IMPLEMENTATIONS[native] for node, native in self.apply_cimpl.items()}

    def class_time(self) -> dict[type, float]:
        """Seconds of each class of ops."""
        return self._by(_class, self.apply_time.__getitem__)

    def class_callcount(self) -> dict[type, int]:
        return self._by(_class, self.apply_callcount.__getitem__)

    def class_nodes(self) -> dict[type, int]:
        return self._by(_class, lambda node: 1)

    def class_impl(self) -> dict[type, str]:
        return {_class(node): IMPLEMENTATIONS[native] for node, native in self.apply_cimpl.items()}

    # -- compiling ---------------------------------------------------------------------------------------------------

    @property
    def compile_time(self) -> float:
        """Seconds for the making of all functions."""
        return self.making_phases.whole.seconds

    @property
    def optimizer_time(self) -> float:
        """Seconds of that for rewriting; none where finished code was found."""
        return self.making_phases.seconds("rewrite")

    @property
    def linker_time(self) -> float:
        """Seconds of that for everything after rewriting: lowering, LLVM, reading and writing the disk cache."""
        return self.compile_time - self.optimizer_time

    validate_time = 0.0
    import_time = 0.0

    @property
    def linker_node_make_thunks(self) -> float:
        """Seconds for machine code: lowering and LLVM."""
        return self.making_phases.seconds("lower and emit") + self.making_phases.seconds("LLVM")

    @property
    def nb_nodes(self) -> int:
        """Applications of all functions, after rewriting."""
        return sum(len(task.rewritten().apply_nodes) for task in self.tasks)

    # -- output ------------------------------------------------------------------------------------------------------

    def summary(
        self, file: TextIO = sys.stderr, n_ops_to_print: int | None = None, n_apply_to_print: int | None = None
    ) -> None:
        """Print everything; of ops and applications as many as asked for, by default as the flags say."""
        from theano.profiling import summary

        summary.print_summary(
            self,
            file,
            config.profiling.n_ops if n_ops_to_print is None else n_ops_to_print,
            config.profiling.n_apply if n_apply_to_print is None else n_apply_to_print,
        )

    def summary_function(self, file: TextIO) -> None:
        """Calls and compiling."""
        self._print("print_function", file)

    def summary_globals(self, file: TextIO) -> None:
        """Of all functions of the process."""
        self._print("print_globals", file)

    def summary_class(self, file: TextIO = sys.stderr, N: int | None = None) -> None:
        """The classes of ops that take the most time."""
        self._print("print_classes", file, N)

    def summary_ops(self, file: TextIO = sys.stderr, N: int | None = None) -> None:
        """The ops that take the most time."""
        self._print("print_ops", file, N)

    def summary_nodes(self, file: TextIO = sys.stderr, N: int | None = None) -> None:
        """The applications that take the most time."""
        self._print("print_nodes", file, N)

    def summary_steps(self, file: TextIO = sys.stderr, N: int | None = None) -> None:
        """The steps that take the most time: loops with all that is computed in them, calls of libraries."""
        self._print("print_steps", file, N)

    def summary_rewrites(self, file: TextIO = sys.stderr, N: int | None = None) -> None:
        """The phases of compiling, and the rewrites."""
        self._print("print_rewrites", file, N)

    def summary_memory(self, file: TextIO, N: int | None = None) -> None:
        """Memory of a call."""
        self._print("print_memory", file, N)

    def print_extra(self, file: TextIO) -> None:
        """What functions given to ``register_profiler_printer`` print."""
        self._print("print_extra", file)

    def print_tips(self, file: TextIO) -> None:
        """What could be made faster."""
        self._print("print_tips", file)

    def _print(self, name: str, file: TextIO, *args: Any) -> None:
        from theano.profiling import summary

        getattr(summary, name)(self, file, *args)

    def to_dict(self) -> dict[str, Any]:
        """Everything as lists, dicts, strings and numbers."""
        from theano.profiling.export import as_dict

        return as_dict(self)

    def to_json(self, path: str | Path | None = None) -> str:
        """The same as JSON; also written to a file where ``path`` is given."""
        import json

        text = json.dumps(self.to_dict(), indent=1)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def to_html(self, path: str | Path | None = None) -> str:
        """A page with a flame chart, which needs nothing beside it; also written to a file where ``path`` is given."""
        from theano.profiling.page import page

        text = page(self)
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def __repr__(self) -> str:
        total = self.total()
        return f"<ProfileStats {self.message or ''}: {total.calls} calls, {total.seconds:.3g} s>"


class ScanProfileStats(ProfileStats):
    """A ProfileStats of another class: here a loop's steps are told in the profile of the function that runs it."""

    def __init__(self, atexit_print: bool = True, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(atexit_print, **kwargs)
        self.name = name

    def summary_globals(self, file: TextIO) -> None:
        """Nothing: the function around tells it."""


IMPLEMENTATIONS = {True: "C ", False: "Py"}


def shares_of(step: TimedStep) -> list[tuple[Apply, float]]:
    """The part of a step's time that is put down to each of its applications, by the costs of their functions."""
    costs = [_cost(node) for node in step.nodes]
    whole = sum(costs)
    return [(node, cost / whole) for node, cost in zip(step.nodes, costs, strict=True)]


def _cost(node: Apply) -> float:
    function = getattr(node.op, "scalar_op", None)
    return float(max(getattr(function, "cost", 1) or 1, 1))


def _op(node: Apply) -> Op:
    return node.op


def _class(node: Apply) -> type:
    return type(node.op)
