"""Gradients against differences: ``verify_grad`` checks an op's gradient with numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.gradient.reverse import grad
from theano.graph.hooks import compile_for_eval
from theano.scalar import dtype as dtypes
from theano.tensor.constant import as_tensor_variable
from theano.tensor.reduction import sum as total
from theano.tensor.type import tensor_type

# Steps near the cube root of the precision, where rounding and curvature weigh alike in a central difference.
STEPS = {"float16": 1e-1, "float32": 1e-2, "float64": 1e-5}
TOLERANCES = {"float16": 5e-2, "float32": 1e-2, "float64": 1e-4}


class GradientError(Exception):
    """A gradient differs from the difference quotient.

    arg, err_pos, shape   which argument, the flat position of the worst element, and the argument's shape
    val1, val2            the gradient there: analytic, numeric
    abs_err, rel_err, abs_tol, rel_tol   errors found, errors permitted
    """

    def __init__(
        self,
        arg: int,
        err_pos: int,
        shape: tuple[int, ...],
        val1: float,
        val2: float,
        abs_err: float,
        rel_err: float,
        abs_tol: float,
        rel_tol: float,
    ) -> None:
        super().__init__(arg, err_pos, shape, val1, val2, abs_err, rel_err, abs_tol, rel_tol)
        self.arg, self.err_pos, self.shape = arg, err_pos, shape
        self.val1, self.val2 = val1, val2
        self.abs_err, self.rel_err = abs_err, rel_err
        self.abs_tol, self.rel_tol = abs_tol, rel_tol

    def __str__(self) -> str:
        head = str(self.args[9]) + "\n" if len(self.args) > 9 else ""
        return (
            f"{head}GradientError: numeric gradient and analytic gradient exceed tolerance:\n"
            f"        At position {self.err_pos} of argument {self.arg} with shape {self.shape},\n"
            f"            analytic {self.val1:f}, numeric {self.val2:f}\n"
            f"            absolute error {self.abs_err:f}, tolerance {self.abs_tol:f}\n"
            f"            relative error {self.rel_err:f}, tolerance {self.rel_tol:f}"
        )


class numeric_grad:
    """The gradient of ``f``, a function of arrays with a number as its value, at ``pt`` by central differences.

    gf  the gradient: an array, or a list of them when ``pt`` is a list or tuple
    """

    def __init__(
        self, f: Callable[..., Any], pt: Any, eps: float | None = None, out_type: str | None = None
    ) -> None:
        several = isinstance(pt, (list, tuple))
        points = [np.array(p) for p in (pt if several else [pt])]
        narrowest = min(
            [p.dtype.name for p in points] + ([out_type] if out_type in STEPS else []),
            key=lambda d: np.dtype(d).itemsize,
            default="float64",
        )
        step = STEPS[narrowest] if eps is None else eps
        gradients = [np.zeros_like(p) for p in points]
        for point, gradient in zip(points, gradients, strict=True):
            flat, out = point.reshape(-1), gradient.reshape(-1)
            for k in range(flat.size):
                x = flat[k]
                flat[k] = x + step
                above, upper = float(f(*points)), float(flat[k])
                flat[k] = x - step
                below, lower = float(f(*points)), float(flat[k])
                flat[k] = x
                out[k] = (above - below) / (upper - lower)  # the step that was really made
        self.gf = gradients if several else gradients[0]

    @staticmethod
    def abs_rel_err(a: Any, b: Any) -> tuple[np.ndarray, np.ndarray]:
        """|a - b|, and that over |a| + |b|."""
        absolute = abs(a - b)
        return absolute, absolute / np.maximum(abs(a) + abs(b), 1e-8)

    def abs_rel_errors(self, g_pt: Any) -> list[tuple[np.ndarray, np.ndarray]]:
        """The errors of the gradients ``g_pt``, argument by argument."""
        given = g_pt if isinstance(g_pt, (list, tuple)) else [g_pt]
        numeric = self.gf if isinstance(self.gf, list) else [self.gf]
        if len(given) != len(numeric):
            raise ValueError(f"argument has wrong number of elements: {len(given)}, expected {len(numeric)}")
        errors = []
        for position, (a, b) in enumerate(zip(given, numeric, strict=True)):
            if a.shape != b.shape:
                raise ValueError(f"argument element {position} has wrong shape {a.shape}, expected {b.shape}")
            errors.append(self.abs_rel_err(a, b))
        return errors

    def max_err(self, g_pt: Any, abs_tol: float, rel_tol: float) -> tuple[int, int, float, float]:
        """(argument, flat position, absolute error, relative error) where ``g_pt`` is worst against the tolerances.

        An element is as bad as the smaller of its two errors, each in units of its tolerance.
        """
        worst = (-1.0, 0, 0, 0.0, 0.0)
        for arg, (absolute, relative) in enumerate(self.abs_rel_errors(g_pt)):
            if absolute.size == 0:
                continue
            badness = np.nan_to_num(np.minimum(absolute / abs_tol, relative / rel_tol), nan=np.inf)
            k = int(np.argmax(badness))
            if badness.flat[k] > worst[0]:
                worst = (float(badness.flat[k]), arg, k, float(absolute.flat[k]), float(relative.flat[k]))
        return worst[1:]


def verify_grad(
    fun: Callable[..., Any],
    pt: Sequence[Any],
    n_tests: int = 2,
    rng: Any = None,
    eps: float | None = None,
    out_type: str | None = None,
    abs_tol: float | None = None,
    rel_tol: float | None = None,
    mode: Any = None,
    cast_to_output_type: bool = False,
    no_debug_ref: bool = True,
) -> None:
    """Check the gradient of ``fun`` at the point ``pt`` against differences.

    fun                  variables -> one variable: an op or a function
    pt                   an array of floats for each argument
    n_tests              how many random weightings of the output are tried
    rng                  a numpy.random.RandomState (or Generator) for these weights
    eps                  the step of the differences, by default one that suits the dtypes
    out_type             dtype of the output, where it is narrower than those of the arguments
    abs_tol, rel_tol     tolerances: an element fails when both its errors exceed them
    mode                 how the functions are compiled
    cast_to_output_type  make the weights of the output's dtype
    no_debug_ref         without effect

    Raises GradientError when they differ.
    """
    if not isinstance(pt, (list, tuple)):
        raise TypeError(f"verify_grad needs a list of arrays as pt, found {type(pt).__name__}")
    points = [np.array(p) for p in pt]
    for position, point in enumerate(points):
        if point.dtype.name not in dtypes.FLOAT:
            raise TypeError(
                f"verify_grad can work only with floating point inputs, but input {position} has dtype {point.dtype.name}"
            )
    if rng is None or not (hasattr(rng, "rand") or hasattr(rng, "random")):
        raise TypeError(
            "rng should be a valid instance of numpy.random.RandomState. You may want to use "
            "theano.tests.unittest_tools.verify_grad instead of theano.gradient.verify_grad."
        )
    abs_tol = max([TOLERANCES[p.dtype.name] for p in points], default=1e-4) if abs_tol is None else abs_tol
    rel_tol = max([TOLERANCES[p.dtype.name] for p in points], default=1e-4) if rel_tol is None else rel_tol

    variables = [
        tensor_type(p.dtype.name, as_tensor_variable(p).type.broadcastable)(f"input {i}")  # type: ignore[attr-defined]
        for i, p in enumerate(points)
    ]
    output = fun(*variables)
    if isinstance(output, (list, tuple)):
        raise NotImplementedError(
            "verify_grad checks a function of one output; pick one, as in lambda x: fun(x)[0]"
        )
    shape = np.shape(compile_for_eval(variables, output, mode, "ignore")(*points))
    weights_dtype = output.type.dtype if cast_to_output_type else "float64"
    weights = tensor_type(weights_dtype, output.type.broadcastable)("weights")
    cost = total(weights * output)
    gradients = grad(cost, variables, disconnected_inputs="ignore")
    cost_of = compile_for_eval([*variables, weights], cost, mode, "ignore")
    gradients_of = compile_for_eval([*variables, weights], gradients, mode, "ignore")

    for _ in range(n_tests):
        drawn = rng.rand(*shape) if hasattr(rng, "rand") else rng.random(shape)
        w = np.asarray(drawn + 0.5, dtype=weights_dtype)  # away from 0, so that no element goes unchecked
        numeric = numeric_grad(lambda *at, w=w: cost_of(*at, w), points, eps, out_type)
        analytic = [np.asarray(g) for g in gradients_of(*points, w)]
        arg, position, abs_err, rel_err = numeric.max_err(analytic, abs_tol, rel_tol)
        if not (abs_err <= abs_tol or rel_err <= rel_tol):
            raise GradientError(
                arg,
                position,
                points[arg].shape,
                float(analytic[arg].flat[position]),
                float(numeric.gf[arg].flat[position]),
                abs_err,
                rel_err,
                abs_tol,
                rel_tol,
            )


verify_grad.E_grad = GradientError  # type: ignore[attr-defined]  # as programs of old catch it
