"""``as_op``: a NumPy function as an op."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from theano.graph import Apply, Op, Type


class FromFunctionOp(Op):
    """outputs = fn(*inputs), called back as it is.

    itypes, otypes  the exact types of inputs and outputs
    infer_shape     (node, shapes of the inputs) -> shapes of the outputs; without it they are known once computed

    No gradient.  Two are equal when they wrap the same function with the same types.
    """

    __props__ = ("fn", "itypes", "otypes")

    def __init__(
        self,
        fn: Callable[..., Any],
        itypes: Sequence[Type],
        otypes: Sequence[Type],
        infer_shape: Callable[..., Any] | None = None,
    ) -> None:
        self.fn = fn
        self.itypes = _types(itypes, "itypes")
        self.otypes = _types(otypes, "otypes")
        if infer_shape is not None:
            self.infer_shape = infer_shape

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        results = self.fn(*inputs)
        results = results if isinstance(results, (list, tuple)) else (results,)
        if len(results) != len(outputs):
            raise ValueError(f"{self} was declared to give {len(outputs)} outputs, found {len(results)}")
        for cell, result in zip(outputs, results, strict=True):
            cell[0] = result

    def __reduce__(self) -> tuple:
        """A decorated function is found under its name in its module, where that name now stands for the op."""
        module, name = self.fn.__module__, self.fn.__name__
        if getattr(sys.modules.get(module), name, None) is self:
            return _found, (module, name)
        return FromFunctionOp, (self.fn, self.itypes, self.otypes, self.__dict__.get("infer_shape"))

    def __str__(self) -> str:
        return f"FromFunctionOp{{{self.fn.__name__}}}"


def as_op(
    itypes: Any, otypes: Any, infer_shape: Callable[..., Any] | None = None
) -> Callable[[Callable[..., Any]], FromFunctionOp]:
    """Decorate a NumPy function to be used as an op on variables of the types ``itypes``.

    ::

        @theano.compile.ops.as_op(itypes=[T.dmatrix], otypes=[T.dvector])
        def row_medians(x):
            return numpy.median(x, axis=1)

    Parameters
    ----------
    itypes, otypes
        The types of inputs and outputs, each a type or a list of them.
    infer_shape
        A function of (node, input shapes) that gives the shapes of the outputs.
    """
    itypes = itypes if isinstance(itypes, (list, tuple)) else [itypes]
    otypes = otypes if isinstance(otypes, (list, tuple)) else [otypes]
    return lambda fn: FromFunctionOp(fn, itypes, otypes, infer_shape)


def _found(module: str, name: str) -> FromFunctionOp:
    return getattr(import_module(module), name)


def _types(given: Sequence[Type], what: str) -> tuple[Type, ...]:
    for kind in given:
        if not isinstance(kind, Type):
            raise TypeError(
                f"as_op({what}=...) needs Theano types such as theano.tensor.dmatrix, found {kind!r}"
            )
    return tuple(given)
