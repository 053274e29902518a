"""MonitorMode, as the documentation of Theano 1.0.5 uses it."""

from __future__ import annotations

import numpy as np

import theano
import theano.tensor as T
from theano.compile.monitormode import MonitorMode, detect_nan


def test_every_step_is_told_with_its_values() -> None:
    told = []

    def before(i, node, fn):
        told.append((i, str(node.op), [c[0].tolist() for c in fn.inputs], [c[0] for c in fn.outputs]))

    def after(i, node, fn):
        told.append((i, str(node.op), [c[0].tolist() for c in fn.outputs]))

    x = T.dscalar("x")
    f = theano.function(
        [x], [5 * T.exp(x)], mode=theano.compile.MonitorMode(pre_func=before, post_func=after)
    )
    assert f(0.0) == [5.0]
    assert told == [
        (0, "Elemwise{exp,no_inplace}", [0.0], [None]),
        (0, "Elemwise{exp,no_inplace}", [1.0]),
        (1, "Elemwise{mul,no_inplace}", [5.0, 1.0], [None]),
        (1, "Elemwise{mul,no_inplace}", [5.0]),
    ]


def test_the_step_that_makes_a_nan_is_printed(capsys) -> None:
    x = T.dscalar("x")
    mode = MonitorMode(post_func=detect_nan).excluding("local_elemwise_fusion", "inplace")
    f = theano.function([x], [T.log(x) * x], mode=mode)
    f(1.0)
    assert capsys.readouterr().out == ""
    f(0.0)
    text = capsys.readouterr().out
    assert text.startswith("*** NaN detected ***\nElemwise{mul,no_inplace} [id A]")
    assert "Inputs : [array(-inf), array(0.)]" in text
    assert text.endswith("Outputs: [array(nan)]\n") or "Outputs: [np.float64(nan)]" in text


def test_updates_and_the_mode_s_options() -> None:
    count = []
    mode = MonitorMode(post_func=lambda i, node, fn: count.append(i), optimizer="fast_compile", linker="c|py")
    state = theano.shared(1.0)
    f = theano.function([], state * 2, updates=[(state, state + 1)], mode=mode.including("fusion"))
    assert (f(), f(), state.get_value()) == (2.0, 4.0, 3.0)
    assert len(count) == 4

    def fails(i, node, fn):
        raise RuntimeError("stop")

    g = theano.function([], state * 2, updates=[(state, state + 1)], mode=MonitorMode(pre_func=fails))
    try:
        g()
    except RuntimeError as problem:
        assert "stop" in str(problem)
    assert state.get_value() == 3.0
    assert np.isscalar(float(state.get_value()))
