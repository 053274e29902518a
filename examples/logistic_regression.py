"""Logistic regression: which digit is it?  The simplest model, one matrix.

    p(y = k | x) = softmax(x W + b)[k],    cost = -mean log p(y | x)

Gradient descent on batches of 20 images reaches 3 % test error in about 50 epochs.
"""

import numpy as np
from data import load_digits, with_mnist
from picture import draw_tiles, save
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import sgd

BATCH, RATE, CLASSES = 20, 0.2, 10

options = with_mnist(parser(__doc__, epochs=100)).parse_args()
digits = load_digits(options.mnist)

# The model.
x, y = T.matrix("x"), T.ivector("y")
W = theano.shared(np.zeros((digits.pixels, CLASSES), "float32"), "W")
b = theano.shared(np.zeros(CLASSES, "float32"), "b")
p = T.nnet.softmax(T.dot(x, W) + b)
cost = T.nnet.categorical_crossentropy(p, y).mean()
error = T.neq(T.argmax(p, axis=1), y).mean()

# One function learns from a batch; the data lie in shared variables, and the function takes its rows.
index = T.lscalar("index")
rows = slice(index * BATCH, (index + 1) * BATCH)
learn = theano.function(
    [index],
    cost,
    updates=sgd(cost, [W, b], RATE),
    givens={x: digits.train.x[rows], y: digits.train.y[rows]},
)
valid_error = theano.function([], error, givens={x: digits.valid.x, y: digits.valid.y})
test_error = theano.function([], error, givens={x: digits.test.x, y: digits.test.y})

train([Phase("learning", learn, digits.train.batches(BATCH), options.epochs, [W, b], valid_error)], options)
print(f"test error: {float(test_error()):.2%}")

save(
    options.plot,
    lambda axes: draw_tiles(axes, W.get_value().T, digits.side, "coolwarm"),
    "What each digit is recognised by",
)
