"""Parts of arrays, arrays made of others: what rules make of them, and that errors stay errors."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import theano
import theano.tensor as T
from tests.rewrite.evaluation import check, rewritten, values
from theano.graph import FunctionGraph, Variable
from theano.rewrite.passes import rewriter
from theano.tensor.assertion import Assert
from theano.tensor.shape import SpecifyShape
from theano.tensor.subtensor import Subtensor

x, y = T.dvectors("x", "y")
m = T.dmatrix("m")
n = T.lscalar("n")

SIMPLIFIED = {
    "element of a part": (x[2:][1], x[3]),
    "part of a part": (x[1:][:-1], x[1:-1]),
    "strides": (x[1:9:2][1:3], x[3:7:2]),
    "backwards twice": (x[::-1][::-1], x),
    "from behind": (x[::-1][2], x[-3]),
    "an unknown end": (x[:n][3:], x[3:n]),
    "an index that says too much": (m[0:, 1::1], m[:, 1:]),
    "rows, then columns": (m[1][2], m[1, 2]),
    "a row of a transpose": (m.T[0], m[:, 0]),
    "a new axis taken away": (x.dimshuffle("x", 0)[0], x),
    "a part of numbers": (T.alloc(x[0], n, 5)[:, 1:3], T.alloc(x[0], n, 2)),
    "one of numbers": (T.alloc(x[0], 4)[-1], x[0]),
    "an entry of a joined vector": (T.join(0, T.stack([x[0], x[1]]), y)[5], y[3]),
    "the end of a joined vector": (T.join(0, T.stack([x[0], x[1]]), y)[2:], y),
    "an entry counted from behind": (T.join(0, y, T.stack([x[0], x[1]]))[-3], y[-1]),
    "what was set": (T.set_subtensor(x[2], 3.0)[2], T.constant(3.0, dtype="float64")),
    "one of a computed array": (T.exp(x)[1], T.exp(x[1])),
    "a row of a computed matrix": ((m + x)[0], m[0] + x),
    "joins in joins": (T.join(0, T.join(0, x, y), x), T.join(0, x, y, x)),
    "sum of ones": (T.alloc(1.0, n, 3).sum(), T.cast(n * T.constant(3), "float32")),
    "sum of integers": (T.alloc(n, 3).sum(), n * T.constant(3, dtype="int64")),
    "products of transposes": (T.dot(m.T, m.T), T.dot(m, m).T),
}


@pytest.mark.parametrize("case", SIMPLIFIED)
def test_expression_is_simplified(case: str) -> None:
    check([x, y, m, n], *SIMPLIFIED[case])


STAYING = {
    "an end before another": x[:-1][:-1],
    "an unknown start": x[n:][1],
    "an element that may not be there": x[2:][-1],
    "an element beyond the part": x[:3][3],
    "a length that is not known": T.join(0, x, y)[2],
    "a part across pieces": T.join(0, T.stack([x[0], x[1]]), y)[1:],
    "fractions are summed": T.alloc(0.1, n).sum(),
}


@pytest.mark.parametrize("case", STAYING)
def test_expression_stays(case: str) -> None:
    check([x, y, m, n], STAYING[case], STAYING[case])


PARTS = [
    *(slice(a, b, c) for a in (None, 0, 2, -2) for b in (None, 1, 4, -1) for c in (None, 2, -1)),
    0,
    2,
    -1,
]


def test_parts_of_parts_keep_value_and_errors() -> None:
    pairs = [(i, j) for i, j in itertools.product(PARTS, PARTS) if isinstance(i, slice)]
    graphs = [rewritten([x], [x[i][j]]) for i, j in pairs]
    assert sum(len(graph.apply_nodes) == 1 for graph in graphs) > 400
    for (i, j), graph in zip(pairs, graphs, strict=True):
        for length in (0, 1, 2, 5, 8):
            v = np.arange(float(length))
            try:
                wanted = v[i][j]
            except IndexError:
                with pytest.raises(IndexError):
                    values(graph, [v])
            else:
                np.testing.assert_array_equal(values(graph, [v])[0], wanted, err_msg=f"x[{i}][{j}], {length}")


def test_parts_of_joined_arrays_keep_value_and_errors() -> None:
    head = T.stack([y[0], y[1]])
    for j in PARTS:
        for joined in (T.join(0, head, x), T.join(0, x, head), T.join(0, head, x, head)):
            graph, plain = rewritten([x, y], [joined[j]]), FunctionGraph([x, y], [joined[j]])
            for length in (0, 1, 4):
                arguments = [np.arange(float(length)), np.array([7.0, 8.0])]
                try:
                    (wanted,) = values(plain, arguments)
                except IndexError:
                    with pytest.raises(IndexError):
                        values(graph, arguments)
                else:
                    np.testing.assert_array_equal(values(graph, arguments)[0], wanted, err_msg=str(j))


def test_a_part_of_what_is_used_as_a_whole_is_taken_from_it() -> None:
    whole = T.exp(x)
    graph = rewritten([x], [whole.sum() + whole[0]])
    assert sum(getattr(node.op, "scalar_op", None) is theano.scalar.exp for node in graph.toposort()) == 1


def test_a_row_of_a_softmax_stays_accurate() -> None:
    out = (T.exp(m) / T.exp(m).sum(axis=1, keepdims=True))[0]
    (value,) = values(rewritten([m], [out]), [np.array([[1000.0, 1000.0]])])
    np.testing.assert_array_equal(value, [0.5, 0.5])


def test_a_stretched_operand_is_read_at_0() -> None:
    column = T.dcol("c")
    graph = rewritten([column, m], [(column * m)[:, 2]])
    (value,) = values(graph, [np.array([[2.0], [3.0]]), np.arange(6.0).reshape(2, 3)])
    np.testing.assert_array_equal(value, [4.0, 15.0])
    assert isinstance(graph.outputs[0].owner.op.scalar_op, type(theano.scalar.mul))  # type: ignore[union-attr]


@pytest.mark.parametrize("value", [0, 1, 7, 100, 1000, -3])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int8", "int64", "uint16"])
def test_sums_of_one_number_are_exact(dtype: str, value: int) -> None:
    one = T.constant(np.array(value).astype(dtype), dtype=dtype)
    out = T.alloc(one, n, 3).sum(axis=0)
    arguments = [np.array(12345)]
    (wanted,) = values(FunctionGraph([n], [out]), arguments)
    (found,) = values(rewritten([n], [out]), arguments)
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(found, wanted)


# -- conditions --------------------------------------------------------------------------------------------------------


def has(graph: FunctionGraph, *ops: type) -> bool:
    return any(isinstance(node.op, ops) for node in graph.toposort())


def asserted() -> Variable:
    return Assert("no")(T.specify_shape(m, (2, n)), n > 3)


def test_conditions_are_removed_on_request() -> None:
    assert has(rewritten([m, n], [asserted()]), Assert)
    for rewrite in (rewriter("fast_run", including=["local_remove_all_assert"]), rewriter("unsafe")):
        assert not has(rewritten([m, n], [asserted()], rewrite), Assert, SpecifyShape)
    mode = theano.Mode("py").including("local_remove_all_assert")
    f = theano.function([m, n], asserted().sum(), mode=mode, on_unused_input="ignore")
    assert f(np.ones((1, 1)), 0) == 1.0


def test_conditions_that_hold_are_removed_always() -> None:
    out = Assert("no")(x, T.constant(1), n > 3, T.constant(0) < 1)
    check([x, n], out, Assert("no")(x, n > 3))
    check([x], Assert("no")(x, T.constant(1)), x)
    assert has(rewritten([x], [Assert("no")(x, T.constant(0))]), Assert)


def test_a_part_is_taken_before_anything_is_computed(backend: str) -> None:
    out = T.exp(m.T + 1.0)[1:, 0]
    f = theano.function([m], out, mode=theano.Mode(linker=backend))
    assert isinstance(f.maker.fgraph.toposort()[0].op, Subtensor)
    np.testing.assert_allclose(f(np.arange(6.0).reshape(2, 3)), np.exp([2.0, 3.0]), rtol=1e-14)
