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


def several(make: Callable[..., Variable], plural: str) -> Callable[..., Any]:
    """A function that makes several variables: ``vectors("x", "y")``, ``vectors("xy")`` of one letter each, or
    ``vectors(2)`` without names.  A single one is returned bare."""

    def make_several(*names: Any) -> Any:
        wanted: Any = names[0] if len(names) == 1 else names
        if isinstance(wanted, int):
            return make() if wanted == 1 else [make() for _ in range(wanted)]
        if len(wanted) == 1:
            return make(wanted[0])
        return [make(name) for name in wanted]

    make_several.__name__ = make_several.__qualname__ = plural
    make_several.__doc__ = (
        f'Several variables: ``{plural}("x", "y")``, ``{plural}("xy")`` of one letter each, or ``{plural}(2)`` '
        "without names.  A single one is returned bare."
    )
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


def named() -> dict[str, Any]:
    """All types and constructors by their public names: ``dmatrix``, ``matrix``, ``dmatrices``, ``matrices`` ..."""
    found: dict[str, Any] = {}
    for pattern_name, pattern in PATTERNS.items():
        make = of_floatX(pattern_name)
        found[pattern_name] = make
        found[plural_of(pattern_name)] = several(make, plural_of(pattern_name))
        for prefix, dtype in PREFIXES.items():
            kind = TensorType(dtype, pattern)
            found[prefix + pattern_name] = kind
            found[prefix + plural_of(pattern_name)] = several(kind, prefix + plural_of(pattern_name))
    return found


def type_tuples() -> dict[str, tuple[TensorType, ...]]:
    """``int_scalar_types``, ``float_vector_types`` and their like; ``int_types`` are the scalar ones."""
    found: dict[str, tuple[TensorType, ...]] = {}
    for kind, prefixes in (("int", "bwil"), ("float", "fd"), ("complex", "cz")):
        for pattern_name in ("scalar", "vector", "matrix"):
            types = tuple(TensorType(PREFIXES[p], PATTERNS[pattern_name]) for p in prefixes)
            found[f"{kind}_{pattern_name}_types"] = types
        found[f"{kind}_types"] = found[f"{kind}_scalar_types"]
    return found
