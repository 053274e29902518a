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


def variants_of(case: SparseCase) -> list[str]:
    if case.square:
        return ["plain"]
    tried = ("plain", "nothing_stored") if case in ELEMENTWISE else VARIANTS
    return [v for v in tried if case.of_sums or v != "duplicates"]


@pytest.mark.parametrize("format", ["csr", "csc"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_values_are_those_of_dense_matrices(case: SparseCase, format: str) -> None:
    inputs = [variable(v, f"x{k}") for k, v in enumerate(values_of(case, format, "plain"))]
    out = case.build(*inputs)
    outputs = [out, out.shape] if out.type.ndim == 2 else [out]
    for name, mode in MODES.items():
        function = theano.function(inputs, outputs, mode=mode, on_unused_input="ignore")
        for variant in variants_of(case):
            check_values(function, out.type, case, format, variant, name)


def check_values(function: Any, type: Any, case: SparseCase, format: str, variant: str, name: str) -> None:
    values = values_of(case, format, variant)
    dense_values = [as_dense(v) for v in values]
    mask = np.zeros(values[0].shape, bool)
    elements = values[0].tocoo()
    mask[elements.row, elements.col] = True
    wanted = np.asarray(case.meaning(dense_values[0], mask, *dense_values[1:]))
    where = f"{variant}, {name}"
    before = [v.copy() for v in values]
    found, *shape = function(*values)
    assert type.is_valid_value(found), where
    np.testing.assert_allclose(as_dense(found), wanted, 1e-7 if wanted.dtype == "float32" else 1e-12, 1e-12, err_msg=where)
    assert as_dense(found).dtype == wanted.dtype or wanted.dtype.kind in "iu", where
    for lengths in shape:
        np.testing.assert_array_equal(lengths, wanted.shape, err_msg=where)
    for old, value in zip(before, values, strict=True):
        np.testing.assert_array_equal(as_dense(old), as_dense(value))


def arrays_of(value: Any) -> list[np.ndarray]:
    return [value.data, value.indices, value.indptr] if sp.issparse(value) else [np.asarray(value)]


@pytest.mark.parametrize("format", ["csr", "csc"])
@pytest.mark.parametrize("case", [c for c in CASES if c.gradient], ids=str)
def test_gradients_are_those_of_finite_differences(case: SparseCase, format: str) -> None:
    """With respect to the stored elements of sparse operands, and to all of dense ones."""
    values = values_of(case, format, "plain")
    starts = np.cumsum([0, *(len(arrays_of(v)) for v in values)])
    differentiated = [int(starts[k]) for k in case.gradient]
    variables = [T.TensorType(a.dtype.name, (False,) * a.ndim)() for v in values for a in arrays_of(v)]

    def whole(arrays: list[Any]) -> Any:
        rest = iter(arrays)
        operands = [
            S.CSM(v.format)(next(rest), next(rest), next(rest), np.array(v.shape)) if sp.issparse(v) else next(rest)
            for v in values
        ]
        out = case.build(*operands)
        return S.dense_from_sparse(out) if isinstance(out.type, S.SparseType) else out

    out = whole(variables)
    weights = T.cos(T.arange(out.size) + 0.5).reshape(out.shape)
    gradients = T.grad((weights * out).sum(), [variables[k] for k in differentiated], disconnected_inputs="ignore")
    functions = [
        theano.function(variables, gradients, mode=MODES[name], on_unused_input="ignore") for name in ("llvm", "as_written")
    ]
    for variant in variants_of(case):
        if variant in ("plain", "duplicates"):
            arrays = [a for v in values_of(case, format, variant) for a in arrays_of(v)]
            check_gradients(whole, functions, arrays, differentiated)


def check_gradients(
    whole: Any, functions: list[Any], arrays: list[np.ndarray], differentiated: list[int]
) -> None:
    """``whole`` is differentiated as it is written; machine code gives the same numbers."""

    def at(*points: Any) -> Any:
        given = dict(zip(differentiated, points, strict=True))
        return whole([given.get(k, T.constant(a)) for k, a in enumerate(arrays)])

    points = [arrays[k] for k in differentiated]
    rng = np.random.RandomState(0)
    verify_grad(at, points, rng=rng, mode=MODES["as_written"], eps=1e-6, abs_tol=1e-5, rel_tol=1e-5)
    for one, other in zip(*(f(*arrays) for f in functions), strict=True):
        np.testing.assert_allclose(one, other, 1e-10, 1e-10)


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
