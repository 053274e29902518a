"""Which way a convolution is computed: rules over the numbers of a frame.

Those are registers where code is emitted, and integers where one asks what a function does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

METHODS = ("auto", "direct", "winograd")  # the flag conv.method, as a number
LEAST_CHANNELS = 48  # of images and of results; with fewer, what Winograd's way saves goes into the transformations
MOST_PAIRS = 1 << 16  # of channels and filters; the transforms of more kernels are read slower than computed with
LEAST_RESULTS = {True: 400, False: 180}  # of a filter for an image: forward; of a channel in the adjoint
MOST_PLAIN, LEAST_PLAIN = 256, 128  # channels and places of 1 x 1 kernels that are as fast plainly, with nothing turned round
LEAST_TAPS = 64  # with fewer, turning results round costs more than it saves
MOST_TURNED = 8  # channels; with more, few sums wait
MOST_WORK = (9, 5)  # how much more may be computed with channels side by side, which goes so much faster
FILLED = (5, 8)  # filters side by side where at least this part of the registers is filled


class Numbers(Protocol):
    """The words of a frame by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def is_winograd(n: Numbers, is_forward: bool) -> Any:
    """A convolution, or its adjoint for images, by Winograd's way: if it can be, as the flag says, or where it is faster."""
    possible = (n["kernel1"] == 3) & (n["kernel2"] == 3) & (n["kernel0"] == 1) & (n["top0"] == 1)
    possible = possible & (n["image0"] == 1) & (n["before0"] == 0)
    for axis in range(3):
        possible = possible & (n[f"step{axis}"] == 1) & (n[f"dilation{axis}"] == 1) & (n[f"before{axis}"] < 3)
    faster = (n["channels"] >= LEAST_CHANNELS) & (n["filters"] >= LEAST_CHANNELS)
    pairs, result = n["channels"] * n["filters"], "top" if is_forward else "image"
    faster = faster & (n[f"{result}1"] * n[f"{result}2"] >= LEAST_RESULTS[is_forward]) & (pairs <= MOST_PAIRS)
    some = pairs > 0
    wanted = (n["method"] == METHODS.index("winograd")) | (faster & (n["method"] == METHODS.index("auto")))
    return possible & some & wanted


def is_across(n: Numbers, lanes: int) -> Any:
    """A convolution with filters side by side: where they fill the registers, and taps are many or steps longer than 1."""
    volume, places = n["kernel0"] * n["kernel1"] * n["kernel2"], n["top1"] * n["top2"]
    steps = n["step0"] * n["step1"] * n["step2"]
    plain = (volume * steps == 1) & (n["channels"] <= MOST_PLAIN) & (places >= LEAST_PLAIN)
    return _is_across(n, n["filters"], n["channels"], lanes) & (plain == 0)


def _is_across(n: Numbers, filters: Any, channels: Any, lanes: int) -> Any:
    taps = channels * n["kernel0"] * n["kernel1"] * n["kernel2"]
    steps = (n["step0"] > 1) | (n["step1"] > 1) | (n["step2"] > 1)
    return _fills(filters, lanes) & (steps | (taps >= LEAST_TAPS))


def is_turned(n: Numbers, lanes: int) -> Any:
    """The adjoint for images by turned kernels: with channels side by side, or where few sums would wait for one another."""
    few = (n["channels"] <= MOST_TURNED) & (n["filters"] <= n["channels"])
    places = n["image0"] * n["image1"] * n["image2"], n["top0"] * n["top1"] * n["image2"]
    work = places[0] * _padded(n["channels"], lanes), places[1] * n["channels"]
    across = _is_across(n, n["channels"], n["filters"], lanes) & (work[0] * MOST_WORK[1] <= work[1] * MOST_WORK[0])
    found = few | across
    for axis in range(3):
        reach = (n[f"kernel{axis}"] - 1) * n[f"dilation{axis}"]
        found = found & (n[f"step{axis}"] == 1) & (n[f"before{axis}"] <= reach)
    return found


def is_outer(n: Numbers, lanes: int) -> Any:
    """The adjoint for kernels by outer products: where filters fill the registers."""
    return _fills(n["filters"], lanes)


def _fills(filters: Any, lanes: int) -> Any:
    return filters * FILLED[1] >= _padded(filters, lanes) * FILLED[0]


def _padded(filters: Any, lanes: int) -> Any:
    return filters + (lanes - filters % lanes) % lanes


def method_name(routine: str, n: Mapping[str, int], lanes: int) -> str:
    """The way in words, for a routine "forward", "inputs" or "weights"."""
    if routine == "weights":
        return "outer products" if is_outer(n, lanes) else "direct"
    if is_winograd(n, routine == "forward"):
        return "winograd"
    if routine == "forward" and is_across(n, lanes):
        return "filters side by side"
    return "turned kernels" if routine == "inputs" and is_turned(n, lanes) else "direct"
