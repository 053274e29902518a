"""Every flag that the documentation gives an effect is read by the package, and no other one is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import theano
from theano.configuration_flags import FLAGS, Flag

PACKAGE = Path(theano.__file__).parent
NAMES = {flag.fullname for flag in FLAGS}


def chains(tree: ast.AST) -> set[str]:
    """All chains of attributes, in full: ``config.scan.debug``."""
    attributes = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute)]
    inner = {id(n.value) for n in attributes}
    return {ast.unparse(n) for n in attributes if id(n) not in inner}


def mentions(tree: ast.AST) -> set[str]:
    """Names that a file imports, or reads as attributes."""
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return imported | {n.attr for n in ast.walk(tree) if isinstance(n, ast.Attribute)}


def reads(function: ast.FunctionDef) -> set[str]:
    """Flags that a function or method of the configuration reads; a section stands for all of its flags."""
    names = {c.partition(".")[2] for c in chains(function) if c.startswith(("config.", "self."))}
    return {flag for flag in NAMES if flag in names or flag.rpartition(".")[0] in names - {""}}


@pytest.fixture(scope="module")
def read() -> set[str]:
    """Flags read outside the files of the configuration, directly or through functions and properties of theirs."""
    paths = [p for p in PACKAGE.rglob("*.py") if p.parent != PACKAGE or not p.name.startswith("configuration")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in paths]
    wanted = set().union(*map(mentions, trees))
    configuration = ast.parse((PACKAGE / "configuration.py").read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(configuration) if isinstance(n, ast.FunctionDef) and n.name in wanted]
    directly = {f"config.{flag}": flag for flag in NAMES}
    beginnings = {c for tree in trees for chain in chains(tree) for c in prefixes(chain)}
    return {flag for c, flag in directly.items() if c in beginnings}.union(*map(reads, functions))


def prefixes(chain: str) -> list[str]:
    """``config.mode.x`` -> config, config.mode, config.mode.x: what is done with a value does not matter."""
    parts = chain.split(".")
    return [".".join(parts[: k + 1]) for k in range(len(parts))]


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.fullname)
def test_a_flag_has_the_effect_that_is_written_of_it(flag: Flag, read: set[str]) -> None:
    assert not (flag.no_effect and flag.not_yet)
    has_effect = not flag.no_effect and not flag.not_yet
    assert (flag.fullname in read) == has_effect


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.fullname)
def test_a_flag_that_changes_nothing_changes_no_code(flag: Flag) -> None:
    assert not (flag.affects_code and flag.remark)
