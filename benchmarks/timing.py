"""Interleaved timing of calls: every round times one batch of each peer in turn, so that all see the same machine."""

import contextlib
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.client import Client, PeerFailed
from benchmarks.measurement import Measurement
from benchmarks.peers import PEERS
from benchmarks.workloads.workload import Case, Workload, reference

PAUSE_SECONDS = 0.01  # idle threads of the peer before have stopped spinning by then


@dataclass(frozen=True)
class Plan:
    """How to measure.

    rounds         batches a peer
    batch_seconds  length of a batch
    patience       seconds after which a peer that does not answer is given up
    """

    rounds: int = 7
    batch_seconds: float = 0.2
    patience: float = 300.0


class Workers:
    """Workers of one thread count, started when first needed and again after a failure."""

    def __init__(self, threads: int, folder: Path, plan: Plan) -> None:
        self.threads, self.folder, self.plan = threads, folder, plan
        self.running: dict[str, Client] = {}

    def client(self, peer: str) -> Client:
        """The worker of a peer, its modules imported."""
        known = self.running.get(peer)
        if known is None or not known.is_alive:
            chosen = PEERS[peer]
            started = Client(chosen, self.threads, chosen.cache, self.plan.patience, self.folder)
            try:
                started.ask("hello")
            except PeerFailed:
                started.close()
                raise
            self.running[peer] = started
        return self.running[peer]

    def close(self) -> None:
        """End them all."""
        for client in self.running.values():
            client.close()


def time_calls(
    workload: Workload,
    cases: Iterable[Case],
    peers: Iterable[str],
    threads: int,
    plan: Plan,
) -> Iterable[list[Measurement]]:
    """Time the cases one after the other, yielding the measurements of all peers for each."""
    chosen = [peer for peer in peers if peer in workload.builders]
    with tempfile.TemporaryDirectory(prefix="benchmarks-", ignore_cleanup_errors=True) as folder:
        workers = Workers(threads, Path(folder), plan)
        with contextlib.closing(workers):
            for case in cases:
                yield _time_case(workload, case, chosen, workers, plan)


def _time_case(
    workload: Workload, case: Case, peers: list[str], workers: Workers, plan: Plan
) -> list[Measurement]:
    expected = reference(workload, case)
    failures: dict[str, str] = {}
    batches: dict[str, tuple[int, str]] = {}
    seconds: dict[str, list[float]] = {peer: [] for peer in peers}
    used_bytes: dict[str, int | None] = {}

    def each(work: Callable[[str, Client], None]) -> None:
        """Do it for each peer in turn; one that fails is left out from then on."""
        for peer in peers:
            if peer not in failures:
                try:
                    work(peer, workers.client(peer))
                except PeerFailed as failure:
                    failures[peer] = str(failure)

    def prepare(peer: str, client: Client) -> None:
        results = workers.folder / f"{peer}.npz"
        built = client.ask("prepare", workload=workload.name, case=case.label, results=str(results))
        used_bytes[peer] = built["resident_bytes"]
        if not PEERS[peer].is_roofline:
            with np.load(results) as found:
                check(list(found.values()), expected, case.tolerance)
        chosen = client.ask("calibrate", batch_seconds=plan.batch_seconds)
        batches[peer] = chosen["calls"], chosen["arguments"]

    def time_batch(peer: str, client: Client) -> None:
        time.sleep(PAUSE_SECONDS)
        calls, _ = batches[peer]
        seconds[peer].append(client.ask("time", calls=calls)["seconds"] / calls)

    def finish(peer: str, client: Client) -> None:
        peak, before = client.ask("finish")["peak_bytes"], used_bytes[peer]
        used_bytes[peer] = None if peak is None or before is None else peak - before

    each(prepare)
    for _ in range(plan.rounds):
        each(time_batch)
    each(finish)
    return [
        Measurement(
            workload=workload.name,
            case=case.label,
            threads=workers.threads,
            peer=peer,
            seconds=tuple(seconds[peer]) if peer not in failures else (),
            failure=failures.get(peer, ""),
            note=batches[peer][1] if peer in batches else "",
            used_bytes=used_bytes.get(peer) if peer not in failures else None,
            moved_bytes=case.moved_bytes,
            flops=case.flops if not PEERS[peer].is_roofline else None,
            is_roofline=PEERS[peer].is_roofline,
        )
        for peer in peers
    ]


def check(found: list[np.ndarray], expected: list[np.ndarray], tolerance: float) -> None:
    """Raise PeerFailed unless shapes are equal and errors are small beside the largest entry of the reference."""
    for call, (value, wanted) in enumerate(zip(found, expected, strict=True)):
        if value.shape != wanted.shape:
            raise PeerFailed(f"wrong result: shape {value.shape} instead of {wanted.shape} in call {call}")
        if value.dtype != wanted.dtype:
            raise PeerFailed(f"wrong result: dtype {value.dtype} instead of {wanted.dtype} in call {call}")
        scale = np.abs(wanted).max(initial=0.0)
        error = np.abs(value - wanted).max(initial=0.0)
        if not error <= tolerance * scale:
            raise PeerFailed(f"wrong result: error {error:.1e} beside {scale:.1e} in call {call}")
