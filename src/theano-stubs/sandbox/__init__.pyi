"""theano.sandbox of Theano 1.0.5."""


from theano.sandbox import linalg as linalg
from theano.sandbox import minimal as minimal
from theano.sandbox import multinomial as multinomial
from theano.sandbox import neighbours as neighbours
from theano.sandbox import rng_mrg as rng_mrg
from theano.sandbox import softsign as softsign
from theano.sandbox import solve as solve
