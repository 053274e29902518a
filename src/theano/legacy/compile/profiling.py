"""theano.compile.profiling of Theano 1.0.5."""

from theano.compile.function import IMPORTED_AT as theano_imported_time
from theano.configuration import config
from theano.profiling import ProfileStats, ScanProfileStats, print_global_stats, register_profiler_printer
from theano.profiling.at_exit import logger

__all__ = [
    "ProfileStats",
    "ScanProfileStats",
    "config",
    "logger",
    "print_global_stats",
    "register_profiler_printer",
    "theano_imported_time",
]
