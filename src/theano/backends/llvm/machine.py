"""The host machine as LLVM sees it: its target, its optimisation pipeline, and object code from modules."""

from __future__ import annotations

from functools import cache
from typing import Any

import llvmlite.binding as llvm
from llvmlite import ir


@cache
def target_machine() -> Any:
    """Code for this very processor, position independent, in the ELF format that images are made of."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    architecture = llvm.get_process_triple().split("-")[0]
    target = llvm.Target.from_triple(f"{architecture}-unknown-linux-gnu")
    return target.create_target_machine(
        cpu=llvm.get_host_cpu_name(),
        features=llvm.get_host_cpu_features().flatten(),
        opt=3,
        reloc="pic",
        codemodel="small",
    )


def module_for_host(name: str) -> ir.Module:
    module = ir.Module(name)
    module.triple = target_machine().triple
    module.data_layout = str(target_machine().target_data)
    return module


def object_code(module: ir.Module) -> bytes:
    """The optimised relocatable object of a module."""
    parsed = llvm.parse_assembly(str(module))
    optimise(parsed)
    return target_machine().emit_object(parsed)


def optimise(parsed: Any) -> None:
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    options.loop_vectorization = True
    options.slp_vectorization = False
    options.loop_interleaving = True
    passes = llvm.create_pass_builder(target_machine(), options)
    passes.getModulePassManager().run(parsed, passes)
