"""The tutorial models in examples/ learn what they are known to learn, and go on from a checkpoint with the same digits."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(example: str, *options: str, **environment: str) -> subprocess.CompletedProcess:
    variables = {
        **os.environ,
        "PYTHONPATH": str(EXAMPLES.parent / "src"),
        "OMP_NUM_THREADS": "1",
        **environment,
    }
    return subprocess.run(
        [sys.executable, EXAMPLES / f"{example}.py", *options],
        env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def printed_by(example: str, *options: str) -> str:
    finished = run(example, *options)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def number(text: str, line: str) -> float:
    """The number behind the beginning of a line; percents are shares."""
    ((found, percent),) = re.findall(rf"^{re.escape(line)}\s*([\d.]+)(%?)", text, re.MULTILINE)
    return float(found) / (100 if percent else 1)


# The errors are those of the default options where these take a few seconds, else of fewer epochs.  They are shares of 300
# images, which differ by one or two with the processor.
CLASSIFIERS = [
    ("logistic_regression", (), 0.04),
    ("multilayer_perceptron", ("--epochs", "15"), 0.035),
    ("lenet", ("--epochs", "15"), 0.025),
    ("stacked_autoencoders", ("--pretraining", "8", "--epochs", "12"), 0.045),
    ("deep_belief_net", ("--pretraining", "8", "--epochs", "12"), 0.045),
    ("text_classifier", ("--epochs", "5"), 0.01),
    ("recurrent_tagger", ("--epochs", "5"), 0.005),
]


@pytest.mark.parametrize("example, options, error", CLASSIFIERS)
def test_a_classifier_reaches_its_error(example: str, options: tuple[str, ...], error: float) -> None:
    assert number(printed_by(example, *options), "test error:") <= error


def test_a_denoising_autoencoder_restores_images() -> None:
    text = printed_by("denoising_autoencoder", "--epochs", "20")
    assert number(text, "mean squared error of the damaged test images:") > 0.06
    assert number(text, "of the restored ones:") < 0.035


def test_a_contractive_autoencoder_makes_the_derivatives_of_its_code_small() -> None:
    text = printed_by("contractive_autoencoder", "--epochs", "15")
    ((reconstruction, contraction),) = re.findall(
        r"^on test images: reconstruction (.*), contraction (.*)", text, re.M
    )
    assert float(reconstruction) < 24 and float(contraction) < 5


# -- data --------------------------------------------------------------------------------------------------------------


def test_mnist_is_read_from_a_file(tmp_path: Path) -> None:
    """Images of which the answer is the brightest of ten blocks."""
    rng = np.random.default_rng(0)
    y = rng.integers(0, 10, 600).astype("uint8")
    x = rng.integers(0, 100, (600, 28, 28)).astype("uint8")
    for image, k in zip(x, y):
        image[2 * k : 2 * k + 2] = 255
    file = tmp_path / "mnist.npz"
    np.savez(file, x_train=x[:500], y_train=y[:500], x_test=x[500:], y_test=y[500:])
    text = printed_by("logistic_regression", "--epochs", "5", "--mnist", str(file))
    assert number(text, "test error:") < 0.02


def test_a_file_that_is_not_mnist_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", x_train=np.zeros(3))
    finished = run("logistic_regression", "--mnist", str(tmp_path / "other.npz"))
    assert finished.returncode == 1 and finished.stderr.endswith("other.npz has no y_train\n")


def test_the_message_says_how_to_get_scikit_learn(tmp_path: Path) -> None:
    (tmp_path / "sklearn.py").write_text("raise ImportError")
    finished = run("lenet", PYTHONPATH=os.pathsep.join([str(tmp_path), str(EXAMPLES.parent / "src")]))
    assert finished.returncode == 1
    assert "pip install scikit-learn" in finished.stderr and "Traceback" not in finished.stderr


# -- checkpoints -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "example, ending, options",
    [("multilayer_perceptron", "npz", ()), ("deep_belief_net", "safetensors", ("--pretraining", "2"))],
)
def test_a_resumed_run_ends_with_the_digits_of_an_uninterrupted_one(
    example: str, ending: str, options: tuple[str, ...], tmp_path: Path
) -> None:
    whole, parts = tmp_path / f"whole.{ending}", tmp_path / f"parts.{ending}"
    uninterrupted = printed_by(example, *options, "--epochs", "4", "--checkpoint", str(whole))
    printed_by(example, *options, "--epochs", "2", "--checkpoint", str(parts))
    resumed = printed_by(example, *options, "--epochs", "4", "--checkpoint", str(parts), "--resume")
    assert uninterrupted.endswith("\n".join(resumed.splitlines()[-3:]) + "\n")
    if ending == "npz":
        with np.load(whole) as a, np.load(parts) as b:
            assert a.files == b.files and all(np.array_equal(a[name], b[name]) for name in a.files)
    else:
        assert whole.read_bytes() == parts.read_bytes()


def test_a_damaged_checkpoint_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "damaged.npz"
    file.write_bytes(b"PK\3\4 and so on")
    finished = run("logistic_regression", "--resume", "--checkpoint", str(file))
    assert finished.returncode == 1
    assert "damaged.npz: no archive of arrays" in finished.stderr and "Traceback" not in finished.stderr
