"""Lists and dicts of arrays taken apart to arrays with names, and put together again.

A tree is what JSON can hold: the name of an array, None, ``{"list": [trees]}``, ``{"tuple": [trees]}`` or
``{"dict": {key: tree}}``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theano.compile.shared import SharedVariable
from theano.saving.damage import require_sound

Tree = str | dict[str, Any] | None


def taken_apart(values: Any) -> tuple[Tree, dict[str, np.ndarray]]:
    """The tree of ``values`` and its arrays, whose names are the keys and positions that lead to them: ``layers.0.W``."""
    arrays: dict[str, np.ndarray] = {}

    def tree_of(value: Any, place: tuple[str, ...]) -> Tree:
        if value is None:
            return None
        if isinstance(value, dict):
            for key in value:
                if not isinstance(key, str) or not key:
                    raise TypeError(f"names must be strings, found {key!r} in {'.'.join(place) or 'the dict'}")
            return {"dict": {key: tree_of(item, (*place, key)) for key, item in value.items()}}
        if isinstance(value, (list, tuple)):
            kind = "list" if isinstance(value, list) else "tuple"
            return {kind: [tree_of(item, (*place, str(k))) for k, item in enumerate(value)]}
        name = ".".join(place) or "value"
        if name in arrays:
            raise ValueError(f"two values would be called {name!r}: no dot in a key, please")
        arrays[name] = _array(value, name)
        return name

    return tree_of(values, ()), arrays


def _array(value: Any, name: str) -> np.ndarray:
    held = value.get_value(borrow=True) if isinstance(value, SharedVariable) else value
    if not isinstance(held, (np.ndarray, np.generic, bool, int, float, complex)):
        raise TypeError(
            f"{name} is a {type(held).__name__}: parameters are arrays and shared variables that hold arrays; "
            "what else there is can be pickled"
        )
    array = np.asarray(held)
    if array.dtype.kind not in "biufc":
        raise TypeError(f"{name} is an array of {array.dtype}: only arrays of numbers can be kept")
    return array.astype(array.dtype.newbyteorder("="), copy=False)


def restored(tree: Any, arrays: dict[str, np.ndarray]) -> Any:
    """``values`` of ``taken_apart``, whose result may have been changed by anybody since."""
    unused = set(arrays)

    def value_of(tree: Any, depth: int) -> Any:
        require_sound(depth < 100, "lists in lists, a hundred deep")
        match tree:
            case None:
                return None
            case str() if tree in unused:
                unused.remove(tree)
                return arrays[tree]
            case {"dict": dict() as items} if len(tree) == 1:
                return {key: value_of(item, depth + 1) for key, item in items.items()}
            case {"list": list() as items} if len(tree) == 1:
                return [value_of(item, depth + 1) for item in items]
            case {"tuple": list() as items} if len(tree) == 1:
                return tuple(value_of(item, depth + 1) for item in items)
        require_sound(False, f"its lists and dicts speak of {str(tree)[:60]!r}, which is not there")

    values = value_of(tree, 0)
    require_sound(not unused, f"{sorted(unused)} stand in no list or dict")
    return values


def leaves(values: Any) -> dict[str, Any]:
    """What stands in lists and dicts, by the keys and positions that lead to it."""
    found: dict[str, Any] = {}

    def walk(value: Any, place: tuple[str, ...]) -> None:
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in items:
            here = (*place, str(key))
            if isinstance(item, (dict, list, tuple)):
                walk(item, here)
            elif item is not None:
                found[".".join(here)] = item

    if not isinstance(values, (dict, list, tuple)):
        return {"": values}
    walk(values, ())
    return found
