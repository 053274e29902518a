"""Where the user built a node: frames outside this package, kept as code objects and offsets.

Taking an origin costs about a microsecond (no line table is decoded, no text is made); the file, line and
function come out only when a message, a profile or a picture asks for them.  How many frames are kept is what the
flag ``traceback.limit`` says; nodes made one after the other share those of their callers.
"""

from __future__ import annotations

import os
import sys
import threading
from functools import lru_cache
from types import CodeType, FrameType
from typing import NamedTuple

from theano.configuration import config

PACKAGE_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


class Origin(NamedTuple):
    """A place in the user's program.

    code     of the innermost function, or of the module
    offset   of the instruction in it
    callers  the places that it was called from, the innermost first: code and offset by turns
    """

    code: CodeType
    offset: int
    callers: tuple = ()

    @property
    def stack(self) -> list[Origin]:
        """This place and those that it was called from."""
        flat = (self.code, self.offset, *self.callers)
        return [Origin(code, offset) for code, offset in zip(flat[::2], flat[1::2], strict=True)]

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

    @property
    def source(self) -> str:
        """The text of the line; "" where the file is not there to be read."""
        return _text_of_line(self.file, self.line)

    def __str__(self) -> str:
        return f"{os.path.basename(self.file)}:{self.line}"


class RecordedOrigin(NamedTuple):
    """A place in a program that may not be there any more: what an Origin says, in words, as a pickle keeps it."""

    file: str
    line: int
    function: str
    callers: tuple[RecordedOrigin, ...] = ()

    @property
    def stack(self) -> list[RecordedOrigin]:
        """This place and those that it was called from."""
        return [self, *self.callers]

    @property
    def source(self) -> str:
        """The text of the line; "" where the file is not there to be read."""
        return _text_of_line(self.file, self.line)

    def __str__(self) -> str:
        return f"{os.path.basename(self.file)}:{self.line}"


def _text_of_line(file: str, line: int) -> str:
    import linecache  # messages, profiles and pictures alone need it

    return linecache.getline(file, line).strip()


def recorded(origin: Origin | RecordedOrigin | None) -> RecordedOrigin | None:
    """``origin`` without its code objects, which cannot be pickled."""
    if not isinstance(origin, Origin):
        return origin
    place, *callers = [_described(o.code, o.offset) for o in origin.stack]
    return place._replace(callers=tuple(callers))


@lru_cache(maxsize=4096)
def _described(code: CodeType, offset: int) -> RecordedOrigin:
    """Without callers; kept, since a line table is read from its beginning."""
    place = Origin(code, offset)
    return RecordedOrigin(place.file, place.line, place.function)


class _Inherited(threading.local):
    origin: Origin | RecordedOrigin | None = None
    callers: tuple = ()  # of the origin taken last


_inherited = _Inherited()


def current_origin() -> Origin | RecordedOrigin | None:
    """The place in the user's code that is being run, or the origin that a rewrite hands on."""
    if _inherited.origin is not None:
        return _inherited.origin
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and (
        frame.f_code.co_filename.startswith(PACKAGE_FOLDER) or frame.f_code.co_name == "make_node"
    ):
        frame = frame.f_back  # the make_node of a user's own op is not where the user applied it
    limit = config.traceback.limit
    if frame is None or limit == 0:
        return None
    return Origin(frame.f_code, frame.f_lasti, _callers(frame, limit - 1))


def _callers(frame: FrameType, most: int) -> tuple:
    """Code and offset of the frames around ``frame``; all of them where ``most`` is negative."""
    found: list[object] = []
    outer = frame.f_back
    while outer is not None and most:
        if not outer.f_code.co_filename.startswith(PACKAGE_FOLDER):
            found += (outer.f_code, outer.f_lasti)
            most -= 1
        outer = outer.f_back
    callers = tuple(found)
    if callers != _inherited.callers:
        _inherited.callers = callers
    return _inherited.callers


def stacklevel() -> int:
    """What a function that warns hands to ``warnings.warn``, so that the warning points to the user's line."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(PACKAGE_FOLDER):
        level, frame = level + 1, frame.f_back
    return level


class inherited_origin:
    """Give every node made inside the ``with`` block this origin: rewrites hand the user's line on.

    A class, since it is entered for every node and a generator would take three times as long.
    """

    __slots__ = ("origin", "previous")

    def __init__(self, origin: Origin | RecordedOrigin | None) -> None:
        self.origin = origin

    def __enter__(self) -> None:
        self.previous, _inherited.origin = _inherited.origin, self.origin

    def __exit__(self, *problem: object) -> None:
        _inherited.origin = self.previous
