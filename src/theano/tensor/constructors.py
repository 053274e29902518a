"""Making variables: one type, one function and one plural for each dtype and number of dimensions.

``T.dmatrix("x")`` is a float64 matrix, ``T.matrix("x")`` one of floatX, ``T.matrices("x", "y")`` gives several.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.configuration import config
from theano.graph import Variable
from theano.tensor.type import TensorType

PREFIXES = {
    "b": "int8", "w": "int16", "i": "int32", "l": "int64", "f": "float32", "d": "float64", "z": "complex128",
    "c": "complex64",
}  # fmt: skip
PATTERNS: dict[str, tuple[bool, ...]] = {
    "scalar": (),
    "vector": (False,),
    "matrix": (False, False),
    "row": (True, False),
    "col": (False, True),
    "tensor3": (False,) * 3,
    "tensor4": (False,) * 4,
    "tensor5": (False,) * 5,
    "tensor6": (False,) * 6,
    "tensor7": (False,) * 7,
}
_PLURALS = {"matrix": "matrices"}


def plural_of(name: str) -> str:
    return _PLURALS.get(name, name + "s")


def several(make: Callable[..., Variable]) -> Callable[..., Any]:
    """A function that makes several variables: ``several(vector)("x", "y")``, or ``several(vector)(2)`` unnamed."""

    def make_several(*names: Any, **kwargs: Any) -> Any:
        if len(names) == 1 and isinstance(names[0], int):
            return [make(**kwargs) for _ in range(names[0])]
        if len(names) == 1 and not isinstance(names[0], str):
            return make(names[0], **kwargs)
        return [make(name, **kwargs) for name in names]

    return make_several


def of_floatX(pattern_name: str) -> Callable[..., Variable]:
    """``matrix(name=None, dtype=None)`` and the like: floatX unless a dtype is given."""
    pattern = PATTERNS[pattern_name]

    def make(name: str | None = None, dtype: str | None = None) -> Variable:
        return TensorType(config.floatX if dtype is None else dtype, pattern)(name)

    make.__name__ = make.__qualname__ = pattern_name
    make.__doc__ = f"A symbolic {pattern_name}, of floatX unless ``dtype`` is given."
    return make


def tensor(dtype: str, broadcastable: Sequence[bool] = (), name: str | None = None) -> Variable:
    """A variable of this dtype, with one dimension for each flag: True where it is known to be of length 1."""
    return TensorType(dtype, broadcastable)(name)


def typed(pattern_name: str) -> list[TensorType]:
    """The types of one pattern, in the order of PREFIXES."""
    return [TensorType(dtype, PATTERNS[pattern_name]) for dtype in PREFIXES.values()]
