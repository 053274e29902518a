"""src/theano-stubs: made from what there is, complete, and what a type checker needs to judge programs."""

from __future__ import annotations

import ast
import inspect
import os
import re
import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import stubs
from stubs.modules import inventory, public_modules

HERE = Path(__file__).parent
ACCEPTED, REJECTED = HERE / "accepted.py", HERE / "rejected.py"


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return stubs.generate()


def test_the_stubs_are_those_of_the_package(generated: dict[str, str]) -> None:
    written = {
        path.relative_to(stubs.FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in stubs.FOLDER.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    stale = [name for name in {*written, *generated} if written.get(name) != generated.get(name)]
    assert not stale, "write them anew: python -m stubs"


def test_nothing_is_written_by_hand_for_names_that_are_gone() -> None:
    assert stubs.unused_exceptions() == []


def bound(text: str) -> set[str]:
    """The names that a stub binds for others."""
    names: set[str] = set()
    for statement in ast.parse(text).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                names.add(name)
            case ast.ImportFrom(names=aliases):
                names.update(alias.name for alias in aliases if alias.asname == alias.name)
    return names


def test_every_public_name_is_there(generated: dict[str, str]) -> None:
    for module, names in public_modules().items():
        path = "/".join(module.split(".")[1:])
        text = generated.get(f"{path}.pyi") or generated[f"{path}/__init__.pyi".removeprefix("/")]
        assert set(names) <= bound(text), module
        old = [n for n in inventory().get(module, ()) if n.isidentifier() and not n.startswith("_")]
        assert names.keys() >= {n for n in old if not inspect.ismodule(getattr(sys.modules[module], n, sys))}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What mypy says of both programs, and of the stubs that they read."""
    folder = tmp_path_factory.mktemp("types")
    (folder / "theano").symlink_to(stubs.FOLDER)
    command = ["-m", "mypy", "--strict", "--config-file=", f"--cache-dir={folder}"]
    command += [
        "--disable-error-code=override"
    ]  # classes of the package take other parameters than their bases
    finished = subprocess.run(
        [sys.executable, *command, "--no-error-summary", "--show-error-codes", ACCEPTED, REJECTED],
        env={**os.environ, "MYPYPATH": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not finished.stderr
    return [line for line in finished.stdout.splitlines() if ": note: " not in line]


def test_a_program_that_uses_everything_is_accepted(said: list[str]) -> None:
    assert [line for line in said if REJECTED.name not in line] == []


def test_mistakes_are_seen(said: list[str]) -> None:
    expected = {}
    for number, line in enumerate(REJECTED.read_text(encoding="utf-8").splitlines(), start=1):
        if mark := re.search(r"  # ([a-z-]+)$", line):
            expected[number] = mark[1]
    found = (re.search(rf"{REJECTED.name}:(\d+): error: .*\[([a-z-]+)\]$", line) for line in said)
    assert {int(error[1]): error[2] for error in found if error is not None} == expected
    assert len(expected) > 15


def test_the_accepted_program_runs(capsys: pytest.CaptureFixture[str]) -> None:
    import theano

    with theano.change_flags(floatX="float64"):
        theano.config.scan.allow_gc, kept = True, theano.config.scan.allow_gc
        runpy.run_path(str(ACCEPTED))
        theano.config.scan.allow_gc = kept
    assert "(3, 2)" in capsys.readouterr().out


def test_what_is_no_python_is_installed_too() -> None:
    settings = tomllib.loads((stubs.FOLDER.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    files = [path for path in stubs.FOLDER.parent.rglob("*.*") if path.is_file()]
    data = [f for f in files if f.suffix not in (".py", ".pyc") and "egg-info" not in f.as_posix()]
    assert {stubs.FOLDER / "__init__.pyi", stubs.FOLDER.parent / "theano" / "py.typed"} <= set(data)
    assert [f for f in data if not any(f.match(pattern) for pattern in patterns)] == []


def test_the_package_says_that_it_is_typed() -> None:
    assert (stubs.FOLDER.parent / "theano" / "py.typed").exists()
    assert (stubs.FOLDER / "py.typed").read_text() == "partial\n"
