"""Machine code around Python's lock, which a call gives up while it does long work.

Other threads may then run, and may give shared variables other values or call the same function.  So before the
lock is given up for the first time the call takes a reference to the array of every state: nobody can free what it
reads, and a call that wants to write into a state's memory finds that somebody else holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from llvmlite import ir

from theano.backends.llvm.control_code import for_range, small_function
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.object_code import NULL, ObjectCode, room_for

VOID = ir.VoidType()


class PythonLock:
    """What the emitted entry knows of the lock.

    saved    a word: the thread's state while the lock is given up, else NULL
    states   the arrays of all states, in a row
    holding  a word: 1 once references to them have been taken
    """

    def __init__(self, code: ObjectCode) -> None:
        self.code = code
        self.saved, self.holding = room_for(code.b, POINTER), room_for(code.b, INDEX)
        with code.b.goto_entry_block():
            code.b.store(NULL, self.saved)
            code.b.store(INDEX(0), self.holding)
        self.count = INDEX(0)
        self.may_be_given_up = False
        self.may_hold = False

    def room_for_states(self, count: int) -> None:
        """Room for the arrays that must be kept while the lock is not ours, for the caller to fill."""
        self.states = room_for(self.code.b, ir.ArrayType(POINTER, max(count, 1)))
        self.count = INDEX(count)

    @property
    def words(self) -> tuple[ir.Value, ir.Value, ir.Value]:
        """What another function must be given to handle the lock too: see ``within``."""
        return self.saved, self.holding, self.states

    def within(self, words: Sequence[ir.Value], code: ObjectCode | None = None) -> PythonLock:
        """The lock as code of another function sees it, which is entered with the lock held or given up.

        code  of that function, where it is not the same at another place
        """
        other = copy(self)
        other.code = code or self.code
        other.saved, other.holding, other.states = words
        other.may_be_given_up = other.may_hold = False
        return other

    def take_over(self, other: PythonLock) -> None:
        """Note what code for which ``other`` stands may have done."""
        self.may_be_given_up |= other.may_be_given_up
        self.may_hold |= other.may_hold

    def hold_states(self) -> None:
        """Take references to the states now, unless that has been done."""
        self.may_hold = True
        self.code.b.call(self._function("hold_states", self._emit_hold), [self.states, self.count, self.holding])

    def give_up(self) -> None:
        """Let other Python threads run, unless they may already."""
        self.hold_states()
        self.may_be_given_up = True
        self.code.b.call(self._function("give_up_lock", self._emit_give_up), [self.saved])

    def want_pool(self, loader: ir.Value) -> None:
        """Have the thread pool loaded by the Python function ``loader``, unless it is or there is one thread only."""
        self.code.b.call(self._function("want_pool", self._emit_want), [loader, self.saved])

    def want_word(self, word: str, loader: ir.Value) -> None:
        """Have the word of the module that has this name filled in by ``loader``, unless it is."""
        self.code.b.call(self._function(f"want_{word}", self._emit_want), [loader, self.saved])

    def regain(self, aside: bool = False) -> None:
        """From here on objects of Python may be touched; ``aside`` in a branch that does not come back."""
        if self.may_be_given_up:
            self.code.b.call(self._function("regain_lock", self._emit_regain), [self.saved])
            self.may_be_given_up = aside

    def release_states(self) -> None:
        """At the end of the call."""
        if self.may_hold:
            self.code.b.call(self._function("release_states", self._emit_release), [self.states, self.count, self.holding])

    # -- functions, one of each in a module ----------------------------------------------------------------------------

    def _function(self, name: str, emit: object) -> ir.Function:
        known = self.code.module.globals.get(name)
        return known if known is not None else emit(name)  # type: ignore[operator]

    def _begin(self, name: str, kinds: Sequence[ir.Type]) -> tuple[ir.Function, ir.IRBuilder]:
        function = small_function(self.code.module, name, VOID, kinds)
        return function, ir.IRBuilder(function.append_basic_block("entry"))

    def _emit_hold(self, name: str) -> ir.Function:
        return self._emit_for_states(name, 0, "Py_IncRef")

    def _emit_release(self, name: str) -> ir.Function:
        return self._emit_for_states(name, 1, "Py_DecRef")

    def _emit_for_states(self, name: str, wanted: int, routine: str) -> ir.Function:
        """if holding == wanted: { routine(each state); holding = 1 - wanted }"""
        function, b = self._begin(name, [POINTER, INDEX, POINTER])
        states, count, holding = function.args
        with b.if_then(b.icmp_signed("==", b.load(holding, typ=INDEX), INDEX(wanted))):
            with for_range(b, INDEX(0), count, "state") as place:
                state = b.load(b.gep(states, [place], inbounds=True, source_etype=POINTER), typ=POINTER)
                ObjectCode(b).call(routine, VOID, [POINTER], state)
            b.store(INDEX(1 - wanted), holding)
        b.ret_void()
        return function

    def _emit_give_up(self, name: str) -> ir.Function:
        function, b = self._begin(name, [POINTER])
        (saved,) = function.args
        with b.if_then(b.icmp_unsigned("==", b.load(saved, typ=POINTER), NULL)):
            b.store(ObjectCode(b).call("PyEval_SaveThread", POINTER, []), saved)
        b.ret_void()
        return function

    def _emit_regain(self, name: str) -> ir.Function:
        function, b = self._begin(name, [POINTER])
        (saved,) = function.args
        state = b.load(saved, typ=POINTER)
        with b.if_then(b.icmp_unsigned("!=", state, NULL)):
            ObjectCode(b).call("PyEval_RestoreThread", VOID, [POINTER], state)
            b.store(NULL, saved)
        b.ret_void()
        return function

    def _emit_want(self, name: str) -> ir.Function:
        """Without a pool and the like everything works, so a failure to load it is only reported."""
        regain = self._function("regain_lock", self._emit_regain)
        function, b = self._begin(name, [POINTER, POINTER])
        loader, saved = function.args
        code = ObjectCode(b)
        word = name.removeprefix("want_")
        missing = b.icmp_unsigned("==", b.load(self.code.module.globals[word], typ=POINTER), NULL)
        if word == "pool":
            several = b.icmp_signed(">", b.load(self.code.module.globals["threads"], typ=INDEX), INDEX(1))
            missing = b.and_(missing, several)
        with b.if_then(missing, likely=False):
            b.call(regain, [saved])
            result = code.call_object(loader, [])
            with b.if_then(b.icmp_unsigned("==", result, NULL)):
                code.call("PyErr_WriteUnraisable", VOID, [POINTER], loader)
            code.release(result)
        b.ret_void()
        return function
