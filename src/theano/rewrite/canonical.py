"""Rules that bring expressions into one form: constants computed, fills and operations without effect removed.

All keep every digit.  What they change on purpose, as Theano 1.0.5 did: x * 0 is 0 also where x is infinite or NaN,
-0.0 + 0 may stay -0.0, and a shape that is only repeated (``second``) is not compared with the shape of its neighbours.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from theano import scalar
from theano.graph import Apply, Constant, MethodNotDefined, Variable
from theano.graph.performing import perform_node
from theano.rewrite.engine import ANY, RuleBook
from theano.rewrite.terms import (
    argument_of,
    converted,
    dtype_of,
    filled,
    function_of,
    is_number,
    number,
    number_in,
    pattern_of,
)
from theano.scalar import dtype as dtypes
from theano.scalar.arithmetic import casts
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import Elemwise, elemwise_of
from theano.tensor.passing import Barrier
from theano.tensor.scalar_conversion import ScalarFromTensor, TensorFromScalar
from theano.tensor.static_value import known_integer
from theano.tensor.type import TensorType

LARGEST_FOLDED_BYTES = 1 << 20  # a larger array is not kept in the program, unless its arguments are as large

canonical = RuleBook("canonicalize")


# -- constants ---------------------------------------------------------------------------------------------------------


@canonical.on(ANY)
def constant_folding(node: Apply) -> list[Variable] | None:
    """f(constants) is computed, unless the result is large or computing it fails: then it fails at run time."""
    if not node.inputs or not all(isinstance(v, Constant) for v in node.inputs):
        return None
    if not node.op.do_constant_folding(node) or _is_large(node):
        return None
    try:
        values = perform_node(node, [v.data for v in node.inputs])  # type: ignore[attr-defined]
        return [v.type.make_constant(_own(value)) for v, value in zip(node.outputs, values, strict=True)]
    except (ValueError, TypeError, IndexError, ArithmeticError, AssertionError, MethodNotDefined):
        return None


def _own(value: Any) -> Any:
    """A copy of an array that is a view, so that folding keeps nothing else alive."""
    return np.array(value) if isinstance(value, np.ndarray) and value.base is not None else value


def _is_large(node: Apply) -> bool:
    """Whether the outputs are known to need more bytes than a program should hold, and than the inputs have."""
    given = [v.data for v in node.inputs]  # type: ignore[attr-defined]
    limit = max([LARGEST_FOLDED_BYTES, *[d.nbytes for d in given if isinstance(d, np.ndarray)]])
    infer_shape = getattr(node.op, "infer_shape", None)
    if infer_shape is None or not all(isinstance(v.type, TensorType) for v in (*node.inputs, *node.outputs)):
        return False
    shapes = infer_shape(node, [d.shape for d in given])
    total = 0.0
    for v, shape in zip(node.outputs, shapes, strict=True):
        lengths = [n for n in map(known_integer, shape) if n is not None]
        if len(lengths) == len(shape):
            total += np.prod(lengths, dtype=np.float64) * np.dtype(dtype_of(v)).itemsize
    return total > limit


# -- fills -------------------------------------------------------------------------------------------------------------


@canonical.on(scalar.second)
def useless_fill(node: Apply) -> Variable | None:
    """second(x, y) -> y, where y has the shape already"""
    y = node.inputs[1]
    return y if y.type == node.outputs[0].type else None


@canonical.on(scalar.second)
def fill_with_number(node: Apply) -> Variable | None:
    """second(x, c spread over an array) -> second(x, c)"""
    x, y = node.inputs
    if (isinstance(y, Constant) and y.data.size == 1) or pattern_of(x) != pattern_of(node.outputs[0]):
        return None
    value = number_in(y)
    return (
        None
        if value is None
        else elemwise_of(scalar.second)(x, number(value, dtype_of(y), len(pattern_of(y))))
    )


@canonical.on(scalar.second)
def fill_by_fill(node: Apply) -> Variable | None:
    """second(second(x, y), z) -> second(x, z), where x has the shape"""
    x, z = node.inputs
    if function_of(x) is not scalar.second or pattern_of(x) != pattern_of(x.owner.inputs[0]):  # type: ignore
        return None
    return elemwise_of(scalar.second)(x.owner.inputs[0], z)  # type: ignore[union-attr]


@canonical.on(Elemwise)
def fill_sink(node: Apply) -> Variable | None:
    """f(second(x, y), z) -> f(y, z), where z has the shape; else second(x, f(y, z))"""
    function = node.op.scalar_op  # type: ignore[attr-defined]
    if function is scalar.second or len(node.outputs) != 1 or not node.inputs:
        return None
    for position, v in enumerate(node.inputs):
        if function_of(v) is not scalar.second:
            continue
        x, y = v.owner.inputs  # type: ignore[union-attr]
        inner = node.op(*node.inputs[:position], y, *node.inputs[position + 1 :])
        if pattern_of(inner) == pattern_of(node.outputs[0]):
            return inner
        if pattern_of(x) == pattern_of(node.outputs[0]):
            return elemwise_of(scalar.second)(x, inner)
    return None


@canonical.on(DimShuffle)
def shuffled_fill(node: Apply) -> Variable | None:
    """dimshuffle(second(x, c)) -> second(dimshuffle(x), c)"""
    v = node.inputs[0]
    if function_of(v) is not scalar.second:
        return None
    x, y = v.owner.inputs  # type: ignore[union-attr]
    if number_in(y) is None or pattern_of(x) != pattern_of(v):
        return None
    c = number(number_in(y), dtype_of(y), len(pattern_of(node.outputs[0])))
    return elemwise_of(scalar.second)(node.op(x), c)


# -- arithmetic --------------------------------------------------------------------------------------------------------


def _without(node: Apply, dropped: list[int]) -> Variable | None:
    """The same function of the inputs that are not dropped, or the only one left; None where the type would change."""
    out = node.outputs[0]
    kept = [v for k, v in enumerate(node.inputs) if k not in dropped]
    if len(kept) == len(node.inputs) or not kept:
        return None
    result = converted(kept[0], dtype_of(out)) if len(kept) == 1 else node.op(*kept)
    return filled(out, result, node.inputs)


@canonical.on(scalar.add)
def add_zero(node: Apply) -> Variable | None:
    """x + 0 -> x"""
    zeros = [k for k, v in enumerate(node.inputs) if is_number(v, 0)]
    return _without(node, zeros if len(zeros) < len(node.inputs) else zeros[1:])


@canonical.on(scalar.sub)
def sub_zero(node: Apply) -> Variable | None:
    """x - 0 -> x"""
    return _without(node, [1]) if is_number(node.inputs[1], 0) else None


@canonical.on(scalar.mul)
def mul_one(node: Apply) -> Variable | None:
    """x * 1 -> x"""
    ones = [k for k, v in enumerate(node.inputs) if is_number(v, 1)]
    return _without(node, ones if len(ones) < len(node.inputs) else ones[1:])


@canonical.on(scalar.mul)
def mul_zero(node: Apply) -> Variable | None:
    """x * 0 -> 0, also where x is infinite or NaN"""
    if any(is_number(v, 0) for v in node.inputs):
        return filled(node.outputs[0], 0, node.inputs)
    return None


@canonical.on(scalar.true_div, scalar.int_div)
def div_one(node: Apply) -> Variable | None:
    """x / 1 -> x;  x // 1 -> x for integers"""
    x, y = node.inputs
    if not is_number(y, 1) or (node.op.scalar_op is scalar.int_div and dtype_of(x) not in dtypes.INTEGER):  # type: ignore
        return None
    return _without(node, [1])


