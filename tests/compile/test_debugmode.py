"""DebugMode: what it lets pass, and what it finds."""

from __future__ import annotations

import itertools
import logging

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from theano.tensor.shared_randomstreams import RandomStreams

import theano
import theano.tensor as T
from theano import gof
from theano.compile import DebugMode, debugmode
from theano.extension import pointwise, register_lowering

quick = DebugMode(stability_patience=2)


def test_a_network_is_trained_as_usual() -> None:
    rng = np.random.RandomState(0)
    x, t = T.dmatrix("x"), T.dvector("t")
    w, b = theano.shared(rng.randn(4), "w"), theano.shared(0.0, "b")
    p = T.nnet.sigmoid(T.dot(x, w) + b)
    cost = -(t * T.log(p) + (1 - t) * T.log(1 - p)).mean() + 0.01 * (w**2).sum()
    updates = [(v, v - 0.1 * g) for v, g in zip((w, b), T.grad(cost, [w, b]), strict=True)]
    value, labels = rng.randn(8, 4), (rng.rand(8) > 0.5).astype("float64")
    begun = w.get_value()
    train = theano.function(
        [x, t], cost, updates=updates, mode=DebugMode(check_preallocated_output=["ALL"], stability_patience=2)
    )
    costs = [float(train(value, labels)) for _ in range(2)]
    after = w.get_value()
    w.set_value(begun)
    b.set_value(0.0)
    plain = theano.function([x, t], cost, updates=updates)
    assert_allclose(costs, [plain(value, labels) for _ in range(2)])
    assert_allclose(after, w.get_value())


def test_loops_choices_and_draws_pass() -> None:
    from theano.ifelse import ifelse

    x, n = T.dvector("x"), T.lscalar("n")
    states, updates = theano.scan(
        lambda r, s: T.tanh(s) + r, sequences=x, outputs_info=T.constant(0.0, dtype="float64")
    )
    gradient = T.grad(states.sum(), x)
    draws = RandomStreams(7)
    chosen = ifelse(T.gt(n, 0), T.exp(x).sum(), T.log(1 + x).max())
    outputs = [states, gradient, chosen, draws.normal((3,)) * 2, x[::-1][n:], T.sort(x), x.reshape((1, -1))]
    given = np.array([0.5, 1.5, 2.5])
    f = theano.function([x, n], outputs, updates=updates, mode=quick)
    found = f(given, 1)
    draws.seed(7)
    for one, other in zip(found, theano.function([x, n], outputs, updates=updates)(given, 1), strict=True):
        assert_allclose(one, other)
    assert_array_equal(given, [0.5, 1.5, 2.5])


class Identity(gof.Op):
    """An op of one tensor, with what ``perform`` does given by a subclass."""

    __props__ = ()

    def make_node(self, x):
        x = T.as_tensor_variable(x)
        return gof.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0] + 0


class Overwriting(Identity):
    def perform(self, node, inputs, outputs):
        inputs[0][...] = 7
        outputs[0][0] = inputs[0].copy()


class Viewing(Identity):
    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0][...]


class ToldViewing(Viewing):
    view_map = {0: [0]}


class ToldOverwriting(Overwriting):
    destroy_map = {0: [0]}


class Twice(gof.Op):
    """Two outputs that are one array."""

    __props__ = ()

    def make_node(self, x):
        return gof.Apply(self, [x], [x.type(), x.type()])

    def perform(self, node, inputs, outputs):
        outputs[0][0] = outputs[1][0] = inputs[0] + 1


class NotANumber(Identity):
    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0] * np.nan


class OtherType(Identity):
    def perform(self, node, inputs, outputs):
        outputs[0][0] = inputs[0].astype("float32")


class Accumulating(Identity):
    """Adds to what lies where its output goes."""

    def perform(self, node, inputs, outputs):
        cell = outputs[0]
        if cell[0] is None or cell[0].shape != inputs[0].shape:
            cell[0] = inputs[0].copy()
        else:
            cell[0] += inputs[0]


class WrongCode(Identity):
    """Its machine code is not its ``perform``."""


@register_lowering(WrongCode)
def _(op, node, x):
    return pointwise(node, x.shape, lambda *index: x[index] * 1.001)


