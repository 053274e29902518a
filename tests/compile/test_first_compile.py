"""What the first function of a process imports: only what its graph needs."""

import os
import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
import theano, theano.tensor as T
before = set(sys.modules)
x = T.dvector("x")
w = theano.shared(x.type.make_constant([1.0, 2.0]).data, "w")
cost = T.sqr(1.0 - T.exp(x * w).sum())
f = theano.function([x], cost, updates=[(w, w - 0.1 * T.grad(cost, w))], mode=theano.Mode(linker="llvm"))
f(w.get_value())
print(*sorted(set(sys.modules) - before))
"""

ABOUT_OTHERS = {  # with all that is in them
    "json",
    "numpy.random",
    "scipy",
    "theano.backends.llvm.branch_code",
    "theano.backends.llvm.compressed_code",
    "theano.backends.llvm.convolution",
    "theano.backends.llvm.convolution_code",
    "theano.backends.llvm.lapack_code",
    "theano.backends.llvm.library_code",
    "theano.backends.llvm.loop_code",
    "theano.backends.llvm.matrix_task",
    "theano.backends.llvm.parts",
    "theano.backends.llvm.product",
    "theano.backends.llvm.product_code",
    "theano.backends.llvm.profile_code",
    "theano.backends.llvm.profile_steps",
    "theano.backends.python",
    "theano.control_flow",
    "theano.extension",
    "theano.gradient.forward",
    "theano.gradient.jacobians",
    "theano.gradient.op_from_graph",
    "theano.gradient.recomputation",
    "theano.gradient.verify",
    "theano.printing",
    "theano.profiling",
    "theano.random.mrg",
    "theano.rewrite.branches",
    "theano.rewrite.linear_algebra_facts",
    "theano.rewrite.loop_draft",
    "theano.rewrite.matrices",
    "theano.rewrite.probabilities",
    "theano.rewrite.scans",
    "theano.scanning",
    "theano.sparse",
    "theano.streams",
    "theano.tensor.batching",
    "theano.tensor.compressed",
    "theano.tensor.fourier",
    "theano.tensor.linalg",
    "theano.tensor.nnet",
    "theano.tensor.signal",
    "theano.typed_list",
}
LOWERINGS = {"elementwise", "graph", "reduction", "registry"}  # files that this program needs
COLD_ONLY = {"llvmlite", "theano.backends.llvm.lower", "theano.loops", "theano.rewrite.engine", "theano.rewrite.passes"}


def imported(folder: Path) -> set[str]:
    """The modules that the program imports after ``theano``, and the packages that these are in."""
    environment = dict(os.environ, THEANO_FLAGS=f"compiledir={folder}", PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_a_small_function_imports_nothing_that_is_about_other_ops(tmp_path: Path) -> None:
    cold = imported(tmp_path)
    assert cold >= COLD_ONLY
    assert cold.isdisjoint(ABOUT_OTHERS)
    folder = "theano.backends.llvm.lower."
    assert {name.removeprefix(folder) for name in cold if name.startswith(folder)} == LOWERINGS
    assert imported(tmp_path) < cold - COLD_ONLY  # finished code is found


def test_what_it_does_not_import_is_there() -> None:
    for name in ABOUT_OTHERS:
        __import__(name)
