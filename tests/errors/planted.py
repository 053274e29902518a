"""Programs with one mistake each.  ``# here`` marks the line that the error must name."""

from __future__ import annotations

BEGIN = """\
import numpy as np
import theano
import theano.tensor as T
from theano.gof import Apply, Op
"""

RUN_TIME = {
    "shapes in a chain that is one loop": """
x, y = T.dvectors("x", "y")
a = T.exp(x)
b = a + y  # here
c = T.tanh(b) * 2
f = theano.function([x, y], c.sum())
f([1.0, 2.0], [1.0, 2.0, 3.0])
""",
    "shapes in the second of two equal lines": """
x, y, z = T.dvectors("x", "y", "z")
a = x * y
b = a * z  # here
f = theano.function([x, y, z], T.exp(b))
f([1.0], [1.0], [1.0, 2.0])
""",
    "a matrix product": """
x, w = T.dmatrices("x", "w")
h = T.nnet.sigmoid(
    T.dot(x, w)  # here
)
f = theano.function([x, w], h.sum())
f(np.ones((2, 3)), np.ones((4, 2)))
""",
    "the gradient of what is right": """
x = T.dmatrix("x")
w = theano.shared(np.ones((3, 2)), "w")
t = T.dmatrix("t")
p = T.dot(x, w)
cost = ((p - t) ** 2).mean()  # here
g = T.grad(cost, w)
f = theano.function([x, t], g)
f(np.ones((4, 3)), np.ones((5, 2)))
""",
    "an index out of range": """
x, i = T.dvector("x"), T.lscalar("i")
y = x * 2
z = y[i]  # here
f = theano.function([x, i], T.exp(z))
f([1.0, 2.0], 5)
""",
    "rows out of range, in a gradient": """
W, rows = T.dmatrix("W"), T.lvector("rows")
picked = W[rows]  # here
f = theano.function([W, rows], T.grad((picked ** 2).sum(), W))
f(np.ones((3, 2)), [0, 3])
""",
    "an index out of range while a part is set": """
x, i = T.dvector("x"), T.lscalar("i")
y = T.set_subtensor(x[i], 7.0)  # here
f = theano.function([x, i], y + 1)
f([1.0, 2.0], 2)
""",
    "a reshape": """
x = T.dvector("x")
y = x.reshape((2, 3))  # here
f = theano.function([x], T.exp(y))
f(np.ones(5))
""",
    "pieces that do not join": """
x, y = T.dmatrices("x", "y")
z = T.concatenate([x, y], axis=1)  # here
f = theano.function([x, y], z * 2)
f(np.ones((2, 3)), np.ones((3, 3)))
""",
    "an assertion of the user's own": """
from theano.tensor.opt import Assert
x = T.dvector("x")
y = Assert("x has no negative numbers")(x, T.all(x >= 0))  # here
f = theano.function([x], T.sqrt(y))
f([-1.0])
""",
    "the maximum of nothing": """
x = T.dmatrix("x")
m = x.max(axis=0)  # here
f = theano.function([x], m + 1)
f(np.ones((0, 2)))
""",
    "a matrix that is not positive definite": """
from theano.tensor.slinalg import cholesky
A = T.dmatrix("A")
L = cholesky(A)  # here
f = theano.function([A], T.log(T.diag(L)).sum())
f(-np.eye(2))
""",
    "a system of equations that is singular": """
from theano.tensor.slinalg import solve
A, b = T.dmatrix("A"), T.dvector("b")
s = solve(A, b)  # here
f = theano.function([A, b], s * 2)
f(np.zeros((2, 2)), np.ones(2))
""",
    "a length that was promised": """
x = T.dmatrix("x")
y = T.specify_shape(x, (2, 3))  # here
f = theano.function([x], y + 1)
f(np.ones((3, 2)))
""",
    "labels that are no classes": """
x, t = T.dmatrix("x"), T.ivector("t")
p = T.nnet.softmax(x)
cost = T.nnet.categorical_crossentropy(p, t).mean()  # here
f = theano.function([x, t], cost)
f(np.ones((2, 3)), np.array([0, 3], "int32"))
""",
    "images and kernels of different channels": """
x, w = T.dtensor4("x"), T.dtensor4("w")
y = T.nnet.conv2d(x, w)  # here
f = theano.function([x, w], T.nnet.relu(y))
f(np.ones((1, 2, 5, 5)), np.ones((1, 3, 2, 2)))
""",
    "the step of a loop": """
x, w = T.dmatrix("x"), T.dvector("w")
def step(row, s):
    z = row * w  # here
    return s + z.sum()
states, _ = theano.scan(step, sequences=x, outputs_info=T.constant(0.0, dtype="float64"))
f = theano.function([x, w], states[-1])
f(np.ones((2, 3)), np.ones(4))
""",
    "an index in the step of a loop": """
x, n = T.dvector("x"), T.lscalar("n")
states, _ = theano.scan(
    lambda i, s: s * x[i],  # here
    sequences=T.arange(n), outputs_info=T.constant(1.0, dtype="float64"))
f = theano.function([x, n], states[-1])
f([1.0, 2.0], 3)
""",
    "the gradient of a loop": """
x, w = T.dmatrix("x"), T.dvector("w")
def step(row, s):
    return T.tanh(s + T.dot(row, w))  # here
states, _ = theano.scan(step, sequences=x, outputs_info=T.constant(0.0, dtype="float64"))
f = theano.function([x, w], T.grad(states.sum(), w))
f(np.ones((2, 3)), np.ones(4))
""",
    "a branch that is taken": """
from theano.ifelse import ifelse
c, x, y = T.lscalar("c"), T.dvector("x"), T.dvector("y")
s = (x + y).sum()  # here
f = theano.function([c, x, y], ifelse(c, s, x.sum()))
f(1, [1.0], [1.0, 2.0])
""",
    "an update": """
s = theano.shared(np.ones(3), "s")
x = T.dvector("x")
new = s + x  # here
f = theano.function([x], [], updates=[(s, new)])
f([1.0, 2.0])
""",
    "what a given makes of it": """
x, y = T.dvectors("x", "y")
s = theano.shared(np.ones(3), "s")
z = x + y  # here
f = theano.function([y], T.exp(z), givens={x: s * 2})
f([1.0, 2.0])
""",
    "a value that was set later": """
s = theano.shared(np.ones((3, 3)), "s")
x = T.dvector("x")
y = T.dot(s, x)  # here
f = theano.function([x], y)
s.set_value(np.ones((3, 2)))
f([1.0, 2.0, 3.0])
""",
    "an op of the user's own that raises": """
class Checked(Op):
    __props__ = ()
    def make_node(self, x):
        return Apply(self, [x], [x.type()])
    def perform(self, node, inputs, outputs):
        raise KeyError("no such thing")
x = T.dvector("x")
y = Checked()(x * 2)  # here
f = theano.function([x], y + 1)
f([1.0])
""",
    "an op of the user's own that gives another dtype": """
class Narrow(Op):
    __props__ = ()
    def make_node(self, x):
        return Apply(self, [x], [T.dmatrix()])
    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0]
x = T.dvector("x")
y = Narrow()(x)  # here
f = theano.function([x], y + 1)
f([1.0])
""",
    "an op of the user's own that gives nothing": """
class Forgetful(Op):
    __props__ = ()
    def make_node(self, x):
        return Apply(self, [x], [T.dscalar()])
    def perform(self, node, inputs, outputs):
        pass
x = T.dvector("x")
y = Forgetful()(x)  # here
f = theano.function([x], y + 1)
f([1.0])
""",
    "a decorated function that raises": """
@theano.compile.ops.as_op(itypes=[T.dvector], otypes=[T.dvector])
def inverted(x):
    return np.linalg.inv(x)
x = T.dvector("x")
y = inverted(x)  # here
f = theano.function([x], y * 2)
f([1.0])
""",
    "an op of the user's own in a loop": """
@theano.compile.ops.as_op(itypes=[T.dscalar], otypes=[T.dscalar])
def refused(x):
    raise ArithmeticError("refused")
x = T.dvector("x")
def step(r):
    return refused(r * 2)  # here
f = theano.function([x], theano.scan(step, sequences=x)[0])
f([1.0])
""",
    "too many steps": """
x, n = T.dvector("x"), T.lscalar("n")
s, _ = theano.scan(lambda r, a: r + a, sequences=x, outputs_info=T.constant(0.0, dtype="float64"), n_steps=n)  # here
f = theano.function([x, n], s)
f([1.0, 2.0], 5)
""",
    "a draw with impossible parameters": """
from theano.tensor.shared_randomstreams import RandomStreams
n = T.dscalar("n")
d = RandomStreams(1).normal((2,), std=n)  # here
f = theano.function([n], d * 2)
f(-1.0)
""",
    "indices of a matrix of other shapes": """
x, i, j = T.dmatrix("x"), T.lvector("i"), T.lvector("j")
y = x[i, j]  # here
f = theano.function([x, i, j], y * 2)
f(np.ones((3, 3)), [0, 1], [0, 1, 2])
""",
    "a number of repetitions for each row": """
x, n = T.dvector("x"), T.lvector("n")
y = T.repeat(x, n)  # here
f = theano.function([x, n], y + 1)
f([1.0, 2.0], [1, 2, 3])
""",
}

