"""From ops to the loop IR: each op class registers a lowering, which repeats the op's formula as an index map.

    lower(op, node, *operands) -> Definition, a list of them (one an output), or None

``None`` means that the op has no native form for these operands; it is then called back.
"""

from theano.backends.llvm.lower.graph import LoweredGraph, lower_graph
from theano.backends.llvm.lower.registry import lower

__all__ = ["LoweredGraph", "lower", "lower_graph"]
