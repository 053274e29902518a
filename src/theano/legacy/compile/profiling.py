"""theano.compile.profiling of Theano 1.0.5."""

import theano
from theano.compile.function import IMPORTED_AT as theano_imported_time
from theano.configuration import config
from theano.gof import graph
from theano.profiling import ProfileStats, ScanProfileStats, print_global_stats, register_profiler_printer
from theano.profiling.at_exit import logger

__all__ = [
    "ProfileStats",
    "ScanProfileStats",
    "config",
    "graph",
    "logger",
    "print_global_stats",
    "register_profiler_printer",
    "theano",
    "theano_imported_time",
]
