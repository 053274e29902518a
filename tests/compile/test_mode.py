"""Modes: names of back ends and levels of rewriting."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.compile import get_default_mode, get_mode


@pytest.mark.parametrize(
    ("name", "back_end"),
    [
        ("py", "python"),
        ("python", "python"),
        ("c|py", "llvm"),
        ("cvm", "llvm"),
        ("vm_nogc", "llvm"),
        ("jax", "jax"),
    ],
)
def test_old_names_of_linkers_stand_for_back_ends(name: str, back_end: str) -> None:
    mode = theano.Mode(linker=name)
    assert mode.linker.back_end == back_end
    assert mode.allow_gc == (not name.endswith("_nogc"))


def test_flags_tell_the_default_mode() -> None:
    with theano.change_flags(linker="py", optimizer="o1"):
        mode = get_default_mode()
    assert (mode.linker.back_end, mode.optimizer.level) == ("python", "o1")
    with theano.change_flags(mode="FAST_COMPILE"):
        assert get_default_mode() == theano.compile.FAST_COMPILE


def test_rewrites_can_be_named() -> None:
    mode = get_mode("FAST_RUN").including("a").excluding("b", "c").requiring("d")
    query = mode.optimizer
    assert (query.include, query.exclude, query.require) == (("a",), ("b", "c"), ("d",))
    assert get_mode("FAST_RUN").optimizer.exclude == ()


def test_a_clone_may_have_another_level() -> None:
    mode = theano.Mode("py", "o4")
    assert mode.clone() == mode
    assert mode.clone(optimizer=None).optimizer.level == "None"
    assert not mode.clone(link_kwargs={"allow_gc": False}).allow_gc
    assert pickle.loads(pickle.dumps(mode)) == mode


@pytest.mark.parametrize(
    "mode", [None, "FAST_RUN", "FAST_COMPILE", theano.Mode("py", None), theano.Mode("py", "o2")]
)
def test_every_mode_computes_the_same(mode: object) -> None:
    x = T.dvector("x")
    assert theano.function([x], x * 2 + 1, mode=mode)([1.0, 2.0]).tolist() == [3.0, 5.0]


def test_new_names_can_be_registered_once() -> None:
    mode = theano.Mode("py", "merge")
    theano.compile.register_mode("test_mode_of_ours", mode)
    try:
        assert get_mode("test_mode_of_ours") is mode
        with pytest.raises(ValueError, match="taken"):
            theano.compile.register_mode("test_mode_of_ours", mode)
    finally:
        del theano.compile.predefined_modes["test_mode_of_ours"]


def test_a_wrong_name_is_told_with_the_right_ones() -> None:
    with pytest.raises(KeyError, match=r"nope.*llvm"):
        theano.Mode(linker="nope")
    with pytest.raises(KeyError, match=r"nope.*fast_run"):
        theano.Mode(optimizer="nope")
    with pytest.raises(ValueError, match=r"nope\n.*FAST_RUN"):
        get_mode("nope")


def test_a_mode_takes_what_a_query_of_optdb_gives() -> None:
    found = theano.compile.optdb.query(theano.gof.Query(include=["fast_run"], exclude=["BlasOpt"]))
    mode = theano.Mode("py", found)
    x = T.dscalar("x")
    assert theano.function([x], T.log(1 + x), mode=mode).maker.fgraph.outputs[0].owner.op == T.log1p
    assert theano.Mode("py", theano.compile.optdb.query(theano.gof.Query(include=["merge"]))).optimizer.level == "merge"


def test_a_mode_takes_an_optimizer_that_does_all_rewriting() -> None:
    x = T.dscalar("x")
    halves = theano.gof.opt.TopoOptimizer(theano.gof.opt.PatternSub((T.exp, "a"), (T.sqr, "a")))
    f = theano.function([x], T.exp(x) + T.log(1 + x), mode=theano.Mode("py", halves))
    assert [node.op for node in f.maker.fgraph.toposort()].count(T.log1p) == 0
    assert f(3.0) == 9.0 + np.log(4.0)
