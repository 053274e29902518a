"""theano.compile.profiling of Theano 1.0.5."""

from typing import Any

__all__ = ['ProfileStats', 'ScanProfileStats', 'config', 'logger', 'print_global_stats', 'register_profiler_printer', 'theano_imported_time']
from theano.profiling import ProfileStats as ProfileStats
from theano.profiling import ScanProfileStats as ScanProfileStats
from theano.configuration import config as config
logger: Any
from theano.profiling import print_global_stats as print_global_stats
from theano.profiling import register_profiler_printer as register_profiler_printer
theano_imported_time: float
