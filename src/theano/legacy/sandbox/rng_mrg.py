"""theano.sandbox.rng_mrg of Theano 1.0.5."""

from theano.random.mrg import (
    NORM,
    A1p72,
    A1p134,
    A2p72,
    A2p134,
    ff_2p72,
    ff_2p134,
    guess_n_streams,
    matVecModM,
    multMatVect,
)
from theano.random.mrg import MRGUniform as mrg_uniform
from theano.random.mrg import MRGUniform as mrg_uniform_base
from theano.scalar.random_bits import M1, M2
from theano.streams.mrg_streams import MRG_RandomStreams

__all__ = [
    "M1",
    "M2",
    "NORM",
    "A1p72",
    "A1p134",
    "A2p72",
    "A2p134",
    "MRG_RandomStreams",
    "ff_2p72",
    "ff_2p134",
    "guess_n_streams",
    "matVecModM",
    "mrg_uniform",
    "mrg_uniform_base",
    "multMatVect",
]
