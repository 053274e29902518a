"""Patterns: expressions with variables that stand for any expression, and the rules written with them.

    x = variable("x")
    rule("log1p", log(1 + x), log1p(x))

The functions are those of ``theano.scalar``, so that a pattern is written as users write.  Matching takes care of

    order and grouping   1 + x is found in x + 1, in (a + 1) + b (x is then a + b), and in x - (-1)
    sign                 -x matches anything, and x is then its negative: 1 / (1 + exp(-x)) is found in 1 / (1 + exp(a))
    products             divisors are factors too: y / p * p is p * (y / p)
    numbers              by value, in any dtype, and repeated over an array
    types                of the whole, which a rule never changes; the parts must be of floating-point numbers

At the root a sum may have further terms, and a product further factors: they are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from theano import scalar
from theano.data_classes import dataclass
from theano.graph import Apply, Variable
from theano.rewrite.engine import Rule
from theano.rewrite.terms import (
    Signed,
    converted,
    dtype_of,
    factors_of,
    function_of,
    is_real,
    number,
    number_in,
    pattern_of,
    product_of,
    signed,
    sum_of,
    terms_of,
    unsigned,
)
from theano.scalar.function import ScalarFunction
from theano.tensor.elemwise import elemwise_of


class Pattern:
    """An expression with holes.  Python's operators and the functions of numbers make larger ones."""

    def __scalar_function__(self, function: ScalarFunction, arguments: tuple) -> Call:
        return Call(function, tuple(_pattern(a) for a in arguments))

    def __add__(self, other: Any) -> Call:
        return scalar.add(self, other)

    def __radd__(self, other: Any) -> Call:
        return scalar.add(other, self)

    def __sub__(self, other: Any) -> Call:
        return scalar.sub(self, other)

    def __rsub__(self, other: Any) -> Call:
        return scalar.sub(other, self)

    def __mul__(self, other: Any) -> Call:
        return scalar.mul(self, other)

    def __rmul__(self, other: Any) -> Call:
        return scalar.mul(other, self)

    def __truediv__(self, other: Any) -> Call:
        return scalar.true_div(self, other)

    def __rtruediv__(self, other: Any) -> Call:
        return scalar.true_div(other, self)

    def __neg__(self) -> Call:
        return scalar.neg(self)


@dataclass(frozen=True)
class Hole(Pattern):
    """Stands for any expression, the same wherever the name is the same."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Number(Pattern):
    """A number, in whatever dtype."""

    value: float

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Call(Pattern):
    """A function of numbers applied to patterns."""

    function: ScalarFunction
    arguments: tuple[Pattern, ...]

    @cached_property
    def parts(self) -> tuple[list[tuple[Pattern, int]], int]:
        """Terms with their signs, or factors with their exponents, and the sign of all."""
        return _parts(self)

    def __str__(self) -> str:
        sign = _SYMBOLS.get(self.function)
        if sign is not None and len(self.arguments) > 1:
            return f" {sign} ".join(_enclosed(a) for a in self.arguments)
        if self.function is scalar.neg:
            return f"-{_enclosed(self.arguments[0])}"
        return f"{self.function}({', '.join(map(str, self.arguments))})"


_SYMBOLS = {scalar.add: "+", scalar.sub: "-", scalar.mul: "*", scalar.true_div: "/"}
_SUMS = (scalar.add, scalar.sub, scalar.neg)
_PRODUCTS = (scalar.mul, scalar.true_div, scalar.inv)

# The engine's order: what a pattern weighs.  Forms that keep more digits weigh less than those that they replace.
_WEIGHTS = {scalar.neg: 1, scalar.exp: 8, scalar.log: 8} | dict.fromkeys(_SYMBOLS, 2)
_WEIGHT_OF_OTHERS, _WEIGHT_OF_NUMBER = 4, 1


def _enclosed(p: Pattern) -> str:
    is_compound = isinstance(p, Call) and (p.function in _SYMBOLS or p.function is scalar.neg)
    return f"({p})" if is_compound else str(p)


def variable(name: str) -> Hole:
    """A variable of patterns."""
    return Hole(name)


def _pattern(value: Any) -> Pattern:
    return value if isinstance(value, Pattern) else Number(value)


Binding = Mapping[str, Signed]
Where = Callable[[Mapping[str, Variable]], bool]


def rule(name: str, before: Pattern, after: Any, where: Where | None = None) -> Rule:
    """``before`` becomes ``after``, where the variables, told by name, satisfy ``where``.

    Raises ValueError unless ``after`` weighs less than ``before`` and has no variable more often: then no sequence of
    such rules goes on for ever.
    """
    after = _pattern(after)
    if not isinstance(before, Call):
        raise ValueError(f"rule {name}: the left side must apply a function, found {before}")
    if weight(after) >= weight(before):
        raise ValueError(
            f"rule {name}: {after} must weigh less than {before}: {weight(after)} >= {weight(before)}"
        )
    if holes(after) - holes(before):
        raise ValueError(f"rule {name}: {after} has a variable more often than {before}")
    _check_holes(name, before)

    def apply(node: Apply) -> Variable | None:
        out = node.outputs[0]
        if not is_real(out):
            return None
        for binding, finish in _root_matches(before, out):
            bound = {key: signed(v, s) for key, (v, s) in binding.items()}
            if where is not None and not where(bound):
                continue
            for values in (bound, {key: converted(v, dtype_of(out)) for key, v in bound.items()}):
                result = finish(build(after, values, dtype_of(out)))
                if result.type == out.type:
                    return result
        return None

    return Rule(name, _heads(before), apply, f"{before} -> {after}", _needs(before))


def weight(p: Pattern) -> int:
    """The size of a pattern in the engine's order."""
    if isinstance(p, Call):
        own = _WEIGHTS.get(p.function, _WEIGHT_OF_OTHERS)
        return own * max(1, len(p.arguments) - 1) + sum(weight(a) for a in p.arguments)
    return _WEIGHT_OF_NUMBER if isinstance(p, Number) else 0


