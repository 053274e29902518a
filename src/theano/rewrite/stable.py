"""Rules that keep the value and improve its accuracy.  The remark says where the plain form loses digits."""

from __future__ import annotations

from theano import scalar
from theano.graph import Apply, Variable
from theano.rewrite.engine import RuleBook
from theano.rewrite.pattern import rule, variable
from theano.rewrite.terms import (
    Signed,
    argument_of,
    dtype_of,
    factors_of,
    function_of,
    is_number,
    is_real,
    number,
    pattern_of,
    product_of,
    sum_of,
    terms_of,
)
from theano.scalar import erf, erfc, erfcx, exp, expm1, log, log1p, sigmoid, softplus, sqr
from theano.tensor.dimshuffle import DimShuffle
from theano.tensor.extremum import MaxAndArgmax
from theano.tensor.reduction import CAReduce, Sum, keep_dims

x = variable("x")

stable = RuleBook(
    "stabilize",
    [
        rule("log_exp", log(exp(x)), x),  # |x| > 700, where exp leaves its range
        rule("log1p", log(1 + x), log1p(x)),  # x near 0
        rule("expm1", exp(x) - 1, expm1(x)),  # x near 0
        rule("log1p_expm1", log1p(expm1(x)), x),  # x > 700
        rule("softplus", log1p(exp(x)), softplus(x)),  # x > 700, where exp(x) overflows
        rule("log_sigmoid", log(sigmoid(x)), -softplus(-x)),  # x << 0, where sigmoid(x) underflows
        rule("log1m_sigmoid", log1p(-sigmoid(x)), -softplus(x)),  # x > 37, where sigmoid(x) rounds to 1
        rule("one_minus_sigmoid", 1 - sigmoid(x), sigmoid(-x)),  # x >> 0
        rule("sigmoid", 1 / (1 + exp(-x)), sigmoid(x)),  # its gradient, x << 0: inf / inf
        rule("logistic_slope", exp(x) * sigmoid(-x), sigmoid(x)),  # x > 700: inf * 0
        rule("one_minus_erf", 1 - erf(x), erfc(x)),  # x > 6, where erf(x) rounds to 1
        rule("one_minus_erfc", 1 - erfc(x), erf(x)),  # x near 0
        rule("mills_ratio", exp(-sqr(x)) / erfc(x), 1 / erfcx(x)),  # x > 26: 0 / 0
    ],
)


# -- the far tail of erfc ----------------------------------------------------------------------------------------------

_TAIL = 5  # log(erfc(x)) is accurate below, log(erfcx(x)) - x**2 from here on; erfc of float32 is 0 from 10.1


@stable.on(log)
def log_erfc(node: Apply) -> Variable | None:
    """log(erfc(x)) -> log(erfcx(x)) - x^2 where x >= 5; erfc(x) is 0 from x = 27"""
    v = argument_of(node.inputs[0], erfc)
    if v is None or not is_real(v):
        return None
    if function_of(v) is scalar.minimum and is_number(v.owner.inputs[1], _TAIL):  # type: ignore[union-attr]
        return None
    end = number(_TAIL, dtype_of(v), len(pattern_of(v)))
    near, far = scalar.minimum(v, end), scalar.maximum(v, end)
    tail = scalar.sub(log(erfcx(far)), sqr(far))
    return scalar.switch(scalar.lt(v, end), log(erfc(near)), tail)


# -- exponentials summed -----------------------------------------------------------------------------------------------


@stable.on(log)
def log_sum_exp(node: Apply) -> Variable | None:
    """log(c * sum(exp(x), axes)) -> m + log(c * sum(exp(x - m), axes)), m = max(x, axes), 0 where that is infinite

    c is 1, or whatever is multiplied or divided by: log(mean(exp(x))).
    Where x has no elements along the axes, the maximum is an error.
    """
    path: list[Apply] = []
    v = node.inputs[0]
    while (owner := v.owner) is not None and not isinstance(owner.op, Sum):
        function = function_of(v)
        if (
            not (isinstance(owner.op, DimShuffle) or function in (scalar.mul, scalar.true_div))
            or len(path) > 4
        ):
            return None
        k = _position_of_sum(owner)
        if k is None:
            return None
        path.append(owner)
        v = owner.inputs[k]
    inner = _summed_exponent(v)
    if inner is None:
        return None
    m, total = _shifted_sum(v, inner)
    for step in reversed(path):
        inputs = [total if i is v else i for i in step.inputs]
        m = step.op(m) if isinstance(step.op, DimShuffle) else m
        v, total = step.outputs[0], step.op(*inputs)
    return scalar.add(m, log(total))


