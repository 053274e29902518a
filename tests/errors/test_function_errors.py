"""Mistakes in the use of ``theano.function`` and its results: type of the exception, message, the user's line."""

from __future__ import annotations

import sys

import numpy as np
import pytest

import theano
import theano.tensor as T

HERE = "test_function_errors.py"


@pytest.fixture(autouse=True)
def _linker(backend: str):
    with theano.change_flags(linker=backend):
        yield


def line() -> int:
    """The number of the line that calls this."""
    return sys._getframe(1).f_lineno


def message(error: type[Exception], call, *args: object, **kwargs: object) -> str:
    """The whole text of the exception that ``call`` raises."""
    with pytest.raises(error) as caught:
        call(*args, **kwargs)
    return str(caught.value)


# -- arguments of a call ------------------------------------------------------------------------------------------


def test_wrong_number_of_dimensions() -> None:
    x, made = T.dvector("x"), line()
    f = theano.function([x], x + 1, name="plus_one")
    assert message(TypeError, f, 3.0) == (
        'Bad input argument to theano function with name "plus_one" at index 0 (0-based).\n'
        f"    x is of TensorType(float64, vector), made at {HERE}:{made}\n"
        "    found float 3.0\n"
        "    Wrong number of dimensions: expected 1, got 0 with shape ()."
    )
    assert "found list [[1.0, 2.0]]" in message(TypeError, f, [[1.0, 2.0]])


def test_an_array_that_does_not_cast_safely() -> None:
    x = T.fvector("x")
    text = message(TypeError, theano.function([x], x), np.zeros(3))
    assert "found array of float64, shape (3,)" in text
    assert "allow_input_downcast=True" in text


def test_numbers_that_do_not_survive() -> None:
    x, i = T.fvector("x"), T.iscalar("i")
    assert "[0.1]" in message(TypeError, theano.function([x], x), [0.1])
    assert "1.5" in message(TypeError, theano.function([i], i), 1.5)
    assert str(2**40) in message(TypeError, theano.function([i], i), 2**40)


def test_what_is_no_number() -> None:
    x = T.dvector("x")
    f = theano.function([x], x)
    assert "found str 'abc'" in message(ValueError, f, "abc")
    assert "found list [1, 'a']" in message(ValueError, f, [1, "a"])
    assert "found the symbolic variable x" in message(TypeError, f, x)


def test_a_length_that_was_declared_to_be_one() -> None:
    r = T.drow("r")
    assert "(2, 3)" in message(TypeError, theano.function([r], r * 2), np.ones((2, 3)))


def test_strict_inputs_convert_nothing() -> None:
    x = T.dvector("x")
    f = theano.function([theano.In(x, strict=True)], x)
    assert "float32" in message(TypeError, f, np.ones(1, "float32"))
    assert "ndarray" in message(TypeError, f, [1.0])


def test_the_index_and_the_function_s_line_are_told() -> None:
    x, y = T.dvectors("x", "y")
    f, made = theano.function([x, y], x + y), line()
    assert f'"{__file__}:{made}" at index 1' in message(TypeError, f, [1.0], 2.0)


def test_too_many_arguments() -> None:
    x = T.dvector("x")
    text = message(TypeError, theano.function([x], x, name="same"), [1.0], [2.0])
    assert text == (
        "Too many parameter passed to theano function\n"
        '    "same" was given 2 by position. The function has 1 named input (x).'
    )


def test_an_unknown_keyword() -> None:
    x, y = T.dvectors("x", "y")
    f = theano.function([x, y], x + y)
    expected = "Unknown input or state: z. The function has 2 named inputs (x, y)."
    assert message(TypeError, f, z=[1.0]) == expected
    assert message(TypeError, f.__getitem__, "z") == expected
    assert message(TypeError, f.__setitem__, "z", 3) == expected


def test_an_argument_given_twice() -> None:
    x, y = T.dvectors("x", "y")
    text = message(TypeError, theano.function([x, y], x + y, name="f"), [1.0], x=[2.0])
    assert text == 'Multiple values for input x of theano function "f"'


