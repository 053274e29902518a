"""Stacked denoising autoencoders: layers that learn one after the other to restore their input, then together to answer.

    layer k         h[k] = sigmoid(h[k-1] W[k] + b[k]),    h[0] = x
    pretraining     z = sigmoid(sigmoid(h~ W[k] + b[k]) W[k]' + c[k]) from damaged h~ = h[k-1] m; cross entropy of z, h[k-1]
    fine-tuning     p(y = k | x) = softmax(h[last] V + d)[k],    cost = -mean log p(y | x), for all weights

(Vincent et al., "Stacked denoising autoencoders", 2010.)
Reaches 1.5 % test error.  Pretraining needs no answers, and matters more where they are few: with --labels 100, which gives
the answers of so many images only, the error is 8 %, without pretraining 10 %.
"""

import numpy as np
from data import load_digits, with_mnist
from picture import draw_tiles, save
from theano.sandbox.rng_mrg import MRG_RandomStreams
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import adam

BATCH, RATE, FINE_RATE, UNITS, CLASSES = 20, 0.002, 0.002, (100, 100), 10
CORRUPTION = (0.2, 0.2)

options = with_mnist(parser(__doc__, epochs=40))
options.add_argument("--pretraining", type=int, default=30, help="epochs for each layer; 30 unless given")
options.add_argument("--labels", type=int, help="how many images have an answer; all unless given")
options = options.parse_args()
digits = load_digits(options.mnist)
rng = np.random.default_rng(1)
streams = MRG_RandomStreams(seed=2)

index, x, y = T.lscalar("index"), T.matrix("x"), T.ivector("y")
rows = slice(index * BATCH, (index + 1) * BATCH)


def weights(inputs, outputs, name):
    limit = 4 * (6 / (inputs + outputs)) ** 0.5
    return theano.shared(rng.uniform(-limit, limit, (inputs, outputs)).astype("float32"), name)


def zeros(shape, name):
    return theano.shared(np.zeros(shape, "float32"), name)


# Each layer, and a function that makes it restore what comes from the layer below.
h, size, parameters, phases = x, digits.pixels, [], []
for k, (units, corruption) in enumerate(zip(UNITS, CORRUPTION)):
    W, b, c = weights(size, units, f"W{k}"), zeros(units, f"b{k}"), zeros(size, f"c{k}")
    damaged = h * streams.binomial(h.shape, p=1 - corruption, dtype="float32")
    restored = T.nnet.sigmoid(T.dot(T.nnet.sigmoid(T.dot(damaged, W) + b), W.T) + c)
    cost = T.nnet.binary_crossentropy(restored, h).sum(axis=1).mean()
    updates = adam(cost, [W, b, c], RATE)
    learn = theano.function([index], cost, updates=updates, givens={x: digits.train.x[rows]})
    phases.append(Phase(f"layer {k}", learn, digits.train.batches(BATCH), options.pretraining, [W, b, c]))
    h, size = T.nnet.sigmoid(T.dot(h, W) + b), units
    parameters += [W, b]

# The answer, and a function that makes all layers learn it.
V, d = zeros((size, CLASSES), "V"), zeros(CLASSES, "d")
parameters += [V, d]
p = T.nnet.softmax(T.dot(h, V) + d)
cost = T.nnet.categorical_crossentropy(p, y).mean()
error = T.neq(T.argmax(p, axis=1), y).mean()
labels = min(options.labels or digits.train.rows, digits.train.rows)
learn = theano.function(
    [index],
    cost,
    updates=adam(cost, parameters, FINE_RATE),
    givens={x: digits.train.x[:labels][rows], y: digits.train.y[:labels][rows]},
)
valid_error = theano.function([], error, givens={x: digits.valid.x, y: digits.valid.y})
test_error = theano.function([], error, givens={x: digits.test.x, y: digits.test.y})
phases.append(Phase("fine-tuning", learn, -(-labels // BATCH), options.epochs, parameters, valid_error))

train(phases, options)
print(f"test error: {float(test_error()):.2%}")

save(
    options.plot,
    lambda axes: draw_tiles(axes, parameters[0].get_value().T, digits.side),
    "What the units of the first layer look for",
)
