"""What rewriting makes of the gradients of loops: parts put side by side, sums taken out, arrays as short as may be."""

import numpy as np
import pytest
from theano.scan_module import until

import theano
import theano.tensor as T
from tests.sweep import FACTOR
from theano.control_flow.scan_op import Scan
from theano.tensor.subtensor import IncSubtensor

RNG = np.random.default_rng(3)
N = 3


def gated(x, U, b, h0, c0):
    """h of all steps; the parts of a have bounds that are known, its length has not."""

    def unit(e, h, c):
        a = e + T.dot(h, U) + b
        i, f, g, o = (a[:, k * N : (k + 1) * N] for k in range(4))
        c = T.nnet.sigmoid(f) * c + T.nnet.sigmoid(i) * T.tanh(g)
        return T.nnet.sigmoid(o) * T.tanh(c), c

    (hs, _), _ = theano.scan(unit, sequences=x, outputs_info=[h0, c0])
    return hs


def arguments(steps=4, wider=0):
    width = 4 * N + wider
    shapes = [(steps, 2, width), (N, width), (width,), (2, N), (2, N)]
    return [RNG.uniform(-1, 1, shape) for shape in shapes]


def operands():
    return [T.dtensor3("x"), T.dmatrix("U"), T.dvector("b"), T.dmatrix("h0"), T.dmatrix("c0")]


COSTS = {
    "of the last": lambda hs: (hs[-1] ** 2).sum(),
    "linear in the last": lambda hs: hs[-1].sum(),
    "of the last two": lambda hs: (hs[-1] * hs[-2]).sum(),
    "of all": lambda hs: (hs**2).sum(),
    "of the first": lambda hs: (hs[0] ** 3).sum(),
}


def plain(inputs, outputs):
    return theano.function(inputs, outputs, mode=theano.Mode(linker="py", optimizer="None"), on_unused_input="ignore")


def compiled(inputs, outputs, linker):
    return theano.function(inputs, outputs, mode=theano.Mode(linker=linker), on_unused_input="ignore")


# The parts of a are all of it, or leave columns over: for every cost in a sweep.
GATES = [(cost, wider) for cost in COSTS for wider in (0, 2) if FACTOR > 1 or not wider or cost in ("of the last", "of all")]


@pytest.mark.parametrize(("cost", "wider"), GATES)
def test_gradients_of_gates(cost, wider):
    inputs = operands()
    slopes = T.grad(COSTS[cost](gated(*inputs)), inputs)
    second = T.grad(sum((d**2).sum() for d in slopes[1:3]), inputs[1:3])
    given = arguments(wider=wider)
    results = plain(inputs, [*slopes, *second])(*given)
    for linker in ("llvm", "py"):
        for found, wanted in zip(compiled(inputs, [*slopes, *second], linker)(*given), results, strict=True):
            np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-13, err_msg=linker)


@pytest.mark.parametrize("steps", [1, 2])
def test_few_steps(steps):
    inputs = operands()
    slopes = T.grad(COSTS["of the last"](gated(*inputs)), inputs)
    given = arguments(steps)
    for found, wanted in zip(compiled(inputs, slopes, "llvm")(*given), plain(inputs, slopes)(*given), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-13)


def test_no_steps_have_no_last_entry():
    inputs = operands()
    slopes = compiled(inputs, T.grad(COSTS["linear in the last"](gated(*inputs)), inputs[1]), "llvm")
    with pytest.raises(IndexError):
        slopes(*arguments(0))


def steps_of(f):
    return [node.op for node in f.maker.fgraph.toposort() if isinstance(node.op, Scan)]


def test_the_step_back_keeps_two_recurrences_and_sums_nothing():
    inputs = operands()
    f = compiled(inputs, T.grad(COSTS["of the last"](gated(*inputs)), inputs[1:3]), "llvm")
    (back,) = [op for op in steps_of(f) if op.name.startswith("grad_of")]
    assert [(s.reads, s.writes) for s in back.form.states] == [((0,), (1,))] * 2
    puts = [node.op for node in back.step if isinstance(node.op, IncSubtensor)]
    assert len(puts) == 5
    assert all(op.set_instead_of_inc for op in puts)


