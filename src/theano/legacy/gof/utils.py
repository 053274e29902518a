"""theano.gof.utils of Theano 1.0.5."""

from theano.configuration import config
from theano.graph import MethodNotDefined
from theano.graph import Scratchpad as scratchpad
from theano.legacy.adapters.gof_functions import (
    add_tag_trace,
    difference,
    flatten,
    from_return_values,
    get_variable_trace_string,
    give_variables_names,
    hash_from_code,
    hash_from_file,
    hashtype,
    hist,
    memoize,
    object2,
    remove,
    to_return_values,
    toposort,
    uniq,
    unique,
)

__all__ = [
    "MethodNotDefined",
    "add_tag_trace",
    "config",
    "difference",
    "flatten",
    "from_return_values",
    "get_variable_trace_string",
    "give_variables_names",
    "hash_from_code",
    "hash_from_file",
    "hashtype",
    "hist",
    "memoize",
    "object2",
    "remove",
    "scratchpad",
    "to_return_values",
    "toposort",
    "uniq",
    "unique",
]
