"""Elemwise: a function of numbers applied to the elements of arrays, with declared broadcasting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache
from importlib import import_module
from typing import Any, TypeGuard

import numpy as np

from theano.graph import Apply, Op, ShapeMismatch, Variable
from theano.legacy import old_names
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.scalar.chain import pulled_back
from theano.scalar.complex import real
from theano.scalar.function import UNDEFINED, ScalarFunction, ScalarOp
from theano.tensor.constant import as_tensor_variable
from theano.tensor.dimshuffle import dimshuffle, pad_left
from theano.tensor.scalar_gradient import terms_by_scalars
from theano.tensor.type import TensorType, tensor_type


class Elemwise(Op):
    """out[i, j, ...] = scalar_op(x[i, j, ...], y[i, j, ...], ...)

    inputs  tensors; those of fewer dimensions get broadcastable ones on the left
    out     a dimension is broadcastable where it is so in all inputs

    Only dimensions declared broadcastable stretch.  Raises ShapeMismatch (a ValueError) at run time where two
    other lengths differ, TypeError at once where the scalar function has no dtype for the arguments.
    """

    __props__ = ("scalar_op", "inplace_pattern")

    def __init__(
        self,
        scalar_op: ScalarOp,
        inplace_pattern: dict[int, int] | None = None,
        name: str | None = None,
        nfunc_spec: Any = None,
        openmp: bool | None = None,
    ) -> None:
        self.scalar_op = scalar_op
        self.inplace_pattern = inplace_pattern or {}
        self.destroy_map = {o: [i] for o, i in self.inplace_pattern.items()}
        self.name = name
        self.nfunc_spec = nfunc_spec
        self.__doc__ = scalar_op.__doc__
        self._hash = hash((Elemwise, scalar_op, tuple(sorted(self.inplace_pattern.items()))))

    def __eq__(self, other: object) -> bool:
        return self is other or (
            type(self) is type(other)
            and self.scalar_op == other.scalar_op  # type: ignore[attr-defined]
            and self.inplace_pattern == other.inplace_pattern  # type: ignore[attr-defined]
        )

    def __hash__(self) -> int:
        return self._hash

    def make_node(self, *inputs: Any) -> Apply:
        variables = [i if type(i) in _TENSOR_VARIABLES else as_tensor_variable(i) for i in inputs]
        nin = self.scalar_op.nin
        if nin >= 0 and len(variables) != nin:
            raise TypeError(f"Wrong number of inputs for {self}.make_node (got {len(variables)}, expected {nin})")
        ndim = max((v.type.ndim for v in variables), default=0)
        variables = [pad_left(v, ndim - v.type.ndim) if v.type.ndim < ndim else v for v in variables]
        patterns = [v.type.broadcastable for v in variables]
        pattern = patterns[0] if len(set(patterns)) == 1 else tuple(all(bits) for bits in zip(*patterns, strict=True))
        try:
            out_dtypes = self.scalar_op.output_dtypes(*[v.type.dtype for v in variables])
        except TypeError as problem:
            found = ", ".join(f"{v} of type {v.type}" for v in variables)
            raise type(problem)(f"{problem}\n    {self.scalar_op} of {found}") from None
        return Apply(self, variables, [tensor_type(d, pattern)() for d in out_dtypes])

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        patterns = [v.type.broadcastable for v in node.inputs]
        shape: list[Any] = []
        for axis in range(len(patterns[0]) if patterns else 0):
            lengths = [s[axis] for s, p in zip(shapes, patterns, strict=True) if not p[axis]]
            shape.append(lengths[0] if lengths else 1)
        return [tuple(shape)] * len(node.outputs)

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        shape = self._run_time_shape(node, inputs)
        results = _apply(self.scalar_op, node, inputs)
        for cell, result, variable in zip(outputs, results, node.outputs, strict=True):
            array = np.asarray(result, dtype=variable.type.dtype)
            if array.shape != shape or any(np.may_share_memory(array, i) for i in inputs):
                array = np.broadcast_to(array, shape).copy()
            cell[0] = array

    def _run_time_shape(self, node: Apply, inputs: Sequence[Any]) -> tuple[int, ...]:
        shape: list[int] = []
        for axis in range(len(node.outputs[0].type.broadcastable)):
            length, first = 1, None
            for position, (value, variable) in enumerate(zip(inputs, node.inputs, strict=True)):
                if variable.type.broadcastable[axis]:
                    continue
                if first is None:
                    first, length = position, value.shape[axis]
                elif value.shape[axis] != length:
                    raise ShapeMismatch(
                        f"Input dimension mis-match. (input[{first}].shape[{axis}] = {length}, "
                        f"input[{position}].shape[{axis}] = {value.shape[axis]})"
                    )
            shape.append(length)
        return tuple(shape)

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        """cotangent * partial, summed over the dimensions along which an input was stretched."""
        return self.cotangents_of(range(len(inputs)), inputs, outputs, cotangents)

    def cotangents_of(
        self,
        wanted: Collection[int],
        inputs: Sequence[Variable],
        outputs: Sequence[Variable],
        cotangents: Sequence[Variable],
    ) -> list:
        """As ``L_op``, but with None for inputs whose positions are not wanted: constants have many uses."""
        if all(o.type.dtype in dtypes.DISCRETE for o in outputs):
            return [zeros_of_gradient(x) for x in inputs]
        scalar_op = self.scalar_op
        partials: Sequence[Any] | None = None
        if isinstance(scalar_op, ScalarFunction):
            if scalar_op.partials is None:
                return [zeros_of_gradient(x) for x in inputs]
            partials = scalar_op.partials(*inputs, outputs[0])
        else:
            terms = terms_by_scalars(scalar_op, inputs, outputs, cotangents, Elemwise)
        keeps_dtype = getattr(scalar_op, "keeps_dtype", True)
        results: list[Any] = []
        for k, x in enumerate(inputs):
            if k not in wanted:
                results.append(None)
                continue
            if partials is None:
                term = terms[k]
            else:
                partial = partials[k]
                is_number = partial is not None and partial is not UNDEFINED
                term = pulled_back(cotangents[0], partial, outputs[0]) if is_number else partial
            if term is None:
                results.append(zeros_of_gradient(x))
            else:
                results.append(sum_back(term, x, keeps_dtype) if _is_tensor(term) else term)
        return results

    def __str__(self) -> str:
        if self.name:
            return self.name
        inplace = str(sorted(self.inplace_pattern.items())) if self.inplace_pattern else "no_inplace"
        if isinstance(self.scalar_op, ScalarFunction) and self.scalar_op not in _CASTS:
            return f"Elemwise{{{self.scalar_op},{inplace}}}"
        return f"Elemwise{{{self.scalar_op}}}"


_CASTS = frozenset(casts.values())  # 1.0.5 prints these without their place
_TENSOR_VARIABLES: set[type] = set()  # classes that as_tensor_variable would return as they are


def register_tensor_variable(kind: type) -> None:
    """Variables of exactly this class are tensors, and need no conversion."""
    _TENSOR_VARIABLES.add(kind)


# Reductions and fills stand further down the room; the gradient needs the two.
_sum_over: Callable[[Variable, list[int]], Variable]
_filled_like: Callable[[Variable, float, str], Variable]


def set_gradient_parts(sum_over: Callable, filled_like: Callable) -> None:
    """Given once by theano.tensor, when the ops that the gradient needs exist."""
    global _sum_over, _filled_like
    _sum_over, _filled_like = sum_over, filled_like


def zeros_of_gradient(x: Variable) -> Variable:
    """A gradient of zero for ``x``: of its dtype when continuous, else of floatX."""
    dtype = x.type.dtype  # type: ignore[attr-defined]
    return _filled_like(x, 0, dtype if dtype in dtypes.CONTINUOUS else "floatX")


def sum_back(gradient: Variable, x: Variable, keeps_dtype: bool = True) -> Variable:
    """``gradient`` in the shape and, with ``keeps_dtype``, dtype of ``x``: summed where x was stretched, real where x is real."""
    gradient = as_tensor_variable(gradient)
    if gradient.type.dtype in dtypes.COMPLEX and x.type.dtype not in dtypes.COMPLEX:  # type: ignore[attr-defined]
        gradient = Elemwise(real)(gradient)
    found: tuple[bool, ...] = gradient.type.broadcastable  # type: ignore[attr-defined]
    missing = len(found) - x.type.ndim  # type: ignore[attr-defined]  # dimensions that were added on the left
    wanted: tuple[bool, ...] = (True,) * missing + x.type.broadcastable  # type: ignore[attr-defined]
    axes = [axis for axis, (w, f) in enumerate(zip(wanted, found, strict=True)) if w and not f]
    if axes:
        gradient = _sum_over(gradient, axes)
    if missing:
        gradient = dimshuffle(gradient, *range(missing, len(found)))
    dtype, have = x.type.dtype, gradient.type.dtype  # type: ignore[attr-defined]
    if not keeps_dtype:
        return gradient
    if dtype in dtypes.CONTINUOUS and have != dtype:
        gradient = Elemwise(casts[dtype])(gradient)
    return gradient


def _apply(scalar_op: ScalarOp, node: Apply, inputs: Sequence[Any]) -> Sequence[Any]:
    """The scalar op on whole arrays: by the NumPy or SciPy function that a user's scalar op names in ``nfunc_spec``, else,
    as its ``impl`` knows single numbers only, element by element."""
    if isinstance(scalar_op, ScalarFunction):
        return [scalar_op.impl(*inputs)]
    dtypes_out = [o.type.dtype for o in node.outputs]
    spec = getattr(node.op, "nfunc_spec", None) or getattr(scalar_op, "nfunc_spec", None)
    if spec is not None and spec[1:] == (len(inputs), len(dtypes_out)):
        result = function_named(spec[0])(*inputs)
        return result if isinstance(result, tuple) else [result]
    vectorized = np.vectorize(scalar_op.impl, otypes=dtypes_out)
    if any(np.asarray(i).size == 0 for i in inputs):
        shape = np.broadcast_shapes(*[np.shape(i) for i in inputs])
        return [np.empty(shape, d) for d in dtypes_out]
    result = vectorized(*inputs)
    return result if isinstance(result, tuple) else [result]


@cache
def function_named(name: str) -> Callable[..., Any]:
    """The function ``name`` of NumPy; or that of another module, as in "scipy.special.erf"."""
    module, _, function = name.rpartition(".")
    return getattr(import_module(module) if module else np, function)


def _is_tensor(term: Any) -> TypeGuard[Variable]:
    """Whether a term of a gradient has values: it is neither UNDEFINED nor of a type that says so."""
    return isinstance(term, Variable) and isinstance(term.type, TensorType)


_elemwise_of: dict[ScalarFunction, Elemwise] = {}


def elemwise_of(function: ScalarFunction, name: str | None = None) -> Elemwise:
    """The elementwise op of a scalar function; one object for each, so that large graphs stay small.

    name  how it is printed, when that is not ``Elemwise{function,no_inplace}``
    """
    op = _elemwise_of.get(function)
    if op is None:
        op = _elemwise_of[function] = Elemwise(function)
    if name is not None:
        op.name = name
    return op


__getattr__ = old_names(__name__)
