"""Which modules have stubs, and which names stand in each."""

from __future__ import annotations

import csv
import importlib
import inspect
import types
import warnings
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "src" / "theano"
INVENTORY = ROOT / "tests" / "legacy" / "inventory.tsv"  # public names of Theano 1.0.5
INTERNAL = (
    "theano.legacy",
    "theano.backends",
    "theano.loops",
    "theano.rewrite",
    "theano.command_line",
)  # rooms that no program imports
FURTHER = ("theano.compile.convolutions",)  # modules of packages that programs import, too
PLAIN = (bool, int, float, complex, str, bytes, tuple, list, dict, set, frozenset)

Modules = dict[str, dict[str, Any]]  # from a module's name to its public names and what they are


@cache
def inventory() -> dict[str, tuple[str, ...]]:
    """The public names of each module of Theano 1.0.5."""
    found: dict[str, list[str]] = {}
    with open(INVENTORY, encoding="utf-8", newline="") as file:
        for row in list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]:
            found.setdefault(row[0], []).append(row[1])
    return {module: tuple(names) for module, names in found.items()}


def _dotted(path: Path, folder: Path) -> str:
    parts = path.relative_to(folder).with_suffix("").parts
    return ".".join(["theano", *(parts[:-1] if parts[-1] == "__init__" else parts)])


def _candidates() -> Iterable[str]:
    """Names of modules: those of 1.0.5, the mirrors of its paths, packages, and files beside theano/__init__.py."""
    yield from (*inventory(), *FURTHER)
    yield from (_dotted(path, SOURCES / "legacy") for path in sorted((SOURCES / "legacy").rglob("*.py")))
    yield from (_dotted(path, SOURCES) for path in sorted(SOURCES.rglob("__init__.py")))
    yield from (_dotted(path, SOURCES) for path in sorted(SOURCES.glob("*.py")))


def is_public(module: str) -> bool:
    """Whether programs import it: no part of its name begins with an underscore, and its room is no inner one."""
    inside = any(module == room or module.startswith(f"{room}.") for room in (*INTERNAL, "theano.adapters"))
    return not inside and not any(part.startswith("_") for part in module.split("."))


def public_modules() -> Modules:
    """All modules that programs import, with their packages."""
    names = {name for name in _candidates() if is_public(name)}
    names |= {name[:k] for name in names for k, c in enumerate(name) if c == "."}
    found: Modules = {}
    for name in sorted(names):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                module = importlib.import_module(name)
            except ModuleNotFoundError:
                continue  # a module of 1.0.5 that docs/compatibility.md calls absent
            found[name] = public_names(module)
    return found


def public_names(module: types.ModuleType) -> dict[str, Any]:
    """The names that programs may import from a module, in order, and what they are."""
    offered = vars(module)
    names = list(getattr(module, "__all__", ()))
    names += getattr(module, "_ELSEWHERE", ())
    names += inventory().get(module.__name__, ())
    mirror = _mirror(module.__name__)
    only_imports = mirror is not None and mirror.__file__ == module.__file__  # lists names, does nothing else
    if mirror is not None:
        names += [name for name, value in vars(mirror).items() if _is_ours(value)]
    is_package = hasattr(module, "__path__") and "__all__" not in offered
    for name, value in offered.items():
        made_here = getattr(value, "__module__", None) == module.__name__
        if made_here or ((is_package or only_imports) and _is_ours(value)):
            names.append(name)
    found: dict[str, Any] = {}
    for name in dict.fromkeys(names):
        if name.startswith("_") or not name.isidentifier():
            continue
        try:
            value = getattr(module, name)
        except (AttributeError, ImportError):
            continue
        if not isinstance(value, types.ModuleType):
            found[name] = value
    return found


def _mirror(name: str) -> types.ModuleType | None:
    try:
        return (
            importlib.import_module(name.replace("theano", "theano.legacy", 1)) if name != "theano" else None
        )
    except ModuleNotFoundError:
        return None


def _is_ours(value: object) -> bool:
    """Whether the value was made by this package, as far as it tells."""
    if isinstance(value, (types.ModuleType, types.GenericAlias)):
        return False
    if inspect.isclass(value) or inspect.isfunction(value):
        return value.__module__.startswith("theano") and value.__module__ != "theano.legacy"
    return isinstance(value, PLAIN) or type(value).__module__.startswith("theano")


def rooms_of_classes(modules: Modules) -> Modules:
    """Classes that public objects inherit from and that are not public themselves, under the modules that stubs give
    to them: a module that is not public either is written with an underscore."""
    public = {id(value) for names in modules.values() for value in names.values()}
    found: Modules = {}
    for names in list(modules.values()):
        for value in names.values():
            for base in inspect.getmro(value if inspect.isclass(value) else type(value)):
                room = base.__module__
                if room.startswith("theano") and id(base) not in public:
                    if room not in modules:  # its name may be that of a function beside it: T.alloc
                        room = "._".join(room.rsplit(".", 1))
                    found.setdefault(room, dict(modules.get(room, {})))[base.__name__] = base
    return found


def rooms_of_shadowed_names(modules: Modules) -> Modules:
    """Functions and classes whose package has a file of their name (``T.alloc``, theano/tensor/alloc.py), under modules
    that stubs give to them: where imports go in a circle, a type checker would take the file for what is imported."""
    found: Modules = {}
    for module, names in modules.items():
        folder = SOURCES.joinpath(*module.split(".")[1:])
        for name, value in names.items():
            has_file = (
                (folder / f"{name}.py").exists() or (folder / name).is_dir() or f"{module}.{name}" in modules
            )
            if has_file and home(value, name, modules) == (module, name):
                found.setdefault(f"{module}._{name}", dict(modules.get(f"{module}._{name}", {})))[name] = (
                    value
                )
    return found


def home(value: Any, name: str, modules: Modules) -> tuple[str, str] | None:
    """The module and the name under which a class, function or object is declared; others import it from there.

    The module in which it was made, if that has a stub; else the nearest package above that offers it, else the
    first module that does.  None for plain values, which are declared wherever they are found.
    """
    if isinstance(value, PLAIN) or value is None:
        return None
    return _homes(modules).get(id(value))


_cached: tuple[int, dict[int, tuple[str, str]]] = (0, {})


def _homes(modules: Modules) -> dict[int, tuple[str, str]]:
    global _cached
    if _cached[0] == id(modules):
        return _cached[1]
    offers: dict[int, list[tuple[str, str]]] = {}
    for module, names in modules.items():
        for name, value in names.items():
            offers.setdefault(id(value), []).append((module, name))
    homes = {}
    for names in modules.values():
        for value in names.values():
            made_in = getattr(value, "__module__", None) or type(value).__module__
            own_name = getattr(value, "__name__", None)
            homes[id(value)] = min(
                offers[id(value)],
                key=lambda offer: (
                    "._" not in offer[0],
                    offer[0] != made_in,
                    -len(offer[0]) if made_in.startswith(f"{offer[0]}.") else 0,
                    offer[0].count("."),
                    offer[0],
                    offer[1] != own_name,
                ),
            )
    _cached = (id(modules), homes)
    return homes
