"""Products and sums with matrices in compressed rows or columns: native code against the ops' own ``perform``."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.gradient.verify import verify_grad
from theano.graph import Apply
from theano.graph.performing import perform_node
from theano.tensor.compressed import (
    CompressedDot,
    ElementsAt,
    SampledDot,
    major_index,
    segment_sum,
    summed,
)

M, N = 9, 13


def arrays(format: str, m: int = M, n: int = N, per_row: int = 4, seed: int = 0) -> tuple[np.ndarray, ...]:
    """data, indices, indptr, shape of a matrix with empty rows, elements in any order, some of them in one place."""
    random = np.random.RandomState(seed)
    major, minor = (m, n) if format == "csr" else (n, m)
    lengths = random.randint(0, 2 * per_row, major) * (random.rand(major) < 0.8)
    indptr = np.r_[0, np.cumsum(lengths)].astype("int32")
    count = int(indptr[-1])
    indices = random.randint(0, minor, count).astype("int32")
    return random.randn(count), indices, indptr, np.array([m, n], "int32")


def variables(values: tuple[np.ndarray, ...]) -> list[Any]:
    return [T.TensorType(v.dtype.name, (False,) * v.ndim)(f"x{k}") for k, v in enumerate(values)]


def compiled_and_performed(op: Any, values: tuple[np.ndarray, ...]) -> tuple[np.ndarray, np.ndarray]:
    inputs = variables(values)
    node: Apply = op.make_node(*inputs)
    f = theano.function(inputs, node.outputs[0], mode=theano.Mode("cvm", "fast_run"), on_unused_input="ignore")
    return f(*values), perform_node(node, values)[0]


@pytest.mark.parametrize("columns", [None, 0, 1, 2, 3, 7, 8, 15, 16, 33, 64, 70])
@pytest.mark.parametrize("dtype", ["float32", "float64", "complex128", "int32"])
@pytest.mark.parametrize("format", ["csr", "csc"])
def test_products_for_any_number_of_columns(format: str, dtype: str, columns: int | None) -> None:
    data, indices, indptr, shape = arrays(format)
    random = np.random.RandomState(1)
    more = () if columns is None else (columns,)
    x, y = (5 * random.randn(n, *more) for n in (M, N))
    data, x, y = ((5 * v).astype(dtype) for v in (data, x, y))
    tolerance = 1e-4 if dtype == "float32" else 1e-10
    for op, values in (
        (CompressedDot(format), (data, indices, indptr, shape, y)),
        (SampledDot(format), (indices, indptr, x, y)),
    ):
        found, wanted = compiled_and_performed(op, values)
        assert found.dtype == wanted.dtype == dtype and found.shape == wanted.shape
        np.testing.assert_allclose(found, wanted, tolerance, tolerance)


@pytest.mark.parametrize("index", ["int32", "int64", "uint16"])
@pytest.mark.parametrize("format", ["csr", "csc"])
def test_gathers_and_sums(format: str, index: str) -> None:
    data, indices, indptr, shape = arrays(format)
    indices, indptr = indices.astype(index), indptr.astype(index)
    random = np.random.RandomState(2)
    for axis, y in ((None, random.randn(M, N)), (0, random.randn(M)), (1, random.randn(N))):
        found, wanted = compiled_and_performed(ElementsAt(format, axis), (indices, indptr, shape, y))
        np.testing.assert_array_equal(found, wanted)
    found, wanted = compiled_and_performed(segment_sum, (data, indptr))
    np.testing.assert_allclose(found, wanted, 1e-12)
    found, wanted = compiled_and_performed(major_index, (indptr, np.array(len(data))))
    np.testing.assert_array_equal(found, wanted)
    y = random.randn(N, 5)
    found, wanted = compiled_and_performed(CompressedDot(format), (data, indices, indptr, shape, y))
    np.testing.assert_allclose(found, wanted, 1e-12)


@pytest.mark.parametrize("format", ["csr", "csc"])
def test_results_are_the_same_on_any_number_of_threads(format: str) -> None:
    data, indices, indptr, shape = arrays(format, 3000, 2500, 40)
    random = np.random.RandomState(3)
    x, y, v = random.randn(3000, 9), random.randn(2500, 9), random.randn(2500)
    values = data, indices, indptr, shape, x, y, v
    d, i, p, s, a, b, c = inputs = variables(values)
    outputs = [
        CompressedDot(format)(d, i, p, s, b),
        CompressedDot(format)(d, i, p, s, c),
        SampledDot(format)(i, p, a, b),
        segment_sum(d, p),
        major_index(p, d.shape[0]),
        d * ElementsAt(format, 1)(i, p, s, c),
        summed(format, 1, d, i, p, s[1]),
    ]
    found = []
    for threads in (1, 2):
        with theano.change_flags(threads=threads):
            found.append(theano.function(inputs, outputs)(*values))
    for one, other in zip(*found, strict=True):
        np.testing.assert_array_equal(one, other)
    dense = np.zeros((3000, 2500))
    major = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    np.add.at(dense, (major, indices) if format == "csr" else (indices, major), data)
    np.testing.assert_allclose(found[0][0], dense @ y, 1e-9, 1e-9)
    np.testing.assert_allclose(found[0][1], dense @ v, 1e-9, 1e-9)


@pytest.mark.parametrize("format", ["csr", "csc"])
def test_gradients_of_gradients(format: str) -> None:
    data, indices, indptr, shape = arrays(format)
    y = np.random.RandomState(4).randn(N, 3)
    dot = CompressedDot(format)
    verify_grad(lambda d, v: dot(d, indices, indptr, shape, v), [data, y], rng=np.random.RandomState(0))

    def slope(d: Any, v: Any) -> Any:
        return T.concatenate([T.flatten(g) for g in T.grad((dot(d, indices, indptr, shape, v) ** 3).sum(), [d, v])])

    verify_grad(slope, [data, y], rng=np.random.RandomState(0))
    place = ElementsAt(format)
    verify_grad(lambda w: place(indices, indptr, shape, w), [np.random.RandomState(5).randn(M, N)], rng=np.random.RandomState(0))


BROKEN = {
    "index_too_large": lambda d, i, p: (d, np.r_[i[:-1], 10**6].astype("int32"), p),
    "negative_index": lambda d, i, p: (d, np.r_[-1, i[1:]].astype("int32"), p),
    "indptr_decreases": lambda d, i, p: (d, i, np.r_[0, p[-1] + 5, p[2:]].astype("int32")),
    "indptr_begins_late": lambda d, i, p: (d, i, np.r_[1, p[1:]].astype("int32")),
    "indptr_ends_early": lambda d, i, p: (d, i, np.r_[p[:-1], p[-1] - 1].astype("int32")),
    "indptr_too_short": lambda d, i, p: (d, i, p[:-1]),
    "indptr_empty": lambda d, i, p: (d, i, p[:0]),
}


@pytest.mark.parametrize("mode", ["cvm", "py"])
@pytest.mark.parametrize("columns", [None, 3])
@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("format", ["csr", "csc"])
def test_arrays_that_are_no_matrix_are_an_error(format: str, broken: str, columns: int | None, mode: str) -> None:
    data, indices, indptr, shape = arrays(format)
    data, indices, indptr = BROKEN[broken](data, indices, indptr)
    x, y = (np.ones((n,) if columns is None else (n, columns)) for n in (M, N))
    values = data, indices, indptr, shape, x, y, np.ones((M, N))
    d, i, p, s, a, b, c = inputs = variables(values)
    outputs = [CompressedDot(format)(d, i, p, s, b), SampledDot(format)(i, p, a, b), ElementsAt(format)(i, p, s, c)]
    if broken.startswith("indptr") and broken != "indptr_too_short":
        outputs += [segment_sum(d, p), major_index(p, d.shape[0])]
    for out in outputs:
        f = theano.function(inputs, out, mode=theano.Mode(mode, "fast_run"), on_unused_input="ignore")
        with pytest.raises(ValueError, match="compressed matrix"):
            f(*values)


def test_a_dense_operand_of_other_lengths_is_an_error() -> None:
    data, indices, indptr, shape = arrays("csr")
    for linker in ("cvm", "py"):
        mode = theano.Mode(linker, "fast_run")
        v = T.dvector()
        f = theano.function([v], CompressedDot("csr")(data, indices, indptr, shape, v), mode=mode)
        with pytest.raises(ValueError, match=r"as many columns of the first as rows of the second"):
            f(np.ones(N + 1))
        g = theano.function([v], ElementsAt("csr", 0)(indices, indptr, shape, v), mode=mode)
        with pytest.raises(ValueError, match="needs equal lengths"):
            g(np.ones(M + 1))
