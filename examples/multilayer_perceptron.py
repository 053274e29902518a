"""A multilayer perceptron: one hidden layer between the image and the answer.

    h = tanh(x W1 + b1),    p(y = k | x) = softmax(h W2 + b2)[k]
    cost = -mean log p(y | x) + DECAY (sum W1^2 + sum W2^2)

Momentum reaches 2.5 % test error in about 10 epochs, and stops when it has got no better for 20 more.
"""

import numpy as np
from data import load_digits, with_mnist
from picture import save
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import momentum

BATCH, RATE, DECAY, CLASSES = 20, 0.02, 1e-4, 10

options = with_mnist(parser(__doc__, epochs=60))
options.add_argument("--units", type=int, default=200, help="units of the hidden layer; 200 unless given")
options = options.parse_args()
digits = load_digits(options.mnist)
rng = np.random.default_rng(1)


def weights(inputs, outputs, name):
    """A matrix of random numbers whose size keeps the variance of signals and gradients (Glorot, Bengio 2010)."""
    limit = (6 / (inputs + outputs)) ** 0.5
    return theano.shared(rng.uniform(-limit, limit, (inputs, outputs)).astype("float32"), name)


def biases(outputs, name):
    return theano.shared(np.zeros(outputs, "float32"), name)


# The model.
x, y = T.matrix("x"), T.ivector("y")
W1, b1 = weights(digits.pixels, options.units, "W1"), biases(options.units, "b1")
W2, b2 = weights(options.units, CLASSES, "W2"), biases(CLASSES, "b2")
parameters = [W1, b1, W2, b2]
h = T.tanh(T.dot(x, W1) + b1)
p = T.nnet.softmax(T.dot(h, W2) + b2)
cost = T.nnet.categorical_crossentropy(p, y).mean() + DECAY * (T.sqr(W1).sum() + T.sqr(W2).sum())
error = T.neq(T.argmax(p, axis=1), y).mean()

# Functions of the data.
index = T.lscalar("index")
rows = slice(index * BATCH, (index + 1) * BATCH)
learn = theano.function(
    [index],
    cost,
    updates=momentum(cost, parameters, RATE, momentum=0.9),
    givens={x: digits.train.x[rows], y: digits.train.y[rows]},
)
valid_error = theano.function([], error, givens={x: digits.valid.x, y: digits.valid.y})
test_error = theano.function([], error, givens={x: digits.test.x, y: digits.test.y})

phase = Phase("learning", learn, digits.train.batches(BATCH), options.epochs, parameters, valid_error)
(history,) = train([phase], options)
print(f"test error: {float(test_error()):.2%}")


def draw(axes):
    axes.semilogy(history[:, 0], label="cost on the batches")
    axes.semilogy(history[:, 1], label="error on other images")
    axes.set_xlabel("epoch")
    axes.legend()


save(options.plot, draw, "Learning of a multilayer perceptron")
