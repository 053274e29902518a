"""Shared variables: values that stay between calls, are read by functions and exchanged by their updates.

``get_value()``, ``set_value(v)`` and ``shared(v)`` copy; with ``borrow=True`` they do not, where the memory of
the array is laid out as native code wants it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from theano.compile.container import Container
from theano.graph import Type, Variable, generic
from theano.tensor.elemwise import register_tensor_variable
from theano.tensor.operators import TensorOperators
from theano.tensor.type import TensorType

_NO_VALUE = (
    "sharedvar.value does not exist anymore. Use sharedvar.get_value() or sharedvar.set_value() instead."
)


class SharedVariable(Variable):
    """A variable with a value of its own.

    default_update  where set, the expression that replaces the value at each call of a function that uses the
                    variable, unless that function has another update for it or was told not to
    is_changed_by_loops  whether some loop has updates for it
    """

    container: Container
    is_changed_by_loops = False

    def __init__(
        self,
        name: str | None,
        type: Type,
        value: Any,
        strict: bool | None,
        allow_downcast: bool | None = None,
        container: Container | None = None,
    ) -> None:
        super().__init__(type, None, None, name)
        if container is None:
            self.container = Container(self, [None], strict=bool(strict), allow_downcast=allow_downcast)
            self._hold(value, borrow=True)
        elif value is not None or strict is not None:
            raise TypeError("value and strict are ignored if you pass a container here")
        else:
            self.container = container

    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any:
        """The value of now; the very object that is held with ``borrow``, else a copy."""
        value = self.container.value
        return value if borrow else copy.deepcopy(value)

    def set_value(self, new_value: Any, borrow: bool = False) -> None:
        """Give another value, in all functions that use the variable.

        Raises TypeError when the value does not fit the type.
        """
        self._hold(new_value, borrow)

    def zero(self, borrow: bool = False) -> None:
        """Set all elements to 0; with ``borrow`` within the array that is held."""
        if borrow:
            self.container.value[...] = 0
        else:
            self._hold(0 * self.container.value, borrow=True)

    @property
    def value(self) -> Any:
        raise AttributeError(_NO_VALUE)

    @value.setter
    def value(self, value: Any) -> None:
        raise AttributeError(_NO_VALUE)

    def clone(self) -> SharedVariable:
        """Another variable with the same value: setting one sets the other."""
        twin = self.__class__(self.name, self.type, None, None, container=self.container)
        twin._origin = self._origin
        if self._tag is not None:
            twin.tag.__dict__.update(self._tag.__dict__)
        return twin

    def _hold(self, value: Any, borrow: bool) -> None:
        self.container.value = value if borrow else copy.deepcopy(value)


class TensorSharedVariable(TensorOperators, SharedVariable):
    """A shared array.  What is held is contiguous in C order, aligned and writeable, so that native code may use it
    as it lies; an array that is not so is copied once, in spite of ``borrow``."""

    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any:
        value = self.container.value
        return value if borrow else value.copy()

    def _hold(self, value: Any, borrow: bool) -> None:
        array = self.container.filter(value)
        is_given = isinstance(value, np.ndarray) and np.may_share_memory(array, value)
        self.container.storage[0] = native_array(array, copy=is_given and not borrow)


class ScalarSharedVariable(TensorSharedVariable):
    """A shared array of no dimensions, made from a number."""


register_tensor_variable(TensorSharedVariable)
register_tensor_variable(ScalarSharedVariable)


def native_array(array: np.ndarray, copy: bool = False) -> np.ndarray:
    """``array``, or where needed a copy, in the form that native code may read and write."""
    flags = array.flags
    if (
        copy
        or type(array) is not np.ndarray
        or not (flags.c_contiguous and flags.aligned and flags.writeable)
    ):
        return np.array(array, order="C", copy=True, subok=False)
    return array


Constructor = Callable[..., SharedVariable]
_constructors: list[Constructor] = []
_ROOMS = {"scipy.sparse": "theano.sparse"}  # whose import registers the constructor for values made by a package


def shared_constructor(ctor: Constructor, remove: bool = False) -> Constructor:
    """Let ``shared`` ask ``ctor(value, name, strict, allow_downcast, **kwargs)``, before all that it knows already.

    A constructor that does not take the value raises TypeError.
    """
    if remove:
        _constructors.remove(ctor)
    else:
        _constructors.append(ctor)
    return ctor


def shared(
    value: Any,
    name: str | None = None,
    strict: bool = False,
    allow_downcast: bool | None = None,
    **kwargs: Any,
) -> SharedVariable:
    """A shared variable with the value ``value``.

    Parameters
    ----------
    value
        An array or number gives a tensor of its dtype (Python's int64, float64, bool), with no dimension known
        to be of length 1.  A list, a string, None and other objects are held as they are, without arithmetic.
    name
        How it is printed.
    strict, allow_downcast
        How values set later are taken; as in ``In``.
    kwargs
        ``borrow=True`` keeps the array itself; ``broadcastable=(True, False)`` declares lengths of 1.

    Raises
    ------
    TypeError
        When the value is symbolic, or no kind of shared variable takes it with these arguments.
    """
    if isinstance(value, Variable):
        raise TypeError(
            "Shared variable constructor needs numeric values and not symbolic variables.\n"
            f"    Found {value} of type {value.type}: evaluate it first, as in shared(x.eval())"
        )
    room = _ROOMS.get(".".join(type(value).__module__.split(".")[:2]))
    if room is not None:
        import_module(room)
    reasons = []
    for constructor in reversed(_constructors):
        try:
            return constructor(value, name=name, strict=strict, allow_downcast=allow_downcast, **kwargs)
        except TypeError as reason:
            reasons.append(f"    {getattr(constructor, '__name__', constructor)}: {reason}")
    raise TypeError(
        "No suitable SharedVariable constructor could be found. Are you sure all kwargs are supported? We do not "
        f'support the parameter dtype or type. value="{value}". parameters="{kwargs}"\n' + "\n".join(reasons)
    )


@shared_constructor
def generic_constructor(
    value: Any, name: str | None = None, strict: bool = False, allow_downcast: bool | None = None
) -> SharedVariable:
    """Any Python object."""
    return SharedVariable(name, generic, value, strict, allow_downcast)


@shared_constructor
def tensor_constructor(
    value: Any,
    name: str | None = None,
    strict: bool = False,
    allow_downcast: bool | None = None,
    borrow: bool = False,
    broadcastable: Any = None,
    target: str = "cpu",
) -> SharedVariable:
    """An array of numbers."""
    if target != "cpu":
        raise TypeError(f"not for target {target!r}")
    if not isinstance(value, np.ndarray):
        raise TypeError("not an array")
    pattern = (False,) * value.ndim if broadcastable is None else tuple(broadcastable)
    held = native_array(value, copy=not borrow)
    return TensorSharedVariable(name, TensorType(value.dtype.name, pattern), held, strict, allow_downcast)


@shared_constructor
def scalar_constructor(
    value: Any,
    name: str | None = None,
    strict: bool = False,
    allow_downcast: bool | None = None,
    borrow: bool = False,
    target: str = "cpu",
) -> SharedVariable:
    """A number of Python or NumPy."""
    if target != "cpu":
        raise TypeError(f"not for target {target!r}")
    if not isinstance(value, (bool, int, float, complex, np.number, np.bool_)):
        raise TypeError("not a number")
    array = np.array(value)
    return ScalarSharedVariable(name, TensorType(array.dtype.name, ()), array, strict, allow_downcast)
