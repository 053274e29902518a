"""Compiled functions are freed when they are deleted: no cycle of references keeps one, and memory stays as it is."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from compiling import LONG, environment
from theano.ifelse import ifelse
from theano.sandbox.rng_mrg import MRG_RandomStreams
from theano.tensor.shared_randomstreams import RandomStreams

import theano
import theano.tensor as T


@pytest.fixture
def no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def scanned(x: T.TensorVariable, w: T.TensorVariable) -> T.TensorVariable:
    outputs, _ = theano.scan(lambda a, s: s * a + w.sum(), sequences=x, outputs_info=T.zeros(()))
    return outputs


@theano.as_op(itypes=[T.dvector], otypes=[T.dvector])
def performed(x: np.ndarray) -> np.ndarray:
    return x + 1


BUILT: dict[str, Callable] = {
    "one loop": lambda x, w: T.exp(x).sum(),
    "shared variable": lambda x, w: x * w,
    "several outputs": lambda x, w: [x + w, T.dot(x, w)],
    "dict": lambda x, w: {"a": x + w, "b": x},
    "loop": scanned,
    "gradient of a loop": lambda x, w: T.grad(scanned(x, w)[-1], [x, w]),
    "called back": lambda x, w: T.sort(T.sin(x)),
    "user's op": lambda x, w: performed(x) * w,
    "draws": lambda x, w: RandomStreams(1).normal(x.shape) + x,
    "draws of MRG": lambda x, w: MRG_RandomStreams(1).normal(x.shape) + x,
    "op made of a graph": lambda x, w: theano.OpFromGraph([x], [x * w])(x),
    "branches": lambda x, w: ifelse(T.gt(x.sum(), 0), T.exp(x), T.dot(x, w) * x),
    "matrix": lambda x, w: T.slinalg.cholesky(T.outer(x, x) + 9 * T.eye(3)),
    "Print": lambda x, w: theano.printing.Print("x", attrs=())(x).sum(),
}

# Modes that watch hold much of a graph: all of them with everything in the long form.
KINDS = [
    (kind, mode)
    for kind in BUILT
    for mode in ("FAST_RUN", "FAST_COMPILE", "DebugMode", "NanGuardMode", "MonitorMode")
    if LONG or mode == "FAST_RUN" or kind in ("called back", "shared variable")
]


@pytest.mark.parametrize(("kind", "mode"), KINDS)
def test_a_deleted_function_is_gone_at_once(kind: str, mode: str, no_collection: None) -> None:
    x, w = T.dvector("x"), theano.shared(np.arange(3.0), "w")
    f = theano.function(
        [x],
        BUILT[kind](x, w),
        updates=[(w, w + x)],
        mode=theano.compile.MonitorMode() if mode == "MonitorMode" else mode,
    )
    twin = f.copy()
    f(np.ones(3)), twin(np.ones(3))
    with pytest.raises((ValueError, TypeError)):
        f("no vector")
    kept = [weakref.ref(f), weakref.ref(f.maker), weakref.ref(twin)]
    del f, twin
    assert [reference() for reference in kept] == [None] * 3


@pytest.mark.parametrize("mode", ["FAST_RUN", "FAST_COMPILE"])
def test_a_function_whose_call_failed_is_gone_at_once(mode: str, no_collection: None) -> None:
    x, w = T.dvector("x"), theano.shared(np.arange(3.0), "w")
    f = theano.function([x], x + w, mode=mode)
    with pytest.raises(ValueError, match="mis-match"):
        f(np.ones(4))
    kept = weakref.ref(f)
    del f
    assert kept() is None


CYCLES = """
import gc, sys
import numpy as np
import theano, theano.tensor as T

cycles, warm_up = int(sys.argv[1]), int(sys.argv[2])

def cycle(k):
    x, w = T.dvector("x"), theano.shared(np.arange(3.0))
    result = [x * (k + 0.5)]
    if k % 20 == 0:
        outputs, _ = theano.scan(lambda a, s: s * a + w.sum(), sequences=x, outputs_info=T.zeros(()))
        result.append(T.grad(outputs[-1], w))
    f = theano.function([x], result, updates=[(w, w + x)])
    f(np.ones(3))

def resident_bytes():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

for k in range(warm_up):
    cycle(k)
gc.collect()
objects, resident = len(gc.get_objects()), resident_bytes()
for k in range(warm_up, warm_up + cycles):
    cycle(k)
gc.collect()
print((len(gc.get_objects()) - objects) / cycles, (resident_bytes() - resident) / cycles)
"""


def test_compiling_and_deleting_keeps_memory_flat(tmp_path: Path) -> None:
    """Compiled anew each time.  A constant of each cycle may stay, in the bounded table of equal ones: two objects."""
    cycles, warm_up = (1000, 60) if LONG else (60, 15)
    done = subprocess.run(
        [sys.executable, "-c", CYCLES, str(cycles), str(warm_up)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    objects, resident = map(float, done.stdout.split())
    assert objects <= 2.5
    assert resident < (12e3 if LONG else 40e3)  # a leak of LLVM's passes alone would be 120e3