def holes(p: Pattern) -> Counter[str]:
    """How often each variable occurs."""
    names, stack = [], [p]
    while stack:
        q = stack.pop()
        if isinstance(q, Hole):
            names.append(q.name)
        elif isinstance(q, Call):
            stack += q.arguments
    return Counter(names)


def build(p: Pattern, values: Mapping[str, Variable], dtype: str) -> Variable:
    """The expression that a pattern is when its variables are ``values``; numbers take ``dtype``."""
    if isinstance(p, Hole):
        return values[p.name]
    if isinstance(p, Number):
        return number(p.value, dtype)
    assert isinstance(p, Call)
    return elemwise_of(p.function)(*[build(a, values, dtype) for a in p.arguments])


def _heads(before: Call) -> tuple[Any, ...]:
    """What the node applies where the root of the pattern is found."""
    if before.function in (scalar.add, scalar.sub):
        return (scalar.add, scalar.sub)
    if before.function in _PRODUCTS:
        return (scalar.mul, scalar.true_div, scalar.inv)
    return (before.function,)


def _needs(before: Call) -> tuple[frozenset[Any], ...]:
    """The functions among the terms or factors at the root, each a group of its own."""
    if before.function not in (*_SUMS, *_PRODUCTS):
        return ()
    found: dict[Any, None] = {}
    stack: list[Pattern] = [before]
    while stack:
        p = stack.pop()
        if isinstance(p, Call):
            if p.function in (*_SUMS, *_PRODUCTS):
                stack += p.arguments
            else:
                found[p.function] = None
    return tuple(frozenset([function]) for function in found)


def _check_holes(name: str, p: Pattern) -> None:
    """At most one variable by itself in a sum or product: it takes what the other terms leave."""
    if isinstance(p, Call):
        if p.function in (*_SUMS, *_PRODUCTS):
            alone = [q for q, _ in p.parts[0] if isinstance(q, Hole)]
            if len(alone) > 1:
                raise ValueError(
                    f"rule {name}: {p} has several variables by themselves: {', '.join(map(str, alone))}"
                )
        for argument in p.arguments:
            _check_holes(name, argument)


# -- matching ----------------------------------------------------------------------------------------------------------


def _parts(p: Pattern) -> tuple[list[tuple[Pattern, int]], int]:
    """Terms with their signs, or factors with their exponents, and the sign of all."""
    if isinstance(p, Call) and p.function in (scalar.add, scalar.sub):
        signs = [1] * len(p.arguments) if p.function is scalar.add else [1, -1]
        found = []
        for argument, sign in zip(p.arguments, signs, strict=True):
            inner, _ = _parts(argument) if _is(argument, _SUMS) else ([(argument, 1)], 1)
            found += [(q, s * sign) for q, s in inner]
        return found, 1
    if _is(p, (scalar.neg,)):
        inner, _ = _parts(p.arguments[0]) if _is(p.arguments[0], _SUMS) else ([(p.arguments[0], 1)], 1)  # type: ignore
        return [(q, -s) for q, s in inner], 1
    if isinstance(p, Call) and p.function in _PRODUCTS:
        exponents = {scalar.true_div: [1, -1], scalar.inv: [-1]}.get(p.function, [1] * len(p.arguments))
        found, sign = [], 1
        for argument, exponent in zip(p.arguments, exponents, strict=True):
            while _is(argument, (scalar.neg,)):
                argument, sign = argument.arguments[0], -sign  # type: ignore[attr-defined]
            inner, s = _parts(argument) if _is(argument, _PRODUCTS) else ([(argument, 1)], 1)
            sign *= s
            found += [(q, e * exponent) for q, e in inner if q != Number(1)]
        return found, sign
    return [(p, 1)], 1


def _is(p: Pattern, functions: tuple[Any, ...]) -> bool:
    return isinstance(p, Call) and p.function in functions