def _position_of_sum(node: Apply) -> int | None:
    """Which input a sum of exponentials may be behind: of a quotient the first, of a product the one that has it."""
    if function_of(node.outputs[0]) is not scalar.mul:
        return 0
    found = [k for k, v in enumerate(node.inputs) if _summed_exponent(_bare(v)) is not None]
    return found[0] if len(found) == 1 else None


def _bare(v: Variable) -> Variable:
    while v.owner is not None and isinstance(v.owner.op, DimShuffle):
        v = v.owner.inputs[0]
    return v


def _summed_exponent(v: Variable) -> Variable | None:
    """x where ``v`` is sum(exp(x)) of real numbers, and x is not shifted yet."""
    if v.owner is None or not isinstance(v.owner.op, Sum):
        return None
    inner = argument_of(v.owner.inputs[0], exp)
    return None if inner is None or not is_real(inner) or not is_real(v) or _is_shifted(inner) else inner


def _is_shifted(v: Variable) -> bool:
    """Whether ``v`` is x - m for a maximum m."""
    if function_of(v) is not scalar.sub:
        return False
    m = _bare(v.owner.inputs[1])  # type: ignore[union-attr]
    if function_of(m) is scalar.switch:
        m = _bare(m.owner.inputs[2])  # type: ignore[union-attr]
    if m.owner is None:
        return False
    op = m.owner.op
    return isinstance(op, MaxAndArgmax) or (isinstance(op, CAReduce) and op.scalar_op is scalar.maximum)


def _shifted_sum(v: Variable, inner: Variable) -> tuple[Variable, Variable]:
    """m and sum(exp(x - m)) for ``v`` = sum(exp(x)), x = ``inner``."""
    m, e = _shifted_exp(v, inner)
    return m, v.owner.op(e)  # type: ignore[union-attr]


def _shifted_exp(v: Variable, inner: Variable) -> tuple[Variable, Variable]:
    op = v.owner.op  # type: ignore[union-attr]
    axes = op.axes(len(pattern_of(inner)))  # type: ignore[union-attr]
    largest = CAReduce(scalar.maximum, axes)(inner)
    zero = number(0, dtype_of(largest), len(pattern_of(largest)))
    m = scalar.switch(scalar.isinf(largest), zero, largest)
    return m, exp(scalar.sub(inner, keep_dims(inner, m, axes)))


@stable.on(scalar.mul, scalar.true_div, needs=[[exp]])
def softmax(node: Apply) -> Variable | None:
    """exp(x) / sum(exp(x), axes) -> the same of x - max(x, axes), which does not overflow"""
    out = node.outputs[0]
    if not is_real(out):
        return None
    factors, sign = factors_of(out)
    for k, (e, exponent) in enumerate(factors):
        inner = argument_of(e, exp) if exponent > 0 else None
        if inner is None or _is_shifted(inner):
            continue
        rest = factors[:k] + factors[k + 1 :]
        for j, (w, power) in enumerate(rest):
            found = _without_sum(w, power, e)
            if found is None:
                continue
            total, left = found
            _, shifted = _shifted_exp(total, inner)
            normal = scalar.true_div(shifted, keep_dims(inner, total.owner.op(shifted), total.owner.op.axis))  # type: ignore[union-attr]
            others = rest[:j] + ([(left, power)] if left is not None else []) + rest[j + 1 :]
            return product_of([*others, (normal, 1)], sign, dtype_of(out))
    return None


def _without_sum(w: Variable, power: int, e: Variable) -> tuple[Variable, Variable | None] | None:
    """sum(e) and what is left of w ** power, which has it as a divisor, without it."""
    v, op = w, None
    if w.owner is not None and isinstance(w.owner.op, DimShuffle):
        v, op = w.owner.inputs[0], w.owner.op
    factors, sign = factors_of(v)
    for k, (total, exponent) in enumerate(factors):
        if exponent * power > 0 or total.owner is None or not isinstance(total.owner.op, Sum):
            continue
        if total.owner.inputs[0] is not e or not _restores_axes(total, op, e):
            continue
        rest = factors[:k] + factors[k + 1 :]
        left = None if not rest and sign > 0 else product_of(rest, sign, dtype_of(v))
        if left is not None and op is not None:
            if pattern_of(left) != op.input_broadcastable:
                return None
            left = op(left)
        return total, left
    return None