@canonical.on(scalar.neg)
def double_neg(node: Apply) -> Variable | None:
    """-(-x) -> x"""
    return argument_of(node.inputs[0], scalar.neg)


@canonical.on(scalar.mul)
def mul_minus_one(node: Apply) -> Variable | None:
    """x * -1 -> -x"""
    if dtype_of(node.outputs[0]) == "bool":
        return None
    ones = [k for k, v in enumerate(node.inputs) if is_number(v, -1)]
    if not ones or len(node.inputs) == 1:
        return None
    rest = _without(node, ones[:1])
    return None if rest is None else elemwise_of(scalar.neg)(rest)


@canonical.on(scalar.mul, scalar.true_div)
def neg_outwards(node: Apply) -> Variable | None:
    """(-x) * y -> -(x * y);  (-x) / y and x / (-y) -> -(x / y)"""
    inner = [argument_of(v, scalar.neg) for v in node.inputs]
    out = node.outputs[0]
    if all(v is None for v in inner) or dtype_of(out) not in dtypes.CONTINUOUS:
        return None
    if any(v is not None and dtype_of(v) not in dtypes.CONTINUOUS for v in inner):
        return None
    result = node.op(*[v if w is None else w for v, w in zip(node.inputs, inner, strict=True)])
    is_odd = sum(v is not None for v in inner) % 2
    return elemwise_of(scalar.neg)(result) if is_odd else result


