"""theano.scan_module.scan_checkpoints of Theano 1.0.5."""

import theano
from theano.scanning import scan_checkpoints
from theano.tensor import Join

__all__ = [
    "Join",
    "scan_checkpoints",
    "theano",
]
