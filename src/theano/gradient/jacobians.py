"""Matrices of first and second derivatives: the products with all unit vectors, computed as one batch, or else in a loop."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from theano.gradient.barrier import disconnected_grad
from theano.gradient.reverse import format_as, grad
from theano.graph import Constant, Variable
from theano.graph.walk import io_toposort
from theano.tensor.alloc import alloc, eye
from theano.tensor.batching import vectorize_graph
from theano.tensor.constant import as_tensor_variable
from theano.tensor.reduction import sum as total
from theano.tensor.type import TensorType


def jacobian(
    expression: Variable,
    wrt: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """J[i, j, ...] = d expression[i] / d wrt[j, ...], for each of wrt, of its kind (variable, list or tuple).

    expression  a vector, or a scalar: then the gradient

    The rows are computed as one batch, or one after the other where an op in between has no rule for batches.

    >>> import theano, theano.tensor as T
    >>> x = T.dvector("x")
    >>> theano.function([x], jacobian(x * x.sum(), x))([1.0, 2.0]).tolist()
    [[4.0, 1.0], [2.0, 5.0]]
    """
    assert isinstance(getattr(expression, "type", None), TensorType), (
        "tensor.jacobian expects a Variable as `expression`"
    )
    assert expression.type.ndim < 2, (  # type: ignore[attr-defined]
        "tensor.jacobian expects a 1 dimensional variable as `expression`. If not use flatten to make it a vector"
    )
    wanted = list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]
    constants = None if consider_constant is None else list(consider_constant)
    if expression.type.ndim == 0:  # type: ignore[attr-defined]
        return format_as(*_kind(wrt), grad(expression, wanted, constants, disconnected_inputs))
    rows = _rows(expression, wanted, constants, disconnected_inputs)
    return format_as(*_kind(wrt), rows)


def hessian(
    cost: Variable,
    wrt: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """H[i, j] = d2 cost / (d wrt[i] d wrt[j]), for each vector of wrt, of its kind (variable, list or tuple)."""
    assert isinstance(getattr(cost, "type", None), TensorType), "tensor.hessian expects a Variable as `cost`"
    assert cost.type.ndim == 0, "tensor.hessian expects a 0 dimensional variable as `cost`"  # type: ignore[attr-defined]
    constants = None if consider_constant is None else list(consider_constant)
    blocks = []
    for variable in list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]:
        assert isinstance(variable, Variable), "tensor.hessian expects a (list of) Variable as `wrt`"
        assert variable.type.ndim == 1, (  # type: ignore[attr-defined]
            "tensor.hessian expects a (list of) 1 dimensional variable as `wrt`"
        )
        slope = grad(cost, variable, constants, disconnected_inputs)
        blocks += _rows(slope, [variable], constants, disconnected_inputs)
    return format_as(*_kind(wrt), blocks)


def hessian_vector_product(
    cost: Variable,
    wrt: Any,
    p: Any,
    consider_constant: Iterable[Variable] | None = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """H p, H[i, j] = d2 cost / (d wrt[i] d wrt[j]): without H, at a few times the cost of the gradient.

    cost  a 0-d real variable
    wrt   a variable of any shape, or a list or tuple of them: H is that of all their elements together
    p     for each of wrt a variable or array of its shape; taken as constant
    out   for each of wrt, of its kind, the derivative of the gradient along p:  d (sum of gradient * p) / d wrt

    Raises ValueError when p has not as many entries as wrt; else as ``grad``.

    >>> import theano, theano.tensor as T
    >>> x = T.dvector("x")
    >>> product = hessian_vector_product(T.prod(x), x, [1.0, 0.0, 0.0])
    >>> theano.function([x], product)([1.0, 2.0, 3.0]).tolist()
    [0.0, 3.0, 2.0]
    """
    several = isinstance(wrt, (list, tuple))
    wanted, vectors = (list(wrt), list(p)) if several else ([wrt], [p])
    if len(wanted) != len(vectors):
        raise ValueError(
            f"hessian_vector_product needs a p for each of wrt, found {len(vectors)} for {len(wanted)}"
        )
    constants = None if consider_constant is None else list(consider_constant)
    slopes = grad(cost, wanted, constants, disconnected_inputs)
    terms = [total(g * disconnected_grad(as_tensor_variable(v))) for g, v in zip(slopes, vectors, strict=True)]
    product: Any = terms[0]
    for term in terms[1:]:
        product = product + term
    return format_as(*_kind(wrt), grad(product, wanted, constants, disconnected_inputs="ignore"))


def _kind(wrt: Any) -> tuple[bool, bool]:
    return isinstance(wrt, list), isinstance(wrt, tuple)


def _rows(expression: Any, wanted: list[Variable], constants: Any, disconnected_inputs: str) -> list:
    """The gradients of expression[0], expression[1], ..., stacked, for each of ``wanted``.

    Row i is the product of the Jacobian's transpose with the i-th unit vector, and all of them are one batch.
    """
    unit = expression.type("unit")
    products = grad(None, wanted, constants, disconnected_inputs, known_grads={expression: unit})
    count = expression.shape[0]
    units = eye(count, dtype=expression.type.dtype)
    try:
        rows = vectorize_graph(products, {unit: units})
    except NotImplementedError:  # of an op that has no rule
        rows = _one_by_one(products, unit, units)
    return [
        row if row.type.ndim > v.type.ndim else alloc(row, count, *[v.shape[k] for k in range(v.type.ndim)])  # type: ignore
        for row, v in zip(rows, wanted, strict=True)
    ]


def _one_by_one(products: list[Variable], unit: Variable, units: Variable) -> list[Variable]:
    """``products`` for each row of ``units`` in place of ``unit``, in a loop; those that do not depend on it as they are."""
    from theano.scanning import scan  # loops are differentiated, so their room lies behind this one

    dependent, between = {unit}, []
    for node in io_toposort([unit], products):
        if not dependent.isdisjoint(node.inputs):
            dependent.update(node.outputs)
            between.append(node)
    # What is the same for all rows is computed before the loop: random draws among it are drawn once.
    same = [v for node in between for v in node.inputs if v not in dependent and not isinstance(v, Constant)]
    same = list(dict.fromkeys(same))

    def row(direction: Variable, *values: Variable) -> list[Variable]:
        found = dict(zip([unit, *same], [direction, *values], strict=True))
        for node in between:
            copy = node.clone_with_new_inputs([found.get(v, v) for v in node.inputs], strict=False)
            found.update(zip(node.outputs, copy.outputs, strict=True))
        return [found[p] for p in products if p in dependent]

    rows = iter(scan(row, sequences=units, non_sequences=same, return_list=True)[0])
    return [next(rows) if p in dependent else p for p in products]
