"""Machine code that takes the block that the call before has left, and leaves it to the next.

    POINTER take_arena(size)       aligned memory of so many bytes, or NULL
    leave_arena(memory)

The size of a block stands in front of its memory.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.arena import SYMBOL
from theano.backends.llvm.control_code import small_function
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import BYTE, INT, NULL, ObjectCode

ALIGNMENT_BYTES = 64  # of temporaries: a cache line, and the widest vector register
HUGE_PAGE = 1 << 21
ADVISE_HUGE_PAGES = 14  # MADV_HUGEPAGE of Linux, which the images are made for
MOST_KEPT_BYTES = 1 << 28
VOID = ir.VoidType()


def allocation(module: ir.Module) -> ir.Function:
    """POINTER allocate(size): aligned memory; a large block in huge pages, since each page costs a fault when it is new."""
    known = module.globals.get("allocate")
    if known is not None:
        return known
    function, code, (size,) = _begin(module, "allocate", POINTER, [INDEX])
    b = code.b
    with b.if_then(b.icmp_signed(">", size, INDEX(2 * HUGE_PAGE)), likely=False):
        whole = b.and_(b.add(size, INDEX(HUGE_PAGE - 1)), INDEX(-HUGE_PAGE))
        large = code.call("aligned_alloc", POINTER, [INDEX, INDEX], INDEX(HUGE_PAGE), whole)
        with b.if_then(b.icmp_unsigned("!=", large, NULL)):
            code.call("madvise", INT, [POINTER, INDEX, INT], large, whole, INT(ADVISE_HUGE_PAGES))
        b.ret(large)
    b.ret(code.call("aligned_alloc", POINTER, [INDEX, INDEX], INDEX(ALIGNMENT_BYTES), size))
    return function


def take_arena(code: ObjectCode, size: ir.Value) -> ir.Value:
    """Emit the call that takes a block of at least ``size`` bytes; NULL where there is no memory."""
    return code.b.call(code.module.globals.get("take_arena") or _emit_take(code.module), [size])


def leave_arena(code: ObjectCode, memory: ir.Value) -> None:
    """Emit the call that leaves a block to the next call; nothing for NULL."""
    code.b.call(code.module.globals.get("leave_arena") or _emit_leave(code.module), [memory])


def _begin(
    module: ir.Module, name: str, result: ir.Type, kinds: list[ir.Type]
) -> tuple[ir.Function, ObjectCode, tuple[ir.Value, ...]]:
    function = small_function(module, name, result, kinds)
    return function, ObjectCode(ir.IRBuilder(function.append_basic_block("entry"))), function.args


def _emit_take(module: ir.Module) -> ir.Function:
    make = allocation(module)
    function, code, (size,) = _begin(module, "take_arena", POINTER, [INDEX])
    b, word = code.b, code.external(SYMBOL)
    block = b.load(word, typ=POINTER)
    with b.if_then(b.icmp_unsigned("!=", block, NULL)):
        b.store(NULL, word)
        with b.if_then(b.icmp_signed(">=", b.load(block, typ=INDEX), size)):
            b.ret(code.address(block, ALIGNMENT_BYTES))
        code.call("free", VOID, [POINTER], block)
    fresh = b.call(make, [b.add(size, INDEX(ALIGNMENT_BYTES))])
    with b.if_then(b.icmp_unsigned("==", fresh, NULL), likely=False):
        b.ret(fresh)
    b.store(size, fresh)
    b.ret(code.address(fresh, ALIGNMENT_BYTES))
    return function


def _emit_leave(module: ir.Module) -> ir.Function:
    function, code, (memory,) = _begin(module, "leave_arena", VOID, [POINTER])
    b, word = code.b, code.external(SYMBOL)
    with b.if_then(b.icmp_unsigned("==", memory, NULL), likely=False):
        b.ret_void()
    block = b.gep(memory, [INDEX(-ALIGNMENT_BYTES)], inbounds=True, source_etype=BYTE)
    other = b.load(word, typ=POINTER)
    is_kept = b.and_(
        b.icmp_unsigned("==", other, NULL), b.icmp_signed("<=", b.load(block, typ=INDEX), INDEX(MOST_KEPT_BYTES))
    )
    with b.if_else(is_kept) as (keep, drop):
        with keep:
            b.store(block, word)
        with drop:
            code.call("free", VOID, [POINTER], block)
    b.ret_void()
    return function
