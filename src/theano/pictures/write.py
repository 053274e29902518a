"""Pictures of graphs as files, by the functions of Theano 1.0.5."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from theano.compile import Function
from theano.control_flow.branch_op import IfElse
from theano.graph import Apply, Variable
from theano.graph.walk import io_toposort
from theano.pictures.dot import dot, rendered
from theano.pictures.model import (
    MOST_NODES,
    NOTHING,
    Node,
    Picture,
    label_of_op,
    picture_of,
    shorter,
    subject_of,
)
from theano.pictures.notebook import BinaryImage, TextImage
from theano.pictures.page import graph_page
from theano.pictures.svg import KINDS, svg

OWN_FORMATS = ("svg", "dot", "html")
GRAPHVIZ_FORMATS = ("pdf", "ps", "eps", "jpg", "gif")  # those that the ending of a name alone asks for

default_colorCodes = {
    "Scan": KINDS["loop"][0],
    "IfElse": KINDS["branch"][0],
    "Elemwise": KINDS["elementwise"][0],
    "CAReduce": KINDS["reduction"][0],
    "Dot": KINDS["product"][0],
    "Subtensor": KINDS["structure"][0],
    "Alloc": KINDS["structure"][0],
    "Shape": KINDS["structure"][0],
}


def d3viz(fct: Any, outfile: str | os.PathLike, copy_deps: bool = True, *args: Any, **kwargs: Any) -> None:
    """Write a page on which a graph can be explored: it needs nothing beside itself, and no network.

    Parameters
    ----------
    fct
        A compiled function, which is shown before and after rewriting, with times if it was profiled; or a graph, an
        application, a variable or a list of them.
    outfile
        Where the page goes; folders on the way are made.
    copy_deps
        Without effect: what 1.0.5 copied beside the page stands in it.
    args, kwargs
        Further arguments of ``theano.pictures.graph_page``: compact, title, most.
    """
    _write(Path(outfile), graph_page(fct, *args, **kwargs))


def d3write(fct: Any, path: str | os.PathLike, *args: Any, **kwargs: Any) -> None:
    """Write the text of a graph in the language of Graphviz; graphs inside nodes become clusters.

    ``compact=False`` shows each constant once.
    """
    picture = picture_of(subject_of(fct), NOTHING, MOST_NODES, *args, **kwargs)
    _write(Path(path), dot(picture, _name(fct)))


def pydotprint(
    fct: Any,
    outfile: str | os.PathLike | None = None,
    compact: bool = True,
    format: str = "png",
    with_ids: bool = False,
    high_contrast: bool = True,
    cond_highlight: Any = None,
    colorCodes: Mapping[str, str] | None = None,
    max_label_size: int = 70,
    scan_graphs: bool = False,
    var_with_name_simple: bool = False,
    print_output_file: bool = True,
    return_image: bool = False,
) -> Any:
    """Write a picture of a graph to a file.

    Parameters
    ----------
    fct
        A compiled function, a graph, an application, a variable or a list of them.
    outfile
        By default the name of the function in the current folder.  Its ending tells the format where ``format`` is not
        given; the ending of ``format`` is put to it if it is missing.
    compact
        False shows each constant once, with all of its uses, instead of one for each use.
    format
        "svg", "dot" and "html" need nothing; all others, such as "png" and "pdf", are made by Graphviz.
    with_ids
        Put the positions of applications in the order of execution before their labels.
    high_contrast
        False draws boxes in white with coloured borders.
    cond_highlight
        An application of ifelse, or True for the last one: what its branches alone need is marked by "then" and "else",
        what both need by "both".
    colorCodes
        From names of ops, or of classes of ops, to colours of their boxes.
    max_label_size
        Longest label.
    scan_graphs
        Write a picture of the step of each loop, too: the file's name, followed by the loop's name and position.  A page
        of HTML has them inside the boxes of loops.
    var_with_name_simple
        Of a variable with a name show the name alone, without its type.
    print_output_file
        Print the name of the file.
    return_image
        Return the content of the file, which Jupyter shows, and write none.

    Raises
    ------
    RuntimeError
        Where the format needs Graphviz, and it is not installed.
    """
    kind = _format_of(outfile, format)
    if kind == "html":
        content: str | bytes = graph_page(fct, compact)
        loops: dict[str, Picture] = {}
    else:
        picture = _picture(fct, compact, with_ids, cond_highlight, max_label_size, var_with_name_simple)
        loops = dict(_loops(picture)) if scan_graphs else {}
        content = _made(picture, _name(fct), kind, colorCodes or {}, high_contrast)
    if return_image:
        return TextImage(content, kind) if isinstance(content, str) else BinaryImage(content, kind)
    path = Path(f"{_name(fct)}.{kind}" if outfile is None else outfile)
    if path.suffix != f".{kind}":
        path = path.with_name(f"{path.name}.{kind}")
    _write(path, content)
    for name, inner in loops.items():
        _write(
            path.with_stem(f"{path.stem}_{name}"), _made(inner, name, kind, colorCodes or {}, high_contrast)
        )
    if print_output_file:
        print("The output file is available at", path)
    return None


def _format_of(outfile: str | os.PathLike | None, format: str) -> str:
    ending = "" if outfile is None else Path(outfile).suffix.removeprefix(".")
    return ending if format == "png" and ending in (*OWN_FORMATS, *GRAPHVIZ_FORMATS) else format


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def _picture(
    fct: Any,
    compact: bool,
    with_ids: bool,
    cond_highlight: Any,
    max_label_size: int,
    var_with_name_simple: bool,
) -> Picture:
    """The picture, with labels as the options ask for."""
    subject = subject_of(fct)
    profile = fct.profile if isinstance(fct, Function) else None
    seconds_of = NOTHING if profile is None else profile.apply_time
    picture = picture_of(subject, seconds_of, compact=compact)
    steps = (
        fct.maker.fgraph.toposort()
        if isinstance(fct, Function)
        else io_toposort(subject.inputs, subject.outputs)
    )
    order = {node: k for k, node in enumerate(steps)}
    marks = _sides(steps, cond_highlight) if cond_highlight else {}
    for node in picture.nodes:
        if with_ids and isinstance(node.thing, Apply):
            node.label = f"{order[node.thing]}: {node.label}"
        if node.thing in marks:
            node.label = f"{marks[node.thing]}: {node.label}"
        node.label = shorter(node.label, max_label_size)
        if var_with_name_simple and isinstance(node.thing, Variable) and node.thing.name:
            node.below = ""
    return picture


def _loops(picture: Picture) -> Iterator[tuple[str, Picture]]:
    """Names and pictures of the steps of loops."""
    for k, node in enumerate(picture.nodes):
        if node.kind == "loop" and node.inner is not None:
            yield _safe(f"{node.thing.op.name or 'scan'}_{k}"), node.inner


def _made(
    picture: Picture, name: str, kind: str, codes: Mapping[str, str], high_contrast: bool
) -> str | bytes:
    flat = Picture([replace(node, inner=None) for node in picture.nodes], picture.edges, picture.left_out)
    colours = _colours(flat, codes, high_contrast)
    if kind == "svg":
        return svg(flat, colours)
    text = dot(flat, name, colours)
    return text if kind == "dot" else rendered(text, kind)


def _colours(picture: Picture, codes: Mapping[str, str], high_contrast: bool) -> dict[int, tuple[str, str]]:
    """Fill and border of the boxes that do not have those of their kind, by position."""
    found = {}
    for k, node in enumerate(picture.nodes):
        fill, border = KINDS[node.kind]
        own = _code_of(node, codes)
        if own is not None or not high_contrast:
            found[k] = (own or fill, border) if high_contrast else ("white", own or border)
    return found


def _code_of(node: Node, codes: Mapping[str, str]) -> str | None:
    if not isinstance(node.thing, Apply):
        return None
    names = [
        label_of_op(node.thing.op),
        str(node.thing.op),
        *(kind.__name__ for kind in type(node.thing.op).__mro__),
    ]
    return next((colour for name, colour in codes.items() if name in names), None)


def _sides(steps: Sequence[Apply], choice: Any) -> dict[Apply, str]:
    """What the branches of an application of ifelse need, but its condition does not."""
    choices = (
        [node for node in steps if isinstance(node.op, IfElse)]
        if choice is True
        else [getattr(choice, "owner", choice)]
    )
    if not choices or not isinstance(getattr(choices[-1], "op", None), IfElse):
        warnings.warn("cond_highlight: there is no application of ifelse in the graph", stacklevel=4)
        return {}
    branches = choices[-1].inputs[1:]
    half = len(branches) // 2
    condition, then, otherwise = (
        _needed(vs) for vs in (choices[-1].inputs[:1], branches[:half], branches[half:])
    )
    marks = dict.fromkeys((then & otherwise) - condition, "both")
    marks |= dict.fromkeys(then - otherwise - condition, "then")
    return marks | dict.fromkeys(otherwise - then - condition, "else")


def _needed(variables: Sequence[Variable]) -> set[Apply]:
    return set(io_toposort((), variables))


def _name(fct: Any) -> str:
    """What a picture of it is called."""
    return _safe(str(fct.name) if isinstance(fct, (Function, Variable)) and fct.name else "theano_graph")


def _safe(name: str) -> str:
    """The name as that of a file."""
    return "".join(c if c.isalnum() or c in "-_." else "_" for c in name)
