"""Which way a convolution is computed: rules over the numbers of a frame.

Those are registers where code is emitted, and integers where one asks what a function does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

METHODS = ("auto", "direct", "winograd")  # the flag conv.method, as a number
LEAST_CHANNELS = 16  # of images and of results; with fewer, what Winograd's way saves goes into the transformations
LEAST_RESULTS = 36  # of a filter for an image
MOST_TURNED = 8  # channels; with more, few sums wait
FILLED = (5, 8)  # outer products where at least this part of the registers of filters is filled


class Numbers(Protocol):
    """The words of a frame by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def is_winograd(n: Numbers) -> Any:
    """A convolution, or its adjoint for images, by Winograd's way: if it can be, as the flag says, or where it is faster."""
    possible = (n["kernel1"] == 3) & (n["kernel2"] == 3) & (n["kernel0"] == 1) & (n["top0"] == 1)
    possible = possible & (n["image0"] == 1) & (n["before0"] == 0)
    for axis in range(3):
        possible = possible & (n[f"step{axis}"] == 1) & (n[f"dilation{axis}"] == 1) & (n[f"before{axis}"] < 3)
    faster = (n["channels"] >= LEAST_CHANNELS) & (n["filters"] >= LEAST_CHANNELS)
    faster = faster & (n["top1"] * n["top2"] >= LEAST_RESULTS)
    some = n["channels"] * n["filters"] > 0
    wanted = (n["method"] == METHODS.index("winograd")) | (faster & (n["method"] == METHODS.index("auto")))
    return possible & some & wanted


def is_turned(n: Numbers) -> Any:
    """The adjoint for images by turned kernels: where sums of few channels would wait for one another."""
    found = (n["channels"] <= MOST_TURNED) & (n["filters"] <= n["channels"])
    for axis in range(3):
        reach = (n[f"kernel{axis}"] - 1) * n[f"dilation{axis}"]
        found = found & (n[f"step{axis}"] == 1) & (n[f"before{axis}"] <= reach)
    return found


def is_outer(n: Numbers, lanes: int) -> Any:
    """The adjoint for kernels by outer products: where filters fill the registers."""
    filters = n["filters"]
    padded = filters + (lanes - filters % lanes) % lanes
    return filters * FILLED[1] >= padded * FILLED[0]


def method_name(routine: str, n: Mapping[str, int], lanes: int) -> str:
    """The way in words, for a routine "forward", "inputs" or "weights"."""
    if routine == "weights":
        return "outer products" if is_outer(n, lanes) else "direct"
    if is_winograd(n):
        return "winograd"
    return "turned kernels" if routine == "inputs" and is_turned(n) else "direct"
