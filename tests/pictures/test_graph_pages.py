"""Pages of graphs: one file that needs nothing else, with all of the graph in it."""

from __future__ import annotations

import itertools
import json
import re
import tomllib
from fnmatch import fnmatch
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from theano.d3viz import d3viz, d3write

import theano
import theano.pictures
import theano.tensor as T
from theano.pictures import graph_page
from theano.pictures.layout import Layout, lay_out
from theano.pictures.model import Picture, picture_of, subject_of


class Page(HTMLParser):
    """The elements of a page: their names and attributes, and the texts of scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict]] = []
        self.scripts: list[str] = []
        self.title = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        last = self.elements[-1][0] if self.elements else ""
        if last == "script":
            self.scripts[-1] += data
        elif last == "title" and not self.title:
            self.title = data

    @property
    def data(self) -> dict:
        return json.loads(self.scripts[0])


@pytest.fixture(scope="module")
def trained() -> theano.compile.Function:
    """A step of training with a loop, profiled."""
    x = T.dmatrix("x")
    w = theano.shared(np.ones((3, 2)), "w")
    states, _ = theano.scan(lambda s: T.tanh(s * w.sum()), n_steps=3, outputs_info=x.sum(), name="steps")
    cost = states[-1] + T.dot(x, w).mean()
    f = theano.function(
        [x],
        cost,
        updates=[(w, w - T.grad(cost, w))],
        profile=theano.ProfileStats(atexit_print=False),
        name="train",
    )
    f(np.ones((4, 3)))
    return f


def labels(graph: dict) -> list[str]:
    return [node["label"] for node in graph["nodes"]]


def test_a_page_needs_nothing_beside_itself(trained: theano.compile.Function) -> None:
    text = graph_page(trained)
    page = Page(text)
    assert page.title == "train"
    addresses = [a for _, given in page.elements for name, a in given.items() if name in ("src", "href")]
    assert not addresses and "@import" not in text and "url(" not in text.replace("url(#arrow)", "")
    assert set(re.findall(r"https?://[\w./]+", text)) <= {
        "http://www.w3.org/2000/svg"
    }  # a name, not an address


def test_a_page_holds_the_graph_before_and_after_rewriting(trained: theano.compile.Function) -> None:
    data = Page(graph_page(trained)).data
    assert {"input", "shared"} <= {node["kind"] for node in data["after"]["nodes"]}
    for which in ("before", "after"):
        graph = data[which]
        assert {"x", "w", "new w"} <= {*labels(graph), *(node["below"] for node in graph["nodes"])}
        assert all(0 <= e["source"] < len(graph["nodes"]) > e["target"] >= 0 for e in graph["edges"])
    assert len(data["before"]["nodes"]) != len(data["after"]["nodes"])


def test_nodes_tell_types_the_line_and_the_time(trained: theano.compile.Function) -> None:
    nodes = Page(graph_page(trained)).data["after"]["nodes"]
    dot = next(node for node in nodes if node["kind"] == "product")
    assert dot["place"]["file"] == __file__ and "T.dot(x, w)" in dot["place"]["source"]
    assert dict(map(tuple, dot["facts"]))["output 0"] == "TensorType(float64, matrix)"
    assert sum(node["share"] for node in nodes) == pytest.approx(1)
    assert Page(graph_page(trained)).data["profiled"]


def test_edges_tell_types_and_operands_of_loops() -> None:
    x = T.dmatrix("x")
    y, _ = theano.scan(lambda row, s: row.sum() * s, sequences=x, outputs_info=T.dscalar("s"))
    picture = picture_of(subject_of(y * 2))
    full = {edge.full for edge in picture.edges}
    assert {"steps int64 ()", "sequence float64 (?, ?)", "state float64 (?)", "float64 (?)"} <= full
    loop = next(node for node in picture.nodes if node.kind == "loop")
    assert loop.inner is not None
    inside = {(node.kind, node.label) for node in loop.inner.nodes}
    assert {
        ("input", "x[t]"),
        ("input", "s[t-1]"),
        ("elementwise", "mul"),
        ("output", "next state"),
    } <= inside


def test_known_lengths_stand_in_types() -> None:
    w = theano.shared(np.ones((3, 4)), "w")
    x = T.dmatrix("x")
    x.tag.test_value = np.ones((2, 3))
    belows = [node.below for node in picture_of(subject_of(T.dot(x, w) + np.ones(4))).nodes]
    assert {"float64 (3, 4)", "float64 (2, 3)", "float64 (4)"} <= set(belows)
    f = theano.function([x], T.dot(x, w), updates=[(w, w * 2)], mode="FAST_COMPILE")
    assert ("w", "float64 (3, 4)") in {(node.label, node.below) for node in picture_of(subject_of(f)).nodes}


def test_graphs_of_ops_and_of_branches_are_inside_their_nodes() -> None:
    x = T.dscalar("x")
    op = theano.OpFromGraph([x], [T.exp(x) + 1])
    inner = next(node.inner for node in picture_of(subject_of(op(x))).nodes if node.kind == "graph")
    assert inner is not None and {"input 0", "exp", "add", "output"} <= {node.label for node in inner.nodes}
    choice = theano.function([x], theano.ifelse.ifelse(T.gt(x, 0), T.exp(x), T.log(x) * 2))
    kinds = [node.kind for node in picture_of(subject_of(choice)).nodes]
    assert "branch" in kinds


@pytest.mark.parametrize("name", ["</script><b>", "<!--", "a & \"b'", "\u2028 line", "é"])
def test_names_of_any_kind_stay_texts(name: str) -> None:
    x = T.dscalar(name)
    f = theano.function([x], x + 1, name=name, mode="FAST_COMPILE")
    page = Page(graph_page(f))
    assert page.title == name and len(page.scripts) == 2
    assert not any(tag == "b" for tag, _ in page.elements)
    assert " ".join(name.split()) in labels(page.data["after"])


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return abs(a[0] - b[0]) < (a[2] + b[2]) / 2 and abs(a[1] - b[1]) < (a[3] + b[3]) / 2


def check_layout(picture: Picture, layout: Layout) -> None:
    boxes = list(zip(layout.x, layout.y, layout.width, layout.height))
    assert not any(overlap(a, b) for k, a in enumerate(boxes) for b in boxes[:k])
    width, height = layout.whole
    for x, y, w, h in boxes:
        assert (
            -0.2 <= x - w / 2 and x + w / 2 <= width + 0.2 and -0.2 <= y - h / 2 and y + h / 2 <= height + 0.2
        )
    for edge, route in zip(picture.edges, layout.routes):
        assert layout.y[edge.source] < layout.y[edge.target]
        assert all(above < below for (_, above), (_, below) in itertools.pairwise(route))
    for node, inner in zip(picture.nodes, layout.inner):
        if node.inner is not None:
            assert inner is not None
            check_layout(node.inner, inner)


def test_no_two_nodes_overlap_and_edges_go_down(trained: theano.compile.Function) -> None:
    picture = picture_of(subject_of(trained))
    check_layout(picture, lay_out(picture))


@pytest.mark.parametrize("seed", range(3))
def test_no_two_nodes_of_random_graphs_overlap(seed: int) -> None:
    rng = np.random.default_rng(seed)
    variables = [T.dscalar(f"a{'b' * rng.integers(30)}") for _ in range(4)]
    for _ in range(40):
        a, b = (variables[k] for k in rng.integers(0, len(variables), 2))
        variables.append(a * b)
    picture = picture_of(subject_of(variables[-12:]))
    check_layout(picture, lay_out(picture))


def test_a_graph_of_nothing_and_one_of_a_variable_alone_have_pages() -> None:
    assert labels(Page(graph_page(T.dscalar("x"))).data["after"]) == ["x"]
    f = theano.function([], [], mode="FAST_COMPILE")
    assert Page(graph_page(f)).data["after"]["nodes"] == []


def test_of_a_huge_graph_a_part_is_shown_and_the_page_says_so() -> None:
    x = y = T.dscalar("x")
    for _ in range(3000):
        y = y + x
    data = Page(graph_page(y, most=50)).data
    assert data["after"]["left_out"] == 2950 and len(data["after"]["nodes"]) == 51


def test_d3viz_makes_the_folders_of_its_page(tmp_path: Path) -> None:
    path = tmp_path / "pages" / "x.html"
    d3viz(T.exp(T.dvector("x")), path, copy_deps=False)
    assert "exp" in labels(Page(path.read_text(encoding="utf-8")).data["after"])


def test_compact_is_an_argument_of_pages_and_texts(tmp_path: Path) -> None:
    two = T.constant(2.5)
    y = (T.dvector("x") + two) * two
    for compact, times in ((True, 2), (False, 1)):
        d3viz(y, tmp_path / "x.html", True, compact)
        assert (
            labels(Page((tmp_path / "x.html").read_text(encoding="utf-8")).data["after"]).count("2.5")
            == times
        )
        d3write(y, tmp_path / "x.dot", compact=compact)
        assert (tmp_path / "x.dot").read_text(encoding="utf-8").count('"2.5') == times


def test_d3write_writes_inner_graphs_as_clusters(tmp_path: Path, trained: theano.compile.Function) -> None:
    path = tmp_path / "x.dot"
    d3write(trained, path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith('digraph "train" {') and "subgraph cluster_n" in text
    assert text.count("{") == text.count("}")


def test_titles_are_names_or_tell_how_many_expressions_there_are() -> None:
    x = T.dscalar("x")
    assert [Page(graph_page(thing)).title for thing in (x, [x], [x, x + 1])] == ["x", "x", "2 expressions"]
    assert Page(graph_page(x, title="a <b>")).title == "a <b>"


def test_files_that_pages_are_made_of_are_packaged() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    folder = Path(theano.pictures.__file__).parent
    others = [path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".py"]
    assert sorted(others) == ["graph.js", "page.css"]
    assert all(any(fnmatch(name, pattern) for pattern in patterns) for name in others)


def test_what_is_no_graph_is_refused() -> None:
    with pytest.raises(TypeError, match="a picture is made of a function"):
        graph_page(3)
