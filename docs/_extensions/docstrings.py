"""Docstrings of this package as Markdown.

They are plain text: sentences, ``code``, sections of NumPy's form, tables aligned by spaces, indented formulas, examples.
Nothing is lost: what is not a sentence, a list or a section stands as it is, in a block of its own.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator

SECTIONS = (
    "Parameters",
    "Returns",
    "Raises",
    "Notes",
    "References",
    "Examples",
    "Attributes",
    "Methods",
    "See also",
)
LISTS = ("Parameters", "Returns", "Raises", "Attributes", "Methods")
FENCE = "```"

_CODE = re.compile(r"``(.+?)``|`(.+?)`", re.DOTALL)
_SPECIAL = re.compile(r"([\\*_<>\[\]{}$|#~`])")
_ALIGNED = re.compile(
    r"^\S+(?: \S+){0,5}(?<![.:;,!?)]) {2,}\S"
)  # a table's line: two spaces not after a sentence
_BULLET = re.compile(r"^[*-] ")


def markdown(docstring: str | None) -> str:
    """The docstring as Markdown, without a line break at the end."""
    lines = inspect.cleandoc(docstring or "").splitlines()
    return "\n\n".join(_parts(lines))


def _parts(lines: list[str]) -> Iterator[str]:
    k = 0
    while k < len(lines):
        if not lines[k].strip():
            k += 1
        elif lines[k] in SECTIONS and k + 1 < len(lines) and re.fullmatch(r"-{3,}", lines[k + 1].strip()):
            end = _section_end(lines, k + 2, lines[k])
            yield f"**{lines[k]}**"
            yield from _section(lines[k], lines[k + 2 : end])
            k = end
        else:
            end = k + 1
            is_literal = _literal(lines[k])
            while end < len(lines) and _belongs(lines, k, end, is_literal):
                end += 1
            block = lines[k:end]
            while not block[-1].strip():
                block.pop()
            yield _block(block)
            k = end


def _section_end(lines: list[str], start: int, title: str) -> int:
    """The line after a section: where the next title is, or examples after a list of names, or the end."""
    for k in range(start, len(lines)):
        if lines[k] in SECTIONS and re.fullmatch(r"-{3,}", "".join(lines[k + 1 : k + 2]).strip()):
            return k
        if title in LISTS and lines[k].startswith(">>>"):
            return k
    return len(lines)


def _literal(line: str) -> bool:
    return line.startswith((" ", ">>>"))


def _belongs(lines: list[str], start: int, k: int, is_literal: bool) -> bool:
    """Whether line k continues the block that began at ``start``: up to an empty line; a literal one goes over it."""
    if lines[k].strip():
        return (
            is_literal
            or not _literal(lines[k])
            or bool(_BULLET.match(lines[start]))
            or _is_table(lines[start:k])
        )
    following = next((line for line in lines[k + 1 :] if line.strip()), "")
    return is_literal and lines[start].startswith(" ") and following.startswith(" ")


def _is_table(block: list[str]) -> bool:
    return any(_ALIGNED.match(line) for line in block)


def _block(block: list[str]) -> str:
    if block[0].startswith(">>>"):
        return "\n".join([f"{FENCE}pycon", *block, FENCE])
    if _BULLET.match(block[0]):
        return "\n".join(
            line if not _BULLET.match(line) else f"* {prose(line[2:])}" for line in _joined(block)
        )
    if _literal(block[0]) or _is_table(block):
        return "\n".join([f"{FENCE}text", textwrap.dedent("\n".join(block)), FENCE])
    return prose("\n".join(block))


def _joined(block: list[str]) -> list[str]:
    """Items of a list, each on one line."""
    items: list[str] = []
    for line in block:
        if _BULLET.match(line) or not items:
            items.append(line)
        else:
            items[-1] += " " + line.strip()
    return items


def _section(title: str, lines: list[str]) -> Iterator[str]:
    """The entries of a section: names with what is said of them, or plain text."""
    filled = [line for line in lines if line.strip()]
    if title not in LISTS or not any(line.startswith(" ") for line in filled):
        yield from _parts(lines)
        return
    k = 0
    while k < len(lines):
        if not lines[k].strip():
            k += 1
            continue
        end = k + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith(" ")):
            end += 1
        said = inspect.cleandoc("\n" + "\n".join(lines[k + 1 : end])).splitlines()
        text = "\n\n".join(_parts(said))
        yield f"* `{lines[k].strip()}`" + ("\n\n" + _indented(text) if text else "")
        k = end


def _indented(text: str) -> str:
    return "\n".join("  " + line if line else "" for line in text.splitlines())


def prose(text: str) -> str:
    """Sentences: code as code, and no other mark of Markdown's."""
    found, end = [], 0
    for code in _CODE.finditer(text):
        found.append(_SPECIAL.sub(r"\\\1", text[end : code.start()]))
        inside = (code[1] or code[2]).replace("\n", " ")
        found.append(f"`` {inside} ``" if "`" in inside else f"`{inside}`")
        end = code.end()
    found.append(_SPECIAL.sub(r"\\\1", text[end:]))
    return re.sub(
        r"(?m)^( *)(\d+)([.)]) ", r"\1\2\\\3 ", re.sub(r"(?m)^( *)([+-])(?= )", r"\1\\\2", "".join(found))
    )
