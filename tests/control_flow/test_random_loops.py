"""Random loops give the same values, gradients and updates on both back ends, and with and without rewriting."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from theano.scan_module import until

import theano
import theano.tensor as T
from tests.sweep import examples

SIZE = 3

STEPS = {
    "add": lambda a, b, W: a + 0.5 * b,
    "mul": lambda a, b, W: a * b,
    "tanh": lambda a, b, W: T.tanh(a - b),
    "dot": lambda a, b, W: T.dot(a, W) * 0.3,
    "dot of both": lambda a, b, W: T.dot(a + b, W.T) * 0.2,
    "sum": lambda a, b, W: a.sum() + b,
    "outer": lambda a, b, W: T.dot(T.outer(a, b), T.ones_like(a)) * 0.1,
    "softmax": lambda a, b, W: T.exp(a) / T.exp(b).sum(),
    "reversed": lambda a, b, W: a[::-1] - b,
    "first": lambda a, b, W: a[0] * b,
    "fixed": lambda a, b, W: a + T.tanh(W).sum(axis=0),
    "choice": lambda a, b, W: T.switch(a > b, a, 0.5 * b),
    "maximum": lambda a, b, W: T.maximum(a, b) * 0.9,
}

step = st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5)
loops = st.fixed_dictionaries(
    {
        "steps": step,
        "taps": st.lists(st.sampled_from([(-1,), (-2,), (-1, -2), (-3, -1)]), min_size=0, max_size=3),
        "sequence taps": st.sampled_from([None, [0], [-1, 0], [0, 2]]),
        "stacked": st.integers(0, 2),
        "backwards": st.booleans(),
        "updates": st.booleans(),
        "stops": st.booleans(),
        "uses": st.sampled_from(["all", "last", "sum of last", "some"]),
        "n": st.integers(0, 5),
    }
)


def built(loop, x, W, initial):
    """The outputs of a loop, its updates, and the shared variable that they change."""
    taps, counter = loop["taps"], theano.shared(np.zeros(()), "counter")
    depth = [-min(t) for t in taps]

    def fn(*given):
        pool = [*given[:-1]]
        W = given[-1]
        pool = pool or [W[0]]
        for name, a, b in loop["steps"]:
            pool.append(STEPS[name](pool[a % len(pool)], pool[b % len(pool)], W))
        outputs = [T.tanh(pool[-1 - k % len(pool)]) for k in range(len(taps) + loop["stacked"])]
        outputs = outputs or [pool[-1]]
        result = [outputs]
        if loop["updates"]:
            result.append({counter: counter + outputs[0].sum()})
        if loop["stops"]:
            result.append(until(outputs[0].sum() > 0.9))
        return tuple(result) if len(result) > 1 else outputs

    infos = []
    for t, d in zip(taps, depth):
        value = initial[0] if t == (-1,) else initial[:d]
        infos.append({"initial": value, "taps": list(t)})
    infos += [None] * (loop["stacked"] if taps or loop["stacked"] else 1)
    sequences = [] if loop["sequence taps"] is None else [{"input": x, "taps": loop["sequence taps"]}]
    outputs, updates = theano.scan(
        fn,
        sequences=sequences,
        outputs_info=infos,
        non_sequences=W,
        n_steps=loop["n"] if not sequences or loop["n"] else None,
        go_backwards=loop["backwards"],
        return_list=True,
    )
    return outputs, updates, counter


def results(loop, linker, optimizer, values):
    x, W, initial = T.dmatrix("x"), T.dmatrix("W"), T.dmatrix("initial")
    outputs, updates, counter = built(loop, x, W, initial)
    match loop["uses"]:
        case "last" if loop["n"]:
            used = [o[-1] for o in outputs]
        case "sum of last" if loop["n"]:
            used = [sum(o[-1].sum() for o in outputs)]
        case "some":
            used = outputs[:1]
        case _:
            used = outputs
    cost = sum((T.sin(u) * T.arange(1, u.size + 1).reshape(u.shape, ndim=u.ndim)).sum() for u in used)
    slopes = T.grad(cost, [x, W, initial], disconnected_inputs="ignore")
    f = theano.function(
        [x, W, initial],
        [*used, *slopes],
        updates=updates,
        mode=theano.Mode(linker=linker, optimizer=optimizer),
        on_unused_input="ignore",
    )
    return [*f(*values), counter.get_value()]


@examples(10)
@given(loops, st.integers(0, 1000))
def test_back_ends_agree(loop, seed):
    rng = np.random.RandomState(seed)
    values = rng.uniform(-1, 1, (8, SIZE)), rng.uniform(-1, 1, (SIZE, SIZE)), rng.uniform(-1, 1, (3, SIZE))
    wanted = results(loop, "py", None, values)
    for linker, optimizer in (("py", "fast_run"), ("llvm", "fast_run")):
        for found, value in zip(results(loop, linker, optimizer, values), wanted, strict=True):
            np.testing.assert_allclose(found, value, rtol=1e-8, atol=1e-10)