def _restores_axes(total: Variable, op: DimShuffle | None, e: Variable) -> bool:
    """Whether the axes summed over are put back as broadcastable ones."""
    ndim = len(pattern_of(e))
    axes = total.owner.op.axes(ndim)  # type: ignore[union-attr]
    remaining = iter(range(ndim))
    order = tuple("x" if axis in axes else next(remaining) for axis in range(ndim))
    return op is not None and op.new_order == order


@stable.on(Sum, needs=[[exp]])
def sum_over_exponentials(node: Apply) -> Variable | None:
    """sum(y / sum(exp(x), axes), axes) -> sum(y, axes) / sum(exp(x), axes): for ``softmax`` to find in its gradient"""
    out, op = node.outputs[0], node.op
    if not is_real(out) or dtype_of(node.inputs[0]) != dtype_of(out):
        return None
    axes = op.axes(len(pattern_of(node.inputs[0])))  # type: ignore[attr-defined]
    factors, sign = factors_of(node.inputs[0])
    for k, (w, exponent) in enumerate(factors):
        total = _bare(w)
        if exponent > 0 or w is total or _summed_exponent(total) is None or len(factors) < 2:
            continue
        e = total.owner.inputs[0]  # type: ignore[union-attr]
        if not _restores_axes(total, w.owner.op, e) or total.owner.op.axes(len(pattern_of(e))) != axes:  # type: ignore
            continue
        rest = product_of(factors[:k] + factors[k + 1 :], sign, dtype_of(out))
        if pattern_of(rest) == pattern_of(node.inputs[0]):
            return scalar.true_div(op(rest), total)
    return None


# -- cancelling what is never 0 ----------------------------------------------------------------------------------------

_POSITIVE = (exp, sigmoid, softplus, erfc, erfcx)  # positive everywhere, though their values may round to 0


@stable.on(scalar.mul, scalar.true_div, needs=[_POSITIVE])
def cancel_positive(node: Apply) -> Variable | None:
    """y / p * p -> y, for p = exp(x), sigmoid(x), ...: 0 / 0 where p rounds to 0"""
    out = node.outputs[0]
    if not is_real(out):
        return None
    factors, sign = factors_of(out)
    left = _cancelled(factors)
    if len(left) == len(factors):
        return None
    result = product_of(left, sign, dtype_of(out))
    return result if pattern_of(result) == pattern_of(out) else None


@stable.on(scalar.mul, needs=[_POSITIVE])
def cancel_positive_in_sum(node: Apply) -> Variable | None:
    """(a / p + b / q) * p * q -> a * q + b * p, for such p and q: what the gradient of a cross entropy is made of"""
    out = node.outputs[0]
    if not is_real(out):
        return None
    factors, sign = factors_of(out)
    positive = [(v, e) for v, e in factors if e > 0 and function_of(v) in _POSITIVE]
    if not positive:
        return None
    for k, (total, exponent) in enumerate(factors):
        if (
            exponent < 0
            or function_of(total) not in (scalar.add, scalar.sub)
            or dtype_of(total) != dtype_of(out)
        ):
            continue
        terms = [(factors_of(v, s)) for v, s in terms_of(total)]
        divisors = [v for inner, _ in terms for v, e in inner if e < 0]
        taken = [(v, e) for v, e in positive if any(v is d for d in divisors)]
        if not taken:
            continue
        new: list[Signed] = []
        for inner, s in terms:
            new.append((product_of(_cancelled([*inner, *taken]), 1, dtype_of(out)), s))
        rest = [f for j, f in enumerate(factors) if j != k and not any(f[0] is v for v, _ in taken)]
        result = product_of([*rest, (sum_of(new), 1)], sign, dtype_of(out))
        return result if pattern_of(result) == pattern_of(out) else None
    return None


def _cancelled(factors: list[Signed]) -> list[Signed]:
    """The factors without pairs p and 1 / p."""
    left = list(factors)
    for v, e in factors:
        if e < 0 and function_of(v) in _POSITIVE:
            above = next((k for k, (w, f) in enumerate(left) if f > 0 and w is v), None)
            below = next((k for k, (w, f) in enumerate(left) if f < 0 and w is v), None)
            if above is not None and below is not None:
                left = [f for k, f in enumerate(left) if k not in (above, below)]
    return left
