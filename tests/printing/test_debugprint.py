"""debugprint prints graphs as Theano 1.0.5 did."""

from __future__ import annotations

import io
from textwrap import dedent

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.control_flow import ifelse
from theano.printing import Print, debugprint, min_informative_str


def printed(*args, **kwargs) -> str:
    return debugprint(*args, file="str", **kwargs)


def lines(text: str) -> str:
    return dedent(text).lstrip("\n")


@pytest.fixture
def z():
    c = T.scalar("c")
    y = (c + 1) ** 2
    y.name = "y"
    return T.log(y) + y


def test_what_was_printed_is_not_expanded_again(z):
    assert printed(z) == lines(
        """
        Elemwise{add,no_inplace} [id A] ''
         |Elemwise{log,no_inplace} [id B] ''
         | |Elemwise{pow,no_inplace} [id C] 'y'
         |   |Elemwise{add,no_inplace} [id D] ''
         |   | |c [id E]
         |   | |TensorConstant{1} [id F]
         |   |TensorConstant{2} [id G]
         |Elemwise{pow,no_inplace} [id C] 'y'
        """
    )


def test_names_and_depth_end_the_tree(z):
    assert printed(z, stop_on_name=True).count("\n") == 4
    assert printed(z, depth=1) == "Elemwise{add,no_inplace} [id A] ''\n"
    assert printed(z, depth=2).count("\n") == 3


def test_identifiers(z):
    c = z.owner.inputs[1].owner.inputs[0].owner.inputs[0]
    assert "Elemwise{add,no_inplace} [id 0] ''" in printed(z, ids="int")
    assert f"c [id {id(c)}]" in printed(z, ids="id")
    assert printed(c, ids="") == "c \n"
    many = printed(sum(T.scalars([f"s{k}" for k in range(20)])))
    assert "[id Z]" in many and "[id BA]" in many


def test_identifiers_go_on_in_a_further_call(z):
    done, ids = {}, {}
    printed(z, done=done, used_ids=ids)
    assert printed(z.owner.inputs[0], done=done, used_ids=ids) == "Elemwise{log,no_inplace} [id B] ''\n"
    assert printed(T.exp(z), used_ids=ids).startswith("Elemwise{exp,no_inplace} [id H] ''\n |Elemwise{add,no_inplace} [id A]")


def test_types_storage_and_clients(z):
    w = theano.shared(np.array([1.0, 2.0]), "w")
    assert printed(w, print_type=True, print_storage=True) == (
        "w [id A] <TensorType(float64, vector)> [array([1., 2.])]\n"
    )
    assert "'y' clients:[('[id A]', 1), ('[id B]', 0)]\n" in printed(z, print_clients=True)


def test_a_function_is_printed_in_its_order():
    c = T.scalar("c")
    f = theano.function([c], c * 2 + 1, mode=theano.Mode("py", None))
    assert printed(f) == printed(f.maker.fgraph) == lines(
        """
        Elemwise{add,no_inplace} [id A] ''   1
         |Elemwise{mul,no_inplace} [id B] ''   0
         | |c [id C]
         | |TensorConstant{2} [id D]
         |TensorConstant{1} [id E]
        """
    )


def test_several_outputs_and_lists():
    a = T.matrix("a")
    largest = T.max_and_argmax(a, axis=1)
    text = printed([*largest, a.owner] if a.owner else list(largest))
    assert text == lines(
        """
        MaxAndArgmax{axis=(1,)}.0 [id A] 'max'
         |a [id B]
        MaxAndArgmax{axis=(1,)}.1 [id A] 'argmax'
        """
    )
    assert printed(largest[0].owner) == text


def test_the_step_of_a_loop_follows_behind():
    b, c = T.vector("b"), T.scalar("c")
    out, _ = theano.scan(lambda e: e * c, sequences=b)
    assert printed(out).endswith(
        lines(
            """

            Inner graphs of the scan ops:

            for{cpu,scan_fn} [id A] ''
             >Elemwise{mul,no_inplace} [id K] ''
             > |b[t] [id L] -> [id H]
             > |c_copy [id M] -> [id J]
            """
        )
    )


