"""Where the time of compiled functions goes: in calls, by step and by application; and in compiling."""

from theano.profiling.at_exit import count_globally, print_global_stats, totals
from theano.profiling.stats import ProfileStats, ScanProfileStats
from theano.profiling.summary import register_profiler_printer

__all__ = ["ProfileStats", "ScanProfileStats", "count_globally", "print_global_stats", "register_profiler_printer", "totals"]
