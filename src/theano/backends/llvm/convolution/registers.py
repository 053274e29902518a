"""The vector registers of a processor, and how many of them a block of sums takes."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from llvmlite import ir

from theano.backends.llvm.machine import Processor
from theano.backends.llvm.number_types import REGISTER_TYPES
from theano.data_classes import dataclass


@dataclass(frozen=True)
class Registers:
    """The vector registers of a processor, for numbers of one dtype.

    lanes  numbers in a register
    sums   registers for sums; the others hold operands
    """

    processor: Processor
    dtype: str

    @cached_property
    def _is_wide(self) -> bool:
        return "+avx512f" in self.processor.features.split(",")

    @property
    def lanes(self) -> int:
        features = self.processor.features.split(",")
        size = 64 if self._is_wide else 32 if "+avx" in features else 16
        return size // np.dtype(self.dtype).itemsize

    @property
    def sums(self) -> int:
        """Of 32 or 16 registers; x86 names 16 before AVX-512, others have 32."""
        return 24 if self._is_wide or not self._is_x86 else 12

    @property
    def _is_x86(self) -> bool:
        return "+sse2" in self.processor.features.split(",") or not self.processor.features

    @property
    def row_sizes(self) -> tuple[int, ...]:
        """How many rows a block of sums may have."""
        return (8, 4, 2, 1) if self.sums == 24 else (6, 3, 1)

    def columns(self, rows: int) -> int:
        """How many registers along places go with so many rows."""
        return min(8, self.sums // rows)

    @property
    def rows_of_sums(self) -> tuple[int, ...]:
        """Of sums over places: how many filters a block may have, ..."""
        return (4, 2, 1) if self.sums == 24 else (3, 1)

    @property
    def taps_of_sums(self) -> tuple[int, ...]:
        """... and how many taps."""
        return (6, 3, 1) if self.sums == 24 else (4, 2, 1)

    @property
    def vector(self) -> ir.VectorType:
        return ir.VectorType(REGISTER_TYPES[self.dtype], self.lanes)
