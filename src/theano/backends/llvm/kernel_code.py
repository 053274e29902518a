"""Machine code of kernels: one LLVM function for each, a loop nest around straight-line code.

    status kernel(buffers..., scalars..., sizes..., first, last)

runs the outermost axis from ``first`` to ``last``.  Buffers are distinct, which the parameters' ``noalias`` says.
The status is 0, or 1 when an index was out of range; the index and the length are then in two globals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from llvmlite import ir

from theano.backends.llvm import scalar_code
from theano.backends.llvm.builder import INDEX, MEMORY_TYPES, REGISTER_TYPES, Builder
from theano.backends.llvm.object_code import room_for
from theano.backends.llvm.value import Value
from theano.loops.ir import Instruction, Kernel, Store
from theano.scalar import arithmetic
from theano.scalar import dtype as dtypes

POINTER = ir.PointerType()
SEQUENTIAL_BELOW = 32  # shorter sums are added from left to right; longer ones in several partial sums
COLUMN_BLOCK = 64  # columns folded at once: their accumulators stay in the first-level cache
REASSOCIATED = {arithmetic.add: "fadd", arithmetic.mul: "fmul"}


def emit_kernel(module: ir.Module, kernel: Kernel, name: str) -> ir.Function:
    """The LLVM function that runs ``kernel``."""
    return _KernelEmitter(module, kernel, name).run()


@contextmanager
def for_range(b: ir.IRBuilder, start: ir.Value, stop: ir.Value, name: str, step: int = 1) -> Iterator[ir.Value]:
    """Emit ``for name in range(start, stop, step)`` around the code emitted inside the ``with`` block."""
    head, body, done = (b.append_basic_block(f"{name}.{part}") for part in ("head", "body", "done"))
    entry = b.block
    b.branch(head)
    b.position_at_end(head)
    i = b.phi(INDEX, name)
    i.add_incoming(start, entry)
    b.cbranch(b.icmp_signed("<", i, stop), body, done)
    b.position_at_end(body)
    yield i
    i.add_incoming(b.add(i, INDEX(step), flags=["nsw"]), b.block)
    b.branch(head)
    b.position_at_end(done)


class _KernelEmitter:
    def __init__(self, module: ir.Module, kernel: Kernel, name: str) -> None:
        self.kernel = kernel
        kinds = [POINTER] * len(kernel.buffers)
        kinds += [k for d in kernel.scalars for k in _scalar_types(d)]
        kinds += [INDEX] * (_size_count(kernel) + 2)
        self.function = ir.Function(module, ir.FunctionType(INDEX, kinds), name)
        self.function.linkage = "internal"
        self.function.attributes.add("nounwind")
        arguments = list(self.function.args)
        self.pointers = arguments[: len(kernel.buffers)]
        for pointer in self.pointers:
            pointer.add_attribute("noalias")
        self.entry = self.function.append_basic_block("entry")
        self.b = ir.IRBuilder(self.entry)
        self.builder = Builder(self.b)
        rest = iter(arguments[len(kernel.buffers) :])
        self.scalars = [_take_scalar(self.builder, d, rest) for d in kernel.scalars]
        *self.sizes, self.first, self.last = list(rest)

    def run(self) -> ir.Function:
        kernel, parallel = self.kernel, self.kernel.parallel
        index: list[ir.Value] = []
        columns = kernel.by_columns and bool(kernel.accumulators)
        with ExitStack() as nest:
            for axis in range(parallel - 1 if columns else parallel):
                start, stop = self._range(axis)
                index.append(nest.enter_context(for_range(self.b, start, stop, f"i{axis}")))
            if columns:
                self._fold_columns(index)
            elif kernel.accumulators:
                self._fold(index)
            else:
                self._body_and_stores(index)
        self.b.ret(INDEX(0))
        return self.function

    def _range(self, axis: int) -> tuple[ir.Value, ir.Value]:
        is_split = axis == 0 and self.kernel.parallel > 0
        return (self.first, self.last) if is_split else (INDEX(0), self.sizes[self.kernel.extents[axis]])

    # -- folds -----------------------------------------------------------------------------------------------------

    def _fold(self, index: list[ir.Value]) -> None:
        """Fold row by row: the accumulators live in registers."""
        kernel = self.kernel
        cells = [self._cell(a.dtype, 1) for a in kernel.accumulators]
        if kernel.folded and any(self._associates(k) for k in range(len(cells))):
            _, length = self._range(len(kernel.extents) - 1)
            is_short = self.b.icmp_signed("<", length, INDEX(SEQUENTIAL_BELOW))
            with self.b.if_else(is_short) as (short, long):
                with short:
                    self._fold_loops(index, cells, reassociate=False)
                with long:
                    self._fold_loops(index, cells, reassociate=True)
        else:
            self._fold_loops(index, cells, reassociate=False)
        values = self._evaluator(index)
        for store in kernel.stores:
            if store.after_fold:
                dtype = kernel.accumulators[store.value].dtype
                self._store(store, values, self.builder.load(cells[store.value], dtype))

    def _fold_loops(self, index: list[ir.Value], cells: Sequence[ir.Value], reassociate: bool) -> None:
        kernel = self.kernel
        for accumulator, cell in zip(kernel.accumulators, cells, strict=True):
            self.builder.store(self.builder.constant(accumulator.initial, accumulator.dtype), cell)
        inner = list(index)
        with ExitStack() as nest:
            for axis in range(kernel.parallel, len(kernel.extents)):
                inner.append(nest.enter_context(for_range(self.b, *self._range(axis), f"r{axis}")))
            self._iteration(inner, cells, reassociate)

    def _fold_columns(self, index: list[ir.Value]) -> None:
        """Fold a block of neighbouring columns at once, each from top to bottom."""
        kernel, b = self.kernel, self.b
        cells = [self._cell(a.dtype, COLUMN_BLOCK) for a in kernel.accumulators]
        start, stop = self._range(kernel.parallel - 1)
        with for_range(b, start, stop, "block", COLUMN_BLOCK) as block:
            rest = b.sub(stop, block)
            width = b.select(b.icmp_signed("<", rest, INDEX(COLUMN_BLOCK)), rest, INDEX(COLUMN_BLOCK))

            def at(column: ir.Value) -> list[ir.Value]:
                return [
                    self.builder.element(cell, column, a.dtype)
                    for cell, a in zip(cells, kernel.accumulators, strict=True)
                ]

            with for_range(b, INDEX(0), width, "column") as column:
                for accumulator, cell in zip(kernel.accumulators, at(column), strict=True):
                    self.builder.store(self.builder.constant(accumulator.initial, accumulator.dtype), cell)
            inner = list(index)
            with ExitStack() as nest:
                folded: list[ir.Value] = []
                for axis in range(kernel.parallel, len(kernel.extents)):
                    folded.append(nest.enter_context(for_range(b, INDEX(0), self.sizes[kernel.extents[axis]], f"r{axis}")))
                column = nest.enter_context(for_range(b, INDEX(0), width, "column"))
                self._iteration([*inner, b.add(block, column, flags=["nsw"]), *folded], at(column), False)
            with for_range(b, INDEX(0), width, "column") as column:
                values = self._evaluator([*inner, b.add(block, column, flags=["nsw"])])
                for store in kernel.stores:
                    if store.after_fold:
                        dtype = kernel.accumulators[store.value].dtype
                        self._store(store, values, self.builder.load(at(column)[store.value], dtype))

    def _iteration(self, index: list[ir.Value], cells: Sequence[ir.Value], reassociate: bool) -> None:
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
                term = self._other_operand(k, instruction)
                x = self.builder.astype(values(term), accumulator.dtype)
                combine = getattr(self.b, REASSOCIATED[instruction.value])
                register = combine(carried[k].ir, x.ir, flags=["reassoc"])
                following.append(self.builder.value(register, accumulator.dtype))
            else:
                following.append(self.builder.astype(values(accumulator.following), accumulator.dtype))
        for store in kernel.stores:
            if not store.after_fold:
                self._store(store, values, values(store.value))
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
            and len(instruction.operands) == 2
            and self._other_operand(k, instruction) >= 0
            and not any(store.value == accumulator.following and not store.after_fold for store in self.kernel.stores)
        )

    def _other_operand(self, k: int, instruction: Instruction) -> int:
        """The operand that is not accumulator k, or -1 when the form is another."""
        codes = [self.kernel.body[o] for o in instruction.operands]
        for one, other in ((0, 1), (1, 0)):
            if codes[one].code == "carried" and codes[one].value == k and codes[other].code != "carried":
                return instruction.operands[other]
        return -1

    # -- the body --------------------------------------------------------------------------------------------------

    def _body_and_stores(self, index: list[ir.Value]) -> None:
        values = self._evaluator(index)
        for store in self.kernel.stores:
            self._store(store, values, values(store.value))

    def _store(self, store: Store, values: Any, value: Value) -> None:
        dtype, _ = self.kernel.buffers[store.buffer]
        pointer = self.builder.element(self.pointers[store.buffer], values(store.offset), dtype)
        self.builder.store(self.builder.astype(value, dtype), pointer)

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
        """The index counted from the front; out of range the kernel returns 1."""
        b = self.b
        from_end = b.icmp_signed("<", index.ir, INDEX(0))
        position = b.select(from_end, b.add(index.ir, length.ir), index.ir)
        outside, inside = b.append_basic_block("outside"), b.append_basic_block("inside")
        b.cbranch(b.icmp_unsigned(">=", position, length.ir), outside, inside)
        b.position_at_end(outside)
        for name, value in (("error.index", index.ir), ("error.length", length.ir)):
            b.store(value, error_cell(b.module, name))
        b.ret(INDEX(1))
        b.position_at_end(inside)
        return self.builder.value(position, "int64")

    def _cell(self, dtype: str, count: int) -> ir.Value:
        """Room for accumulators, taken in the entry block so that it becomes a register."""
        part = MEMORY_TYPES[dtypes.real_of(dtype)]
        return room_for(self.b, ir.ArrayType(part, count * (2 if dtype in dtypes.COMPLEX else 1)))


def error_cell(module: ir.Module, name: str) -> ir.GlobalVariable:
    known = module.globals.get(name)
    if known is None:
        known = ir.GlobalVariable(module, INDEX, name)
        known.linkage = "internal"
        known.initializer = INDEX(0)
        known.type = POINTER
    return known


def _size_count(kernel: Kernel) -> int:
    used = [*kernel.extents, *(i.value for i in kernel.body if i.code == "size")]
    return max(used, default=-1) + 1


def _scalar_types(dtype: str) -> list[ir.Type]:
    part = REGISTER_TYPES[dtypes.real_of(dtype)]
    return [part, part] if dtype in dtypes.COMPLEX else [part]


def _take_scalar(builder: Builder, dtype: str, arguments: Iterator[ir.Value]) -> Value:
    if dtype in dtypes.COMPLEX:
        return builder.value((next(arguments), next(arguments)), dtype)
    return builder.value(next(arguments), dtype)
