"""Graphs as text, as pictures, and values printed when they are computed."""

from importlib import import_module as _import_module

from theano.legacy import old_names
from theano.printing.formula import (
    VALID_ASSOC,
    DefaultPrinter,
    DimShufflePrinter,
    FunctionPrinter,
    IgnorePrinter,
    LeafPrinter,
    OperatorPrinter,
    PatternPrinter,
    PPrinter,
    PrinterState,
    SubtensorPrinter,
    default_printer,
    leaf_printer,
    pp,
    pprint,
)
from theano.printing.informative import min_informative_str
from theano.printing.names import (
    greek,
    hex_digest,
    position_independent_str,
    special,
    use_ascii,
    var_descriptor,
)
from theano.printing.print_op import Print
from theano.printing.tree import debugprint

# What is imported when somebody asks for it.
_ELSEWHERE = {
    "default_colorCodes": "theano.pictures.write",
    "pydot_imported": "theano.pictures.dot",
    "pydot_imported_msg": "theano.pictures.dot",
    "pydotprint": "theano.pictures.write",
}

__all__ = [
    "VALID_ASSOC",
    "DefaultPrinter",
    "DimShufflePrinter",
    "FunctionPrinter",
    "IgnorePrinter",
    "LeafPrinter",
    "OperatorPrinter",
    "PPrinter",
    "PatternPrinter",
    "Print",
    "PrinterState",
    "SubtensorPrinter",
    "debugprint",
    "default_colorCodes",
    "default_printer",
    "greek",
    "hex_digest",
    "leaf_printer",
    "min_informative_str",
    "position_independent_str",
    "pp",
    "pprint",
    "pydot_imported",
    "pydot_imported_msg",
    "pydotprint",
    "special",
    "use_ascii",
    "var_descriptor",
]


_old_names = old_names(__name__)


def __getattr__(name: str) -> object:
    if name in _ELSEWHERE:
        return getattr(_import_module(_ELSEWHERE[name]), name)
    return _old_names(name)
