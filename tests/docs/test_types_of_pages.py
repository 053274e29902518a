"""The stubs know what the documentation uses: mypy finds no name, argument or type in its programs that they lack."""

from __future__ import annotations

import doctest
import os
import subprocess
import sys
from pathlib import Path

from pages import all_pages, blocks, name_of

import stubs

OF_STUBS = ("attr-defined", "call-arg", "arg-type", "call-overload", "operator", "index", "import-not-found")


def program(page: Path) -> str:
    """All code of a page, but for examples that raise."""
    parts = []
    for block in blocks(page):
        if block.kind == "python" and ">>>" not in block.text:
            parts.append(block.text)
        elif block.runs:
            examples = doctest.DocTestParser().get_examples(block.text)
            parts += [example.source for example in examples if example.exc_msg is None]
    return "".join(parts)


def test_programs_of_the_pages_fit_the_stubs(tmp_path: Path) -> None:
    (tmp_path / "theano").symlink_to(stubs.FOLDER)
    files = []
    for page in all_pages():
        if text := program(page):
            files.append(tmp_path / (name_of(page).removesuffix(".md").replace("/", "_") + ".py"))
            files[-1].write_text(text, encoding="utf-8")
    options = ["--config-file=", "--check-untyped-defs", "--allow-redefinition", "--ignore-missing-imports"]
    finished = subprocess.run(
        [sys.executable, "-m", "mypy", *options, f"--cache-dir={tmp_path}", *map(str, files)],
        env={**os.environ, "MYPYPATH": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert not finished.stderr and len(files) > 20
    lacking = [
        line
        for line in finished.stdout.splitlines()
        if line.endswith(tuple(f"[{code}]" for code in OF_STUBS))
    ]
    assert lacking == []
