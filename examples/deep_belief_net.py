"""A deep belief net: restricted Boltzmann machines that learn one on top of the other, then together to answer.

    machine k       p(v, h) ~ exp(v W h + b h + c v),    p(h = 1 | v) = sigmoid(v W + b),    p(v = 1 | h) = sigmoid(h W' + c)
    pretraining     contrastive divergence with one step, CD-1:  v0 -> h0 -> v1 -> h1
                    dW = v0' p(h | v0) - v1' p(h | v1),    db, dc likewise; the means over a batch
    between them    v of machine k + 1 is p(h = 1 | v) of machine k;  pixels are taken for probabilities
    fine-tuning     p(y = k | x) = softmax(h[last] V + d)[k],    cost = -mean log p(y | x), for all weights

(Hinton, Osindero, Teh, "A fast learning algorithm for deep belief nets", 2006.)
Reaches 2 % test error; with --pretraining 0, which leaves out the machines, 4 %.  Pretraining needs no answers: with
--labels 100, which gives the answers of so many images only, the error is 7 %.
"""

import numpy as np
from data import load_digits, with_mnist
from picture import draw_tiles, save
from theano.sandbox.rng_mrg import MRG_RandomStreams
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import adam, momentum

BATCH, RATE, FINE_RATE, UNITS, CLASSES = 20, 0.05, 0.002, (100, 100), 10

options = with_mnist(parser(__doc__, epochs=40))
options.add_argument("--pretraining", type=int, default=30, help="epochs for each machine; 30 unless given")
options.add_argument("--labels", type=int, help="how many images have an answer; all unless given")
options = options.parse_args()
digits = load_digits(options.mnist)
rng = np.random.default_rng(1)
streams = MRG_RandomStreams(seed=2)

index, x, y = T.lscalar("index"), T.matrix("x"), T.ivector("y")
rows = slice(index * BATCH, (index + 1) * BATCH)


def zeros(shape, name):
    return theano.shared(np.zeros(shape, "float32"), name)


def draw(p):
    """Zeros and ones that are 1 with probability p."""
    return T.cast(streams.uniform(p.shape, dtype="float32") < p, "float32")


def contrastive_divergence(v0, W, b, c):
    """The directions in which W, b, c are to go down, and how badly v0 is remembered: the cross entropy of v1."""
    p0 = T.nnet.sigmoid(T.dot(v0, W) + b)
    v1 = T.nnet.sigmoid(
        T.dot(draw(p0), W.T) + c
    )  # as probabilities, which makes less noise than zeros and ones
    p1 = T.nnet.sigmoid(T.dot(v1, W) + b)
    n = T.cast(v0.shape[0], "float32")
    directions = [
        (T.dot(v1.T, p1) - T.dot(v0.T, p0)) / n,
        (p1 - p0).mean(axis=0),
        (v1 - v0).mean(axis=0),
    ]
    return directions, T.nnet.binary_crossentropy(v1, v0).sum(axis=1).mean()


# Each machine, and a function that makes it learn what comes from the one below.
h, size, parameters, phases = x, digits.pixels, [], []
for k, units in enumerate(UNITS):
    W = theano.shared(rng.normal(0, 0.05, (size, units)).astype("float32"), f"W{k}")
    b, c = zeros(units, f"b{k}"), zeros(size, f"c{k}")
    if (
        k == 0
    ):  # the mean image needs no units (Hinton, "A practical guide to training RBMs", 2010, section 8)
        mean = np.clip(digits.train.x.get_value().mean(axis=0), 0.01, 0.99)
        c.set_value(np.log(mean / (1 - mean)))
    directions, cost = contrastive_divergence(h, W, b, c)
    updates = momentum(directions, [W, b, c], RATE, momentum=0.8)
    learn = theano.function([index], cost, updates=updates, givens={x: digits.train.x[rows]})
    phases.append(Phase(f"machine {k}", learn, digits.train.batches(BATCH), options.pretraining, [W, b, c]))
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
    "What the units of the first machine look for",
)
