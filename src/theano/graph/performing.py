"""Carrying out one application as its op says: by ``perform``, with parameters where it has some, or by a thunk.

Ops written for Theano 1.0.5 may give ``make_thunk`` instead of ``perform``, and ``prepare_node``, which is called once
for each application.  C code is never used.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Any
from weakref import WeakSet

import numpy as np

from theano.graph.errors import MethodNotDefined
from theano.graph.op import Op
from theano.graph.origin import stacklevel
from theano.graph.variable import Apply

_told: WeakSet[type] = WeakSet()  # classes of ops whose C code has been spoken of


def perform_node(node: Apply, values: Sequence[Any]) -> list[Any]:
    """The values of a node's outputs."""
    if not is_performed(node):
        return _thunk_of(node)(values)
    if type(node.op).prepare_node is not Op.prepare_node:
        _prepare(node)
    storage: list[list] = [[None] for _ in node.outputs]
    perform_into(node, values, storage)
    return [cell[0] for cell in storage]


def perform_into(node: Apply, values: Sequence[Any], storage: Sequence[list]) -> None:
    """Call ``perform`` with cells for the outputs, in which arrays may lie that it may use."""
    op = node.op
    params = () if op.params_type is None else (op.params_type.filter(op.get_params(node)),)
    op.perform(node, list(values), storage, *params)


def is_performed(node: Apply) -> bool:
    """Whether ``perform`` carries the node out, not a thunk."""
    kind = type(node.op)
    return kind.make_thunk is Op.make_thunk and kind.make_py_thunk is Op.make_py_thunk


def _prepare(node: Apply) -> None:
    """Call the op's ``prepare_node`` unless that has been done for this node."""
    if not hasattr(node.tag, "is_prepared"):
        storage: dict[Any, list] = {v: [None] for v in (*node.inputs, *node.outputs)}
        node.op.prepare_node(node, storage, {v: [True] for v in storage}, "py")
        node.tag.is_prepared = True


def _thunk_of(node: Apply) -> Callable[[Sequence[Any]], list[Any]]:
    """The node's thunk, made once, as a function of the inputs' values."""
    found = getattr(node.tag, "thunk", None)
    if found is not None:
        return found
    storage: dict[Any, list] = {v: [getattr(v, "data", None)] for v in (*node.inputs, *node.outputs)}
    computed = {v: [v in node.inputs] for v in storage}
    thunk = node.op.make_thunk(node, storage, computed, [])
    turn = threading.RLock()  # what a thunk reads and writes belongs to it

    def run(values: Sequence[Any]) -> list[Any]:
        with turn:
            for v, value in zip(node.inputs, values, strict=True):
                storage[v][0] = value
            for v in node.outputs:
                storage[v][0], computed[v][0] = None, False
            thunk()
            results = [storage[v][0] for v in node.outputs]
            for v in (*node.inputs, *node.outputs):
                storage[v][0] = None
        return results

    node.tag.thunk = run
    return run


def checked_value(value: Any, node: Apply, index: int) -> Any:
    """An output of ``perform`` that is of its type; NumPy's numbers and subclasses become plain arrays."""
    kind = node.outputs[index].type
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and type(value) is not np.ndarray):
        value = np.asarray(value)
    if not kind.is_valid_value(value):
        found = (
            f"{value.dtype.name} array of shape {value.shape}"
            if isinstance(value, np.ndarray)
            else repr(value)
        )
        raise TypeError(f"perform of {node.op} gave output {index} as {found}, but its type is {kind}")
    return value


def require_performable(node: Apply) -> None:
    """MethodNotDefined unless the node can be carried out in Python; a warning where its op has C code."""
    op = node.op
    inner = getattr(op, "scalar_op", None)
    is_scalar = inner is not None and hasattr(inner, "impl")
    asked: Any = inner if is_scalar else op
    wanted = "impl" if is_scalar else "perform"
    is_there = asked.gives_impl() if is_scalar else _gives_perform(op)
    has_c_code = hasattr(type(asked), "c_code") or hasattr(type(op), "c_code_file")
    if not is_there:
        made = f"\n    {node}, made at {node.origin}" if node.origin is not None else ""
        mend = "C code is not compiled here: " if has_c_code else ""
        what = "c_code but no" if has_c_code else "neither a native lowering nor a"
        raise MethodNotDefined(
            f"{type(asked).__name__} has {what} {wanted}. {mend}give it {wanted}(...) in Python, or register a lowering "
            f"(theano.extension){made}"
        )
    if has_c_code and type(asked) not in _told:
        _told.add(type(asked))
        warnings.warn(
            f"{type(asked).__name__} has c_code, which is not compiled here: its {wanted} is used. A lowering to native "
            "code can be registered (theano.extension).",
            UserWarning,
            stacklevel(),
        )


def _gives_perform(op: Op) -> bool:
    kind = type(op)
    own = (kind.perform, Op.perform), (kind.make_thunk, Op.make_thunk), (kind.make_py_thunk, Op.make_py_thunk)
    return "perform" in vars(op) or any(given is not base for given, base in own)
