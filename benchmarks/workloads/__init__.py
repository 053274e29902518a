"""What is timed, one file a workload; each holds the same computation once per peer."""

from benchmarks.workloads import (
    autoencoder,
    broadcast_transpose_index,
    compile_deep,
    conv_layers,
    elemwise_chain,
    embedding,
    fft,
    gemm,
    jac_hess,
    lenet,
    linalg,
    logreg,
    long_chain,
    lstm,
    mlp,
    mlp_step,
    optimizers,
    pymc_logp,
    random,
    rbm_cd,
    reduce_softmax,
    rnn_scan,
    scalar_call,
    scan_scalar,
    seed_step,
    small_linalg,
    sparse_dot,
)
from benchmarks.workloads.workload import Case, Parameters, Prepared, Workload

__all__ = ["STARTS", "WORKLOADS", "Case", "Parameters", "Prepared", "Workload"]

MODULES = (
    seed_step, scalar_call, elemwise_chain, reduce_softmax, broadcast_transpose_index, gemm, embedding, jac_hess,
    optimizers, pymc_logp, linalg, small_linalg, mlp_step, logreg, mlp, lenet, conv_layers, autoencoder, scan_scalar, rnn_scan, lstm, rbm_cd, compile_deep, long_chain, random, sparse_dot, fft,
)  # fmt: skip
WORKLOADS: dict[str, Workload] = {module.WORKLOAD.name: module.WORKLOAD for module in MODULES}
"""Timed by repeated calls in a living process."""

STARTS = ("import", "compile")
"""Timed once per new process, by ``benchmarks.starts``."""
