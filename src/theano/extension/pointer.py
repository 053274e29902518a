"""Pointers to functions of C: where they are, and what they say of their arguments."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Sequence
from dataclasses import field
from typing import Any

import numpy as np

from theano.data_classes import dataclass

C_TYPES: dict[str, Any] = {  # narrower integers are handed over in ways that differ between machines
    "int32": ctypes.c_int32,
    "int64": ctypes.c_int64,
    "uint32": ctypes.c_uint32,
    "uint64": ctypes.c_uint64,
    "float32": ctypes.c_float,
    "float64": ctypes.c_double,
}


@dataclass(frozen=True)
class Pointer:
    """A C function.

    address    where it begins
    arguments  its arguments, as far as the object tells them: dtypes, "pointer" for any pointer; or None
    result     its result, in the same way; "void" for none
    owner      kept alive: the object that it was taken from
    """

    address: int
    arguments: tuple[str, ...] | None
    result: str | None
    owner: Any = field(compare=False)

    def require(self, name: str, arguments: Sequence[str], result: str) -> None:
        """TypeError where the object is known to be a function of other arguments, or of another result."""
        if self.arguments is not None and self.arguments != tuple(arguments):
            raise TypeError(
                f"{name} is declared to take ({', '.join(arguments)}), but the pointer is to a function of "
                f"({', '.join(self.arguments)})"
            )
        if self.result is not None and self.result != result:
            raise TypeError(
                f"{name} is declared to return {result}, but the pointer is to a function returning {self.result}"
            )


def as_pointer(thing: Any) -> Pointer:
    """The function that an integer, a function of ctypes or of cffi, or an object with an ``address`` stands for.

    Numba's ``cfunc`` has an address.  TypeError for anything else, and for a Python function behind a pointer: it
    would need Python's lock.  ValueError for a null pointer.
    """
    found = _found(thing)
    if found is None:
        raise TypeError(
            f"a C function is given by its address, by a function of ctypes or cffi, or by a cfunc of Numba, found {thing!r}"
        )
    if not found.address:
        raise ValueError(f"{thing!r} is a null pointer")
    return found


def _found(thing: Any) -> Pointer | None:
    if isinstance(thing, (int, np.integer)) and not isinstance(thing, bool):
        return Pointer(int(thing), None, None, thing)
    if isinstance(thing, ctypes._CFuncPtr):  # type: ignore[attr-defined]
        return _of_ctypes(thing)
    if type(thing).__module__ == "_cffi_backend":
        return _of_cffi(thing)
    address = getattr(thing, "address", None)
    if isinstance(address, int):
        described = getattr(thing, "ctypes", None)
        known = _of_ctypes(described) if isinstance(described, ctypes._CFuncPtr) else None  # type: ignore[attr-defined]
        if known is None:
            return Pointer(address, None, None, thing)
        return Pointer(address, known.arguments, known.result, thing)
    return None


def _of_ctypes(function: Any) -> Pointer:
    if any(
        type(o).__name__ == "CThunkObject" for o in (function._objects or {}).values()
    ):  # what calls Python
        raise TypeError(
            f"{function!r} calls a Python function: make that an op, with theano.compile.ops.as_op"
        )
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    if function.argtypes is None:
        return Pointer(address, None, None, function)
    return Pointer(address, tuple(map(_name_of, function.argtypes)), _name_of(function.restype), function)


def _name_of(kind: Any) -> str:
    """The dtype of a type of ctypes, whatever its own name is on this machine."""
    if kind is None:
        return "void"
    if issubclass(kind, ctypes._Pointer) or kind in (ctypes.c_void_p, ctypes.c_char_p):
        return "pointer"
    code = getattr(kind, "_type_", "?")
    if code in "fd":
        return {"f": "float32", "d": "float64"}[code]
    if code == "?":
        return "bool"
    sign = "" if code in "bhilqc" else "u"
    return f"{sign}int{8 * ctypes.sizeof(kind)}"


def _of_cffi(function: Any) -> Pointer | None:
    backend = sys.modules["_cffi_backend"]
    kind = backend.typeof(function)
    if kind.kind == "pointer" and kind.item.kind == "function":
        kind = kind.item
    address = int(backend.cast(backend.new_primitive_type("intptr_t"), function))
    if kind.kind != "function":
        return None

    def name(of: Any) -> str:
        if of.kind != "primitive":
            return of.kind
        if of.cname in ("float", "double"):
            return {"float": "float32", "double": "float64"}[of.cname]
        if of.cname == "_Bool":
            return "bool"
        is_unsigned = of.cname.startswith("u") or of.cname == "size_t"
        return f"{'u' * is_unsigned}int{8 * backend.sizeof(of)}"

    return Pointer(address, tuple(map(name, kind.args)), name(kind.result), function)