BUILD_TIME = {
    "an addition of complex numbers cast to real ones": """
z = T.zvector("z")
y = T.cast(z, "float64")  # here
""",
    "a product of too many dimensions": """
x = T.dvector("x")
y = T.dot(x, "a")  # here
""",
    "too many indices": """
x = T.dvector("x")
y = x[0, 1]  # here
""",
    "an axis that is not there": """
x = T.dmatrix("x")
y = x.sum(axis=2)  # here
""",
    "a comparison used as a condition": """
x = T.dscalar("x")
if x > 0:  # here
    pass
""",
    "a gradient of a vector": """
x = T.dvector("x")
g = T.grad(x * 2, x)  # here
""",
    "a gradient by what the cost does not depend on": """
x, y = T.dscalars("x", "y")
g = T.grad(x ** 2, y)  # here
""",
    "a gradient through an op that has none": """
@theano.compile.ops.as_op(itypes=[T.dvector], otypes=[T.dvector])
def doubled(x):
    return x * 2
x = T.dvector("x")
g = T.grad(doubled(x).sum(), x)  # here
""",
    "a missing input": """
x, y = T.dscalars("x", "y")
f = theano.function([x], x + y)  # here
""",
    "an input that is not used": """
x, y = T.dscalars("x", "y")
f = theano.function([x, y], x * 2)  # here
""",
    "an update of another type": """
s = theano.shared(np.float32(1), "s")
f = theano.function([], [], updates=[(s, s * np.float64(2))])  # here
""",
    "a state of a loop that changes its type": """
x = T.dvector("x")
s, _ = theano.scan(lambda r, a: r + a, sequences=x, outputs_info=T.constant(0, dtype="int64"))  # here
""",
    "a branch of another type": """
from theano.ifelse import ifelse
c, x = T.lscalar("c"), T.dvector("x")
y = ifelse(c, x, x.sum())  # here
""",
    "a value of a shared variable that does not fit": """
s = theano.shared(np.ones(3), "s")
s.set_value(np.ones((2, 2)))  # here
""",
    "an argument that does not fit": """
x = T.fvector("x")
f = theano.function([x], x * 2)
f(np.array([0.1]))  # here
""",
    "a test value that does not fit": """
theano.config.compute_test_value = "raise"
x, y = T.dvectors("x", "y")
x.tag.test_value, y.tag.test_value = np.ones(2), np.ones(3)
z = x + y  # here
""",
    "an op of the user's own given the wrong type": """
class OfMatrices(Op):
    __props__ = ()
    itypes, otypes = [T.dmatrix], [T.dmatrix]
    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0]
x = T.dvector("x")
y = OfMatrices()(x)  # here
""",
}


def line_of(program: str) -> int:
    """The number of the marked line, counted with what every program begins with."""
    lines = (BEGIN + program).splitlines()
    (number,) = (k for k, line in enumerate(lines, start=1) if line.endswith("# here"))
    return number
