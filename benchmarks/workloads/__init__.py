"""What is timed, one file a workload; each holds the same computation once per peer."""

from benchmarks.workloads import (
    deep_chain,
    elemwise_chain,
    embedding,
    gemm,
    jac_hess,
    long_chain,
    mlp_step,
    scalar_call,
    seed_step,
)
from benchmarks.workloads.workload import Case, Parameters, Prepared, Workload

__all__ = ["STARTS", "WORKLOADS", "Case", "Parameters", "Prepared", "Workload"]

MODULES = (
    seed_step, scalar_call, elemwise_chain, gemm, embedding, jac_hess, mlp_step, deep_chain, long_chain
)  # fmt: skip
WORKLOADS: dict[str, Workload] = {module.WORKLOAD.name: module.WORKLOAD for module in MODULES}
"""Timed by repeated calls in a living process."""

STARTS = ("import", "compile")
"""Timed once per new process, by ``benchmarks.starts``."""
