"""theano.misc.strutil of Theano 1.0.5."""

from typing import Any

__all__ = ['pretty_format', 'render_string', 'strip_leading_white_space']
def pretty_format(string: str) -> str:
    """C code indented by its braces; blank lines and preprocessor lines stay."""
def render_string(string: str, sub: dict[str, object]) -> str:
    """``string % sub``.  KeyError names what is missing."""
def strip_leading_white_space(line: str) -> str:
    """The line without blanks and tabs at its begin."""
