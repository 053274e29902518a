"""An LSTM reads short texts, word by word, and tells whether they praise or blame.

    i, f, o = sigmoid, g = tanh of [E[word t], h[t-1]] W + b,    c[t] = f c[t-1] + i g,    h[t] = o tanh(c[t])
    p(praise) = sigmoid(h[last] v + d),    cost = -mean log p(answer)

The texts are made by a small grammar in which "not" turns an opinion around, and so does what is only granted: "although
the plot is not good , the music is hardly ever boring".  In 3 epochs
it reaches less than 1 % test error.
"""

import numpy as np
from data import padded, split
from picture import save
from training import Phase, parser, train

import theano
import theano.tensor as T
from theano.optimizers import adam, gradients_of, total_norm_constraint

BATCH, RATE, UNITS, WORDS = 50, 0.01, 32, 16

options = parser(__doc__, epochs=30, patience=8)
options.add_argument("--texts", type=int, default=2000, help="how many to learn from; 2000 unless given")
options = options.parse_args()
rng = np.random.default_rng(1)

# -- texts -------------------------------------------------------------------------------------------------------------

THINGS = "plot music hero ending camera dialogue pace joke scenery cast".split()
PRAISE = "good brilliant moving clever funny beautiful original".split()
BLAME = "bad boring dull silly ugly predictable clumsy".split()
DEGREES = ["", "very", "rather", "quite"]
NEGATIONS = ["not", "never", "hardly ever", "anything but"]


def choose(words):
    return words[rng.integers(len(words))]


def opinion(positive):
    """One thing, and what is thought of it."""
    negated = rng.random() < 0.4
    word = choose(PRAISE if positive != negated else BLAME)
    return f"the {choose(THINGS)} is {choose(NEGATIONS) if negated else ''} {choose(DEGREES)} {word}"


def text():
    """A text and whether it praises: what is granted with "although" or before "but" does not count."""
    positive = bool(rng.integers(2))
    granted = opinion(rng.integers(2))
    forms = [
        "{}",
        "although " + granted + " , {}",
        "{} although " + granted,
        granted + " but {}",
    ]
    return choose(forms).format(opinion(positive)).split(), positive


texts = [text() for _ in range(options.texts + 1000)]
vocabulary = {w: k for k, w in enumerate(sorted({w for words, _ in texts for w in words}))}
NOTHING = len(vocabulary)  # fills short texts
table = padded([[vocabulary[w] for w in words] for words, _ in texts], NOTHING)
answers = np.array([positive for _, positive in texts], "int32")
data = split([table, answers], (options.texts, 500, 500))

# -- the model ---------------------------------------------------------------------------------------------------------

words, y = T.imatrix("words"), T.ivector("y")  # (text, position)


def random(size, *shape, name):
    return theano.shared(rng.normal(0, size, shape).astype("float32"), name)


E = random(0.3, len(vocabulary) + 1, WORDS, name="E")
W = random(0.2, WORDS + UNITS, 4 * UNITS, name="W")
b = theano.shared(np.repeat([0, 1, 0, 0], UNITS).astype("float32"), "b")  # f is near 1: c is remembered
v, d = random(0.2, UNITS, name="v"), theano.shared(np.float32(0), "d")
parameters = [E, W, b, v, d]


def step(word, mask, h, c):
    a = T.dot(T.concatenate([E[word], h], axis=1), W) + b
    i, f, o, g = (a[:, k * UNITS : (k + 1) * UNITS] for k in range(4))
    new_c = T.nnet.sigmoid(f) * c + T.nnet.sigmoid(i) * T.tanh(g)
    new_h = T.nnet.sigmoid(o) * T.tanh(new_c)
    mask = mask.dimshuffle(0, "x")  # after the end of a text the state stays
    return T.switch(mask, new_h, h), T.switch(mask, new_c, c)


mask = T.neq(words, NOTHING)
nothing = T.zeros((words.shape[0], UNITS), "float32")
(h, _), _ = theano.scan(step, sequences=[words.T, mask.T], outputs_info=[nothing, nothing])
p = T.nnet.sigmoid(T.dot(h[-1], v) + d)
cost = T.nnet.binary_crossentropy(p, y).mean()
error = T.neq(p > 0.5, y).mean()
gradients = total_norm_constraint(gradients_of(cost, parameters), 5)

index = T.lscalar("index")
rows = slice(index * BATCH, (index + 1) * BATCH)
learn = theano.function(
    [index],
    cost,
    updates=adam(gradients, parameters, RATE),
    givens={words: data.train.x[rows], y: data.train.y[rows]},
)
valid_error = theano.function([], error, givens={words: data.valid.x, y: data.valid.y})
test_error = theano.function([], error, givens={words: data.test.x, y: data.test.y})
read = theano.function([words], T.nnet.sigmoid(T.dot(h, v) + d))  # after every word

phase = Phase("learning", learn, data.train.batches(BATCH), options.epochs, parameters, valid_error)
train([phase], options)
print(f"test error: {float(test_error()):.2%}")

example = "although the plot is not very good , the music is hardly ever boring".split()
praise = read(np.array([[vocabulary[w] for w in example]], "int32"))[:, 0]
print("praise so far:", " ".join(f"{w} {q:.2f}" for w, q in zip(example, praise)))


def draw(axes):
    axes.plot(praise, "o-")
    axes.set_xticks(range(len(example)), example, rotation=60)
    axes.set_ylabel("p(praise)")


save(options.plot, draw, "What is thought after every word")