@pytest.mark.parametrize("linker", ["llvm", "py"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_sums_over_all_steps(dtype, linker):
    x, w, b = T.tensor3("x", dtype=dtype), T.matrix("w", dtype=dtype), T.vector("b", dtype=dtype)
    states, _ = theano.scan(
        lambda e, s, v, n: (s + e, v + T.dot(e, w).sum(axis=0) + b, n + T.dot(e, w).sum()),
        sequences=x,
        outputs_info=[T.zeros((2, 3), dtype), T.zeros((3,), dtype), T.zeros((), dtype)],
    )
    outputs = [s[-1] for s in states]
    outputs += T.grad(sum((s**2).sum() for s in outputs), [x, w, b])
    given = [RNG.uniform(-1, 1, shape).astype(dtype) for shape in [(5, 2, 3), (3, 3), (3,)]]
    rtol = 1e-12 if dtype == "float64" else 1e-5
    for found, wanted in zip(
        compiled([x, w, b], outputs, linker)(*given), plain([x, w, b], outputs)(*given), strict=True
    ):
        assert found.dtype == dtype
        np.testing.assert_allclose(found, wanted, rtol=rtol, atol=rtol)


def test_a_sum_that_stops_early_takes_the_steps_that_were_done():
    x, m = T.dtensor3("x"), T.dmatrix("m")
    (s, p, _), _ = theano.scan(
        lambda e, s, p, k: (
            (s + e, p + T.dot(e.T, e), k + 1),
            until(k + 1 >= 2),
        ),
        sequences=x,
        outputs_info=[T.zeros_like(m), T.zeros((3, 3)), T.zeros((), "int64")],
    )
    given = RNG.uniform(-1, 1, (5, 2, 3))
    found = compiled([x, m], [s[-1], p[-1]], "llvm")(given, given[0])
    np.testing.assert_allclose(found[0], given[:2].sum(axis=0), rtol=1e-12)
    np.testing.assert_allclose(found[1], sum(e.T @ e for e in given[:2]), rtol=1e-12)


@pytest.mark.parametrize("back", [1, 2, 9])
def test_truncated_gradients_of_the_last_entry(back):
    x, h0 = T.dmatrix("x"), T.dvector("h0")
    h, _ = theano.scan(lambda e, h: T.tanh(h * e + e), x, h0, truncate_gradient=back)
    slopes = T.grad((h[-1] ** 2).sum(), [x, h0])
    given = [RNG.uniform(-1, 1, (4, 3)), RNG.uniform(-1, 1, 3)]
    for found, wanted in zip(compiled([x, h0], slopes, "llvm")(*given), plain([x, h0], slopes)(*given), strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-12, atol=1e-14)


# -- parts put side by side ------------------------------------------------------------------------------------------


PUT = {
    "two halves": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2], a)[2:4], b),
    "back to front": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[2:4], a)[:2], b),
    "a gap": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2], a)[3:5], b),
    "overlapping": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2], a)[1:3], b),
    "to the end": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:4], T.concatenate([a, a]))[4:], b[:1]),
    "from the end": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2], a)[-2:], b),
    "a row": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[0], a[0])[1:3], b),
    "steps": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:4:2], a)[4:], b[:1]),
    "columns": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2, :1], a[:, :1])[:2, 1:3], b[:, 1:3]),
    "one number": lambda z, a, b: T.inc_subtensor(T.inc_subtensor(z[:2], a[0, 0])[2:4], b),
    "put over": lambda z, a, b: T.inc_subtensor(T.set_subtensor(z[:2], a)[2:4], b),
    "one of them used": lambda z, a, b: (lambda v: T.inc_subtensor(v[2:4], b) * v)(T.inc_subtensor(z[:2], a)),
    "joined": lambda z, a, b: T.concatenate([T.exp(a), T.exp(b) * 2, T.concatenate([a, b, a], axis=1)[:, :3]]),
    "joined columns": lambda z, a, b: T.concatenate([T.exp(a), T.exp(a) * b, a + b], axis=1),
    "joined of different lengths": lambda z, a, b: T.concatenate([T.exp(z), T.exp(a), b, z]),
}


@pytest.mark.parametrize("linker", ["llvm", "py"])
@pytest.mark.parametrize("rows", [5, 7])
@pytest.mark.parametrize("case", PUT)
def test_parts_put_into_zeros(case, rows, linker):
    m, a, b = T.dmatrices("m", "a", "b")
    out = PUT[case](T.zeros_like(m), a, b)
    if case in ("to the end", "steps"):
        rows = 5
    given = [RNG.uniform(-1, 1, shape) for shape in [(rows, 3), (2, 3), (2, 3)]]
    slope = T.grad((out**2).sum(), a)
    outputs = [out, slope, T.grad((slope**2).sum(), a)]
    for found, wanted in zip(
        compiled([m, a, b], outputs, linker)(*given), plain([m, a, b], outputs)(*given), strict=True
    ):
        np.testing.assert_allclose(found, wanted, rtol=1e-13)
