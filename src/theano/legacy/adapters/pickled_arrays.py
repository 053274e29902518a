"""theano.misc.pkl_utils: pickles that keep their arrays apart, in one archive that ``numpy.load`` reads too.

    pkl        the pickle
    array_0    an array that it refers to
    W          the array of the shared variable of that name
"""

from __future__ import annotations

import pickle
import sys
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import IO, Any

import numpy as np

from theano.compile.shared import SharedVariable
from theano.graph import Scratchpad

min_recursion = 3000  # nested calls of the pickler while it walks a graph


@contextmanager
def _deep_graphs() -> Iterator[None]:
    """Let the pickler nest as many calls as graphs of some hundred applications in a row need."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, min_recursion))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class StripPickler(pickle._Pickler):  # type: ignore[name-defined]
    """A pickler that leaves out traces and test values of variables, and other attributes of their tags.

    >>> import io, pickle, theano.tensor as T
    >>> x = T.dscalar("x")
    >>> x.tag.test_value = 1.0
    >>> file = io.BytesIO()
    >>> StripPickler(file, protocol=-1).dump(x)
    >>> hasattr(pickle.loads(file.getvalue()).tag, "test_value")
    False
    """

    def __init__(self, file: IO[bytes], protocol: int = 0, extra_tag_to_remove: str | None = None) -> None:
        super().__init__(file, protocol)
        self.tag_to_remove = ["trace", "test_value", *([extra_tag_to_remove] if extra_tag_to_remove else [])]
        self._stripped: dict[int, tuple[Scratchpad, Scratchpad]] = {}  # by the id of what stays alive in it

    def dump(self, obj: Any) -> None:
        with _deep_graphs():
            super().dump(obj)

    def save(self, obj: Any, *args: Any, **kwargs: Any) -> None:
        if isinstance(obj, Scratchpad):
            if id(obj) not in self._stripped:
                twin = Scratchpad()
                twin.__dict__.update((k, v) for k, v in vars(obj).items() if k not in self.tag_to_remove)
                self._stripped[id(obj)] = obj, twin
            obj = self._stripped[id(obj)][1]
        super().save(obj, *args, **kwargs)  # type: ignore[misc]


class CompatUnpickler(pickle._Unpickler):  # type: ignore[name-defined]
    """An unpickler for what Python 2 has pickled, given ``encoding="latin1"``."""


def load_reduce(self: CompatUnpickler) -> None:
    """Carry out what an object's ``__reduce__`` told."""
    pickle._Unpickler.load_reduce(self)  # type: ignore[attr-defined]


class PersistentNdarrayID:
    """What a pickler asks about each object: an array goes into the archive, once, and its name into the pickle."""

    def __init__(self, zip_file: zipfile.ZipFile) -> None:
        self.zip_file = zip_file
        self.count = 0
        self.seen: dict[int, tuple[str, Any]] = {}

    def _resolve_name(self, obj: Any) -> str:
        name = f"array_{self.count}"
        self.count += 1
        return name

    def __call__(self, obj: Any) -> str | None:
        if type(obj) is not np.ndarray or obj.dtype.hasobject:
            return None
        if id(obj) not in self.seen:
            name = self._resolve_name(obj)
            zipadd(lambda file: np.lib.format.write_array(file, obj, allow_pickle=False), self.zip_file, name)
            self.seen[id(obj)] = f"ndarray.{name}", obj
        return self.seen[id(obj)][0]


class PersistentGpuArrayID(PersistentNdarrayID):
    """The same: there are no arrays on GPUs."""


