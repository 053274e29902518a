"""Calls that few elements need, inside loops that LLVM widens to vectors.

LLVM's loop vectoriser gives up at a call of a function it does not know, and of one it knows, such as sin, it
makes a call for every element.  So the call is put into a function of its own with vector variants beside it,
announced in the attribute "vector-function-abi-variant".  A variant takes a mask of the elements concerned,
and returns at once when there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from llvmlite import ir

from theano.backends.llvm.value import Value

if TYPE_CHECKING:
    from theano.backends.llvm.builder import Builder

LANES = {"float32": (4, 8, 16), "float64": (2, 4, 8)}  # elements of 128, 256 and 512 bits
LANE = ir.IntType(32)


def rarely(
    b: Builder,
    condition: Value,
    name: str,
    x: Value,
    usual: Value,
    body: Callable[[Builder, Value], Value] | None = None,
) -> Value:
    """A pure function of x where ``condition``, else ``usual``: ``body``, or the C library's ``name``.

    It is called only then; loops are widened nevertheless.
    """
    at = b.irbuilder
    rare_body = body or (lambda b, value: b.call_c(name, value))
    function = rare_function(b, f"{name}.{x.dtype}.rare", rare_body, x)
    rare, join = (at.append_basic_block(f"{name}.{part}") for part in ("rare", "join"))
    entry = at.block
    at.cbranch(condition.ir, rare, join)
    at.position_at_end(rare)
    asked = at.call(function, [x.ir])
    at.branch(join)
    at.position_at_end(join)
    phi = at.phi(usual.ir.type)
    phi.add_incoming(asked, rare)
    phi.add_incoming(usual.ir, entry)
    return Value(b, phi, usual.dtype)


def rare_function(b: Builder, name: str, body: Callable[..., Value], x: Value) -> ir.Function:
    """The function ``name`` of one number of x's dtype, ``body(b, x)``, with its vector variants."""
    known = b.module.globals.get(name)
    if known is not None:
        return known
    function = b.internal_function(name, ("noinline", "nounwind", "readnone"), body, [x], x.dtype)
    variants = [_variant(b, function, x.dtype, lanes) for lanes in LANES[x.dtype]]
    names = ",".join(
        f"_ZGV_LLVM_M{lanes}v_{name}({variant.name})"
        for lanes, variant in zip(LANES[x.dtype], variants, strict=True)
    )
    # llvmlite knows LLVM's plain attributes only, and prints what is in the set
    set.add(function.attributes, f'"vector-function-abi-variant"="{names}"')
    _keep(b.module, variants)
    return function


def _variant(b: Builder, function: ir.Function, dtype: str, lanes: int) -> ir.Function:
    """``for i in range(lanes): if mask[i]: x[i] = function(x[i])``"""
    vector = ir.VectorType(function.function_type.return_type, lanes)
    mask_type = ir.VectorType(ir.IntType(1), lanes)
    variant = ir.Function(b.module, ir.FunctionType(vector, [vector, mask_type]), f"{function.name}.{lanes}")
    variant.linkage = "internal"
    for attribute in ("noinline", "nounwind", "minsize", "optsize"):
        variant.attributes.add(attribute)
    x, mask = variant.args
    entry, head, call, follow, done = (
        variant.append_basic_block(part) for part in ("entry", "head", "call", "next", "done")
    )
    at = ir.IRBuilder(entry)
    bits = at.bitcast(mask, ir.IntType(lanes))
    at.cbranch(at.icmp_unsigned("==", bits, bits.type(0)), done, head)

    at.position_at_end(head)
    i, current = at.phi(LANE), at.phi(vector)
    at.cbranch(at.extract_element(mask, i), call, follow)
    at.position_at_end(call)
    changed = at.insert_element(current, at.call(function, [at.extract_element(x, i)]), i)
    at.branch(follow)
    at.position_at_end(follow)
    after = at.phi(vector)
    after.add_incoming(current, head)
    after.add_incoming(changed, call)
    i_next = at.add(i, LANE(1))
    at.cbranch(at.icmp_unsigned("<", i_next, LANE(lanes)), head, done)
    i.add_incoming(LANE(0), entry)
    i.add_incoming(i_next, follow)
    current.add_incoming(x, entry)
    current.add_incoming(after, follow)

    at.position_at_end(done)
    result = at.phi(vector)
    result.add_incoming(x, entry)
    result.add_incoming(after, follow)
    at.ret(result)
    return variant


def _keep(module: ir.Module, functions: Sequence[ir.Function]) -> None:
    """Keep functions that nobody calls yet, by LLVM's list of such."""
    name = "llvm.compiler.used"
    used = module.globals.get(name)
    members = [*(used.initializer.constant if used is not None else []), *functions]
    kind = ir.ArrayType(ir.PointerType(), len(members))
    if used is None:
        used = ir.GlobalVariable(module, kind, name)
        used.linkage, used.section = "appending", "llvm.metadata"
    used.value_type = kind
    used.initializer = ir.Constant(kind, members)
