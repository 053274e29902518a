"""LeNet: convolution and pooling, twice, before a multilayer perceptron (LeCun et al. 1998).

    image    (rows, 1, side, side)
    layer k  pool(relu(conv(input, W[k]) + b[k])): kernels of 3 x 3, the maxima of 2 x 2 places
    then     h = relu(flat W + b),  p(y = k | x) = softmax(h V + c)[k],  cost = -mean log p(y | x)

Adam reaches 1 % test error in 30 epochs.
"""

from itertools import pairwise

import numpy as np
from data import load_digits, with_mnist
from picture import draw_tiles, save
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import adam
from theano.tensor.nnet import conv2d
from theano.tensor.signal.pool import pool_2d

BATCH, RATE, KERNEL, UNITS, CLASSES = 50, 0.002, 3, 64, 10
CHANNELS = (1, 16, 32)

options = with_mnist(parser(__doc__, epochs=30, patience=10)).parse_args()
digits = load_digits(options.mnist)
rng = np.random.default_rng(1)


def weights(shape, inputs, name):
    """Random numbers of variance 2 / inputs, which keeps the size of signals through relu (He et al. 2015)."""
    return theano.shared(rng.normal(0, (2 / inputs) ** 0.5, shape).astype("float32"), name)


def biases(outputs, name):
    return theano.shared(np.zeros(outputs, "float32"), name)


# The model.  The first axis of the input's shape is left open: batches, and whole parts of the data, go through it.
x, y = T.matrix("x"), T.ivector("y")
parameters = []
side, image = digits.side, x.reshape((x.shape[0], 1, digits.side, digits.side))
for k, (inputs, outputs) in enumerate(pairwise(CHANNELS)):
    W = weights((outputs, inputs, KERNEL, KERNEL), inputs * KERNEL**2, f"W{k}")
    b = biases(outputs, f"b{k}")
    parameters += [W, b]
    shapes = {"input_shape": (None, inputs, side, side), "filter_shape": (outputs, inputs, KERNEL, KERNEL)}
    image = T.nnet.relu(conv2d(image, W, border_mode="half", **shapes) + b.dimshuffle("x", 0, "x", "x"))
    image, side = pool_2d(image, (2, 2), ignore_border=True), side // 2

flat = image.flatten(2)
size = CHANNELS[-1] * side**2
W, b = weights((size, UNITS), size, "W"), biases(UNITS, "b")
V, c = weights((UNITS, CLASSES), UNITS, "V"), biases(CLASSES, "c")
parameters += [W, b, V, c]
p = T.nnet.softmax(T.dot(T.nnet.relu(T.dot(flat, W) + b), V) + c)
cost = T.nnet.categorical_crossentropy(p, y).mean()
wrong = T.neq(T.argmax(p, axis=1), y).sum()

# Functions of the data.
index = T.lscalar("index")
rows = slice(index * BATCH, (index + 1) * BATCH)
learn = theano.function(
    [index],
    cost,
    updates=adam(cost, parameters, RATE),
    givens={x: digits.train.x[rows], y: digits.train.y[rows]},
)


def error_on(part):
    """A function that gives the share of wrong answers.  It goes through batches, as layers of all images are large."""
    count = theano.function([index], wrong, givens={x: part.x[rows], y: part.y[rows]})
    return lambda: count.run(part.batches(BATCH), index=index, stack=True).sum() / part.rows


phase = Phase(
    "learning", learn, digits.train.batches(BATCH), options.epochs, parameters, error_on(digits.valid)
)
train([phase], options)
print(f"test error: {error_on(digits.test)():.2%}")

save(
    options.plot,
    lambda axes: draw_tiles(axes, parameters[0].get_value(), KERNEL),
    "Kernels of the first layer",
)
