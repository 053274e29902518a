"""Every page of documentation: what it shows is what happens, and its links lead somewhere."""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import ROOT, all_pages, anchors, blocks, commands, links, name_of, run

import theano
from theano.compile import optdb
from theano.configuration import AddConfigVar, TheanoConfigParser, config
from theano.configuration_values import IntParam
from theano.rewrite import registered

PAGES = all_pages()
NOTHING_RUNS = {  # tables and prose only
    "docs/accuracy.md",
    "docs/architecture.md",
    "docs/compatibility.md",
    "docs/how_to/installing_and_shipping.md",
}
NAMES_THAT_ARE_GONE = {"compatibility.md", "theano_1_0_5.md"}  # they tell of some that are not there
KINDS = {"python", "pycon", "text", "console", "ini", "c", "html", "make", "{toctree}"}


@pytest.fixture(autouse=True)
def as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A page finds an empty folder; flags that it changes are set back, rewrites that it registers are taken away."""
    monkeypatch.chdir(tmp_path)
    for db in (optdb, *optdb._books.values()):
        monkeypatch.setattr(db, "_objects", dict(db._objects))
        monkeypatch.setattr(db, "_tags", {name: set(tags) for name, tags in db._tags.items()})
    monkeypatch.setattr(optdb, "__position__", dict(optdb.__position__))
    flags = ["floatX", "compute_test_value", "exception_verbosity", "optimizer", "linker", "mode", "profile"]
    with theano.change_flags({name: getattr(config, name) for name in flags}):
        yield
    registered.STEPS.clear()
    registered.RULES.clear()


def own_configuration() -> dict[str, Any]:
    """For docs/configuration.md: flags like the process's own, which the page may change and add to."""
    own = TheanoConfigParser({"THEANO_FLAGS": "", "THEANORC": "", "USER": "ada"})
    return {
        "config": own,
        "change_flags": lambda args=(), **flags: own.change_flags(args, **flags),
        "AddConfigVar": lambda *args, **flags: AddConfigVar(*args, root=own, **flags),
        "IntParam": IntParam,
    }


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_what_a_page_shows_is_what_happens(page: Path) -> None:
    names = own_configuration() if page.name == "configuration.md" else {}
    ran = run(page, names)
    assert (ran == 0) == (name_of(page) in NOTHING_RUNS), f"{ran} blocks of the page run"


@pytest.mark.parametrize("line", sorted({line for page in PAGES for line in commands(page)}))
def test_commands_of_one_line_run(line: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    finished = subprocess.run([sys.executable, "-c", line], env=environment, capture_output=True, check=False)
    assert finished.returncode == 0 and finished.stdout


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_block_says_what_it_is(page: Path) -> None:
    unknown = [block for block in blocks(page) if block.kind not in {*KINDS, "text of the page"}]
    assert not unknown, "mark blocks that run as python, others as text or console"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        other = (page.parent / path).resolve() if path else page
        assert other.exists(), target
        if anchor:
            assert anchor in anchors(other), target


def exists(name: str) -> bool:
    """Whether there is an object of this dotted name; T stands for theano.tensor."""
    parts = re.sub(r"^T\b", "theano.tensor", name).split(".")
    for k in range(len(parts), 0, -1):
        with contextlib.suppress(ModuleNotFoundError):
            found: Any = importlib.import_module(".".join(parts[:k]))
            try:
                for part in parts[k:]:
                    found = getattr(found, part)
            except AttributeError:
                return False
            return True
    return False


def test_a_name_that_is_not_there_is_noticed() -> None:
    assert (
        exists("T.exp")
        and exists("theano.tensor.nnet.bn")
        and not exists("T.nothing")
        and not exists("T.exp.nothing")
    )


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.name not in NAMES_THAT_ARE_GONE], ids=name_of
)
def test_names_in_the_text_are_there(page: Path) -> None:
    text = "".join(block.text for block in blocks(page) if block.kind == "text of the page")
    spans = re.findall(r"`((?:T|theano)\.[A-Za-z_][\w.]*\w)", text)
    missing = [name for name in spans if not exists(name)]
    assert not missing
