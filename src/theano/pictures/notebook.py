"""Small pictures that Jupyter shows of variables and functions.

A notebook asks for them at the end of every cell: they are limited in size, and what cannot be drawn is no error.
"""

from __future__ import annotations

import base64
from html import escape
from typing import Any

from theano.compile import Function
from theano.pictures.model import Picture, picture_of, subject_of
from theano.pictures.svg import svg, what_is_missing

MOST_SHOWN = 100  # applications
MIME_TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "html": "text/html",
}


def svg_of(thing: Any) -> str | None:
    """The picture of a variable or function; None if there is none."""
    try:
        return svg(_picture(thing))
    except Exception:  # whatever a user's op, type or value does when it is asked for its text
        return None


def html_of(thing: Any) -> str | None:
    """The picture in a box that scrolls, below what it is of; None if there is none."""
    try:
        picture = _picture(thing)
        drawn, told = svg(picture), "; ".join(filter(None, [_title(thing), what_is_missing(picture)]))
    except Exception:
        return None
    return (
        f'<div style="font:13px system-ui,sans-serif;margin:4px 0">{escape(told)}</div>'
        '<div style="max-height:480px;max-width:100%;overflow:auto;border:1px solid #d9dde2;border-radius:6px;'
        f'background:#ffffff">{drawn}</div>'
    )


def _picture(thing: Any) -> Picture:
    return picture_of(subject_of(thing), most=MOST_SHOWN)


def _title(thing: Any) -> str:
    if not isinstance(thing, Function):
        return f"{thing}: {thing.type}"
    count = len(thing.maker.fgraph.apply_nodes)
    return f"{thing.name or 'function'}: {count} application{'s' if count != 1 else ''} after rewriting"


class TextImage(str):
    """The content of a picture's file, which Jupyter shows as the picture."""

    kind: str

    def __new__(cls, content: str, kind: str) -> TextImage:
        made = super().__new__(cls, content)
        made.kind = kind
        return made

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {MIME_TYPES.get(self.kind, "text/plain"): str(self)}


class BinaryImage(bytes):
    """The content of a picture's file, which Jupyter shows as the picture."""

    kind: str

    def __new__(cls, content: bytes, kind: str) -> BinaryImage:
        made = super().__new__(cls, content)
        made.kind = kind
        return made

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        kind = MIME_TYPES.get(self.kind)
        return {} if kind is None else {kind: base64.b64encode(self).decode()}
