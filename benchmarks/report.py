"""Measurements as tables for people and as JSON for programs."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from math import exp, log
from pathlib import Path

from benchmarks.measurement import Measurement, lead, ratios

OURS = "theano"
REASON_LENGTH = 100  # characters of a failure's reason that fit beside the table


def time_text(seconds: float) -> str:
    """Three digits and a unit.

    >>> time_text(2.8e-7), time_text(0.0153), time_text(12.5)
    ('280 ns', '15.3 ms', '12.5 s')
    """
    for size, unit in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= size * 0.9995:
            return f"{_three_digits(seconds / size)} {unit}"
    return f"{_three_digits(seconds / 1e-9)} ns"


def _three_digits(number: float) -> str:
    for limit, decimals in ((9.995, 2), (99.95, 1)):
        if number < limit:
            return f"{number:.{decimals}f}"
    return f"{number:.0f}"


def table(measurements: list[Measurement]) -> str:
    """The peers of one case, fastest first, failures last."""
    first = measurements[0]
    slower = ratios(measurements)
    rows = [
        (
            "peer",
            "median",
            "spread",
            "x fastest",
            *_rate_heads(measurements),
            "memory",
            "",
        )
    ]
    order = sorted(measurements, key=lambda m: (m.median_seconds is None, m.median_seconds or 0.0))
    for m in order:
        if m.median_seconds is None:
            continue
        memory = "" if m.used_bytes is None else f"{max(0, m.used_bytes) / 2**20:.0f} MiB"
        ratio = "" if m.is_roofline or m.peer not in slower else f"{slower[m.peer]:.2f}"
        rates = (
            *_rate(m.bytes_per_second, measurements),
            *_rate(m.flops_per_second, measurements, "flops"),
        )
        rows.append(
            (
                m.peer,
                time_text(m.median_seconds),
                f"{m.spread:.0%}",
                ratio,
                *rates,
                memory,
                m.note,
            )
        )
    plural = "" if first.threads == 1 else "s"
    lines = [
        f"{first.workload}: {first.case}, {first.threads} thread{plural}",
        *_aligned(rows),
    ]
    lines += [f"  {m.peer:14} n/a: {_shortened(m.failure)}" for m in order if m.median_seconds is None]
    return "\n".join(lines)


def _rate_heads(measurements: list[Measurement]) -> tuple[str, ...]:
    heads = []
    if any(m.moved_bytes for m in measurements):
        heads.append("GB/s")
    if any(m.flops for m in measurements):
        heads.append("GFLOP/s")
    return tuple(heads)


def _rate(rate: float | None, measurements: list[Measurement], of: str = "moved_bytes") -> tuple[str, ...]:
    """The cell of a rate, none at all where the case has no such rate."""
    if not any(getattr(m, of) for m in measurements):
        return ()
    return ("" if rate is None else _three_digits(rate / 1e9),)


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    """Columns set flush right, the first and the last flush left."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    widths[0] = max(widths[0], 14)
    lines = []
    for first, *middle, last in rows:
        cells = [cell.rjust(width) for cell, width in zip(middle, widths[1:-1], strict=True)]
        lines.append(f"  {first:{widths[0]}} {'  '.join(cells)}  {last}".rstrip())
    return lines


def _shortened(reason: str) -> str:
    return reason if len(reason) <= REASON_LENGTH else reason[: REASON_LENGTH - 3] + "..."


def summary(cases: Iterable[list[Measurement]]) -> str:
    """Per workload, how many times faster we are than the fastest other peer: geometric mean, worst and best case."""
    leads = defaultdict(list)
    for measurements in cases:
        found = lead(measurements, OURS)
        if found is not None:
            leads[measurements[0].workload].append((found[1], measurements[0].case, found[0]))
    if not leads:
        return f"{OURS} was not measured."
    rows = [
        (
            "workload",
            "mean",
            "worst",
            "best",
            "worst case, and who is faster or next there",
        )
    ]
    for workload, found in leads.items():
        mean = exp(sum(log(factor) for factor, *_ in found) / len(found))
        worst, case, rival = min(found)
        rows.append(
            (
                workload,
                f"{mean:.2f}",
                f"{worst:.2f}",
                f"{max(found)[0]:.2f}",
                f"{case}: {rival}",
            )
        )
    return "\n".join([f"time of the fastest other peer / time of {OURS}", *_aligned(rows)])


def as_json(
    machine: dict[str, object],
    versions: dict[str, dict[str, str]],
    cases: Iterable[list[Measurement]],
) -> dict[str, object]:
    """The document written to a file: machine, versions, and one record per measurement with its statistics."""
    records = []
    for measurements in cases:
        slower = ratios(measurements)
        for m in measurements:
            derived = {
                "median_seconds": m.median_seconds,
                "spread": m.spread,
                "ratio_to_fastest": slower.get(m.peer),
                "bytes_per_second": m.bytes_per_second,
                "flops_per_second": m.flops_per_second,
            }
            records.append({**asdict(m), **derived})
    return {"machine": machine, "versions": versions, "measurements": records}


def write_json(path: Path, document: dict[str, object]) -> None:
    """Write the document, making its folder if needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n")
