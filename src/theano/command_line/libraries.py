"""The libraries that ``python -m theano bench`` compares: how each is told to compute a formula.

A formula is written once, ``formula(xp, *arrays)``, in functions that all libraries have under the same names:
``exp, log, log1p, tanh, sqrt``, operators, ``sum(x, axis=..., keepdims=True)``; ``loop`` is here.  Each library is called in its best way,
with arrays of its own that are made beforehand, and a call lasts until the result is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Call = Callable[[], Any]
Formula = Callable[..., Any]


def by_numpy(formula: Formula, arrays: Sequence[np.ndarray]) -> Call:
    """As it stands, one operation at a time."""
    return lambda: formula(np, *arrays)


def by_theano(formula: Formula, arrays: Sequence[np.ndarray], wrt: Sequence[int] = ()) -> Call:
    """A compiled function in the default mode."""
    import theano
    import theano.tensor

    variables = [theano.tensor.TensorType(str(a.dtype), (False,) * a.ndim)() for a in arrays]
    return _compiled(theano, theano.tensor, formula, variables, arrays, wrt)


def by_pytensor(formula: Formula, arrays: Sequence[np.ndarray], wrt: Sequence[int] = ()) -> Call:
    """A compiled function in the default mode."""
    import pytensor
    import pytensor.tensor

    variables = [pytensor.tensor.tensor(dtype=str(a.dtype), shape=(None,) * a.ndim) for a in arrays]
    return _compiled(pytensor, pytensor.tensor, formula, variables, arrays, wrt)


def _compiled(
    package: Any,
    xp: Any,
    formula: Formula,
    variables: list[Any],
    arrays: Sequence[np.ndarray],
    wrt: Sequence[int],
) -> Call:
    value = formula(xp, *variables)
    gradients = package.grad(value, [variables[k] for k in wrt]) if wrt else []
    f = package.function(variables, [value, *gradients] if wrt else value)
    return lambda: f(*arrays)


def by_jax(formula: Formula, arrays: Sequence[np.ndarray], wrt: Sequence[int] = ()) -> Call:
    """``jax.jit``, of arrays on the device, in double precision where the arrays are."""
    import jax

    jax.config.update("jax_enable_x64", True)

    def value(*xs: Any) -> Any:
        return formula(jax.numpy, *xs)

    def with_gradients(*xs: Any) -> Any:
        found, gradients = jax.value_and_grad(value, argnums=tuple(wrt))(*xs)
        return [found, *gradients]

    f = jax.jit(with_gradients if wrt else value)
    placed = [jax.device_put(a, jax.devices("cpu")[0]) for a in arrays]
    return lambda: jax.block_until_ready(f(*placed))


def by_torch(formula: Formula, arrays: Sequence[np.ndarray], wrt: Sequence[int] = ()) -> Call:
    """Eager: one operation at a time.  ``torch.compile`` would take longer than the whole comparison."""
    import torch

    tensors = [torch.from_numpy(a).requires_grad_(k in wrt) for k, a in enumerate(arrays)]
    if not wrt:

        def call() -> Any:
            with torch.inference_mode():
                return formula(torch, *tensors)

        return call

    def with_gradients() -> Any:
        value = formula(torch, *tensors)
        return [value.detach(), *torch.autograd.grad(value, [tensors[k] for k in wrt])]

    return with_gradients


def loop(xp: Any, step: Callable[..., Any], start: Any, rows: Any, *others: Any) -> Any:
    """The last of ``state = step(row, state, *others)`` over ``rows``: a loop of the library, or of Python's."""
    match xp.__name__:
        case "theano.tensor":
            import theano

            scan: Any = theano.scan
            states, _ = scan(step, rows, start, others)
            return states[-1]
        case "pytensor.tensor":
            import pytensor

            states = pytensor.scan(step, rows, start, others, return_updates=False)
            return states[-1]
        case "jax.numpy":
            import jax

            return jax.lax.scan(lambda state, row: (step(row, state, *others), None), start, rows)[0]
        case _:
            state = start
            for row in rows:
                state = step(row, state, *others)
            return state
