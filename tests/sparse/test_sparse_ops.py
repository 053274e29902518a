"""Every case: values of both back ends and of the ops' own ``perform`` are what the dense meaning says, and gradients are
those of finite differences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.sparse as sp
from cases_sparse import CASES, ELEMENTWISE, VARIANTS, SparseCase, stored

import theano
import theano.sparse as S
import theano.tensor as T
from theano.gradient.verify import verify_grad

MODES = {
    "llvm": theano.Mode("cvm", "fast_run"),
    "python": theano.Mode("py", "fast_run"),
    "as_written": theano.Mode("py", None),
}


def variable(value: Any, name: str) -> Any:
    if sp.issparse(value):
        return S.SparseType(value.format, value.dtype.name)(name)
    return T.TensorType(value.dtype.name, (False,) * value.ndim)(name)


def as_dense(value: Any) -> np.ndarray:
    return value.toarray() if sp.issparse(value) else np.asarray(value)


def values_of(case: SparseCase, format: str, variant: str) -> tuple[Any, ...]:
    x = stored(4, 4, format) if case.square else VARIANTS[variant](format)
    return (x, *case.others(*x.shape, format))


PAIRS = [
    pytest.param(case, variant, id=f"{case}-{variant}")
    for case in CASES
    for variant in (("plain", "nothing_stored") if case in ELEMENTWISE else VARIANTS)
    if (case.of_sums or variant != "duplicates") and not (case.square and variant != "plain")
]


@pytest.mark.parametrize("format", ["csr", "csc"])
@pytest.mark.parametrize(("case", "variant"), PAIRS)
def test_values_are_those_of_dense_matrices(case: SparseCase, variant: str, format: str) -> None:
    values = values_of(case, format, variant)
    dense_values = [as_dense(v) for v in values]
    mask = np.zeros(values[0].shape, bool)
    elements = values[0].tocoo()
    mask[elements.row, elements.col] = True
    wanted = np.asarray(case.meaning(dense_values[0], mask, *dense_values[1:]))
    inputs = [variable(v, f"x{k}") for k, v in enumerate(values)]
    out = case.build(*inputs)
    before = [v.copy() for v in values]
    for name, mode in MODES.items():
        lengths = [out.shape] if out.type.ndim == 2 else []
        found, *shape = theano.function(inputs, [out, *lengths], mode=mode, on_unused_input="ignore")(*values)
        assert out.type.is_valid_value(found), name
        np.testing.assert_allclose(as_dense(found), wanted, 1e-7 if wanted.dtype == "float32" else 1e-12, 1e-12, err_msg=name)
        assert as_dense(found).dtype == wanted.dtype or wanted.dtype.kind in "iu", name
        for lengths in shape:
            np.testing.assert_array_equal(lengths, wanted.shape, err_msg=name)
    for old, value in zip(before, values, strict=True):
        np.testing.assert_array_equal(as_dense(old), as_dense(value))


GRADIENT_PAIRS = [
    pytest.param(case, variant, id=f"{case}-{variant}")
    for case in CASES
    for variant in ("plain", "duplicates")
    if case.gradient
    and (case.of_sums or variant != "duplicates")
    and not (case.square and variant != "plain")
]


@pytest.mark.parametrize("format", ["csr", "csc"])
@pytest.mark.parametrize(("case", "variant"), GRADIENT_PAIRS)
def test_gradients_are_those_of_finite_differences(case: SparseCase, variant: str, format: str) -> None:
    """With respect to the stored elements of sparse operands, and to all of dense ones."""
    values = values_of(case, format, variant)
    points = [values[k].data if sp.issparse(values[k]) else values[k] for k in case.gradient]

    def whole(*points: Any) -> Any:
        operands = [S.constant(v) if sp.issparse(v) else T.constant(v) for v in values]
        for k, point in zip(case.gradient, points, strict=True):
            v = values[k]
            operands[k] = (
                S.CSM(v.format)(point, v.indices, v.indptr, np.array(v.shape)) if sp.issparse(v) else point
            )
        out = case.build(*operands)
        return S.dense_from_sparse(out) if isinstance(out.type, S.SparseType) else out

    for name in ("llvm", "as_written"):
        verify_grad(
            whole,
            points,
            rng=np.random.RandomState(0),
            mode=MODES[name],
            eps=1e-6,
            abs_tol=1e-5,
            rel_tol=1e-5,
        )


@pytest.mark.parametrize("dtype", ["float32", "complex64", "complex128", "int8", "int32", "uint16"])
@pytest.mark.parametrize("format", ["csr", "csc"])
def test_dtypes_are_those_of_numpy(dtype: str, format: str) -> None:
    x = (stored(5, 4, format) * 4).astype(dtype)
    w, s = np.arange(8).reshape(4, 2).astype(dtype), np.arange(4).astype(dtype)
    v = variable(x, "x")
    a, b = T.constant(w), T.constant(s)
    outputs = [
        S.dot(v, a),
        S.structured_dot(v, a),
        S.mul_s_v(v, b),
        S.sp_sum(v, 0),
        v * v,
        v + v,
        -v,
        S.dot(v, b),
        v.toarray(),
    ]
    dense = x.toarray()
    wanted = [
        dense @ w,
        dense @ w,
        dense * s,
        dense.sum(0),
        dense * dense,
        dense + dense,
        -dense,
        dense @ s,
        dense,
    ]
    for mode in MODES.values():
        found = theano.function([v], outputs, mode=mode)(x)
        for one, other in zip(found, wanted, strict=True):
            assert one.dtype == dtype
            np.testing.assert_allclose(as_dense(one), other.astype(dtype), 1e-6)


@pytest.mark.parametrize("mode", MODES)
def test_operands_of_unlike_dtypes_have_their_common_one(mode: str) -> None:
    x, w = stored(5, 4, "csr").astype("float32"), np.arange(8).reshape(4, 2)
    v, a = S.csr_matrix("x", "float32"), T.lmatrix("w")
    found = theano.function(
        [v, a], [S.dot(v, a), S.structured_dot(v, a), v * T.constant(np.ones((5, 4)))], mode=MODES[mode]
    )(x, w)
    assert [f.dtype for f in found] == ["float64"] * 3
    np.testing.assert_allclose(found[0], x.toarray().astype("float64") @ w)
