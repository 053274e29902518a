"""Machine code of kernels: one LLVM function for each, a loop nest around straight-line code.

    status kernel(buffers..., scalars..., sizes..., error, first, last)

runs the outermost axis from ``first`` to ``last``.  Buffers are distinct, which the parameters' ``noalias`` says.
The status is 0, or 1 when an index was out of range; the index and the length are then in the two words ``error``,
a parameter that only kernels have which can fail.

A kernel that folds everything to single numbers can be run block by block: ``emit_partial_kernel`` leaves the
accumulators of its range at ``partials[block]``, and ``emit_finishing_kernel`` combines those of all blocks in order.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import reduce
from types import MappingProxyType
from typing import Any

import numpy as np
from llvmlite import ir

from theano.backends.llvm import scalar_code
from theano.backends.llvm.builder import Builder
from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.machine import UNSWITCHING, vector_bytes
from theano.backends.llvm.module_text import make_glue
from theano.backends.llvm.number_types import INDEX, MEMORY_TYPES, POINTER, REGISTER_TYPES
from theano.backends.llvm.object_code import room_for
from theano.backends.llvm.tile_code import ROW, TILE, emit_turn, turnable_loads
from theano.backends.llvm.value import Value
from theano.loops.program import Instruction, Kernel, Store
from theano.scalar import arithmetic, logic
from theano.scalar import dtype as dtypes
from theano.scalar.function import ScalarFunction

SEQUENTIAL_BELOW = 32  # shorter sums are added from left to right; longer ones in several partial sums
COLUMN_BYTES = 1 << 13  # of the accumulators of columns folded at once: they stay in the first-level cache
ROWS_TOGETHER = 8  # folded into a block of columns at once, which saves loading and storing accumulators
LONG_FUNCTION = 20  # additions of a function of numbers that keeps the processor busier than memory
WIDEST = '"prefer-vector-width"="512"'  # the processor may prefer less, which suits loops that wait for memory
MASKED_BYTES = 32  # of the smallest vectors of which a part can be loaded
VECTORS = 4  # of terms of long functions computed side by side
CHEAP = 8  # additions of a body that is small enough to be repeated
LEAST_COLUMNS = 64  # a multiple of a cache line and of every vector
ACCUMULATOR_BYTES = 16  # of one among the partial results: the largest is a complex128
REASSOCIATED = {arithmetic.add: "fadd", arithmetic.mul: "fmul"}
EXTREMES = {arithmetic.maximum: ">", arithmetic.minimum: "<"}
WITHOUT_NAN = ("nnan", "nsz")
ASSOCIATIVE = {
    arithmetic.add, arithmetic.mul, arithmetic.maximum, arithmetic.minimum, logic.and_, logic.or_, logic.xor
}  # fmt: skip


def emit_kernel(module: ir.Module, kernel: Kernel, name: str) -> ir.Function:
    """The LLVM function that runs ``kernel``."""
    return _KernelEmitter(module, kernel, name, [INDEX, INDEX]).whole()


def emit_partial_kernel(module: ir.Module, kernel: Kernel, name: str) -> ir.Function:
    """status partial(..., error, first, last, accumulators): as the kernel, but the accumulators are the result."""
    return _KernelEmitter(module, kernel, name, [INDEX, INDEX, POINTER]).partial()


def emit_finishing_kernel(module: ir.Module, kernel: Kernel, name: str) -> ir.Function:
    """status finish(..., error, partials, count): combine the accumulators of blocks, and store what follows."""
    return _KernelEmitter(module, kernel, name, [POINTER, INDEX]).finishing()


def is_combinable(kernel: Kernel) -> bool:
    """Whether a kernel folds everything, by functions that may take the terms in any grouping."""
    return not kernel.parallel and bool(kernel.accumulators) and all(
        _combining(kernel, k) is not None for k in range(len(kernel.accumulators))
    )


def _combining(kernel: Kernel, k: int) -> ScalarFunction | None:
    """f, where accumulator k becomes f(its old value, a term that depends on no accumulator), f is associative, and
    nothing that is stored on the way depends on the accumulators either."""
    instruction = kernel.body[kernel.accumulators[k].following]
    other = _other_operand(kernel, k)
    if other < 0 or instruction.value not in ASSOCIATIVE:
        return None
    stack = [other, *(place for store in kernel.stores if not store.after_fold for place in _places(store))]
    seen = set(stack)
    while stack:
        i = kernel.body[stack.pop()]
        if i.code == "carried":
            return None
        stack += [o for o in i.operands if o not in seen]
        seen.update(i.operands)
    return instruction.value


def _places(store: Store) -> list[int]:
    """What is to be computed for a store in the loop."""
    return [store.value, store.offset, *([] if store.condition is None else [store.condition])]


def _other_operand(kernel: Kernel, k: int) -> int:
    """The operand beside accumulator k in the call that gives its next value, or -1 when the form is another."""
    instruction = kernel.body[kernel.accumulators[k].following]
    if instruction.code != "call" or len(instruction.operands) != 2:
        return -1
    codes = [kernel.body[o] for o in instruction.operands]
    for one, other in ((0, 1), (1, 0)):
        if codes[one].code == "carried" and codes[one].value == k and codes[other].code != "carried":
            return instruction.operands[other]
    return -1


def _can_search(kernel: Kernel) -> bool:
    """Whether the loop may be run to its end before an index out of range is searched for: what the indices follow from
    is still there."""
    needed = [o for i in kernel.body if i.code == "checked" for o in i.operands]
    seen = set(needed)
    while needed:
        i = kernel.body[needed.pop()]
        if i.code == "carried" or (i.code == "load" and kernel.buffers[i.value][1]):
            return False
        needed += [o for o in i.operands if o not in seen]
        seen.update(i.operands)
    return bool(kernel.extents) and not kernel.ordered


def _may_be_unswitched(kernel: Kernel) -> bool:
    """Whether it chooses between values by what is the same in all iterations, as ``0 if length == 1 else i``."""
    varying: set[int] = set()
    for position, i in enumerate(kernel.body):
        if i.code in ("axis", "carried", "load") or not varying.isdisjoint(i.operands):
            varying.add(position)
        if i.code == "call" and i.value is arithmetic.switch and i.operands[0] not in varying:
            return True
    return False


class _KernelEmitter:
    def __init__(self, module: ir.Module, kernel: Kernel, name: str, own: list[ir.Type]) -> None:
        """``own`` are the types of the parameters after those that all forms of the kernel have."""
        self.kernel = kernel
        kinds = [POINTER] * len(kernel.buffers)
        kinds += [k for d in kernel.scalars for k in _scalar_types(d)]
        kinds += [INDEX] * kernel.size_count
        kinds += [POINTER] * kernel.can_fail
        kinds += own
        self.function = ir.Function(module, ir.FunctionType(INDEX, kinds), name)
        self.function.linkage = "internal"
        if _may_be_unswitched(kernel):
            module.effort = UNSWITCHING
        self.function.attributes.add("nounwind")
        self.long_functions = [i for i in kernel.body if i.code == "call" and i.value.cost >= LONG_FUNCTION]
        by_columns = kernel.by_columns and any(map(self._is_float_extreme, range(len(kernel.accumulators))))
        if self.long_functions or by_columns:
            set.add(self.function.attributes, WIDEST)  # llvmlite knows no attributes with values
        arguments = list(self.function.args)
        self.pointers = arguments[: len(kernel.buffers)]
        for pointer in self.pointers:
            pointer.add_attribute("noalias")
        self.entry = self.function.append_basic_block("entry")
        self.b = ir.IRBuilder(self.entry)
        self.builder = Builder(self.b)
        rest = iter(arguments[len(kernel.buffers) :])
        self.scalars = [_take_scalar(self.builder, d, rest) for d in kernel.scalars]
        self.sizes = [next(rest) for _ in range(kernel.size_count)]
        self.error = next(rest) if kernel.can_fail else None
        self.own = list(rest)
        self.turned: dict[Instruction, ir.Value] = {}  # what is read from a turned block
        self.found_outside: ir.Value | None = None  # the cell of a note that an index was out of range

    def whole(self) -> ir.Function:
        self.first, self.last = self.own
        self._look_out()
        kernel, parallel = self.kernel, self.kernel.parallel
        if kernel.across >= 0 and not kernel.ordered and not kernel.can_fail:
            self._in_tiles()
            self.b.ret(INDEX(0))
            return self.function
        index: list[ir.Value] = []
        columns = kernel.by_columns and bool(kernel.accumulators)
        with ExitStack() as nest:
            for axis in range(1, parallel):  # asked here once, not by every turn of the loops around it
                nest.enter_context(self.b.if_then(self.b.icmp_signed("<", *self._range(axis))))
            for axis in range(parallel - 1 if columns else parallel):
                start, stop = self._range(axis)
                index.append(nest.enter_context(for_range(self.b, start, stop, f"i{axis}", vectors=self._gathered)))
            if columns:
                self._fold_columns(index)
            elif kernel.accumulators:
                self._fold(index)
            else:
                self._body_and_stores(index)
        self._return()
        return self.function

    def search(self) -> ir.Function:
        """The first index out of range, in the order of the iterations; 0 if there is none."""
        self.first, self.last = self.own
        make_glue(self.function)
        with ExitStack() as nest:
            axes = range(len(self.kernel.extents))
            values = self._evaluator([nest.enter_context(for_range(self.b, *self._range(k), f"i{k}")) for k in axes])
            for position, i in enumerate(self.kernel.body):
                if i.code == "checked":
                    values(position)
        self.b.ret(INDEX(0))
        return self.function

    def _look_out(self) -> None:
        """Make ready to note whether an index is out of range, where the loop may go on all the same: with place 0 instead,
        which is there unless an axis is empty.  A loop without a way out becomes vectors."""
        checked = [i for i in self.kernel.body if i.code == "checked"]
        if not checked or not self.function.module.processor.gathers or not _can_search(self.kernel):
            return
        b, values = self.b, self._evaluator([])
        lengths = {i.operands[1]: values(i.operands[1]).ir for i in checked}
        is_empty = reduce(b.or_, [b.icmp_signed("==", n, INDEX(0)) for n in lengths.values()])
        for axis in range(len(self.kernel.extents)):
            is_empty = b.and_(is_empty, b.icmp_signed("<", *self._range(axis)))
        self.found_outside, self.outside = self._cell("bool", 1), b.append_basic_block("outside")
        self.builder.store(self.builder.constant(False, "bool"), self.found_outside)
        run = b.append_basic_block("run")
        b.cbranch(is_empty, self.outside, run)
        b.position_at_end(run)

    @property
    def _gathered(self) -> int:
        """How many vectors a loop computes side by side that gathers elements, which takes longer than all else; else 0."""
        return int(self.found_outside is not None)

    def _return(self) -> None:
        b = self.b
        if self.found_outside is not None:
            done = b.append_basic_block("done")
            b.cbranch(self.builder.load(self.found_outside, "bool").ir, self.outside, done)
            b.position_at_end(self.outside)
            module, name = self.function.module, f"{self.function.name}.search"
            search = _KernelEmitter(module, self.kernel, name, [INDEX, INDEX]).search()
            b.ret(b.call(search, self.function.args[: len(search.args)]))
            b.position_at_end(done)
        b.ret(INDEX(0))

    def _in_tiles(self) -> None:
        """Run the innermost axis and the one ``across`` tile by tile, inside all others: what a tile reads in the other
        direction is turned first, or at least stays in the first-level cache until its neighbours are wanted."""
        kernel, b = self.kernel, self.b
        tiled = (kernel.across, kernel.parallel - 1)
        index: dict[int, ir.Value] = {}
        ranges: dict[int, tuple[ir.Value, ir.Value]] = {}
        with ExitStack() as nest:
            for axis in range(kernel.parallel):
                if axis not in tiled:
                    index[axis] = nest.enter_context(for_range(b, *self._range(axis), f"i{axis}"))
            for axis, length in zip(tiled, TILE, strict=True):
                start, stop = self._range(axis)
                first = nest.enter_context(for_range(b, start, stop, f"tile{axis}", length))
                end = b.add(first, INDEX(length), flags=["nsw"])
                ranges[axis] = first, smaller(b, end, stop)
            self._turn(index, ranges)
            for axis in tiled:
                index[axis] = nest.enter_context(for_range(b, *ranges[axis], f"i{axis}"))
            place, column = (b.sub(index[axis], ranges[axis][0]) for axis in tiled)
            self.place_turned = b.add(b.mul(place, INDEX(ROW)), column)
            self._body_and_stores([index[axis] for axis in range(kernel.parallel)])

    def _turn(self, index: dict[int, ir.Value], ranges: dict[int, tuple[ir.Value, ir.Value]]) -> None:
        """Turn the blocks that the tile reads across memory."""
        kernel, b = self.kernel, self.b
        axes, along = range(kernel.parallel), kernel.parallel - 1
        begin = {**index, **{axis: start for axis, (start, _) in ranges.items()}}
        following = {**begin, along: b.add(begin[along], INDEX(1))}
        values, next_values = (self._evaluator([at[axis] for axis in axes]) for at in (begin, following))
        across, columns = (b.sub(ranges[axis][1], ranges[axis][0]) for axis in (kernel.across, along))
        for load in turnable_loads(kernel):
            dtype, _ = kernel.buffers[load.value]
            offset = values(load.operands[0])
            step = b.sub(next_values(load.operands[0]).ir, offset.ir)
            source = self.builder.element(self.pointers[load.value], offset, dtype)
            cell = self.turned[load] = self._cell(dtype, TILE[0] * ROW)
            turn = emit_turn(self.function.module, np.dtype(dtype).itemsize)
            b.call(turn, [source, step, columns, across, cell])

    def partial(self) -> ir.Function:
        self.first, self.last, results = self.own
        self._look_out()
        accumulators = self.kernel.accumulators
        for k, (accumulator, cell) in enumerate(zip(accumulators, self._folded([]), strict=True)):
            self.builder.store(self.builder.load(cell, accumulator.dtype), self._partial(results, INDEX(k)))
        self._return()
        return self.function

    def finishing(self) -> ir.Function:
        partials, count = self.own
        builder, accumulators = self.builder, self.kernel.accumulators
        cells = [self._cell(a.dtype, 1) for a in accumulators]
        for k, (accumulator, cell) in enumerate(zip(accumulators, cells, strict=True)):
            builder.store(builder.load(self._partial(partials, INDEX(k)), accumulator.dtype), cell)
        with for_range(self.b, INDEX(1), count, "block", is_short=True) as block:
            base = self.b.mul(block, INDEX(len(accumulators)))
            for k, (accumulator, cell) in enumerate(zip(accumulators, cells, strict=True)):
                term = builder.load(self._partial(partials, self.b.add(base, INDEX(k))), accumulator.dtype)
                function = _combining(self.kernel, k)
                assert function is not None, "only combinable kernels are finished"
                both = [builder.load(cell, accumulator.dtype), term]
                builder.store(scalar_code.emit(builder, function, both, accumulator.dtype), cell)
        self._store_folded([], cells)
        self.b.ret(INDEX(0))
        return self.function

    def _partial(self, partials: ir.Value, position: ir.Value) -> ir.Value:
        return self.b.gep(partials, [position], source_etype=ir.ArrayType(ir.IntType(8), ACCUMULATOR_BYTES))

    def _range(self, axis: int) -> tuple[ir.Value, ir.Value]:
        return (self.first, self.last) if axis == 0 else (INDEX(0), self.sizes[self.kernel.extents[axis]])

    # -- folds -----------------------------------------------------------------------------------------------------

    def _fold(self, index: list[ir.Value]) -> None:
        """Fold row by row: the accumulators live in registers."""
        self._store_folded(index, self._folded(index))

    def _folded(self, index: list[ir.Value]) -> list[ir.Value]:
        """Cells with the accumulators' last values."""
        kernel = self.kernel
        cells = [self._cell(a.dtype, 1) for a in kernel.accumulators]
        if kernel.folded and any(self._associates(k) for k in range(len(cells))):
            start, stop = self._range(len(kernel.extents) - 1)
            is_short = self.b.icmp_signed("<", self.b.sub(stop, start), INDEX(SEQUENTIAL_BELOW))
            with self.b.if_else(is_short) as (short, long):
                with short:
                    self._fold_loops(index, cells, reassociate=False)
                with long:
                    self._fold_loops(index, cells, reassociate=True)
        else:
            self._fold_loops(index, cells, reassociate=False)
        return cells

    def _store_folded(self, index: list[ir.Value], cells: Sequence[ir.Value]) -> None:
        values = self._evaluator(index)
        for store in self.kernel.stores:
            if store.after_fold:
                dtype = self.kernel.accumulators[store.value].dtype
                self._store(store, values, self.builder.load(cells[store.value], dtype))

    def _fold_loops(self, index: list[ir.Value], cells: Sequence[ir.Value], reassociate: bool) -> None:
        kernel = self.kernel
        self._begin(index, cells)
        found_nan = {k: self._cell("bool", 1) for k in range(len(cells)) if self._is_float_extreme(k)}
        for flag in found_nan.values():
            self.builder.store(self.builder.constant(False, "bool"), flag)
        inner = list(index)
        with ExitStack() as nest:
            last = len(kernel.extents) - 1
            for axis in range(kernel.parallel, last):
                inner.append(nest.enter_context(for_range(self.b, *self._range(axis), f"r{axis}")))
            for span in self._spans(last, self._lanes() if reassociate else 0) if kernel.folded else [ExitStack()]:
                with span as i:
                    self._iteration([*inner, i] if kernel.folded else inner, cells, reassociate, found_nan)
        for k, flag in found_nan.items():
            dtype = kernel.accumulators[k].dtype
            nan = self.builder.constant(math.nan, dtype)
            self.builder.store(self.builder.where(self.builder.load(flag, "bool"), nan, self.builder.load(cells[k], dtype)), cells[k])

    def _spans(self, axis: int, lanes: int) -> list[AbstractContextManager[ir.Value]]:
        """The loop along an axis: of as many whole vectors as there are, then of what is left, which is masked."""
        b = self.b
        start, stop = self._range(axis)
        if not lanes:
            return [for_range(b, start, stop, f"r{axis}", vectors=self._gathered)]
        if vector_bytes(self.function.module.processor) < MASKED_BYTES:
            return [for_range(b, start, stop, f"r{axis}", lanes=lanes)]
        middle = b.add(start, b.and_(b.sub(stop, start), INDEX(-lanes * VECTORS)), flags=["nsw"])
        whole = for_range(b, start, middle, f"r{axis}", lanes=lanes, vectors=VECTORS)
        return [whole, for_range(b, middle, stop, f"rest{axis}", lanes=lanes, vectors=1, is_rest=True)]

    def _lanes(self) -> int:
        """How many terms to compute at once, where they are long functions of floats of one size: as many as a register
        holds, though they may be summed in floats of another size.  Else 0."""
        itemsize = {"float32": 4, "float64": 8}
        computed = {itemsize.get(i.dtype, 0) for i in self.long_functions}
        if len(computed) != 1 or 0 in computed or self.kernel.can_fail:
            return 0
        return vector_bytes(self.function.module.processor) // computed.pop()

    def _begin(self, index: list[ir.Value], cells: Sequence[ir.Value]) -> None:
        values = self._evaluator(index)
        for accumulator, cell in zip(self.kernel.accumulators, cells, strict=True):
            self.builder.store(self.builder.astype(values(accumulator.initial), accumulator.dtype), cell)

    def _fold_columns(self, index: list[ir.Value]) -> None:
        """Fold a block of neighbouring columns at once, each from top to bottom."""
        kernel, b = self.kernel, self.b
        count = COLUMN_BYTES // sum(np.dtype(a.dtype).itemsize for a in kernel.accumulators)
        count = max(LEAST_COLUMNS, count - count % LEAST_COLUMNS)
        cells = [self._cell(a.dtype, count) for a in kernel.accumulators]
        start, stop = self._range(kernel.parallel - 1)
        masks = self.function.module.processor.masks
        with for_range(b, start, stop, "block", count) as block:
            rest = b.sub(stop, block)
            width = smaller(b, rest, INDEX(count))

            def at(column: ir.Value) -> list[ir.Value]:
                return [
                    self.builder.element(cell, column, a.dtype)
                    for cell, a in zip(cells, kernel.accumulators, strict=True)
                ]

            def columns(are_hot: bool = False) -> AbstractContextManager[ir.Value]:
                """The loop over the columns: those which take little time are one masked loop, for LLVM's sake, whose
                own forms are three."""
                is_one = masks and not are_hot
                return for_range(b, INDEX(0), width, "column", vectors=int(is_one), is_rest=is_one)

            with columns() as column:
                self._begin([*index, b.add(block, column, flags=["nsw"])], at(column))
            inner = list(index)
            with ExitStack() as nest:
                folded: list[ir.Value] = []
                for axis in range(kernel.parallel, len(kernel.extents) - 1):
                    length = self.sizes[kernel.extents[axis]]
                    folded.append(nest.enter_context(for_range(b, INDEX(0), length, f"r{axis}")))

                def fold_rows(first: ir.Value, stop: ir.Value, together: int, are_hot: bool) -> None:
                    with ExitStack() as both:
                        row = both.enter_context(for_range(b, first, stop, "row", together))
                        column = both.enter_context(columns(are_hot))
                        place = b.add(block, column, flags=["nsw"])
                        for k in range(together):
                            here = b.add(row, INDEX(k), flags=["nsw"])
                            self._iteration([*inner, place, *folded, here], at(column), False)

                rows = self.sizes[kernel.extents[-1]]
                together = ROWS_TOGETHER if kernel.cost <= CHEAP else 1
                most = b.and_(rows, INDEX(-together))
                fold_rows(INDEX(0), most, together, are_hot=True)
                if together > 1:
                    fold_rows(most, rows, 1, are_hot=False)
            with columns() as column:
                self._store_folded([*inner, b.add(block, column, flags=["nsw"])], at(column))

    def _iteration(
        self,
        index: list[ir.Value],
        cells: Sequence[ir.Value],
        reassociate: bool,
        found_nan: Mapping[int, ir.Value] = MappingProxyType({}),
    ) -> None:
        """One turn of the folded loops: everything is computed from the old accumulators, then they change."""
        kernel = self.kernel
        carried = [
            self.builder.load(cell, a.dtype) for cell, a in zip(cells, kernel.accumulators, strict=True)
        ]
        values = self._evaluator(index, carried)
        following = []
        for k, accumulator in enumerate(kernel.accumulators):
            if reassociate and self._associates(k):
                instruction = kernel.body[accumulator.following]
                x = self.builder.astype(values(_other_operand(kernel, k)), accumulator.dtype)
                combine = getattr(self.b, REASSOCIATED[instruction.value])
                register = combine(carried[k].ir, x.ir, flags=["reassoc"])
                following.append(self.builder.value(register, accumulator.dtype))
            elif self._is_float_extreme(k):
                x = self.builder.astype(values(_other_operand(kernel, k)), accumulator.dtype)
                if k in found_nan:
                    following.append(self._extreme(k, carried[k], x, found_nan[k]))
                else:
                    following.append(self._extreme_or_nan(k, carried[k], x))
            else:
                following.append(self.builder.astype(values(accumulator.following), accumulator.dtype))
        self._store_all(values)
        for value, cell in zip(following, cells, strict=True):
            self.builder.store(value, cell)

    def _associates(self, k: int) -> bool:
        """Whether accumulator k is a plain float sum or product, whose terms may be grouped anew."""
        accumulator = self.kernel.accumulators[k]
        instruction = self.kernel.body[accumulator.following]
        return (
            accumulator.dtype in ("float32", "float64")
            and instruction.code == "call"
            and instruction.value in REASSOCIATED
            and _combining(self.kernel, k) is not None
        )

    def _is_float_extreme(self, k: int) -> bool:
        """Whether accumulator k is the largest or smallest of floats, and nothing else sees it on the way."""
        accumulator = self.kernel.accumulators[k]
        instruction = self.kernel.body[accumulator.following]
        return (
            accumulator.dtype in ("float32", "float64")
            and instruction.code == "call"
            and instruction.value in EXTREMES
            and _combining(self.kernel, k) is not None
        )

    def _extreme(self, k: int, carried: Value, x: Value, found_nan: ir.Value) -> Value:
        """The larger or smaller, without regard to NaN, of which a note is made: two short chains instead of a long one.

        Beside a NaN the number is of no use, not even to LLVM (poison); the note then replaces it by NaN.
        """
        b, builder = self.b, self.builder
        relation = EXTREMES[self.kernel.body[self.kernel.accumulators[k].following].value]
        is_better = b.fcmp_ordered(relation, x.ir, carried.ir, flags=WITHOUT_NAN)
        seen = b.or_(builder.load(found_nan, "bool").ir, b.fcmp_unordered("uno", x.ir, x.ir))
        builder.store(builder.value(seen, "bool"), found_nan)
        return builder.value(b.select(is_better, x.ir, carried.ir, flags=WITHOUT_NAN), x.dtype)

    def _extreme_or_nan(self, k: int, carried: Value, x: Value) -> Value:
        """The larger or smaller, or the NaN; of two zeros either.  Whether x is NaN need not wait for what is carried."""
        b = self.b
        relation = EXTREMES[self.kernel.body[self.kernel.accumulators[k].following].value]
        better = b.select(b.fcmp_ordered(relation, x.ir, carried.ir), x.ir, carried.ir)  # carried if that is NaN
        is_nan = b.fcmp_unordered("uno", x.ir, x.ir)
        return self.builder.value(b.select(is_nan, x.ir, better), x.dtype)

    # -- the body --------------------------------------------------------------------------------------------------

    def _body_and_stores(self, index: list[ir.Value]) -> None:
        self._store_all(self._evaluator(index))

    def _store_all(self, values: Any) -> None:
        """What is stored in every iteration; everything is read before, since a store may be into what is read."""
        stores = [store for store in self.kernel.stores if not store.after_fold]
        for store in stores:
            for place in _places(store):
                values(place)
        for store in stores:
            self._store(store, values, values(store.value))

    def _store(self, store: Store, values: Any, value: Value) -> None:
        dtype, _ = self.kernel.buffers[store.buffer]
        pointer = self.builder.element(self.pointers[store.buffer], values(store.offset), dtype)
        value = self.builder.astype(value, dtype)
        with ExitStack() as stack:
            if store.condition is not None:
                stack.enter_context(self.b.if_then(values(store.condition).ir, likely=True))
            if store.combine is not None:
                value = scalar_code.emit(self.builder, store.combine, [self.builder.load(pointer, dtype), value], dtype)
            self.builder.store(value, pointer)

    def _evaluator(self, index: Sequence[ir.Value], carried: Sequence[Value] = ()) -> Any:
        """A function from positions in the body to values; each instruction is emitted when first asked for."""
        known: dict[int, Value] = {}
        body = self.kernel.body

        def value_at(position: int) -> Value:
            stack = [position]
            while stack:
                top = stack[-1]
                if top in known:
                    stack.pop()
                    continue
                missing = [o for o in body[top].operands if o not in known]
                if missing:
                    stack += reversed(missing)
                    continue
                known[top] = self._emit(body[top], [known[o] for o in body[top].operands], index, carried)
                stack.pop()
            return known[position]

        return value_at

    def _emit(
        self, i: Instruction, operands: Sequence[Value], index: Sequence[ir.Value], carried: Sequence[Value]
    ) -> Value:
        builder = self.builder
        match i.code:
            case "literal":
                return builder.constant(i.value, i.dtype)
            case "axis":
                return builder.value(index[i.value], "int64")
            case "size":
                return builder.value(self.sizes[i.value], "int64")
            case "scalar":
                return self.scalars[i.value]
            case "carried":
                return carried[i.value]
            case "load":
                dtype, _ = self.kernel.buffers[i.value]
                if i in self.turned:
                    return builder.load(builder.element(self.turned[i], self.place_turned, dtype), dtype)
                return builder.load(builder.element(self.pointers[i.value], operands[0], dtype), dtype)
            case "checked":
                return self._checked(builder.astype(operands[0], "int64"), operands[1])
            case "call" if i.value is arithmetic.add and i.dtype == "int64" and len(operands) == 2:
                return builder.value(self.b.add(*[self._index(o) for o in operands], flags=["nsw"]), "int64")
            case "call" if i.value is arithmetic.mul and i.dtype == "int64" and len(operands) == 2:
                if all(o.dtype == "int64" for o in operands):
                    return builder.value(self.b.mul(*[o.ir for o in operands]), "int64")
        return scalar_code.emit(builder, i.value, operands, i.dtype)

    def _index(self, operand: Value) -> ir.Value:
        return self.builder.astype(operand, "int64").ir

    def _checked(self, index: Value, length: Value) -> Value:
        """The index counted from the front; out of range the kernel returns 1, at once or after the loop."""
        b = self.b
        from_end = b.icmp_signed("<", index.ir, INDEX(0))
        position = b.select(from_end, b.add(index.ir, length.ir), index.ir)
        if self.found_outside is not None:
            is_outside = b.icmp_unsigned(">=", position, length.ir)
            seen = b.or_(self.builder.load(self.found_outside, "bool").ir, is_outside)
            self.builder.store(self.builder.value(seen, "bool"), self.found_outside)
            return self.builder.value(b.select(is_outside, INDEX(0), position), "int64")
        outside, inside = b.append_basic_block("outside"), b.append_basic_block("inside")
        b.cbranch(b.icmp_unsigned(">=", position, length.ir), outside, inside)
        b.position_at_end(outside)
        for place, value in enumerate((index.ir, length.ir)):
            b.store(value, b.gep(self.error, [INDEX(place)], source_etype=INDEX))
        b.ret(INDEX(1))
        b.position_at_end(inside)
        return self.builder.value(position, "int64")

    def _cell(self, dtype: str, count: int) -> ir.Value:
        """Room for accumulators, taken in the entry block so that it becomes a register."""
        part = MEMORY_TYPES[dtypes.real_of(dtype)]
        return room_for(self.b, ir.ArrayType(part, count * (2 if dtype in dtypes.COMPLEX else 1)))


def _scalar_types(dtype: str) -> list[ir.Type]:
    part = REGISTER_TYPES[dtypes.real_of(dtype)]
    return [part, part] if dtype in dtypes.COMPLEX else [part]


def _take_scalar(builder: Builder, dtype: str, arguments: Iterator[ir.Value]) -> Value:
    if dtype in dtypes.COMPLEX:
        return builder.value((next(arguments), next(arguments)), dtype)
    return builder.value(next(arguments), dtype)
