"""The comparison of libraries: same work, checked results, turns; no time is judged."""

import numpy as np
import pytest

from theano.command_line import bench, main


@pytest.mark.parametrize("case", bench.CASES, ids=lambda case: case.name)
def test_theano_and_numpy_compute_the_same(case):
    troubles = []
    assert list(bench.prepared(case, ["theano", "numpy"], troubles)) == ["theano", "numpy"] and not troubles


@pytest.mark.parametrize("case", [case for case in bench.CASES if case.wrt], ids=lambda case: case.name)
def test_gradients_by_numpy_are_slopes(case):
    arrays = case.arrays(np.random.default_rng(2))
    value, *gradients = case.numpy(np, *arrays)
    assert np.allclose(value, case.formula(np, *arrays), rtol=1e-12)
    for position, gradient in zip(case.wrt, gradients, strict=True):
        direction = np.random.default_rng(3).normal(size=gradient.shape)
        shifted = [list(arrays), list(arrays)]
        for moved, step in zip(shifted, (1e-6, -1e-6), strict=True):
            moved[position] = arrays[position] + step * direction
        slope = (case.formula(np, *shifted[0]) - case.formula(np, *shifted[1])) / 2e-6
        assert np.allclose(slope, (gradient * direction).sum(), rtol=1e-5)


def test_a_table_is_printed(capsys):
    assert (
        main(["bench", "--quick", "--seconds", "0.1", "--only", "10 numbers", "--libraries", "theano,numpy"])
        == 0
    )
    *_, columns, row, mean = capsys.readouterr().out.splitlines()
    assert columns.split() == ["theano", "numpy"] and row.startswith("2 x + 1 of 10 numbers")
    assert mean.startswith("geometric mean") and mean.endswith(")")


def test_wrong_results_and_failures_have_no_time(monkeypatch, capsys):
    def wrong(formula, arrays, wrt=()):
        return lambda: formula(np, *arrays) + 1e-3

    def failing(formula, arrays, wrt=()):
        raise RuntimeError("out of beads\nand more")

    monkeypatch.setitem(bench.LIBRARIES, "numpy", lambda *_: None)
    monkeypatch.setitem(bench.LIBRARIES, "json", wrong)
    monkeypatch.setitem(bench.LIBRARIES, "csv", failing)
    assert bench.bench(0.0, "10 numbers", ["theano", "numpy", "json", "csv"]) == 0
    told = capsys.readouterr().out
    assert "json: 2 x + 1 of 10 numbers: result 0 differs from NumPy's by" in told
    assert "csv: 2 x + 1 of 10 numbers: RuntimeError: out of beads" in told
    monkeypatch.setitem(bench.LIBRARIES, "theano", wrong)
    assert bench.bench(0.0, "10 numbers", ["theano"]) == 1


def test_an_unknown_comparison_names_those_there_are(capsys):
    assert main(["bench", "--only", "abacus"]) == 1
    told = capsys.readouterr().out
    assert "'abacus'" in told and all(case.name in told for case in bench.CASES)


@pytest.mark.parametrize(
    "found, trouble",
    [
        (np.ones(3), ""),
        (np.ones(3, "float32"), "float32"),
        (np.ones((3, 1)), r"(3, 1)"),
        (np.full(3, np.nan), "differs"),
    ],
)
def test_results_differ_in_dtype_shape_and_value(found, trouble):
    told = bench.difference(found, np.ones(3))
    assert (trouble in told) if trouble else not told


def test_everybody_has_as_many_turns():
    times = bench.in_turns({"a": lambda: None, "b": lambda: sum(range(100))}, 0.0)
    assert len(times["a"]) == len(times["b"]) == bench.FEWEST_TURNS
