"""From a rewritten FunctionGraph to definitions of the loop IR."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from theano.backends.llvm.lower.registry import lower
from theano.data_classes import dataclass
from theano.graph import Constant, FunctionGraph, Variable
from theano.graph.performing import require_performable
from theano.graph.walk import general_toposort
from theano.loops.definitions import Definition, Pointwise, Stored
from theano.loops.expressions import Buffer, Expression, Extent, Literal, axes_of
from theano.loops.results import HostResult
from theano.scalar.type import ScalarType
from theano.tensor.passing import deep_copy_op
from theano.tensor.type import TensorType

ENTRIES_LIMIT = 16  # longer integer vectors are no shapes


@dataclass(eq=False)
class LoweredGraph:
    """Definitions in topological order, and which of them stand for what."""

    inputs: list[Stored]
    states: list[Stored]
    constants: list[tuple[Stored, Any]]
    definitions: list[Definition]
    outputs: list[Definition]


def lower_graph(fgraph: FunctionGraph, arguments: int, copied: Collection[int] = ()) -> LoweredGraph:
    """Lower every node; the first ``arguments`` inputs are arguments, the others states.

    copied  positions of outputs that somebody else may hold: what goes out is a copy
    """
    value: dict[Variable, Definition] = {}
    definitions: list[Definition] = []
    constants: list[tuple[Stored, Any]] = []
    listed: set[Definition] = set()

    def known(variable: Variable) -> Definition:
        found = value.get(variable)
        if found is None:
            assert isinstance(variable, Constant), variable
            found = value[variable] = _constant(variable, constants)
            definitions.append(found)
            listed.add(found)
        return found

    for k, variable in enumerate(fgraph.inputs):
        stored = _stored(variable, "input" if k < arguments else "state", f"{variable.name or f'x{k}'}")
        value[variable] = stored
        definitions.append(stored)
        listed.add(stored)
    for node in fgraph.toposort():
        operands = [known(v) for v in node.inputs]
        made = lower(node.op, node, *operands)
        if made is None:
            made = _host_results(node, operands)
        elif isinstance(made, Definition):
            made = [made]
        for variable, definition in zip(node.outputs, made, strict=True):
            if definition.origin is None:
                definition.origin = node
            value[variable] = definition
            definitions += _unlisted(definition, listed)
    outputs = [known(v) for v in fgraph.outputs]
    for k in copied:
        outputs[k] = _copy(fgraph.outputs[k], outputs[k])
        definitions += _unlisted(outputs[k], listed)
    inputs = [value[v] for v in fgraph.inputs]
    return LoweredGraph(inputs[:arguments], inputs[arguments:], constants, definitions, outputs)  # type: ignore


def _copy(variable: Variable, value: Definition) -> Definition:
    """The same value, in memory of its own."""
    if value.dtype == "object":
        return _host_results(deep_copy_op.make_node(variable), [value])[0]
    if not isinstance(value, HostResult):
        return value  # goes out in an array of its own anyway
    return Pointwise(value.dtype, value.shape, element=value[axes_of(value.ndim)], origin=value.origin)


def _unlisted(definition: Definition, listed: set[Definition]) -> list[Definition]:
    """A definition, after those that its lowering made for it alone; nothing if it is listed."""
    if definition in listed:
        return []
    if all(map(listed.__contains__, definition.sources)):
        listed.add(definition)
        return [definition]
    found = general_toposort([definition], lambda d: [s for s in d.sources if s not in listed])
    listed.update(found)
    return found


def _stored(variable: Variable, kind: str, name: str) -> Stored:
    """A value that is in memory when the program begins, with the lengths that its type knows."""
    buffer = _buffer(variable, kind, name)
    return Stored(buffer.dtype, buffer.shape, buffer=buffer, origin=variable)


def _buffer(variable: Variable, kind: str, name: str) -> Buffer:
    if not isinstance(variable.type, (TensorType, ScalarType)):
        return Buffer("object", (), kind, name)
    pattern = getattr(variable.type, "broadcastable", ())
    buffer = Buffer(variable.type.dtype, (), kind, name)
    lengths: list[Expression] = [Literal(1) if b else Extent(buffer, axis) for axis, b in enumerate(pattern)]
    buffer.shape = tuple(lengths)
    return buffer


def _constant(variable: Constant, constants: list[tuple[Stored, Any]]) -> Definition:
    """A number is written into the code; an array is kept beside it."""
    if not isinstance(variable.type, (TensorType, ScalarType)):
        stored = Stored("object", (), buffer=Buffer("object", (), "constant"), origin=variable)
        constants.append((stored, variable.data))
        return stored
    data = np.asarray(variable.data)
    dtype = variable.type.dtype
    if data.ndim == 0:
        return Pointwise(dtype, (), element=Literal(data.item(), dtype), origin=variable)
    shape = tuple(Literal(n) for n in data.shape)
    entries = None
    if data.ndim == 1 and data.dtype.kind in "iu" and data.size <= ENTRIES_LIMIT:
        entries = tuple(Literal(int(n)) for n in data)
    if data.size == 1:
        return Pointwise(dtype, shape, element=Literal(data.flat[0].item(), dtype), origin=variable, entries=entries)
    buffer = Buffer(dtype, shape, "constant", f"c{len(constants)}")
    stored = Stored(dtype, shape, buffer=buffer, origin=variable, entries=entries)
    constants.append((stored, np.ascontiguousarray(data)))
    return stored


def _host_results(node: Any, operands: Sequence[Definition]) -> list[Definition]:
    require_performable(node)
    results: list[Definition] = []
    for position, variable in enumerate(node.outputs):
        buffer = _buffer(variable, "host", f"h{position}")
        result = HostResult(
            buffer.dtype, buffer.shape, buffer=buffer, node=node, position=position, operands=tuple(operands)
        )
        buffer.source = result
        results.append(result)
    return results
