"""Names of ``theano.printing`` for what identifies arrays, types and variables in texts, whatever the process."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np

from theano.graph import Variable
from theano.tensor.type import TensorType

use_ascii = True
special = {"middle_dot": r"\dot", "big_sigma": r"\Sigma"}
greek = {name: f"\\{name}" for name in ("alpha", "beta", "gamma", "delta", "epsilon")}


def hex_digest(x: np.ndarray) -> str:
    """The SHA-256 digest of an array's elements, with its strides and its shape.

    Examples
    --------
    >>> hex_digest(np.zeros(2))[64:]
    '|strides=[8]|shape=[2]'
    """
    if not isinstance(x, np.ndarray):
        raise AssertionError(f"hex_digest takes an array, found {type(x).__name__}")
    strides, shape = (",".join(map(str, numbers)) for numbers in (x.strides, x.shape))
    return f"{hashlib.sha256(x.tobytes()).hexdigest()}|strides=[{strides}]|shape=[{shape}]"


def position_independent_str(obj: Any) -> str:
    """A text of a tensor's type that is the same for all variables of the type.  NotImplementedError for other objects."""
    kind = getattr(obj, "type", None)
    if not isinstance(obj, Variable) or not isinstance(kind, TensorType):
        raise NotImplementedError(f"position_independent_str is for tensors, found {obj!r}")
    return f"TensorVariable(TensorType(broadcastable={kind.broadcastable},dtype={kind.dtype}))"


def var_descriptor(
    obj: Any, _prev_obs: dict[Any, str] | None = None, _tag_generator: Iterator[str] | None = None
) -> str:
    """One line that says how a variable is computed, the same in every process; what occurs again is called by its tag.

    Examples
    --------
    >>> import theano.tensor as T
    >>> x = T.dvector("x")
    >>> y = T.exp(x)
    >>> var_descriptor(y + y)
    '*1 -> Elemwise{add,no_inplace}(*2 -> Elemwise{exp,no_inplace}(*3 -> x), <*2>)'
    """
    tags: dict[Any, str] = {} if _prev_obs is None else _prev_obs
    further = (f"*{k}" for k in count(len(tags) + 1)) if _tag_generator is None else _tag_generator
    pieces: list[str] = []
    pending: list[Any] = [obj]
    while pending:
        thing = pending.pop()
        if isinstance(thing, str):
            pieces.append(thing)
        elif thing in tags:
            pieces.append(f"<{tags[thing]}>")
        else:
            tags[thing] = next(further)
            owner = getattr(thing, "owner", None)
            pieces.append(f"{tags[thing]} -> {_own_text(thing) if owner is None else owner.op}")
            if owner is not None:
                operands = [part for v in owner.inputs for part in (", ", v)][1:]
                pending += reversed(["(", *operands, ")"])
    return "".join(pieces)


def _own_text(v: Any) -> str:
    """A leaf: its name, else a constant's value and type, else the type."""
    if v.name is not None:
        return v.name
    data = getattr(v, "data", None)
    if isinstance(data, np.ndarray):
        return f"{v.type}{{{hex_digest(data)}}}"
    return str(v)
