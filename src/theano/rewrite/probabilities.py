"""Rules for distributions in rows: log(softmax(x)), cross entropies with labels, and their gradients.

The gradient of a logarithm divides by softmax(x), which may round to 0; the gradient of softmax multiplies by it.  The
rules bring the two together.
"""

from __future__ import annotations

from theano import scalar
from theano.graph import Apply, FunctionGraph, Variable
from theano.rewrite.engine import Result, RuleBook
from theano.rewrite.scatter import added_onto, increments
from theano.rewrite.terms import (
    Signed,
    dtype_of,
    factors_of,
    is_number,
    number,
    pattern_of,
    product_of,
    sum_of,
    terms_of,
)
from theano.scalar import add, log, mul, second
from theano.scalar import dtype as dtypes
from theano.tensor.advanced import AdvancedIncSubtensor, AdvancedIncSubtensor1
from theano.tensor.alloc import Alloc
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.elemwise import elemwise_of
from theano.tensor.extremum import Argmax
from theano.tensor.lengths import KnownLengths
from theano.tensor.nnet.crossentropy import (
    CrossentropyCategorical1Hot,
    CrossentropyCategorical1HotGrad,
    CrossentropySoftmax1HotWithBiasDx,
    CrossentropySoftmaxArgmax1HotWithBias,
)
from theano.tensor.nnet.ctc import ConnectionistTemporalClassification
from theano.tensor.nnet.distribution import LogSoftmax, Softmax, SoftmaxGrad
from theano.tensor.reduction import sum_over

probabilities = RuleBook("probabilities")  # a part of stabilize
most_probable = RuleBook("most_probable")  # a part of specialize, which finds that of a maximum only the place is used


@probabilities.on(log)
def log_softmax(node: Apply) -> Variable | None:
    """log(softmax(x)) -> logsoftmax(x): x << 0, where softmax(x) rounds to 0"""
    x = _argument_of_softmax(node.inputs[0])
    return None if x is None else LogSoftmax()(x)


def _argument_of_softmax(p: Variable) -> Variable | None:
    """x where ``p`` is softmax(x)."""
    owner = p.owner
    if owner is None:
        return None
    if type(owner.op) is Softmax:
        return owner.inputs[0]
    if type(owner.op) is CrossentropySoftmaxArgmax1HotWithBias and owner.outputs[1] is p:
        x, b, _ = owner.inputs
        return x if _is_zero(b) else elemwise_of(add)(x, DimShuffle(pattern_of(b), ("x", 0))(b))
    return None


def _is_zero(b: Variable) -> bool:
    filling = b.owner.inputs[0] if b.owner is not None and type(b.owner.op) is Alloc else b
    return is_number(filling, 0)


@probabilities.on(CrossentropyCategorical1Hot)
def crossentropy_softmax(node: Apply) -> Result:
    """crossentropy of softmax(x) with labels -> the two of them at once: x << 0, where softmax(x) rounds to 0"""
    p, y = node.inputs
    if p.owner is None or type(p.owner.op) is not Softmax:
        x = _argument_of_softmax(p)
        if x is None:
            return None
        owner = p.owner
        if owner.inputs[2] is y:  # type: ignore[union-attr]
            return owner.outputs[0]  # type: ignore[union-attr]
        return CrossentropySoftmaxArgmax1HotWithBias()(x, number(0, dtype_of(x), 1), y)[0]
    (x,) = p.owner.inputs
    nll, sm, _ = CrossentropySoftmaxArgmax1HotWithBias()(x, number(0, dtype_of(x), 1), y)
    if nll.type != node.outputs[0].type:
        return None
    return {node.outputs[0]: nll, p: sm}


@probabilities.on(SoftmaxGrad)
def crossentropy_softmax_gradient(node: Apply) -> Variable | None:
    """the gradient of both, from the gradients of each: 0 * inf where softmax(x) rounds to 0"""
    dout, p = node.inputs
    owner = dout.owner
    if owner is None or type(owner.op) is not CrossentropyCategorical1HotGrad or owner.inputs[1] is not p:
        return None
    g, _, y = owner.inputs
    return CrossentropySoftmax1HotWithBiasDx()(g, p, y)


