"""Machine code of scalar functions: which body is emitted for which dtypes, and in what precision."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from theano.backends.llvm import complex_code
from theano.scalar import (
    arithmetic,
    error_function,
    exponential,
    gamma_function,
    hyperbolic,
    power,
    trigonometric,
)
from theano.scalar import dtype as dtypes
from theano.scalar.dtype import is_complex, is_discrete
from theano.scalar.function import ScalarFunction, all_scalar_functions

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder
    from theano.backends.llvm.value import Value

ROOMS = (
    arithmetic,
    exponential,
    hyperbolic,
    trigonometric,
    error_function,
    gamma_function,
    power,
)  # so that ``b.exp`` finds exp
CASTS = {function: dtype for dtype, function in arithmetic.casts.items()}


def emit(b: Builder, function: ScalarFunction, arguments: Sequence[Value], result_dtype: str) -> Value:
    """The code of ``function(*arguments)``.

    The arguments are brought to the function's operand dtypes, float16 to float32, the value to its own.
    Bodies written for the machine become functions of the module, one for each dtype, which LLVM inlines.
    """
    if function in CASTS:
        return b.astype(arguments[0], result_dtype)
    operands = function.operand_dtypes(*[a.dtype for a in arguments])
    if function.operands != "given" or function.llvm_body is not None:
        operands = tuple("float32" if d == "float16" else d for d in operands)
    values = [b.astype(a, d) for a, d in zip(arguments, operands, strict=True)]
    if any(map(is_complex, operands)):
        body = complex_code.FUNCTIONS.get(function.name or "", function.body)
        return b.astype(body(b, *values), result_dtype)
    machine_body = function.integer_body if all(map(is_discrete, operands)) else function.llvm_body
    if machine_body is None:
        return b.astype(function.body(b, *values), result_dtype)
    if is_complex(result_dtype):  # a pair, which no function returns
        return b.astype(machine_body(b, *values), result_dtype)
    inner = "float32" if result_dtype == "float16" else result_dtype
    value = b.outlined(".".join([function.code_name, *operands]), machine_body, values, inner)
    return b.astype(value, result_dtype)


def can_emit(function: ScalarFunction, argument_dtypes: Sequence[str]) -> bool:
    """Whether there is machine code of a function for arguments of these dtypes."""
    return isinstance(function, ScalarFunction) and _can_emit(function, tuple(argument_dtypes))


@cache
def _can_emit(function: ScalarFunction, given: tuple[str, ...]) -> bool:
    if function in CASTS or function.argument_dtypes is not None:
        return True
    operands = function.operand_dtypes(*given)
    if any(map(is_complex, operands)):
        return function.name in complex_code.FUNCTIONS or function.name in complex_code.GENERIC
    if all(map(is_discrete, operands)) and function.integer_body is not None:
        return True
    if function.llvm_body is not None and all(d in dtypes.FLOAT for d in operands):
        return True
    return _is_written_for_values(function)


@cache
def _is_written_for_values(function: ScalarFunction) -> bool:
    """Whether the ordinary body needs nothing that the builder lacks.

    The names that its code looks up tell: attributes of the builder, other scalar functions, and functions
    beside it in its file of which the same holds.
    """
    pending, seen = [function.body], set()
    while pending:
        body = pending.pop()
        if body in seen:
            continue
        seen.add(body)
        for name in body.__code__.co_names:
            known = body.__globals__.get(name)
            if isinstance(known, (ScalarFunction, int, float)):
                continue
            if callable(known) and hasattr(known, "__code__"):
                pending.append(known)
            elif not _is_offered(name):
                return False
    return True


def _is_offered(name: str) -> bool:
    from theano.backends.llvm.builder import NAMES, Builder

    return hasattr(Builder, name) or name in NAMES or any(f.name == name for f in all_scalar_functions())
