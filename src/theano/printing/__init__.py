"""Graphs as text, and values printed when they are computed."""

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
    "default_printer",
    "greek",
    "hex_digest",
    "leaf_printer",
    "min_informative_str",
    "position_independent_str",
    "pp",
    "pprint",
    "special",
    "use_ascii",
    "var_descriptor",
]
