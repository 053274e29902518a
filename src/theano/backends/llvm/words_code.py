"""Machine code that hands values over to a function of the same module, in an array of words."""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.entry_code import EntryCode
from theano.backends.llvm.number_types import INDEX
from theano.backends.llvm.object_code import room_for
from theano.loops.expressions import Buffer, Expression


class Words:
    """Values that the caller stores one after the other, and the function loads in the same order."""

    def __init__(self) -> None:
        self.values: list[ir.Value] = []
        self.taken = 0

    def put(self, value: ir.Value) -> None:
        self.values.append(value)

    def put_array(self, code: EntryCode, pointer: ir.Value, shape: Sequence[Expression]) -> None:
        """An address, and the lengths of what is there."""
        self.put(pointer)
        for length in shape:
            self.put(code.length(length))

    def put_operand(self, code: EntryCode, buffer: Buffer) -> None:
        """What a function reads: an object, or the address and the lengths of an array."""
        pointer = code.object[buffer] if buffer.dtype == "object" else code.address(buffer)
        self.put_array(code, pointer, buffer.shape)

    def put_lock(self, code: EntryCode) -> None:
        for word in code.lock.words:
            self.put(word)

    def store(self, code: EntryCode) -> ir.Value:
        """Emit, in the caller, the array."""
        room = room_for(code.b, ir.ArrayType(INDEX, len(self.values)))
        for k, value in enumerate(self.values):
            code.b.store(value, code.code.address(room, 8 * k))
        return room

    def again(self) -> Words:
        """The same words for another function."""
        other = Words()
        other.values = self.values
        return other

    def take(self, code: EntryCode, words: ir.Value, kind: ir.Type) -> ir.Value:
        """Emit, in the function, the load of the next one."""
        assert self.values[self.taken].type == kind
        self.taken += 1
        return code.code.field(words, 8 * (self.taken - 1), kind)
