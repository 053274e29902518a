"""Programs for processes that compile at the same time: the same functions, and their right values.

    python tests/stress/compiling.py FUNCTIONS        compiles, checks, prints "ok"

The long form of these tests (``make stress``) sets STRESS.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np

LONG = bool(os.environ.get("STRESS"))


def compile_and_check(count: int) -> None:
    """Compile ``count`` different functions, some with loops, updates or called-back ops; AssertionError if wrong."""
    import theano
    import theano.tensor as T

    x = T.dvector("x")
    value = np.linspace(0.5, 2.0, 7)
    for k in range(count):
        scale = k + 0.25
        state = theano.shared(np.zeros(7))
        if k % 5 == 0:
            outputs, _ = theano.scan(lambda a, s: s * 0.5 + a, sequences=x * scale, outputs_info=T.zeros(()))
            result, expected = outputs[-1], np.float64(0.0)
            for number in value * scale:
                expected = expected * 0.5 + number
        elif k % 5 == 1:
            result, expected = T.sort(T.cos(x * scale)), np.sort(np.cos(value * scale))
        else:
            result, expected = T.exp(x / scale).sum(), np.exp(value / scale).sum()
        f = theano.function([x], result, updates=[(state, state + x * scale)], mode="FAST_RUN")
        np.testing.assert_allclose(f(value), expected, rtol=1e-12)
        np.testing.assert_allclose(state.get_value(), value * scale, rtol=1e-12)


def environment(folder: Path | str) -> dict[str, str]:
    """Of a process that keeps its code in ``folder``."""
    return dict(
        os.environ, THEANO_FLAGS=f"compiledir={folder},num_threads=1", PYTHONPATH=os.pathsep.join(sys.path)
    )


def kept(folder: Path) -> list[Path]:
    return sorted(p for p in (folder / "native").iterdir() if not p.name.startswith("."))


if __name__ == "__main__":
    compile_and_check(int(sys.argv[1]))
    print("ok")
