"""A step along the gradient of looked-up rows moves those rows, and touches no others."""

from __future__ import annotations

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.rewrite.evaluation import check, rewritten, values
from theano import grad
from theano.graph import FunctionGraph, Variable
from theano.tensor.advanced import AdvancedIncSubtensor, AdvancedIncSubtensor1
from theano.tensor.elemwise import Elemwise
from theano.tensor.subtensor import IncSubtensor

W, g = T.dmatrices("W", "g")
rows = T.lvector("rows")
lr = T.dscalar("lr")
TABLE = np.arange(12.0).reshape(6, 2)
STEPS = np.array([[1.0, -2.0], [0.5, 3.0], [4.0, 0.25]])
ROWS = np.array([4, 1, 4])  # one is named twice


def gradient() -> Variable:
    return grad((W[rows] * g).sum(), W)


def shapes(graph: FunctionGraph, arguments: list[np.ndarray]) -> list[tuple]:
    """The shapes of everything that is computed but for the outputs."""
    inner = [v for node in graph.toposort() for v in node.outputs if v not in graph.outputs]
    return [np.shape(v) for v in values(FunctionGraph(graph.inputs, inner), arguments)]


def test_step_with_a_constant_rate() -> None:
    check([W, g, rows], W - 0.1 * gradient(), AdvancedIncSubtensor1()(W, np.array([[-0.1]]) * g, rows))


def test_step_with_a_variable_rate() -> None:
    after = AdvancedIncSubtensor1()(W, -(lr.dimshuffle("x", "x") * g), rows)
    check([W, g, rows, lr], W - lr * gradient(), after)
    check(
        [W, g, rows, lr],
        W - gradient() * lr,
        AdvancedIncSubtensor1()(W, -(g * lr.dimshuffle("x", "x")), rows),
    )


def test_step_of_single_precision() -> None:
    table, rate = T.fmatrix("W"), T.fscalar("lr")
    out = table - rate * grad((table[rows] * T.cast(g, "float32")).sum(), table)
    (node,) = [n for n in rewritten([table, g, rows, rate], [out]).toposort() if n.outputs[0].type.ndim == 2][
        -1:
    ]
    assert isinstance(node.op, AdvancedIncSubtensor1)


def test_nothing_of_the_size_of_the_table_is_computed() -> None:
    graph = rewritten([W, g, rows, lr], [W - lr * gradient() / 2.0])
    assert (6, 2) not in shapes(graph, [TABLE, STEPS, ROWS, np.array(0.1)])


def test_rows_named_twice_move_twice() -> None:
    graph = rewritten([W, g, rows, lr], [W - lr * gradient()])
    (found,) = values(graph, [TABLE, STEPS, ROWS, np.array(0.5)])
    wanted = TABLE.copy()
    np.subtract.at(wanted, ROWS, 0.5 * STEPS)
    np.testing.assert_allclose(found, wanted, rtol=1e-15)


def test_a_table_looked_up_twice() -> None:
    other = T.lvector("other")
    loss = (W[rows] * g).sum() + (W[other] * g).sum()
    graph = rewritten([W, g, rows, other, lr], [W - lr * grad(loss, W)])
    arguments = [TABLE, STEPS, ROWS, np.array([0, 1, 2]), np.array(0.5)]
    assert (6, 2) not in shapes(graph, arguments)[:-1] or len(graph.apply_nodes) < 9
    assert sum(isinstance(n.op, AdvancedIncSubtensor1) for n in graph.toposort()) == 2
    assert not any(isinstance(n.op, Elemwise) and n.inputs[0] is graph.inputs[0] for n in graph.toposort())
    (plain,) = values(FunctionGraph([W, g, rows, other, lr], [W - lr * grad(loss, W)]), arguments)
    np.testing.assert_allclose(values(graph, arguments)[0], plain, rtol=1e-15)


@pytest.mark.parametrize(
    ("taken", "op"),
    [
        (lambda w: w[rows, rows % 2], AdvancedIncSubtensor),
        (lambda w: w[1:4], IncSubtensor),
        (lambda w: w[3], IncSubtensor),
    ],
    ids=["arrays of indices", "a slice", "a row"],
)
def test_other_ways_to_take_a_part(taken: object, op: type) -> None:
    out = W - lr * grad((taken(W) ** 2).sum(), W)  # type: ignore[operator]
    graph = rewritten([W, rows, lr], [out])
    (last,) = [node for node in graph.toposort() if node.outputs[0] is graph.outputs[0]]
    assert isinstance(last.op, op)
    assert last.inputs[0] is graph.inputs[0]
    arguments = [TABLE, ROWS, np.array(0.5)]
    (plain,) = values(FunctionGraph([W, rows, lr], [out]), arguments)
    np.testing.assert_allclose(values(graph, arguments)[0], plain, rtol=1e-14)


def test_a_gradient_that_is_used_otherwise_is_not_taken_apart() -> None:
    scaled = W - lr * gradient() / T.sqrt(gradient() ** 2 + 1e-6)
    graph = rewritten([W, g, rows, lr], [scaled])
    (put,) = [node for node in graph.toposort() if isinstance(node.op, AdvancedIncSubtensor1)]
    assert len(graph.clients(put.outputs[0])) == 2
    assert graph.outputs[0].owner.op.scalar_op is theano.scalar.sub  # type: ignore[union-attr]


def test_rows_that_were_set_are_not_increments() -> None:
    out = W + T.set_subtensor(T.zeros_like(W)[rows], g)
    graph = rewritten([W, g, rows], [out])
    np.testing.assert_array_equal(
        values(graph, [TABLE, STEPS, ROWS])[0],
        values(FunctionGraph([W, g, rows], [out]), [TABLE, STEPS, ROWS])[0],
    )


def test_a_compiled_step_moves_the_rows(backend: str) -> None:
    table = theano.shared(TABLE.copy())
    step = theano.function(
        [rows, g],
        updates={table: table - 0.5 * grad((table[rows] * g).sum(), table)},
        mode=theano.Mode(linker=backend),
    )
    step(ROWS, STEPS)
    wanted = TABLE.copy()
    np.subtract.at(wanted, ROWS, 0.5 * STEPS)
    np.testing.assert_allclose(table.get_value(), wanted, rtol=1e-15)
