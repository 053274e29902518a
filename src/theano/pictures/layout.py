"""Where the nodes of a picture go: in layers, from what comes in at the top to what comes out at the bottom.

After Sugiyama, Tagawa and Toda (1981): layers by the longest path, an order within layers by the means of neighbours,
and then places that come as near to those means as the widths of nodes allow.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import field

from theano.data_classes import dataclass
from theano.pictures.model import Node, Picture

LETTER, SMALL_LETTER = 7.3, 6.1  # widths
HEIGHT, TALL_HEIGHT = 26.0, 40.0
PADDING = 20.0
GAP, LAYER_GAP = 22.0, 52.0
THREAD = 8.0  # the width of an edge that passes through a layer, and the gap between two of them: THREAD_GAP
THREAD_GAP = 4.0
SWEEPS = 8
LONGEST_THREADS = 20_000  # places of edges in layers that they pass; beyond, edges are drawn straight

Point = tuple[float, float]


@dataclass
class Layout:
    """Places of a picture: of nodes their centres and sizes, of edges the points that they go through.

    inner  layouts of the graphs inside nodes
    """

    x: list[float]
    y: list[float]
    width: list[float]
    height: list[float]
    routes: list[list[Point]]
    whole: Point
    inner: list[Layout | None] = field(default_factory=list)


def lay_out(picture: Picture) -> Layout:
    """Places for all nodes and edges; nodes of one layer do not overlap."""
    sizes = [size_of(node) for node in picture.nodes]
    layers = _layers(len(picture.nodes), [(e.source, e.target) for e in picture.edges])
    chains, widths, layer_of = _threads(picture, [w for w, _ in sizes], layers)
    rows: list[list[int]] = [[] for _ in range(max(layer_of, default=-1) + 1)]
    for place, layer in enumerate(layer_of):
        rows[layer].append(place)
    above: list[list[int]] = [[] for _ in layer_of]
    below: list[list[int]] = [[] for _ in layer_of]
    for chain in chains:
        for upper, lower in itertools.pairwise(chain):
            below[upper].append(lower)
            above[lower].append(upper)
    rows = _ordered(rows, above, below)
    x = _places(rows, above, below, widths)
    tops, y = 0.0, [0.0] * len(layer_of)
    for row in rows:
        tall = max((sizes[p][1] for p in row if p < len(sizes)), default=HEIGHT)
        for place in row:
            y[place] = tops + tall / 2
        tops += tall + LAYER_GAP
    left = min((x[p] - widths[p] / 2 for p in range(len(widths))), default=0.0)
    x = [at - left for at in x]
    count = len(picture.nodes)
    right = max((x[p] + widths[p] / 2 for p in range(len(widths))), default=0.0)
    routes = [[(round(x[p], 1), round(y[p], 1)) for p in chain] for chain in chains]
    inner = [None if node.inner is None else lay_out(node.inner) for node in picture.nodes]
    return Layout(
        [round(at, 1) for at in x[:count]],
        [round(at, 1) for at in y[:count]],
        [w for w, _ in sizes],
        [h for _, h in sizes],
        routes,
        (round(right, 1), round(max(tops - LAYER_GAP, 0.0), 1)),
        inner,
    )


def size_of(node: Node) -> Point:
    """Width and height of a box."""
    letters = len(node.label) + (2 if node.inner is not None else 0)  # "+ " before it
    width = max(LETTER * letters, SMALL_LETTER * len(node.below)) + PADDING
    return round(max(width, 40.0), 1), TALL_HEIGHT if node.below else HEIGHT


def _layers(count: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The layer of each node: below all that it needs; what needs nothing is right above its first user."""
    targets: list[list[int]] = [[] for _ in range(count)]
    waiting = [0] * count
    for source, target in edges:
        targets[source].append(target)
        waiting[target] += 1
    has_sources = [n > 0 for n in waiting]
    layer = [0] * count
    ready = [k for k in range(count) if not waiting[k]]
    for k in ready:
        for target in targets[k]:
            layer[target] = max(layer[target], layer[k] + 1)
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    for k in range(count):
        if not has_sources[k] and targets[k]:
            layer[k] = min(layer[t] for t in targets[k]) - 1
    return layer


