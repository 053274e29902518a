"""Where the user built a node: the innermost frame outside this package, kept as code object and offset.

Taking an origin costs well under a microsecond (no line table is decoded, no text is made); the file, line and
function come out only when a message, a profile or a picture asks for them.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType
from typing import NamedTuple

PACKAGE_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Origin(NamedTuple):
    """A place in the user's program."""

    code: CodeType
    offset: int

    @property
    def line(self) -> int:
        """Line number, from 1; 0 where the code object does not tell."""
        for position, (start, *_) in enumerate(self.code.co_positions()):
            if 2 * position == self.offset:
                return start or 0
        return 0

    @property
    def file(self) -> str:
        return self.code.co_filename

    @property
    def function(self) -> str:
        return self.code.co_name

    def __str__(self) -> str:
        return f"{os.path.basename(self.file)}:{self.line}"


class _Inherited(threading.local):
    origin: Origin | None = None


_inherited = _Inherited()


def current_origin() -> Origin | None:
    """The place in the user's code that is being run, or the origin that a rewrite hands on."""
    if _inherited.origin is not None:
        return _inherited.origin
    frame = sys._getframe(1)
    while frame is not None and (
        frame.f_code.co_filename.startswith(PACKAGE_FOLDER) or frame.f_code.co_name == "make_node"
    ):
        frame = frame.f_back  # the make_node of a user's own op is not where the user applied it
    return Origin(frame.f_code, frame.f_lasti) if frame is not None else None


@contextmanager
def inherited_origin(origin: Origin | None) -> Iterator[None]:
    """Give every node made inside the ``with`` block this origin: rewrites hand the user's line on."""
    previous, _inherited.origin = _inherited.origin, origin
    try:
        yield
    finally:
        _inherited.origin = previous
