"""Graphs as pictures: pages for a browser, SVG, and what Graphviz reads."""

from theano.pictures.page import graph_page
from theano.pictures.write import d3viz, d3write, default_colorCodes, pydotprint

__all__ = ["d3viz", "d3write", "default_colorCodes", "graph_page", "pydotprint"]
