"""Functions of theano.scan_module.scan_utils that clients of Theano 1.0.5 import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from theano.compile.updates import OrderedUpdates
from theano.control_flow.scan_op import Scan
from theano.graph import Apply, Constant, Variable
from theano.graph.inner_graph import InnerGraph
from theano.graph.walk import (
    ancestors,
    clone_with_replacements,
    equal_computations,
    graph_inputs,
    io_toposort,
)
from theano.scanning.arguments import step_result
from theano.tensor.alloc import AllocEmpty
from theano.tensor.constant import as_tensor_variable
from theano.tensor.indexing import set_subtensor
from theano.tensor.lengths import KnownLengths


def safe_new(x: Any, tag: str = "", dtype: str | None = None) -> Variable:
    """A new variable like ``x``, called as it with ``tag`` behind; a copy of a constant.

    dtype  another dtype for it
    """
    x = x if isinstance(x, Variable) else as_tensor_variable(x)
    kind = x.type if dtype is None else type(x.type)(dtype, x.type.broadcastable)  # type: ignore[attr-defined, call-arg]
    new = x.clone() if isinstance(x, Constant) and dtype is None else kind()
    new.name = f"{x.name}{tag}" if x.name and tag else x.name
    return new


def traverse(
    out: Variable,
    x: Variable,
    x_copy: Variable,
    d: dict[Variable, Variable],
    visited: set[Variable] | None = None,
) -> dict[Variable, Variable]:
    """``d``, with ``x`` to be replaced by ``x_copy`` if ``out`` is computed from it."""
    if x in ancestors([out], visited):
        d[x] = x_copy
    return d


def reconstruct_graph(
    inputs: Sequence[Variable], outputs: Sequence[Variable], tag: str | None = None
) -> tuple[list[Variable], list[Variable]]:
    """A copy of a graph with new inputs, named with ``tag`` behind: (inputs, outputs)."""
    own = [safe_new(v, tag or "") for v in inputs]
    return own, clone_with_replacements(outputs, dict(zip(inputs, own, strict=True)))[0]


def forced_replace(out: Variable | None, x: Variable, y: Variable) -> Variable | None:
    """``out`` with ``y`` wherever it computes the same as ``x``."""
    if out is None:
        return None
    same = [v for v in ancestors([out]) if v is x or equal_computations([v], [x])]
    (replaced,), _ = clone_with_replacements([out], dict.fromkeys(same, y))
    return replaced


def expand_empty(tensor_var: Any, size: Any) -> Variable:
    """``tensor_var`` with ``size`` more entries along the first axis, of any values."""
    lengths = [tensor_var.shape[k] for k in range(tensor_var.type.ndim)]
    empty: Any = AllocEmpty(tensor_var.type.dtype)(lengths[0] + size, *lengths[1:])
    return set_subtensor(empty[: lengths[0]], tensor_var)


def infer_shape(
    outs: Sequence[Variable], inputs: Sequence[Variable], input_shapes: Sequence[Sequence[Any] | None]
) -> list[Sequence[Any] | None]:
    """The lengths of ``outs`` in terms of those of ``inputs``; None for what is no tensor."""
    known = {v: None if s is None else tuple(s) for v, s in zip(inputs, input_shapes, strict=True)}
    lengths = KnownLengths(known=known)
    return [lengths.of(v) for v in outs]


def get_updates_and_outputs(ls: Any) -> tuple[Any, list[Variable], OrderedUpdates]:
    """What the step of a scan returned: (condition or None, outputs, updates)."""
    result = step_result(ls)
    return result.condition, result.outputs, result.updates


def isNaN_or_Inf_or_None(x: Any) -> bool:
    """Whether ``x`` is None, or a number or constant that is not finite."""
    if x is None:
        return True
    data = x.data if isinstance(x, Constant) else x
    return not isinstance(data, (Variable, str)) and np.ndim(data) == 0 and not bool(np.isfinite(data))


def hash_listsDictsTuples(x: Any) -> int:
    """A hash of nested lists, tuples and dicts."""
    if isinstance(x, Mapping):
        return hash(frozenset((hash_listsDictsTuples(k), hash_listsDictsTuples(v)) for k, v in x.items()))
    if isinstance(x, (list, tuple)):
        return hash(tuple(hash_listsDictsTuples(v) for v in x))
    return hash(x)


def map_variables(
    replacer: Callable[[Variable], Variable],
    graphs: Iterable[Variable],
    additional_inputs: Sequence[Variable] = [],
) -> list[Variable]:
    """Copies of ``graphs`` with each variable replaced by what ``replacer`` makes of it, inside of loops too.

    ``replacer`` is given variables whose own inputs have been replaced already, and returns them where they stay.
    What it brings into a loop from outside becomes one more value that the loop is given.

    additional_inputs  accepted: they are found
    """
    graphs = list(graphs)
    new: dict[Variable, Variable] = {}

    def replaced(v: Variable) -> Variable:
        if v not in new:
            new[v] = replacer(v)
        return new[v]

    for node in io_toposort([], graphs):
        inputs = [replaced(v) for v in node.inputs]
        for old, made in zip(node.outputs, _mapped(node, inputs, replacer), strict=True):
            made.name = made.name or old.name
            new[old] = replacer(made)
    return [replaced(v) for v in graphs]


def _mapped(node: Apply, inputs: list[Variable], replacer: Callable[[Variable], Variable]) -> Sequence[Variable]:
    """The outputs of an application to new inputs, its inner graph mapped too."""
    op = node.op
    if isinstance(op, InnerGraph):
        outputs = map_variables(replacer, op.local_outputs)
        return clone_with_replacements(outputs, dict(zip(op.local_inputs, inputs, strict=True)))[0]
    if isinstance(op, Scan):
        outputs = map_variables(replacer, op.outputs)
        given = set(op.inputs)
        brought = [v for v in graph_inputs(outputs, given) if v not in given and not isinstance(v, Constant)]
        form = op.form.with_more(others=len(brought))
        loop = Scan([*op.inputs, *brought], outputs, form, op.name, op.truncate_gradient, op.is_lean)
        return loop(*inputs, *brought, return_list=True)
    return node.clone_with_new_inputs(inputs, strict=False).outputs

