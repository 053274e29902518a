"""Python callables made of native code: builtins that CPython enters without an intermediate layer."""

import ctypes
from collections.abc import Callable

__all__ = ["make_fastcall"]

METH_KEYWORDS, METH_FASTCALL = 0x0002, 0x0080  # CPython, Include/methodobject.h


class MethodDefinition(ctypes.Structure):
    """PyMethodDef of Python's C API."""

    _fields_ = [
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("doc", ctypes.c_char_p),
    ]


class OwningModuleName(str):
    """The ``__module__`` of a builtin, which also keeps alive what the builtin points to without owning it.

    A builtin refers to its module name until after it last reads its definition, so no other owner is needed,
    and its ``self`` is free for what the native code wants to receive.
    """

    __slots__ = ("owned",)

    owned: tuple[object, ...]


def make_fastcall(
    address: int,
    name: str,
    doc: str | None = None,
    *,
    self: object = None,
    module: str = "theano",
    keep_alive: object = None,
) -> Callable[..., object]:
    """The builtin function whose native code begins at `address`.

    Parameters
    ----------
    address
        Of ``PyObject *f(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)``, called
        as METH_FASTCALL | METH_KEYWORDS: it returns a new reference, or NULL with an exception set.
    name, doc, module
        The builtin's ``__name__``, ``__doc__`` and ``__module__``.
    self
        Handed to the native code as its first argument, and kept alive.
    keep_alive
        Anything that must live as long as the builtin: the loaded image that holds the code.
    """
    encoded_doc = None if doc is None else doc.encode()
    definition = MethodDefinition(name.encode(), address, METH_FASTCALL | METH_KEYWORDS, encoded_doc)
    owner = OwningModuleName(module)
    owner.owned = (definition, keep_alive)
    builtin: Callable[..., object] = new_builtin(ctypes.byref(definition), self, owner)
    return builtin


new_builtin = ctypes.PYFUNCTYPE(
    ctypes.py_object, ctypes.POINTER(MethodDefinition), ctypes.py_object, ctypes.py_object
)(("PyCFunction_NewEx", ctypes.pythonapi))
