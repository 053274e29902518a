"""theano.pathparse of Theano 1.0.5."""

from typing import Any

__all__ = ['PathParser']
class PathParser:
    """Absolute paths, each once, in order."""
    paths: list[str]
    def __init__(self, *paths: str) -> None: ...
    def add(self, path: str) -> None: ...
    def __iter__(self) -> Any: ...
