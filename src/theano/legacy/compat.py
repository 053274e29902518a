"""theano.compat of Theano 1.0.5."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable
from functools import partial
from io import StringIO
from operator import truediv as operator_div

from theano.legacy.adapters.python_versions import (
    PY2,
    PY3,
    DefaultOrderedDict,
    cmp,
    decode,
    decode_iter,
    decode_with,
    exc_message,
    get_unbound_function,
    ifilter,
    imap,
    izip,
    maybe_add_to_os_environ_pathlist,
)

__all__ = [
    "PY2",
    "PY3",
    "Callable",
    "DefaultOrderedDict",
    "OrderedDict",
    "StringIO",
    "cmp",
    "decode",
    "decode_iter",
    "decode_with",
    "defaultdict",
    "exc_message",
    "get_unbound_function",
    "ifilter",
    "imap",
    "izip",
    "maybe_add_to_os_environ_pathlist",
    "operator_div",
    "partial",
]
