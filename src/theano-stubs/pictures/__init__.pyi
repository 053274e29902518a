"""Graphs as pictures: pages for a browser, SVG, and what Graphviz reads."""

from collections.abc import Mapping
from typing import Any

__all__ = ['d3viz', 'd3write', 'default_colorCodes', 'graph_page', 'pydotprint']
def d3viz(fct: Any, outfile: Any, copy_deps: bool = True, *args: Any, **kwargs: Any) -> None:
    """Write a page on which a graph can be explored: it needs nothing beside itself, and no network."""
def d3write(fct: Any, path: Any, *args: Any, **kwargs: Any) -> None:
    """Write the text of a graph in the language of Graphviz; graphs inside nodes become clusters."""
default_colorCodes: dict[Any, Any]
def graph_page(thing: Any, compact: bool = True, title: str | None = None, most: int = 2000) -> str:
    """The page of a graph: of a function both as it was written and as it is carried out, with a profile's times."""
def pydotprint(fct: Any, outfile: Any = None, compact: bool = True, format: str = 'png', with_ids: bool = False, high_contrast: bool = True, cond_highlight: Any = None, colorCodes: Mapping[str, str] | None = None, max_label_size: int = 70, scan_graphs: bool = False, var_with_name_simple: bool = False, print_output_file: bool = True, return_image: bool = False) -> Any:
    """Write a picture of a graph to a file."""
