"""Pictures of the examples: ``--plot FILE.png``, if matplotlib is installed."""

import argparse
import sys

import numpy as np


def parser(description):
    """A parser of the options of a program, with --plot among them."""
    options = argparse.ArgumentParser(description=description)
    options.add_argument("--plot", metavar="FILE.png", help="write a picture, which needs matplotlib")
    return options


def save(file, draw, title):
    """Let ``draw(axes)`` draw a picture and write it to ``file``; without a file nothing happens."""
    if file is None:
        return
    try:
        from matplotlib.figure import Figure
    except ImportError:
        sys.exit("--plot needs matplotlib: pip install matplotlib")
    figure = Figure(figsize=(6, 4), layout="constrained")
    axes = figure.add_subplot()
    draw(axes)
    axes.set_title(title)
    figure.savefig(file)
    print("written:", file)


def tiled(images, side, columns=None):
    """Images of ``side`` x ``side`` pixels, beside and below one another, about as wide as high unless told otherwise."""
    images = np.asarray(images, "float64").reshape(-1, side, side)
    images = images / np.abs(images).max(axis=(1, 2), keepdims=True)
    columns = columns or int(np.ceil(len(images) ** 0.5))
    rows = -(-len(images) // columns)
    picture = np.full((rows, columns, side + 1, side + 1), np.nan)
    picture.reshape(-1, side + 1, side + 1)[: len(images), :side, :side] = images
    return picture.swapaxes(1, 2).reshape(rows * (side + 1), -1)[:-1, :-1]


def draw_tiles(axes, images, side, colours="gray"):
    """Draw images of ``side`` x ``side`` pixels, one in a row of the array."""
    axes.imshow(tiled(images, side), cmap=colours)
    axes.set_axis_off()
