"""Products with Jacobians: Lop from the left (reverse mode), Rop from the right (forward mode)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.gradient.reverse import grad
from theano.graph import Variable
from theano.tensor.alloc import zeros_like
from theano.tensor.constant import as_tensor_variable


def Lop(
    f: Any,
    wrt: Any,
    eval_points: Any,
    consider_constant: Any = None,
    disconnected_inputs: str = "raise",
) -> Any:
    """eval_points . d f / d wrt: the cotangents of ``wrt`` for given cotangents of ``f``.

    The result has the form of ``wrt``: a variable, a list or a tuple.
    """
    outputs, points = _listed(f), [as_tensor_variable(p) for p in _listed(eval_points)]
    assert len(outputs) == len(points), f"Lop needs one point for each output: {len(outputs)} and {len(points)}"
    return grad(
        None,
        wrt,
        consider_constant=consider_constant,
        disconnected_inputs=disconnected_inputs,
        known_grads=dict(zip(outputs, points, strict=True)),
    )


def Rop(f: Any, wrt: Any, eval_points: Any) -> Any:
    """d f / d wrt . eval_points: the tangents of ``f`` for given tangents of ``wrt``.

    Found by differentiating u -> u . d f / d wrt, which is linear, once more.  The result has the form of ``f``.
    """
    outputs, inputs, points = _listed(f), _listed(wrt), [as_tensor_variable(p) for p in _listed(eval_points)]
    assert len(inputs) == len(points), f"Rop needs one point for each input: {len(inputs)} and {len(points)}"
    for v, p in zip(inputs, points, strict=True):
        assert v.type.ndim == p.type.ndim, f"Rop: {v} has {v.type.ndim} dimensions, its point {p.type.ndim}"
    results: list[Variable] = []
    for output in outputs:
        u = zeros_like(output)
        pulled = grad(None, inputs, known_grads={output: u}, disconnected_inputs="ignore")
        known = dict(zip(pulled, points, strict=True))
        results.append(grad(None, u, known_grads=known, disconnected_inputs="ignore"))
    if isinstance(f, (list, tuple)):
        return type(f)(results)
    return results[0]


def _listed(x: Any) -> Sequence[Any]:
    return list(x) if isinstance(x, (list, tuple)) else [x]
