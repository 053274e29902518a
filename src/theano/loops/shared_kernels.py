"""Loops that differ in numbers alone run one kernel, which is handed the numbers.

    for i in range(n): y[i] = tanh(0.3 * x[i])                    for i in range(n): y[i] = tanh(a * x[i]),  a = 0.3
    for i in range(n): z[i] = tanh(0.7 * y[i])             ->                                 and with y, z, a = 0.7

So the time to compile them is that of one.  A number in which all of them agree stays in the code, and so do numbers
that make code simpler.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from theano.data_classes import dataclass
from theano.loops.expressions import INDEX, Literal
from theano.loops.program import Instruction, Kernel, Launch, Step
from theano.scalar import arithmetic, comparison
from theano.scalar.function import ScalarFunction

SAME_CODE: frozenset[ScalarFunction] = frozenset({
    arithmetic.add, arithmetic.sub, arithmetic.mul, arithmetic.true_div, arithmetic.switch,
    comparison.lt, comparison.le, comparison.gt, comparison.ge,
})  # fmt: skip
"""Functions whose code is no better for a known operand than for one in a register."""

PLACES = frozenset({arithmetic.add, arithmetic.sub, arithmetic.minimum, arithmetic.maximum})
"""The same of functions of integers, from which the place is computed where something is read."""


@dataclass(frozen=True)
class _Form:
    """A kernel taken apart.

    apart    the same with a literal of its own for each place where one is used
    numbers  the positions of those literals that may as well be operands
    common   ``apart`` without their values
    """

    apart: Kernel
    numbers: tuple[int, ...]
    common: Kernel


def with_shared_kernels(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same steps with as few kernels as there are loops that differ in more than numbers."""
    forms: dict[Kernel, _Form] = {}
    alike: dict[Kernel, list[tuple[int, Launch, _Form]]] = {}
    for place, step in enumerate(steps):
        if isinstance(step, Launch):
            form = forms.get(step.kernel)
            if form is None:
                form = forms[step.kernel] = _form_of(step.kernel)
            if form.numbers:
                alike.setdefault(form.common, []).append((place, step, form))
    found = list(steps)
    for group in alike.values():
        _, _, first = group[0]
        columns: dict[tuple[Any, ...], list[int]] = {}  # numbers that are the same ones in every loop
        for k in first.numbers:
            column = [form.apart.body[k].value for _, _, form in group]
            if len(set(column)) > 1:
                columns.setdefault((*column, first.apart.body[k].dtype), []).append(k)
        if columns:
            shared = _with_operands(first.apart, list(columns.values()))
            for place, launch, form in group:
                handed = [form.apart.body[same[0]] for same in columns.values()]
                numbers = tuple(Literal(i.value, i.dtype) for i in handed)
                found[place] = replace(launch, kernel=shared, numbers=numbers)
    return tuple(found)


def _form_of(kernel: Kernel) -> _Form:
    apart = _with_numbers_apart(kernel)
    numbers = _handed_over(apart)
    return _Form(apart, numbers, _without(apart, numbers))


def _with_numbers_apart(kernel: Kernel) -> Kernel:
    """The kernel with a literal of its own for each place where one is used, as if no two numbers were the same."""
    if not any(i.code == "literal" for i in kernel.body):
        return kernel
    body: list[Instruction] = []
    moved: dict[int, int] = {}

    def used(position: int) -> int:
        place = moved.get(position, len(body))
        if place == len(body):
            body.append(kernel.body[position])
        return place

    for position, i in enumerate(kernel.body):
        if i.code != "literal":
            operands = tuple([used(o) for o in i.operands])
            moved[position] = len(body)
            body.append(i if operands == i.operands else Instruction(i.code, i.value, operands, i.dtype))
    accumulators = [replace(a, initial=used(a.initial), following=used(a.following)) for a in kernel.accumulators]
    stores = [
        replace(
            store,
            offset=used(store.offset),
            value=store.value if store.after_fold else used(store.value),
            condition=None if store.condition is None else used(store.condition),
        )
        for store in kernel.stores
    ]
    return replace(kernel, body=tuple(body), accumulators=tuple(accumulators), stores=tuple(stores))


def _handed_over(kernel: Kernel) -> tuple[int, ...]:
    """The positions of the numbers that may as well be operands."""
    body = kernel.body
    numbers = {k for k, i in enumerate(body) if i.code == "literal" and i.dtype in (INDEX, "float32", "float64")}
    if not numbers:
        return ()
    for i in body:
        numbers -= {o for place, o in enumerate(i.operands) if o in numbers and _is_better_known(i, place, body[o].value)}
    for accumulator in kernel.accumulators:
        numbers -= {accumulator.initial, accumulator.following}
    return tuple(sorted(numbers))


def _is_better_known(i: Instruction, place: int, number: Any) -> bool:
    """Whether the code of an instruction gains by knowing which number its operand at ``place`` is.

    An integer may be a place in memory, or be added to one; one that multiplies is the distance of neighbours.
    To divide by a power of two is to multiply.
    """
    if i.code == "load":
        return False
    if i.code != "call" or i.value not in (PLACES if i.dtype == INDEX else SAME_CODE):
        return True
    if i.dtype == INDEX:
        return False
    is_divisor = i.value is arithmetic.true_div and place == 1
    return number in (0, 1, -1) or not math.isfinite(number) or (is_divisor and abs(math.frexp(number)[0]) == 0.5)


def _without(kernel: Kernel, numbers: Sequence[int]) -> Kernel:
    """What kernels have in common that differ in these numbers."""
    body = list(kernel.body)
    for k in numbers:
        body[k] = Instruction("literal", None, (), body[k].dtype)
    return replace(kernel, body=tuple(body))


def _with_operands(kernel: Kernel, numbers: Sequence[Sequence[int]]) -> Kernel:
    """The kernel that takes numbers, each of which stands in some places of its body, after its other 0-d operands."""
    body = list(kernel.body)
    for operand, places in enumerate(numbers, len(kernel.scalars)):
        for k in places:
            body[k] = Instruction("scalar", operand, (), body[k].dtype)
    dtypes = tuple(body[places[0]].dtype for places in numbers)
    return replace(kernel, body=tuple(body), scalars=(*kernel.scalars, *dtypes))
