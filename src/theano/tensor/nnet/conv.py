"""The older interface of convolution, with borders "valid" and "full" only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Variable
from theano.legacy import old_names
from theano.tensor.nnet import abstract_conv
from theano.tensor.nnet.convolution import AbstractConv2d

__all__ = ["ConvOp", "conv2d"]

__getattr__ = old_names(__name__)


class ConvOp(AbstractConv2d):
    """Convolution along two axes, with the steps ``dx`` and ``dy``.

    Lengths may be promised; how the loops are unrolled is not for the caller to say, and is ignored here.
    """

    def __init__(
        self,
        imshp: Sequence[int] | None = None,
        kshp: Sequence[int] | None = None,
        nkern: int | None = None,
        bsize: int | None = None,
        dx: int = 1,
        dy: int = 1,
        output_mode: str = "valid",
        *_unused: Any,
        **_ignored: Any,
    ) -> None:
        if output_mode not in ("valid", "full"):
            raise ValueError(f"output_mode is {output_mode!r}: it must be 'valid' or 'full'")
        image = None if imshp is None else (bsize, *((None, *imshp) if len(imshp) == 2 else imshp))
        kernel = (
            None if kshp is None else (nkern, None if imshp is None or len(imshp) == 2 else imshp[0], *kshp)
        )
        super().__init__(image, kernel, output_mode, (dx, dy))
        self.dx, self.dy, self.out_mode = dx, dy, output_mode

    @staticmethod
    def getOutputShape(
        inshp: Sequence[int], kshp: Sequence[int], stride: Sequence[int] = (1, 1), mode: str = "valid"
    ) -> tuple[int, ...]:
        """The last two lengths of the result."""
        return tuple(
            abstract_conv.get_conv_shape_1axis(n, k, mode, s)
            for n, k, s in zip(inshp, kshp, stride, strict=True)
        )


def conv2d(
    input: Any,
    filters: Any,
    image_shape: Any = None,
    filter_shape: Any = None,
    border_mode: str = "valid",
    subsample: Sequence[int] = (1, 1),
    **kargs: Any,
) -> Variable:
    """The convolution of (batch, channels, height, width) with (filters, channels, height, width).

    Raises ValueError for borders other than "valid" and "full".  Further arguments, on unrolling, are ignored.
    """
    if border_mode not in ("valid", "full"):
        raise ValueError(
            f"border_mode is {border_mode!r}: here it must be 'valid' or 'full'; nnet.conv2d knows others"
        )
    return abstract_conv.conv2d(input, filters, image_shape, filter_shape, border_mode, subsample)
