"""NanGuardMode: which numbers are faults, where they are looked for, and what is said of them."""

import logging

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.compile.nanguardmode import NanGuardMode, contains_inf, contains_nan

x = T.dvector("x")
ALL = NanGuardMode(nan_is_error=True, inf_is_error=True, big_is_error=True)


@pytest.mark.parametrize(
    ("output", "argument", "what"),
    [
        (T.log(x), -1.0, "NaN detected"),
        (T.log(x), 0.0, "Inf detected"),
        (x * 2, 9e9, "Big value detected"),
        (x + 1, np.nan, "NaN detected\nin the input x of the function "),
    ],
)
def test_the_first_bad_number_is_an_error(output, argument, what):
    with pytest.raises(AssertionError) as raised:
        theano.function([x], output, mode=ALL)([argument])
    assert str(raised.value).startswith(what)


def test_the_message_names_the_step_and_the_line():
    y = T.log(x)
    f = theano.function([x], T.exp(y) * y, mode=ALL)
    with pytest.raises(AssertionError, match=r"Elemwise\{log,no_inplace\}\(x\)(.|\n)*in test_the_message.*y = T.log\(x\)"):
        f([-1.0])


def test_what_is_no_fault_is_returned():
    lenient = NanGuardMode(nan_is_error=False, inf_is_error=False, big_is_error=False)
    np.testing.assert_array_equal(theano.function([x], T.log(x), mode=lenient)([-1.0, 0.0]), [np.nan, -np.inf])
    np.testing.assert_array_equal(theano.function([x], x + 1, mode=ALL)([1e9]), [1e9 + 1])


def test_nothing_is_updated_after_a_fault():
    state = theano.shared(np.ones(1))
    f = theano.function([x], [], updates=[(state, T.log(x))], mode=ALL)
    with pytest.raises(AssertionError):
        f([-1.0])
    np.testing.assert_array_equal(state.get_value(), [1])


def test_the_flags_are_the_defaults_and_say_what_is_done(caplog):
    f = theano.function([x], T.log(x), mode="NanGuardMode")
    with pytest.raises(AssertionError):
        f([-1.0])
    with theano.configuration.change_flags(**{"NanGuardMode.action": "warn"}), caplog.at_level(logging.ERROR):
        f([-1.0])
    assert "NaN detected" in caplog.text


def test_a_changed_mode_looks_for_the_same():
    mode = NanGuardMode(nan_is_error=False, inf_is_error=True, big_is_error=False).excluding("fusion")
    with pytest.raises(AssertionError, match="Inf detected"):
        theano.function([x], T.log(x), mode=mode)([0.0, -1.0])


def test_integers_and_other_objects_hold_no_bad_numbers():
    assert not any(search(value) for search in (contains_nan, contains_inf) for value in (np.arange(3), "nan", None))
