"""theano.tensor.utils of Theano 1.0.5."""

import numpy
from collections.abc import Mapping
from collections.abc import Sequence
from theano.graph import FunctionGraph
from theano.graph import Variable
from typing import Any

__all__ = ['hash_from_code', 'hash_from_ndarray', 'shape_of_variables']
from theano.gof.utils import hash_from_code as hash_from_code
def hash_from_ndarray(data: numpy.ndarray) -> str:
    """A hash of an array: of its content, dtype, shape and strides."""
def shape_of_variables(fgraph: FunctionGraph, input_shapes: Mapping[Variable, Sequence[int]]) -> dict[Variable, tuple[int, ...]]:
    """The shapes of all tensors of a graph, from those of its inputs."""
