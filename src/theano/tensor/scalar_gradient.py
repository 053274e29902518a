"""The gradient that a user's scalar op gives, brought from single numbers to arrays.

Its ``grad`` is written for scalar variables: it asks for their types, and applies functions of numbers to them.  So it is
called on such variables, and every function in what it returns is then applied elementwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from theano.graph import Constant, Variable
from theano.graph.test_values import only_of_results
from theano.graph.walk import io_toposort
from theano.scalar.function import ScalarOp
from theano.scalar.type import ScalarType, as_scalar
from theano.tensor.type import TensorType, tensor_type


@only_of_results
def terms_by_scalars(
    scalar_op: ScalarOp,
    inputs: Sequence[Variable],
    outputs: Sequence[Variable],
    cotangents: Sequence[Variable],
    elementwise: Callable[[ScalarOp], Any],
) -> list[Any]:
    """For each input what ``scalar_op.L_op`` gives; of inputs that were stretched not summed yet.

    elementwise  the op that applies a function of numbers to arrays
    """
    known: dict[Variable, Variable] = {}

    def stand_in(v: Variable) -> Variable:
        if not isinstance(v.type, TensorType):
            return v  # disconnected
        scalar = ScalarType(v.type.dtype)()
        known[scalar] = v
        return scalar

    scalars = [stand_in(v) for v in inputs]
    own = scalar_op.make_node(*scalars).outputs
    known.update(zip(own, outputs, strict=True))
    given = [stand_in(v) for v in cotangents]
    terms = [
        as_scalar(t) if isinstance(t, (int, float, np.generic)) else t
        for t in scalar_op.L_op(scalars, own, given)
    ]
    wanted = [t for t in terms if isinstance(t, Variable) and isinstance(t.type, (ScalarType, TensorType))]
    lifted = _lifted(wanted, known, elementwise)
    return [lifted(t) if t in wanted else t for t in terms]


def _lifted(
    terms: Sequence[Variable], known: Mapping[Variable, Variable], elementwise: Callable[[ScalarOp], Any]
) -> Callable[[Variable], Variable]:
    """The function from variables of a graph of scalars to tensors."""
    tensors = dict(known)

    def lifted(v: Variable) -> Variable:
        if v in tensors:
            return tensors[v]
        if isinstance(v, Constant) and isinstance(v.type, ScalarType):
            return tensor_type(v.type.dtype, ()).make_constant(np.asarray(v.data))
        return v

    for node in io_toposort(known, terms):
        arguments = [lifted(v) for v in node.inputs]
        if isinstance(node.op, ScalarOp):
            made = elementwise(node.op).make_node(*arguments).outputs
        elif len(arguments) == 1 and {type(v.type) for v in (*node.inputs, *node.outputs)} == {
            ScalarType,
            TensorType,
        }:
            made = arguments  # between scalars and tensors of no dimensions
        else:
            made = node.op(*arguments, return_list=True)
        tensors.update(zip(node.outputs, made, strict=True))
    return lifted
