"""``python -m benchmarks.phases [nodes ...]``: where the time goes that a long chain takes to compile, and the memory.

The chain is that of the workload ``long_chain``, compiled by the Theano that is installed here, each size in a new
process and without the disk cache.  A phase does not count what the phases within it take.
"""

import argparse
import importlib
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.timing import check
from benchmarks.workloads import long_chain

SIZES = (10_000, 50_000, 100_000)

PHASES = (  # module, function or method, and what it does
    ("theano.compile.function", "rebuild", "clone"),
    ("theano.compile.function", "FunctionGraph.__init__", "make the FunctionGraph"),
    ("theano.backends.llvm.link", "Task.rewritten", "rewrite"),
    ("theano.backends.llvm.lower", "lower_graph", "lower"),
    ("theano.loops.plan", "schedule", "schedule"),
    ("theano.loops.plan", "kernelize", "kernelize"),
    ("theano.loops.plan", "make_program", "plan"),
    ("theano.backends.llvm.program_code", "emit_program", "emit"),
    ("theano.backends.llvm.machine", "object_code", "LLVM"),
    ("theano.backends.llvm.link", "link", "link"),
    ("theano.backends.llvm.link", "load", "load"),
)


class Clock:
    """Seconds of each phase, without those of the phases within."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.inner: list[float] = []

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, its time counted under ``name``."""

        def run(*arguments: Any, **keywords: Any) -> Any:
            self.inner.append(0.0)
            begin = time.perf_counter()
            try:
                return function(*arguments, **keywords)
            finally:
                took = time.perf_counter() - begin
                self.seconds[name] = self.seconds.get(name, 0.0) + took - self.inner.pop()
                if self.inner:
                    self.inner[-1] += took

        return run


def measure(nodes: int) -> None:
    """Compile and run one chain, compare it with NumPy, and print a line for each phase."""
    import theano
    import theano.tensor as T

    theano.config.cache = False
    clock = Clock()
    for module, path, name in PHASES:
        *owners, attribute = path.split(".")
        holder: Any = importlib.import_module(module)
        holder = sys.modules[module]  # not the function of the same name that the package offers
        for owner in owners:
            holder = getattr(holder, owner)
        setattr(holder, attribute, clock.timed(name, getattr(holder, attribute)))
    begin = time.perf_counter()
    x = T.dvector("x")
    cost = clock.timed("build", long_chain.formula)(T.tanh, x, nodes)
    gradient = clock.timed("differentiate", theano.grad)(cost, x)
    function = clock.timed("the rest of function", theano.function)([x], gradient)
    arguments = long_chain.inputs({"nodes": nodes})
    found = clock.timed("first call", function)(arguments["x"])
    total = time.perf_counter() - begin
    expected = long_chain.with_numpy(np, {"nodes": nodes}, arguments).call(arguments["x"])
    check([found], [expected], 1e-9)
    peak_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"{nodes} nodes and their gradient: {total:.2f} s, peak memory {peak_bytes / 1e6:.0f} MB")
    for name, seconds in clock.seconds.items():
        print(f"    {name:22} {seconds:8.3f} s   {1e6 * seconds / nodes:7.1f} us a node")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.phases", description=__doc__)
    parser.add_argument("nodes", nargs="*", type=int, default=SIZES, help=f"default {SIZES}")
    parser.add_argument("--here", action="store_true", help="measure in this process")
    options = parser.parse_args()
    for nodes in options.nodes:
        if options.here:
            measure(nodes)
        else:
            command = [sys.executable, "-m", "benchmarks.phases", "--here", str(nodes)]
            subprocess.run(command, check=True, env=dict(os.environ))


if __name__ == "__main__":
    main()
