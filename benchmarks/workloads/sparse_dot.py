"""Products of a sparse matrix A in compressed rows, with a vector and with a thin dense matrix W, and their gradients.

``slope W``   the gradient of |A W|^2 / 2 with respect to W, which is A' A W
``slope A``   that with respect to the stored elements of A, the elements of A W W' in their places
"""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

import numpy as np

from benchmarks.workloads.workload import Case, Inputs, Parameters, Prepared, Workload

KINDS = ("A v", "A W", "slope W", "slope A")


def inputs(parameters: Parameters) -> Inputs:
    """data, indices, indptr of an n x n matrix with elements in random places, and a vector or n x k matrix."""
    rng = np.random.default_rng(8)
    n, dtype = parameters["n"], parameters["dtype"]
    places = np.unique(rng.integers(0, n * n, int(n * n * parameters["density"])))
    rows, columns = np.divmod(places, n)
    width = () if parameters["kind"] == "A v" else (parameters["k"],)
    return {
        "data": rng.standard_normal(places.size).astype(dtype),
        "indices": columns.astype("int32"),
        "indptr": np.searchsorted(rows, np.arange(n + 1)).astype("int32"),
        "dense": rng.standard_normal((n, *width)).astype(dtype),
    }


def _matrix_of_scipy(parameters: Parameters, inputs: Inputs) -> object:
    n = parameters["n"]
    parts = inputs["data"], inputs["indices"], inputs["indptr"]
    return import_module("scipy.sparse").csr_matrix(parts, shape=(n, n))


def with_scipy(np: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """SciPy's products, and gathers of NumPy for the last gradient."""
    A = _matrix_of_scipy(parameters, inputs)
    rows = np.repeat(np.arange(parameters["n"]), np.diff(inputs["indptr"]))
    calls = {
        "A v": lambda A, v: A @ v,
        "A W": lambda A, W: A @ W,
        "slope W": lambda A, W: A.T @ (A @ W),
        "slope A": lambda A, W: np.einsum("ek,ek->e", (A @ W)[rows], W[A.indices]),
    }
    return Prepared(calls[parameters["kind"]], {"scipy matrix": (A, inputs["dense"])})


def with_theano(theano: ModuleType, T: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """A function of a sparse matrix; for the gradient of its elements, of the arrays that it consists of."""
    sparse, dtype, kind = import_module(f"{theano.__name__}.sparse"), parameters["dtype"], parameters["kind"]
    A = sparse.csr_matrix("A", dtype=dtype)
    W = (T.vector if kind == "A v" else T.matrix)("W", dtype=dtype)
    given, called = [A, W], (_matrix_of_scipy(parameters, inputs), inputs["dense"])
    if kind == "slope A":
        data, indices, indptr = T.vector("data", dtype=dtype), T.ivector("indices"), T.ivector("indptr")
        shape = np.array([parameters["n"]] * 2, "int32")
        A = sparse.CSR(data, indices, indptr, shape)
        given, called = [data, indices, indptr, W], tuple(inputs.values())
    product = sparse.dot(A, W) if kind == "A v" else sparse.structured_dot(A, W)
    cost = (product**2).sum() / 2
    out = product if kind in ("A v", "A W") else T.grad(cost, W if kind == "slope W" else data)
    return Prepared(theano.function(given, out), {"scipy matrix" if kind != "slope A" else "numpy arrays": called})


def with_jax(jax: ModuleType, jnp: ModuleType, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Compressed rows, or a list of places: the faster."""
    sparse, n, kind = import_module("jax.experimental.sparse"), parameters["n"], parameters["kind"]
    data, indices, indptr, dense = (jnp.asarray(value) for value in inputs.values())
    rows = jnp.asarray(np.repeat(np.arange(n, dtype="int32"), np.diff(inputs["indptr"])))
    places = jnp.stack([rows, indices], axis=1)
    listed = sparse.BCOO((data, places), shape=(n, n), indices_sorted=True, unique_indices=True)
    compressed = sparse.BCSR((data, indices, indptr), shape=(n, n))

    def cost(A: object, W: object) -> object:
        return ((A @ W) ** 2).sum() / 2

    def of_elements(A: object, W: object) -> object:
        def with_elements(d: object) -> object:
            return cost(sparse.BCOO((d, A.indices), shape=(n, n), indices_sorted=True, unique_indices=True), W)

        return jax.grad(with_elements)(A.data)

    calls = {"A v": lambda A, v: A @ v, "A W": lambda A, W: A @ W, "slope W": jax.grad(cost, 1), "slope A": of_elements}
    arguments = {"BCOO": (listed, dense)}
    if kind in ("A v", "A W"):
        arguments["BCSR"] = (compressed, dense)
    f = jax.jit(calls[kind])
    return Prepared(lambda A, W: f(A, W).block_until_ready(), arguments)


def with_torch(torch: ModuleType, compiled: Callable, parameters: Parameters, inputs: Inputs) -> Prepared:
    """Compressed rows, eagerly."""
    n, kind = parameters["n"], parameters["kind"]
    data, indices, indptr, dense = (torch.from_numpy(value) for value in inputs.values())
    A = torch.sparse_csr_tensor(indptr, indices, data, size=(n, n))
    wanted = {"slope W": 1, "slope A": 0}.get(kind)
    if wanted is None:
        return Prepared(lambda A, W: A @ W, {"torch tensors": (A, dense)})

    def slope(*operands: object) -> object:
        leaves = [operand.detach().requires_grad_(k == wanted) for k, operand in enumerate(operands)]
        product = leaves[0] @ leaves[1]
        (found,) = torch.autograd.grad((product**2).sum() / 2, leaves[wanted])
        return found.values() if wanted == 0 else found

    return Prepared(slope, {"torch tensors": (A, dense)}, lambda result: np.asarray(result))


def _case(kind: str, n: int, density: float, k: int, dtype: str) -> Case:
    products = {"A v": 1, "A W": k, "slope W": 2 * k, "slope A": 2 * k}[kind]
    return Case(
        label=f"{kind}, n = {n:.0e} {dtype}",
        parameters={"kind": kind, "n": n, "density": density, "k": k, "dtype": dtype},
        tolerance=1e-5 if dtype == "float32" else 1e-12,
        flops=int(2 * n * n * density) * products,
        is_quick=n < 100_000,
    )


WORKLOAD = Workload(
    name="sparse_dot",
    cases=tuple(
        _case(kind, n, density, 16, dtype)
        for n, density in ((10_000, 1e-3), (100_000, 1e-4))
        for dtype in ("float32", "float64")
        for kind in KINDS
    ),
    inputs=inputs,
    builders={
        "numpy": with_scipy,
        "theano": with_theano,
        "pytensor": with_theano,
        "jax": with_jax,
        "torch": with_torch,
    },
)
