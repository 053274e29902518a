"""Sparse types, variables, constants and shared variables: values in and out."""

from __future__ import annotations

import copy
import os
import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from cases_sparse import stored

import theano
import theano.sparse as S
import theano.tensor as T
from theano.sparse.sampling import Binomial, multinomial, poisson

M = stored(5, 4, "csr")


def mode(backend: str) -> Any:
    return theano.Mode(backend, "fast_run")


# -- types ---------------------------------------------------------------------------------------------------------------


def test_a_type_takes_what_scipy_converts_without_loss() -> None:
    kind = S.SparseType("csc", "float64")
    assert kind.filter(M).format == "csc" and kind.filter(M.toarray()).format == "csc"
    assert kind.filter(sp.csr_array(M)).format == "csc"
    same = M.tocsc()
    assert kind.filter(same) is same
    with pytest.raises(TypeError, match="expected a csc matrix of float64, found csr matrix of float64"):
        kind.filter(M, strict=True)
    with pytest.raises(NotImplementedError, match="Expected float64 dtype but got float32"):
        kind.filter(M.astype("float32"))
    assert kind.filter(M.astype("float32"), allow_downcast=True).dtype == "float64"
    with pytest.raises(TypeError, match="found a Variable"):
        kind.filter(S.csc_matrix())
    with pytest.raises(TypeError, match="cannot be made of ndarray"):
        kind.filter(np.zeros((2, 2, 2)))


def test_types_are_compared_by_format_and_dtype() -> None:
    assert S.SparseType("csr", "float32") == S.csr_fmatrix
    assert S.csr_fmatrix != S.csc_fmatrix and S.csr_fmatrix != S.csr_dmatrix
    assert len({S.SparseType("csr", "float32"), S.csr_fmatrix}) == 1
    with theano.change_flags(floatX="float32"):
        assert S.SparseType("csr", "floatX") == S.csr_fmatrix == S.csr_matrix().type
    for arguments in (("coo", "float64"), ("csr", "float16"), ("csr", "bool"), ("csr", "nonsense")):
        with pytest.raises(NotImplementedError, match="not in list"):
            S.SparseType(*arguments)


def test_values_are_equal_whatever_is_stored() -> None:
    kind = S.csr_dmatrix
    with_zero = M.copy()
    with_zero[1, 1] = 0
    assert kind.values_eq(M, with_zero) and kind.values_eq_approx(M, M + 1e-9 * M)
    assert not kind.values_eq(M, 2 * M) and not kind.values_eq_approx(M, 2 * M)
    assert not kind.values_eq(M, M.T.tocsr()) and not kind.values_eq(M, M.toarray())
    assert kind.is_valid_value(M) and not kind.is_valid_value(M.tocsc())
    view = sp.csr_matrix((M.data, M.indices.copy(), M.indptr.copy()), M.shape)
    assert kind.may_share_memory(M, view) and not kind.may_share_memory(M, M.copy())
    assert kind.may_share_memory(M, M.data)
    assert kind.get_size(kind.get_shape_info(M)) == M.nnz * 12 + 4 * 6 + 8


# -- variables, constants ------------------------------------------------------------------------------------------------


def test_a_variable_tells_what_it_is() -> None:
    x = S.csr_matrix("x", dtype="float32")
    assert (x.dtype, x.format, x.ndim, str(x), str(x.type)) == ("float32", "csr", 2, "x", "Sparse[float32, csr]")
    assert x.T.format == "csc" and bool(x)
    with pytest.raises(TypeError, match="does not support iteration"):
        list(x)
    assert x.clone().type == x.type and copy.deepcopy(x).type == x.type
    assert pickle.loads(pickle.dumps(x)).type == x.type


def test_constants_with_the_same_elements_are_one(backend: str) -> None:
    a, b, c = S.constant(M), S.as_sparse_variable(M.copy()), S.constant(2 * M)
    assert a.signature() == b.signature() != c.signature() and hash(a.signature()) == hash(b.signature())
    assert a.equals(b) and not a.equals(c) and a.signature().theano_hash() == b.signature().theano_hash()
    x = T.dvector()
    f = theano.function([x], [S.dot(a, x), S.dot(b, x), S.dot(c, x)], mode=mode(backend))
    found = f(np.ones(4))
    np.testing.assert_allclose(found[1], M @ np.ones(4))
    np.testing.assert_allclose(found[2], 2 * found[0])
    assert sum(type(node.op).__name__ == "CompressedDot" for node in f.maker.fgraph.toposort()) == 2


