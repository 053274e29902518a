"""Tests that exist because an op does: values, types, and inferred shapes of every case."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from all_cases import CASES
from case import Case

import theano
import theano.tensor as T
from theano.graph import FunctionGraph
from theano.graph.performing import perform_node
from theano.graph.walk import io_toposort
from theano.rewrite.passes import rewriter
from theano.scalar import dtype as dtypes


def performed(outputs: list[Any], values: dict[Any, np.ndarray]) -> list[np.ndarray]:
    """The values of ``outputs``, by each op's ``perform``."""
    known: dict[Any, Any] = dict(values)
    for node in io_toposort(list(values), outputs):
        arguments = [known[v] if v in known else v.data for v in node.inputs]
        known.update(zip(node.outputs, perform_node(node, arguments), strict=True))
    return [known[v] if v in known else v.data for v in outputs]


def built(case: Case) -> tuple[list[Any], list[Any], dict[Any, np.ndarray]]:
    variables = case.variables()
    return variables, case.outputs(variables), dict(zip(variables, case.inputs, strict=True))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_value_belongs_to_the_declared_type(case: Case) -> None:
    _, outputs, values = built(case)
    for output, value in zip(outputs, performed(outputs, values), strict=True):
        assert output.type.is_valid_value(value), (
            f"{output.type} has no value {value.dtype}{list(value.shape)}"
        )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_inputs_are_left_unchanged(case: Case) -> None:
    _, outputs, values = built(case)
    before = [value.copy() for value in case.inputs]
    performed(outputs, values)
    for value, copy in zip(case.inputs, before, strict=True):
        np.testing.assert_array_equal(value, copy)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_inferred_shapes_are_the_shapes_of_values(case: Case) -> None:
    _, outputs, values = built(case)
    for node in io_toposort(list(values), outputs):
        infer_shape = getattr(node.op, "infer_shape", None)
        if infer_shape is None:
            continue
        shapes = [tuple(T.shape(i)[k] for k in range(i.type.ndim)) for i in node.inputs]
        for output, inferred in zip(node.outputs, infer_shape(node, shapes), strict=True):
            lengths = performed([T.as_tensor_variable(n) for n in inferred], values)
            assert tuple(int(n) for n in lengths) == np.shape(performed([output], values)[0]), str(node.op)


# whose length depends on the values themselves
LEAST_SQUARES = {"lstsq_deficient", "lstsq_tall", "lstsq_tall_many", "lstsq_wide", "lstsq_residuals"}
LENGTH_OF_VALUES = {"arange_of_floats", "nonzero", *LEAST_SQUARES}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_nothing_but_lengths_is_computed_for_a_shape(case: Case) -> None:
    variables, outputs, values = built(case)
    arrays = [o for o in outputs if isinstance(o.type, T.TensorType)]
    graph = FunctionGraph(variables, [T.shape(o) for o in arrays])
    rewriter("fast_run")(graph)
    computed = [v.type for node in graph.toposort() for v in node.outputs]
    if case.name not in LENGTH_OF_VALUES:
        assert all(t.dtype in dtypes.DISCRETE and getattr(t, "ndim", 0) <= 1 for t in computed), list(graph)
    arguments = dict(zip(graph.inputs, case.inputs, strict=True))
    for found, wanted in zip(performed(graph.outputs, arguments), performed(arrays, values), strict=True):
        assert tuple(found) == wanted.shape


@pytest.mark.parametrize("case", CASES, ids=str)
def test_compiled_value_is_the_performed_value(case: Case, backend: str) -> None:
    variables, outputs, values = built(case)
    compiled = theano.function(variables, outputs, mode=theano.Mode(linker=backend), on_unused_input="ignore")
    found = compiled(*case.inputs)
    for wanted, value in zip(performed(outputs, values), found, strict=True):
        assert value.dtype == wanted.dtype
        np.testing.assert_allclose(value, wanted, rtol=case.tolerance, atol=case.tolerance)
