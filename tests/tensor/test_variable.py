"""Variables: operators, truth, identity, iteration, printing, NumPy beside them."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

import theano.tensor as T


def test_equality_is_identity_so_that_variables_are_keys() -> None:
    x, y = T.vectors("x", "y")
    assert x == x and x != y
    assert {x: 1, y: 2}[y] == 2


@pytest.mark.parametrize("compare", ["<", "<=", ">", ">="])
def test_the_truth_of_a_comparison_is_refused(compare: str) -> None:
    x = T.vector("x")
    with pytest.raises(TypeError, match="Variables do not support boolean operations"):
        bool(eval(f"x {compare} 0", {"x": x}))


def test_a_chain_of_comparisons_is_refused() -> None:
    x = T.scalar("x")
    with pytest.raises(TypeError, match="boolean operations"):
        assert 0 < x < 1


def test_other_variables_are_true() -> None:
    x = T.scalar("x")
    assert bool(x) and bool(T.eq(x, 1))


@pytest.mark.parametrize("other", ["a", True, None, print], ids=str)
def test_adding_what_is_no_tensor_is_a_type_error_of_python(other: object) -> None:
    with pytest.raises(TypeError, match="unsupported operand type"):
        T.vector("x") + other


def test_arrays_and_numpy_numbers_on_the_left_build_graphs() -> None:
    x = T.vector("x")
    for expression in (np.ones(3) + x, np.float64(2) * x, [1, 2] - x, np.arange(3) > x):
        assert isinstance(expression, T.TensorVariable)
        assert expression.owner is not None


def test_numpy_functions_of_variables_build_graphs() -> None:
    x = T.vector("x")
    assert np.exp(x).owner.op == T.exp
    assert np.multiply(x, 2).owner.op == T.mul


def test_a_vector_of_unknown_length_is_not_iterated() -> None:
    with pytest.raises(ValueError, match="length not known: x"):
        list(T.vector("x"))


def test_a_matrix_is_not_iterated() -> None:
    with pytest.raises(TypeError, match="does not support iteration"):
        iter(T.matrix("m"))


def test_a_shape_is_unpacked() -> None:
    rows, columns = T.matrix("m").shape
    assert rows.ndim == columns.ndim == 0


def test_a_variable_has_no_length_and_is_no_number() -> None:
    x = T.vector("x")
    for convert in (len, float, int, range):
        with pytest.raises(TypeError):
            convert(x)


def test_items_are_not_assigned() -> None:
    with pytest.raises(TypeError, match="does not support item assignment"):
        T.vector("x")[0] = 1  # type: ignore[index]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "TensorConstant{2}"),
        (np.array([1.0, 2.0]), "TensorConstant{[1. 2.]}"),
        (np.ones((1, 1)), "TensorConstant{(1, 1) of 1.0}"),
        (np.full((3, 4), 0.5), "TensorConstant{(3, 4) of 0.5}"),
        (np.arange(100), "TensorConstant{[ 0  1  2..97 98 99]}"),
    ],
    ids=str,
)
def test_constants_print_their_value_shortened(value: object, text: str) -> None:
    assert str(T.constant(value)) == text


def test_variables_print_their_name_op_or_type() -> None:
    a, b = T.matrix("a"), T.vector()
    assert str(a) == "a"
    assert str(b) == "<TensorType(float64, vector)>"
    assert str(b + 1) == "Elemwise{add,no_inplace}.0"
    assert str(a.T) == "a.T"


@pytest.mark.parametrize(
    ("index", "text"),
    [
        (0, "Subtensor{int64}"),
        (slice(1, None), "Subtensor{int64::}"),
        ((0, slice(1, None)), "Subtensor{int64, int64::}"),
        ((slice(None, -1), slice(None, None, 2)), "Subtensor{:int64:, ::int64}"),
    ],
    ids=str,
)
def test_indexing_prints_the_form_of_the_index(index: object, text: str) -> None:
    assert str(T.matrix()[index].owner.op) == text


def test_equal_constants_have_equal_signatures_nan_included() -> None:
    assert T.constant(np.nan).signature() == T.constant(np.array(np.nan)).signature()
    assert T.constant(0.0).signature() != T.constant(-0.0).signature()
    assert T.constant(3).signature() != T.constant(np.float32(3)).signature()
    large = np.arange(1e4)
    assert T.constant(large).signature() == T.constant(large.copy()).signature()
    assert T.constant(large).signature() != T.constant(large + 1).signature()


def test_a_constant_equals_a_value() -> None:
    assert T.constant([1, 2]).equals([1, 2])
    assert not T.constant([1, 2]).equals("ab")


def test_small_constants_are_one_object() -> None:
    assert T.constant(3) is T.constant(3)


def test_graphs_are_pickled_and_copied() -> None:
    x = T.matrix("x")
    y = x[0, 1:] * T.constant([1.5]) + T.set_subtensor(x[0], 1.0)[:, 0].sum()
    for again in (pickle.loads(pickle.dumps(y)), copy.deepcopy(y)):
        assert str(again.owner) == str(y.owner)
        assert again.type == y.type


def test_one_line_makes_several_variables() -> None:
    x, y = T.dmatrices("x", "y")
    assert x.type == T.dmatrix and y.name == "y"
    assert [v.name for v in T.vectors("ab")] == ["a", "b"]
    assert len(T.scalars(3)) == 3
    assert T.vectors("x").name == "x"


@pytest.mark.parametrize("prefix", "bwilfdcz")
@pytest.mark.parametrize("pattern", ["scalar", "vector", "matrix", "row", "col", "tensor3", "tensor5"])
def test_every_dtype_and_pattern_has_a_type(prefix: str, pattern: str) -> None:
    kind = getattr(T, prefix + pattern)
    dtype = dict(
        zip("bwilfdcz", "int8 int16 int32 int64 float32 float64 complex64 complex128".split(), strict=True)
    )
    assert kind("v").dtype == dtype[prefix]
    assert kind.broadcastable == getattr(T, pattern)().broadcastable
