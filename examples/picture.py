"""Pictures of the examples: ``--plot FILE.png``, if matplotlib is installed."""

import argparse
import sys


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
