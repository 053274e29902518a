"""Arrays from files, read when a function is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Constant, Generic, Op, Variable
from theano.legacy import old_names
from theano.tensor.type import tensor_type


class LoadFromDisk(Op):
    """The array in a ``.npy`` file, read anew at every call.

    path       a variable of type Generic: the file's name, a str
    mmap_mode  None: the file is read; "c": its pages are mapped, and read where they are used, without being changed

    Raises TypeError at run time where the file's array is of another dtype or number of dimensions.
    """

    __props__ = ("dtype", "broadcastable", "mmap_mode")

    def __init__(self, dtype: Any, broadcastable: Sequence[bool], mmap_mode: str | None = None) -> None:
        if mmap_mode not in (None, "c"):
            raise ValueError(f"The only supported values for mmap_mode are None and 'c', got {mmap_mode}")
        self.dtype = np.dtype(dtype).name
        self.broadcastable = tuple(broadcastable)
        self.mmap_mode = mmap_mode

    def make_node(self, path: Any) -> Apply:
        path = Constant(Generic(), path) if isinstance(path, str) else path
        if not isinstance(path, Variable) or not isinstance(path.type, Generic):
            raise TypeError(f"load needs a path that is a str or a variable of type Generic, found {path!r}")
        return Apply(self, [path], [tensor_type(self.dtype, self.broadcastable)()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        (path,) = inputs
        found = np.load(path, mmap_mode=self.mmap_mode)  # type: ignore[arg-type]
        if found.dtype.name != self.dtype:
            raise TypeError(f"Expected dtype {self.dtype}, got {found.dtype} instead\n    in the file {path}")
        if found.ndim != len(self.broadcastable):
            raise TypeError(
                f"Expected {len(self.broadcastable)} dimensions, got {found.ndim} instead\n    in the file {path}"
            )
        outputs[0][0] = np.asarray(found)

    def do_constant_folding(self, node: Apply) -> bool:
        return False  # the file may change between two calls


def load(path: Any, dtype: Any, broadcastable: Sequence[bool], mmap_mode: str | None = None) -> Variable:
    """The array in the ``.npy`` file ``path``, read anew at every call; see LoadFromDisk.

    >>> x = load("weights.npy", "float64", (False, False))
    """
    return LoadFromDisk(dtype, broadcastable, mmap_mode)(path)


__getattr__ = old_names(__name__)
