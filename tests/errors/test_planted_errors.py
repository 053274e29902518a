"""Every error names the line of the mistake, in the default mode."""

from __future__ import annotations

import linecache
import traceback
from pathlib import Path

import pytest
from planted import BEGIN, BUILD_TIME, RUN_TIME, line_of

import theano


def problem_of(name: str, program: str, folder: Path) -> Exception:
    """What the program raises; it is run from a file of its own, ``program.py``."""
    path = folder / "program.py"
    path.write_text(BEGIN + program, encoding="utf-8")
    linecache.checkcache(str(path))
    with theano.change_flags(compute_test_value="off"):
        try:
            exec(compile(BEGIN + program, str(path), "exec"), {"__name__": "program"})
        except Exception as problem:
            return problem
    raise AssertionError(f"{name}: nothing was raised")


def text_of(problem: BaseException) -> str:
    return "\n".join([str(problem), *getattr(problem, "__notes__", [])])


@pytest.mark.parametrize("name", RUN_TIME)
def test_an_error_at_run_time_names_the_line_that_made_the_step(name: str, tmp_path: Path) -> None:
    problem = problem_of(name, RUN_TIME[name], tmp_path)
    line = line_of(RUN_TIME[name])
    made = [text for text in text_of(problem).splitlines() if text.startswith("    made at ")]
    assert made, text_of(problem)
    assert made[0].startswith(f"    made at program.py:{line}, in "), text_of(problem)
    assert made[0].endswith("# here")


@pytest.mark.parametrize("name", BUILD_TIME)
def test_an_error_at_build_time_is_raised_at_the_line(name: str, tmp_path: Path) -> None:
    problem = problem_of(name, BUILD_TIME[name], tmp_path)
    own = [
        frame
        for frame in traceback.extract_tb(problem.__traceback__)
        if frame.filename.endswith("program.py")
    ]
    assert own[-1].lineno == line_of(BUILD_TIME[name])
    assert text_of(problem)


def test_there_are_more_than_thirty() -> None:
    assert len(RUN_TIME) >= 30
