"""theano.d3viz.formatting of Theano 1.0.5."""

import theano
from theano import gof
from theano.compile import Function, builders
from theano.legacy.adapters.dot_objects import PyDotFormatter, dict_to_pdnode
from theano.legacy.adapters.dot_texts import (
    apply_label,
    apply_profile,
    broadcastable_to_str,
    dtype_to_char,
    type_to_str,
    var_label,
    var_tag,
)
from theano.pictures.dot import pydot_imported, pydot_imported_msg

__all__ = [
    "Function",
    "PyDotFormatter",
    "apply_label",
    "apply_profile",
    "broadcastable_to_str",
    "builders",
    "dict_to_pdnode",
    "dtype_to_char",
    "gof",
    "pydot_imported",
    "pydot_imported_msg",
    "theano",
    "type_to_str",
    "var_label",
    "var_tag",
]
