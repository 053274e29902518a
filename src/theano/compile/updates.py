"""OrderedUpdates: which shared variables take which values; what scan returns and functions take as updates."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from theano.compile.shared import SharedVariable


class OrderedUpdates(OrderedDict):
    """A dict from shared variables to expressions.  ``a + b`` joins two that do not contradict each other."""

    def __init__(self, *key: Any, **kwargs: Any) -> None:
        super().__init__(*key, **kwargs)
        for variable in self:
            _require_shared(variable)

    def __setitem__(self, key: SharedVariable, value: Any) -> None:
        _require_shared(key)
        super().__setitem__(key, value)

    def update(self, other: Any = None) -> None:  # type: ignore[override]
        """Take over the updates of ``other``; KeyError where they contradict those that are there."""
        if other is None:
            return
        for key, value in dict(other).items():
            if key in self and self[key] is not value:
                raise KeyError("Collision", key)
            self[key] = value

    def __add__(self, other: Any) -> OrderedUpdates:
        joined = OrderedUpdates(self)
        joined.update(other)
        return joined

    def __radd__(self, other: Any) -> OrderedUpdates:
        joined = OrderedUpdates(other)
        joined.update(self)
        return joined


def _require_shared(key: object) -> None:
    if not isinstance(key, SharedVariable):
        raise TypeError("OrderedUpdates keys must be shared variables", key)
