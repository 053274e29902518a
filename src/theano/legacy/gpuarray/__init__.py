"""theano.gpuarray of Theano 1.0.5. There is no GPU among the back ends that it speaks of."""

from theano.configuration import config
from theano.gpuarray import dnn
from theano.legacy.adapters.gpu import (
    ContextNotDefined,
    get_context,
    init_dev,
    list_contexts,
    pygpu_activated,
    theano_gpu_is_already_active,
    use,
)

__all__ = [
    "ContextNotDefined",
    "config",
    "dnn",
    "get_context",
    "init_dev",
    "list_contexts",
    "pygpu_activated",
    "theano_gpu_is_already_active",
    "use",
]
