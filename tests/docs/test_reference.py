"""The reference of the site: docstrings become Markdown without loss, and everything public has one."""

from __future__ import annotations

import re
import sys

import pytest
import reference
from docstrings import markdown, prose
from pages import DOCS, all_pages, blocks, links

from stubs.modules import SOURCES, public_modules, public_names

TEXT = """The sum of ``x`` over axes_of it, ``a * b`` <= 2.

    out[i] = sum_j x[i, j]

x    tensor, any dtype
out  dtype of x

* an item
  of two lines
* another

Parameters
----------
axis
    Which, or ``None``.

    A second paragraph.
keepdims : bool

Raises
------
ValueError
    When it fails.

>>> f(x)
array(1.)
"""

EXPECTED = """The sum of `x` over axes\\_of it, `a * b` \\<= 2.

```text
out[i] = sum_j x[i, j]
```

```text
x    tensor, any dtype
out  dtype of x
```

* an item of two lines
* another

**Parameters**

* `axis`

  Which, or `None`.

  A second paragraph.

* `keepdims : bool`

**Raises**

* `ValueError`

  When it fails.

```pycon
>>> f(x)
array(1.)
```"""


def test_a_docstring_becomes_markdown() -> None:
    assert markdown(TEXT) == EXPECTED


@pytest.mark.parametrize("plain", ["1. a number", "+ a plus", "x_i * y_i", "f[i](j)", "a | b", "$x$", "<T>"])
def test_prose_has_no_marks_of_markdown(plain: str) -> None:
    written = prose(plain)
    assert written != plain and re.sub(r"\\(.)", r"\1", written) == plain


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    return reference.pages()


def words(text: str) -> list[str]:
    """All words but those that name the language of a block."""
    return [word for word in re.findall(r"\w+", text.replace("\\", "")) if word not in ("text", "pycon")]


def test_nothing_of_a_docstring_is_lost(site: dict[str, str]) -> None:
    values = [
        v for page in reference.PAGES for m in page.modules for v in public_names(sys.modules[m]).values()
    ]
    tried = 0
    for text in (value.__doc__ for value in values if not reference._is_plain(value)):
        assert words(markdown(text)) == words(text)
        tried += 1
    assert tried > 1000


def test_blocks_of_the_reference_are_closed(site: dict[str, str]) -> None:
    for name, text in site.items():
        open_fences: list[str] = []
        for line in text.splitlines():
            if mark := re.match(r" *(`{3,})(.*)", line):
                if mark[2].strip():
                    open_fences.append(mark[1])
                else:
                    assert open_fences.pop() == mark[1], name
        assert not open_fences, name


def test_everything_public_has_a_docstring() -> None:
    assert reference.undocumented() == []


def test_every_room_that_programs_import_has_a_page() -> None:
    """Rooms directly under theano, but for inner ones, which lie under the name of another or need no names of theirs."""
    inner = {
        "configuration_flags",
        "configuration_sources",
        "configuration_values",
        "control_flow",
        "data_classes",
        "late",
        "streams",
    }
    shown = {module for page in reference.PAGES for module in page.modules}
    for module in public_modules():
        below = module.partition(".")[2]
        is_room = (SOURCES / below / "__init__.py").exists() or (SOURCES / f"{below}.py").exists()
        if below and "." not in below and is_room and below not in inner:
            assert module in shown, f"{module} needs a page in docs/_extensions/reference.py"


def test_every_page_stands_in_the_table_of_contents() -> None:
    listed: list[str] = []
    for page in all_pages():
        for block in blocks(page):
            if block.kind == "{toctree}":
                entries = [line for line in block.text.splitlines() if line and not line.startswith(":")]
                listed += [(page.parent / f"{entry}.md").relative_to(DOCS).as_posix() for entry in entries]
    assert len(listed) == len(set(listed))
    pages = {page.relative_to(DOCS).as_posix() for page in all_pages() if page.is_relative_to(DOCS)} - {
        "index.md"
    }
    assert pages == {entry for entry in listed if not entry.startswith("generated/")}


def test_links_of_the_site_stay_in_it() -> None:
    for page in all_pages():
        if page.is_relative_to(DOCS):
            for target in links(page):
                assert target.startswith("#") or (page.parent / target).resolve().is_relative_to(DOCS), target
