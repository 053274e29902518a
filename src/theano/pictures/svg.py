"""A picture as SVG that needs no code: for notebooks, and files."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from theano.pictures.layout import Layout, Point, lay_out
from theano.pictures.model import Picture

KINDS = {  # fill and border of nodes
    "input": ("#d8f0dc", "#4a9a5b"),
    "shared": ("#c9ece9", "#2b8f88"),
    "constant": ("#ececec", "#a5a5a5"),
    "output": ("#fde2e2", "#c75c5c"),
    "elementwise": ("#dbe9fb", "#5b8fd0"),
    "reduction": ("#e7defa", "#8a6bc9"),
    "product": ("#ffe6cc", "#d58a3c"),
    "loop": ("#fff3c4", "#c7a11f"),
    "branch": ("#fbe0f0", "#c165a0"),
    "graph": ("#f3ead9", "#a58a55"),
    "structure": ("#e6ebf0", "#8796a6"),
    "other": ("#f4f4f4", "#8c8c8c"),
}
MARGIN = 16.0
FONT = "ui-monospace,Menlo,Consolas,monospace"


def svg(picture: Picture, colours: Mapping[int, tuple[str, str]] | None = None) -> str:
    """An ``<svg>`` element.  Graphs inside nodes are not shown.

    colours  fill and border of nodes, by position, that do not have those of their kind
    """
    layout = lay_out(picture)
    width, height = (round(n + 2 * MARGIN, 1) for n in layout.whole)
    note = what_is_missing(picture)
    height += 18 * bool(note)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="{FONT}" font-size="12" text-anchor="middle">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<g transform="translate({MARGIN},{MARGIN})">',
        *_edges(picture, layout),
        *_boxes(picture, layout, colours or {}),
        "</g>",
    ]
    if note:
        lines.append(f'<text x="{MARGIN}" y="{height - 6}" text-anchor="start" fill="#6a737d">{note}</text>')
    return "\n".join([*lines, "</svg>"])


def what_is_missing(picture: Picture) -> str:
    """A sentence about the applications that are left out; "" if there are none."""
    return f"{picture.left_out} applications far from the outputs are not shown" if picture.left_out else ""


def _edges(picture: Picture, layout: Layout) -> Iterator[str]:
    meeting: dict[int, int] = {}
    for edge in picture.edges:
        meeting[edge.target] = meeting.get(edge.target, 0) + 1
    seen: dict[int, int] = {}
    for edge, route in zip(picture.edges, layout.routes, strict=True):
        place = seen[edge.target] = seen.get(edge.target, 0) + 1
        among, target, source = meeting[edge.target], edge.target, edge.source
        gap = min(14.0, (layout.width[target] - 16) / among)
        end = layout.x[target] + (place - (among + 1) / 2) * gap, layout.y[target] - layout.height[target] / 2
        points = [(layout.x[source], layout.y[source] + layout.height[source] / 2), *route[1:-1], end]
        yield f'<path d="{_curve(points)}" fill="none" stroke="#9aa4b0"><title>{escape(edge.full)}</title></path>'
        x, y = end
        yield f'<path d="M{x - 3:.1f},{y - 6:.1f}L{x:.1f},{y:.1f}L{x + 3:.1f},{y - 6:.1f}z" fill="#9aa4b0"/>'
        if edge.label:
            x, y = _along(points[-2], end, place / (among + 1))
            yield (
                f'<text x="{x:.1f}" y="{y + 3:.1f}" font-size="9.5" fill="#6a737d" stroke="#ffffff" stroke-width="3" '
                f'paint-order="stroke">{escape(edge.label)}</text>'
            )


def _along(begin: Point, end: Point, part: float) -> Point:
    """Where the label of an edge stands on its last curve: of several that meet at one node, each at a height of its own."""
    t = 0.05 + 0.95 * part
    s, (x0, y0), (x1, y1) = 1 - t, begin, end
    first, last = s * s * s + 3 * s * s * t, 3 * s * t * t + t * t * t
    return x0 * first + x1 * last, y0 * s * s * s + (y0 + y1) / 2 * 3 * s * t + y1 * t * t * t


def _curve(points: Sequence[Point]) -> str:
    text = f"M{points[0][0]:.1f},{points[0][1]:.1f}"
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        middle = (y0 + y1) / 2
        text += f"C{x0:.1f},{middle:.1f} {x1:.1f},{middle:.1f} {x1:.1f},{y1:.1f}"
    return text


def _boxes(picture: Picture, layout: Layout, colours: Mapping[int, tuple[str, str]]) -> Iterator[str]:
    for k, node in enumerate(picture.nodes):
        fill, border = colours.get(k) or KINDS[node.kind]
        x, y, width, height = layout.x[k], layout.y[k], layout.width[k], layout.height[k]
        told = "\n".join(
            [node.label, *(": ".join(fact) for fact in node.facts), str(node.place.get("source", ""))]
        )
        yield (
            f'<g><title>{escape(told)}</title><rect x="{x - width / 2:.1f}" y="{y - height / 2:.1f}" width="{width}" '
            f'height="{height}" rx="6" fill="{fill}" stroke="{border}"/>'
        )
        yield f'<text x="{x}" y="{y + (-3 if node.below else 4.5):.1f}" fill="#1f2328">{escape(node.label)}</text>'
        if node.below:
            yield f'<text x="{x}" y="{y + 12:.1f}" font-size="10" fill="#5b6470">{escape(node.below)}</text>'
        yield "</g>"
