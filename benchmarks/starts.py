"""Timing of what happens once a process: importing a peer, and compiling with and without a filled cache."""

import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.client import Client, PeerFailed
from benchmarks.measurement import Measurement
from benchmarks.peers import PEERS, Peer, own_variables, thread_variables
from benchmarks.timing import Plan, check
from benchmarks.workloads import WORKLOADS
from benchmarks.workloads.workload import Case, Workload, reference

SLOW_SECONDS = 5.0
"""A start that takes longer is not repeated: its noise is small beside it, and the run has other peers to see to."""

HOPELESS_SECONDS = 20.0
"""A peer that takes longer for a case is not asked for the larger ones of that workload: they would take minutes."""

STATUS = "print(open('/proc/self/status').read())"


@dataclass
class Series:
    """What the rounds of one peer and case have given so far."""

    seconds: list[float] = field(default_factory=list)
    used_bytes: list[int] = field(default_factory=list)

    def add(self, seconds: float, used_bytes: int | None) -> None:
        """Take one round's figures."""
        self.seconds.append(seconds)
        if used_bytes is not None:
            self.used_bytes.append(used_bytes)

    def without_first(self) -> "Series":
        """The same but for the first round, unless there is no other."""
        return Series(self.seconds[1:], self.used_bytes[1:]) if len(self.seconds) > 1 else self

    def measurement(self, workload: str, case: str, threads: int, peer: str, failure: str) -> Measurement:
        """The line of a table."""
        if failure:
            return Measurement(workload, case, threads, peer, failure=failure)
        return Measurement(
            workload,
            case,
            threads,
            peer,
            seconds=tuple(self.seconds),
            used_bytes=max(self.used_bytes, default=None),
            is_roofline=PEERS[peer].is_roofline,
        )


def time_imports(peers: Iterable[str], threads: int, plan: Plan) -> Iterable[list[Measurement]]:
    """Wall time of ``python -c 'import ...'``, start of Python included, beside that of an empty program.

    One more round than asked for is run, and the first forgotten: it writes byte code and fills the file cache.
    Of peers that import the same modules the first is taken.
    """
    importers = {(PEERS[peer].environment, PEERS[peer].modules): peer for peer in reversed(list(peers))}
    chosen = [peer for peer in peers if peer in importers.values()]

    def start(peer: Peer, folder: Path) -> dict[str, tuple[float, int | None]]:
        return {"process": time_import(peer, threads, folder, plan.patience)}

    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        ((_, found),) = _rounds(["process"], chosen, plan.rounds + 1, Path(folder), start)
    yield [
        series.without_first().measurement("import", "process", threads, peer, failure)
        for peer, (series, failure) in found.items()
    ]


def time_import(peer: Peer, threads: int, cache: Path, patience: float) -> tuple[float, int | None]:
    """Wall seconds and peak resident bytes of a process that imports the peer's package."""
    module = peer.modules[:1]
    program = "\n".join([*(f"import {name}" for name in module), STATUS])
    environment = {
        **own_variables(),
        **thread_variables(threads),
        **peer.variables(str(cache)),
    }
    begin = time.perf_counter()
    try:
        done = subprocess.run(
            [str(peer.python), "-c", program],
            env=environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=patience,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PeerFailed(str(error)) from None
    seconds = time.perf_counter() - begin
    if done.returncode != 0:
        raise PeerFailed((done.stderr.strip().splitlines() or ["no message"])[-1])
    peak = [int(line.split()[1]) * 1024 for line in done.stdout.splitlines() if line.startswith("VmHWM:")]
    return seconds, peak[0] if peak else None


def time_compiles(
    peers: Iterable[str],
    threads: int,
    plan: Plan,
    wanted: Callable[[Workload, Case], bool],
) -> Iterable[list[Measurement]]:
    """Seconds from a symbolic expression to its first result, imports excluded, in new processes.

    ``cold`` starts with an empty cache folder, ``warm`` with the one that the cold process has just left. Only cases
    that are ``wanted`` are measured.
    """
    for workload in WORKLOADS.values():
        left_out: dict[str, str] = {}
        for case in map(workload.case, workload.compiled):
            if wanted(workload, case):
                for measurements in _time_compile(workload, case, list(peers), threads, plan, left_out):
                    yield measurements
                    for m in measurements:
                        if (m.median_seconds or 0.0) > HOPELESS_SECONDS:
                            left_out[m.peer] = f"left out: {case.label} took {m.median_seconds:.0f} s"


def _time_compile(
    workload: Workload, case: Case, peers: list[str], threads: int, plan: Plan, left_out: dict[str, str]
) -> Iterable[list[Measurement]]:
    """Cold and warm; ``left_out`` gives reasons why peers are not even started."""
    expected = reference(workload, case)

    def build(peer: Peer, cache: Path) -> tuple[float, int | None]:
        client = Client(peer, threads, cache, plan.patience)
        try:
            client.ask("hello")
            results = cache / "results.npz"
            built = client.ask("prepare", workload=workload.name, case=case.label, results=str(results))
        finally:
            client.close()
        with np.load(results) as found:
            check(list(found.values()), expected, case.tolerance)
        peak, before = built["peak_bytes"], built["resident_bytes"]
        return built["build_seconds"], None if peak is None or before is None else peak - before

    without = dict(left_out)

    def cold_and_warm(peer: Peer, folder: Path) -> dict[str, tuple[float, int | None]]:
        if peer.name in without:
            raise PeerFailed(without[peer.name])
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as cache:
            return {"cold": build(peer, Path(cache)), "warm": build(peer, Path(cache))}

    chosen = [peer for peer in peers if peer in workload.builders and PEERS[peer].is_compiler]
    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        for state, found in _rounds(["cold", "warm"], chosen, plan.rounds, Path(folder), cold_and_warm):
            label = f"{workload.name} {case.label}, {state}"
            yield [
                series.measurement("compile", label, threads, peer, failure)
                for peer, (series, failure) in found.items()
            ]


def _rounds(
    cases: list[str],
    peers: Iterable[str],
    rounds: int,
    folder: Path,
    start: Callable[[Peer, Path], dict[str, tuple[float, int | None]]],
) -> list[tuple[str, dict[str, tuple[Series, str]]]]:
    """Start each peer in turn, so many times; per case and peer the series and the reason of a failure, or ""."""
    peers = list(peers)
    series = {case: {peer: Series() for peer in peers} for case in cases}
    failures: dict[str, str] = {}
    slow: set[str] = set()
    for _ in range(rounds):
        for peer in peers:
            if peer in failures or peer in slow:
                continue
            try:
                figures = start(PEERS[peer], folder)
            except PeerFailed as failure:
                failures[peer] = str(failure)
                continue
            for case, (seconds, used_bytes) in figures.items():
                series[case][peer].add(seconds, used_bytes)
            if max(seconds for seconds, _ in figures.values()) > SLOW_SECONDS:
                slow.add(peer)
    return [(case, {p: (found, failures.get(p, "")) for p, found in series[case].items()}) for case in cases]
