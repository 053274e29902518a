"""theano.tensor.nlinalg of Theano 1.0.5."""

import theano
from theano.gradient import DisconnectedType
from theano.graph import Apply, Op
from theano.tensor import AllocDiag, ExtractDiag, as_tensor_variable, trace
from theano.tensor import basic as tensor
from theano.tensor.linalg.determinant import Det, SLogDet, det, slogdet
from theano.tensor.linalg.eigen import Eig, Eigh, EighGrad, eig, eigh
from theano.tensor.linalg.inverse import (
    MatrixInverse,
    MatrixPinv,
    TensorInv,
    matrix_inverse,
    pinv,
    tensorinv,
)
from theano.tensor.linalg.least_squares import lstsq
from theano.tensor.linalg.norm import norm
from theano.tensor.linalg.orthogonal import SVD, QRFull, QRIncomplete, qr, svd
from theano.tensor.linalg.solve import TensorSolve, tensorsolve
from theano.tensor.matrix_product import alloc_diag, extract_diag, matrix_dot, matrix_power
from theano.tensor.matrix_product import diag_or_matrix as diag

__all__ = [
    "SVD",
    "AllocDiag",
    "Apply",
    "Det",
    "DisconnectedType",
    "Eig",
    "Eigh",
    "EighGrad",
    "ExtractDiag",
    "MatrixInverse",
    "MatrixPinv",
    "Op",
    "QRFull",
    "QRIncomplete",
    "SLogDet",
    "TensorInv",
    "TensorSolve",
    "alloc_diag",
    "as_tensor_variable",
    "det",
    "diag",
    "eig",
    "eigh",
    "extract_diag",
    "lstsq",
    "matrix_dot",
    "matrix_inverse",
    "matrix_power",
    "norm",
    "pinv",
    "qr",
    "slogdet",
    "svd",
    "tensor",
    "tensorinv",
    "tensorsolve",
    "theano",
    "trace",
]
