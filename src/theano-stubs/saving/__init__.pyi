"""Parameters in files: ``save`` and ``load`` of arrays and shared variables as ``.npz`` or ``.safetensors``."""

from theano import ShapeMismatch
from typing import Any

__all__ = ['DamagedFile', 'load', 'save']
class DamagedFile(ShapeMismatch, ValueError):
    """A file that is cut off, changed, or of another format."""
def load(path: Any, into: Any = None) -> Any:
    """What ``save`` has kept, as it stood in lists and dicts, with arrays for all values."""
def save(path: Any, values: Any) -> None:
    """Keep parameters in a file."""
