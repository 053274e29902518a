"""Calls of functions of numbers: of C's library, of SciPy, of users, and of the module's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from llvmlite import ir

from theano.backends.llvm.number_types import REGISTER_TYPES
from theano.backends.llvm.value import Value

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder


def declare(b: Builder, name: str, result: ir.Type, arguments: Sequence[ir.Type]) -> ir.Function:
    """The function of that name in the module, declared if new."""
    known = b.module.globals.get(name)
    if known is None:
        known = ir.Function(b.module, ir.FunctionType(result, arguments), name)
        if not name.startswith("llvm."):
            known.attributes.add("nounwind")
    return known


def call_c(b: Builder, name: str, *arguments: Any) -> Value:
    """A function of the C library, such as lgamma, of float64 numbers; float32 goes through float64."""
    values = b.matched(*arguments)
    double = REGISTER_TYPES["float64"]
    function = b.declare(name, double, [double] * len(values))
    wide = [b.astype(v, "float64").ir for v in values]
    return b.astype(Value(b, b.irbuilder.call(function, wide), "float64"), values[0].dtype)


def call_external(b: Builder, name: str, *arguments: Any) -> Value:
    """SciPy's C function ``scipy:name`` of float64 numbers; float32 goes through float64."""
    values = b.matched(*arguments)
    double, word = REGISTER_TYPES["float64"], ir.IntType(32)
    function = b.declare(name, double, [double] * len(values) + [word])
    wide = [b.astype(v, "float64").ir for v in values]
    found = Value(b, b.irbuilder.call(function, [*wide, word(0)]), "float64")  # 0: as for a call within Cython
    return b.astype(found, values[0].dtype)


def call_pointer(b: Builder, address: int, result: str, *arguments: Value) -> Value:
    """A user's pure C function of numbers; other calls of it may be left out."""
    kinds = [REGISTER_TYPES[a.dtype] for a in arguments]
    function = b.declare(f"foreign:{address}", REGISTER_TYPES[result], kinds)
    for attribute in ("readnone", "nounwind"):
        function.attributes.add(attribute)
    return Value(b, b.irbuilder.call(function, [a.ir for a in arguments]), result)


def outlined(
    b: Builder, name: str, body: Callable[..., Value], arguments: Sequence[Value], result: str
) -> Value:
    """A call of the function ``name``, made of ``body(b, *values)`` on its first use and inlined by LLVM.

    All calls under one name have the same body and argument types.
    """
    function = b.internal_function(name, ("alwaysinline", "nounwind"), body, arguments, result)
    return Value(b, b.irbuilder.call(function, [a.ir for a in arguments]), result)


def internal_function(
    b: Builder,
    name: str,
    attributes: Sequence[str],
    body: Callable[..., Value],
    arguments: Sequence[Value],
    result: str,
) -> ir.Function:
    """The function of that name in this module, made if new; seen only in the module."""
    function = b.module.globals.get(name)
    if function is None:
        kinds = [REGISTER_TYPES[a.dtype] for a in arguments]
        function = ir.Function(b.module, ir.FunctionType(REGISTER_TYPES[result], kinds), name)
        function.linkage = "internal"
        for attribute in attributes:
            function.attributes.add(attribute)
        inner = type(b)(ir.IRBuilder(function.append_basic_block("entry")))
        values = [Value(inner, p, a.dtype) for p, a in zip(function.args, arguments, strict=True)]
        inner.irbuilder.ret(inner.astype(body(inner, *values), result).ir)
    return function
