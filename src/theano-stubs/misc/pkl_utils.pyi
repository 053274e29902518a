"""theano.misc.pkl_utils of Theano 1.0.5."""

import numpy
from collections.abc import Callable
from typing import Any
from typing import IO

__all__ = ['CompatUnpickler', 'PersistentGpuArrayID', 'PersistentNdarrayID', 'PersistentNdarrayLoad', 'PersistentSharedVariableID', 'SharedVariable', 'StripPickler', 'config', 'dump', 'load', 'load_reduce', 'min_recursion', 'zipadd']
class CompatUnpickler:
    """An unpickler for what Python 2 has pickled, given ``encoding="latin1"``."""
class PersistentGpuArrayID(PersistentNdarrayID):
    """The same: there are no arrays on GPUs."""
class PersistentNdarrayID:
    """What a pickler asks about each object: an array goes into the archive, once, and its name into the pickle."""
    zip_file: Any
    count: Any
    seen: dict[int, tuple[str, Any]]
    def __init__(self, zip_file: Any) -> None: ...
    def __call__(self, obj: Any) -> str | None: ...
class PersistentNdarrayLoad:
    """What an unpickler asks about a name: its array, which is read once."""
    zip_file: Any
    cache: dict[str, numpy.ndarray]
    def __init__(self, zip_file: Any) -> None: ...
    def __call__(self, persid: str) -> numpy.ndarray: ...
class PersistentSharedVariableID(PersistentGpuArrayID):
    """The array of a shared variable has the variable's name; of two with one name the second is called ``name_2``."""
    allow_unnamed: Any
    allow_duplicates: Any
    name_counter: dict[str, int]
    ndarray_names: dict[int, str]
    def __init__(self, zip_file: Any, allow_unnamed: bool = True, allow_duplicates: bool = True) -> None: ...
    def __call__(self, obj: Any) -> str | None: ...
from theano.compile import SharedVariable as SharedVariable
class StripPickler:
    """A pickler that leaves out traces and test values of variables, and other attributes of their tags."""
    tag_to_remove: Any
    def __init__(self, file: IO[bytes], protocol: int = 0, extra_tag_to_remove: str | None = None) -> None: ...
    def dump(self, obj: Any) -> None: ...
    def save(self, obj: Any, *args: Any, **kwargs: Any) -> None: ...
from theano.configuration import config as config
def dump(obj: Any, file_handler: IO[bytes], protocol: int = 4, persistent_id: Callable[[Any], Callable[[Any], Any]] = ...) -> None:
    """Pickle ``obj`` into an archive with an array for each array in it."""
def load(f: IO[bytes], persistent_load: Callable[[Any], Callable[[Any], Any]] = ...) -> Any:
    """What ``dump`` has kept.  As with every pickle, whoever made it decides what is carried out."""
def load_reduce(self: CompatUnpickler) -> None:
    """Carry out what an object's ``__reduce__`` told."""
min_recursion: int
def zipadd(func: Callable[[IO[bytes]], Any], zip_file: Any, name: str) -> None:
    """Let ``func`` write a file, and put it into the archive under ``name``."""
