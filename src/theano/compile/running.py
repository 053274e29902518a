"""Many calls of a compiled function in one: what ``f.run`` does.

Native code makes the calls: no Python runs between them, but for signals and the caller's own callback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import BuiltinFunctionType
from typing import Any

import numpy as np

from theano.backends.llvm.parts import loaded_repeat
from theano.compile.calling import Caller

CHUNKS = 100  # how often a progress bar moves, at least every step


def run(
    caller: Caller,
    n: int,
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    index: Any,
    cut: Mapping[Any, Any] | None,
    batch_size: int | None,
    start: int,
    stack: bool,
    callback: Callable[[int, Any], Any] | None,
    every: int | None,
    progress: bool,
) -> Any:
    """See ``Function.run``."""
    if n < 0 or n != int(n):
        raise ValueError(f"run(n) makes n calls: n is 0 or more, found {n!r}")
    if (every is not None) and every < 1:
        raise ValueError(f"run(every=k) calls back every k calls: k is 1 or more, found {every!r}")
    prepared = _Prepared(caller, args, kwargs, index, cut or {}, batch_size)
    results: list[Any] | None = [] if stack else None
    last: Any = None
    n = int(n)
    step = every or (max(n // CHUNKS, 1) if progress else n)
    repeat = loaded_repeat() if isinstance(caller.native, BuiltinFunctionType) else _repeat
    with _bar(progress, n) as advance:
        done = 0
        while done < n:
            until = min(done + step, n)
            last = repeat(
                caller.native, prepared.values, start + done, start + until, prepared.number, prepared.batches, results
            )
            advance(until - done)
            done = until
            if callback is not None:
                callback(done, caller.arranged(last))
    caller.forget_set_beforehand()
    if results is None:
        return None if n == 0 else caller.arranged(last)
    if not results:
        return None
    if caller.single:
        return np.stack(results)
    return caller.arranged([np.stack(column) for column in zip(*results, strict=True)])


class _Prepared:
    """The arguments of all calls, converted once.

    values   what is given, each time unless told otherwise
    number   the 0-d array among them that counts the calls, or None
    batches  for each argument None, or what it is in one call after the other
    """

    def __init__(
        self,
        caller: Caller,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        index: Any,
        cut: Mapping[Any, Any],
        batch_size: int | None,
    ) -> None:
        counted = None if index is None else caller.position(index)
        cuts = {caller.position(key): value for key, value in cut.items()}
        if cuts and (batch_size is None or batch_size < 1):
            raise ValueError(f"run(cut=...) needs batch_size, how many rows a call is given, found {batch_size!r}")
        self.number = None if counted is None else _number_for(caller.inputs[counted].variable)
        given = caller.given(args, kwargs, {**cuts, **({} if counted is None else {counted: self.number})})
        values: list[Any] = []
        batches: list[list[np.ndarray] | None] = []
        for argument, k in enumerate(caller.arguments):
            value: Any = self.number if k == counted else caller.convert(argument, caller.value(k, given))
            if isinstance(value, np.ndarray) and not value.flags.c_contiguous:
                value = np.ascontiguousarray(value)
            values.append(value)
            batches.append(_batches(value, batch_size or 1, caller.inputs[k].variable) if k in cuts else None)
        self.values, self.batches = tuple(values), tuple(batches)
        caller.hold_states(given)


def _number_for(variable: Any) -> np.ndarray:
    if getattr(variable.type, "ndim", None) != 0 or variable.type.dtype != "int64":
        raise TypeError(f"run(index=...) counts in a 0-d int64 input such as T.lscalar(), found {variable} of {variable.type}")
    return np.zeros((), "int64")


def _batches(rows: np.ndarray, size: int, variable: Any) -> list[np.ndarray]:
    """The rows cut into batches; those that fill none are left over."""
    if rows.ndim == 0 or len(rows) < size:
        raise ValueError(f"run(cut=...): {variable} has shape {rows.shape}, too few rows for a batch of {size}")
    return [rows[k : k + size] for k in range(0, len(rows) - size + 1, size)]


def _repeat(
    function: Any, arguments: tuple, first: int, stop: int, number: Any, cuts: tuple, results: list | None
) -> Any:
    """The same in Python, for back ends whose functions are no builtins."""
    last = None
    for i in range(first, stop):
        if number is not None:
            number[...] = i
        last = function(*(v if cut is None else cut[i % len(cut)] for v, cut in zip(arguments, cuts, strict=True)))
        if results is not None:
            results.append(last)
    return last


@contextmanager
def _bar(wanted: bool, n: int) -> Iterator[Callable[[int], Any]]:
    """A progress bar of rich or tqdm, whichever is installed; nothing where it is not wanted or neither is."""
    if not wanted:
        yield lambda count: None
        return
    try:
        from rich.progress import Progress
    except ImportError:
        try:
            from tqdm import tqdm
        except ImportError:
            yield lambda count: None
            return
        with tqdm(total=n) as bar:
            yield bar.update
        return
    with Progress() as progress:
        task = progress.add_task("", total=n)
        yield lambda count: progress.advance(task, count)
