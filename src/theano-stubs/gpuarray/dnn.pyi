"""theano.gpuarray.dnn of Theano 1.0.5."""

from theano.legacy.adapters._gpu import _Presence
from typing import Any

__all__ = ['dnn_available', 'dnn_present', 'version']
dnn_available: _Presence
dnn_present: _Presence
def version(raises: bool = True) -> int:
    """The version of cuDNN: -1, or RuntimeError with ``raises``."""
