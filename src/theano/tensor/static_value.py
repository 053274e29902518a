"""What is known before run time: the value of a 0-d expression, the entries and the length of a vector.

Each op's file registers what it knows of its outputs with ``scalar_value.register`` and ``entries.register``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Variable
from theano.scalar.arithmetic import casts
from theano.scalar.function import ScalarFunction
from theano.scalar.type import ScalarType
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise
from theano.tensor.type import TensorType


class NotScalarConstantError(Exception):
    """The expression has no value that is known and that all its elements share."""


class EmptyConstantError(NotScalarConstantError):
    """The constant has no elements."""


ValueOf = Callable[[Any], np.ndarray]

_CASTS = frozenset(casts.values())
# the functions that index arithmetic is made of; others are too dear to compute while a graph is built
_FOLDED = frozenset(
    "add sub mul int_div true_div mod neg identity second switch eq neq lt le gt ge minimum maximum".split()
)


@singledispatch
def scalar_value(op: Any, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    """The one value of all elements of ``node.outputs[index]``; NotScalarConstantError when it is not known."""
    raise NotScalarConstantError(node.outputs[index])


@scalar_value.register
def _(op: Elemwise, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    function = op.scalar_op
    if not isinstance(function, ScalarFunction):
        raise NotScalarConstantError(node.outputs[index])
    if function.name == "second":
        return value_of(node.inputs[1]).astype(node.outputs[0].type.dtype)  # type: ignore[attr-defined]
    if function.name not in _FOLDED and function not in _CASTS:
        raise NotScalarConstantError(node.outputs[index])
    return np.asarray(function.impl(*[value_of(i) for i in node.inputs]))


@scalar_value.register
def _(op: DimShuffle, node: Apply, index: int, value_of: ValueOf) -> np.ndarray:
    return value_of(node.inputs[0])


def get_scalar_constant_value(
    orig_v: Any, elemwise: bool = True, only_process_constants: bool = False, max_recur: int = 10
) -> np.ndarray:
    """The value, a 0-d array, of an expression whose elements are all known to be equal.

    elemwise                look through elementwise arithmetic too
    only_process_constants  look through nothing but constants
    max_recur               how many applications deep to look

    Raises NotScalarConstantError, and EmptyConstantError for a constant without elements.
    """
    v = orig_v
    if v is None:
        raise NotScalarConstantError()
    if not isinstance(v, Variable):
        array = np.asarray(v)
        if array.dtype.kind not in "biufc":
            raise NotScalarConstantError(v)
        return _unique_value(array, v)
    if isinstance(v, Constant):
        if not isinstance(v.type, (TensorType, ScalarType)):
            raise NotScalarConstantError(v)
        return _unique_value(np.asarray(v.data), v)
    node = v.owner
    if node is None or only_process_constants or max_recur <= 0:
        raise NotScalarConstantError(v)
    if isinstance(node.op, Elemwise) and not elemwise:
        raise NotScalarConstantError(v)
    assert v.index is not None
    return scalar_value(
        node.op,
        node,
        v.index,
        lambda inner: get_scalar_constant_value(inner, elemwise, only_process_constants, max_recur - 1),
    )


def _unique_value(array: np.ndarray, v: Any) -> np.ndarray:
    if array.ndim == 0:
        return array.copy()
    if array.size == 0:
        raise EmptyConstantError(v)
    first = array.reshape(-1)[0]
    if array.size > 1 and not (array == first).all():
        raise NotScalarConstantError(v)
    return np.array(first)


def extract_constant(x: Any, elemwise: bool = True, only_process_constants: bool = False) -> Any:
    """The value of ``x`` where it is known, else ``x`` itself."""
    try:
        return get_scalar_constant_value(x, elemwise, only_process_constants)
    except NotScalarConstantError:
        return x


def known_integer(x: Any) -> int | None:
    """The value of a 0-d integer expression where it is known, else None."""
    if isinstance(x, (int, np.integer)) and not isinstance(x, bool):
        return int(x)
    if not isinstance(x, Variable):
        return None
    try:
        value = get_scalar_constant_value(x)
    except NotScalarConstantError:
        return None
    return int(value) if value.dtype.kind in "iub" else None


# -- vectors -------------------------------------------------------------------------------------------------------------


@singledispatch
def entries(op: Any, node: Apply) -> list[Any] | None:
    """The entries of the vector ``node.outputs[0]``, ints and 0-d variables, or None when they are not known."""
    return None


def vector_entries(v: Variable) -> list[Any] | None:
    """The entries of a vector, ints where they are known and 0-d variables else; None when its length is not known."""
    if isinstance(v, Constant):
        return [entry.item() for entry in v.data]
    if v.owner is not None and v.index == 0:
        found = entries(v.owner.op, v.owner)
        if found is not None:
            return [e if (n := known_integer(e)) is None else n for e in found]
    if v.type.broadcastable == (True,):  # type: ignore[attr-defined]
        return [v[0]]  # type: ignore[index]
    return None


@singledispatch
def length(op: Any, node: Apply) -> int | None:
    """The length of the vector ``node.outputs[0]`` where it is known, else None."""
    found = entries(op, node)
    return None if found is None else len(found)


@length.register
def _(op: Elemwise, node: Apply) -> int | None:
    for v in node.inputs:
        if v.type.broadcastable == (False,) and (n := _length_of(v)) is not None:  # type: ignore[attr-defined]
            return n
    return None


def _length_of(v: Variable) -> int | None:
    if v.type.broadcastable == (True,):  # type: ignore[attr-defined]
        return 1
    if isinstance(v, Constant):
        return len(v.data)
    if v.owner is not None and v.index == 0:
        return length(v.owner.op, v.owner)
    return None


def get_vector_length(v: Any) -> int:
    """The length of a vector, known at graph construction.

    Raises TypeError when ``v`` is no vector, ValueError when its length is not known.
    """
    if isinstance(v, (list, tuple)):
        return len(v)
    v = as_tensor_variable(v)
    if v.type.ndim != 1:  # type: ignore[attr-defined]
        raise TypeError(f"argument must be symbolic vector, got '{v}'")
    n = _length_of(v)
    if n is None:
        raise ValueError(f"length not known: {v} [id A]")
    return n
