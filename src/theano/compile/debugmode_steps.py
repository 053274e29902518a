"""DebugMode's look at single applications: contracts of their ops, and machine code beside NumPy."""

from __future__ import annotations

import copy
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import Any

import numpy as np

from theano.backends.interface import Task
from theano.compile.debugmode_errors import BadDestroyMap, BadThunkOutput, BadViewMap, InvalidValueError
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import Apply, Constant, FunctionGraph, Variable
from theano.graph.performing import is_performed, perform_into, perform_node
from theano.tensor.alloc import AllocEmpty
from theano.tensor.type import TensorType

logger = logging.getLogger("theano.compile.debugmode")
KINDS = ("initial", "previous", "c_contiguous", "f_contiguous", "strided", "wrong_size")
IMMUTABLE = (int, float, complex, str, bytes, tuple, type(None), slice, np.generic)


@dataclass(frozen=True)
class Checks:
    """What is looked at.

    native        machine code of each application, and of all together
    contracts     view_map and destroy_map
    finite        NaN and infinities are no values
    preallocated  kinds of arrays that are put where outputs go
    strides       0, 1, 2: ignore, tell, refuse machine code's strides that are not those of NumPy
    """

    native: bool
    contracts: bool
    finite: bool
    preallocated: tuple[str, ...]
    strides: int

    def perform(self, node: Apply, inputs: Sequence[Any]) -> list[Any]:
        """Carry out a node, and look at all that it does."""
        before = copy.deepcopy(list(inputs))
        outputs = [
            _plain(value, v) for value, v in zip(perform_node(node, inputs), node.outputs, strict=True)
        ]
        for v, value in zip(node.outputs, outputs, strict=True):
            self.require_valid(v, value, node)
        if self.contracts:
            _require_unchanged(node, before, inputs, "perform")
            if not type(node.op).__module__.startswith("theano."):
                _require_told_views(node, inputs, outputs)
        outputs = [_own(value) for value in outputs]
        if isinstance(node.op, AllocEmpty):
            return outputs
        if is_performed(node):
            for kind in self.preallocated:
                _try_storage(node, before, outputs, kind)
        if self.native:
            self._compare_with_native(node, before, outputs)
        return outputs

    def look(self, node: Apply, inputs: Sequence[Any], made: Sequence[Any]) -> None:
        """Look at what an application within a loop or a branch was given and gave."""
        outputs = [_plain(value, v) for value, v in zip(made, node.outputs, strict=True)]
        for v, value in zip(node.outputs, outputs, strict=True):
            self.require_valid(v, value, node)
        if self.native and not isinstance(node.op, AllocEmpty):
            given = [_plain(value, v) for value, v in zip(inputs, node.inputs, strict=True)]
            self._compare_with_native(node, given, outputs)

    def require_valid(self, v: Variable, value: Any, node: Apply | None) -> None:
        """InvalidValueError unless the value is one of the variable's type, and finite where it must be."""
        if not v.type.is_valid_value(value):
            hint = "perform output" if node is not None else "input"
            raise InvalidValueError(v, value, node, hint, f"it is not of the type {v.type}")
        is_number = isinstance(value, np.ndarray) and value.dtype.kind in "fc"
        if self.finite and is_number and not isinstance(getattr(node, "op", None), AllocEmpty):
            if not np.isfinite(value).all():
                what = "NaN" if np.isnan(value).any() else "an infinity"
                raise InvalidValueError(v, value, node, "values must be finite", f"there is {what}")

    def _compare_with_native(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
        native = native_of(node)
        if native is None:
            return
        given = copy.deepcopy(
            [x for x, v in zip(inputs, node.inputs, strict=True) if not isinstance(v, Constant)]
        )
        kept = copy.deepcopy(given)
        found = native(*given)
        variables = [v for v in node.inputs if not isinstance(v, Constant)]
        for k, (v, a, b) in enumerate(zip(variables, kept, given, strict=True)):
            if not same(v, a, b):
                raise BadDestroyMap(node, k, a, b, "machine code")
        for v, wanted, value in zip(node.outputs, outputs, found, strict=True):
            if not close(v, wanted, value, inputs):
                raise BadThunkOutput(v, "perform", wanted, "machine code", value, inputs)
            if (
                self.strides
                and isinstance(wanted, np.ndarray)
                and wanted.strides != value.strides
                and wanted.size > 1
            ):
                if self.strides > 1:
                    raise BadThunkOutput(v, "perform", wanted, "machine code", value, inputs)
                logger.warning(
                    "strides of %s: %s of perform, %s of machine code", v, wanted.strides, value.strides
                )


# -- values ------------------------------------------------------------------------------------------------------------


def _plain(value: Any, v: Variable) -> Any:
    return np.asarray(value) if isinstance(value, np.generic) and isinstance(v.type, TensorType) else value


def _own(value: Any) -> Any:
    """What nothing that follows can change."""
    return value.copy() if isinstance(value, np.ndarray) and not value.flags.owndata else value


def same(v: Variable, a: Any, b: Any) -> bool:
    """Whether a value is what it was."""
    if isinstance(a, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return a is b or bool(v.type.values_eq(a, b))


def close(v: Variable, a: Any, b: Any, operands: Iterable[Any] = ()) -> bool:
    """Whether two values are equal but for rounding: what is left where large operands cancel may be all of it."""
    if isinstance(a, np.ndarray) and a.dtype.kind in "fc" and a.shape == np.shape(b) and a.size:
        scale = 1e-5 if a.dtype.itemsize <= 4 * (1 + (a.dtype.kind == "c")) else 1e-10
        scale = 1e-2 if a.dtype == "float16" else scale
        size = max(map(_magnitude, (a, *operands)))
        with np.errstate(all="ignore"):
            return a.dtype == b.dtype and bool(np.allclose(a, b, scale, scale * size, equal_nan=True))
    return bool(v.type.values_eq_approx(a, b))


def _magnitude(value: Any) -> float:
    """The largest finite magnitude in an array of floats."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fc":
        return 0.0
    return float(np.max(np.abs(np.where(np.isfinite(value), value, 0)), initial=0.0))


# -- contracts ---------------------------------------------------------------------------------------------------------


def _require_unchanged(node: Apply, before: Sequence[Any], after: Sequence[Any], way: str) -> None:
    destroyed = {k for places in node.op.destroy_map.values() for k in places} | {*node.op.held}
    for k, (v, a, b) in enumerate(zip(node.inputs, before, after, strict=True)):
        if k not in destroyed and not same(v, a, b):
            raise BadDestroyMap(node, k, a, b, way)


def _require_told_views(node: Apply, inputs: Sequence[Any], outputs: Sequence[Any]) -> None:
    """BadViewMap where outputs share memory with what no map tells of; a message where a map tells of what is not so."""
    told = {k: {*node.op.view_map.get(k, ()), *node.op.destroy_map.get(k, ())} for k in range(len(outputs))}
    for k, value in enumerate(outputs):
        shared = [n for n, given in enumerate(inputs) if _share(value, given)]
        untold = [n for n in shared if n not in told[k]]
        others = [
            n for n in range(len(outputs)) if n != k and _share(value, outputs[n]) and not told[n] & told[k]
        ]
        if untold or others:
            raise BadViewMap(node, k, value, untold or None, others or None)
        if config.DebugMode.warn_input_not_reused:
            for n in told[k] - set(shared):
                if getattr(value, "size", 1):
                    logger.warning("output %d of %s is told to lie in input %d, but does not", k, node.op, n)


def _share(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return np.shares_memory(a, b)
    return a is b and not isinstance(a, IMMUTABLE)


# -- arrays that are there before ------------------------------------------------------------------------------------------


def kinds_of(setting: str | Sequence[str]) -> tuple[str, ...]:
    """The kinds that the flag ``DebugMode.check_preallocated_output`` tells."""
    given = [k for k in (setting.split(":") if isinstance(setting, str) else setting) if k]
    return KINDS if "ALL" in given else tuple(given)


def _try_storage(node: Apply, inputs: Sequence[Any], outputs: Sequence[Any], kind: str) -> None:
    """BadThunkOutput where ``perform`` gives something else when arrays of a kind lie where its outputs go."""
    for storage in _storages(node, outputs, kind):
        perform_into(node, copy.deepcopy(list(inputs)), storage)
        for v, wanted, (value,) in zip(node.outputs, outputs, storage, strict=True):
            if not close(v, wanted, _plain(value, v), inputs):
                raise BadThunkOutput(v, "perform", wanted, f"perform given {kind} outputs", value, inputs)


def _storages(node: Apply, outputs: Sequence[Any], kind: str) -> Iterator[list[list]]:
    ndim = max([np.ndim(x) for x in outputs if isinstance(x, np.ndarray)], default=0)
    inner = min(ndim, config.DebugMode.check_preallocated_output_ndim)
    steps: Sequence[tuple[int, ...]] = [()]
    if kind == "strided":
        steps = [s for s in product((1, 2, -1), repeat=inner) if set(s) - {1}]
    changes = (1, -1) if kind == "wrong_size" else (0,)
    for step, change in product(steps, changes):
        yield [[_array_like(x, kind, step, change)] for x in outputs]


def _array_like(x: Any, kind: str, steps: tuple[int, ...], change: int) -> Any:
    """An array of undefined content for an output, or what "initial" and "previous" calls leave."""
    if not isinstance(x, np.ndarray) or kind == "initial":
        return None
    if kind == "previous":
        return x.copy()
    shape = [max(n + change, 0) for n in x.shape]
    every = [1] * (x.ndim - len(steps)) + list(steps[: x.ndim])
    whole = np.empty(
        [n * abs(s) for n, s in zip(shape, every, strict=True)],
        x.dtype,
        "F" if kind == "f_contiguous" else "C",
    )
    with np.errstate(all="ignore"):
        whole.fill(np.array(113).astype(x.dtype))
    return whole[tuple(slice(None, None, s) for s in every)]


# -- machine code ------------------------------------------------------------------------------------------------------


def _loops_of(kind: type) -> bool:
    from theano.backends.llvm.lower import lower

    return lower.dispatch(kind) is not lower.dispatch(object)


def native_of(node: Apply) -> Callable[..., Any] | None:
    """Machine code of one application as a function of its inputs that are no constants; None where there is none."""
    found = getattr(node.tag, "native", None)
    if found is None and _loops_of(type(node.op)):
        fresh = [v if isinstance(v, Constant) else v.type() for v in node.inputs]
        twin = node.clone_with_new_inputs(fresh, strict=False)
        graph = FunctionGraph([v for v in fresh if not isinstance(v, Constant)], twin.outputs, clone=False)
        found = node.tag.native = native_graph(graph, str(node.op))
    return found


def native_graph(graph: FunctionGraph, name: str) -> Callable[..., Any]:
    """Machine code of a graph as it is, a function of all its inputs that returns all outputs in a list."""
    from theano.backends.llvm import compile_task

    def irregular(*args: Any, **kwargs: Any) -> Any:
        raise AssertionError("called with all inputs")

    return compile_task(
        Task(
            fgraph=graph,
            rewrite=lambda g: None,
            arguments=len(graph.inputs),
            states=(),
            returned=len(graph.outputs),
            updates=(),
            single=False,
            convert=lambda k, value: value,
            irregular=irregular,
            name=name,
        )
    )