def test_a_missing_argument() -> None:
    x, y = T.dvector("x"), T.dvector()
    f = theano.function([x, y], x + y)
    described = "The function has 1 named input (x) and 1 unnamed input (to be passed by position)."
    assert message(TypeError, f, y=[1.0]).startswith("Unknown input or state: y")
    assert message(TypeError, f) == f"Missing required input: x\n    {described}"
    assert message(TypeError, f, [1.0]).startswith("Missing required input: the one at index 1")


def test_a_shared_variable_given_as_keyword() -> None:
    x, s = T.dvector("x"), theano.shared(np.zeros(2), "s")
    assert "s.set_value(...)" in message(TypeError, theano.function([x], x + s), [1.0], s=[1.0])


def test_two_inputs_of_one_name() -> None:
    f = theano.function([T.dscalar("x"), T.dscalar("x")], [], on_unused_input="ignore")
    assert message(TypeError, f, x=1).startswith("Ambiguous name: x")


# -- what a function is made of -----------------------------------------------------------------------------------


def test_a_variable_without_a_value() -> None:
    x = T.dvector("x")
    y, made = T.dvector("y"), line()
    text = message(theano.MissingInputError, theano.function, [x], x + y)
    assert "used to compute Elemwise{add,no_inplace}(x, y)" in text
    assert f"{HERE}:{made}" in text
    text = message(theano.MissingInputError, theano.function, [], y)
    assert f"y of type TensorType(float64, vector), made at {HERE}:{made}" in text


def test_an_unused_input() -> None:
    x, y = T.dvectors("x", "y")
    made = line() - 1
    assert message(theano.UnusedInputError, theano.function, [x, y], x) == (
        "theano.function was asked to create a function computing outputs given certain inputs, but the provided "
        "input variable at index 1 is not part of the computational graph needed to compute the outputs: y.\n"
        f"    It is of TensorType(float64, vector), made at {HERE}:{made}. To allow it, pass on_unused_input='warn' "
        "or 'ignore'."
    )
    with pytest.warns(UserWarning, match="at index 1 is not part .*: y"):
        theano.function([x, y], x, on_unused_input="warn")
    assert "'nonsense'" in message(ValueError, theano.function, [x], x, on_unused_input="nonsense")


def test_an_input_given_twice() -> None:
    x = T.dvector("x")
    text = message(theano.UnusedInputError, theano.function, [x, x], x)
    assert text.startswith("Variable x is used twice in inputs to theano.function, at indices 0 and 1")


def test_inputs_that_are_none() -> None:
    x, s = T.dvector("x"), theano.shared(np.zeros(2), "s")
    assert "Unknown parameter type: <class 'int'>" in message(TypeError, theano.function, [3], x)
    assert "Cannot use a shared variable (s)" in message(TypeError, theano.function, [s], s)
    assert "constant" in message(TypeError, theano.function, [T.constant(1.0)], x)
    assert "a list of variables" in message(TypeError, theano.function, x, x)


def test_outputs_that_are_none() -> None:
    x = T.dvector("x")
    assert "Received hello of type <class 'str'>" in message(TypeError, theano.function, [x], [x, "hello"])
    assert "Names of outputs must be strings, found 1" in message(TypeError, theano.function, [x], {1: x})


def test_an_update_of_another_type() -> None:
    s = theano.shared(np.zeros(2, "float32"), "s")
    x, made = T.dvector("x"), line()
    assert message(TypeError, theano.function, [x], [], updates=[(s, x)]) == (
        "An update must have the same type as the original shared variable: s has TensorType(float32, vector), "
        f"its update x has TensorType(float64, vector) (made at {HERE}:{made}).\n"
        "    hint: cast it: theano.tensor.cast(update, 'float32')"
    )
    m, row = T.fmatrix("m"), theano.shared(np.zeros((1, 2), "float32"), "r", broadcastable=(True, False))
    assert "number of dimensions" in message(TypeError, theano.function, [m], [], updates=[(s, m)])
    assert "unbroadcast" in message(TypeError, theano.function, [m], [], updates=[(row, m)])
    assert "1.5" in message(TypeError, theano.function, [], [], updates=[(theano.shared(1), 1.5)])


