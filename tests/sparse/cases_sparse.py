"""What is computed with sparse matrices, each beside its meaning for dense ones: tests are generated from these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

import theano.sparse as S
import theano.tensor as T

KINDS = {"csr": sp.csr_matrix, "csc": sp.csc_matrix}


@dataclass(frozen=True, eq=False)
class SparseCase:
    """One expression of a sparse matrix x and others.

    build     symbolic x and others -> symbolic result
    meaning   dense x, mask of its stored elements, others -> the dense result
    others    lengths of x, format -> values of the others: arrays, or sparse matrices
    gradient  positions of what the result is differentiable with respect to; x is 0
    of_sums   whether elements that stand for one place may be added up before
    square    whether x must be square
    dense     positions of what gets a dense gradient, or one in places of its own
    """

    name: str
    build: Callable[..., Any]
    meaning: Callable[..., Any]
    others: Callable[..., tuple[Any, ...]] = lambda m, n, f: ()
    gradient: tuple[int, ...] = (0,)
    of_sums: bool = True
    square: bool = False

    def __str__(self) -> str:
        return self.name


def dense(*shape: int) -> np.ndarray:
    """Numbers of both signs, none of them 0, the same at every call."""
    count = int(np.prod(shape))
    order = np.random.RandomState(count).permutation(count)
    return (0.15 * (order - count // 2) + 0.07).reshape(shape)


def stored(m: int, n: int, format: str, seed: int = 0) -> Any:
    """A matrix with a row and a column that are empty, where it is large enough, and other rows of unlike lengths."""
    random = np.random.RandomState(seed)
    x = np.where(random.rand(m, n) < 0.5, 0.3 + random.rand(m, n), 0.0)
    x[1:2], x[:, 2:3] = 0, 0
    return KINDS[format](x)


def with_duplicates(x: Any) -> Any:
    """The same matrix with each element stored in two parts, in descending order of indices."""
    count = x.nnz
    indptr = 2 * x.indptr
    data, indices = np.empty(2 * count), np.empty(2 * count, x.indices.dtype)
    for k in range(len(x.indptr) - 1):
        row = slice(x.indptr[k], x.indptr[k + 1])
        twice = slice(indptr[k], indptr[k + 1])
        data[twice] = np.r_[0.25 * x.data[row], 0.75 * x.data[row]][::-1]
        indices[twice] = np.r_[x.indices[row], x.indices[row]][::-1]
    return KINDS[x.format]((data, indices, indptr.astype(x.indptr.dtype)), x.shape)


VARIANTS: dict[str, Callable[[str], Any]] = {
    "plain": lambda f: stored(5, 4, f),
    "wide": lambda f: stored(3, 7, f, 1),
    "without_rows": lambda f: stored(0, 4, f),
    "without_columns": lambda f: stored(3, 0, f),
    "nothing_stored": lambda f: KINDS[f]((3, 4)),
    "duplicates": lambda f: with_duplicates(stored(5, 4, f)),
}


def twin(m: int, n: int, f: str) -> tuple[Any, ...]:
    return (stored(m, n, f, 7),)


def other_format(m: int, n: int, f: str) -> tuple[Any, ...]:
    return (stored(m, n, "csc" if f == "csr" else "csr", 7),)


def structured(name: str, of_stored: Callable[[Any], Any], **more: Any) -> SparseCase:
    """A function of the stored elements alone."""
    build = getattr(S, name)
    return SparseCase(
        name,
        build,
        lambda x, mask: np.where(mask, of_stored(np.where(mask, x, 0.5)), 0),
        of_sums=False,
        **more,
    )


def comparisons() -> list[SparseCase]:
    found = []
    for name, numpys in (
        ("eq", "equal"),
        ("neq", "not_equal"),
        ("lt", "less"),
        ("le", "less_equal"),
        ("gt", "greater"),
        ("ge", "greater_equal"),
    ):
        ours, theirs = getattr(S, name), getattr(np, numpys)
        meaning = lambda x, mask, y, theirs=theirs: theirs(x, y).astype("uint8")  # noqa: E731
        found.append(SparseCase(f"{name}_sparse", ours, meaning, twin, gradient=()))
        found.append(SparseCase(f"{name}_dense", ours, meaning, lambda m, n, f: (dense(m, n),), gradient=()))
        turned = lambda x, y, ours=ours: ours(y, x)  # noqa: E731
        back = lambda x, mask, y, theirs=theirs: theirs(y, x).astype("uint8")  # noqa: E731
        found.append(SparseCase(f"dense_{name}", turned, back, lambda m, n, f: (dense(m, n),), gradient=()))
    return found


PRODUCTS = [
    SparseCase("structured_dot", S.structured_dot, lambda x, mask, y: x @ y, lambda m, n, f: (dense(n, 3),), (0, 1)),
    SparseCase("structured_dot_of_many", S.structured_dot, lambda x, mask, y: x @ y, lambda m, n, f: (dense(n, 21),), (0, 1)),
    SparseCase("structured_dot_from_left", lambda x, y: S.structured_dot(y, x), lambda x, mask, y: y @ x, lambda m, n, f: (dense(2, m),), (0, 1)),
    SparseCase("structured_dot_of_sparse", S.structured_dot, lambda x, mask, y: x @ y, lambda m, n, f: (stored(n, 3, f, 3),), (0, 1)),
    SparseCase("true_dot", S.true_dot, lambda x, mask, y: x @ y, lambda m, n, f: (stored(n, 3, f, 3),), (0, 1)),
    SparseCase("true_dot_of_formats", S.true_dot, lambda x, mask, y: x @ y, lambda m, n, f: other_format(n, 3, f), (0, 1)),
    SparseCase("true_dot_of_dense", S.true_dot, lambda x, mask, y: x @ y, lambda m, n, f: (dense(n, 3),), (0, 1)),
    SparseCase("true_dot_from_left", lambda x, y: S.true_dot(y, x), lambda x, mask, y: y @ x, lambda m, n, f: (dense(2, m),), (0, 1)),
    SparseCase("dot", S.dot, lambda x, mask, y: x @ y, lambda m, n, f: (dense(n, 3),), (0, 1)),
    SparseCase("dot_from_left", lambda x, y: S.dot(y, x), lambda x, mask, y: y @ x, lambda m, n, f: (dense(2, m),), (0, 1)),
    SparseCase("dot_of_vector", S.dot, lambda x, mask, y: x @ y, lambda m, n, f: (dense(n),), (0, 1)),
    SparseCase("dot_of_vector_from_left", lambda x, y: S.dot(y, x), lambda x, mask, y: y @ x, lambda m, n, f: (dense(m),), (0, 1)),
    SparseCase("dot_of_sparse", S.dot, lambda x, mask, y: x @ y, lambda m, n, f: (stored(n, 3, f, 3),), (0, 1)),
    SparseCase("usmm", lambda x, a, y, z: S.usmm(a, x, y, z), lambda x, mask, a, y, z: a * (x @ y) + z, lambda m, n, f: (np.array(1.5), dense(n, 3), dense(m, 3)), (0, 1, 2, 3)),
    SparseCase("sampling_dot", lambda p, x, y: S.sampling_dot(x, y, p), lambda p, mask, x, y: p * (x @ y.T), lambda m, n, f: (dense(m, 3), dense(n, 3)), (1, 2)),
    SparseCase("quadratic", lambda x, y: S.structured_dot(x.T, S.structured_dot(x, y)), lambda x, mask, y: x.T @ x @ y, lambda m, n, f: (dense(n, 2),), (0, 1)),
]  # fmt: skip

SCALINGS = [
    SparseCase("col_scale", S.col_scale, lambda x, mask, s: x * s, lambda m, n, f: (dense(n),), (0, 1)),
    SparseCase("row_scale", S.row_scale, lambda x, mask, s: x * s[:, None], lambda m, n, f: (dense(m),), (0, 1)),
    SparseCase("mul_s_v", S.mul_s_v, lambda x, mask, s: x * s, lambda m, n, f: (dense(n),), (0, 1)),
    SparseCase("structured_add_s_v", S.structured_add_s_v, lambda x, mask, s: np.where(mask, x + s, 0), lambda m, n, f: (dense(n),), (0, 1), of_sums=False),
    SparseCase("sp_sum", S.sp_sum, lambda x, mask: x.sum()),
    SparseCase("sp_sum_0", lambda x: S.sp_sum(x, 0), lambda x, mask: x.sum(0)),
    SparseCase("sp_sum_1", lambda x: S.sp_sum(x, 1), lambda x, mask: x.sum(1)),
    SparseCase("sp_sum_structured", lambda x: S.sp_sum(x, sparse_grad=True), lambda x, mask: x.sum()),
    SparseCase("sp_sum_0_structured", lambda x: S.sp_sum(x, 0, True), lambda x, mask: x.sum(0)),
    SparseCase("sp_sum_1_structured", lambda x: S.sp_sum(x, 1, True), lambda x, mask: x.sum(1)),
    SparseCase("diag", S.diag, lambda x, mask: x.diagonal(), square=True),
    SparseCase("square_diagonal", lambda x, s: S.square_diagonal(s), lambda x, mask, s: np.diag(s), lambda m, n, f: (dense(m),), (1,)),
]  # fmt: skip

ARITHMETIC = [
    SparseCase("add_sparse", S.add, lambda x, mask, y: x + y, twin, (0, 1)),
    SparseCase("add_of_formats", S.add, lambda x, mask, y: x + y, other_format, (0, 1)),
    SparseCase("add_itself", lambda x: x + x, lambda x, mask: 2 * x),
    SparseCase("add_dense", S.add, lambda x, mask, y: x + y, lambda m, n, f: (dense(m, n),), (0, 1)),
    SparseCase("dense_add", lambda x, y: y + x, lambda x, mask, y: x + y, lambda m, n, f: (dense(m, n),), (0, 1)),
    SparseCase("sub_sparse", S.sub, lambda x, mask, y: x - y, twin, (0, 1)),
    SparseCase("dense_sub", lambda x, y: y - x, lambda x, mask, y: y - x, lambda m, n, f: (dense(m, n),), (0, 1)),
    SparseCase("add_s_s_data", lambda x: S.add_s_s_data(x, S.sqr(x)), lambda x, mask: x + x * x, of_sums=False),
    SparseCase("mul_sparse", S.mul, lambda x, mask, y: x * y, twin, (0, 1)),
    SparseCase("mul_of_formats", S.mul, lambda x, mask, y: x * y, other_format, (0, 1)),
    SparseCase("mul_itself", lambda x: x * x, lambda x, mask: x * x, of_sums=False),
    SparseCase("mul_dense", S.mul, lambda x, mask, y: x * y, lambda m, n, f: (dense(m, n),), (0, 1)),
    SparseCase("dense_mul", lambda x, y: y * x, lambda x, mask, y: x * y, lambda m, n, f: (dense(m, n),), (0, 1)),
    SparseCase("mul_number", S.mul, lambda x, mask, y: x * y, lambda m, n, f: (np.array(1.5),), (0, 1)),
    SparseCase("mul_constant", lambda x: 3 * x, lambda x, mask: 3 * x),
    SparseCase("neg", S.neg, lambda x, mask: -x),
]  # fmt: skip

LAYOUT = [
    SparseCase("transpose", S.transpose, lambda x, mask: x.T),
    SparseCase("dense_from_sparse", S.dense_from_sparse, lambda x, mask: x),
    SparseCase("dense_from_sparse_unstructured", S.DenseFromSparse(structured=False), lambda x, mask: x),
    SparseCase("csr_from_dense", lambda x, y: S.csr_from_dense(y), lambda x, mask, y: y, lambda m, n, f: (dense(m, n),), (1,)),
    SparseCase("csc_from_dense", lambda x, y: S.csc_from_dense(y), lambda x, mask, y: y, lambda m, n, f: (dense(m, n),), (1,)),
    SparseCase("there_and_back", lambda x: S.csr_from_dense(x.toarray()), lambda x, mask: x),
    SparseCase("cast", lambda x: S.cast(x, "float32"), lambda x, mask: x.astype("float32"), gradient=()),
    SparseCase("clean", S.clean, lambda x, mask: x),
    SparseCase("remove0", lambda x: S.remove0(x * 1), lambda x, mask: x),
    SparseCase("sp_zeros_like", S.sp_zeros_like, lambda x, mask: 0 * x, gradient=()),
    SparseCase("sp_ones_like", S.sp_ones_like, lambda x, mask: mask.astype("float64"), gradient=(), of_sums=False),
    SparseCase("hstack", lambda x, y: S.hstack([x, y, x], "csr"), lambda x, mask, y: np.hstack([x, y, x]), other_format, (0, 1)),
    SparseCase("vstack", lambda x, y: S.vstack([x, y, x]), lambda x, mask, y: np.vstack([x, y, x]), other_format, (0, 1)),
    SparseCase("shape", lambda x: x.shape, lambda x, mask: np.array(x.shape), gradient=()),
    SparseCase("shape_of_tensor", lambda x: T.shape(x), lambda x, mask: np.array(x.shape), gradient=()),
    SparseCase("size", lambda x: x.size, lambda x, mask: np.array(mask.sum()), gradient=(), of_sums=False),
    SparseCase("csm_shape", S.csm_shape, lambda x, mask: np.array(x.shape, "int32"), gradient=()),
]  # fmt: skip


def tall(m: int, n: int) -> bool:
    return m > 2 and n > 2


PARTS = [
    SparseCase("part", lambda x: x[1:4, :3], lambda x, mask: x[1:4, :3]),
    SparseCase("rows", lambda x: x[1:], lambda x, mask: x[1:]),
    SparseCase("part_with_steps", lambda x: x[::2, 1::2], lambda x, mask: x[::2, 1::2]),
    SparseCase("part_from_the_end", lambda x: x[-2:, :-1], lambda x, mask: x[-2:, :-1]),
    SparseCase("part_of_variables", lambda x, k: x[k:, :k], lambda x, mask, k: x[k:, :k], lambda m, n, f: (np.array(1),)),
    SparseCase("whole", lambda x: x[:, :], lambda x, mask: x),
    SparseCase("no_rows", lambda x: x[2:1], lambda x, mask: x[2:1]),
    SparseCase("element", lambda x: x[0, 1], lambda x, mask: x[0, 1], square=True),
    SparseCase("element_of_variables", lambda x, i, j: x[i, j], lambda x, mask, i, j: x[i, j], lambda m, n, f: (np.array(0), np.array(-1)), square=True),
    SparseCase("listed_rows", lambda x: x[[2, 0, 2]], lambda x, mask: x[[2, 0, 2]], square=True),
    SparseCase("listed_elements", lambda x: x[[2, 0, 2], [0, 1, 0]], lambda x, mask: x[[2, 0, 2], [0, 1, 0]], square=True),
]  # fmt: skip

ELEMENTWISE = [
    structured("structured_sigmoid", lambda x: 1 / (1 + np.exp(-x))),
    structured("structured_exp", np.exp),
    structured("structured_log", np.log),
    structured("sin", np.sin),
    SparseCase("arcsin", lambda x: S.arcsin(x * 0.5), lambda x, mask: np.arcsin(x * 0.5), of_sums=False),
    structured("tan", np.tan),
    structured("arctan", np.arctan),
    structured("sinh", np.sinh),
    structured("arcsinh", np.arcsinh),
    structured("tanh", np.tanh),
    structured("rint", np.rint, gradient=()),
    structured("sgn", np.sign, gradient=()),
    structured("ceil", np.ceil, gradient=()),
    structured("floor", np.floor, gradient=()),
    structured("trunc", np.trunc, gradient=()),
    structured("deg2rad", np.deg2rad),
    structured("rad2deg", np.rad2deg),
    structured("sqr", np.square),
    structured("sqrt", np.sqrt),
    structured("log1p", np.log1p),
    structured("expm1", np.expm1),
    structured("conj", np.conj),
    SparseCase("structured_pow", lambda x: S.structured_pow(x, 3.0), lambda x, mask: np.where(mask, x**3, 0), of_sums=False),
    SparseCase("structured_minimum", lambda x: S.structured_minimum(x, 0.8), lambda x, mask: np.where(mask, np.minimum(x, 0.8), 0), of_sums=False),
    SparseCase("structured_maximum", lambda x: S.structured_maximum(x, 0.8), lambda x, mask: np.where(mask, np.maximum(x, 0.8), 0), of_sums=False),
    SparseCase("structured_add", lambda x, y: S.structured_add(x, y), lambda x, mask, y: np.where(mask, x + y, 0), lambda m, n, f: (np.array(0.5),), (0, 1), of_sums=False),
]  # fmt: skip

CASES = [*PRODUCTS, *SCALINGS, *ARITHMETIC, *LAYOUT, *PARTS, *ELEMENTWISE, *comparisons()]
