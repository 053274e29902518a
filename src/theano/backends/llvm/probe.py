"""One function of numbers as a compiled loop over arrays: what tests and measurements run."""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import llvmlite.binding as llvm
import numpy as np
from llvmlite import ir

from theano.backends.llvm import image, scalar_code
from theano.backends.llvm.builder import Builder
from theano.backends.llvm.link import resolve
from theano.backends.llvm.machine import Module, Processor, host, target_machine
from theano.backends.llvm.number_types import INDEX, POINTER
from theano.data_classes import dataclass
from theano.scalar.function import ScalarFunction


@dataclass(frozen=True)
class Probe:
    """``out[i] = function(x[i], y[i], ...)`` for dense arrays of fixed dtypes.

    processor        what it is made for
    parsed           the module, optimised
    emit_seconds     time taken to write the IR, ``compile_seconds`` to make machine code of it
    """

    dtypes: tuple[str, ...]
    result: str
    loaded: image.LoadedImage
    processor: Processor
    parsed: Any
    emit_seconds: float
    compile_seconds: float

    @cached_property
    def assembly(self) -> str:
        """What LLVM makes of it, as text."""
        return target_machine(self.processor).emit_assembly(self.parsed)

    def __call__(self, *arrays: np.ndarray) -> np.ndarray:
        arguments = [np.ascontiguousarray(a, d) for a, d in zip(arrays, self.dtypes, strict=True)]
        out = np.empty(arguments[0].shape, self.result)
        self.raw()(*[a.ctypes.data for a in arguments], out.ctypes.data, out.size)
        return out

    def raw(self) -> Callable[..., None]:
        """The loop itself: a C function of the arrays' addresses, the result's, and the length."""
        pointers = [ctypes.c_void_p] * (len(self.dtypes) + 1)
        return ctypes.CFUNCTYPE(None, *pointers, ctypes.c_int64)(self.loaded.address("loop"))


def probe(
    function: ScalarFunction,
    dtypes: Sequence[str],
    processor: Processor | None = None,
) -> Probe:
    """The loop of a function for arguments of the given dtypes; made for this processor, or for the one given."""
    started = time.perf_counter()
    (result,) = function.output_dtypes(*dtypes)
    module = Module("probe", processor or host())
    _emit_loop(module, function, dtypes, result)
    emitted = time.perf_counter()
    machine = target_machine(module.processor)
    parsed = llvm.parse_assembly(str(module))
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = options.slp_vectorization = True
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(parsed, passes)
    code = machine.emit_object(parsed)
    done = time.perf_counter()
    loaded = image.load(image.link(code), resolve)
    return Probe(tuple(dtypes), result, loaded, module.processor, parsed, emitted - started, done - emitted)


def _emit_loop(module: Module, function: ScalarFunction, dtypes: Sequence[str], result: str) -> None:
    """``for i in range(n): out[i] = function(x[i], ...)``"""
    kind = ir.FunctionType(ir.VoidType(), [POINTER] * (len(dtypes) + 1) + [INDEX])
    loop = ir.Function(module, kind, "loop")
    *pointers, out, size = loop.args
    for pointer in (*pointers, out):
        pointer.add_attribute("noalias")
    at = ir.IRBuilder(loop.append_basic_block("entry"))
    entry, body, done = at.block, loop.append_basic_block("body"), loop.append_basic_block("done")
    at.cbranch(at.icmp_signed(">", size, INDEX(0)), body, done)
    at.position_at_end(body)
    i = at.phi(INDEX, "i")
    i.add_incoming(INDEX(0), entry)
    b = Builder(at)
    values = [b.load(b.element(p, i, d), d) for p, d in zip(pointers, dtypes, strict=True)]
    b.store(scalar_code.emit(b, function, values, result), b.element(out, i, result))
    following = at.add(i, INDEX(1))
    i.add_incoming(following, at.block)
    at.cbranch(at.icmp_signed("<", following, size), body, done)
    at.position_at_end(done)
    at.ret_void()
