"""theano.tensor.slinalg of Theano 1.0.5."""

from theano.graph import Apply, Op
from theano.tensor import as_tensor_variable
from theano.tensor.matrix_product import kron

__all__ = ["Apply", "Op", "as_tensor_variable", "kron"]
