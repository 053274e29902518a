"""A picture in the language of Graphviz: text that needs no package, and images that Graphviz makes of it."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator, Mapping

from theano.pictures.model import Picture
from theano.pictures.svg import KINDS

Colours = Mapping[int, tuple[str, str]]

pydot_imported = importlib.util.find_spec("pydot") is not None
pydot_imported_msg = (
    ""
    if pydot_imported
    else "pydot is not installed; no picture needs it: png and pdf need the program dot of Graphviz"
)


def dot(picture: Picture, name: str = "graph", colours: Colours | None = None) -> str:
    """The text of a directed graph; graphs inside nodes become clusters.

    colours  fill and border of nodes, by position, that do not have those of their kind
    """
    style = '  node [shape=box, style="rounded,filled", fontname=monospace];'
    return "\n".join([f"digraph {quoted(name)} {{", style, *_lines(picture, colours or {}), "}", ""])


def _lines(picture: Picture, colours: Colours, prefix: str = "n", indent: str = "  ") -> Iterator[str]:
    for k, node in enumerate(picture.nodes):
        fill, border = colours.get(k) or KINDS[node.kind]
        label = quoted(f"{node.label}\n{node.below}" if node.below else node.label)
        told = quoted(str(node.place.get("source", "")))
        yield f'{indent}{prefix}{k} [label={label}, fillcolor="{fill}", color="{border}", tooltip={told}];'
        if node.inner is not None:
            yield f"{indent}subgraph cluster_{prefix}{k} {{"
            yield f"{indent}  label={label};"
            yield from _lines(node.inner, {}, f"{prefix}{k}_", indent + "  ")
            yield f"{indent}}}"
    for edge in picture.edges:
        yield f"{indent}{prefix}{edge.source} -> {prefix}{edge.target} [label={quoted(edge.full)}];"


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def has_graphviz() -> bool:
    """Whether the program ``dot`` can be run."""
    return shutil.which("dot") is not None


def rendered(text: str, kind: str) -> bytes:
    """An image that Graphviz makes of the text of a graph.

    Raises RuntimeError where Graphviz is not installed, or refuses.
    """
    if not has_graphviz():
        raise RuntimeError(
            f"an image of kind {kind!r} is made by Graphviz, whose program dot is not installed\n"
            "    install Graphviz (https://graphviz.org), or take format='svg', 'dot' or 'html', which need nothing"
        )
    done = subprocess.run(["dot", f"-T{kind}"], input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"Graphviz made no image of kind {kind!r}: {done.stderr.decode(errors='replace').strip()}"
        )
    return done.stdout
