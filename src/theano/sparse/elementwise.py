"""Functions of the stored elements of a sparse matrix.

Elements that are not stored stay 0, also where the function of 0 is another number: so ``structured_exp``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from theano.sparse.parts import as_compressed, parts_of, with_data
from theano.tensor import elementwise as of_tensors
from theano.tensor.constant import as_tensor_variable
from theano.tensor.nnet.activation import sigmoid


def structured_monoid(tensor_op: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the function becomes ``tensor_op`` of the stored elements of its first argument.

    Further arguments of ``tensor_op`` are numbers.  What is decorated gives name and documentation.
    """

    def decorator(f: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(*args: Any) -> Any:
            x = as_compressed(args[0], f"{f.__name__}(x)")
            return with_data(x, tensor_op(parts_of(x)[0], *[as_tensor_variable(a, ndim=0) for a in args[1:]]))

        wrapper.__name__ = wrapper.__qualname__ = f.__name__
        wrapper.__doc__ = f.__doc__ or f"{f.__name__} of the stored elements of x; the others stay 0."
        return wrapper

    return decorator


def _structured(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def of_stored(x: Any, *numbers: Any) -> Any: ...

    of_stored.__name__ = name
    return structured_monoid(function)(of_stored)


structured_sigmoid = _structured("structured_sigmoid", sigmoid)
structured_exp = _structured("structured_exp", of_tensors.exp)
structured_log = _structured("structured_log", of_tensors.log)
structured_pow = _structured("structured_pow", of_tensors.pow)
structured_minimum = _structured("structured_minimum", of_tensors.minimum)
structured_maximum = _structured("structured_maximum", of_tensors.maximum)
structured_add = _structured("structured_add", of_tensors.add)
sin = _structured("sin", of_tensors.sin)
arcsin = _structured("arcsin", of_tensors.arcsin)
tan = _structured("tan", of_tensors.tan)
arctan = _structured("arctan", of_tensors.arctan)
sinh = _structured("sinh", of_tensors.sinh)
arcsinh = _structured("arcsinh", of_tensors.arcsinh)
tanh = _structured("tanh", of_tensors.tanh)
arctanh = _structured("arctanh", of_tensors.arctanh)
rint = _structured("rint", of_tensors.round_half_to_even)
sgn = _structured("sgn", of_tensors.sgn)
ceil = _structured("ceil", of_tensors.ceil)
floor = _structured("floor", of_tensors.floor)
deg2rad = _structured("deg2rad", of_tensors.deg2rad)
rad2deg = _structured("rad2deg", of_tensors.rad2deg)
trunc = _structured("trunc", of_tensors.trunc)
sqr = _structured("sqr", of_tensors.sqr)
sqrt = _structured("sqrt", of_tensors.sqrt)
log1p = _structured("log1p", of_tensors.log1p)
expm1 = _structured("expm1", of_tensors.expm1)
conj = _structured("conj", of_tensors.conj)
