"""Sums over the steps of a loop, taken out of it as one sum over arrays."""

from __future__ import annotations

from collections import Counter
from typing import Any

from theano.control_flow.scan_form import State
from theano.data_classes import dataclass
from theano.graph import Constant, Variable
from theano.rewrite.loop_draft import Collected, Draft, Operand, StateDraft
from theano.rewrite.loop_states import initial_values
from theano.rewrite.terms import function_of
from theano.scalar.arithmetic import add, mul
from theano.tensor.dimshuffle import DimShuffle, pad_left
from theano.tensor.dot import Dot, dot
from theano.tensor.reduction import Sum as Sum_
from theano.tensor.shape import reshape


def take_sums_out(draft: Draft) -> list[Sum]:
    """Where only the last entry of h[i + 1] = h[i] + f(i) is wanted, it is h[0] + the sum of f over all steps.

    That is done for products, f = dot(a, b), and for sums along axes of what is in an array in any case.
    """
    states = {s: initial for s in draft.states if (initial := _of_sum(s)) is not None}
    terms = {s: _added(draft, s) for s in states}
    found: list[Sum] = []
    for s, term in terms.items():
        if term is not None and (factors := _factors(draft, term)) is not None:
            a, b = ((_collected(draft, v), turned) for v, turned in factors)
            found.append(ProductOfAll(s, states[s][0], a, b))
    for s, term in terms.items():
        if term is not None and all(s is not one.state for one in found):
            of_all = _sum_of_all(draft, s, states[s][0], term)
            found += [] if of_all is None else [of_all]
    for one in found:
        draft.states.remove(one.state)
    return found


def _of_sum(s: StateDraft) -> Any:
    """The first entry of a state that may be a sum of which the last value alone is used, with a first axis; else None."""
    return initial_values(s) if s.of == State((0,), (1,)) and s.last_used == 1 else None


@dataclass(frozen=True)
class ProductOfAll:
    """initial + sum over all steps of dot(a', b'), in place of a state; ' for a transposition where there is one.

    a, b  where the values of all steps are, and whether each is transposed
    """

    state: StateDraft
    initial: Any
    a: tuple[Operand | Collected, bool]
    b: tuple[Operand | Collected, bool]

    @property
    def sources(self) -> list[Operand | Collected]:
        return [self.a[0], self.b[0]]

    def last(self) -> Any:
        """An array that ends with the sum, when the loop has been applied."""
        (A, a_turned), (B, b_turned) = ((_array(source), turned) for source, turned in (self.a, self.b))
        if A.type.ndim == 2:  # of vectors: the sum over steps is that of a product
            total = dot(A.T, B)
        else:
            columns = A if a_turned else A.dimshuffle(0, 2, 1)  # (step, summed, row of the result)
            rows = B.dimshuffle(0, 2, 1) if b_turned else B
            n = columns.shape[0] * columns.shape[1]
            left: Any = reshape(columns, (n, columns.shape[2]), ndim=2)
            total = dot(left.T, reshape(rows, (n, rows.shape[2]), ndim=2))
        return pad_left(self.initial + total)


@dataclass(frozen=True)
class SumOfAll:
    """initial + sum over all steps of views(sum(x, axes)), in place of a state.

    x      where the values of all steps are
    axes   of one value, none where that is added as it is
    like   the Sum of a step, which tells the dtypes, or None
    order  how its result is arranged, or None
    """

    state: StateDraft
    initial: Any
    x: Operand | Collected
    axes: tuple[int, ...]
    like: Sum_ | None
    order: tuple[Any, ...] | None

    @property
    def sources(self) -> list[Operand | Collected]:
        return [self.x]

    def last(self) -> Any:
        """An array that ends with the sum, when the loop has been applied."""
        axes = [0, *(axis + 1 for axis in self.axes)]
        dtype, acc_dtype = (None, None) if self.like is None else (self.like.dtype, self.like.acc_dtype)
        total: Any = Sum_(axes, dtype, acc_dtype)(_array(self.x))
        if self.order is not None:
            total = total.dimshuffle(*self.order)
        return pad_left(self.initial + total)