def _root_matches(p: Call, out: Variable) -> Iterator[tuple[Binding, Callable[[Variable], Variable]]]:
    """Bindings, and how the terms or factors that are left over join the result."""
    if p.function in (scalar.add, scalar.sub):
        terms = terms_of(out)
        for sign in (1, -1):
            for binding, rest in _assigned(p.parts[0], [(v, s * sign) for v, s in terms], {}):
                kept = [(v, s * sign) for v, s in rest]
                yield binding, partial(_joined_sum, kept, sign)
    elif p.function in _PRODUCTS:
        factors, sign = factors_of(out)
        parts, wanted = p.parts
        for binding, rest in _assigned(parts, factors, {}, is_product=True):
            yield binding, partial(_joined_product, rest, sign * wanted)
    else:
        for binding in _matches(p, out, 1, {}):
            yield binding, partial(_joined_sum, [], 1)


def _joined_sum(kept: list[Signed], sign: int, result: Variable) -> Variable:
    return sum_of([*kept, (result, sign)])


def _joined_product(kept: list[Signed], sign: int, result: Variable) -> Variable:
    return product_of([*kept, (result, 1)], sign, dtype_of(result))


def _matches(p: Pattern, v: Variable, sign: int, binding: Binding) -> Iterator[Binding]:
    """The ways in which sign * v is ``p``, each with what the variables are then."""
    if isinstance(p, Hole):
        signed_v = unsigned(v, sign)
        bound = binding.get(p.name)
        if bound is None:
            yield {**binding, p.name: signed_v}
        elif bound[0] is signed_v[0] and bound[1] == signed_v[1]:
            yield binding
    elif isinstance(p, Number):
        value = number_in(v)
        if value is not None and value * sign == p.value:
            yield binding
    elif not is_real(v):
        return
    else:
        assert isinstance(p, Call)
        if p.function is scalar.neg:
            yield from _matches(p.arguments[0], v, -sign, binding)
        elif p.function in (scalar.add, scalar.sub):
            if function_of(unsigned(v)[0]) in (scalar.add, scalar.sub):
                for found, rest in _assigned(p.parts[0], terms_of(v, sign), binding):
                    if not rest:
                        yield found
        elif p.function in _PRODUCTS:
            factors, s = factors_of(v, sign)
            parts, wanted = p.parts
            for found, rest in _assigned(parts, factors, binding, is_product=True):
                if not rest and s == wanted:
                    yield found
        else:
            yield from _matches_call(p, *unsigned(v, sign), binding)


def _matches_call(p: Call, v: Variable, sign: int, binding: Binding) -> Iterator[Binding]:
    function = function_of(v)
    if sign < 0 or function is None:
        return
    inputs = v.owner.inputs  # type: ignore[union-attr]
    if p.function is scalar.sqr and function is not scalar.sqr:
        is_square = (
            (function is scalar.mul and len(inputs) == 2 and inputs[0] is inputs[1])
            or (function is scalar.pow and number_in(inputs[1]) == 2)
        )  # fmt: skip
        if is_square:
            yield from _matches(p.arguments[0], inputs[0], 1, binding)
        return
    if function is not p.function or len(inputs) != len(p.arguments):
        return
    bindings: Iterator[Binding] = iter([binding])
    for argument, given in zip(p.arguments, inputs, strict=True):
        bindings = _then(bindings, argument, given)
    yield from bindings


def _then(bindings: Iterator[Binding], p: Pattern, v: Variable) -> Iterator[Binding]:
    for binding in bindings:
        yield from _matches(p, v, 1, binding)


def _assigned(
    parts: list[tuple[Pattern, int]], given: list[Signed], binding: Binding, is_product: bool = False
) -> Iterator[tuple[Binding, list[Signed]]]:
    """Ways to give each part a term (or factor) of its own; a variable by itself comes last and takes all the rest."""
    if len(given) < len(parts):
        return
    fixed = [(p, s) for p, s in parts if not isinstance(p, Hole)]
    alone = [(p, s) for p, s in parts if isinstance(p, Hole)]
    ways: Iterator[tuple[Binding, list[Signed]]] = iter([(binding, given)])
    for p, s in fixed:
        ways = _one_each(ways, p, s, is_product)
    for found, rest in ways:
        if not alone:
            yield found, rest
        elif rest:
            (p, s) = alone[0]
            taken = [(v, e * s) for v, e in rest]
            if len(taken) == 1 and (not is_product or taken[0][1] > 0):
                whole, sign = taken[0] if not is_product else (taken[0][0], 1)
            else:
                whole, sign = product_of(taken, 1, dtype_of(taken[0][0])) if is_product else sum_of(taken), 1
            for last in _matches(p, whole, sign, found):
                yield last, []


def _one_each(
    ways: Iterator[tuple[Binding, list[Signed]]], p: Pattern, sign: int, is_product: bool
) -> Iterator[tuple[Binding, list[Signed]]]:
    for binding, given in ways:
        for k, (v, s) in enumerate(given):
            if is_product and s != sign:
                continue
            for found in _matches(p, v, 1 if is_product else s * sign, binding):
                yield found, given[:k] + given[k + 1 :]


__all__ = ["Call", "Hole", "Number", "Pattern", "build", "holes", "pattern_of", "rule", "variable", "weight"]
