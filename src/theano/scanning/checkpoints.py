"""scan_checkpoints: a loop whose gradient computes most of the steps a second time, instead of keeping them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.compile.updates import OrderedUpdates
from theano.scanning.arguments import as_list, output_argument
from theano.scanning.build import scan, scanned
from theano.tensor.alloc import zeros
from theano.tensor.constant import as_tensor_variable
from theano.tensor.elementwise import minimum
from theano.tensor.join import join
from theano.tensor.type import TensorType


def scan_checkpoints(
    fn: Callable[..., Any],
    sequences: Any = [],  # noqa: B006  (the default of 1.0.5; only read)
    outputs_info: Any = None,
    non_sequences: Any = [],  # noqa: B006
    name: str = "checkpointscan_fn",
    n_steps: Any = None,
    save_every_N: int = 10,
    padding: bool = True,
) -> tuple[Any, OrderedUpdates]:
    """A recurrence of which only every ``save_every_N``-th result is given, and kept for the gradient.

    The steps are done in blocks of N, by a loop of blocks around a loop of steps.  The gradient goes through a block
    by computing its steps again: it keeps n / N results from block to block and N in a block, instead of n.

    Parameters
    ----------
    fn, sequences, non_sequences, name, n_steps
        As those of ``scan``.  Without taps; there must be a sequence, or ``n_steps``.
    outputs_info
        For each output its initial value: every output feeds back, with the tap -1.
    save_every_N
        How many steps a block has, an int or 0-d integer variable; sqrt(n) keeps least.
    padding
        Whether sequences are filled up with zeros to a multiple of N, which are in the last block's result.  Without,
        steps that fill no block are not done.

    Returns
    -------
    (outputs, updates): each output after the steps N, 2 N, ..., stacked along a new first axis; the updates.

    Raises
    ------
    ValueError
        When an output does not feed back, or reaches further back than one step; when there is neither a sequence nor
        n_steps.
    """
    taken: list[Any] = [as_tensor_variable(s) for s in as_list(sequences)]
    initial = [output_argument(o) for o in as_list(outputs_info)]
    if not initial or any(o.taps != (-1,) for o in initial):
        raise ValueError(
            "scan_checkpoints needs an initial value for each output: every output feeds back, with the tap -1"
        )
    if not taken and n_steps is None:
        raise ValueError("scan_checkpoints needs sequences, or n_steps, to know the number of steps")
    length = as_tensor_variable(save_every_N)
    lengths = [s.shape[0] for s in taken] if n_steps is None else [as_tensor_variable(n_steps)]
    steps: Any = lengths[0]
    for n in lengths[1:]:
        steps = minimum(steps, n)
    blocks = (steps + length - 1) // length if padding else steps // length
    parts = [in_blocks(s[:steps], blocks, length) for s in taken]

    def block(*values: Any) -> tuple[list[Any], OrderedUpdates]:
        """The results of the last step of a block, which is one of as many parts, states and non-sequences."""
        entries, states = values[: len(parts)], values[len(parts) : len(parts) + len(initial)]
        results, updates = scan(
            fn,
            sequences=list(entries),
            outputs_info=list(states),
            non_sequences=list(values[len(parts) + len(initial) :]),
            n_steps=length,
            name=f"{name}_block",
            return_list=True,
        )
        return [r[-1] for r in results], updates

    return scanned(
        block,
        sequences=parts,
        outputs_info=[o.initial for o in initial],
        non_sequences=as_list(non_sequences),
        n_steps=blocks,
        name=name,
        is_lean=True,
    )


def in_blocks(s: Any, blocks: Any, length: Any) -> Any:
    """(n, ...) -> (blocks, length, ...), filled up with zeros, or without what fills no block."""
    rest: Sequence[Any] = [s.shape[k] for k in range(1, s.type.ndim)]
    missing = blocks * length - s.shape[0]
    filled: Any = join(0, s, zeros((_at_least_zero(missing), *rest), s.type.dtype))
    parts = filled[: blocks * length].reshape((blocks, length, *rest), ndim=s.type.ndim + 1)
    pattern = TensorType(s.type.dtype, (False, False, *s.type.broadcastable[1:]))
    return pattern.filter_variable(parts)


def _at_least_zero(n: Any) -> Any:
    return n * (n > 0)
