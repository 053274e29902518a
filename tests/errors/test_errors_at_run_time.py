"""Errors while a function runs keep their type, and tell the step, its operands and the user's line."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import theano
import theano.tensor as T

HERE = "test_errors_at_run_time.py"


def line() -> int:
    """The number of the line that calls this."""
    return sys._getframe(1).f_lineno


class Failing(theano.Op):
    """Raises what it is told to."""

    __props__ = ()

    def __init__(self, error: Exception) -> None:
        self.error = error

    def make_node(self, x):
        return theano.Apply(self, [x], [x.type()])

    def perform(self, node, inputs, outputs, params=None):
        raise self.error


def test_shapes_that_do_not_fit(backend: str) -> None:
    x, y = T.dvectors("x", "y")
    z, made = x + y, line()
    f = theano.function([x, y], z, mode=theano.Mode(backend))
    with pytest.raises(ValueError) as caught:
        f(np.ones(2), np.ones(3))
    text = str(caught.value)
    assert text.startswith("Input dimension mis-match. (input[0].shape[0] = 2, input[1].shape[0] = 3)\n")
    assert f"made at {HERE}:{made}, in test_shapes_that_do_not_fit: z, made = x + y, line()" in text


def test_an_error_of_the_user_s_op_keeps_its_type_and_gains_text() -> None:
    x = T.dvector("x")
    y, made = Failing(ZeroDivisionError("inside"))(x), line()
    f = theano.function([x], y, mode=theano.Mode("py", None))
    with pytest.raises(ZeroDivisionError) as caught:
        f([1.0, 2.0])
    first, *rest = str(caught.value).splitlines()
    assert first == "inside"
    assert rest == [
        "Apply node that caused the error: Failing(x)",
        "    step 0 of the compiled graph",
        f"    input 0  x: TensorType(float64, vector), shape (2,), strides (8,), value [1.0, 2.0], made at {HERE}:{made - 1}",
        f"    made at {HERE}:{made}, in test_an_error_of_the_user_s_op_keeps_its_type_and_gains_text: "
        'y, made = Failing(ZeroDivisionError("inside"))(x), line()',
    ]


@pytest.mark.parametrize(
    "error", [KeyError("k"), OSError(2, "gone"), ValueError("a", 1), RuntimeError()], ids=repr
)
def test_an_error_with_a_text_of_its_own_gets_a_note(error: Exception) -> None:
    x = T.dvector("x")
    before = (error.args, str(error))
    f = theano.function([x], Failing(error)(x), mode=theano.Mode("py", None))
    with pytest.raises(type(error)) as caught:
        f(np.zeros(10))
    assert caught.value is error
    assert (error.args, str(error)) == before
    assert "Apply node that caused the error: Failing(x)" in error.__notes__[0]
    assert "value" not in error.__notes__[0]
