"""LLVM's types of numbers, by NumPy's names: in registers and in memory.  A complex number is a pair of its parts."""

import numpy as np
from llvmlite import ir

from theano.scalar import dtype as dtypes

FLOAT_TYPES = {"float16": ir.HalfType(), "float32": ir.FloatType(), "float64": ir.DoubleType()}
REGISTER_TYPES: dict[str, ir.Type] = {"bool": ir.IntType(1), **FLOAT_TYPES}
REGISTER_TYPES.update({d: ir.IntType(np.dtype(d).itemsize * 8) for d in dtypes.INTEGER})
MEMORY_TYPES = {**REGISTER_TYPES, "bool": ir.IntType(8)}
INDEX = ir.IntType(64)
POINTER = ir.PointerType()
PART = {"complex64": "float32", "complex128": "float64"}
