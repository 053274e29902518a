"""The driver's end of a worker: start it, ask it, put an end to it."""

import contextlib
import json
import os
import select
import signal
import subprocess
from pathlib import Path

from benchmarks.environments import is_complete
from benchmarks.peers import ROOT, Peer, own_variables, thread_variables


class PeerFailed(Exception):
    """A peer could not do what it was asked; the message is the reason, fit for a report."""


class Client:
    """A running worker.

    cache     folder for the peer's compiled code
    patience  seconds to wait for an answer
    logs      folder for what the peer prints; by default that of its code
    """

    def __init__(
        self, peer: Peer, threads: int, cache: Path, patience: float, logs: Path | None = None
    ) -> None:
        if not is_complete(peer.environment):
            raise PeerFailed(f"no environment {peer.environment}: python -m benchmarks.environments")
        cache.mkdir(parents=True, exist_ok=True)
        self.patience = patience
        self.log = (logs or cache) / f"{peer.name}.{threads}.log"
        processors = sorted(os.sched_getaffinity(0))[:threads]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [
                    str(peer.python),
                    "-m",
                    "benchmarks.worker",
                    peer.name,
                    str(threads),
                    *map(str, processors),
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                cwd=ROOT,
                start_new_session=True,  # so that compilers it has started can be ended with it
                env={
                    **own_variables(),
                    **thread_variables(threads),
                    **peer.variables(str(cache)),
                },
            )

    def ask(self, do: str, **request: object) -> dict[str, object]:
        """The answer to one request.

        Raises PeerFailed when the worker says so, has died, or does not answer in time; in the last two cases it is
        closed.
        """
        try:
            self.process.stdin.write(json.dumps({"do": do, **request}) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise self._lost() from None
        if not select.select([self.process.stdout], [], [], self.patience)[0]:
            self.close()
            raise PeerFailed(f"no answer to {do} within {self.patience:.0f} s")
        line = self.process.stdout.readline()
        if not line:
            raise self._lost()
        answer = json.loads(line)
        if "failure" in answer:
            raise PeerFailed(str(answer["failure"]))
        return answer

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked."""
        return self.process.poll() is None

    def close(self) -> None:
        """End the worker."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()

    def _lost(self) -> PeerFailed:
        status = self.process.wait()
        said = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return PeerFailed(f"worker ended with status {status}: {said[-1].strip() if said else 'no message'}")