@probabilities.on(SoftmaxGrad)
def log_softmax_gradient(node: Apply) -> Variable | None:
    """SoftmaxGrad(y / p, p) -> y - p * sum(y), p = softmax(x): 0 * inf where p rounds to 0; a term of a sum, too"""
    dout, p = node.inputs
    out = node.outputs[0]
    divided: list[Signed] = []
    rest: list[Signed] = []
    for term, sign in terms_of(dout):
        factors, of_all = factors_of(term, sign)
        k = next((k for k, (v, e) in enumerate(factors) if v is p and e < 0), None)
        if k is None or dtype_of(term) != dtype_of(out):
            rest.append((term, sign))
            continue
        rest_of_term = [f for f in factors[:k] + factors[k + 1 :] if not is_number(f[0], 1)]
        y = product_of(rest_of_term, of_all, dtype_of(term))
        divided.append((y, 1))
    if not divided:
        return None
    y = sum_of(divided)
    if pattern_of(y) != pattern_of(out):
        ndim = len(pattern_of(y))
        if ndim != len(pattern_of(out)):
            y = DimShuffle(pattern_of(y), ("x",) * (len(pattern_of(out)) - ndim) + tuple(range(ndim)))(y)
        y = elemwise_of(second)(p, y)
    new = _below(y, p)
    if rest:
        new = elemwise_of(add)(new, node.op(sum_of(rest), p))
    return new


def _below(y: Variable, p: Variable) -> Variable:
    """y - p * sum(y, 1); where y is zeros with something added at (rows, columns), so little is added to -p * sum(y, 1)."""
    nodes = increments(y)
    if not nodes or any(pattern_of(y)) or not all(map(_is_at_rows_and_columns, nodes)):
        return elemwise_of(scalar.sub)(y, elemwise_of(mul)(p, sum_over(y, [1])))
    (rows, _) = KnownLengths().of(nodes[0].inputs[0])  # type: ignore[misc]
    total: Variable = Alloc()(number(0, dtype_of(y)), rows)
    for node in nodes:
        _, value, at, _ = node.inputs
        total = AdvancedIncSubtensor1()(total, value, at)
    scaled = elemwise_of(mul)(p, DimShuffle((False,), (0, "x"))(total))
    return added_onto(elemwise_of(scalar.neg)(scaled), nodes) or elemwise_of(scalar.sub)(y, scaled)


def _is_at_rows_and_columns(node: Apply) -> bool:
    """Whether a vector is added at places that two vectors of integers name."""
    if type(node.op) is not AdvancedIncSubtensor or len(node.inputs) != 4 or node.op.indices(node.inputs[2:]) != node.inputs[2:]:
        return False
    _, value, rows, columns = node.inputs
    return all(pattern_of(v) == (False,) for v in (value, rows, columns)) and all(
        dtype_of(v) in dtypes.INTEGER for v in (rows, columns)
    )


@most_probable.on(Argmax)
def argmax_of_softmax(node: Apply) -> Variable | None:
    """argmax(softmax(x), axis=1) -> argmax(x, axis=1)"""
    x = _argument_of_softmax(node.inputs[0])
    return None if x is None or node.op.axes(2) != (1,) else node.op(x)  # type: ignore[attr-defined]


@most_probable.on(ConnectionistTemporalClassification, sees_graph=True)
def ctc_without_gradient(node: Apply, fgraph: FunctionGraph) -> list[Variable | None] | None:
    """ctc of which nobody uses the gradient -> the cost alone"""
    if not node.op.compute_grad or fgraph.uses(node.outputs[1]):  # type: ignore[attr-defined]
        return None
    return [ConnectionistTemporalClassification(compute_grad=False)(*node.inputs), None]
