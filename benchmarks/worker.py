"""One peer's process: ``python -m benchmarks.worker PEER THREADS CPU ...``, driven by lines of JSON.

A request is ``{"do": name, ...}``, its answer one line: what the function of that name below returns, or
``{"failure": reason}``. The answers have a descriptor of their own, since libraries print to standard output.
"""

import gc
import json
import os
import sys
import timeit
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from time import perf_counter
from typing import IO

from benchmarks.peers import PEERS, Peer

SHORTEST_TRIAL_SECONDS = 0.02  # long enough that the clock and the first cold calls do not decide


@dataclass
class Session:
    """What a worker keeps between requests."""

    peer: Peer
    threads: int
    libraries: tuple[object, ...] = ()
    call: Callable[..., object] | None = None
    arguments: dict[str, tuple[object, ...]] = field(default_factory=dict)
    timer: timeit.Timer | None = None


def hello(session: Session) -> dict[str, object]:
    """Import the peer's modules."""
    start = perf_counter()
    modules = tuple(import_module(name) for name in session.peer.modules)
    seconds = perf_counter() - start
    if "torch" in session.peer.modules:
        (torch,) = modules
        torch.set_num_threads(session.threads)
        is_compiled = session.peer.name == "torch_compile"
        compiled = partial(torch.compile, dynamic=False) if is_compiled else (lambda function: function)
        modules = (torch, compiled)
    session.libraries = modules
    return {"import_seconds": seconds}


def prepare(session: Session, workload: str, case: str, results: str | None) -> dict[str, object]:
    """Build and call once, then write the checked results to the file ``results``.

    ``build_seconds`` reaches from the symbolic expression to the first result.
    """
    # imported late: NumPy would otherwise be there before the peer's import is timed
    import numpy as np

    from benchmarks.workloads import WORKLOADS
    from benchmarks.workloads.workload import checked_results

    chosen = WORKLOADS[workload]
    parameters = chosen.case(case).parameters
    inputs = chosen.inputs(parameters)
    if session.peer.name == "torch_compile":
        # cases share functions, of which it keeps a variant for each shape: all would be looked through at every call
        session.libraries[0].compiler.reset()
    before = reset_peak_bytes()
    start = perf_counter()
    prepared = chosen.builders[session.peer.name](*session.libraries, parameters, inputs)
    first = checked_results(prepared, 1)
    seconds = perf_counter() - start
    if results is not None:
        arrays = first + checked_results(prepared, chosen.case(case).checked_calls - 1)
        np.savez(results, *arrays)
    session.call, session.arguments = prepared.call, prepared.arguments
    return {
        "build_seconds": seconds,
        "resident_bytes": before,
        "peak_bytes": peak_bytes(),
    }


def calibrate(session: Session, batch_seconds: float) -> dict[str, object]:
    """Choose the fastest way to call and how many calls make a batch of about the given length."""
    trials = {}
    for name, values in session.arguments.items():
        timer = _timer(session.call, values)
        calls, seconds = 1, timer.timeit(1)
        while seconds < SHORTEST_TRIAL_SECONDS:
            calls *= 4
            seconds = timer.timeit(calls)
        trials[name] = seconds / calls, timer
    fastest = min(trials, key=lambda name: trials[name][0])
    seconds, session.timer = trials[fastest]
    return {"arguments": fastest, "calls": max(1, round(batch_seconds / seconds))}


def time(session: Session, calls: int) -> dict[str, object]:
    """Seconds that so many calls take together; the garbage collector rests meanwhile."""
    return {"seconds": session.timer.timeit(calls)}


def finish(session: Session) -> dict[str, object]:
    """Forget the computation; the most memory held since ``prepare`` began."""
    peak = peak_bytes()
    session.call, session.arguments, session.timer = None, {}, None
    gc.collect()
    return {"peak_bytes": peak}


REQUESTS = {function.__name__: function for function in (hello, prepare, calibrate, time, finish)}


def _timer(call: Callable[..., object], values: tuple[object, ...]) -> timeit.Timer:
    """A timer of the very expression a user writes, ``call(a0, a1)``: no argument tuple is unpacked in the loop."""
    names = [f"a{i}" for i in range(len(values))]
    return timeit.Timer(
        f"call({', '.join(names)})",
        globals={"call": call, **dict(zip(names, values, strict=True))},
    )


def reset_peak_bytes() -> int | None:
    """Make the peak of this process its present size, and return that; None where the system cannot."""
    try:
        with open("/proc/self/clear_refs", "w") as control:
            control.write("5")
    except OSError:
        return None
    return peak_bytes()


def peak_bytes() -> int | None:
    """The largest resident size of this process since the last reset; None where the system does not say."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return None


def answer(session: Session, request: dict[str, object]) -> dict[str, object]:
    """Do what a request says; whatever a peer raises becomes the answer."""
    try:
        return REQUESTS[request.pop("do")](session, **request)
    except Exception as error:
        lines = str(error).strip().splitlines() or [""]
        return {"failure": f"{type(error).__name__}: {lines[0]}"}


def serve(session: Session, requests: IO[str], answers: IO[str]) -> None:
    """Answer until the requests end."""
    for line in requests:
        print(json.dumps(answer(session, json.loads(line))), file=answers, flush=True)


def main(arguments: list[str]) -> None:
    """Bind this process to its processors, then serve."""
    name, threads, *processors = arguments
    os.sched_setaffinity(0, {int(processor) for processor in processors})
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    serve(Session(PEERS[name], int(threads)), sys.stdin, answers)


if __name__ == "__main__":
    main(sys.argv[1:])
