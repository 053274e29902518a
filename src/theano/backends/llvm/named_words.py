"""Words in memory that have names: what functions of different modules tell each other."""

from __future__ import annotations

from collections.abc import Sequence

from llvmlite import ir

from theano.backends.llvm.number_types import INDEX


class NamedWords:
    """Words of 64 bits, one after the other, read and written by name.

    names    of the words, in order
    address  of the first one
    """

    def __init__(self, b: ir.IRBuilder, names: Sequence[str], address: ir.Value) -> None:
        self.b, self.names, self.address = b, names, address

    def get(self, name: str, kind: ir.Type = INDEX) -> ir.Value:
        return self.b.load(self._place(name), typ=kind)

    def set(self, name: str, value: ir.Value) -> None:
        self.b.store(value, self._place(name))

    def _place(self, name: str) -> ir.Value:
        return self.b.gep(self.address, [INDEX(self.names.index(name))], inbounds=True, source_etype=INDEX)
