"""Graphs of Graphviz as objects: those of pydot where it is installed, else ones with the methods that matter."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from theano.data_classes import dataclass
from theano.pictures.dot import dot, pydot_imported, quoted, rendered
from theano.pictures.model import picture_of, subject_of


@dataclass
class DotNode:
    """A node: its name and its attributes."""

    name: str
    attributes: dict[str, Any]

    def get_name(self) -> str:
        return self.name

    def get_attributes(self) -> dict[str, Any]:
        return self.attributes

    def to_string(self) -> str:
        return f"{quoted(self.name)} [{', '.join(f'{key}={quoted(str(v))}' for key, v in self.attributes.items())}];"


class DotGraph:
    """A directed graph, as text in the language of Graphviz."""

    def __init__(self, text: str) -> None:
        self.text = text

    def to_string(self) -> str:
        return self.text

    def create(self, prog: str = "dot", format: str = "ps") -> bytes:
        """An image that Graphviz makes; RuntimeError where it is not installed."""
        return self.text.encode() if format in ("raw", "dot") else rendered(self.text, format)

    def write(self, path: str | os.PathLike, prog: str = "dot", format: str = "raw") -> bool:
        Path(path).write_bytes(self.create(prog, format))
        return True


class PyDotFormatter:
    """Makes graphs of Graphviz of graphs.

    compact  False shows each constant once, with all of its uses
    """

    def __init__(self, compact: bool = True) -> None:
        self.compact = compact

    def __call__(self, fct: Any, graph: Any = None) -> Any:
        """The graph of a function, application or variables: a ``pydot.Dot`` where pydot is installed, else a DotGraph.

        graph  one of pydot that nodes, edges and graphs inside are added to
        """
        picture = picture_of(subject_of(fct), compact=self.compact)
        text = dot(picture)
        if not pydot_imported:
            return DotGraph(text)
        made = import_module("pydot").graph_from_dot_data(text)[0]
        if graph is None:
            return made
        for node in made.get_nodes():
            graph.add_node(node)
        for edge in made.get_edges():
            graph.add_edge(edge)
        for inner in made.get_subgraphs():
            graph.add_subgraph(inner)
        return graph


def dict_to_pdnode(d: Mapping[str, Any]) -> Any:
    """A node of pydot, or like one, of a dict of its name and attributes; texts are shortened, None is left out."""
    attributes = {key: str(value) for key, value in d.items() if key != "name" and value is not None}
    name = str(d.get("name", ""))
    return import_module("pydot").Node(name, **attributes) if pydot_imported else DotNode(name, attributes)
