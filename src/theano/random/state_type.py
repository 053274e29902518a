"""The type of NumPy's random states."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.graph import Type


class RandomStateType(Type):
    """States of NumPy's legacy generator, ``numpy.random.RandomState``."""

    def filter(self, value: Any, strict: bool = False, allow_downcast: bool | None = None) -> Any:
        if not isinstance(value, np.random.RandomState):
            raise TypeError(f"a numpy.random.RandomState is needed, found {type(value).__name__}")
        return value

    def is_valid_value(self, value: Any) -> bool:
        return isinstance(value, np.random.RandomState)

    def values_eq(self, a: Any, b: Any) -> bool:
        """Whether two states will give the same numbers."""
        return all([np.array_equal(x, y) for x, y in zip(_parts(a), _parts(b), strict=True)])

    @staticmethod
    def may_share_memory(a: Any, b: Any) -> bool:
        return a is b

    def get_shape_info(self, obj: Any) -> None:
        return None

    def get_size(self, shape_info: Any) -> int:
        """Bytes of a state."""
        return sum(np.asarray(part).nbytes for part in _parts(np.random.RandomState(0))[1:])

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(RandomStateType)

    def __str__(self) -> str:
        return "RandomStateType"

    __repr__ = __str__


random_state_type = RandomStateType()


def copy_of_state(state: np.random.RandomState) -> np.random.RandomState:
    """Another state that will give the same numbers.  Quicker than ``copy.deepcopy``."""
    other = np.random.RandomState(0)
    other.set_state(state.get_state())
    return other


def _parts(state: np.random.RandomState) -> tuple[Any, ...]:
    return tuple(state.get_state(legacy=True))
