"""Data classes whose methods are made when they are first used."""

from typing import Any

__all__ = ['dataclass']
def dataclass(cls: Any = None, *, frozen: Any = False, eq: Any = True, repr: Any = True, slots: Any = False) -> Any:
    """As ``dataclasses.dataclass``, whose further parameters have their default."""
