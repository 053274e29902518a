"""Moving values between devices: on the CPU there is nowhere to go."""

from __future__ import annotations

from collections.abc import Callable

from theano.graph import Variable

_transfers: list[Callable[[Variable, str], Variable | None]] = []


def register_transfer(fn: Callable[[Variable, str], Variable | None]) -> None:
    """Let ``fn(variable, target)`` serve the targets it knows; for others it returns None."""
    if not callable(fn):
        raise TypeError(f"register_transfer needs a function, found {fn!r}")
    _transfers.append(fn)


def transfer(var: Variable, target: str) -> Variable:
    """``var`` on the device ``target``; ValueError when no such device is known."""
    if target == "cpu":
        return var
    for fn in _transfers:
        moved = fn(var, target)
        if moved is not None:
            return moved
    raise ValueError(f"Can't transfer to target {target}: only 'cpu' and the targets of register_transfer are known")
