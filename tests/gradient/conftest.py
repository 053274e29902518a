"""Values of expressions without a compiler: nodes are performed one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from theano.graph import Constant, Variable
from theano.graph.performing import perform_node
from theano.graph.walk import io_toposort


def evaluate(outputs: list[Variable], given: Mapping[Variable, Any]) -> list[np.ndarray]:
    """The values of ``outputs`` where the inputs have the values ``given``."""
    values: dict[Variable, Any] = {
        v: v.type.filter(np.asarray(a), allow_downcast=True) for v, a in given.items()
    }

    def value(v: Variable) -> Any:
        return v.data if isinstance(v, Constant) else values[v]

    for node in io_toposort(set(values), outputs):
        values.update(zip(node.outputs, perform_node(node, [value(v) for v in node.inputs]), strict=True))
    return [value(v) for v in outputs]


@pytest.fixture
def value_of():
    """``value_of(expression, {x: 2.0})``; a list of values for a list of expressions."""

    def of(expression: Any, given: Mapping[Variable, Any]) -> Any:
        if isinstance(expression, (list, tuple)):
            return evaluate(list(expression), given)
        return evaluate([expression], given)[0]

    return of