class PersistentSharedVariableID(PersistentGpuArrayID):
    """The array of a shared variable has the variable's name; of two with one name the second is called ``name_2``.

    allow_unnamed     False: a ValueError for a shared variable without a name
    allow_duplicates  False: a ValueError for the second variable of a name
    """

    def __init__(self, zip_file: zipfile.ZipFile, allow_unnamed: bool = True, allow_duplicates: bool = True) -> None:
        super().__init__(zip_file)
        self.allow_unnamed, self.allow_duplicates = allow_unnamed, allow_duplicates
        self.name_counter: dict[str, int] = {}
        self.ndarray_names: dict[int, str] = {}

    def _resolve_name(self, obj: Any) -> str:
        name = self.ndarray_names.get(id(obj))
        if name is None:
            return super()._resolve_name(obj)
        count = self.name_counter[name] = self.name_counter.get(name, 0) + 1
        if count == 1:
            return name
        if not self.allow_duplicates:
            raise ValueError(f"There is more than one shared variable with the name {name!r}")
        return f"{name}_{count}"

    def __call__(self, obj: Any) -> str | None:
        if isinstance(obj, SharedVariable) and isinstance(obj.container.storage[0], np.ndarray):
            if obj.name:
                if obj.name == "pkl":
                    raise ValueError("the name 'pkl' is taken by the pickle itself")
                self.ndarray_names[id(obj.container.storage[0])] = obj.name
            elif not self.allow_unnamed:
                raise ValueError(f"{obj} of {obj.type} has no name")
        return super().__call__(obj)


class PersistentNdarrayLoad:
    """What an unpickler asks about a name: its array, which is read once."""

    def __init__(self, zip_file: zipfile.ZipFile) -> None:
        self.zip_file = zip_file
        self.cache: dict[str, np.ndarray] = {}

    def __call__(self, persid: str) -> np.ndarray:
        kind, _, name = persid.partition(".")
        if kind != "ndarray":
            raise pickle.UnpicklingError(f"the pickle refers to a {kind}, which this version does not hold")
        if name not in self.cache:
            with self.zip_file.open(name) as file:
                self.cache[name] = np.lib.format.read_array(file, allow_pickle=False)
        return self.cache[name]


def dump(
    obj: Any,
    file_handler: IO[bytes],
    protocol: int = 4,
    persistent_id: Callable[[zipfile.ZipFile], Callable[[Any], Any]] = PersistentSharedVariableID,
) -> None:
    """Pickle ``obj`` into an archive with an array for each array in it.

    >>> import io, theano
    >>> file = io.BytesIO()
    >>> dump([theano.shared(1.5, "rate"), np.arange(3)], file)
    >>> _ = file.seek(0)
    >>> sorted(np.load(file).keys())
    ['array_0', 'pkl', 'rate']
    >>> load(file)[0].get_value()
    array(1.5)
    """
    with closing(zipfile.ZipFile(file_handler, "w", zipfile.ZIP_DEFLATED, allowZip64=True)) as archive:

        def pickled(file: IO[bytes]) -> None:
            pickler = _Referring(file, protocol, persistent_id(archive))
            with _deep_graphs():
                pickler.dump(obj)

        zipadd(pickled, archive, "pkl")


def load(f: IO[bytes], persistent_load: Callable[[zipfile.ZipFile], Callable[[Any], Any]] = PersistentNdarrayLoad) -> Any:
    """What ``dump`` has kept.  As with every pickle, whoever made it decides what is carried out."""
    with closing(zipfile.ZipFile(f, "r")) as archive, archive.open("pkl") as file, _deep_graphs():
        return _Resolving(file, persistent_load(archive)).load()


def zipadd(func: Callable[[IO[bytes]], Any], zip_file: zipfile.ZipFile, name: str) -> None:
    """Let ``func`` write a file, and put it into the archive under ``name``."""
    with tempfile.TemporaryFile() as file:
        func(file)
        file.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of a name that is there already
            zip_file.writestr(name, file.read())


class _Referring(pickle.Pickler):
    """A pickler with somebody to ask about each object."""

    def __init__(self, file: IO[bytes], protocol: int, ask: Callable[[Any], Any]) -> None:
        super().__init__(file, protocol)
        self._ask = ask

    def persistent_id(self, obj: Any) -> Any:
        return self._ask(obj)


class _Resolving(pickle.Unpickler):
    """An unpickler with somebody to ask about each name."""

    def __init__(self, file: IO[bytes], ask: Callable[[Any], Any]) -> None:
        super().__init__(file)
        self._ask = ask

    def persistent_load(self, persid: Any) -> Any:
        return self._ask(persid)
