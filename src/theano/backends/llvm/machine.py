"""Processors as LLVM sees them: their features, the optimisation pipeline, and object code from modules."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir
from llvmlite.binding.newpassmanagers import NewPassManager

from theano.backends.llvm.module_text import halves_of
from theano.data_classes import dataclass


@dataclass(frozen=True)
class Processor:
    """A processor of this machine's kind.

    name      as LLVM calls it: "haswell", "x86-64"
    features  what it has beyond, or lacks of, those that the name implies: "+avx2,-fma"
    """

    name: str
    features: str = ""

    @property
    def gathers(self) -> bool:
        """Whether it gathers numbers faster than it loads them one by one.  Older processors do not, or no more since their
        gathers leak what other programs compute (CVE-2022-40982); those that know this feature never did."""
        return "+avx512fp16" in self.features.split(",")

    @property
    def masks(self) -> bool:
        """Whether it has registers for masks, by which a part of a vector is stored as fast as all of it."""
        return "+avx512vl" in self.features.split(",")

    @property
    def fused(self) -> bool:
        """Whether it multiplies and adds with one rounding; else ``llvm.fma`` is a slow call of the C library."""
        return _fuses(self)


def vector_bytes(processor: Processor) -> int:
    """The size of the widest registers in which it computes with floats, as LLVM has it."""
    return _widest(processor)


@cache
def host() -> Processor:
    """The processor of this very machine."""
    return Processor(llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())


AS_IT_IS, USUAL, UNSWITCHING = 0, 2, 3
"""What LLVM is to do to a module: nothing, for code whose instructions are as they should be; what pays for loops; that, and
to take branches that go the same way in all iterations out of loops, by making two loops of one."""


class Module(ir.Module):
    """A module of code for one processor, and how much effort of LLVM's it deserves."""

    def __init__(self, name: str, processor: Processor, effort: int = USUAL) -> None:
        super().__init__(name)
        self.processor, self.effort = processor, effort
        machine = target_machine(processor)
        self.triple = machine.triple
        self.data_layout = str(machine.target_data)


@cache
def target_machine(processor: Processor, is_quick: bool = False) -> Any:
    """Code for a processor, position independent, in the ELF format that images are made of; made quickly or with care."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    architecture = llvm.get_process_triple().split("-")[0]
    target = llvm.Target.from_triple(f"{architecture}-unknown-linux-gnu")
    return target.create_target_machine(
        cpu=processor.name, features=processor.features, opt=0 if is_quick else 3, reloc="pic", codemodel="small"
    )


def module_for_host(name: str, effort: int = USUAL) -> Module:
    return Module(name, host(), effort)


def object_code(module: Module) -> tuple[bytes, ...]:
    """The relocatable objects of a module: of what is optimised, and of its glue, if there is any."""
    text, glue = halves_of(module)
    made = (_emitted(text, module.processor, module.effort),)
    return (*made, _emitted(glue, module.processor, AS_IT_IS, is_quick=True)) if glue else made


def _emitted(text: str, processor: Processor, effort: int, is_quick: bool = False) -> bytes:
    parsed = llvm.parse_assembly(text)
    optimise(parsed, processor, effort)
    return target_machine(processor, is_quick).emit_object(parsed)


def optimise(parsed: Any, processor: Processor, effort: int) -> None:
    if effort == AS_IT_IS:
        return
    options = llvm.create_pipeline_tuning_options(speed_level=effort)
    options.loop_vectorization = True
    options.slp_vectorization = False
    options.loop_interleaving = True
    options.loop_unrolling = False  # vector loops are interleaved; others wait for memory, or for one sum after the other
    passes = llvm.create_pass_builder(target_machine(processor), options)
    manager = passes.getModulePassManager()
    manager.run(parsed, passes)
    # llvmlite's ModulePassManager inherits an empty _dispose before the one that frees: 120 kB for every module
    NewPassManager._dispose(manager)
    manager.detach()


_FUSED = """
define double @fused(double %x, double %y, double %z) {
  %r = call double @llvm.fma.f64(double %x, double %y, double %z)
  ret double %r
}
declare double @llvm.fma.f64(double, double, double)
"""


@cache
def _fuses(processor: Processor) -> bool:
    """LLVM itself is asked: no list of processors is kept here."""
    return re.search(r"\bfma\b", target_machine(processor).emit_assembly(llvm.parse_assembly(_FUSED))) is None


_WIDE = """
define <16 x float> @wide(<16 x float> %x, <16 x float> %y) {
  %v = fmul <16 x float> %x, %y
  ret <16 x float> %v
}
"""


@cache
def _widest(processor: Processor) -> int:
    """From the registers in which LLVM multiplies 16 floats."""
    assembly = target_machine(processor).emit_assembly(llvm.parse_assembly(_WIDE))
    return 64 if "%zmm" in assembly else 32 if "%ymm" in assembly else 16
