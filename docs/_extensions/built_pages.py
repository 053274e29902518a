"""What the site has that is written when it is built: the reference, and docs/explained.py with what it prints."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import reference

DOCS = Path(__file__).parents[1]


def explained() -> str:
    """A page of the program docs/explained.py: itself, and its output."""
    program = DOCS / "explained.py"
    finished = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    return (
        "# The whole way, in one program\n\nFrom a graph to machine code: `docs/explained.py` shows each stage of one "
        f"small function.\n\n## The program\n\n```python\n{program.read_text(encoding='utf-8')}```\n\n"
        f"## What it prints\n\n```text\n{finished.stdout}```\n"
    )


def write(app: Any) -> None:
    """Write docs/generated, before Sphinx looks for pages."""
    reference.write()
    path = DOCS / "generated" / "explained.md"
    text = explained()
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def highlighted(app: Any, name: str, source: list[str]) -> None:
    """Examples, which pages hold as indented text, become blocks of a language that is coloured."""
    found, lines = [], source[0].splitlines()
    while lines:
        block = list(itertools.takewhile(lambda line: line.startswith("    "), lines))
        if block and block[0].startswith("    >>> "):
            found += ["```pycon", *(line[4:] for line in block), "```"]
        else:
            found += block or lines[:1]
        lines = lines[len(block) or 1 :]
    source[0] = "\n".join(found)


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx."""
    app.connect("builder-inited", write)
    app.connect("source-read", highlighted)
    return {"parallel_read_safe": True}