def test_a_constant_does_not_follow_the_matrix_it_was_made_of() -> None:
    m = M.copy()
    c = S.constant(m, name="c")
    m.data[:] = 0
    assert c.data.sum() != 0 and str(c) == "c"
    assert "shape=(5, 4)" in str(S.constant(M))


def test_matrices_in_and_out_are_not_shared(backend: str) -> None:
    x, given = S.csr_matrix("x"), M.copy()
    outputs = [x, x, x.T, -x, S.CSR(*S.csm_properties(x)), S.csm_data(x), S.csm_indices(x)]
    found = theano.function([x], outputs, mode=mode(backend))(given)
    for one in found:
        for part in (one.data, one.indices, one.indptr) if sp.issparse(one) else (one,):
            part[...] = 1
    np.testing.assert_array_equal(given.toarray(), M.toarray())
    assert given.has_sorted_indices


def test_blocks_are_handed_through_and_multiplied(backend: str) -> None:
    b = sp.bsr_matrix(np.arange(16.0).reshape(4, 4), blocksize=(2, 2))
    x = S.bsr_matrix("x")
    f = theano.function([x], [x, S.dense_from_sparse(x), S.structured_dot(x, T.constant(np.ones((4, 2))))], mode=mode(backend))
    same, dense, product = f(b)
    assert same.format == "bsr"
    np.testing.assert_array_equal(dense, b.toarray())
    np.testing.assert_array_equal(product, b @ np.ones((4, 2)))
    with pytest.raises(TypeError, match="needs a matrix in the format csr or csc, found bsr"):
        S.csm_properties(x)


def test_indices_of_64_bits_are_taken_where_they_fit(backend: str) -> None:
    wide = M.copy()
    wide.indices, wide.indptr = wide.indices.astype("int64"), wide.indptr.astype("int64")
    x = S.csr_matrix("x")
    f = theano.function([x], [S.dot(x, T.constant(np.ones(4))), S.csm_indices(x)], mode=mode(backend))
    np.testing.assert_allclose(f(wide)[0], M @ np.ones(4))
    assert f(wide)[1].dtype == "int32"
    columns = 2**31 + 5
    huge = sp.csr_matrix((np.ones(1), np.array([columns - 1]), np.array([0, 1])), shape=(1, columns))
    with pytest.raises(OverflowError, match=r"test_sparse_variables\.py"):
        f(huge)


def test_room_behind_the_last_element_is_not_read(backend: str) -> None:
    loose = M.copy()
    loose.data, loose.indices = np.r_[loose.data, 9.0, 9.0], np.r_[loose.indices, 99, 99].astype("int32")
    x = S.csr_matrix("x")
    f = theano.function([x], [S.dot(x, T.constant(np.ones(4))), S.sp_sum(x), x.size], mode=mode(backend))
    found = f(loose)
    np.testing.assert_allclose(found[0], M @ np.ones(4))
    np.testing.assert_allclose(found[1], M.sum())
    assert found[2] == M.nnz


# -- shared variables ----------------------------------------------------------------------------------------------------


def test_a_shared_matrix_is_copied_unless_borrowed() -> None:
    m = M.copy()
    s, borrowed = theano.shared(m, "s"), theano.shared(m, borrow=True)
    assert type(s).__name__ == "SparseTensorSharedVariable" and s.format == "csr" and s.dtype == "float64"
    m.data[:] = 1
    assert s.get_value().sum() == M.sum() and borrowed.get_value(borrow=True) is m
    assert s.get_value() is not s.get_value(borrow=True) is s.get_value(borrow=True)
    s.set_value(2 * M)
    assert s.get_value().sum() == 2 * M.sum()
    s.zero()
    assert s.get_value().nnz == 0 and s.get_value().shape == M.shape
    assert S.shared(M, format="csc").type == S.csc_dmatrix
    with pytest.raises(TypeError, match="Expected a sparse matrix"):
        S.shared(np.ones((2, 2)))


def test_updates_of_shared_matrices(backend: str) -> None:
    s, t = theano.shared(M, "s"), theano.shared(3 * M, "t")
    step = theano.function([], S.sp_sum(s), updates=[(s, s * 2), (t, s)], mode=mode(backend))
    first = step()
    np.testing.assert_allclose([first, step()], [M.sum(), 2 * M.sum()])
    np.testing.assert_allclose(s.get_value().toarray(), 4 * M.toarray())
    np.testing.assert_allclose(t.get_value().toarray(), 2 * M.toarray())
    assert not s.type.may_share_memory(s.get_value(borrow=True), t.get_value(borrow=True))


