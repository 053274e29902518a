"""theano.scan_module.scan_checkpoints of Theano 1.0.5."""


__all__ = ['Join', 'scan_checkpoints']
from theano.tensor import Join as Join
from theano.scanning import scan_checkpoints as scan_checkpoints