@pytest.mark.parametrize(
    ("op", "error", "message"),
    [
        (Overwriting(), debugmode.BadDestroyMap, "perform of Overwriting has changed input 0"),
        (Viewing(), debugmode.BadViewMap, r"output 0 of Viewing shares memory with inputs \[0\]"),
        (Twice(), debugmode.BadViewMap, r"output 0 of Twice shares memory with outputs \[1\]"),
        (NotANumber(), debugmode.InvalidValueError, "there is NaN"),
        (OtherType(), debugmode.InvalidValueError, r"not of the type TensorType\(float64, vector\)"),
        (Accumulating(), debugmode.BadThunkOutput, "perform given previous outputs of Accumulating disagree"),
        (WrongCode(), debugmode.BadThunkOutput, "perform and machine code of WrongCode disagree"),
    ],
    ids=lambda x: str(x) if isinstance(x, gof.Op) else "",
)
def test_an_op_that_does_not_keep_its_promises(op, error, message) -> None:
    x = T.dvector("x")
    made = op(x + 1)
    made = made[0] if isinstance(made, list) else made
    mode = DebugMode(stability_patience=2, check_preallocated_output=["previous"])
    f = theano.function([x], made * 2, mode=mode)
    with pytest.raises(error, match=message) as raised:
        f([1.0, 2.0])
    text = "\n".join([str(raised.value), *getattr(raised.value, "__notes__", [])])
    assert "made at test_debugmode.py" in text
    assert "made = op(x + 1)" in text
    assert isinstance(raised.value, debugmode.DebugModeError)


def test_what_is_told_may_be_done(caplog) -> None:
    x = T.dvector("x")
    f = theano.function([x], [ToldViewing()(x), ToldOverwriting()(x + 1), x], mode=quick)
    with caplog.at_level(logging.WARNING):
        assert [r.tolist() for r in f([1.0])] == [[1.0], [7.0], [1.0]]
    assert "output 0 of ToldOverwriting is told to lie in input 0, but does not" in caplog.text
    with theano.change_flags({"DebugMode.warn_input_not_reused": False}), caplog.at_level(logging.WARNING):
        caplog.clear()
        f([1.0])
    assert caplog.text == ""


@gof.local_optimizer([WrongCode])
def thirded(node):
    """A wrong rewrite."""
    return [node.inputs[0] / 3] if isinstance(node.op, Identity) else None


def test_a_rewrite_that_changes_a_value() -> None:
    x = T.dvector("x")
    y = WrongCode()(x) * 2
    f = theano.function([x], y + 1, mode=quick.register((gof.opt.out2in(thirded, name="thirded"), 1.5)))
    with pytest.raises(debugmode.BadOptimization) as raised:
        f([3.0, 6.0])
    problem = raised.value
    assert problem.old_r_val.tolist() == [3.0, 6.0]
    assert problem.new_r_val.tolist() == [1.0, 2.0]
    text = str(problem)
    assert "the rewrite " in text and "thirded" in text
    assert "test_debugmode.py" in text and "y = WrongCode()(x) * 2" in text


def test_a_rewrite_that_throws_dice() -> None:
    class Dice(gof.Optimizer):
        thrown = itertools.count()

        def apply(self, fgraph):
            for node in fgraph.toposort():
                if isinstance(node.op, Identity):
                    fgraph.replace(node.outputs[0], node.inputs[0] * (2 + next(self.thrown)))

    x = T.dvector("x")
    mode = DebugMode(stability_patience=3).register((Dice(), 1.5))
    with pytest.raises(debugmode.StochasticOrder, match="gave another one"):
        theano.function([x], Identity()(x) + 1, mode=mode)


def test_the_flags_are_the_defaults() -> None:
    x = T.dvector("x")
    flags = {"DebugMode.check_finite": False, "DebugMode.patience": 1}
    with theano.change_flags(flags):
        f = theano.function([x], [T.log(x), WrongCode()(x)], mode=DebugMode(check_c_code=False))
    assert_array_equal(f([-1.0])[0], [np.nan])
    with theano.change_flags(flags | {"DebugMode.check_py": False}):
        f = theano.function([x], Viewing()(x), mode="DebugMode")
    assert_array_equal(f([1.0]), [1.0])
    with theano.change_flags(flags | {"DebugMode.check_preallocated_output": "strided:wrong_size"}):
        f = theano.function([x], Accumulating()(x), mode="DEBUG_MODE")
    with pytest.raises(debugmode.BadThunkOutput, match="perform given strided outputs"):
        f([1.0, 2.0])
    with pytest.raises(ValueError, match="at least one of c and py code"):
        DebugMode(check_c_code=False, check_py_code=False)
    with pytest.raises(ValueError, match="found 'sideways'"):
        DebugMode(check_preallocated_output=["sideways"])
    changed = DebugMode(stability_patience=2, check_isfinite=False).excluding("fusion")
    assert (changed.stability_patience, changed.check_isfinite) == (2, False)


