"""The programs in examples/ print what they are known to print, digit for digit, on every back end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"

TRIVIAL_TRAINING = [
    ("[19.94 20.09 19.99 20.14]", "0.8"),
    ("[23.908 24.058 23.958 24.108]", "80.16000000000001"),
    ("[24.7016 24.8516 24.7516 24.9016]", "96.03200000000001"),
    ("[24.86032 25.01032 24.91032 25.06032]", "99.2064"),
    ("[24.892064 25.042064 24.942064 25.092064]", "99.84128"),
    ("[24.8984128 25.0484128 24.9484128 25.0984128]", "99.968256"),
    ("[24.89968256 25.04968256 24.94968256 25.09968256]", "99.9936512"),
    ("[24.89993651 25.04993651 24.94993651 25.09993651]", "99.99873024"),
    ("[24.8999873 25.0499873 24.9499873 25.0999873]", "99.99974604799999"),
    ("[24.89999746 25.04999746 24.94999746 25.09999746]", "99.99994920960002"),
]


def printed_by(example: str, linker: str) -> str:
    """Standard output of a program in examples/, run by a new interpreter."""
    source = str(EXAMPLES.parent / "src")
    environment = {**os.environ, "THEANO_FLAGS": f"linker={linker}"}
    environment["PYTHONPATH"] = os.pathsep.join([source, *filter(None, [environment.get("PYTHONPATH")])])
    finished = subprocess.run(
        [sys.executable, EXAMPLES / example], env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def test_trivial_training_prints_what_it_printed_under_theano(backend: str) -> None:
    expected = ["Weights:  [0.1  0.25 0.15 0.3 ]"]
    for i, (weights, output) in enumerate(TRIVIAL_TRAINING):
        expected += [f"iteration:  {i}", f"Modified Weights:  {weights}", f"Output:  {output}"]
    assert printed_by("trivial_training.py", backend).splitlines() == expected
