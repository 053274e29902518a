"""theano.version of Theano 1.0.5."""

from theano import __version__ as full_version
from theano import __version__ as short_version
from theano import __version__ as version

__all__ = ["full_version", "short_version", "version"]
