"""The back end that runs each op's own perform."""

from __future__ import annotations

import weakref

import numpy as np
import pytest

import theano
import theano.tensor as T

PYTHON = theano.Mode("py", None)


class Probe(theano.Op):
    """Calls ``fn`` on the value; gives what it returns."""

    def __init__(self, fn, destroys: bool = False) -> None:
        self.fn = fn
        if destroys:
            self.destroy_map = {0: [0]}

    def make_node(self, x):
        return theano.Apply(self, [T.as_tensor_variable(x)], [x.type()])

    def perform(self, node, inputs, outputs, params=None):
        outputs[0][0] = self.fn(inputs[0])


def run(fn, value, **kwargs):
    x = T.dvector("x")
    return theano.function([x], Probe(fn, **kwargs)(x), mode=PYTHON)(value)


@pytest.mark.parametrize("wrong", [None, 1.0, np.zeros((2, 2)), np.zeros(2, "float32"), "text"])
def test_an_output_that_is_not_of_its_type_is_an_error(wrong: object) -> None:
    with pytest.raises(TypeError, match="gave output 0 as"):
        run(lambda x: wrong, [1.0, 2.0])


def test_a_subclass_of_ndarray_becomes_a_plain_array() -> None:
    class Sub(np.ndarray):
        pass

    assert type(run(lambda x: x.copy().view(Sub), [1.0])) is np.ndarray


def test_an_op_that_overwrites_its_input_does_not_reach_the_argument() -> None:
    def double(x: np.ndarray) -> np.ndarray:
        x *= 2
        return x

    a = np.ones(2)
    assert run(double, a, destroys=True).tolist() == [2.0, 2.0]
    assert a.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("linker", ["py"])
@pytest.mark.parametrize("allow_gc", [True, False])
def test_intermediate_values_live_no_longer_than_needed(linker: str, allow_gc: bool) -> None:
    alive: list[int] = []
    seen: list[weakref.ref] = []

    def step(x: np.ndarray) -> np.ndarray:
        alive.append(sum(r() is not None for r in seen))
        made = x + 1
        seen.append(weakref.ref(made))
        return made

    x = T.dvector("x")
    y = x
    for _ in range(5):
        y = Probe(step)(y)
    mode = theano.Mode(linker, None).clone(link_kwargs={"allow_gc": allow_gc})
    assert theano.function([x], y, mode=mode)([0.0]).tolist() == [5.0]
    assert alive == ([0, 1, 1, 1, 1] if allow_gc else [0, 1, 2, 3, 4])


def test_times_go_to_the_profile_that_asks() -> None:
    x = T.dvector("x")
    profile = theano.ProfileStats(atexit_print=False)
    f = theano.function([x], Probe(lambda x: x + 1)(x), mode=PYTHON, profile=profile)
    f([1.0])
    (step,) = profile.steps()
    assert step.nodes[0].origin.file == __file__
    assert step.seconds >= 0
    assert step.calls == profile.fct_callcount == 1


def test_a_borrowed_output_may_be_the_shared_array_itself() -> None:
    s = theano.shared(np.zeros(3))
    f = theano.function([], theano.Out(s, borrow=True), mode=PYTHON)
    assert f() is s.get_value(borrow=True)


def test_a_numpy_function_becomes_an_op() -> None:
    @theano.as_op(itypes=[T.dvector], otypes=[T.dscalar])
    def median(x):
        return np.asarray(np.median(x))

    x = T.dvector("x")
    assert theano.function([x], median(x) * 2, mode=PYTHON)([3.0, 1.0, 7.0]) == 6.0
    with pytest.raises(TypeError, match="types"):
        median(T.dmatrix())
    with pytest.raises(ValueError, match="1 inputs"):
        median(x, x)
    with pytest.raises(TypeError, match="itypes"):
        theano.as_op(itypes=["float64"], otypes=[T.dscalar])(np.median)
