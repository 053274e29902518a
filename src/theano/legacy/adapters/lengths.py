"""theano.tensor.utils of Theano 1.0.5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from theano.graph import FunctionGraph, Variable
from theano.legacy.adapters.gof_functions import hash_from_code
from theano.tensor.lengths import KnownLengths


def hash_from_ndarray(data: np.ndarray) -> str:
    """A hash of an array: of its content, dtype, shape and strides."""
    layout = f"{data.dtype}{data.shape}{data.strides}"
    return hash_from_code(hash_from_code(np.ascontiguousarray(data).tobytes()) + hash_from_code(layout))


def shape_of_variables(
    fgraph: FunctionGraph, input_shapes: Mapping[Variable, Sequence[int]]
) -> dict[Variable, tuple[int, ...]]:
    """The shapes of all tensors of a graph, from those of its inputs.

    Raises MissingInputError where a shape depends on the values of inputs.

    >>> import theano, theano.tensor as T
    >>> x = T.matrix("x")
    >>> fgraph = theano.FunctionGraph([x], [x.T], clone=False)
    >>> shape_of_variables(fgraph, {x: (2, 3)})[fgraph.outputs[0]]
    (3, 2)
    """
    given = {v: tuple(int(n) for n in shape) for v, shape in input_shapes.items()}
    known = KnownLengths(known=given)
    lengths = {v: known.of(v) for v in [*fgraph.inputs, *fgraph.variables]}
    return {v: tuple(_number(n) for n in shape) for v, shape in lengths.items() if shape is not None}


def _number(n: Any) -> int:
    return int(n.eval()) if isinstance(n, Variable) else int(n)
