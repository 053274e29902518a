"""theano.sandbox.neighbours of Theano 1.0.5."""

from theano.tensor.nnet.neighbours import Images2Neibs, images2neibs, neibs2images

__all__ = [
    "Images2Neibs",
    "images2neibs",
    "neibs2images",
]
