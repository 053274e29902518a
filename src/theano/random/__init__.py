"""Random numbers as expressions: states that are drawn from, and what a draw makes of them.

Nothing here is kept between calls.  A draw takes a state and gives the next one beside the sample; the streams of the
room ``streams`` keep states in shared variables.
"""

from importlib import import_module as _import_module

# Streams, which belong to a room further down the list.
_ELSEWHERE = {
    "MRG_RandomStreams": "theano.streams.mrg_streams",
    "RandomStreams": "theano.streams.random_streams",
    "Stream": "theano.streams.stream",
}

__all__ = ["MRG_RandomStreams", "RandomStreams", "Stream"]


def __getattr__(name: str) -> object:
    if name in _ELSEWHERE:
        return getattr(_import_module(_ELSEWHERE[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
