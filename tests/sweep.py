"""How many random examples a test tries: the same ones in every run of the suite, others and more of them in a sweep.

Where FACTOR is 1, tests of much that is alike take a part of it that holds every op, dtype and back end; a sweep takes all.

    SWEEP=20 python -m pytest -n 2 -k random      # or: make sweep
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

FACTOR = int(os.environ.get("SWEEP", "1"))

# A loaded machine makes no test fail, and neither do examples that nobody has seen before: these are for a sweep.
settings.register_profile(
    "suite", deadline=None, derandomize=FACTOR == 1, suppress_health_check=[HealthCheck.too_slow]
)


def examples(count: int) -> settings:
    """So many examples, in a sweep FACTOR times as many."""
    return settings(max_examples=count * FACTOR)
