"""theano.gpuarray.dnn of Theano 1.0.5."""

from theano.legacy.adapters.gpu import dnn_available, dnn_present, version

__all__ = [
    "dnn_available",
    "dnn_present",
    "version",
]
