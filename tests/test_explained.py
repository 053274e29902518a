"""docs/explained.py runs, and prints the stages that it tells of."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).parent.parent / "docs" / "explained.py"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the program prints, from a new interpreter with an empty cache."""
    source = str(PROGRAM.parent.parent / "src")
    environment = {**os.environ, "THEANO_FLAGS": f"compiledir={tmp_path_factory.mktemp('cache')}"}
    environment["PYTHONPATH"] = os.pathsep.join([source, *filter(None, [environment.get("PYTHONPATH")])])
    finished = subprocess.run([sys.executable, PROGRAM], env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


@pytest.mark.parametrize(
    "line",
    [
        r"  Sum\{.*\}\n    Elemwise\{mul.*\}\n      x: TensorType\(float64, vector\)",
        r"performed on \[1 2\] and \[3 4\]: \[3\. 8\.\]",
        r"it was made at explained\.py:\d+",
        r"tanh: Hyperbolic tangent",
        r"of int8: float32, of int32: float64",
        r"log\(1 \+ a\) -> log1p\(a\)",
        r"after \{'log1p': 1\}\n  Elemwise\{log1p.*\}\n    x: ",
        r"passes: .*canonicalize, .*stabilize, .*specialize",
        r"for i0 in range\(size0\):\n",
        r"    v\d+ = mul\(v\d+, v\d+\)\n",
        r"    v\d+ = tanh\(v\d+\)\n",
        r"\nbuffer\d+\[v\d+\] = acc0\n",
        r"call gemm",
        r'define ptr @"entry"\(',
        r"of \d+ lines of assembly, those that multiply:\n    \S+",
        r"__call__ is a builtin_function_or_method",
        r"f\(x, w\) = 1\.45, NumPy says 1\.45",
        r"raises ValueError:\n    Input dimension mis-match",
    ],
)
def test_a_stage_is_shown(line: str, printed: str) -> None:
    assert re.search(line, printed), printed


def test_rewriting_makes_the_gradient_smaller(printed: str) -> None:
    before, after = re.search(r"had (\d+) applications and now has (\d+)", printed).groups()
    assert int(after) < int(before)
