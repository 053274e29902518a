"""Correlation along three axes, which is convolution with kernels that are not turned round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.legacy import old_names
from theano.tensor.nnet.convolution import (
    AbstractConv3d,
    AbstractConv3d_gradInputs,
    AbstractConv3d_gradWeights,
    BaseAbstractConv,
)

__all__ = ["BaseCorr3dMM", "Corr3dMM", "Corr3dMM_gradInputs", "Corr3dMM_gradWeights"]

__getattr__ = old_names(__name__)


class BaseCorr3dMM(BaseAbstractConv):
    """Settings of a correlation, see ``BaseAbstractConv``; ``openmp`` is accepted and ignored."""

    def __init__(
        self,
        border_mode: Any = "valid",
        subsample: Sequence[int] = (1, 1, 1),
        filter_dilation: Sequence[int] = (1, 1, 1),
        openmp: bool | None = None,
        num_groups: int = 1,
    ) -> None:
        BaseAbstractConv.__init__(
            self, 3, None, None, border_mode, subsample, False, filter_dilation, num_groups
        )


class Corr3dMM(BaseCorr3dMM, AbstractConv3d):
    """top from (image, kernel)"""


class Corr3dMM_gradWeights(BaseCorr3dMM, AbstractConv3d_gradWeights):
    """kernel's gradient from (image, top's gradient, lengths)"""


class Corr3dMM_gradInputs(BaseCorr3dMM, AbstractConv3d_gradInputs):
    """image's gradient from (kernel, top's gradient, lengths)"""
