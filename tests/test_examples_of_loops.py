"""The programs in examples/ that are made of loops reach the results that they are known to have."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(example: str, *options: str) -> subprocess.CompletedProcess:
    source = str(EXAMPLES.parent / "src")
    environment = {**os.environ, "PYTHONPATH": source, "OMP_NUM_THREADS": "1"}  # other tests have the other processors
    return subprocess.run(
        [sys.executable, EXAMPLES / example, *options], env=environment, capture_output=True, text=True, check=False
    )


def printed_by(example: str, *options: str) -> str:
    finished = run(example, *options)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def numbers(text: str, line: str) -> list[float]:
    """The numbers behind the beginning of a line."""
    (found,) = re.findall(rf"^{re.escape(line)}(.*)$", text, re.MULTILINE)
    return [float(n) for n in re.findall(r"[-+]?\d+\.?\d*(?:e[-+]?\d+)?", found)]


def test_fibonacci_numbers() -> None:
    text = printed_by("fibonacci.py", "--count", "89")
    assert numbers(text, "the first ten:") == [1, 2, 3, 5, 8, 13, 21, 34, 55, 89]
    assert "the last one: 2880067194370816120\n" in text


def test_power_iteration_ends_at_the_largest_eigenvalue() -> None:
    text = printed_by("power_iteration.py", "--size", "20")
    (found,), (wanted,) = numbers(text, "largest eigenvalue:"), numbers(text, "NumPy says:")
    np.testing.assert_allclose(found, wanted, rtol=1e-10)
    assert numbers(text, "steps:") < [1000]


def test_leapfrog_keeps_the_energy_of_a_pendulum() -> None:
    text = printed_by("pendulum.py", "--steps", "5000")
    assert numbers(text, "largest error of leapfrog:") < [5e-4]
    assert numbers(text, "error of Euler's method after 200 steps:") > [0.1]


def test_gibbs_sampling_finds_the_normal_distribution() -> None:
    text = printed_by("gibbs_sampling.py", "--draws", "300")
    np.testing.assert_allclose(numbers(text, "means:")[:2], [0, 0], atol=0.03)
    np.testing.assert_allclose(numbers(text, "variances:")[:2], [1, 1], atol=0.05)
    np.testing.assert_allclose(numbers(text, "correlation:")[0], 0.8, atol=0.02)
    assert "draws other numbers: True" in text


@pytest.mark.parametrize("options", [(), ("--restart",)])
def test_a_restricted_boltzmann_machine_learns_bars_and_stripes(options: tuple[str, ...]) -> None:
    text = printed_by("restricted_boltzmann_machine.py", "--epochs", "5000", *options)
    assert numbers(text, "log likelihood at first:") < [-10]
    assert numbers(text, "log likelihood after 5000 steps:")[0] > -6.5
    assert numbers(text, "of its 30 likeliest pictures")[0] >= 24


def test_hamiltonian_monte_carlo_finds_the_moments_of_the_banana() -> None:
    text = printed_by("hamiltonian_monte_carlo.py", "--draws", "300")
    np.testing.assert_allclose(numbers(text, "means:")[:2], [0, 1], atol=0.1)
    np.testing.assert_allclose(numbers(text, "variances:")[:2], [1, 3], rtol=0.15)
    assert numbers(text, "accepted:") > [0.8]


def test_a_recurrent_network_learns_to_repeat() -> None:
    assert numbers(printed_by("recurrent_net.py", "--rounds", "300"), "after 300 rounds, on new rows:") < [0.002]


def test_an_lstm_learns_to_add() -> None:
    text = printed_by("lstm.py", "--rounds", "300", "--steps", "10")
    assert numbers(text, "after 300 rounds, on new rows:") < [0.01]


@pytest.mark.parametrize("example", ["fibonacci.py"])
def test_a_picture_is_written_or_the_message_says_what_it_needs(example: str, tmp_path: Path) -> None:
    file = tmp_path / "picture.png"
    finished = run(example, "--count", "20", "--plot", str(file))
    if importlib.util.find_spec("matplotlib") is None:
        assert finished.returncode == 1 and finished.stderr == "--plot needs matplotlib: pip install matplotlib\n"
    else:
        assert finished.returncode == 0 and file.read_bytes().startswith(b"\x89PNG")