@canonical.on(scalar.neg)
def neg_into_number(node: Apply) -> Variable | None:
    """-(c * x) -> (-c) * x;  -(c / x) -> (-c) / x, for a constant c that is a number"""
    v = node.inputs[0]
    if function_of(v) not in (scalar.mul, scalar.true_div) or dtype_of(v) not in dtypes.CONTINUOUS:
        return None
    inputs = list(v.owner.inputs)  # type: ignore[union-attr]
    among = range(len(inputs)) if function_of(v) is scalar.mul else [0]
    for k in among:
        c = inputs[k]
        value = number_in(c)
        if value is not None and all(pattern_of(c)) and dtype_of(c) in dtypes.CONTINUOUS:
            inputs[k] = number(-value, dtype_of(c), len(pattern_of(c)))
            return v.owner.op(*inputs)  # type: ignore[union-attr]
    return None


@canonical.on(scalar.add)
def add_neg(node: Apply) -> Variable | None:
    """x + (-y) -> x - y"""
    if len(node.inputs) != 2:
        return None
    x, y = node.inputs
    for a, b in ((x, y), (y, x)):
        inner = argument_of(b, scalar.neg)
        if inner is not None and dtype_of(inner) == dtype_of(node.outputs[0]):
            return elemwise_of(scalar.sub)(a, inner)
    return None


@canonical.on(scalar.sub)
def sub_neg(node: Apply) -> Variable | None:
    """x - (-y) -> x + y"""
    x, y = node.inputs
    inner = argument_of(y, scalar.neg)
    if inner is None or dtype_of(inner) != dtype_of(node.outputs[0]):
        return None
    return elemwise_of(scalar.add)(x, inner)


@canonical.on(scalar.abs_, scalar.sqr)
def even_function(node: Apply) -> Variable | None:
    """|-x| and |(|x|)| -> |x|;  (-x)^2 and |x|^2 -> x^2, of real numbers"""
    v = node.inputs[0]
    if dtype_of(v) not in dtypes.FLOAT:
        return None
    inner = argument_of(v, scalar.neg)
    inner = argument_of(v, scalar.abs_) if inner is None else inner
    return None if inner is None or dtype_of(inner) != dtype_of(v) else node.op(inner)


@canonical.on(scalar.add, scalar.mul)
def only_operand(node: Apply) -> Variable | None:
    """add(x), mul(x) -> x"""
    return node.inputs[0] if len(node.inputs) == 1 else None


@canonical.on(scalar.minimum, scalar.maximum, scalar.and_, scalar.or_)
def same_operands(node: Apply) -> Variable | None:
    """f(x, x) -> x, for minimum, maximum, and, or"""
    x = node.inputs[0]
    return x if all(v is x for v in node.inputs) else None


