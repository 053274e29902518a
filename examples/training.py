"""The loop that the examples have in common: epochs, early stopping, checkpoints.

A program is a list of phases.  A phase with an error stops when that has not become smaller for some epochs, and ends with
the parameters that had the smallest.  Everything that the compiled functions change, which is parameters, what optimizers
remember and states of random numbers, goes into the checkpoint: a run that was interrupted ends with the same digits.
"""

import math
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import picture
from progress import progress

import theano


@dataclass(frozen=True)
class Phase:
    name: str
    learn: Any  # a compiled function of int64 "index", the number of a batch: its cost, which updates the parameters
    batches: int
    epochs: int
    parameters: list  # those which the best epoch is kept of
    error: Callable | None = None  # a compiled function without arguments: what to stop by
    form: str = ".2%"  # how the error is printed


def parser(description, epochs, patience=20):
    """A parser of the options that the programs have in common, with their defaults."""
    options = picture.parser(description)
    options.add_argument("--epochs", type=int, default=epochs, help=f"at most; {epochs} unless given")
    options.add_argument(
        "--patience",
        type=int,
        default=patience,
        help=f"stop after so many epochs without gain; {patience} unless given",
    )
    options.add_argument(
        "--checkpoint", metavar="FILE", help=".npz or .safetensors, written after every epoch"
    )
    options.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    return options


def train(phases, options):
    """Go through the phases.  Returns for each phase its history, an array (epochs, 2) of costs and errors."""
    state, best = state_of(phases), {}
    histories = [[] for _ in phases]
    if options.resume:
        histories, best = resume(options.checkpoint, phases, state)
    for k, phase in enumerate(phases):
        if any(histories[k + 1 :]):
            continue  # it was finished before the checkpoint
        history = histories[k]
        with progress(phase.name, phase.epochs, len(history)) as report:
            while len(history) < phase.epochs and not is_stale(history, options.patience):
                try:
                    costs = phase.learn.run(phase.batches, index="index", stack=True)
                except KeyboardInterrupt:
                    sys.exit(f"interrupted in epoch {len(history) + 1}; --resume goes on from a checkpoint")
                error = float(phase.error()) if phase.error else math.nan
                is_best = error < min((e for _, e in history), default=math.inf)
                history.append((float(np.mean(costs, dtype="float64")), error))
                if is_best:
                    best = {f"best.{n}": p.get_value() for n, p in state.items() if p in phase.parameters}
                if options.checkpoint:
                    theano.save(options.checkpoint, content(phases, histories, best, state))
                report(
                    f"cost {history[-1][0]:.4f}"
                    + (f", validation {error:{phase.form}}" if phase.error else "")
                )
        for name, value in best.items():
            state[name.removeprefix("best.")].set_value(value)
        best = {}
    return [np.array(h).reshape(-1, 2) for h in histories]


def is_stale(history, patience):
    errors = [e for _, e in history if not math.isnan(e)]
    return bool(errors) and len(errors) - 1 - int(np.argmin(errors)) >= patience


def state_of(phases):
    """All shared variables that the phases change, by names that differ."""
    state = {}
    for phase in phases:
        for variable in (i.variable for i in phase.learn.maker.expanded_inputs if i.update is not None):
            if not any(variable is v for v in state.values()):
                name, k = variable.name or "unnamed", 1
                while (unique := name if k == 1 else f"{name}.{k}") in state:
                    k += 1
                state[unique] = variable
    return state


def content(phases, histories, best, state):
    """The arrays of a checkpoint."""
    arrays = {f"state.{name}": variable.get_value() for name, variable in state.items()} | best
    for phase, history in zip(phases, histories):
        arrays[f"history.{phase.name}"] = np.array(history, "float64").reshape(-1, 2)
    return arrays


def resume(file, phases, state):
    """Set the state to that of a checkpoint, and return the histories, and the best parameters so far."""
    if file is None:
        sys.exit("--resume needs --checkpoint FILE")
    try:
        arrays = theano.load(file)
    except (OSError, ValueError) as error:
        sys.exit(f"--resume: {error}")
    best = {name: a for name, a in arrays.items() if name.startswith("best.")}
    wanted = content(phases, [[] for _ in phases], {}, state)
    wanted |= {name: wanted.get("state." + name.removeprefix("best."), np.empty(0)) for name in best}
    kinds = [
        {n: (a.dtype, a.shape[n.startswith("history.") :]) for n, a in d.items()} for d in (wanted, arrays)
    ]
    if kinds[0] != kinds[1]:
        names = sorted(n for n in kinds[0] | kinds[1] if kinds[0].get(n) != kinds[1].get(n))
        sys.exit(f"--resume: {file} is of another model; these differ: {', '.join(names)}")
    for name, variable in state.items():
        variable.set_value(arrays[f"state.{name}"])
    return [[tuple(row) for row in arrays[f"history.{phase.name}"].tolist()] for phase in phases], best
