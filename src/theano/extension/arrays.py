"""C functions of arrays as ops: they are called from machine code with pointers, lengths and strides."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from theano.backends.llvm.lower import registry
from theano.extension.pointer import Pointer, as_pointer
from theano.graph import Apply, Op, Variable
from theano.loops.definitions import Definition, Requirement
from theano.loops.expressions import INDEX, Expression, Literal, expression
from theano.loops.results import Routine, RoutineResult
from theano.scalar.function import ScalarOp
from theano.tensor.type import TensorType


def array_function(
    pointer: Any,
    itypes: Sequence[TensorType],
    otypes: Sequence[TensorType],
    infer_shape: Callable[..., Sequence[Sequence[Any]]],
    name: str | None = None,
    L_op: Callable[..., Sequence[Any]] | None = None,
) -> ArrayFunction:
    """A C function of arrays as an op.

    The function is ::

        int64_t f(double *x, const int64_t *x_shape, const int64_t *x_strides, ..., double *out, ...)

    three pointers for each input, then for each output.  Strides are in bytes; arrays are dense, in C order.  The
    function writes the outputs, and nothing else, and returns 0, or another number: then the call is a RuntimeError
    that tells it.  It runs without the interpreter, and must not call Python.

    Parameters
    ----------
    pointer
        An address, a function of ctypes or cffi, or a cfunc of Numba.
    itypes, otypes
        Types of the inputs and outputs, such as ``T.dmatrix``.
    infer_shape
        (shape of each input...) -> the shape of each output.  Shapes are tuples of lengths, on which arithmetic works.
    L_op
        (inputs, outputs, cotangents) -> the cotangent of each input.

    Raises
    ------
    TypeError
        Where the pointer is known to be to another kind of function.
    """
    found = as_pointer(pointer)
    name = name or getattr(found.owner, "__name__", None) or f"function_at_{found.address:#x}"
    return ArrayFunction(found, name, tuple(itypes), tuple(otypes), infer_shape, L_op)


class ArrayFunction(Op):
    """outputs = a C function of arrays.  Two are equal when they are at one address and have the same types."""

    __props__ = ("name", "address", "itypes", "otypes")

    def __init__(
        self,
        pointer: Pointer,
        name: str,
        itypes: tuple[TensorType, ...],
        otypes: tuple[TensorType, ...],
        shapes: Callable[..., Sequence[Sequence[Any]]],
        gradient: Callable[..., Sequence[Any]] | None = None,
    ) -> None:
        _require_signature(pointer, name, itypes, otypes)
        self.pointer, self.name, self.address = pointer, name, pointer.address
        self.itypes, self.otypes = itypes, otypes
        self._shapes, self._gradient = shapes, gradient

    def infer_shape(self, node: Apply, shapes: Sequence[Sequence[Any]]) -> list[tuple]:
        return [tuple(shape) for shape in self._shapes(*shapes)]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        shapes = self.infer_shape(node, [x.shape for x in inputs])
        made = [np.empty([int(n) for n in s], t.dtype) for s, t in zip(shapes, self.otypes, strict=True)]
        call(self.pointer.address, self.name, [np.ascontiguousarray(x) for x in inputs], made)
        for cell, array in zip(outputs, made, strict=True):
            cell[0] = array

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list:
        if self._gradient is None:
            return super().L_op(inputs, outputs, cotangents)
        return list(self._gradient(inputs, outputs, cotangents))

    def __str__(self) -> str:
        return self.name

    def __reduce__(self) -> Any:
        raise TypeError(
            f"{self.name} is a C function at an address of this process, which no other one knows"
        )


def register_pointer(kind: type, pointer: Any) -> None:
    """Let machine code call a C function where an op of the class ``kind`` would be called back.

    The function is as ``array_function`` says, and computes what the op's ``perform`` does; the op's ``infer_shape``
    tells the lengths of what it writes.  Functions compiled from then on use it.
    """
    found = as_pointer(pointer)
    if not (isinstance(kind, type) and issubclass(kind, Op)) or issubclass(kind, ScalarOp):
        raise TypeError(
            f"register_pointer takes a class of ops on arrays, found {kind!r}: see scalar_function"
        )
    if not hasattr(kind, "infer_shape"):
        raise TypeError(
            f"{kind.__name__} has no infer_shape, so nothing tells the lengths of what the C function writes"
        )

    def lower(op: Any, node: Apply, *operands: Definition) -> list[Definition]:
        _require_signature(
            found, kind.__name__, [v.type for v in node.inputs], [v.type for v in node.outputs]
        )
        return _called(found.address, str(op), node, operands)

    registry.lower.register(kind)(lower)


def _require_signature(pointer: Pointer, name: str, itypes: Sequence[Any], otypes: Sequence[Any]) -> None:
    for kind in (*itypes, *otypes):
        if not isinstance(kind, TensorType):
            raise TypeError(f"{name} takes and gives tensors, found the type {kind!r}")
    pointer.require(name, ("pointer",) * (3 * (len(itypes) + len(otypes))), "int64")


@registry.lower.register
def lower_array_function(op: ArrayFunction, node: Apply, *operands: Definition) -> list[Definition]:
    """A call of the C function."""
    return _called(op.pointer.address, op.name, node, operands)


def _called(address: int, name: str, node: Apply, operands: Sequence[Definition]) -> list[Definition]:
    """The results of a C function; what it returns is required to be 0."""
    infer: Any = node.op
    shapes = [tuple(map(expression, s)) for s in infer.infer_shape(node, [x.shape for x in operands])]
    for shape, v in zip(shapes, node.outputs, strict=True):
        if len(shape) != v.type.ndim:  # type: ignore[attr-defined]
            raise ValueError(f"infer_shape of {name} gives {len(shape)} lengths for an output of {v.type}")
    whole = Routine(
        "foreign",
        (address,),
        tuple(operands),
        tuple(len(s) for s in ([x.shape for x in operands] + shapes)),
        (),
        (*shapes, ()),
        (*(v.type.dtype for v in node.outputs), INDEX),  # type: ignore[attr-defined]
        node,
    )
    *results, status = (
        RoutineResult(dtype, shape, routine=whole, position=k, origin=node)
        for k, (dtype, shape) in enumerate(zip(whole.dtypes, whole.shapes, strict=True))
    )
    read: Expression = status[()]
    text = f"{registry.verbatim(name)}: the C function returned {{left}}"
    results[0].requirements = (Requirement(read, Literal(0), text, node, RuntimeError, "zero"),)
    return list(results)


def call(address: int, name: str, inputs: Sequence[np.ndarray], outputs: Sequence[np.ndarray]) -> None:
    """Call a C function of arrays.  RuntimeError where it returns another number than 0."""
    arrays = [*inputs, *outputs]
    words: list[Any] = []
    keep = []
    for array in arrays:
        shape, strides = (
            (ctypes.c_int64 * array.ndim)(*array.shape),
            (ctypes.c_int64 * array.ndim)(*array.strides),
        )
        keep += [shape, strides]
        words += [array.ctypes.data, ctypes.addressof(shape), ctypes.addressof(strides)]
    prototype = ctypes.CFUNCTYPE(ctypes.c_int64, *[ctypes.c_void_p] * len(words))
    status = prototype(address)(*words)
    if status:
        raise RuntimeError(f"{name}: the C function returned {status}")
