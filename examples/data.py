"""Data of the examples, in three parts: to learn from, to stop by, and to tell the error at the end.

Images of digits are by default the 1,797 of 8 x 8 pixels that come with scikit-learn; with --mnist FILE.npz they are the
70,000 of 28 x 28 pixels in a file with the arrays x_train, y_train, x_test and y_test.  Everything is float32.
"""

import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

import theano

theano.config.floatX = "float32"


@dataclass(frozen=True)
class Part:
    """Rows of data in shared variables, of which a compiled function takes the slice that it needs."""

    x: Any  # the inputs, one in a row
    y: Any  # the answers: integers
    rows: int

    def batches(self, size):
        """How many batches of ``size`` rows there are; the last one may be smaller."""
        return -(-self.rows // size)


@dataclass(frozen=True)
class Data:
    train: Part
    valid: Part
    test: Part


@dataclass(frozen=True)
class Digits(Data):
    """x  float32, (rows, side * side), 0 is white and 1 is black;  y  int32, (rows,), 0 to 9."""

    side: int

    @property
    def pixels(self):
        return self.side**2


def with_mnist(options):
    """The parser, with --mnist among its options."""
    options.add_argument("--mnist", metavar="FILE.npz", help="x_train, y_train, x_test and y_test of MNIST")
    return options


def load_digits(mnist=None):
    """Digits in random order, which is the same in every run."""
    if mnist is None:
        try:
            from sklearn import datasets
        except ImportError:
            sys.exit("the digits come with scikit-learn: pip install scikit-learn (or give --mnist FILE.npz)")
        x, y = datasets.load_digits(return_X_y=True)
        x, sizes, shuffled = x / 16, (1197, 300, 300), len(x)
    else:
        x, y, tests = read_mnist(mnist)
        sizes, shuffled = (len(x) - 2 * tests, tests, tests), len(x) - tests  # its test is a part of its own
    x = x.reshape(len(x), -1).astype("float32")
    order = np.concatenate([np.random.default_rng(0).permutation(shuffled), np.arange(shuffled, len(x))])
    data = split([x[order], y[order].astype("int32")], sizes)
    return Digits(data.train, data.valid, data.test, side=round(x.shape[1] ** 0.5))


def read_mnist(file):
    """Images, answers, and how many of the last ones are for the test."""
    try:
        with np.load(file, allow_pickle=False) as arrays:
            x, y, x_test, y_test = (arrays[name] for name in ("x_train", "y_train", "x_test", "y_test"))
    except KeyError as error:
        sys.exit(f"--mnist: {file} has no {error.args[0].split()[0]}")
    except OSError as error:
        sys.exit(f"--mnist: {error}")
    return np.concatenate([x, x_test]) / np.float32(255), np.concatenate([y, y_test]), len(x_test)


def split(arrays, sizes):
    """Arrays with equally many rows as Data, whose parts have ``sizes`` rows; the arrays are x and y."""
    ends = np.cumsum(sizes)
    parts = []
    for size, end, name in zip(sizes, ends, ("train", "valid", "test")):
        x, y = (theano.shared(a[end - size : end], f"{name}.{letter}") for a, letter in zip(arrays, "xy"))
        parts.append(Part(x, y, int(size)))
    return Data(*parts)


def padded(rows, fill):
    """Lists of integers as an int32 matrix, whose shorter rows end in ``fill``."""
    table = np.full((len(rows), max(map(len, rows))), fill, "int32")
    for i, row in enumerate(rows):
        table[i, : len(row)] = row
    return table
