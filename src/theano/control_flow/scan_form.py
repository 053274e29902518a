"""The form of a loop: how many of each kind of operand it has, and which entries of its arrays each step touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from theano.data_classes import dataclass

T = TypeVar("T")


@dataclass(frozen=True)
class State:
    """An array that step i reads and writes along its first axis.

    reads   r of each entry i + r that is read
    writes  w of each entry i + w that is written, after all reads of the step

    A recurrence h[i] = f(h[i - 1]) has reads (0,) and writes (1,): entry 0 is the initial value.
    """

    reads: tuple[int, ...]
    writes: tuple[int, ...]

    @property
    def is_recurrence(self) -> bool:
        """Whether one entry is written, after all that are read: nothing is overwritten."""
        return len(self.writes) == 1 and all(r < self.writes[0] for r in self.reads)

    @property
    def extra(self) -> int:
        """How many entries there are besides one a step: the largest offset."""
        return max(*self.reads, *self.writes, 0)


@dataclass(frozen=True)
class Grouped(Generic[T]):
    """Things that belong to the operands of a loop, by kind."""

    steps: T
    sequences: list[T]
    states: list[T]
    carried: list[T]
    lengths: list[T]
    others: list[T]


@dataclass(frozen=True)
class InnerInputs(Generic[T]):
    """What a step is given; of each state a list, one for every entry read."""

    sequences: list[T]
    states: list[list[T]]
    carried: list[T]
    others: list[T]


@dataclass(frozen=True)
class InnerOutputs(Generic[T]):
    """What a step computes; of each state a list, one for every entry written."""

    states: list[list[T]]
    collected: list[T]
    carried: list[T]
    condition: T | None


@dataclass(frozen=True)
class Form:
    """How the operands of a Scan are divided.

    sequences  how many arrays a step takes entry i of
    states     arrays that steps read and write
    carried    how many values there are of which each step makes the next, only the last of them being kept
    collected  how many values of each step are stacked
    others     how many values are the same in all steps
    is_while   whether the last output of a step says that it is the last step

    In order: inputs of the loop    steps, sequences, states, carried, lengths of what is collected, others
              outputs of the loop   states, collected, carried
              inputs of a step      sequences, entries read of each state, carried, others
              outputs of a step     entries written of each state, collected, carried, condition
    """

    sequences: int = 0
    states: tuple[State, ...] = ()
    carried: int = 0
    collected: int = 0
    others: int = 0
    is_while: bool = False

    def outer(self, inputs: Sequence[T]) -> Grouped[T]:
        """The loop's inputs by kind."""
        counts = (1, self.sequences, len(self.states), self.carried, self.collected, self.others)
        steps, *groups = _split(inputs, counts)
        return Grouped(steps[0], *groups)

    def outer_outputs(self, outputs: Sequence[T]) -> tuple[list[T], list[T], list[T]]:
        """The loop's outputs: arrays of the states, what is collected, what was carried."""
        states, collected, carried = _split(outputs, (len(self.states), self.collected, self.carried))
        return states, collected, carried

    def inner_inputs(self, inputs: Sequence[T]) -> InnerInputs[T]:
        counts = (self.sequences, *(len(s.reads) for s in self.states), self.carried, self.others)
        sequences, *states, carried, others = _split(inputs, counts)
        return InnerInputs(sequences, states, carried, others)

    def inner_outputs(self, outputs: Sequence[T]) -> InnerOutputs[T]:
        counts = (*(len(s.writes) for s in self.states), self.collected, self.carried, int(self.is_while))
        *states, collected, carried, condition = _split(outputs, counts)
        return InnerOutputs(states, collected, carried, condition[0] if condition else None)

    def with_more(self, sequences: int = 0, states: Sequence[State] = (), collected: int = 0, others: int = 0) -> Form:
        """The form of a loop with further operands, each after those of its kind."""
        return replace(
            self,
            sequences=self.sequences + sequences,
            states=(*self.states, *states),
            collected=self.collected + collected,
            others=self.others + others,
        )


def _split(things: Sequence[T], counts: Sequence[int]) -> list[list[T]]:
    """Consecutive groups of so many things."""
    assert len(things) == sum(counts), f"{len(things)} things for groups of {list(counts)}"
    groups, begin = [], 0
    for count in counts:
        groups.append(list(things[begin : begin + count]))
        begin += count
    return groups