def test_updates_that_are_none() -> None:
    x, s = T.dvector("x"), theano.shared(np.zeros(2), "s")
    assert "must be a SharedVariable" in message(TypeError, theano.function, [x], x, updates=[(x, x + 1)])
    assert "list of lists/tuples with 2 elements" in message(
        ValueError, theano.function, [x], x, updates=[s]
    )
    assert "already has an update" in message(
        ValueError, theano.function, [], [], updates=[(s, s), (s, s + 1)]
    )


def test_givens_that_cannot_be() -> None:
    x, y = T.dvectors("x", "y")
    assert "replace variable 'x' through the `givens` parameter" in message(RuntimeError, theano.function, [x], x, givens={x: y})
    assert "list of pairs" in message(ValueError, theano.function, [x], x, givens=[x])
    narrow = T.fvector("narrow")
    text = message(TypeError, theano.function, [x], narrow + 1, givens={narrow: x})
    assert "TensorType(float64, vector)" in text
    assert "TensorType(float32, vector)" in text


def test_unknown_keywords_and_modes() -> None:
    x = T.dvector("x")
    assert "nonsense" in message(TypeError, theano.function, [x], x, nonsense=1)
    assert "nonsense" in message(TypeError, theano.In, x, nonsense=1)
    assert "string: NO_SUCH_MODE" in message(ValueError, theano.function, [x], x, mode="NO_SUCH_MODE")
    assert "ProfileStats" in message(TypeError, theano.function, [x], x, profile=3)


def test_a_default_that_does_not_fit() -> None:
    x = T.dvector("x")
    text = message(TypeError, theano.function, [theano.In(x, value=np.zeros((2, 2)))], x)
    assert "Wrong number of dimensions" in text
    assert 'Container name "x"' in text


def test_borrowing_cannot_be_refused_where_overwriting_is_allowed() -> None:
    assert "contradicts itself" in message(
        AssertionError, theano.In, T.dvector("x"), mutable=True, borrow=False
    )


def test_keys_of_eval_that_are_no_variables() -> None:
    x = T.dvector("x")
    assert "<class 'str'>" in message(TypeError, x.eval, {"x": [1.0]})


def test_swapping_what_is_not_there() -> None:
    x, s = T.dvector("x"), theano.shared(np.zeros(2), "s")
    f = theano.function([x], x + s)
    assert "nobody not found" in message(ValueError, f.copy, swap={"nobody": s})
    assert "TensorType(float64, vector)" in message(TypeError, f.copy, swap={s: theano.shared(1.0)})


# -- shared variables ---------------------------------------------------------------------------------------------


def test_a_symbolic_value() -> None:
    x = T.dvector("x")
    assert "Found x of type TensorType(float64, vector)" in message(TypeError, theano.shared, x)


def test_arguments_that_no_kind_of_shared_variable_takes() -> None:
    assert "{'nonsense': 3}" in message(TypeError, theano.shared, np.zeros(2), nonsense=3)
    assert "{'broadcastable'" in message(
        TypeError, theano.shared, np.zeros((2, 3)), broadcastable=(True, False)
    )


def test_the_attribute_value() -> None:
    s = theano.shared(1.0)
    assert "get_value()" in message(AttributeError, getattr, s, "value")
    assert "set_value()" in message(AttributeError, setattr, s, "value", 2.0)


def test_a_value_that_does_not_fit() -> None:
    s = theano.shared(np.zeros(2), "weights")
    text = message(TypeError, s.set_value, np.zeros((2, 2)))
    assert "Wrong number of dimensions: expected 1, got 2" in text
    assert 'Container name "weights"' in text
