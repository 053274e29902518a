"""NanGuardMode's machine code finds what NumPy would find, step by step, and is one loop where the graph is."""

from __future__ import annotations

import logging
import types

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import theano
import theano.tensor as T
from theano.compile.guarded import Faults, flagged
from theano.compile.nanguardmode import NanGuardMode

x = T.dvector("x")
NATIVE = NanGuardMode(True, True, True, linker="cvm")
STEPS = NanGuardMode(True, True, True, linker="py")


def hidden():
    y = T.log(x)
    return T.switch(T.isnan(y), 0.0, y) + 1


@pytest.mark.parametrize(
    ("output", "given", "what"),
    [
        (hidden(), [-1.0, 1.0], r"NaN detected\nin output 0\n.*Elemwise\{log,no_inplace\}\(x\)"),
        (1 / T.exp(x), [800.0], r"Inf detected\nin output 0\n.*"),
        (T.minimum(x * 1e6, 1).sum(), [1e5], r"Big value detected\nin output 0\n.*Elemwise\{mul"),
        (T.dot(T.exp(x), x), [800.0, 1.0], r"Inf detected\nin output 0\n.*Elemwise\{exp,no_inplace\}\(x\)"),
        (x + 1, [np.inf], "Inf detected\nin the input x of the function"),
        (
            theano.scan(
                lambda r, s: T.sqrt(s - r), sequences=x, outputs_info=T.constant(1.0, dtype="float64")
            )[0],
            [0.5, 3],
            "NaN",
        ),
    ],
)
@pytest.mark.parametrize("mode", [NATIVE, STEPS], ids=["native", "steps"])
def test_a_fault_is_told_with_its_step(output, given, what, mode) -> None:
    f = theano.function([x], output, mode=mode)
    with pytest.raises(AssertionError, match=what) as raised:
        f(given)
    if "input x" not in what:
        assert "made at test_guarded.py" in str(raised.value)


def test_what_is_right_is_computed_by_machine_code() -> None:
    f = theano.function([x], [hidden(), T.exp(x).sum()], mode=NATIVE)
    assert isinstance(f.fn.native, types.BuiltinFunctionType)
    given = np.array([1.0, 2.0])
    for one, other in zip(f(given), theano.function([x], [hidden(), T.exp(x).sum()])(given), strict=True):
        assert_allclose(one, other)
    assert f.fn._by_numpy is None


def test_looking_joins_the_loops_that_compute() -> None:
    from theano.backends.llvm.lower import lower_graph
    from theano.loops.plan import make_program
    from theano.loops.program import Launch

    f = theano.function([x], T.tanh(T.exp(x) * x - 1), mode="llvm")
    graph = lower_graph(flagged(f.maker.fgraph, Faults(True, True, 1e10)), 1)
    program = make_program(graph.inputs, graph.states, graph.constants, graph.definitions, graph.outputs, ())
    loops = [s for s in program.steps if isinstance(s, Launch) and s.kernel.extents]
    assert len(loops) == 1


def test_updates_wait_for_the_whole() -> None:
    s, n = theano.shared(np.ones(2), "s"), theano.shared(0, "n")
    f = theano.function([x], s.sum(), updates=[(s, T.log(s * x)), (n, n + 1)], mode=NATIVE)
    assert f([np.e, np.e]) == 2.0
    assert_allclose(s.get_value(), [1, 1])
    assert n.get_value() == 1
    with pytest.raises(AssertionError, match="Inf detected"):
        f([0.0, 1.0])
    assert_allclose(s.get_value(), [1, 1])
    assert n.get_value() == 1


def test_where_a_fault_is_only_told_the_call_goes_on(caplog) -> None:
    s = theano.shared(0.0)
    f = theano.function([x], T.log(x), updates=[(s, s + 1)], mode=NATIVE)
    with theano.change_flags({"NanGuardMode.action": "warn"}), caplog.at_level(logging.ERROR):
        assert_array_equal(f([-1.0, 1.0]), [np.nan, 0])
    assert "NaN detected" in caplog.text
    assert s.get_value() == 1.0


def test_errors_of_shapes_are_those_of_the_function() -> None:
    y = T.dvector("y")
    f = theano.function([x, y], T.exp(x) + y, mode=NATIVE)
    with pytest.raises(ValueError, match=r"mis-match[\s\S]*test_guarded\.py"):
        f([1.0], [1.0, 2.0])
    assert_allclose(f(x=[0.0], y=[1.0]), [2.0])
    with pytest.raises(TypeError):
        f([1.0])


def test_dtypes_and_objects_without_such_numbers() -> None:
    i, z, h = T.ivector("i"), T.zvector("z"), T.vector("h", dtype="float16")
    f = theano.function([i, z, h], [i * 2, z * 1j, h + 1], mode=NATIVE)
    given = np.array([1], "int32"), np.array([1j]), np.array([2], "float16")
    assert [r.tolist() for r in f(*given)] == [[2], [-1], [3]]
    with pytest.raises(AssertionError, match="NaN detected\nin the input z"):
        f(given[0], np.array([complex(0, np.nan)]), given[2])
    assert theano.function([i], i + 1, mode=NATIVE)([1]).tolist() == [2]
    from theano.tensor.shared_randomstreams import RandomStreams

    draws = RandomStreams(3).normal((2,))
    assert np.isfinite(theano.function([], draws, mode=NATIVE)()).all()


@pytest.mark.parametrize("mode", [NATIVE, STEPS], ids=["native", "steps"])
def test_a_fault_within_a_loop_is_told_with_the_line_of_its_step(mode) -> None:
    def step(row, s):
        root = T.sqrt(s - row)
        return root * 2

    states, _ = theano.scan(step, sequences=x, outputs_info=T.constant(1.0, dtype="float64"))
    f = theano.function([x], states, mode=mode)
    with pytest.raises(AssertionError) as raised:
        f([0.5, 3])
    text = str(raised.value)
    assert "root = T.sqrt(s - row)" in text
    assert text.splitlines()[-1].startswith("    within for{cpu,scan_fn}")
