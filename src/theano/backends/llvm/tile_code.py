"""Machine code that turns blocks of a matrix in vector registers.

    turned[a, l] = source[l, a]

A loop along ``l`` that reads ``source`` so would step over memory.  In tiles of ``TILE`` iterations, the block that
a tile reads is turned first, row by row of small squares, and lies in the first-level cache in the order of the loop.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.loops.program import Instruction, Kernel
from theano.scalar import arithmetic
from theano.scalar import dtype as dtypes

TILE = 32, 64  # iterations across and along memory of a loop that walks in two directions
ROW = TILE[1] + 8  # elements from one row of a turned block to the next: not the same lines of the cache
MOST_TURNED = 4  # blocks of a tile
SQUARES = {4: 8, 8: 4}  # bytes of an element -> side of a square that is turned in registers of 32 bytes


def turnable_loads(kernel: Kernel) -> list[Instruction]:
    """The loads that step over memory along the innermost axis, and not along the one across, of arrays that the kernel
    does not change; not so many that their blocks leave the cache."""
    found = []
    for i in kernel.body:
        if i.code == "load":
            dtype, is_written = kernel.buffers[i.value]
            steps = _steps(kernel, i.operands[0])
            if not is_written and _is_turned(dtype) and steps is not None:
                if steps.get(kernel.across) == 1 and steps.get(kernel.parallel - 1, 1) != 1:
                    found.append(i)
    return found[:MOST_TURNED]


def _is_turned(dtype: str) -> bool:
    return dtype not in dtypes.COMPLEX and np.dtype(dtype).itemsize in SQUARES


def _steps(kernel: Kernel, position: int) -> dict[int, int | None] | None:
    """By how much an offset grows along each axis: 1, or None for another number; None as a whole if it jumps."""
    i = kernel.body[position]
    if i.code == "axis":
        return {i.value: 1}
    operands = [_steps(kernel, o) for o in i.operands]
    if not any(operand != {} for operand in operands):
        return {}
    if i.code != "call" or len(operands) != 2 or None in operands:
        return None
    x, y = (operand or {} for operand in operands)
    if i.value is arithmetic.add:
        return {axis: None if axis in x and axis in y else (x | y)[axis] for axis in x | y}
    if i.value is arithmetic.mul and not (x and y):
        return dict.fromkeys(x or y)
    return None


def emit_turn(module: ir.Module, itemsize: int) -> ir.Function:
    """void turn(source, step, along, across, turned): turned[a, l] = source[l step + a], a < across, l < along.

    Rows of ``turned`` begin ``ROW`` elements apart.
    """
    name = f"turn{itemsize}"
    known = module.globals.get(name)
    if known is not None:
        return known
    function = ir.Function(module, ir.FunctionType(ir.VoidType(), [POINTER, INDEX, INDEX, INDEX, POINTER]), name)
    function.linkage = "internal"
    function.attributes.add("nounwind")
    function.attributes.add("noinline")
    source, step, along, across, turned = function.args
    source.add_attribute("noalias")
    turned.add_attribute("noalias")
    b = ir.IRBuilder(function.append_basic_block("entry"))
    element = ir.IntType(8 * itemsize)
    side = SQUARES[itemsize]
    square = ir.VectorType(element, side)

    def place(l: ir.Value, a: ir.Value) -> ir.Value:
        return b.gep(source, [b.add(b.mul(l, step), a)], inbounds=True, source_etype=element)

    def place_turned(a: ir.Value, l: ir.Value) -> ir.Value:
        return b.gep(turned, [b.add(b.mul(a, INDEX(ROW)), l)], inbounds=True, source_etype=element)

    def after(i: ir.Value, k: int) -> ir.Value:
        return b.add(i, INDEX(k), flags=["nsw"])

    def one_by_one(l: ir.Value, first: ir.Value) -> None:
        with for_range(b, first, across, "a", is_short=True) as a:
            b.store(b.load(place(l, a), typ=element, align=itemsize), place_turned(a, l), align=itemsize)

    whole_along, whole_across = (b.and_(n, INDEX(-side)) for n in (along, across))
    with for_range(b, INDEX(0), whole_along, "rows", side) as l:
        with for_range(b, INDEX(0), whole_across, "columns", side) as a:
            rows = [b.load(place(after(l, k), a), typ=square, align=itemsize) for k in range(side)]
            for k, column in enumerate(turned_square(b, rows, itemsize)):
                b.store(column, place_turned(after(a, k), l), align=itemsize)
        with for_range(b, l, after(l, side), "row") as row:
            one_by_one(row, whole_across)
    with for_range(b, whole_along, along, "row") as l:
        one_by_one(l, INDEX(0))
    b.ret_void()
    return function


def turned_square(b: ir.IRBuilder, rows: Sequence[ir.Value], itemsize: int) -> list[ir.Value]:
    """The columns of a square: turned within *lanes* of 16 bytes first, where processors shuffle in one instruction, then
    blocks of 1, 2, ... lanes change places with those across.

        a0 a1 | a2 a3        a0 b0 | a2 b2        a0 b0 | c0 d0
        b0 b1 | b2 b3   ->   a1 b1 | a3 b3   ->   a1 b1 | c1 d1
        c0 c1 | c2 c3        c0 d0 | c2 d2        a2 b2 | c2 d2
        d0 d1 | d2 d3        c1 d1 | c3 d3        a3 b3 | c3 d3
    """
    side, lane, width = len(rows), 16 // itemsize, 1
    rows = list(rows)
    while width < lane:  # pairs of rows: their low pieces of ``width`` elements in turn, and their high ones
        paired = []
        for first in range(0, side, 2 * width):
            for k in range(width):
                x, y = rows[first + k], rows[first + k + width]
                paired += [_mixed(b, x, y, lane, width, part) for part in (0, 1)]
        rows, width = paired, 2 * width
    while width < side:
        low = [k + side - width if k & width else k for k in range(side)]
        high = [k + side if k & width else k + width for k in range(side)]
        for first in (k for k in range(side) if not k & width):
            x, y = rows[first], rows[first + width]
            rows[first], rows[first + width] = _shuffled(b, x, y, low), _shuffled(b, x, y, high)
        width *= 2
    return rows


def _mixed(b: ir.IRBuilder, x: ir.Value, y: ir.Value, lane: int, width: int, part: int) -> ir.Value:
    """In each lane the low (0) or high (1) half of x and that of y, piece by piece in turn."""
    side = x.type.count
    mask = []
    for begin in range(0, side, lane):
        for piece in range(begin + part * lane // 2, begin + (part + 1) * lane // 2, width):
            mask += [*range(piece, piece + width), *range(piece + side, piece + side + width)]
    return _shuffled(b, x, y, mask)


def _shuffled(b: ir.IRBuilder, x: ir.Value, y: ir.Value, mask: Sequence[int]) -> ir.Value:
    kind = ir.VectorType(ir.IntType(32), len(mask))
    return b.shuffle_vector(x, y, ir.Constant(kind, list(mask)))
