"""Random programs: native code gives what NumPy gives, node by node and without rewriting, for values and gradients."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import theano
import theano.tensor as T
from tests.sweep import examples
from theano.control_flow import ifelse

NATIVE = theano.Mode(linker="llvm")
PLAIN = theano.Mode(linker="py", optimizer=None)
ROWS, COLUMNS = 3, 4  # every value is a matrix of this shape, so that all of them fit together



def one_of(condition, there, elsewhere):
    """ifelse of values in the wider of their dtypes, or of lists of such."""
    pairs = [(a, b, theano.scalar.upcast(a.dtype, b.dtype)) for a, b in zip(there, elsewhere, strict=True)]
    return ifelse(condition, [T.cast(a, dtype) for a, _, dtype in pairs], [T.cast(b, dtype) for _, b, dtype in pairs])


UNARY = {
    "tanh": T.tanh,
    "square": lambda x: x * x,
    "sigmoid": T.nnet.sigmoid,
    "absolute": abs,
    "scaled": lambda x: 0.5 * x - 1,
    "reversed": lambda x: x[::-1, ::-1],
    "rolled": lambda x: T.concatenate([x[1:], x[:1]], axis=0),
    "centred": lambda x: x - x.mean(axis=0),
    "normed": lambda x: x / (1 + T.sqr(x).sum(axis=1, keepdims=True)),
    "largest": lambda x: x * 0.5 + x.max(axis=1).dimshuffle(0, "x"),
    "turned": lambda x: x.T.reshape((ROWS, COLUMNS)),
    "picked": lambda x: x[[2, 0, 2]],
    "counted": lambda x: x[:, [0, 1, 1, 3]] * T.arange(COLUMNS),
    "set": lambda x: T.set_subtensor(x[1:, ::2], 0.25),
    "increased": lambda x: T.inc_subtensor(x[[0, 0, 1]], x * 0.5),
    "cumulated": lambda x: T.cumsum(x, axis=1) / COLUMNS,
    "running": lambda x: T.cumprod(T.tanh(x), axis=0),
    "placed": lambda x: x + T.argmax(x, axis=0) - T.argmin(x, axis=1, keepdims=True),
    "found": lambda x: x * T.eq(T.argmax(x), T.arange(ROWS * COLUMNS).reshape((ROWS, COLUMNS))),
    "masked": lambda x: T.set_subtensor(x[x > 0.3], 0.25),
    "selected": lambda x: x * T.sum(x[x > 0] ** 2),
    "kept": lambda x: T.inc_subtensor(x[x > 0], T.nonzero_values(T.switch(x > 0, x, 0)) * 0.5),
    "rows": lambda x: T.inc_subtensor(x[(x[:, 0] > 0).nonzero()[0]], x[0] * 0.5),
    "mixed": lambda x: T.dot(T.dot(x, x.T), x) / 16,
    "clipped": lambda x: T.clip(x, -0.7, 0.9),
    "taken": lambda x: ifelse(x[0, 0] > 0, T.tanh(x), x * x),
    "cut": lambda x: x + ifelse(x[1, 1] > 0, T.exp(-T.sqr(x)), x[:2]).sum(axis=0),
}
BINARY = {
    "add": lambda x, y: x + y,
    "product": lambda x, y: x * y,
    "difference": lambda x, y: x - y,
    "quotient": lambda x, y: x / (2 + T.sqr(y)),
    "larger": T.maximum,
    "chosen": lambda x, y: T.switch(x > y, x, 0.5 * y),
    "joined": lambda x, y: T.concatenate([x[:2], y[:1]], axis=0),
    "multiplied": lambda x, y: T.dot(T.dot(x, y.T), y) / 16,
    "accumulated": lambda x, y: x - 0.25 * T.dot(T.dot(y, y.T), T.tanh(x)),
    "twice accumulated": lambda x, y: 0.5 * y + (T.dot(T.dot(x, y.T), y) - T.dot(T.dot(y, y.T), x)) / 16,
    "gram": lambda x, y: T.dot(T.dot(x, x.T), y) / 16,
    "of vectors": lambda x, y: x + T.outer(T.dot(x, y[0]), T.dot(x[:, 1], y)) / 16,
    "batched": lambda x, y: x * T.batched_dot(x, y.dimshuffle(0, 1, "x") * x.dimshuffle(0, "x", 1)) / 4,
    "one of two": lambda x, y: one_of(x.sum() > y[0, 0], [x * y], [y])[0],
    "by parts": lambda x, y: T.add(
        *one_of(x[0, 0] > y[0, 0], [T.dot(T.dot(x, y.T), y) / 16, x], [y, T.tanh(y) * x])
    ),
    "one of four": lambda x, y: one_of(
        x[0, 0] > 0, one_of(y[0, 0] > 0, [x * y], [y]), one_of(y[0, 0] > 0, [T.sin(y)], [x])
    )[0],
    "row": lambda x, y: x + y[0],
    "column": lambda x, y: x * y[:, 0].dimshuffle(0, "x"),
}


@st.composite
def programs(draw):
    """Steps (name, positions of operands among what is there already), the first two values being inputs."""
    steps = []
    for count in range(draw(st.integers(1, 10))):
        arity = draw(st.integers(1, 2))
        name = draw(st.sampled_from(sorted(UNARY if arity == 1 else BINARY)))
        operands = draw(st.lists(st.integers(0, count + 1), min_size=arity, max_size=arity))
        steps.append((name, *operands))
    return steps


def built(steps, inputs):
    values = list(inputs)
    for name, *operands in steps:
        function = UNARY.get(name) or BINARY[name]
        values.append(function(*[values[k] for k in operands]))
    return values


@examples(25)
@given(programs(), st.sampled_from(["float64", "float32"]), st.integers(0, 2**16))
def test_native_code_computes_what_numpy_computes(steps, dtype, seed):
    inputs = [T.matrix(name, dtype=dtype) for name in "xy"]
    values = built(steps, inputs)
    cost = sum((v * v).mean() for v in values[2:][-3:])
    outputs = [values[-1], cost, *T.grad(cost, inputs, disconnected_inputs="ignore")]
    rng = np.random.default_rng(seed)
    arguments = [rng.uniform(-1.5, 1.5, (ROWS, COLUMNS)).astype(dtype) for _ in inputs]
    kept = [a.copy() for a in arguments]
    results = [
        theano.function(inputs, outputs, mode=mode, on_unused_input="ignore")(*arguments) for mode in (NATIVE, PLAIN)
    ]
    tolerance = 1e-9 if dtype == "float64" else 2e-3  # differences of nearly equal numbers lose float32 digits
    for ours, expected in zip(*results):
        assert ours.dtype == expected.dtype and ours.shape == expected.shape
        np.testing.assert_allclose(ours, expected, rtol=tolerance, atol=tolerance)
    for argument, copy in zip(arguments, kept):
        np.testing.assert_array_equal(argument, copy)


# how the new value of a state may be made of its old value and a program's result
STEPS = {
    "bounded": lambda s, v: T.tanh(v),
    "stepped": lambda s, v: s - T.dot(T.tanh(T.dot(s, v.T)), T.tanh(v)) / 16,
    "decayed": lambda s, v: 0.5 * s - 0.25 * (T.dot(T.tanh(T.dot(v, v.T)), T.tanh(v)) + 0.5 * s),
    "summed": lambda s, v: (T.dot(T.tanh(T.dot(v, v.T)), s) - s * T.tanh(v)) / 16,
    "set": lambda s, v: T.set_subtensor(s[1:, 1], T.tanh(v[:2, 0])),
    "sometimes": lambda s, v: ifelse(s[0, 0] > v[0, 0], T.tanh(v), s),
}


@examples(12)
@given(
    programs(),
    programs(),
    st.lists(st.sampled_from(sorted(STEPS)), min_size=2, max_size=2),
    st.booleans(),
    st.integers(0, 2**16),
)
def test_updates_of_states_are_what_numpy_makes_them(first, second, kinds, follows, seed):
    rng = np.random.default_rng(seed)
    start = [rng.uniform(-1, 1, (ROWS, COLUMNS)) for _ in range(2)]
    ends = []
    for mode in (NATIVE, PLAIN):
        states = [theano.shared(value, name) for value, name in zip(start, "ab")]
        a, b = (
            STEPS[kind](s, built(steps, states)[-1]) for s, kind, steps in zip(states, kinds, (first, second))
        )
        updates = list(zip(states, (a, b + 0.5 * a if follows else b)))
        step = theano.function([], states[0].sum(), updates=updates, mode=mode)
        totals = [step() for _ in range(3)]
        ends.append([*totals, *(s.get_value() for s in states)])
    for ours, expected in zip(*ends):
        np.testing.assert_allclose(ours, expected, rtol=1e-7, atol=1e-7)
