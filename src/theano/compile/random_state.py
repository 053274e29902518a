"""Shared random states: what ``shared(numpy.random.RandomState(seed))`` gives."""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.compile.shared import SharedVariable, shared_constructor
from theano.late import is_imported
from theano.random.state_type import copy_of_state, random_state_type


class RandomStateSharedVariable(SharedVariable):
    """A shared state of NumPy's legacy generator."""

    def get_value(self, borrow: bool = False, return_internal_type: bool = False) -> Any:
        value = self.container.value
        return value if borrow else copy_of_state(value)

    def _hold(self, value: Any, borrow: bool) -> None:
        self.container.value = value if borrow or value is None else copy_of_state(self.container.filter(value))


@shared_constructor
def randomstate_constructor(
    value: Any,
    name: str | None = None,
    strict: bool = False,
    allow_downcast: bool | None = None,
    borrow: bool = False,
) -> SharedVariable:
    """A random state of NumPy's."""
    if not is_imported("numpy.random") or not isinstance(value, np.random.RandomState):
        raise TypeError("not a RandomState")
    held = value if borrow else copy_of_state(value)
    return RandomStateSharedVariable(name, random_state_type, held, strict, allow_downcast)
