"""Pages of documentation, taken apart: blocks that run, links, headings."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

FENCE = re.compile(r"^( *)(`{3,})(.*)$")
LINK = re.compile(r"(?<!!)\[[^\]\[]*\]\(([^)\s]+)\)")
EXAMPLE_OPTIONS = doctest.ELLIPSIS


def all_pages() -> list[Path]:
    """The README and every page under docs/ but those made with the site, in order of their paths."""
    written = (page for page in sorted(DOCS.rglob("*.md")) if "generated" not in page.parts)
    return [ROOT / "README.md", *written]


def name_of(page: Path) -> str:
    """The path of a page from the project's folder."""
    return page.relative_to(ROOT).as_posix()


@dataclass(frozen=True)
class Block:
    """A piece of a page that lies on its own lines: fenced, or the text between fences."""

    kind: str  # the first word after the fence; "" without one; "text of the page" between fences
    first_line: int  # counted from 1
    text: str

    @property
    def runs(self) -> bool:
        """Whether a reader would take the block for a program: ```python, or one with >>> lines."""
        return self.kind == "python" or bool(re.search(r"^ *>>> ", self.text, re.MULTILINE))


def blocks(page: Path) -> list[Block]:
    """All lines of a page, but for the fences themselves, as blocks."""
    found: list[Block] = []
    kind, fence, first, lines = "text of the page", "", 1, []
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), start=1):
        marks = FENCE.match(line)
        if marks is None or (fence and (marks[2] != fence or marks[3].strip())):
            lines.append(line)
            continue
        found.append(Block(kind, first, "\n".join(lines) + "\n"))
        fence = "" if fence else marks[2]
        kind = (marks[3].split() or [""])[0] if fence else "text of the page"
        first, lines = number + 1, []
    assert not fence, f"{name_of(page)}: a fence is not closed"
    found.append(Block(kind, first, "\n".join(lines) + "\n"))
    return found


def run(page: Path, names: dict[str, Any]) -> int:
    """Run the blocks of a page in order, all in the namespace ``names``; how many blocks and examples ran.

    Code is compiled under the page's own path and line numbers, so that what fails is found, and so are the lines that
    an error message of the package shows.
    """
    ran = 0
    names["__name__"] = "__main__"
    for block in blocks(page):
        if block.kind == "python" and ">>>" not in block.text:
            exec(compile("\n" * (block.first_line - 1) + block.text, str(page), "exec"), names)
            ran += 1
        elif block.runs:
            ran += _examples(page, block, names)
    return ran


def _examples(page: Path, block: Block, names: dict[str, Any]) -> int:
    examples = doctest.DocTestParser().get_examples(block.text, str(page))
    test = doctest.DocTest(examples, {}, name_of(page), str(page), block.first_line - 1, None)
    test.globs = names  # not a copy: what one block binds the next one uses
    report: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=EXAMPLE_OPTIONS)
    failed = runner.run(test, out=report.append, clear_globs=False).failed
    assert not failed, "".join(report)
    return len(examples)


def links(page: Path) -> Iterator[str]:
    """The targets of all links of a page that are no addresses on the web."""
    for block in blocks(page):
        if block.kind == "text of the page":
            for target in LINK.findall(re.sub(r"`[^`\n]*`", "", block.text)):
                if "://" not in target:
                    yield target


def anchors(page: Path) -> set[str]:
    """What ``#...`` may point to: headings in lower case, spaces as hyphens, other marks left out."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def commands(page: Path) -> list[str]:
    """The commands of a page's ```console blocks that run a line of Python: what is after the name of the program."""
    text = "".join(block.text for block in blocks(page) if block.kind == "console")
    return re.findall(r'^\$ (?:\S*/)?python3? -c "(.*)"$', text, re.MULTILINE)
