"""theano.misc.strutil of Theano 1.0.5."""

from theano.legacy.adapters.texts import pretty_format, render_string, strip_leading_white_space

__all__ = [
    "pretty_format",
    "render_string",
    "strip_leading_white_space",
]
