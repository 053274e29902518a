"""theano.version of Theano 1.0.5."""

from typing import Any

full_version: str
short_version: str
version: str
