"""What is printed when Python ends, and where."""

from __future__ import annotations

import atexit
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TextIO

from theano.configuration import config

if TYPE_CHECKING:
    from theano.profiling.stats import ProfileStats

logger = logging.getLogger("theano.compile.profiling")
_printed: list[ProfileStats] = []  # at exit
_counted: list[ProfileStats] = []  # of functions that are counted for ``config.print_global_stats``
_registered = False


class Totals(NamedTuple):
    """Seconds of all profiled functions of the process: in calls, rewriting, and the rest of compiling."""

    calls: float
    rewriting: float
    linking: float


def print_at_exit(profile: ProfileStats) -> None:
    _printed.append(profile)
    _register()


def count_globally(profile: ProfileStats) -> None:
    """Add a profile to the totals of all functions, which are printed at exit under ``print_global_stats``."""
    _counted.append(profile)
    _register()


def totals() -> Totals:
    """Of all profiles that are printed at exit, or counted."""
    profiles = [*_printed, *_counted]
    return Totals(
        seconds_in_calls(profiles),
        sum(p.optimizer_time for p in profiles),
        sum(p.linker_time for p in profiles),
    )


def seconds_in_calls(profiles: Iterable[ProfileStats]) -> float:
    """Of all functions that these profiles measure; of one that two of them have in common once."""
    measured = {id(times): times for profile in profiles for _, times in profile.sources}
    return sum(times.total().seconds for times in measured.values())


def seconds_in_all_calls(profile: ProfileStats) -> float:
    """Of functions measured by this profile, or by one that is printed at exit, or counted."""
    return seconds_in_calls([*_printed, *_counted, profile])


def seconds_since_import() -> float:
    from theano.compile.function import IMPORTED_AT

    return time.time() - IMPORTED_AT


def print_global_stats() -> None:
    """Print the seconds of all functions together, to where ``config.profiling.destination`` says."""
    found = totals()
    with _destination() as file:
        print("=" * 50, file=file)
        print(
            "Global stats: ",
            f"Time elasped since Theano import = {seconds_since_import():6.3f}s, "
            f"Time spent in Theano functions = {found.calls:6.3f}s, "
            f"Time spent compiling Theano functions: rewriting = {found.rewriting:6.3f}s, "
            f"linker = {found.linking:6.3f}s ",
            file=file,
        )
        print("=" * 50, file=file)


def _register() -> None:
    global _registered
    if not _registered:
        atexit.register(_at_exit)
        _registered = True


def _at_exit() -> None:
    if config.print_global_stats:
        print_global_stats()
    called = [p for p in _printed if p.fct_callcount or p.compile_time > 1]
    if not called:
        return
    try:
        with _destination() as file:
            for profile in called:
                profile.summary(file)
            if len(called) > 1:
                print_sum(called, file)
    except OSError as problem:
        logger.error("The profile could not be written to %s: %s", config.profiling.destination, problem)


def print_sum(profiles: list[ProfileStats], file: TextIO) -> None:
    """All profiles as one."""
    from theano.profiling.stats import ProfileStats

    whole = ProfileStats(atexit_print=False, message=f"Sum of all({len(profiles)}) printed profiles at exit.")
    for profile in profiles:
        whole.sources += profile.sources
        whole.tasks += profile.tasks
        whole.making_phases.whole.absorb(profile.making_phases.whole)
    whole.summary(file)


@contextmanager
def _destination() -> Iterator[TextIO]:
    match config.profiling.destination:
        case "stderr":
            yield sys.stderr
        case "stdout":
            yield sys.stdout
        case path:
            with open(path, "a", encoding="utf-8") as file:
                yield file