def _threads(
    picture: Picture, widths: Sequence[float], layers: Sequence[int]
) -> tuple[list[list[int]], list[float], list[int]]:
    """For each edge the places that it goes through, one in each layer; the widths and the layers of all places."""
    passed = sum(max(layers[e.target] - layers[e.source] - 1, 0) for e in picture.edges)
    through = passed <= LONGEST_THREADS
    chains, all_widths, layer_of = [], list(widths), list(layers)
    for edge in picture.edges:
        chain = [edge.source]
        if through:
            for layer in range(layers[edge.source] + 1, layers[edge.target]):
                chain.append(len(layer_of))
                layer_of.append(layer)
                all_widths.append(THREAD)
        chains.append([*chain, edge.target])
    return chains, all_widths, layer_of


def _ordered(
    rows: list[list[int]], above: Sequence[Sequence[int]], below: Sequence[Sequence[int]]
) -> list[list[int]]:
    """The same rows, each sorted by the means of the positions of its neighbours, down and up again; the best found."""
    position = [0.0] * len(above)

    def enter(row: Sequence[int]) -> None:
        for k, place in enumerate(row):
            position[place] = k

    for row in rows:
        enter(row)
    best, fewest = [list(row) for row in rows], _crossings(rows, below, position)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        near = above if down else below
        for row in rows if down else list(reversed(rows)):
            row.sort(
                key=lambda p: sum(position[q] for q in near[p]) / len(near[p]) if near[p] else position[p]
            )
            enter(row)
        crossings = _crossings(rows, below, position)
        if crossings < fewest:
            best, fewest = [list(row) for row in rows], crossings
        if not fewest:
            break
    return best


def _crossings(
    rows: Sequence[Sequence[int]], below: Sequence[Sequence[int]], position: Sequence[float]
) -> int:
    """How many pairs of edges between neighbouring rows cross: inversions, counted in a binary indexed tree."""
    total = 0
    for row, following in itertools.pairwise(rows):
        tree, members, seen = [0] * (len(following) + 1), set(following), 0
        for place in row:
            ends = sorted(int(position[q]) for q in below[place] if q in members)
            for end in ends:
                k, before = end + 1, 0
                while k:
                    before += tree[k]
                    k &= k - 1
                total += seen - before
            for end in ends:
                seen += 1
                k = end + 1
                while k < len(tree):
                    tree[k] += 1
                    k += k & -k
    return total


def _places(
    rows: Sequence[Sequence[int]],
    above: Sequence[Sequence[int]],
    below: Sequence[Sequence[int]],
    widths: Sequence[float],
) -> list[float]:
    """Centres along the layers: as near to the means of neighbours as order and widths allow."""
    x = [0.0] * len(widths)
    for row in rows:
        at = 0.0
        for place in row:
            x[place] = at + widths[place] / 2
            at += widths[place] + GAP
        for place in row:
            x[place] -= (at - GAP) / 2
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        for row in rows if down else reversed(rows):
            wanted = []
            for place in row:
                near = (
                    [*above[place], *below[place]]
                    if sweep >= SWEEPS - 2
                    else (above if down else below)[place]
                )
                wanted.append(sum(x[q] for q in near) / len(near) if near else x[place])
            for place, at in zip(row, _apart(wanted, [widths[p] for p in row]), strict=True):
                x[place] = at
    return x


def _apart(wanted: Sequence[float], widths: Sequence[float]) -> list[float]:
    """The numbers in this order that keep their distances and are nearest to those wanted, by least squares.

    Without the widths, wanted numbers must not decrease: runs that do are pooled to their mean.
    """
    offsets, at = [], 0.0
    for k, width in enumerate(widths):
        if k:
            before = widths[k - 1]
            at += before / 2 + (GAP if max(before, width) > THREAD else THREAD_GAP) + width / 2
        offsets.append(at)
    pools: list[tuple[float, int]] = []  # mean, how many
    for target, offset in zip(wanted, offsets, strict=True):
        mean, count = target - offset, 1
        while pools and pools[-1][0] > mean:
            other, others = pools.pop()
            mean, count = (mean * count + other * others) / (count + others), count + others
        pools.append((mean, count))
    flat = [mean for mean, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(flat, offsets, strict=True)]
