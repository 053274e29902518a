"""Comparisons element by element, of sparse matrices and of sparse with dense operands."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from theano.graph import Apply, Op, require
from theano.sparse.arithmetic import equal_shapes
from theano.sparse.dense import dense_from_sparse
from theano.sparse.making import as_sparse_or_tensor_variable
from theano.sparse.parts import as_compressed
from theano.sparse.type import FORMATS, is_sparse_variable
from theano.tensor import elementwise
from theano.tensor.constant import as_tensor_variable
from theano.tensor.rebroadcast import patternbroadcast
from theano.tensor.type import tensor_type


class _Comparison(Op):
    """relation(x, y) for each element, as uint8."""

    __props__ = ()
    relation: str
    holds_of_zeros = False  # whether it holds of two elements that are not stored

    def comparison(self, x: Any, y: Any) -> Any:
        """The relation of two matrices of one shape, of which one at least is sparse."""
        return getattr(operator, {"neq": "ne"}.get(self.relation, self.relation))(x, y)

    def infer_shape(self, node: Apply, shapes: Sequence[Any]) -> list[tuple]:
        return [shapes[0]]

    def __str__(self) -> str:
        return type(self).__name__


class _OfTwoSparse(_Comparison):
    """x, y  sparse, csr or csc;  out  sparse of uint8, format of x"""

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_compressed(y, f"{self}(x, y)")
        return Apply(self, [x, y], [x.type.clone(dtype="uint8")()])

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        if self.holds_of_zeros:  # so most elements of the result are not 0
            x, y = x.toarray(), y.toarray()
        kind = FORMATS[node.outputs[0].type.format]  # type: ignore[attr-defined]
        outputs[0][0] = kind(self.comparison(x, y)).astype("uint8")


class _OfSparseAndDense(_Comparison):
    """x  sparse, y  matrix;  out  matrix of uint8"""

    def make_node(self, x: Any, y: Any) -> Apply:
        x, y = as_compressed(x, f"{self}(x, y)"), as_tensor_variable(y)
        require(
            y.type.ndim == 2, f"{self}(x, y)", needs="a matrix y", found=f"type {y.type}", operands={"x": x, "y": y},
            error=AssertionError,
        )  # fmt: skip
        return Apply(self, [x, y], [tensor_type("uint8", (False, False))()])

    def inlined(self, inputs: Sequence[Any]) -> list[Any]:
        x, y = inputs
        relation = getattr(elementwise, self.relation)
        return [
            elementwise.cast(relation(dense_from_sparse(x), patternbroadcast(y, (False, False))), "uint8")
        ]

    def perform(
        self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None
    ) -> None:
        x, y = inputs
        equal_shapes(self, node, x, y)
        outputs[0][0] = np.asarray(self.comparison(x.toarray(), y)).astype("uint8")


class EqualSS(_OfTwoSparse):
    """x == y"""

    relation, holds_of_zeros = "eq", True


class EqualSD(_OfSparseAndDense):
    """x == y"""

    relation = "eq"


class NotEqualSS(_OfTwoSparse):
    """x != y"""

    relation = "neq"


class NotEqualSD(_OfSparseAndDense):
    """x != y"""

    relation = "neq"


class LessThanSS(_OfTwoSparse):
    """x < y"""

    relation = "lt"


class LessThanSD(_OfSparseAndDense):
    """x < y"""

    relation = "lt"


class GreaterThanSS(_OfTwoSparse):
    """x > y"""

    relation = "gt"


class GreaterThanSD(_OfSparseAndDense):
    """x > y"""

    relation = "gt"


class LessEqualSS(_OfTwoSparse):
    """x <= y"""

    relation, holds_of_zeros = "le", True


class LessEqualSD(_OfSparseAndDense):
    """x <= y"""

    relation = "le"


class GreaterEqualSS(_OfTwoSparse):
    """x >= y"""

    relation, holds_of_zeros = "ge", True


class GreaterEqualSD(_OfSparseAndDense):
    """x >= y"""

    relation = "ge"


equal_s_s, equal_s_d = EqualSS(), EqualSD()
not_equal_s_s, not_equal_s_d = NotEqualSS(), NotEqualSD()
less_than_s_s, less_than_s_d = LessThanSS(), LessThanSD()
greater_than_s_s, greater_than_s_d = GreaterThanSS(), GreaterThanSD()
less_equal_s_s, less_equal_s_d = LessEqualSS(), LessEqualSD()
greater_equal_s_s, greater_equal_s_d = GreaterEqualSS(), GreaterEqualSD()


def eq(x: Any, y: Any) -> Any:
    """x == y: sparse if both are, else dense.  AssertionError when neither is sparse, as in all comparisons here."""
    return _compared("eq", x, y, equal_s_s, equal_s_d, equal_s_d)


def neq(x: Any, y: Any) -> Any:
    """x != y: sparse if both are, else dense."""
    return _compared("neq", x, y, not_equal_s_s, not_equal_s_d, not_equal_s_d)


def lt(x: Any, y: Any) -> Any:
    """x < y: sparse if both are, else dense."""
    return _compared("lt", x, y, less_than_s_s, less_than_s_d, greater_than_s_d)


def gt(x: Any, y: Any) -> Any:
    """x > y: sparse if both are, else dense."""
    return _compared("gt", x, y, greater_than_s_s, greater_than_s_d, less_than_s_d)


def le(x: Any, y: Any) -> Any:
    """x <= y: sparse if both are, else dense."""
    return _compared("le", x, y, less_equal_s_s, less_equal_s_d, greater_equal_s_d)


def ge(x: Any, y: Any) -> Any:
    """x >= y: sparse if both are, else dense."""
    return _compared("ge", x, y, greater_equal_s_s, greater_equal_s_d, less_equal_s_d)


def _compared(name: str, x: Any, y: Any, both: Op, first: Op, second: Op) -> Any:
    """``first`` is for a sparse x, ``second`` takes a sparse y before x."""
    x, y = as_sparse_or_tensor_variable(x), as_sparse_or_tensor_variable(y)
    require(
        is_sparse_variable(x) or is_sparse_variable(y), f"{name}(x, y)", needs="a sparse operand",
        found=f"types {x.type} and {y.type}", operands={"x": x, "y": y}, error=AssertionError,
    )  # fmt: skip
    if not is_sparse_variable(x):
        return second(y, x)
    return both(x, y) if is_sparse_variable(y) else first(x, y)
