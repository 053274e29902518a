"""Machine code that splits long kernels into parts, which the thread pool shares out.

    status kernel.split(buffers..., scalars..., sizes..., error, first, last)

does what the kernel does.  A kernel with parallel axes is cut along the outermost one.  One that folds everything
is cut into blocks, whose number follows from the lengths alone, so that the digits are the same for any number of
threads.  Which index of several was out of range is found out by running the whole kernel again.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.kernel_code import (
    ACCUMULATOR_BYTES,
    LEAST_COLUMNS,
    emit_finishing_kernel,
    emit_kernel,
    emit_partial_kernel,
    is_combinable,
)
from theano.backends.llvm.lengths_code import larger, quotient_up, smaller
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL, ObjectCode, room_for
from theano.backends.llvm.pool_code import TASK, Callee, emit_alone
from theano.loops.program import Kernel

SPLIT_WORK = 1 << 17  # additions; below it, handing out parts costs more than it saves: measured, some 20 microseconds
BLOCK = 1 << 14  # elements folded at once
SPLIT_FOLD = 1 << 16  # elements; from here on a fold is cut into blocks
MOST_BLOCKS = 1 << 12
PARTS_PER_THREAD = 4  # so that a thread which comes late does less
WIDE = 512  # columns folded by one thread: where they are fewer, each row is a page for little
LAST, STEP, PARTIALS, FIRST_ARGUMENT = range(4)  # words of what a part is given


def can_be_split(kernel: Kernel) -> bool:
    return bool(kernel.extents) and not kernel.ordered and (kernel.parallel > 0 or is_combinable(kernel))


def split_from(kernel: Kernel) -> int:
    """The number of iterations from which a kernel is split."""
    return max(1, SPLIT_WORK // kernel.cost) if kernel.parallel else SPLIT_FOLD


def emit_kernel_in_parts(module: ir.Module, kernel: Kernel, name: str) -> ir.Function:
    """The plain form of a kernel that may be split; of a fold as one block, so that its loop is there once."""
    if kernel.parallel:
        return emit_kernel(module, kernel, name)
    partial, finish = _forms_of_fold(module, kernel, name)
    function = ir.Function(module, _plain_type(partial), name)
    function.linkage = "internal"
    b = ir.IRBuilder(function.append_basic_block("entry"))
    *arguments, first, last = function.args
    block = room_for(b, ir.ArrayType(ir.IntType(8), ACCUMULATOR_BYTES * len(kernel.accumulators)))
    status = b.call(partial, [*arguments, first, last, block])
    b.call(finish, [*arguments, block, INDEX(1)])
    b.ret(status)
    return function


def _plain_type(partial: ir.Function) -> ir.FunctionType:
    return ir.FunctionType(INDEX, [a.type for a in partial.args[:-1]])


def _forms_of_fold(module: ir.Module, kernel: Kernel, name: str) -> tuple[ir.Function, ir.Function]:
    """The function that folds a block, and the one that combines blocks."""
    partial, finish = (module.globals.get(f"{name}.{part}") for part in ("partial", "finish"))
    if partial is None or finish is None:
        partial = emit_partial_kernel(module, kernel, f"{name}.partial")
        finish = emit_finishing_kernel(module, kernel, f"{name}.finish")
        partial.attributes.add("noinline")
    return partial, finish


def emit_split_kernel(module: ir.Module, kernel: Kernel, whole: ir.Function, run_parts: ir.Function) -> ir.Function:
    """The function ``kernel.split`` for a kernel whose plain form is ``whole``."""
    return _SplitEmitter(module, kernel, whole, run_parts).run()


def emit_run_parts(module: ir.Module) -> ir.Function:
    """status run_parts(task, context, count): on the pool if there are threads and it is loaded, else here.

    The loader fills in two words: ``threads``, their number, and ``pool``, the pool's function ``run`` once it is loaded.
    """
    threads, pool = word_of(module, "threads", INDEX(1)), word_of(module, "pool", NULL)
    function = small_function(module, "run_parts", INDEX, [POINTER, POINTER, INDEX])
    task, context, count = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    number = b.load(threads, typ=INDEX)
    run = b.load(pool, typ=POINTER)
    together, alone = b.append_basic_block("together"), b.append_basic_block("alone")
    b.cbranch(b.and_(b.icmp_signed(">", number, INDEX(1)), b.icmp_unsigned("!=", run, NULL)), together, alone)
    b.position_at_end(together)
    kind = ir.FunctionType(INDEX, [POINTER, POINTER, INDEX, INDEX])
    b.ret(b.call(Callee(run, kind), [task, context, count, number]))
    b.position_at_end(alone)
    b.ret(emit_alone(b, task, context, count))
    return function


class _SplitEmitter:
    """The parts get a *context*: three words that `_emit_run_evenly` and `_emit_run_blocks` fill in, and the kernel's
    arguments, each in a word of its own."""

    def __init__(self, module: ir.Module, kernel: Kernel, whole: ir.Function, run_parts: ir.Function) -> None:
        self.module, self.kernel, self.whole, self.run_parts = module, kernel, whole, run_parts
        self.kinds = [a.type for a in whole.args[:-2]]  # all but first and last

    def run(self) -> ir.Function:
        self.folds = not self.kernel.parallel
        name = self.whole.name
        self.part = self.whole
        if self.folds:
            self.part, finish = _forms_of_fold(self.module, self.kernel, name)
        task = self._emit_task()
        kind = self.whole.function_type
        function = small_function(self.module, f"{name}.split", kind.return_type, kind.args)
        *arguments, _, last = function.args
        b = ir.IRBuilder(function.append_basic_block("entry"))
        context = room_for(b, ir.ArrayType(INDEX, FIRST_ARGUMENT + len(self.kinds)))
        for place, argument in enumerate(arguments, FIRST_ARGUMENT):
            b.store(argument, _context_word(b, context, place))
        if self.folds:
            run = self.module.globals.get("run_blocks") or _emit_run_blocks(self.module, self.run_parts)
            size = INDEX(self._partials_bytes)
            count = b.call(run, [task, context, last, self._inner(b, arguments), size])
            with b.if_then(b.icmp_signed("<", count, INDEX(0)), likely=False):
                b.ret(b.call(self.whole, function.args))
            partials = b.load(_context_word(b, context, PARTIALS), typ=POINTER)
            b.call(finish, [*arguments, partials, count])
            ObjectCode(b).call("free", ir.VoidType(), [POINTER], partials)
        else:
            run = self.module.globals.get("run_evenly") or _emit_run_evenly(self.module, self.run_parts)
            multiple = LEAST_COLUMNS if self.kernel.parallel == 1 else 1  # parts of one axis begin on cache lines
            least = WIDE if self.kernel.by_columns and self.kernel.parallel == 1 else 1
            status = b.call(run, [task, context, last, INDEX(multiple), INDEX(least)])
            if self.kernel.can_fail:
                with b.if_then(b.icmp_signed("!=", status, INDEX(0)), likely=False):
                    b.ret(b.call(self.whole, function.args))
        b.ret(INDEX(0))
        return function

    @property
    def _partials_bytes(self) -> int:
        """The size of the accumulators of a block."""
        return ACCUMULATOR_BYTES * len(self.kernel.accumulators)

    def _emit_task(self) -> ir.Function:
        """status task(context, k): the range from k * step to (k + 1) * step, or to the end."""
        task = small_function(self.module, f"{self.whole.name}.task", TASK.return_type, TASK.args)
        context, number = task.args
        b = ir.IRBuilder(task.append_basic_block("entry"))
        arguments = [
            b.load(_context_word(b, context, place), typ=kind) for place, kind in enumerate(self.kinds, FIRST_ARGUMENT)
        ]
        last, step = (b.load(_context_word(b, context, w), typ=INDEX) for w in (LAST, STEP))
        first = b.mul(number, step)
        arguments += [first, smaller(b, b.add(first, step), last)]
        if self.folds:
            partials = b.load(_context_word(b, context, PARTIALS), typ=POINTER)
            block = ir.ArrayType(ir.IntType(8), self._partials_bytes)
            arguments.append(b.gep(partials, [number], source_etype=block))
        b.ret(b.call(self.part, arguments))
        return task

    def _inner(self, b: ir.IRBuilder, arguments: list[ir.Value]) -> ir.Value:
        """How many elements are folded in one turn of the outermost axis."""
        before = len(self.kinds) - self.kernel.can_fail - self.kernel.size_count
        inner: ir.Value = INDEX(1)
        for extent in self.kernel.extents[1:]:
            inner = b.mul(inner, arguments[before + extent])
        return inner


def _emit_run_evenly(module: ir.Module, run_parts: ir.Function) -> ir.Function:
    """status run_evenly(task, context, last, multiple, least): a few parts for each thread, of at least so many turns if there
    is one for each then; each of a multiple of turns."""
    function = small_function(module, "run_evenly", INDEX, [POINTER, POINTER, INDEX, INDEX, INDEX])
    task, context, last, multiple, least = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    threads = b.load(module.globals["threads"], typ=INDEX)
    share = quotient_up(b, last, b.mul(threads, INDEX(PARTS_PER_THREAD)))
    share = larger(b, share, smaller(b, quotient_up(b, last, threads), least))
    step = larger(b, b.mul(quotient_up(b, share, multiple), multiple), INDEX(1))
    b.store(last, _context_word(b, context, LAST))
    b.store(step, _context_word(b, context, STEP))
    b.ret(b.call(run_parts, [task, context, quotient_up(b, last, step)]))
    return function


def _emit_run_blocks(module: ir.Module, run_parts: ir.Function) -> ir.Function:
    """count run_blocks(task, context, last, inner, bytes): fold in blocks, each of so many turns of the outermost axis
    that BLOCK elements are folded, or more where blocks get too many; so many bytes of accumulators for each of them.

    How many blocks there are, or -1 if one of them failed or there is no memory: the partial results are given back then.
    """
    function = small_function(module, "run_blocks", INDEX, [POINTER, POINTER, INDEX, INDEX, INDEX])
    task, context, last, inner, size = function.args
    b = ir.IRBuilder(function.append_basic_block("entry"))
    step = larger(b, quotient_up(b, INDEX(BLOCK), inner), quotient_up(b, last, INDEX(MOST_BLOCKS)))
    count = quotient_up(b, last, step)
    code = ObjectCode(b)
    partials = code.call("malloc", POINTER, [INDEX], b.mul(count, size))
    with b.if_then(b.icmp_unsigned("==", partials, NULL), likely=False):
        b.ret(INDEX(-1))
    for place, word in ((LAST, last), (STEP, step), (PARTIALS, partials)):
        b.store(word, _context_word(b, context, place))
    status = b.call(run_parts, [task, context, count])
    with b.if_then(b.icmp_signed("!=", status, INDEX(0)), likely=False):
        code.call("free", ir.VoidType(), [POINTER], partials)
        b.ret(INDEX(-1))
    b.ret(count)
    return function


def _context_word(b: ir.IRBuilder, context: ir.Value, place: int) -> ir.Value:
    return b.gep(context, [INDEX(place)], inbounds=True, source_etype=INDEX)


def word_of(module: ir.Module, name: str, initial: ir.Constant) -> ir.GlobalVariable:
    """A word that the loader finds by its name."""
    word = ir.GlobalVariable(module, initial.type, name)
    word.initializer = initial
    word.type = POINTER
    return word
