"""Texts and paths: theano.misc.strutil and theano.pathparse of Theano 1.0.5."""

from __future__ import annotations

import os


def render_string(string: str, sub: dict[str, object]) -> str:
    """``string % sub``.  KeyError names what is missing."""
    return string % sub


def strip_leading_white_space(line: str) -> str:
    """The line without blanks and tabs at its begin."""
    return line.lstrip(" \t")


def pretty_format(string: str) -> str:
    """C code indented by its braces; blank lines and preprocessor lines stay."""
    depth, lines = 0, []
    for line in map(strip_leading_white_space, string.split("\n")):
        closes = line.startswith("}")
        lines.append(line if line.startswith("#") else "  " * max(0, depth - closes) + line)
        depth += line.count("{") - line.count("}")
    return "\n".join(lines)


class PathParser:
    """Absolute paths, each once, in order."""

    def __init__(self, *paths: str) -> None:
        self.paths: list[str] = []
        for path in paths:
            self.add(path)

    def add(self, path: str) -> None:
        path = os.path.abspath(os.path.expanduser(path))
        if path not in self.paths:
            self.paths.append(path)

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.paths)