def test_strides_may_have_to_agree(caplog) -> None:
    x = T.dmatrix("x")

    class Turned(Identity):
        def perform(self, node, inputs, outputs):
            outputs[0][0] = np.asfortranarray(inputs[0] * 2)

    register_lowering(Turned)(lambda op, node, x: pointwise(node, x.shape, lambda i, j: x[i, j] * 2))
    value = np.ones((2, 3))
    told = theano.function([x], Turned()(x), mode=DebugMode(stability_patience=1, require_matching_strides=1))
    with caplog.at_level(logging.WARNING):
        told(value)
    assert "(8, 16) of perform, (24, 8) of machine code" in caplog.text
    refused = theano.function(
        [x], Turned()(x), mode=DebugMode(stability_patience=1, require_matching_strides=2)
    )
    with pytest.raises(debugmode.BadThunkOutput):
        refused(value)


def test_nothing_is_updated_where_something_is_found() -> None:
    s = theano.shared(np.ones(2))
    f = theano.function([], s * 2, updates=[(s, NotANumber()(s))], mode=quick)
    with pytest.raises(debugmode.InvalidValueError):
        f()
    assert s.get_value().tolist() == [1, 1]


def test_values_are_compared_as_their_variable_says() -> None:
    x = T.dvector("x")
    assert debugmode.check_eq(x, np.array([1.0]), np.array([1.0 + 1e-13]))
    assert not debugmode.check_eq(x, np.array([1.0]), np.array([1.1]))
    x.tag.values_eq_approx = lambda a, b: True
    assert debugmode.check_eq(x, np.array([1.0]), np.array([1.1]))
    record = logging.LogRecord("n", 30, "f", 1, "Optimization Warning: x", (), None)
    told_once = debugmode.NoDuplicateOptWarningFilter()
    assert (told_once.filter(record), told_once.filter(record)) == (True, False)


def test_maps_and_places_are_printed(capsys) -> None:
    s = theano.shared(np.ones(2), "s")
    y = ToldOverwriting()(ToldViewing()(s))
    y.name = "y"
    text = debugmode.debugprint(
        y,
        prefix="> ",
        file="str",
        print_destroy_map=True,
        print_view_map=True,
        order=[y.owner.inputs[0].owner, y.owner],
        smap={s: [7]},
    )
    assert text.splitlines() == [
        "> ToldOverwriting [id A] 'y' d={0: [0]}   1",
        ">  |ToldViewing [id B] '' v={0: [0]}   0",
        ">    |s [id C] [7]",
    ]
    done = {}
    debugmode.debugprint(y.owner, depth=1, done=done, ids="int", print_type=True)
    assert capsys.readouterr().out == "ToldOverwriting [id 0] <TensorType(float64, vector)> 'y'\n"
    assert list(done) == [y.owner]
    assert [debugmode.char_from_number(k) for k in (0, 25, 26)] == ["A", "Z", "BA"]


def test_steps_of_loops_that_nobody_reads_may_be_left_out() -> None:
    x = T.dmatrix("x")
    states, _ = theano.scan(lambda r, s: T.tanh(s * r), sequences=x, outputs_info=T.ones((3,)), n_steps=3)
    f = theano.function([x], [states[-1], T.grad(states[-1].sum(), x)], mode=quick)
    given = np.random.RandomState(0).rand(4, 3)
    for one, other in zip(f(given), theano.function([x], [states[-1], T.grad(states[-1].sum(), x)])(given), strict=True):
        assert_allclose(one, other)


def test_the_step_of_a_loop_is_looked_at_too() -> None:
    x = T.dmatrix("x")

    def step(row, s):
        wrong = WrongCode()(row)
        return s + wrong.sum()

    states, _ = theano.scan(step, sequences=x, outputs_info=T.constant(0.0, dtype="float64"))
    f = theano.function([x], T.exp(states), mode=quick)
    with pytest.raises(debugmode.BadThunkOutput, match="perform and machine code of WrongCode disagree") as raised:
        f(np.ones((2, 3)))
    text = "\n".join([str(raised.value), *raised.value.__notes__])
    assert "wrong = WrongCode()(row)" in text