def test_loops_in_loops_are_printed_one_by_one():
    a = T.matrix("a")
    out, _ = theano.scan(lambda row: theano.scan(lambda e, s: s + e, row, T.zeros(()), name="along")[0][-1], a, name="down")
    _, inner = printed(out).split("Inner graphs of the scan ops:\n")
    assert inner.count("\nfor{cpu,down}") == inner.count("\nfor{cpu,along}") == 1
    assert inner.index("\nfor{cpu,down}") < inner.index("\nfor{cpu,along}")


def test_a_long_chain_is_printed():
    y = T.scalar("x")
    for _ in range(3000):
        y = T.sin(y)
    assert printed(y, ids="int").count("\n") == 3001


def test_where_it_is_printed(capsys):
    x, stream = T.scalar("x"), io.StringIO()
    assert debugprint(x, file=stream) is stream and stream.getvalue() == "x [id A]\n"
    debugprint(x)
    assert capsys.readouterr().out == "x [id A]\n"


@pytest.mark.parametrize(
    ("arguments", "kind", "message"),
    [
        ((3,), TypeError, "cannot print an object of type <class 'int'>"),
        ((T.scalar(), 0), ValueError, "depth 0 prints nothing"),
        ((T.scalar(), "all"), TypeError, "depth must be an int"),
    ],
)
def test_mistakes(arguments, kind, message):
    with pytest.raises(kind, match=message):
        debugprint(*arguments)


def test_a_variable_in_terms_of_names(z):
    assert min_informative_str(z) == "A. Elemwise{add,no_inplace}\n B. Elemwise{log,no_inplace}\n  C. y\n <C>"


@pytest.mark.parametrize("linker", ["py", "llvm"])
def test_values_are_printed_when_computed(linker, capsys):
    x = T.dvector("x")
    y = Print("x", attrs=["shape", "max"])(x)
    f = theano.function([x], [(y**2).sum(), T.grad((y**2).sum(), x)], mode=theano.Mode(linker, "fast_run"))
    capsys.readouterr()
    total, d = f([1.0, 2.0])
    assert float(total) == 5.0 and d.tolist() == [2.0, 4.0]
    assert capsys.readouterr().out == "x shape = (2,)\nx max = 2.0\n"


@pytest.mark.parametrize("linker", ["py", "llvm"])
def test_values_are_printed_in_each_step_of_a_loop(linker, capsys):
    x = T.dscalar("x")
    y, _ = theano.scan(lambda s: Print("s")(s * 2), outputs_info=x, n_steps=2)
    f = theano.function([x], y, mode=theano.Mode(linker, "fast_run"))
    assert f(1.0).tolist() == [2.0, 4.0]
    assert capsys.readouterr().out == "s __str__ = 2.0\ns __str__ = 4.0\n"


def test_branches_are_printed_after_the_choice():
    c, x = T.dscalar("c"), T.dvector("x")
    f = theano.function([c, x], ifelse(c, T.exp(x), x, name="which"))
    assert printed(f) == lines("""
        if{which} [id A] ''   0
         |c [id B]
         |x [id C]

        Inner graphs:

        if{which} [id A] ''
        then
         >Elemwise{exp,no_inplace} [id D] ''
         > |x [id E] -> [id C]
        else
         >x [id E] -> [id C]
        """)


def test_means_and_deviations_bear_names():
    x = T.matrix("x")
    assert [str(v) for v in (x.mean(), x.mean(axis=0), x.var(ddof=1), x.std())] == ["mean", "mean", "var", "std"]
    assert printed(x.mean(axis=1)).startswith("Elemwise{true_div,no_inplace} [id A] 'mean'\n")
    s = T.scalar("s")
    assert [str(s), T.mean(s, axis=()).name, T.std(s, axis=()).name] == ["s", "mean", "std"] and s.name == "s"
