"""Products with some blocks of a matrix: against the whole matrix, and what is refused."""

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.tensor.nnet.blocksparse import sparse_block_dot, sparse_block_gemv, sparse_block_outer

rng = np.random.RandomState(4)
W, B, H = rng.randn(3, 4, 2, 5), rng.randn(4, 5), rng.randn(2, 2, 2)
ROWS, COLUMNS = np.array([[2, 0], [1, 1]]), np.array([[3], [0]])
w, h, b, rows, columns = T.dtensor4("w"), T.dtensor3("h"), T.dmatrix("b"), T.lmatrix("rows"), T.lmatrix("columns")


def test_a_block_of_the_result_is_that_of_the_whole_product():
    f = theano.function([w, h, rows, b, columns], sparse_block_dot(w, h, rows, b, columns))
    wanted = [
        [B[c] + sum(H[n, i] @ W[r, c] for i, r in enumerate(ROWS[n])) for c in COLUMNS[n]] for n in range(len(H))
    ]
    np.testing.assert_allclose(f(W, H, ROWS, B, COLUMNS), wanted)
    with pytest.raises(IndexError, match="out of bounds"):
        f(W, H, ROWS + 1, B, COLUMNS)


def test_the_gradient_of_the_blocks_is_an_outer_product():
    out = sparse_block_dot(w, h, rows, b, columns)
    weights = rng.randn(2, 1, 5)
    outer = sparse_block_outer(T.zeros_like(w), h, T.constant(weights), rows, columns)
    f = theano.function([w, h, rows, b, columns], [T.grad((out * weights).sum(), w), outer])
    np.testing.assert_allclose(*f(W, H, ROWS, B, COLUMNS))


def test_operands_of_another_kind_are_refused():
    with pytest.raises(TypeError, match="one dimension less than h"):
        sparse_block_dot(w, h, T.lvector(), b, columns)
    with pytest.raises(TypeError, match="The W must have 4 dimensions"):
        sparse_block_gemv(h, h, h, rows, columns)
    with pytest.raises(TypeError, match="outputIdx must be integers"):
        sparse_block_gemv(h, w, h, rows, T.dmatrix())
