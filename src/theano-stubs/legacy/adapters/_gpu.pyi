from typing import Any

class _Presence:
    """A function that says no, and why in its attribute ``msg``."""
    avail: bool
    msg: str
    def __call__(self) -> bool: ...
