"""theano.sandbox.neighbours of Theano 1.0.5."""


__all__ = ['Images2Neibs', 'images2neibs', 'neibs2images']
from theano.tensor.nnet.neighbours import Images2Neibs as Images2Neibs
from theano.tensor.nnet.neighbours import images2neibs as images2neibs
from theano.tensor.nnet.neighbours import neibs2images as neibs2images
