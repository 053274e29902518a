"""C functions of numbers, applied to the elements of arrays within any loop."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.extension.pointer import C_TYPES, Pointer, as_pointer
from theano.scalar.dtype import refuse_complex
from theano.scalar.function import ScalarFunction, reals

COST_OF_CALL = 20  # additions; a function that is called is not computed twice


def scalar_function(
    pointer: Any,
    arguments: Sequence[str],
    result: str,
    name: str | None = None,
    partials: Callable[..., Sequence[Any]] | None = None,
) -> PointerFunction:
    """A C function of numbers as a scalar function: ``T.Elemwise(f)`` applies it to arrays, in loops with all else.

    Parameters
    ----------
    pointer
        An address, a function of ctypes or cffi, or a cfunc of Numba.  It must be pure and thread-safe, and is called
        without Python's lock.
    arguments, result
        dtypes.  Arguments of other dtypes are converted; complex ones are refused.
    name
        How it is printed; by default as the function is called.
    partials
        (arguments..., value) -> one partial derivative for each argument, None where there is no influence.  Without it
        there is no gradient.

    Raises
    ------
    TypeError
        Where the pointer is known to be to a function of other arguments, and for what is no pointer.

    Examples
    --------
    >>> import ctypes, theano, theano.tensor as T
    >>> libm = ctypes.CDLL("libm.so.6")
    >>> cbrt = scalar_function(libm.cbrt, ["float64"], "float64", partials=lambda x, y: [1 / (3 * y * y)])
    >>> x = T.dvector("x")
    >>> theano.function([x], [T.Elemwise(cbrt)(x) + 1, T.grad(T.Elemwise(cbrt)(x).sum(), x)])([8.0])
    [array([3.]), array([0.08333333])]
    """
    found = as_pointer(pointer)
    name = name or getattr(found.owner, "__name__", None) or f"function_at_{found.address:#x}"
    for dtype in (*arguments, result):
        if dtype not in C_TYPES:
            raise TypeError(
                f"{name}: C functions of numbers have the dtypes {', '.join(C_TYPES)}, found {dtype!r}"
            )
    found.require(name, arguments, result)
    return PointerFunction(found, tuple(arguments), result, name, partials)


class PointerFunction(ScalarFunction):
    """A scalar function whose values a C function computes.

    pointer          where it is
    argument_dtypes  what it takes
    """

    def __init__(
        self,
        pointer: Pointer,
        arguments: tuple[str, ...],
        result: str,
        name: str,
        partials: Callable[..., Sequence[Any]] | None,
    ) -> None:
        def rule(*given: str) -> str:
            refuse_complex(given)
            return result

        def body(xp: Any, *values: Any) -> Any:
            return values_of(*values)

        body.__name__ = name
        body.__doc__ = f"The C function {name}."
        super().__init__(body, rule, partials, (reals,) * len(arguments), "given", False, COST_OF_CALL, True)
        self.pointer, self.argument_dtypes, self._taken = pointer, arguments, arguments
        prototype = ctypes.CFUNCTYPE(C_TYPES[result], *[C_TYPES[d] for d in arguments])
        called = prototype(pointer.address)
        values_of = np.vectorize(lambda *numbers: called(*numbers), otypes=[result])
        self.llvm_body = self.integer_body = lambda b, *values: b.call_pointer(
            pointer.address, result, *values
        )

    @property
    def code_name(self) -> str:
        return f"{self.name}@{self.pointer.address:x}"

    def operand_dtypes(self, *dtypes: str) -> tuple[str, ...]:
        return self._taken

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{self.name} is a C function at an address of this process, which no other one knows"
        )
