"""Commands: ``python -m theano`` and the script ``theano-cache``."""

from theano.command_line.commands import main
from theano.command_line.old_cache import main as theano_cache

__all__ = ["main", "theano_cache"]
