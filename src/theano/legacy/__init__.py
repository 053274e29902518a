"""Module paths of Theano 1.0.5: thin files that import names from where they live now.

A package puts its mirror here behind its own files (``extend_path``), so ``import theano.gof.opt`` finds
``theano/legacy/gof/opt.py``, and a real module always wins.  A real module of an old name, from which old names have
moved away, finds those in its mirror (``old_names``).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec

FOLDER = os.path.dirname(__file__)
ABSENT = object()


def extend_path(path: Iterable[str], package: str) -> list[str]:
    """``path``, then the folder that mirrors ``package``: for a package's ``__path__``.

    >>> extend_path(["/src/theano/tensor"], "theano.tensor")[1].endswith("legacy/tensor")
    True
    """
    return [*path, os.path.join(FOLDER, *package.split(".")[1:])]


def old_names(module: str) -> Callable[[str], object]:
    """The ``__getattr__`` of a module or package of an old name, for what 1.0.5 offered there and is not at hand.

    That is a package's own module that nobody has imported yet (``T.nlinalg``), else a name in the module's mirror.
    """
    mirror = module.replace("theano", __name__, 1)

    def attribute(name: str) -> object:
        if name.isidentifier() and not name.startswith("__"):
            if hasattr(sys.modules[module], "__path__") and find_spec(f"{module}.{name}") is not None:
                return import_module(f"{module}.{name}")
            if mirror != __name__ and _exists(mirror):
                found = vars(import_module(mirror)).get(name, ABSENT)
                if found is not ABSENT:
                    return found
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return attribute


def _exists(module: str) -> bool:
    """Whether there is a module of this name; its packages may be missing too."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
