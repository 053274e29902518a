"""theano.sparse.opt of Theano 1.0.5."""

from theano.legacy.adapters.sparse_ops import (
    MulSDCSC,
    MulSDCSR,
    MulSVCSR,
    SamplingDotCSR,
    StructuredAddSVCSR,
    mul_s_d_csc,
    mul_s_d_csr,
    mul_s_v_csr,
    sampling_dot_csr,
    structured_add_s_v_csr,
)

__all__ = [
    "MulSDCSC",
    "MulSDCSR",
    "MulSVCSR",
    "SamplingDotCSR",
    "StructuredAddSVCSR",
    "mul_s_d_csc",
    "mul_s_d_csr",
    "mul_s_v_csr",
    "sampling_dot_csr",
    "structured_add_s_v_csr",
]