Sum = ProductOfAll | SumOfAll


def _sum_of_all(draft: Draft, s: StateDraft, initial: Any, term: Variable) -> SumOfAll | None:
    """The sum over all steps of a term that is x, or a sum of it along axes, for an x that is in an array in any case."""
    order, v = None, term
    if v.owner is not None and isinstance(v.owner.op, DimShuffle):
        order, v = v.owner.op.new_order, v.owner.inputs[0]
    axes: tuple[int, ...] = ()
    like = None
    if v.owner is not None and type(v.owner.op) is Sum_:
        like, v = v.owner.op, v.owner.inputs[0]
        axes = like.axes(v.type.ndim)  # type: ignore[attr-defined]
    x = _source(draft, v)
    return None if x is None else SumOfAll(s, initial, x, axes, like, order)


def _source(draft: Draft, v: Variable) -> Operand | Collected | None:
    """Where the values of a variable in all steps are: a sequence, or what is collected; None where they are not kept."""
    for s in draft.sequences:
        if s.own is v and draft.condition is None:
            return s
    for z in draft.collected:
        if z.value is v and z.length is draft.steps:
            return z
    return None


def _collected(draft: Draft, v: Variable) -> Operand | Collected:
    """The same, collected from now on where they are not kept."""
    found = _source(draft, v)
    if found is None:
        found = Collected(v, draft.steps)
        draft.collected.append(found)
    return found


def _array(source: Operand | Collected) -> Any:
    return source.outer if isinstance(source, Operand) else source.result


def _added(draft: Draft, s: StateDraft) -> Variable | None:
    """x where a step makes h + x of h, and h is used for nothing else."""
    (before,), (after,) = s.reads, s.writes
    if function_of(after) is not add or len(after.owner.inputs) != 2 or before not in after.owner.inputs:  # type: ignore
        return None
    uses = Counter([*(v for node in draft.nodes() for v in node.inputs), *draft.outputs])
    if uses[before] != 1 or uses[after] != 1:
        return None
    x, y = after.owner.inputs  # type: ignore[union-attr]
    term = y if x is before else x
    return term if term.type == after.type else None


def _factors(draft: Draft, term: Variable) -> list[tuple[Variable, bool]] | None:
    """a and b, and whether each is transposed, where a term is their product and both change from step to step."""
    found = _factors_of(term)
    fixed = {o.own for o in draft.others}
    return None if found is None or any(v in fixed or isinstance(v, Constant) for v, _ in found) else found


def _factors_of(term: Variable) -> list[tuple[Variable, bool]] | None:
    node = term.owner
    if node is not None and isinstance(node.op, Dot) and all(v.type.ndim == 2 for v in node.inputs):  # type: ignore
        x, y = node.inputs
        return [transposed(x), transposed(y)]
    if node is not None and function_of(term) is mul and len(node.inputs) == 2 and term.type.ndim == 2:  # type: ignore
        columns = [v for v in node.inputs if _is_vector(v, (0, "x"))]
        rows = [v for v in node.inputs if _is_vector(v, ("x", 0))]
        if len(columns) == len(rows) == 1:
            return [(columns[0].owner.inputs[0], True), (rows[0].owner.inputs[0], False)]  # type: ignore[union-attr]
    return None


def transposed(x: Variable) -> tuple[Variable, bool]:
    """(y, True) where ``x`` is the transpose of y, else (x, False)."""
    is_transpose = x.owner is not None and isinstance(x.owner.op, DimShuffle) and x.owner.op.new_order == (1, 0)
    return (x.owner.inputs[0], True) if is_transpose else (x, False)  # type: ignore[union-attr]


def _is_vector(v: Variable, order: tuple) -> bool:
    return v.owner is not None and isinstance(v.owner.op, DimShuffle) and v.owner.op.new_order == order
