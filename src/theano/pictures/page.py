"""Pages of HTML that need nothing beside themselves: style, code and data stand in them."""

from __future__ import annotations

import html
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from theano.compile import Function
from theano.graph import Apply
from theano.pictures.layout import Layout, lay_out
from theano.pictures.model import MOST_NODES, NOTHING, Picture, picture_of, subject_of, written_subject
from theano.pictures.svg import KINDS
from theano.profiling.page import document, embedded

BODY = """<header>
<h1>{title}</h1>
<button id="before" title="the graph as it was written">before rewriting</button>
<button id="after" title="the graph as it is carried out">after rewriting</button>
<button id="time" title="colour nodes by the time that a profile puts down to them">time</button>
<span class="gap"></span>
<input id="search" type="search" placeholder="search op, name, line" aria-label="search">
<span id="count"></span>
<button id="unfold_all">unfold all</button>
<button id="fold_all">fold all</button>
<button id="smaller" aria-label="smaller">−</button>
<button id="larger" aria-label="larger">+</button>
<button id="fit">fit</button>
</header>
<main>
<svg id="graph" role="img" aria-label="{title}">
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0,1 L7,4 L0,7 z" fill="#9aa4b0" stroke="none"/></marker></defs>
</svg>
<div id="notice"></div>
</main>
<aside><div id="details"></div><div class="legend" id="legend"></div></aside>"""


def graph_page(thing: Any, compact: bool = True, title: str | None = None, most: int = MOST_NODES) -> str:
    """The page of a graph: of a function both as it was written and as it is carried out, with a profile's times.

    compact  whether constants get a node for each use, instead of one for all
    title    by default the name of the function, or the text of the expression
    most     applications that are shown; of a larger graph those nearest to the outputs
    """
    data = graph_data(thing, compact, most)
    shown = title or _title(thing)
    return filled(shown, BODY.format(title=html.escape(shown)), "graph.js", data)


def _title(thing: Any) -> str:
    if isinstance(thing, (list, tuple)) and len(thing) > 1:
        return f"{len(thing)} expressions"
    (only,) = thing if isinstance(thing, (list, tuple)) else (thing,)
    return (only.name if isinstance(only, Function) else str(only)) or "graph"


def graph_data(thing: Any, compact: bool = True, most: int = MOST_NODES) -> dict[str, Any]:
    """What the page's code draws: pictures "after" and, of a function, "before" rewriting."""
    seconds_of: Mapping[Apply, float] = NOTHING
    if isinstance(thing, Function) and thing.profile is not None:
        seconds_of = thing.profile.apply_time
    after = picture_of(subject_of(thing), seconds_of, most, compact)
    before = (
        picture_of(written_subject(thing), NOTHING, most, compact) if isinstance(thing, Function) else None
    )
    return {
        "kinds": KINDS,
        "profiled": bool(seconds_of),
        "after": as_dict(after, lay_out(after)),
        "before": None if before is None else as_dict(before, lay_out(before)),
    }


def as_dict(picture: Picture, layout: Layout) -> dict[str, Any]:
    """A picture and its layout as the page's code reads them."""
    nodes = [
        {
            "kind": node.kind,
            "label": node.label,
            "below": node.below,
            "facts": [list(fact) for fact in node.facts],
            "place": dict(node.place),
            "seconds": node.seconds,
            "share": node.share,
            "x": layout.x[k],
            "y": layout.y[k],
            "width": layout.width[k],
            "height": layout.height[k],
            "inner": None if node.inner is None else as_dict(node.inner, layout.inner[k]),  # type: ignore[arg-type]
        }
        for k, node in enumerate(picture.nodes)
    ]
    edges = [
        {
            "source": edge.source,
            "target": edge.target,
            "label": edge.label,
            "full": edge.full,
            "points": [list(p) for p in route],
        }
        for edge, route in zip(picture.edges, layout.routes, strict=True)
    ]
    return {
        "nodes": nodes,
        "edges": edges,
        "width": layout.whole[0],
        "height": layout.whole[1],
        "left_out": picture.left_out,
    }


def filled(title: str, body: str, code: str, data: Any) -> str:
    """A page whose code, a file beside this one, calls ``start(document, data)`` of itself."""
    return document(title, asset("page.css"), f"""\
{body}
<noscript>This page is drawn by the code in it: allow it to run.</noscript>
<script type="application/json" id="data">{embedded(data)}</script>
<script>
{asset(code)}
start(document, JSON.parse(document.getElementById("data").textContent));
</script>""")  # fmt: skip


@cache
def asset(name: str) -> str:
    """The text of a file beside this one."""
    return files("theano.pictures").joinpath(name).read_text(encoding="utf-8")
