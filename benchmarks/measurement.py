"""What was measured of one peer in one case, and the statistics of it."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Measurement:
    """One line of a table.

    seconds      of one call, or of one start, one entry a round; empty after a failure
    failure      why there is nothing, or ""
    note         how the peer was called, where it had a choice
    used_bytes   most memory used; None where unknown
    moved_bytes  memory traffic of a call, gives bandwidth
    flops        arithmetic of a call, gives the rate
    is_roofline  a bound of the machine, not a competitor
    """

    workload: str
    case: str
    threads: int
    peer: str
    seconds: tuple[float, ...] = ()
    failure: str = ""
    note: str = ""
    used_bytes: int | None = None
    moved_bytes: int | None = None
    flops: int | None = None
    is_roofline: bool = False

    @property
    def median_seconds(self) -> float | None:
        """The middle of the rounds; None after a failure."""
        return median(self.seconds) if self.seconds else None

    @property
    def spread(self) -> float | None:
        """(largest - smallest) / median of the rounds; None after a failure."""
        if not self.seconds:
            return None
        return (max(self.seconds) - min(self.seconds)) / median(self.seconds)

    @property
    def bytes_per_second(self) -> float | None:
        """Memory bandwidth reached."""
        return self.moved_bytes / self.median_seconds if self.moved_bytes and self.seconds else None

    @property
    def flops_per_second(self) -> float | None:
        """Arithmetic rate reached."""
        return self.flops / self.median_seconds if self.flops and self.seconds else None


def ratios(measurements: list[Measurement]) -> dict[str, float]:
    """Median time of each peer over that of the fastest one, for measurements of one case."""
    medians = {m.peer: m.median_seconds for m in measurements if m.median_seconds is not None}
    competitors = [medians[m.peer] for m in measurements if m.peer in medians and not m.is_roofline]
    if not competitors:
        return {}
    fastest = min(competitors)
    return {peer: seconds / fastest for peer, seconds in medians.items()}


def lead(measurements: list[Measurement], ours: str) -> tuple[str, float] | None:
    """The fastest other peer, and its median time over ours: above 1 where ours is faster."""
    by_peer = {m.peer: m.median_seconds for m in measurements if m.seconds and not m.is_roofline}
    own = by_peer.pop(ours, None)
    if own is None or not by_peer:
        return None
    rival = min(by_peer, key=lambda peer: by_peer[peer])
    return rival, by_peer[rival] / own
