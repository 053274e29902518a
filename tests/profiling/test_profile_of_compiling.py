"""Times of the making of functions, and what is printed when Python ends."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path

import theano
import theano.tensor as T
from theano import ProfileStats

PROGRAM = """
import theano, theano.tensor as T
x = T.dvector("x")
f = theano.function([x], T.exp(x), name="first", profile=True)
g = theano.function([x], T.tanh(x), name="second", profile="my message")
h = theano.function([x], T.tan(x), name="third", profile=True)
f([1.0]); g([1.0])
"""


def test_phases_passes_and_rules_are_timed() -> None:
    x = T.dvector("x")
    with theano.change_flags(cache=False, profile_optimizer=True):
        f = theano.function([x], T.log(1 + x * 1), profile=ProfileStats(atexit_print=False))
    phases = f.profile.making_phases.whole.parts
    assert {"rewrite", "lower and emit", "LLVM", "link", "load"} <= set(phases)
    passes = phases["rewrite"].parts
    assert {"canonicalize", "stabilize", "specialize"} <= set(passes)
    rule = passes["stabilize"].parts["log1p"]
    assert rule.changes == 1 and rule.calls >= 1
    inside = sum(part.seconds for part in phases.values())
    assert 0 < inside <= f.profile.compile_time
    assert 0 < f.profile.optimizer_time < f.profile.compile_time
    file = StringIO()
    f.profile.summary_rewrites(file)
    assert "log1p" in file.getvalue()


def test_a_loop_is_rewritten_in_a_pass_within_a_pass() -> None:
    x = T.dvector("x")
    outputs, _ = theano.scan(lambda v: T.log(1 + v) * T.exp(x).sum(), x)
    with theano.change_flags(cache=False):
        f = theano.function([x], outputs, profile=ProfileStats(atexit_print=False))
    loops = f.profile.making_phases.whole.parts["rewrite"].parts["scan"]
    assert "canonicalize" in loops.parts


def test_without_the_flag_rules_are_not_timed() -> None:
    x = T.dvector("x")
    with theano.change_flags(cache=False):
        f = theano.function([x], T.log(1 + x), profile=ProfileStats(atexit_print=False))
    assert not f.profile.making_phases.whole.parts["rewrite"].parts["stabilize"].parts


def at_exit(tmp_path: Path, flags: str) -> subprocess.CompletedProcess:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    environment = {
        "THEANO_FLAGS": f"base_compiledir={tmp_path},{flags}",
        "PYTHONPATH": str(Path(theano.__file__).parents[1]),
        "HOME": str(tmp_path),
    }
    return subprocess.run([sys.executable, program], env=environment, capture_output=True, text=True, check=True)


def test_profiles_are_printed_at_exit(tmp_path: Path) -> None:
    printed = at_exit(tmp_path, "").stderr
    assert printed.count("Function profiling") == 3
    assert printed.index("Message: first") < printed.index("Message: my message") < printed.index("Message: Sum of all(2)")
    assert "third" not in printed  # never called


def test_a_file_may_be_their_destination(tmp_path: Path) -> None:
    path = tmp_path / "profile.txt"
    done = at_exit(tmp_path, f"profiling.destination={path},print_global_stats=True,profiling.debugprint=True")
    assert "profiling" not in done.stderr
    text = path.read_text(encoding="utf-8")
    assert text.startswith("=" * 50) and "Time spent in Theano functions" in text
    assert "Message: first" in text
    assert "exp,no_inplace} [id A]" in text
