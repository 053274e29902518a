"""The page of a profile: one file, whose numbers are the profile's own, whatever things are called."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import ProfileStats

NASTY = "</script><script>alert('&amp;')</script><!--"
LOADING = {"src", "href", "action", "data", "srcset", "poster", "background"}  # which name other files
FOLDER = Path(theano.__file__).parent / "profiling"


class Parsed(HTMLParser):
    """The elements of a page in order, and the text in each of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), ""))
        if tag != "meta":
            self.open.append(len(self.elements) - 1)

    def handle_data(self, data: str) -> None:
        if self.open:
            tag, attrs, text = self.elements[self.open[-1]]
            self.elements[self.open[-1]] = (tag, attrs, text + data)

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self.open.pop()][0] == tag

    def text_of(self, tag: str, **wanted: str) -> str:
        (text,) = [t for name, attrs, t in self.elements if name == tag and wanted.items() <= attrs.items()]
        return text

    def numbers(self) -> dict[str, Any]:
        return json.loads(self.text_of("script", id="profile"))


def measured(message: str = "trained") -> ProfileStats:
    """Of a function with a loop, a product and a fused sum, and of another one, each called."""
    profile = ProfileStats(atexit_print=False, message=message)
    x = T.dmatrix("x")
    states, _ = theano.scan(lambda row, s: T.tanh(row + T.dot(s, x[:4].T)), x, T.zeros(4))
    mode = theano.Mode("llvm", "fast_run")
    with theano.change_flags(cache=False, profile_optimizer=True):
        f = theano.function([x], T.exp(states[-1]).sum(), mode=mode, profile=profile, name="first")
        g = theano.function([x], T.dot(x, x), mode=mode, profile=profile, name=NASTY)
    f(np.ones((9, 4)))
    g(np.ones((4, 4)))
    return profile


@pytest.fixture(scope="module")
def profile() -> ProfileStats:
    return measured()


def test_the_numbers_in_the_page_are_those_of_the_profile(profile: ProfileStats) -> None:
    found = Parsed(profile.to_html()).numbers()
    assert found == json.loads(profile.to_json())
    assert (found["calls"], found["seconds"]) == (profile.fct_callcount, profile.fct_call_time)
    assert [step["seconds"] for step in found["steps"]] == [step.seconds for step in profile.steps()]
    assert found["compile"]["seconds"] == profile.compile_time
    by_function = [fn["seconds"] for fn in found["functions"]]
    assert sum(by_function) == pytest.approx(profile.fct_call_time)
    for k, seconds in enumerate(by_function):
        assert sum(s["seconds"] for s in found["steps"] if s["function"] == k and s["within"] < 0) <= seconds


def test_a_step_knows_its_function_and_its_loop(profile: ProfileStats) -> None:
    steps = profile.to_dict()["steps"]
    assert {step["function"] for step in steps} == {0, 1}
    inside = [step for step in steps if step["within"] >= 0]
    assert inside and all(steps[s["within"]]["kind"] == "scan" and s["function"] == 0 for s in inside)
    assert [s["kind"] for s in steps if s["function"] == 1] == ["BLAS"]


def test_the_page_asks_for_no_other_file(profile: ProfileStats) -> None:
    text = profile.to_html()
    page = Parsed(text)
    assert not [attrs for _, attrs, _ in page.elements if LOADING & set(attrs)]
    assert not {"link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _, _ in page.elements}
    assert not re.search(r"https?:|//[\w-]+\.|url\(|@import|\bimport\b|fetch\(|XMLHttp", _assets())
    (policy,) = [
        a["content"] for _, a, _ in page.elements if a.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policy is not None and policy.startswith("default-src 'none'")


@pytest.mark.parametrize("message", [NASTY, "a & b < c", "\u2028 ü", ""])
def test_names_cannot_become_parts_of_the_page(message: str, profile: ProfileStats) -> None:
    plain, named = Parsed(profile.to_html()), ProfileStats(atexit_print=False, message=message)
    named.sources = profile.sources
    page = Parsed(named.to_html())
    assert [tag for tag, _, _ in page.elements] == [tag for tag, _, _ in plain.elements]
    assert page.numbers()["message"] == message
    assert page.numbers()["functions"][1]["name"] == NASTY
    assert page.text_of("h1") == (f"Profile of {message}" if message else "Profile")


def test_a_page_without_calls_or_steps_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    nothing = ProfileStats(atexit_print=False, flag_time_thunks=False)
    assert nothing.to_html(path) == path.read_text(encoding="utf-8")
    assert Parsed(path.read_text(encoding="utf-8")).numbers()["calls"] == 0


def test_the_program_finds_what_it_reads(profile: ProfileStats) -> None:
    text, found = (FOLDER / "page.js").read_text(encoding="utf-8"), profile.to_dict()
    ids = {attrs["id"] for _, attrs, _ in Parsed(profile.to_html()).elements if "id" in attrs}
    assert set(re.findall(r'by_id\("(\w+)"\)', text)) <= ids
    assert set(re.findall(r"\bprofile\.(\w+)", text)) <= set(found)
    assert set(re.findall(r"\bstep\.(\w+)", text)) <= set(found["steps"][0])
    assert set(re.findall(r"\bfn\.(\w+)", text)) <= set(found["functions"][0])
    assert set(re.findall(r"\bphase\.(\w+)", text)) <= {*found["compile"], "changes"}
    nodes = [node for step in found["steps"] for node in step["nodes"]]
    assert set(re.findall(r"\bnode\.(\w+)", text)) <= set().union(*nodes)


def test_each_kind_of_step_has_a_color_by_day_and_by_night() -> None:
    from theano.backends.timing import TimedStep

    told = TimedStep.__doc__ or ""
    kinds = re.findall(r'"(\w+)"', told)
    style = (FOLDER / "page.css").read_text(encoding="utf-8")
    assert len(kinds) >= 9
    assert [kind for kind in kinds if style.count(f"--{kind}:") != 2] == []


def _assets() -> str:
    return "".join((FOLDER / name).read_text(encoding="utf-8") for name in ("page.js", "page.css"))
