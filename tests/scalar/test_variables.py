"""Graphs of single numbers: operators, constants, types, a user's scalar op."""

import pickle

import pytest

import theano.scalar as s


def test_letters_name_variables():
    x, y = s.floats("xy")
    assert (x.name, y.name, x.dtype) == ("x", "y", "float64")


@pytest.mark.parametrize(
    ("build", "function"),
    [
        (lambda x, y: x + y, s.add),
        (lambda x, y: 1 - y, s.sub),
        (lambda x, y: x * 2, s.mul),
        (lambda x, y: x / y, s.true_div),
        (lambda x, y: x // y, s.int_div),
        (lambda x, y: x % y, s.mod),
        (lambda x, y: x**y, s.pow),
        (lambda x, y: -x, s.neg),
        (lambda x, y: abs(x), s.abs_),
        (lambda x, y: x < y, s.lt),
        (lambda x, y: x >= y, s.ge),
    ],
)
def test_operators_apply_the_functions(build, function):
    assert build(*s.floats("xy")).owner.op is function


def test_bitwise_operators_apply_to_integers():
    x, y = s.ints("xy")
    assert [(x & y).owner.op, (x | y).owner.op, (x ^ y).owner.op, (~x).owner.op] == [
        s.and_,
        s.or_,
        s.xor,
        s.invert,
    ]


def test_modulo_of_complex_numbers_is_a_complex_error():
    (z,) = s.complexs("z")
    with pytest.raises(s.ComplexError):
        z % 2


def test_L_op_of_a_scalar_function_is_a_graph_of_scalars():
    x, y = s.floats("xy")
    dx, dy = s.true_div.L_op([x, y], [x / y], [s.constant(1.0)])
    assert isinstance(dx, s.ScalarVariable) and isinstance(dy, s.ScalarVariable)


def test_cast_to_the_same_dtype_is_the_variable_itself():
    (x,) = s.floats("x")
    assert s.cast(x, "float64") is x
    assert s.cast(x, "int8").dtype == "int8"


def test_a_constant_takes_the_dtype_asked_for():
    assert s.constant(3).dtype == "int8"
    assert s.constant(3, dtype="float32").dtype == "float32"


@pytest.mark.parametrize("function", s.all_scalar_functions(), ids=str)
def test_a_pickled_function_is_the_same_object(function):
    assert pickle.loads(pickle.dumps(function)) is function


def test_a_users_scalar_op_takes_a_rule_as_its_types():
    class Half(s.UnaryScalarOp):
        def impl(self, x):
            return x / 2

    half = Half(s.upgrade_to_float, name="half")
    assert half.output_dtypes("int8") == ("float32",)
    assert half(s.int8("x")).dtype == "float32"


@pytest.mark.parametrize("value", [300, -129, 2**70, 3.5, "a"])
def test_a_number_that_does_not_fit_is_a_type_error(value):
    with pytest.raises(TypeError):
        s.int8.filter(value)


def test_a_number_that_does_not_fit_wraps_where_downcasts_are_allowed():
    assert s.int8.filter(300, allow_downcast=True) == 44
