"""theano.printing.pydotprint with each of its options, and the names of theano.d3viz.formatting."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from theano.d3viz import formatting
from theano.d3viz.d3viz import replace_patterns, safe_json
from theano.ifelse import ifelse

import theano
import theano.tensor as T
from theano.pictures import dot
from theano.printing import default_colorCodes, pydotprint

SVG = "{http://www.w3.org/2000/svg}"
x = T.dvector("x")


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def fills(svg: str) -> set[str]:
    return {element.get("fill", "") for element in ElementTree.fromstring(svg).iter(f"{SVG}rect")}


def picture(thing: object, **options: object) -> str:
    return pydotprint(thing, format="svg", return_image=True, **options)


def test_files_have_the_ending_of_the_format(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    pydotprint(T.exp(x), tmp_path / "a", format="svg")
    pydotprint(T.exp(x), str(tmp_path / "b.dot"))
    pydotprint(T.exp(x), tmp_path / "c.html", format="html", print_output_file=False)
    assert {path.name for path in tmp_path.iterdir()} == {"a.svg", "b.dot", "c.html"}
    said = capsys.readouterr().out
    assert said == "".join(f"The output file is available at {tmp_path / n}\n" for n in ("a.svg", "b.dot"))
    assert (tmp_path / "b.dot").read_text().startswith('digraph "theano_graph" {')


def test_without_a_name_the_file_is_called_as_the_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pydotprint(theano.function([x], x + 1, name="a/b c", mode="FAST_COMPILE"), format="svg")
    assert [path.name for path in tmp_path.iterdir()] == ["a_b_c.svg"]


def test_images_need_graphviz_and_say_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(dot.shutil, "which", lambda name: None)
    with pytest.raises(RuntimeError, match=r"install Graphviz .* or take format='svg', 'dot' or 'html'"):
        pydotprint(T.exp(x), tmp_path / "a.png")


def test_graphviz_makes_images(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text('#!/bin/sh\necho "$1"; cat\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    image = pydotprint(T.exp(x), return_image=True)
    assert image.startswith(b'-Tpng\ndigraph "theano_graph" {')
    assert list(image._repr_mimebundle_()) == ["image/png"]
    program.write_text("#!/bin/sh\necho no such kind >&2; exit 1\n")
    with pytest.raises(RuntimeError, match="no such kind"):
        pydotprint(T.exp(x), tmp_path / "a.xyz", format="xyz")


def test_an_image_that_is_returned_is_its_text_and_jupyter_shows_it() -> None:
    image = picture(T.exp(x))
    assert "exp" in texts(image)
    assert image._repr_mimebundle_() == {"image/svg+xml": str(image)}
    page = pydotprint(T.exp(x), format="html", return_image=True)
    assert list(page._repr_mimebundle_()) == ["text/html"]


def test_compact_shows_constants_at_each_use() -> None:
    two = T.constant(2.5)
    y = (x + two) * two
    assert texts(picture(y)).count("2.5") == 2 and texts(picture(y, compact=False)).count("2.5") == 1


def test_ids_are_the_order_of_execution() -> None:
    f = theano.function([x], T.exp(x).sum(), mode="FAST_COMPILE")
    shown = texts(picture(f, with_ids=True))
    assert "0: exp" in shown and any(text.startswith("1: Sum") for text in shown)
    assert "0: exp" in texts(picture(T.exp(x), with_ids=True))


def test_colours_fill_boxes_or_surround_them() -> None:
    assert "#010203" in fills(picture(T.exp(x), colorCodes={"Elemwise": "#010203"}))
    assert "#010203" in fills(picture(T.exp(x), colorCodes={"exp": "#010203"}))
    pale = picture(T.exp(x), colorCodes={"Elemwise": "#010203"}, high_contrast=False)
    assert "#010203" not in fills(pale) and 'stroke="#010203"' in pale
    assert default_colorCodes["Elemwise"] in fills(picture(T.exp(x)))


def test_branches_of_ifelse_are_marked() -> None:
    shared = T.exp(x)
    y = ifelse(T.gt(x.sum(), 0), T.sin(shared), T.cos(shared))
    for which in (True, y, y.owner):
        shown = texts(picture(y, cond_highlight=which))
        assert {"then: sin", "else: cos", "both: exp"} <= set(shown)
    with pytest.warns(UserWarning, match="no application of ifelse"):
        picture(shared, cond_highlight=True)


def test_labels_are_shortened() -> None:
    assert "abcdefg…" in texts(picture(T.exp(T.dvector("abcdefghijkl")), max_label_size=8))


def test_simple_variables_show_no_type() -> None:
    assert "float64 (?)" in texts(picture(x + 1))
    assert texts(picture(x * 1.5, var_with_name_simple=True)).count("float64 (?)") == 0


def test_steps_of_loops_have_files_of_their_own(tmp_path: Path) -> None:
    y, _ = theano.scan(lambda v: T.tanh(v), sequences=x, name="walk")
    pydotprint(y, tmp_path / "a.svg", print_output_file=False)
    assert len(list(tmp_path.iterdir())) == 1
    pydotprint(y, tmp_path / "a.svg", scan_graphs=True, print_output_file=False)
    (inner,) = [path for path in tmp_path.iterdir() if path.name != "a.svg"]
    assert inner.name.startswith("a_walk_") and "tanh" in texts(inner.read_text(encoding="utf-8"))


def test_texts_of_any_kind_are_quoted_in_dot() -> None:
    text = str(pydotprint(T.exp(T.dvector('a"b\\')), format="dot", return_image=True))
    assert '"a\\"b\\\\\\nfloat64 (?)"' in text


def test_names_of_formatting() -> None:
    f = theano.function([x], T.exp(x), profile=theano.ProfileStats(atexit_print=False))
    f(np.ones(3))
    node = T.exp(x).owner
    assert formatting.apply_label(node) == "Elemwise exp"
    assert formatting.apply_profile(node, None) == [] and len(formatting.apply_profile(node, f.profile)) == 2
    assert formatting.broadcastable_to_str((True, False)) == "row"
    assert formatting.dtype_to_char("float32") == "f" and formatting.dtype_to_char("bool") == "X"
    assert formatting.type_to_str(T.dmatrix().type) == "dmatrix"
    assert formatting.var_label(T.constant(1.23456), precision=2) == "1.2" and formatting.var_label(x) == "x"
    assert formatting.var_tag(T.exp(x))[0] == __file__
    assert replace_patterns("a %% b", {"%%": 1}) == "a 1 b"
    assert json.loads(safe_json({"a": "</b>"})) == {"a": "</b>"} and "<" not in safe_json("</b>")


def test_graphs_of_the_formatter() -> None:
    text = formatting.PyDotFormatter(compact=False)(T.exp(x) + 1).to_string()
    assert "digraph" in text and "exp" in text
    assert "red" in formatting.dict_to_pdnode({"name": "n", "color": "red", "label": None}).to_string()
