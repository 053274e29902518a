"""``save`` and ``load``."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

import numpy as np

from theano.compile.shared import SharedVariable
from theano.saving.damage import DamagedFile
from theano.saving.tree import leaves, restored, taken_apart

Path = str | os.PathLike[str]
Writer = Callable[[BinaryIO, dict[str, np.ndarray], str], None]
Reader = Callable[[BinaryIO], tuple[dict[str, np.ndarray], str | None]]


def save(path: Path, values: Any) -> None:
    """Keep parameters in a file.

    Parameters
    ----------
    path
        ``name.npz``, which ``numpy.load`` reads too, or ``name.safetensors``.  A file of that name is replaced once all
        has been written, so that there is a whole one at any time.
    values
        A shared variable, an array or a number; or a list, a tuple or a dict with names of these, nested as one likes;
        None may stand in it.

    Raises
    ------
    ValueError
        When the suffix is another one.
    TypeError
        When something in ``values`` is no array of numbers.

    Examples
    --------
    >>> import tempfile, theano
    >>> w = theano.shared([[1.0, 2.0]] * np.ones((2, 1)), "w")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save(f"{folder}/model.safetensors", {"layers": [w], "epoch": 3})
    ...     load(f"{folder}/model.safetensors")
    {'layers': [array([[1., 2.],
           [1., 2.]])], 'epoch': array(3)}
    """
    write, _ = _format(path)
    tree, arrays = taken_apart(values)
    with _replaced(path) as file:
        write(file, arrays, json.dumps(tree))


def load(path: Path, into: Any = None) -> Any:
    """What ``save`` has kept, as it stood in lists and dicts, with arrays for all values.

    Parameters
    ----------
    path
        A file of ``save``; or one that another program has written in one of its formats: that is a dict of arrays.
    into
        Shared variables in the form in which they were saved, as ``values`` of ``save``: they are given the values,
        all of them or, where one does not fit, none.

    Raises
    ------
    DamagedFile
        A ValueError: the file is cut off, changed, or not of this format.
    ValueError
        When ``into`` has another form than what was saved.
    TypeError
        When a value is of another type than the shared variable that is to hold it.
    """
    _, read = _format(path)
    with open(path, "rb") as file:
        try:
            arrays, tree = read(file)
            found = dict(sorted(arrays.items())) if tree is None else restored(_parsed(tree), arrays)
        except DamagedFile as problem:
            raise DamagedFile(f"{os.fspath(path)}: {problem}") from None
    if into is not None:
        _give(into, found)
    return found


def _parsed(tree: str) -> Any:
    try:
        return json.loads(tree)
    except (json.JSONDecodeError, RecursionError):
        raise DamagedFile("the text about its lists and dicts is no JSON") from None


def _format(path: Path) -> tuple[Writer, Reader]:
    suffix = os.path.splitext(os.fspath(path))[1]
    if suffix == ".npz":
        from theano.saving import npz

        return npz.write, npz.read
    if suffix == ".safetensors":
        from theano.saving import safetensors

        return safetensors.write, safetensors.read
    raise ValueError(f"parameters are kept in files called .npz or .safetensors, found {os.fspath(path)!r}")


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    """A new file, which takes the place of ``path`` when all has gone well."""
    target = os.path.realpath(path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name}.{secrets.token_hex(8)}")
    try:
        with open(temporary, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        if os.path.exists(temporary):
            os.unlink(temporary)
        raise


def _give(into: Any, found: Any) -> None:
    """Set the shared variables in ``into``."""
    targets, values = leaves(into), leaves(found)
    if set(targets) != set(values):
        missing, more = sorted(set(targets) - set(values)), sorted(set(values) - set(targets))
        raise ValueError(f"load(into=...) needs the form that was saved: not in the file {missing}, only there {more}")
    accepted = []
    for place, target in targets.items():
        if not isinstance(target, SharedVariable):
            raise TypeError(f"load(into=...) needs shared variables, found {target!r} at {place or 'the top'}")
        try:
            value = target.type.filter(values[place], strict=True)
        except TypeError as problem:
            raise TypeError(
                f"{place or 'the value'} in the file, {values[place].dtype} of shape {values[place].shape}, does not fit "
                f"{target}, {target.type}: {problem}"
            ) from None
        accepted.append((target, value))
    for target, value in accepted:
        target.set_value(value, borrow=True)
