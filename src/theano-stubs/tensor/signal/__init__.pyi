"""Operations on signals and images: convolution without channels, pooling.  Its modules need their own import."""

from collections.abc import Callable
from collections.abc import Iterable
from typing import Any

from theano.tensor.signal import conv as conv
from theano.tensor.signal import pool as pool
def extend_path(path: Iterable[str], package: str) -> list[str]:
    """``path``, then the folder that mirrors ``package``: for a package's ``__path__``."""
def old_names(module: str) -> Callable[[str], object]:
    """The ``__getattr__`` of a module or package of an old name, for what 1.0.5 offered there and is not at hand."""
