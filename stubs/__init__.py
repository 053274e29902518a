"""Type stubs of the package's public names, made from the objects themselves: ``python -m stubs`` writes src/theano-stubs.

Much of what a program imports exists only at run time: ``T.dmatrix`` and ``T.exp`` are objects, and the module paths of
Theano 1.0.5 are served by mirrors.  Type checkers and editors read these stubs in place of the sources.

modules.py       which modules there are, and which names each has
annotations.py   annotations of the sources, as they can stand in a stub
declarations.py  one function, class or object as text
exceptions.py    what is written by hand: result types that no annotation tells
"""

from __future__ import annotations

import sys
from pathlib import Path

from stubs import exceptions
from stubs.declarations import module_text
from stubs.modules import Modules, home, public_modules, rooms_of_classes, rooms_of_shadowed_names

FOLDER = Path(__file__).parent.parent / "src" / "theano-stubs"

TYPES = '''\
"""What parameters accept."""

from typing import Any, TypeAlias

import numpy as np

from theano.graph import Variable

# What becomes a variable by itself: numbers, arrays, lists and tuples of them, variables.
TensorLike: TypeAlias = Variable | complex | np.generic | np.ndarray[Any, Any] | list[Any] | tuple[Any, ...] | range
'''


def all_modules() -> Modules:
    """Every module that has a stub, with the names that stand in it."""
    modules = public_modules()
    modules = modules | rooms_of_classes(modules)
    return modules | rooms_of_shadowed_names(modules)


def generate() -> dict[str, str]:
    """The text of every file below src/theano-stubs, by its path from there."""
    modules = all_modules()
    for name in list(modules):
        for k in (k for k, c in enumerate(name) if c == "."):
            modules.setdefault(name[:k], {})  # packages above
    packages = {name for name in modules if hasattr(sys.modules.get(name), "__path__")}
    files = {"py.typed": "partial\n", "_types.pyi": TYPES}
    for name, names in modules.items():
        path = "/".join(name.split(".")[1:])
        if name in packages:
            path = f"{path}/__init__".removeprefix("/")
        files[f"{path}.pyi"] = module_text(name, names, modules)
    return dict(sorted(files.items()))


def unused_exceptions() -> list[str]:
    """Entries of ``exceptions`` under names that no stub has."""
    modules = all_modules()
    places = {
        f"{module}.{name}"
        for module, names in modules.items()
        for name, value in names.items()
        if home(value, name, modules) == (module, name)
    }
    keys = [*exceptions.DECLARATIONS, *exceptions.MEMBERS, *exceptions.RESULTS]
    return [key for key in keys if key not in places and key.rpartition(".")[0] not in places]


def write() -> None:
    """Bring src/theano-stubs up to date; files of modules that are gone are removed."""
    files = generate()
    for path in FOLDER.rglob("*"):
        if path.is_file() and path.relative_to(FOLDER).as_posix() not in files:
            path.unlink()
    for name, text in files.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