def test_elements_can_be_learned_in_fixed_places(backend: str) -> None:
    data, w = theano.shared(M.data.copy()), T.constant(np.arange(8.0).reshape(4, 2))
    x = S.CSR(data, M.indices, M.indptr, np.array(M.shape))
    cost = ((S.structured_dot(x, w) - 1) ** 2).sum()
    train = theano.function([], cost, updates=[(data, data - 0.01 * T.grad(cost, data))], mode=mode(backend))
    costs = [float(train()) for _ in range(50)]
    assert costs[-1] < 0.5 * costs[0]


def test_a_function_of_a_shared_matrix_is_copied_and_pickled() -> None:
    s, x = theano.shared(M, "s"), T.dvector("x")
    f = theano.function([x], S.dot(s, x))
    for other in (copy.copy(f), pickle.loads(pickle.dumps(f)), f.copy()):
        np.testing.assert_allclose(other(np.ones(4)), M @ np.ones(4))


# -- in larger programs --------------------------------------------------------------------------------------------------


def test_rows_with_a_sparse_gradient(backend: str) -> None:
    w, rows = theano.shared(np.arange(12.0).reshape(4, 3)), T.lvector("rows")
    cost = (theano.sparse_grad(w[rows]) ** 2).sum()
    slope = T.grad(cost, w)
    assert slope.type == S.csc_dmatrix
    value = w.get_value()
    wanted = np.zeros((4, 3))
    np.add.at(wanted, [2, 0, 2], 2 * value[[2, 0, 2]])
    np.testing.assert_allclose(theano.function([rows], slope, mode=mode(backend))([2, 0, 2]).toarray(), wanted)
    train = theano.function([rows], [], updates=[(w, w - 0.1 * slope)], mode=mode(backend))
    train([2, 0, 2])
    np.testing.assert_allclose(w.get_value(), value - 0.1 * wanted)
    with pytest.raises(AssertionError, match="needs rows"):
        theano.sparse_grad(w)


def test_a_matrix_within_a_loop(backend: str) -> None:
    x, v = S.csr_matrix("x"), T.dvector("v")
    square = stored(4, 4, "csr")
    states, _ = theano.scan(lambda u, a: S.dot(a, u), outputs_info=v, non_sequences=x, n_steps=3)
    slope = T.grad(states[-1].sum(), v)
    last, found = theano.function([x, v], [states[-1], slope], mode=mode(backend))(square, np.ones(4))
    a = square.toarray()
    np.testing.assert_allclose(last, a @ a @ a @ np.ones(4))
    np.testing.assert_allclose(found, (a @ a @ a).T @ np.ones(4))


def test_forward_mode(backend: str) -> None:
    w, t = T.dmatrix("w"), T.dmatrix("t")
    y = S.dot(S.constant(M), w) ** 2
    out = theano.function([w, t], T.Rop(y, w, t), mode=mode(backend))
    a, b = np.arange(8.0).reshape(4, 2), np.ones((4, 2))
    np.testing.assert_allclose(out(a, b), 2 * (M @ a) * (M @ b))


def test_the_gradient_of_a_dot_is_dense_and_that_of_a_structured_one_sparse(backend: str) -> None:
    x, w = S.csr_matrix("x"), T.constant(np.arange(8.0).reshape(4, 2))
    whole = T.grad((S.dot(x, w) ** 2).sum(), x)
    structured = T.grad((S.structured_dot(x, w) ** 2).sum(), x)
    assert whole.type == T.dmatrix and structured.type == S.csr_dmatrix
    found = theano.function([x], [whole, structured], mode=mode(backend))(M)
    wanted = 2 * M @ w.data @ w.data.T
    np.testing.assert_allclose(found[0], wanted)
    np.testing.assert_allclose(found[1].toarray(), wanted * (M.toarray() != 0))


def test_elements_of_a_large_product_are_computed_alone() -> None:
    """The whole product would take a hundred terabytes."""
    n = 4_000_000
    few = sp.csr_matrix((np.ones(3), ([0, 5, n - 1], [n - 1, 5, 0])), shape=(n, n))
    data = T.dvector("data")
    x = S.CSR(data, few.indices, few.indptr, np.array(few.shape))
    v = np.arange(float(n))
    found = theano.function([data], T.grad(S.dot(x, T.constant(v)).sum(), data))(few.data)
    np.testing.assert_allclose(found, v[few.indices])


