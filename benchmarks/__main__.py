"""``python -m benchmarks [workload ...]``: measure, print tables, write JSON."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.environments import is_complete, versions
from benchmarks.machine import machine
from benchmarks.measurement import Measurement
from benchmarks.peers import PEERS, ROOT
from benchmarks.report import as_json, summary, table, write_json
from benchmarks.starts import time_compiles, time_imports
from benchmarks.timing import Plan, time_calls
from benchmarks.workloads import STARTS, WORKLOADS


def parse(arguments: list[str]) -> argparse.Namespace:
    """Options of the command line."""
    names = (*STARTS, *WORKLOADS)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("workloads", nargs="*", help=f"of {', '.join(names)}; all when none is given")
    parser.add_argument("--quick", action="store_true", help="small cases, few and short rounds")
    parser.add_argument("--long", action="store_true", help="also cases that take a peer minutes to compile")
    parser.add_argument("--threads", type=_numbers, default=(1, 2), help="thread counts (default 1,2)")
    parser.add_argument(
        "--peers",
        type=_words,
        default=tuple(PEERS),
        help=f"of {','.join(PEERS)} (default all)",
    )
    parser.add_argument("--cases", default="", help="only cases whose label contains this text")
    parser.add_argument("--rounds", type=int, help="rounds per case (default 7, quick 3)")
    parser.add_argument(
        "--patience",
        type=float,
        default=300.0,
        help="seconds to wait for a peer (default 300)",
    )
    parser.add_argument("--json", type=Path, help="file to write (default benchmarks/results/TIME.json)")
    options = parser.parse_args(arguments)
    if unknown := set(options.workloads) - set(names):
        parser.error(f"no such workload: {', '.join(sorted(unknown))}")
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    if max(options.threads) > len(os.sched_getaffinity(0)):
        parser.error(
            f"{max(options.threads)} threads asked for, {len(os.sched_getaffinity(0))} processors here"
        )
    return options


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(word) for word in text.split(","))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def measure(options: argparse.Namespace) -> Iterable[list[Measurement]]:
    """All that was asked for, case by case as it comes."""
    rounds = options.rounds or (3 if options.quick else 7)
    plan = Plan(rounds, 0.05 if options.quick else 0.2, options.patience)
    starts = Plan(min(rounds, 3), patience=options.patience)  # each takes seconds
    wanted = options.workloads or (*STARTS, *WORKLOADS)
    if "import" in wanted:
        yield from time_imports(options.peers, options.threads[0], starts)
    if "compile" in wanted:
        yield from time_compiles(
            options.peers,
            options.threads[-1],
            starts,
            lambda workload, case: options.cases in f"{workload.name} {case.label}"
            and case.is_wanted(quick=options.quick, long=options.long),
        )
    for workload in (WORKLOADS[name] for name in WORKLOADS if name in wanted):
        cases = [
            case
            for case in workload.cases
            if options.cases in case.label and case.is_wanted(quick=options.quick, long=options.long)
        ]
        for threads in options.threads:
            if threads in workload.threads:
                yield from time_calls(workload, cases, options.peers, threads, plan)


def left_out(options: argparse.Namespace) -> list[str]:
    """Cases that ``--cases`` names and that do not run all the same, because they are long or not quick."""
    if not options.cases:
        return []
    wanted = options.workloads or (*STARTS, *WORKLOADS)
    found = []
    for workload in WORKLOADS.values():
        for case in workload.cases:
            label = f"{workload.name} {case.label}"
            is_called = workload.name in wanted and options.cases in case.label
            is_compiled = "compile" in wanted and case.label in workload.compiled and options.cases in label
            if (is_called or is_compiled) and not case.is_wanted(quick=options.quick, long=options.long):
                found.append(f"{label}: {'--long takes it in' if case.is_long else 'not with --quick'}")
    return found


def main(arguments: list[str]) -> int:
    """Measure; print each case as soon as it is done; write everything at the end, or when interrupted."""
    options = parse(arguments)
    for reason in left_out(options):
        print(f"left out: {reason}", file=sys.stderr)
    here = machine()
    print(*(f"{key}: {value}" for key, value in here.items()), sep="\n")
    environments = dict.fromkeys(PEERS[peer].environment for peer in options.peers)
    found = {name: versions(name) for name in environments if is_complete(name)}
    cases: list[list[Measurement]] = []
    try:
        for measurements in measure(options):
            cases.append(measurements)
            print(f"\n{table(measurements)}", flush=True)
    except KeyboardInterrupt:
        print("\ninterrupted")
    path = options.json or ROOT / "benchmarks" / "results" / f"{str(here['time']).replace(':', '')[:17]}.json"
    write_json(path, as_json(here, found, cases))
    print(f"\n{summary(cases)}\n\nwritten: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
