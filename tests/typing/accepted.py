"""A program of a user's, in the manner of Theano 1.0.5: ``mypy --strict`` has nothing to say about it."""

from collections import OrderedDict
from typing import Any, assert_type

import numpy as np
from theano.compile.io import In, Out
from theano.compile.sharedvalue import SharedVariable
from theano.gof import Apply, Op
from theano.gof.opt import local_optimizer
from theano.ifelse import ifelse
from theano.sandbox.rng_mrg import MRG_RandomStreams
from theano.scan_module import until
from theano.tensor.nnet.nnet import categorical_crossentropy
from theano.tensor.shared_randomstreams import RandomStreams
from theano.tensor.sharedvar import TensorSharedVariable
from theano.tensor.slinalg import cholesky, solve

import theano
import theano.tensor as T
from theano import config, function, optimizers, shared, sparse
from theano.compile.nanguardmode import NanGuardMode
from theano.tensor import TensorVariable
from theano.tensor.signal.pool import pool_2d

# Variables and their operators
x = T.dmatrix("x")
t = T.ivector("t")
a, b = T.scalars("a", "b")
several = T.matrices("several")
special = T.TensorType("float32", (False, True))("special")
assert_type(x, TensorVariable)
assert_type(a, TensorVariable)
assert_type(-x * 2 + 1 - 1.5 / x**2, TensorVariable)
assert_type(x[0, 1:], TensorVariable)
assert_type(x[None, ..., T.arange(3)], TensorVariable)
assert_type(x.sum(axis=0).mean(axis=0, keepdims=True), TensorVariable)
assert_type(x.T.dot(x).shape[0], TensorVariable)
assert_type(x.dimshuffle(0, "x", 1).reshape((3, 2)).flatten(), TensorVariable)
assert_type((x > 0) & T.eq(x, 1) | ~T.isnan(x), TensorVariable)
assert_type(x @ x, TensorVariable)
assert_type(abs(x) // 2 % 3, TensorVariable)
assert_type(T.constant(100).dtype, str)
assert_type(x.ndim, int)
assert_type(x.dtype, str)
assert_type(x.name, str | None)
row, column = x.shape
x.tag.test_value = np.ones((3, 3))
print(x.owner, x.type.dtype, x.broadcastable, x.eval({x: np.ones((2, 2))}))

# Functions of theano.tensor
assert_type(T.exp(x), TensorVariable)
assert_type(T.add(x, 1, x), TensorVariable)
assert_type(T.switch(T.eq(x, 0), x, T.sqrt(x)), TensorVariable)
assert_type(T.clip(x, 0, 1), TensorVariable)
assert_type(T.sum(x, axis=(0, 1), dtype="float64"), TensorVariable)
assert_type(T.dot(x, [[1, 2], [3, 4]]), TensorVariable)
assert_type(T.concatenate([x, x], axis=1), TensorVariable)
assert_type(T.stack([a, b, 1.0]), TensorVariable)
assert_type(T.zeros_like(x) + T.ones((2, x.shape[0])) + T.eye(3), TensorVariable)
assert_type(T.cast(x, "float32"), TensorVariable)
assert_type(T.set_subtensor(x[0], 1.0), TensorVariable)
assert_type(T.as_tensor_variable(np.arange(3)), TensorVariable)
assert_type(T.max(x, axis=1) + T.argmax(x, axis=1), TensorVariable)
assert_type(T.tensordot(x, x, axes=1) + T.batched_dot(x, x), TensorVariable)
assert_type(T.nnet.softmax(T.nnet.relu(x)), TensorVariable)
assert_type(T.nnet.sigmoid(x) + T.nnet.softplus(x), TensorVariable)
assert_type(T.nnet.categorical_crossentropy(T.nnet.softmax(x), t), TensorVariable)
assert_type(categorical_crossentropy(x, t).mean(), TensorVariable)
assert_type(T.nnet.conv2d(T.ftensor4(), T.ftensor4(), border_mode="half"), TensorVariable)
assert_type(pool_2d(T.ftensor4(), ws=(2, 2), ignore_border=True), TensorVariable)
assert_type(T.nlinalg.matrix_inverse(x) + T.nlinalg.det(x), TensorVariable)
assert_type(cholesky(x) + solve(x, x), TensorVariable)
first, second = T.split(x, [1, 2], 2, axis=0)
assert_type(first, TensorVariable)
q, r = T.nlinalg.qr(x)

# Shared variables, gradients, compiled functions
w = theano.shared(np.zeros((3, 2)), name="w")
bias = shared(0.0, "bias")
assert_type(w, TensorSharedVariable)
w.set_value(np.ones((3, 2)), borrow=True)
print(w.get_value(borrow=True).shape, float(bias.get_value()), np.allclose(w.get_value(), 1))
y = T.nnet.softmax(T.dot(x, w) + bias)
cost = -T.mean(T.log(y)[T.arange(t.shape[0]), t])
dw, dbias = T.grad(cost, [w, bias])
assert_type(dw, TensorVariable)
assert_type(theano.grad(cost, w), TensorVariable)
assert_type(theano.gradient.jacobian(T.dot(x, w)[0], w), TensorVariable)
v = T.dvector("v")
assert_type(theano.gradient.hessian((v**3).sum(), wrt=v), TensorVariable)
updates: OrderedDict[Any, Any] = OrderedDict([(w, w - 0.1 * dw)])
train = function(
    [x, In(t, name="labels")], [cost, Out(y, borrow=True)], updates=updates, allow_input_downcast=True
)
loss, probabilities = train(np.eye(3), labels=[0, 1, 0])
train_too = theano.function(
    inputs=[x, t], outputs={"cost": cost}, updates=[(w, w - dw)], givens={bias: bias + 1}, mode="FAST_RUN",
    on_unused_input="ignore", name="train", profile=False,
)  # fmt: skip
print(
    train_too.name,
    train.maker.fgraph.toposort(),
    theano.function([x], x.sum(), mode=NanGuardMode())(np.eye(2)),
)
adam = optimizers.adam(cost, [w, bias], learning_rate=1e-3)
steps = theano.function([x, t], cost, updates=adam)

# Loops, choices, random numbers
sums, changed = theano.scan(lambda e, s: s + e, sequences=x, outputs_info=T.zeros_like(x[0]), n_steps=3)
powers, _ = theano.scan(lambda p: (p * 2, until(p > 9)), outputs_info=T.constant(1), n_steps=10)
total, _ = theano.reduce(lambda e, s: s + e, v, T.zeros((), "float64"))
assert_type(ifelse(T.gt(x.sum(), 0), x, -x), TensorVariable)
stream, parallel = RandomStreams(seed=1), MRG_RandomStreams(seed=2)
assert_type(stream.uniform((3, 4)), TensorVariable)
assert_type(parallel.normal(size=(2, 2), avg=1.0), TensorVariable)
dropped = x * parallel.binomial(size=x.shape, p=0.5, dtype=config.floatX)

# Flags, printing, sparse matrices
config.floatX = "float32"
config.scan.allow_gc = True
with theano.change_flags(floatX="float64"), theano.config.change_flags(compute_test_value="off"):
    theano.printing.debugprint(cost)
printed: str = theano.pp(cost)
shown = theano.printing.Print("x", attrs=["shape"])(x)
s = sparse.csr_matrix("s")
product = sparse.dot(s, x)
print(isinstance(x, theano.Variable), isinstance(w, SharedVariable))


class Double(Op):
    """An op of the user's own."""

    __props__ = ()

    def make_node(self, x: Any) -> Apply:
        x = T.as_tensor_variable(x)
        return Apply(self, [x], [x.type()])

    def perform(self, node: Apply, inputs: list[Any], outputs: list[Any]) -> None:
        outputs[0][0] = inputs[0] * 2

    def infer_shape(self, node: Apply, shapes: list[Any]) -> list[Any]:
        return shapes

    def grad(self, inputs: list[Any], output_gradients: list[Any]) -> list[Any]:
        return [2 * output_gradients[0]]


@local_optimizer([Double])
def twice_is_a_sum(node: Apply) -> list[Any] | bool:
    return [node.inputs[0] + node.inputs[0]] if isinstance(node.op, Double) else False


doubled = Double()(x)
