"""What Jupyter shows of variables and functions."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.graph import Apply, Op
from theano.pictures.notebook import MOST_SHOWN


@pytest.mark.parametrize(
    "thing",
    [
        T.dscalar("x"),
        T.exp(T.dmatrix("<b>")).sum(),
        theano.shared(np.ones(3), "w"),
        T.constant(np.arange(1e5)),
        theano.function([], T.constant(1.0) + 1, mode="FAST_COMPILE"),
        theano.scan(lambda s: s * 2, n_steps=3, outputs_info=T.dscalar("s"))[0],
    ],
    ids=["variable", "expression", "shared", "constant", "function", "loop"],
)
def test_pictures_are_well_formed_and_small(thing: theano.Variable) -> None:
    svg, html = thing._repr_svg_(), thing._repr_html_()
    assert svg is not None and html is not None
    ElementTree.fromstring(svg)
    ElementTree.fromstring(f"<body>{html}</body>")
    assert len(html) < 40_000


def test_a_huge_graph_is_limited_and_says_so() -> None:
    x = y = T.dscalar("x")
    for _ in range(5000):
        y = y * x
    svg = y._repr_svg_()
    assert svg is not None and svg.count("<rect") == MOST_SHOWN + 2
    assert f"{5000 - MOST_SHOWN} applications far from the outputs are not shown" in svg


def test_what_cannot_be_drawn_is_no_error() -> None:
    class Silent(Op):
        def make_node(self, x: theano.Variable) -> Apply:
            return Apply(self, [x], [x.type()])

        def __str__(self) -> str:
            raise ValueError("no text")

    y = Silent()(T.dscalar("x"))
    assert y._repr_svg_() is None and y._repr_html_() is None


def test_pictures_are_imported_when_somebody_asks_for_one() -> None:
    code = """
import sys, theano, theano.printing, theano.tensor as T
f = theano.function([], T.constant(1.0) + 1)
assert not any(name.startswith("theano.pictures") for name in sys.modules)
assert "<svg" in f._repr_html_()
"""
    subprocess.run([sys.executable, "-c", code], check=True)
