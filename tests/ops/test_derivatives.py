"""Derivatives of every case, to second order, against finite differences; and what an op without one answers.

With f the sum of  weight * (o + o ** 2)  over the elements of a case's real outputs o, so that a second derivative of
a linear op is not 0 either:

    gradient    df, and the gradient of a weighted sum of df, are those of differences
    forward     Rop is the difference along a direction t;  w . Rop(t) = Lop(w) . t;  and so for the weighted sum of df
    compiled    machine code gives the same numbers
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from all_cases import CASES
from case import Case
from cases_elementwise import FUNCTIONS, differentiable_arguments

import theano
import theano.gradient
import theano.tensor as T
from tests.sweep import FACTOR
from theano.gradient import (
    DisconnectedType,
    NullType,
    consider_constant,
    disconnected_grad,
    undefined_grad,
    zero_grad,
)
from theano.graph import MethodNotDefined, Op
from theano.graph.walk import io_toposort
from theano.scalar import dtype as dtypes
from theano.scalar.function import ScalarOp
from theano.tensor.assertion import Assert
from theano.tensor.choose import ValidChoice
from theano.tensor.compressed import MajorIndex
from theano.tensor.linalg.matrix import MatrixOp
from theano.tensor.linalg.orthogonal import QR
from theano.tensor.passing import Barrier
from theano.tensor.reduction import CAReduceDtype
from theano.tensor.repeat import RepeatOp
from theano.tensor.truth import Truth

# NumPy carries out the graph as it was written, machine code what rewriting has made of it.
PYTHON, COMPILED = theano.Mode(linker="py", optimizer=None), theano.Mode(linker="llvm")
STEP = 1e-6

SWEPT = [c for c in CASES if c.gradient]

ONCE_DIFFERENTIABLE = {
    "ctc",  # its gradient is an output of the op
    # of these functions one by its shape or order is not known
    *(f"elementwise_{n}" for n in ("gammainc", "gammaincc", "gammau", "gammal", "chi2sf", "betainc")),
    "elementwise_gamma_of_complex",  # nor one of psi of a complex number
    "cumprod_with_zeros",  # of cumulative products with zeros the second derivative is missing
}


def weights(shape: tuple[int, ...]) -> Any:
    """Numbers of a shape, no two of them alike."""
    return T.constant(np.cos(np.arange(int(np.prod(shape)), dtype="float64") + 0.5).reshape(shape))


def points(case: Case, dtype: str = "float64") -> list[np.ndarray]:
    return [case.inputs[k].astype(dtype) for k in case.gradient]


def real_outputs(case: Case, floats: Any, dtype: str = "float64") -> list[Any]:
    """The real outputs as expressions of the differentiable inputs; the others are constants, floats of ``dtype``."""
    given = dict(zip(case.gradient, floats, strict=True))
    operands = [
        T.patternbroadcast(given[k], case.patterns.get(k, (False,) * value.ndim))
        if k in given
        else T.constant(value.astype(dtype) if value.dtype == np.float64 else value)
        for k, value in enumerate(case.inputs)
    ]
    return [o for o in case.outputs(operands) if o.dtype in dtypes.FLOAT]


@cache
def shapes(case: Case) -> list[tuple[int, ...]]:
    variables = variables_of(case)
    f = theano.function(variables, real_outputs(case, variables), mode=PYTHON, on_unused_input="ignore")
    return [value.shape for value in f(*points(case))]


def variables_of(case: Case, dtype: str = "float64") -> list[Any]:
    return [T.TensorType(dtype, (False,) * case.inputs[k].ndim)(f"x{k}") for k in case.gradient]


def cost(case: Case, floats: Any) -> Any:
    outputs = zip(shapes(case), real_outputs(case, floats), strict=True)
    return sum((weights(shape) * (o + o * o)).sum() for shape, o in outputs)


def slope(case: Case, floats: Any) -> Any:
    """A weighted sum of the gradient of ``cost``."""
    gradients = T.grad(cost(case, floats), list(floats))
    return sum((weights(p.shape) * g).sum() for p, g in zip(points(case), gradients, strict=True))


def applied(outputs: list[Any]) -> Iterator[Op]:
    return (node.op for node in io_toposort([], outputs))


def ops_of(case: Case) -> frozenset:
    """The functions and classes of ops in a case."""
    return frozenset(getattr(op, "scalar_op", type(op)) for op in applied(case.outputs(case.variables())))


def covering(cases: list[Case]) -> list[Case]:
    """Of the cases those with an op that is in none before them."""
    seen: set = set()
    return [c for c in cases if not ops_of(c) <= seen and not seen.update(ops_of(c))]


# What takes longest, element by element or compiled: cases enough for every op, in a sweep all.  Each table begins with
# edges, so they are gone through from the end.
OF_EACH_OP = SWEPT if FACTOR > 1 else covering(SWEPT[::-1])


@pytest.mark.parametrize("case", OF_EACH_OP, ids=str)
def test_gradients_are_those_of_finite_differences(case: Case) -> None:
    def function(*x: Any) -> Any:  # a sum has the right gradient only if both parts have
        return cost(case, x) if case.name in ONCE_DIFFERENTIABLE else cost(case, x) + slope(case, x)

    T.verify_grad(function, points(case), n_tests=1, rng=np.random.RandomState(7), mode=PYTHON)


@pytest.mark.parametrize("case", SWEPT, ids=str)
def test_derivatives_are_those_along_a_direction(case: Case) -> None:
    x = variables_of(case)
    tangents = [v.type() for v in x]
    outputs = real_outputs(case, x)
    pushed = T.Rop(outputs, x, tangents, disconnected_outputs="ignore")
    weighted = [weights(shape) for shape in shapes(case)]
    pulled = T.Lop(outputs, x, weighted, disconnected_inputs="ignore")
    second = [] if case.name in ONCE_DIFFERENTIABLE else [slope(case, x)]
    gradients = [g for f in second for g in T.grad(f, x, disconnected_inputs="ignore")]
    differentiated, derivatives = [*outputs, *second], [*pushed, *pulled, *gradients]
    f = theano.function([*x, *tangents], differentiated, mode=PYTHON, on_unused_input="ignore")
    derivatives_of = theano.function([*x, *tangents], derivatives, mode=PYTHON, on_unused_input="ignore")
    rng = np.random.RandomState(3)
    at, direction = points(case), [np.asarray(rng.rand(*p.shape) - 0.5) for p in points(case)]

    def values(step: float) -> list[np.ndarray]:
        return f(*[p + step * d for p, d in zip(at, direction, strict=True)], *direction)

    found, n = derivatives_of(*at, *direction), len(outputs)
    rops, lops, second_order = found[:n], found[n : n + len(x)], found[n + len(x) :]

    def along(gradients: list[np.ndarray]) -> Any:
        return sum((g * d).sum() for g, d in zip(gradients, direction, strict=True))

    if second:
        rops = [*rops, along(second_order)]
    for up, down, rop in zip(values(STEP), values(-STEP), rops, strict=True):
        assert np.shape(rop) == up.shape
        np.testing.assert_allclose(rop, (up - down) / (2 * STEP), rtol=1e-5, atol=1e-6)
    from_left = sum((w.data * r).sum() for w, r in zip(weighted, rops[:n], strict=True))
    np.testing.assert_allclose(from_left, along(lops), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("case", OF_EACH_OP, ids=str)
def test_compiled_derivatives_are_the_performed_ones(case: Case) -> None:
    x = variables_of(case)
    tangents = [v.type() for v in x]
    results = T.grad(cost(case, x), x)
    results += T.Rop(real_outputs(case, x), x, tangents, disconnected_outputs="ignore")
    if case.name not in ONCE_DIFFERENTIABLE:
        results += T.grad(slope(case, x), x, disconnected_inputs="ignore")
    arguments = [*points(case), *[np.full(p.shape, 0.5) for p in points(case)]]
    performed, compiled = (
        theano.function([*x, *tangents], results, mode=mode, on_unused_input="ignore")(*arguments)
        for mode in (PYTHON, COMPILED)
    )
    for wanted, found in zip(performed, compiled, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-8, atol=1e-8)


# Theano 1.0.5 gave zeros of floatX, and its choice stands.
IN_ANOTHER_DTYPE = {"elementwise_trunc"}


@pytest.mark.parametrize("case", [c for c in SWEPT if c.name not in IN_ANOTHER_DTYPE], ids=str)
def test_gradients_have_the_type_of_their_variable(case: Case) -> None:
    x = variables_of(case, "float32")
    total = sum(o.sum() for o in real_outputs(case, x, "float32"))
    for variable, gradient in zip(x, T.grad(total, x, disconnected_inputs="ignore"), strict=True):
        assert gradient.type == variable.type


# -- what has no derivative ----------------------------------------------------------------------------------------------

v, m, b = T.dvector("v"), T.dmatrix("m"), T.bmatrix("b")
s, n, i = T.dscalar("s"), T.lscalar("n"), T.lvector("i")

# An application, and what its inputs are answered: zeros, nothing (disconnected), null (undefined, or no formula
# known), or flows: a cotangent.
ANSWERS: list[tuple[Any, str]] = [
    *[(function(v, 2 * v), "zeros zeros") for function in (T.eq, T.neq, T.lt, T.gt, T.le, T.ge)],
    *[(function(v), "zeros") for function in (T.isnan, T.isinf, T.floor, T.ceil, T.round, T.sgn)],
    *[(function(v), "zeros") for function in (T.any, T.all, T.argmax, T.argmin, zero_grad, consider_constant)],
    *[(function(i, 2 * i), "zeros zeros") for function in (T.add, T.mul, T.dot, T.minimum, T.int_div)],
    *[(function(i), "zeros") for function in (T.sum, T.prod, T.max, T.cumsum, T.sqr)],
    (T.Argmax((0,))(v), "zeros"),
    *[(function(m), "nothing") for function in (T.shape, T.Shape_i(0))],
    (T.nonzero(m)[0], "zeros"),
    (T.cast(v, "int32"), "zeros"),
    (T.searchsorted(v, 2 * v), "zeros zeros"),
    (T.argsort(v), "zeros nothing"),
    (T.sort(v), "flows nothing"),
    (T.argtopk(v, n), "nothing nothing"),
    (T.topk(v, n), "flows nothing"),
    (T.eye(n, n + 1, 2 * n), "nothing nothing nothing"),
    (T.tri(n, n + 1, 2 * n), "nothing nothing nothing"),
    (T.AllocEmpty("float64")(n), "nothing"),
    (T.alloc(s, n, n + 1), "flows nothing nothing"),
    (T.arange(s, s + 1, 2 * s), "flows nothing flows"),
    (T.arange(n, n + 1, 2 * n), "zeros nothing zeros"),
    (m.reshape(i, ndim=2), "flows nothing"),
    (T.specify_shape(m, i), "flows nothing"),
    (m[n:, n + 1], "flows nothing nothing"),
    (m[i], "flows nothing"),
    (m[i, 2 * i], "flows nothing nothing"),
    (m[T.gt(b, 0)], "flows nothing"),
    (T.inc_subtensor(m[n], v), "flows flows nothing"),
    (T.set_subtensor(m[i, 2 * i], v), "flows flows nothing nothing"),
    (T.set_subtensor(m[i], 2 * m), "flows flows nothing"),
    (T.join(n, m, 2 * m), "nothing flows flows"),
    (T.split(m, i, 2, n)[0], "flows nothing nothing"),
    (T.choose(i, [v, 2 * v]), "nothing flows flows"),
    (ValidChoice()(i, n), "nothing nothing"),
    (RepeatOp()(i, 2 * i), "nothing nothing"),
    (MajorIndex()(i, n), "nothing nothing"),
    (T.switch(b, m, 2 * m), "zeros flows flows"),
    (Assert("no")(v, s), "flows nothing"),
    (disconnected_grad(v), "nothing"),
    (undefined_grad(v), "null"),
    (T.polygamma(v, 2 * v), "null flows"),
    (T.kv(v, 2 * v), "null flows"),
    (T.jv(v, 2 * v), "null flows"),
    (T.iv(v, 2 * v), "null flows"),
]


@pytest.mark.parametrize(("output", "expected"), ANSWERS, ids=lambda x: x if isinstance(x, str) else str(x.owner))
def test_an_input_without_influence_is_told_so(output: Any, expected: str) -> None:
    node = output.owner
    seed = output if output.dtype in dtypes.CONTINUOUS else T.cast(output, "float64")
    found = T.grad(
        None,
        node.inputs,
        consider_constant=node.inputs,
        known_grads={output: T.ones_like(seed)},
        disconnected_inputs="ignore",
        return_disconnected="disconnected",
        null_gradients="return",
    )
    assert " ".join(answer(g) for g in found) == expected


def answer(gradient: Any) -> str:
    if isinstance(gradient.type, DisconnectedType):
        return "nothing"
    if isinstance(gradient.type, NullType):
        return "null"
    try:
        return "zeros" if T.get_scalar_constant_value(gradient) == 0 else "flows"
    except T.NotScalarConstantError:
        return "flows"


def test_positions_of_distinct_elements_have_no_gradient() -> None:
    with pytest.raises(MethodNotDefined, match=r"Unique.* has no gradient"):
        T.grad(T.Unique()(v).sum(), v)


# -- nothing is left out -------------------------------------------------------------------------------------------------


def op_classes() -> Iterator[type[Op]]:
    """The classes of the ops of theano.tensor and theano.gradient that say something about derivatives."""
    for package in (theano.tensor, theano.gradient):
        folders = [p for p in package.__path__ if "legacy" not in p]
        for module in pkgutil.walk_packages(folders, package.__name__ + "."):
            for kind in vars(importlib.import_module(module.name)).values():
                if isinstance(kind, type) and issubclass(kind, Op) and kind.defines_gradient():
                    yield kind


def test_every_op_with_a_gradient_is_in_a_case() -> None:
    bases = {CAReduceDtype, Barrier, Truth, ScalarOp, QR, MatrixOp}  # applied through their subclasses
    tried = {type(op) for c in SWEPT for op in applied(c.outputs(c.variables()))}
    answered = {type(op) for output, _ in ANSWERS for op in applied([output])}
    missing = set(op_classes()) - tried - answered - bases
    assert not missing, sorted(kind.__name__ for kind in missing)


def test_every_differentiable_function_of_numbers_is_in_a_case() -> None:
    tried = {getattr(op, "scalar_op", None) for c in SWEPT for op in applied(c.outputs(c.variables()))}
    for function in FUNCTIONS:
        count = 2 if function.variadic else len(function.samples)
        if differentiable_arguments(function, count):
            assert function in tried, function
