"""Typed lists: what each op gives in both back ends, and what is refused."""

import numpy as np
import pytest

import theano
import theano.tensor as T
import theano.typed_list as tl

V = tl.TypedListType(T.dvector)
l, x, n = V("l"), T.dvector("x"), T.lscalar("n")
A, B = np.array([1.0]), np.array([2.0, 3.0])

CASES = {
    "append": (tl.append(l, x), [A, B, A, B]),
    "extend": (tl.extend(l, tl.make_list([x, x])), [A, B, A, B, B]),
    "insert": (l.insert(n, x), [A, B, B, A]),
    "remove": (l.remove(x), [A, A]),
    "reverse": (l[1:].reverse(), [A, B]),
    "item": (l[n], B),
    "item from the end": (l[-n], A),
    "slice": (l[:n], [A]),
    "slice with a step": (l[::-2], [A, A]),
    "count": (l.count(x), 1),
    "index": (l.ind(x), 1),
    "length": (tl.length(l), 3),
    "make_list": (tl.make_list((x, 2 * x)), [B, 2 * B]),
    "of an entry": (l.append(x)[-1].sum(), 5.0),
    "in place": (tl.Append(inplace=True)(l, x), [A, B, A, B]),
}


def same(a, b):
    if isinstance(b, list):
        return isinstance(a, list) and len(a) == len(b) and all(map(same, a, b))
    return np.array_equal(a, b)


@pytest.mark.parametrize("linker", ["py", "llvm"])
@pytest.mark.parametrize("case", CASES)
def test_value(case, linker):
    output, wanted = CASES[case]
    given = [A, B, A]
    f = theano.function([l, x, n], output, mode=theano.Mode(linker=linker), on_unused_input="ignore")
    assert same(f(given, B, 1), wanted)
    assert same(given, [A, B, A])


def test_lists_of_lists():
    nested = tl.TypedListType(T.dvector, depth=1)
    assert (nested.ttype, nested.get_depth(), V.get_depth()) == (V, 1, 0)
    assert str(nested) == "TypedList <TypedList <TensorType(float64, vector)>>"
    k = nested("k")
    assert same(theano.function([k, l], k.append(l)[-1][0])([[B]], [A]), A)


def test_types_are_equal_where_their_entries_are():
    assert V == tl.TypedListType(T.dvector) != tl.TypedListType(T.fvector)
    assert (V.dtype, V.ndim, l.ttype, l.ndim) == (T.dvector, 2, T.dvector, 2)
    assert V.values_eq([A, B], [A, B]) and not V.values_eq([A], [A, B]) and not V.values_eq([A], [B])
    assert V.may_share_memory([A], [A]) and not V.may_share_memory([A], [A.copy()])


def test_values_are_brought_into_the_type():
    assert same(V.filter([[1], [2, 3]]), [A, B])
    for value in ((A, B), A, [np.zeros((2, 2))]):
        with pytest.raises(TypeError):
            V.filter(value)
    with pytest.raises(TypeError, match="Expected all elements to be"):
        V.filter([np.zeros(1, "float32")], strict=True)


@pytest.mark.parametrize(
    "build",
    [
        lambda: tl.append(x, x),
        lambda: tl.append(l, T.dmatrix()),
        lambda: tl.extend(l, tl.TypedListType(T.fvector)()),
        lambda: l[x],
        lambda: tl.make_list([]),
        lambda: tl.make_list([x, n]),
        lambda: tl.TypedListType(3),
        lambda: len(l),
        lambda: list(l),
    ],
)
def test_operands_of_another_type_are_refused(build):
    with pytest.raises(TypeError):
        build()


def test_what_is_not_there_is_an_error_at_run_time():
    for output, error in ((l.remove(x), ValueError), (l.ind(x), ValueError), (l[n], IndexError)):
        f = theano.function([l, x, n], output, on_unused_input="ignore")
        with pytest.raises(error):
            f([A], B, 7)
