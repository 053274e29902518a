"""Machine code of loops that run together, block by block of the rows that they have in common.

    status rows(arguments of all kernels..., block, first, last)

runs the kernels one after the other on rows first to first + block, then on the next ones, up to last.  It has the
form of a kernel, so that threads share it as they share one: see `split_code`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import larger, quotient_up, smaller
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.split_code import SPLIT_WORK
from theano.loops.program import RowLoop

BLOCK_ELEMENTS = 1 << 15  # of each array: some of them fit into the second-level cache together
LEAST_ROWS = 8  # of a block: single numbers of rows, too, are computed in vectors


def rows_split_from(step: RowLoop) -> int:
    """The number of iterations of the longest kernel from which the loops are split."""
    return max(1, SPLIT_WORK // sum(launch.kernel.cost for launch in step.launches))


def emit_rows(module: ir.Module, kernels: Sequence[ir.Function], name: str) -> ir.Function:
    """The function ``rows`` of kernels that cannot fail."""
    kinds = [argument.type for kernel in kernels for argument in kernel.args[:-2]]
    function = ir.Function(module, ir.FunctionType(INDEX, [*kinds, INDEX, INDEX, INDEX]), name)
    function.linkage = "internal"
    for attribute in ("noinline", "nounwind"):
        function.attributes.add(attribute)
    *arguments, block, first, last = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    with for_range(b, INDEX(0), quotient_up(b, b.sub(last, first), block), "block") as k:
        start = b.add(first, b.mul(k, block))
        stop = b.add(start, block)
        stop = smaller(b, stop, last)
        rest = iter(arguments)
        for kernel in kernels:
            b.call(kernel, [*islice(rest, len(kernel.args) - 2), start, stop])
    b.ret(INDEX(0))
    return function


def rows_of_block(b: ir.IRBuilder, row_lengths: Sequence[ir.Value]) -> ir.Value:
    """How many rows a block has, by the iterations that the kernels need for one."""
    longest: ir.Value = INDEX(1)
    for length in row_lengths:
        longest = larger(b, length, longest)
    rows = b.sdiv(INDEX(BLOCK_ELEMENTS), longest)
    return larger(b, rows, INDEX(LEAST_ROWS))