@canonical.on(scalar.add, scalar.sub)
def integer_sum(node: Apply) -> Variable | None:
    """(n + c) + d -> n + (c + d), for integers of one dtype: sums wrap, so grouping has no influence"""
    out = node.outputs[0]
    dtype = dtype_of(out)
    if (
        dtype not in dtypes.INTEGER
        or len(node.inputs) != 2
        or any(dtype_of(v) == "bool" for v in node.inputs)
    ):
        return None
    found = _base_and_number(out)
    inner = None if found is None else _base_and_number(found[0])
    if found is None or inner is None:
        return None
    (_, outer), (base, shift) = found, inner
    if dtype_of(base) != dtype or pattern_of(base) != pattern_of(out):
        return None
    bits = 8 * np.dtype(dtype).itemsize
    total = (outer + shift) % (1 << bits)  # as the dtype has it: wrapped
    total -= (1 << bits) if dtype in dtypes.SIGNED and total >= 1 << (bits - 1) else 0
    return elemwise_of(scalar.add)(base, number(total, dtype, len(pattern_of(out))))


def _base_and_number(v: Variable) -> tuple[Variable, int] | None:
    """(x, c) where v is x + c or x - c for a number c."""
    function = function_of(v)
    if function not in (scalar.add, scalar.sub) or len(v.owner.inputs) != 2:  # type: ignore[union-attr]
        return None
    x, y = v.owner.inputs  # type: ignore[union-attr]
    if function is scalar.add and number_in(x) is not None:
        x, y = y, x
    value = number_in(y)
    if value is None or not all(pattern_of(y)) or dtype_of(x) != dtype_of(v):
        return None
    c = int(value)
    return (x, c) if function is scalar.add else (x, -c)


# -- choice and conversion ---------------------------------------------------------------------------------------------


@canonical.on(scalar.switch)
def known_switch(node: Apply) -> Variable | None:
    """switch(True, x, y) -> x;  switch(False, x, y) -> y;  switch(c, x, x) -> x"""
    condition, x, y = node.inputs
    value = number_in(condition)
    if value is None and x is not y:
        return None
    return filled(node.outputs[0], x if value is None or value else y, node.inputs)


@canonical.on(*casts.values())
def useless_cast(node: Apply) -> Variable | None:
    """cast(x) -> x, where x has the dtype already"""
    return node.inputs[0] if dtype_of(node.inputs[0]) == dtype_of(node.outputs[0]) else None


@canonical.on(*casts.values())
def cast_of_cast(node: Apply) -> Variable | None:
    """cast(cast(x)) -> cast(x), where the inner one holds every value of x"""
    v = node.inputs[0]
    if function_of(v) not in _CASTS:
        return None
    x = v.owner.inputs[0]  # type: ignore[union-attr]
    given, between, wanted = dtype_of(x), dtype_of(v), dtype_of(node.outputs[0])
    if not _holds(between, given) or (given in dtypes.COMPLEX and wanted not in dtypes.COMPLEX):
        return None
    return converted(x, wanted)


_CASTS = frozenset(casts.values())
_MANTISSA = {"float16": 11, "float32": 24, "float64": 53, "complex64": 24, "complex128": 53}


def _holds(wide: str, narrow: str) -> bool:
    """Whether every number of dtype ``narrow`` is one of ``wide``."""
    if not np.can_cast(narrow, wide, "safe"):
        return False
    return (
        wide not in _MANTISSA
        or narrow not in dtypes.INTEGER
        or 8 * np.dtype(narrow).itemsize <= _MANTISSA[wide]
    )


@canonical.on(scalar.identity)
def useless_copy(node: Apply) -> Variable | None:
    """identity(x) -> x"""
    return node.inputs[0]


@canonical.on(Barrier)
def useless_barrier(node: Apply) -> Variable | None:
    """barrier(x) -> x: the gradient has been taken, and storage is planned later"""
    return node.inputs[0] if isinstance(node.inputs[0].type, TensorType) else None


@canonical.on(TensorFromScalar, ScalarFromTensor)
def there_and_back(node: Apply) -> Variable | None:
    """tensor_from_scalar(scalar_from_tensor(x)) -> x, and the other way round"""
    owner = node.inputs[0].owner
    if (
        owner is None
        or type(owner.op) not in (TensorFromScalar, ScalarFromTensor)
        or type(owner.op) is type(node.op)
    ):
        return None
    return owner.inputs[0]
