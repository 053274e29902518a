"""Machine code of programs within a program, as functions of it.

    INDEX inner(words): 0, or -1 with an exception set

What such a function is given stands in an array of words, in the order in which ``Words`` is asked for it.
"""

from __future__ import annotations

from llvmlite import ir

from theano.backends.llvm.number_types import INDEX, POINTER
from theano.backends.llvm.step_code import StepCode
from theano.backends.llvm.words_code import Words
from theano.loops.program import Program


class InnerCode(StepCode):
    """The function of an inner program under construction.

    name   what it is: its number is added
    words  what its caller gives
    """

    def __init__(self, name: str, program: Program, caller: StepCode, words: Words) -> None:
        common = caller.common
        function = ir.Function(caller.module, ir.FunctionType(INDEX, [POINTER]), f"{name}{common.functions}")
        common.functions += 1
        function.linkage = "internal"
        function.attributes.add("noinline")
        super().__init__(caller.module, function, program, common)
        self.words, self.caller_lock = words, caller.lock
        (self.given,) = function.args
        self.within = caller.within
        self.makes_arrays = False

    def word(self, kind: ir.Type = INDEX) -> ir.Value:
        """The next word that the caller gives."""
        return self.words.take(self, self.given, kind)

    def take_lock(self) -> None:
        """Take the words of the caller's lock."""
        self.lock = self.caller_lock.within([self.word(POINTER) for _ in self.caller_lock.words], self.code)
