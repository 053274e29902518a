"""theano.version of Theano 1.0.5."""

from typing import Any

__all__ = ['full_version', 'short_version', 'version']
full_version: str
short_version: str
version: str
