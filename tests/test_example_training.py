"""The loop and the checkpoints that the tutorial models in examples/ have in common."""

from __future__ import annotations

import argparse
import json
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
def checkpoint() -> ModuleType:
    import checkpoint

    return checkpoint


@pytest.fixture
def training() -> ModuleType:
    import training

    return training


# -- files -------------------------------------------------------------------------------------------------------------

ARRAYS = {
    "state.W": np.arange(6, dtype="float32").reshape(2, 3),
    "half": np.array([1.5, -2], "float16"),
    "state.calls": np.array(7),
    "nothing": np.zeros((0, 4)),
    "yes": np.array([True, False]),
    "transposed": np.arange(6, dtype="uint8").reshape(2, 3).T,
    "big-endian": np.arange(3, dtype=">i4"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_arrays_come_back(checkpoint: ModuleType, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"file.{ending}"
    checkpoint.save(file, ARRAYS)
    found = checkpoint.load(file)
    assert list(found) == list(ARRAYS) and list(tmp_path.iterdir()) == [file]
    for name, array in ARRAYS.items():
        assert found[name].shape == array.shape and found[name].flags.writeable
        assert found[name].dtype.newbyteorder("=") == array.dtype.newbyteorder("=")
        np.testing.assert_array_equal(found[name], array)


def test_the_bytes_of_a_safetensors_file(checkpoint: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "file.safetensors"
    checkpoint.save(file, {"a": np.array([1, 2], "int16"), "b": np.array(0.5, "float32")})
    content = file.read_bytes()
    n = int.from_bytes(content[:8], "little")
    header = json.loads(content[8 : 8 + n])
    assert n % 8 == 0 and header.pop("__metadata__").keys() == {"crc32"}
    assert header == {
        "a": {"dtype": "I16", "shape": [2], "data_offsets": [0, 4]},
        "b": {"dtype": "F32", "shape": [], "data_offsets": [4, 8]},
    }
    assert content[8 + n :] == b"\1\0\2\0" + b"\0\0\0\x3f"


def test_a_dtype_that_safetensors_lacks_is_refused_and_the_old_file_stays(
    checkpoint: ModuleType, tmp_path: Path
) -> None:
    file = tmp_path / "file.safetensors"
    checkpoint.save(file, {"a": np.zeros(2)})
    with pytest.raises(TypeError, match="a: safetensors has no dtype complex128"):
        checkpoint.save(file, {"a": np.zeros(2, "complex128")})
    assert checkpoint.load(file).keys() == {"a"} and list(tmp_path.iterdir()) == [file]


def test_a_file_with_objects_is_refused(checkpoint: ModuleType, tmp_path: Path) -> None:
    np.savez(tmp_path / "file.npz", a=np.array([{}], object))
    with pytest.raises(ValueError, match=r"file\.npz is damaged, or no checkpoint: Object arrays"):
        checkpoint.load(tmp_path / "file.npz")


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_that_ends_early_is_refused(checkpoint: ModuleType, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"file.{ending}"
    checkpoint.save(file, {"W": np.arange(4.0)})
    content = file.read_bytes()
    for end in range(len(content)):
        file.write_bytes(content[:end])
        with pytest.raises(ValueError, match="is damaged, or no checkpoint"):
            checkpoint.load(file)


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_changed_byte_is_refused_or_does_no_harm(
    checkpoint: ModuleType, ending: str, tmp_path: Path
) -> None:
    """Some bytes of both formats say nothing about the arrays, as the dates in .npz."""
    file = tmp_path / f"file.{ending}"
    checkpoint.save(file, {"W": np.arange(4.0)})
    content = file.read_bytes()
    refused = 0
    for place in range(len(content)):
        for bit in (0, 5, 7):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            file.write_bytes(changed)
            try:
                found = checkpoint.load(file)
            except ValueError:
                refused += 1
            else:
                np.testing.assert_array_equal(found["W"], np.arange(4.0))
    assert refused / (3 * len(content)) > {"npz": 0.5, "safetensors": 0.9}[ending]


def test_headers_that_lie_are_refused(checkpoint: ModuleType, tmp_path: Path) -> None:
    a = {"dtype": "U8", "shape": [2], "data_offsets": [0, 2]}
    for header, message in [
        ({"a": {**a, "data_offsets": [1, 3]}}, "a begins at 1 instead of 0"),
        ({"a": {**a, "shape": [3]}}, "not the bytes that its shape needs"),
        ({"a": {**a, "shape": [5], "data_offsets": [0, 5]}}, "it ends within a"),
        ({"a": a}, "bytes that belong to no array"),
        ({"a": a, "b": a}, "b begins at 0 instead of 2"),
        ({"a": {**a, "dtype": "F7"}}, "F7"),
        ({"a": {**a, "shape": [-1]}}, "not lengths and offsets"),
        ({"a": {**a, "shape": 2}}, "int"),
        ([a], "no dictionary"),
    ]:
        text = json.dumps(header).encode()
        (tmp_path / "x.safetensors").write_bytes(len(text).to_bytes(8, "little") + text + b"1234")
        with pytest.raises(ValueError, match=message):
            checkpoint.load(tmp_path / "x.safetensors")


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
    training: ModuleType, checkpoint: ModuleType, calls: int, ending: str, tmp_path: Path
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
    a, b = (checkpoint.load(tmp_path / f"{name}.{ending}") for name in ("whole", "parts"))
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
    with pytest.raises(SystemExit, match=r"x\.npz is damaged"):
        training.train(phases(training), options(file, True))


def test_progress_is_told_in_lines_where_there_is_no_terminal(capsys: pytest.CaptureFixture) -> None:
    from progress import progress

    with progress("learning", 5, done=3) as report:
        report("cost 2")
        report("cost 1")
    assert capsys.readouterr().out == "learning: epoch 4: cost 2\nlearning: epoch 5: cost 1\n"
