"""The loop and the checkpoints that the tutorial models in examples/ have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from theano.sandbox.rng_mrg import MRG_RandomStreams

import theano
from theano import tensor as T
from theano.optimizers import adam

EXAMPLES = Path(__file__).parent.parent / "examples"
ENDINGS = ("npz", "safetensors")


@pytest.fixture(scope="module", autouse=True)
def modules() -> Iterator[None]:
    """Modules of examples/ are found by their names, as by a program that lies there."""
    sys.path.insert(0, str(EXAMPLES))
    yield
    sys.path.remove(str(EXAMPLES))


@pytest.fixture
def training() -> ModuleType:
    import training

    return training


# -- the loop ----------------------------------------------------------------------------------------------------------


def phases(training: ModuleType, epochs: int = 4, size: int = 3) -> list:
    """Two phases that learn one parameter, with noise and with Adam's memory; the second with an error."""
    index, streams = T.lscalar("index"), MRG_RandomStreams(seed=1)
    w = theano.shared(np.zeros(size), "w")
    noise = streams.normal((size,), dtype="float64")
    cost = T.sqr(w - 1 - index + 0.1 * noise).sum()
    learn = [theano.function([index], cost, updates=adam(cost, [w], 0.01)) for _ in range(2)]
    error = theano.function([], T.sqr(w - 1).sum())
    return [
        training.Phase("first", learn[0], 2, epochs, [w]),
        training.Phase("second", learn[1], 2, epochs, [w], error, form=".3f"),
    ]


def options(checkpoint: Path | None = None, resume: bool = False, patience: int = 20) -> argparse.Namespace:
    return argparse.Namespace(checkpoint=checkpoint, resume=resume, patience=patience)


@pytest.mark.parametrize("calls", range(1, 9))
@pytest.mark.parametrize("ending", ENDINGS)
def test_an_interrupted_run_goes_on_to_the_same_digits(
    training: ModuleType, calls: int, ending: str, tmp_path: Path
) -> None:
    whole = training.train(phases(training), options(tmp_path / f"whole.{ending}"))

    interrupted, left = phases(training), iter(range(calls))
    for phase in interrupted:
        run = phase.learn.run

        def run_or_stop(*args: object, run: object = run, **kwargs: object) -> object:
            if next(left, None) is None:
                raise KeyboardInterrupt
            return run(*args, **kwargs)  # type: ignore[operator]

        phase.learn.run = run_or_stop
    if calls < 8:
        with pytest.raises(SystemExit, match="--resume goes on"):
            training.train(interrupted, options(tmp_path / f"parts.{ending}"))
    else:
        training.train(interrupted, options(tmp_path / f"parts.{ending}"))

    resumed = phases(training)
    parts = training.train(resumed, options(tmp_path / f"parts.{ending}", resume=True))
    np.testing.assert_array_equal(whole, parts)
    a, b = (theano.load(tmp_path / f"{name}.{ending}") for name in ("whole", "parts"))
    assert a.keys() == b.keys() and "state.w.mean.2" in a
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])
    np.testing.assert_array_equal(resumed[1].parameters[0].get_value(), a["best.w"])


def test_a_phase_stops_when_the_error_grows_and_keeps_the_best(training: ModuleType) -> None:
    """w goes from 0 towards 1.5, past 1, where the error is least."""
    second = phases(training, epochs=300)[1]
    history = training.train([second], options(patience=5))[0]
    best = history[:, 1].argmin()
    assert len(history) == best + 6 < 300
    w = second.parameters[0].get_value()
    assert ((w - 1) ** 2).sum() == history[best, 1]


def test_what_is_no_checkpoint_of_the_model_is_refused(training: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "x.npz"
    training.train(phases(training, epochs=1), options(file))
    for others, asked, message in [
        (phases(training, size=4), options(file, True), r"of another model; these differ: best\.w, state\.w"),
        (phases(training)[:1], options(file, True), r"of another model.*history\.second"),
        (phases(training), options(tmp_path / "y.npz", True), "No such file"),
        (phases(training), options(None, True), "--resume needs --checkpoint FILE"),
    ]:
        before = others[0].parameters[0].get_value()
        with pytest.raises(SystemExit, match=message):
            training.train(others, asked)
        np.testing.assert_array_equal(others[0].parameters[0].get_value(), before)
    file.write_bytes(file.read_bytes()[:-40])
    with pytest.raises(SystemExit, match=r"x\.npz: no archive of arrays"):
        training.train(phases(training), options(file, True))


def test_progress_is_told_in_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture) -> None:
    from progress import progress

    with progress("learning", 5, done=3) as report:
        report("cost 2")
        report("cost 1")
    assert capsys.readouterr().out == "learning: epoch 4: cost 2\nlearning: epoch 5: cost 1\n"
