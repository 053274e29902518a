"""The NumPy back end names the line of a step of a loop, and of a branch, as machine code does."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted import RUN_TIME, line_of
from test_planted_errors import problem_of, text_of

import theano

WITHIN = [
    "the step of a loop",
    "an index in the step of a loop",
    "a branch that is taken",
    "an op of the user's own in a loop",
]


@pytest.mark.parametrize("name", WITHIN)
def test_the_line_within_is_named(name: str, tmp_path: Path) -> None:
    with theano.change_flags(linker="py"):
        text = text_of(problem_of(name, RUN_TIME[name], tmp_path))
    made = [line for line in text.splitlines() if line.startswith("    made at ")]
    assert made[0].startswith(f"    made at program.py:{line_of(RUN_TIME[name])}, in ")
    assert "    within " in text
