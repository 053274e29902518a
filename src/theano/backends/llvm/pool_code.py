"""Machine code of the thread pool: one for the process, shared by all compiled functions.

    status run(task, context, count, threads)      task(context, k) for k = 0 ... count - 1, on so many threads
    reset()                                        forget the threads: a forked child has none of them

The parts of a job are dealt out in shares, one for each thread, and claimed one by one: first those of the own share, which
in the next job over the same data are the same again and may still be in this processor's cache, then what is left of the
others', so that threads which come late do less.  A part computes the same on whatever thread it runs.  One job runs at a time: a caller who finds the pool busy does its job alone.  Threads are
made when they are first wanted, wait for work for a moment in a loop, since the next job often follows at once,
and then sleep.  The pool needs nothing of Python: callers may hold Python's lock or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from llvmlite import ir

from theano.backends.llvm.control_code import for_range
from theano.backends.llvm.lengths_code import smaller
from theano.backends.llvm.number_types import INDEX, POINTER

BYTE, INT, VOID = ir.IntType(8), ir.IntType(32), ir.VoidType()
NULL = ir.Constant(POINTER, None)
TASK = ir.FunctionType(INDEX, [POINTER, INDEX])  # status task(context, part)
ROOM_BYTES = 128  # of a pthread_mutex_t or pthread_cond_t: at most 64 on the systems where images run
SPINS = 2000  # turns of waiting before a thread sleeps: some 20 to 50 microseconds
MOST_SHARES = 64  # more threads begin with the shares of others
LINE_BYTES = 64  # what is written by several threads stands on cache lines of its own
PAUSE = {"x86_64": ("llvm.x86.sse2.pause", ()), "aarch64": ("llvm.aarch64.hint", (INT(1),))}  # "this loop only waits"


def emit_pool(module: ir.Module) -> None:
    """Put ``run`` and ``reset`` into an empty module."""
    _PoolEmitter(module).emit()


def emit_alone(b: ir.IRBuilder, task: ir.Value, context: ir.Value, count: ir.Value) -> ir.Value:
    """The status of ``task(context, k) for k = 0 ... count - 1`` on this thread."""
    before = b.block
    head, body, end = (b.append_basic_block(n) for n in ("part.head", "part", "part.end"))
    b.branch(head)
    b.position_at_end(head)
    part, status = b.phi(INDEX, "part"), b.phi(INDEX, "status")
    b.cbranch(b.icmp_signed("<", part, count), body, end)
    b.position_at_end(body)
    result = b.or_(status, b.call(Callee(task, TASK), [context, part]))
    following = b.add(part, INDEX(1))
    b.branch(head)
    for phi, first, later in ((part, INDEX(0), following), (status, INDEX(0), result)):
        phi.add_incoming(first, before)
        phi.add_incoming(later, body)
    b.position_at_end(end)
    return status


class Callee:
    """A pointer as llvmlite wants what is called: with the type of a function."""

    def __init__(self, pointer: ir.Value, kind: ir.FunctionType) -> None:
        self.function_type = kind
        self.get_reference = pointer.get_reference


class _PoolEmitter:
    """The state of the pool is a handful of words, written under ``mutex`` but for ``claimed`` and ``busy``.

    task, context, count  the job
    shares                how many shares its parts are dealt out in
    claimed               for each share how many parts of it have been claimed, or more once it is used up
    failed                whether a part reported failure
    tickets               how many threads may still join the job
    active                how many have joined and not finished
    started               how many threads there are
    busy                  whether a job is running
    """

    WORDS = ("task", "context", "count", "shares", "failed", "tickets", "active", "started", "busy")

    def __init__(self, module: ir.Module) -> None:
        self.module = module
        self.word = {name: self._room(name, LINE_BYTES) for name in self.WORDS}
        self.claimed = self._room("claimed", MOST_SHARES * LINE_BYTES)
        self.mutex, self.work, self.done = (self._room(n, ROOM_BYTES) for n in ("mutex", "work", "done"))
        self.b = ir.IRBuilder()

    def emit(self) -> None:
        self._emit_reset()
        self._emit_claim_parts()
        self._emit_worker()
        self._emit_run()

    def _room(self, name: str, size: int) -> ir.GlobalVariable:
        kind = ir.ArrayType(BYTE, size)
        room = ir.GlobalVariable(self.module, kind, name)
        room.initializer, room.linkage, room.align = ir.Constant(kind, None), "internal", LINE_BYTES
        room.type = POINTER
        return room

    # -- functions ---------------------------------------------------------------------------------------------------

    def _emit_reset(self) -> None:
        self._begin("reset", VOID, [])
        for name in self.WORDS:
            self._set(name, INDEX(0))
        self._c("pthread_mutex_init", self.mutex, NULL)
        self._c("pthread_cond_init", self.work, NULL)
        self._c("pthread_cond_init", self.done, NULL)
        self.b.ret_void()

    def _emit_claim_parts(self) -> None:
        """claim_parts(own): the parts of this share that are left, then those of the shares after it, around.

        for k in range(shares):
            share = (own + k) % shares
            while (part = count * share / shares + claimed[share]++) < count * (share + 1) / shares:
                failed |= task(context, part)
        """
        self.claim_parts = self._begin("claim_parts", VOID, [INDEX])
        b = self.b
        (own,) = self.claim_parts.args
        task, context = (b.load(self.word[name], typ=POINTER) for name in ("task", "context"))
        count, shares = self._get("count"), self._get("shares")
        with for_range(b, INDEX(0), shares, "k") as k:
            share = b.srem(b.add(own, k), shares)
            begin, end = (b.sdiv(b.mul(count, s), shares) for s in (share, b.add(share, INDEX(1))))
            head, body, done = (b.append_basic_block(n) for n in ("head", "body", "done"))
            b.branch(head)
            b.position_at_end(head)
            part = b.add(begin, b.atomic_rmw("add", self._claimed(share), INDEX(1), "seq_cst"))
            b.cbranch(b.icmp_signed("<", part, end), body, done)
            b.position_at_end(body)
            status = b.call(Callee(task, TASK), [context, part])
            with b.if_then(b.icmp_signed("!=", status, INDEX(0)), likely=False):
                self._atomic_set("failed", INDEX(1))
            b.branch(head)
            b.position_at_end(done)
        b.ret_void()

    def _claimed(self, share: ir.Value) -> ir.Value:
        offset = self.b.mul(share, INDEX(LINE_BYTES))
        return self.b.gep(self.claimed, [offset], inbounds=True, source_etype=BYTE)

    def _emit_worker(self) -> None:
        """What a thread of the pool does for ever: wait for a ticket, join, report.  It is given its number as a pointer."""
        self.worker = self._begin("worker", POINTER, [POINTER])
        b = self.b
        own = b.ptrtoint(self.worker.args[0], INDEX)
        with self._forever():
            self._spin_while(lambda: b.icmp_signed("==", self._atomic_get("tickets"), INDEX(0)))
            self._c("pthread_mutex_lock", self.mutex)
            with self._while(lambda: b.icmp_signed("==", self._get("tickets"), INDEX(0))):
                self._c("pthread_cond_wait", self.work, self.mutex)
            self._atomic_set("tickets", b.sub(self._get("tickets"), INDEX(1)))
            self._atomic_set("active", b.add(self._get("active"), INDEX(1)))
            self._c("pthread_mutex_unlock", self.mutex)
            b.call(self.claim_parts, [own])
            self._c("pthread_mutex_lock", self.mutex)
            active = b.sub(self._get("active"), INDEX(1))
            self._atomic_set("active", active)
            with b.if_then(b.icmp_signed("==", active, INDEX(0))):
                self._c("pthread_cond_signal", self.done)
            self._c("pthread_mutex_unlock", self.mutex)

    def _emit_run(self) -> None:
        function = self._begin("run", INDEX, [POINTER, POINTER, INDEX, INDEX])
        b = self.b
        task, context, count, threads = function.args
        alone, shared, claimed = (b.append_basic_block(n) for n in ("alone", "shared", "claimed"))
        wants = b.and_(b.icmp_signed(">", count, INDEX(1)), b.icmp_signed(">", threads, INDEX(1)))
        b.cbranch(wants, shared, alone)

        b.position_at_end(shared)
        was_busy = b.atomic_rmw("xchg", self.word["busy"], INDEX(1), "seq_cst")
        b.cbranch(b.icmp_signed("==", was_busy, INDEX(0)), claimed, alone)

        b.position_at_end(claimed)
        self._c("pthread_mutex_lock", self.mutex)
        b.store(task, self.word["task"])
        b.store(context, self.word["context"])
        self._set("count", count)
        self._set("failed", INDEX(0))
        together = smaller(self.b, threads, count)
        shares = smaller(self.b, together, INDEX(MOST_SHARES))
        self._set("shares", shares)
        with for_range(b, INDEX(0), shares, "share") as share:
            b.atomic_rmw("xchg", self._claimed(share), INDEX(0), "seq_cst")
        wanted = b.sub(together, INDEX(1))
        self._start_missing(wanted)
        started = self._get("started")
        self._atomic_set("tickets", smaller(b, wanted, started))
        self._c("pthread_cond_broadcast", self.work)
        self._c("pthread_mutex_unlock", self.mutex)
        b.call(self.claim_parts, [INDEX(0)])
        self._c("pthread_mutex_lock", self.mutex)
        self._atomic_set("tickets", INDEX(0))
        self._c("pthread_mutex_unlock", self.mutex)
        self._spin_while(lambda: b.icmp_signed("!=", self._atomic_get("active"), INDEX(0)))
        self._c("pthread_mutex_lock", self.mutex)
        with self._while(lambda: b.icmp_signed("!=", self._get("active"), INDEX(0))):
            self._c("pthread_cond_wait", self.done, self.mutex)
        failed = self._get("failed")
        self._c("pthread_mutex_unlock", self.mutex)
        self._atomic_set("busy", INDEX(0))
        b.ret(failed)

        b.position_at_end(alone)
        b.ret(emit_alone(b, task, context, count))

    def _start_missing(self, wanted: ir.Value) -> None:
        """Make threads until there are as many as wanted, or the system refuses."""
        b = self.b
        with b.goto_entry_block():
            handle = b.alloca(INDEX)
            handle.type = POINTER
        head, body, made, done = (b.append_basic_block(n) for n in ("start.head", "start", "started", "start.done"))
        b.branch(head)
        b.position_at_end(head)
        b.cbranch(b.icmp_signed("<", self._get("started"), wanted), body, done)
        b.position_at_end(body)
        number = b.inttoptr(b.add(self._get("started"), INDEX(1)), POINTER)
        trouble = self._c("pthread_create", handle, NULL, self.worker, number)
        b.cbranch(b.icmp_signed("==", trouble, INT(0)), made, done)
        b.position_at_end(made)
        self._set("started", b.add(self._get("started"), INDEX(1)))
        b.branch(head)
        b.position_at_end(done)

    # -- forms -------------------------------------------------------------------------------------------------------

    def _begin(self, name: str, result: ir.Type, kinds: list[ir.Type]) -> ir.Function:
        function = ir.Function(self.module, ir.FunctionType(result, kinds), name)
        if name not in ("run", "reset"):
            function.linkage = "internal"
        self.b = ir.IRBuilder(function.append_basic_block("entry"))
        return function

    def _get(self, name: str) -> ir.Value:
        return self.b.load(self.word[name], typ=INDEX)

    def _set(self, name: str, value: ir.Value) -> None:
        self.b.store(value, self.word[name])

    def _atomic_get(self, name: str) -> ir.Value:
        return self.b.load_atomic(self.word[name], "seq_cst", 8, typ=INDEX)

    def _atomic_set(self, name: str, value: ir.Value) -> None:
        self.b.atomic_rmw("xchg", self.word[name], value, "seq_cst")

    def _c(self, name: str, *arguments: ir.Value) -> ir.Value:
        """A call of the C library on pointers."""
        function = self.module.globals.get(name)
        if function is None:
            function = ir.Function(self.module, ir.FunctionType(INT, [POINTER] * len(arguments)), name)
        return self.b.call(function, arguments)

    def _spin_while(self, condition: Callable[[], ir.Value]) -> None:
        """Wait while a condition holds, but not for long."""
        b = self.b
        before = b.block
        head, body, done = (b.append_basic_block(n) for n in ("spin.head", "spin", "spin.done"))
        b.branch(head)
        b.position_at_end(head)
        turn = b.phi(INDEX)
        turn.add_incoming(INDEX(0), before)
        b.cbranch(b.and_(condition(), b.icmp_signed("<", turn, INDEX(SPINS))), body, done)
        b.position_at_end(body)
        name, arguments = PAUSE[self.module.triple.split("-")[0]]
        pause = self.module.globals.get(name)
        b.call(pause or ir.Function(self.module, ir.FunctionType(VOID, [a.type for a in arguments]), name), arguments)
        turn.add_incoming(b.add(turn, INDEX(1)), body)
        b.branch(head)
        b.position_at_end(done)

    @contextmanager
    def _while(self, condition: Callable[[], ir.Value]) -> Iterator[None]:
        b = self.b
        head, body, done = (b.append_basic_block(n) for n in ("while.head", "while", "while.done"))
        b.branch(head)
        b.position_at_end(head)
        b.cbranch(condition(), body, done)
        b.position_at_end(body)
        yield
        b.branch(head)
        b.position_at_end(done)

    @contextmanager
    def _forever(self) -> Iterator[None]:
        loop = self.b.append_basic_block("loop")
        self.b.branch(loop)
        self.b.position_at_end(loop)
        yield
        self.b.branch(loop)