def test_draws_are_in_the_places_of_their_parameters(backend: str) -> None:
    np.random.seed(3)
    x, shape = S.csr_matrix("x"), T.lvector("shape")
    f = theano.function([x, shape], [poisson(x * 50), multinomial(1000, x), Binomial("csc", "float32")(5, 0.5, shape)], mode=mode(backend))
    p = sp.csr_matrix(M.multiply(1 / np.maximum(M.sum(1), 1e-9)))
    drawn, counts, successes = f(p, [300, 20])
    assert abs(drawn - 50 * p).max() < 40 and drawn.shape == M.shape
    np.testing.assert_allclose(counts.sum(1), 1000 * (p.sum(1) > 0))
    assert successes.format == "csc" and successes.dtype == "float32" and abs(successes.mean() - 2.5) < 0.1
    assert (f(p, [300, 20])[2] != successes).nnz
    with pytest.raises(TypeError, match="undefined gradient"):
        T.grad(S.sp_sum(poisson(x)), x)


def test_arrays_that_a_matrix_is_made_of_are_not_made_anew(backend: str) -> None:
    """No matrix of SciPy is made on the way; of one element too, whose arrays are known to be of length 1."""
    data, x = T.dvector("data"), S.csr_matrix("x")
    one = S.CSR(T.constant([2.0]), [0], [0, 1], [1, 1])
    outputs = [S.csm_data(S.structured_exp(-x.T)), S.csm_data(S.CSR(data, [0, 1], [0, 1, 2], [2, 2]) * 3), S.csm_data(one * 2)]
    f = theano.function([data, x], outputs, mode=mode(backend))
    assert not any(isinstance(node.op, S.CSM) for node in f.maker.fgraph.toposort())
    found = f([1.0, 2.0], M)
    np.testing.assert_allclose(found[0], np.exp(-M.data))
    np.testing.assert_allclose(found[1], [3.0, 6.0])
    np.testing.assert_allclose(found[2], [4.0])


def test_code_of_one_format_is_not_taken_for_the_other() -> None:
    """The disk cache tells them apart."""
    for format in ("csr", "csc", "csr"):
        x = S.matrix(format, "x")
        f = theano.function([x], S.sp_sum(x, 0))
        np.testing.assert_allclose(f(M.asformat(format)), np.asarray(M.sum(0)).ravel())


def test_scipy_is_imported_when_it_is_wanted() -> None:
    code = """
import sys, theano, theano.tensor as T
f = theano.function([], T.ones((2,)))
assert not any(name in sys.modules for name in ("theano.sparse", "scipy.sparse"))
import scipy.sparse
s = theano.shared(scipy.sparse.eye(3).tocsr())
assert theano.sparse.csr_matrix is theano.sparse.basic.csr_matrix and s.format == "csr"
from theano import sparse
from theano.sparse.sandbox import sp, sp2
assert sp.clean is sparse.clean and sp2.eliminate_zeros is sparse.remove0
"""
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})


def test_old_ops_on_arrays(backend: str) -> None:
    from theano.sparse import opt

    arrays = [T.constant(a) for a in (M.data, M.indices, M.indptr)]
    turned = [T.constant(a) for a in (M.tocsc().data, M.tocsc().indices, M.tocsc().indptr)]
    y, v = np.arange(20.0).reshape(5, 4), np.arange(4.0)
    a, b = np.arange(10.0).reshape(5, 2), np.arange(8.0).reshape(4, 2)
    outputs = [
        opt.mul_s_d_csr(*arrays, y),
        opt.MulSDCSC()(*turned, y),
        opt.mul_s_v_csr(*arrays, v),
        opt.structured_add_s_v_csr(*arrays, v),
        opt.sampling_dot_csr(a, b, *arrays, 4)[0],
    ]
    found = theano.function([], outputs, mode=mode(backend))()
    wanted = [M.multiply(y).tocsr().data, M.multiply(y).tocsc().data, M.multiply(v).tocsr().data, M.data + v[M.indices], M.multiply(a @ b.T).tocsr().data]
    for one, other in zip(found, wanted, strict=True):
        np.testing.assert_allclose(one, other)
