"""Correlation along two axes, which is convolution with kernels that are not turned round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.legacy import old_names
from theano.tensor.nnet.convolution import (
    AbstractConv2d,
    AbstractConv2d_gradInputs,
    AbstractConv2d_gradWeights,
    BaseAbstractConv,
)

__all__ = ["BaseCorrMM", "CorrMM", "CorrMM_gradInputs", "CorrMM_gradWeights"]

__getattr__ = old_names(__name__)


class BaseCorrMM(BaseAbstractConv):
    """Settings of a correlation, see ``BaseAbstractConv``; ``openmp`` is accepted and ignored."""

    def __init__(
        self,
        border_mode: Any = "valid",
        subsample: Sequence[int] = (1, 1),
        filter_dilation: Sequence[int] = (1, 1),
        num_groups: int = 1,
        unshared: bool = False,
        openmp: bool | None = None,
    ) -> None:
        BaseAbstractConv.__init__(
            self, 2, None, None, border_mode, subsample, False, filter_dilation, num_groups, unshared
        )


class CorrMM(BaseCorrMM, AbstractConv2d):
    """top from (image, kernel)"""


class CorrMM_gradWeights(BaseCorrMM, AbstractConv2d_gradWeights):
    """kernel's gradient from (image, top's gradient, lengths)"""


class CorrMM_gradInputs(BaseCorrMM, AbstractConv2d_gradInputs):
    """image's gradient from (kernel, top's gradient, lengths)"""
