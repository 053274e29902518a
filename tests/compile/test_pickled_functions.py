"""Functions in pickles: what comes back, that finished code is used, and what happens where there is none."""

import copy
import os
import pickle
import subprocess
import sys

import numpy as np
import pytest
from theano.ifelse import ifelse

import theano
import theano.tensor as T
from theano.compile.pickling import StoredGraph, flattened, unflattened
from theano.graph import FunctionGraph


@theano.as_op(itypes=[T.dvector], otypes=[T.dvector])
def reversed_by_python(x):
    return x[::-1].copy()


def training_step():
    x, w = T.dmatrix("x"), theano.shared(np.arange(6.0).reshape(3, 2) / 10, "w")
    cost = T.sqr(T.tanh(T.dot(x, w))).sum()
    return [x], cost, [(w, w - 0.1 * T.grad(cost, w))], [np.eye(3)]


def recurrence():
    x, s = T.dvector("x"), theano.shared(1.0, "s")
    h, updates = theano.scan(lambda v, before: T.tanh(before * v + s), x, T.zeros(()))
    return [x], h, [*updates.items(), (s, s + h[-1])], [np.linspace(0, 1, 4)]


def draws():
    from theano.sandbox.rng_mrg import MRG_RandomStreams

    numpys, mrg = T.shared_randomstreams.RandomStreams(3), MRG_RandomStreams(5)
    return [], [numpys.normal((3,)), mrg.uniform((3,))], [], []


def choice():
    x = T.dscalar("x")
    return [x], ifelse(x > 0, T.exp(x), T.sqr(x)), [], [0.5]


def called_back():
    x, s = T.dvector("x"), theano.shared(np.zeros(3), "s")
    return [x], reversed_by_python(T.sort(x)), [(s, s + x)], [np.array([3.0, 1.0, 2.0])]


def graph_in_an_op():
    x = T.dscalar("x")
    op = theano.OpFromGraph([x], [T.exp(x) + 1])
    return [x], op(op(x)), [], [0.25]


PROGRAMS = [training_step, recurrence, draws, choice, called_back, graph_in_an_op]


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_a_pickled_function_goes_on_from_the_values_it_had(program, protocol, backend):
    inputs, outputs, updates, arguments = program()
    f = theano.function(inputs, outputs, updates=updates, mode=theano.Mode(linker=backend))
    f(*arguments)
    g = pickle.loads(pickle.dumps(f, protocol))
    for _ in range(2):
        for expected, found in zip(np.atleast_1d(f(*arguments)), np.atleast_1d(g(*arguments))):
            assert np.array_equal(expected, found)
    for expected, found in zip(f.get_shared(), g.get_shared()):
        assert found.name == expected.name and found is not expected


@pytest.mark.parametrize("program", [p for p in PROGRAMS if p is not called_back], ids=lambda p: p.__name__)
def test_finished_code_is_found_without_reading_the_graph(program):
    inputs, outputs, updates, arguments = program()
    f = theano.function(inputs, outputs, updates=updates, mode=theano.Mode(linker="llvm"))
    g = pickle.loads(pickle.dumps(f, -1))
    h = copy.copy(g)
    if program is not draws:  # NumPy draws, so a call needs the node
        g(*arguments)
        h(*arguments)
    assert type(g.maker.graph) is StoredGraph
    assert type(h.maker.graph) is StoredGraph
    assert len(g.maker.fgraph.apply_nodes) == len(f.maker.fgraph.apply_nodes)
    assert [str(n.op) for n in g.maker.fgraph.toposort()] == [str(n.op) for n in f.maker.fgraph.toposort()]
    assert g.maker.outputs[0].variable.owner is not None


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda p: p.__name__)
def test_the_stored_graph_is_lowered_to_the_same_code(program, monkeypatch):
    from theano.backends.llvm import link

    texts = []

    def emit(task, real=link._emit):
        made = real(task)
        stored = pickle.loads(pickle.dumps(flattened(task.fgraph), -1))
        twin = copy.copy(task)
        twin.fgraph = FunctionGraph(*unflattened(stored), clone=False)
        texts.extend((str(made[0]), str(real(twin)[0])))
        return made

    monkeypatch.setattr(link, "_emit", emit)
    inputs, outputs, updates, _ = program()
    with theano.change_flags(cache=False):
        theano.function(inputs, outputs, updates=updates, mode=theano.Mode(linker="llvm"))
    assert texts and texts[0] == texts[1]


WRITER = """
import pickle, sys
import numpy as np
import theano, theano.tensor as T
x = T.dvector("x")
w = theano.shared(np.arange(3.0), "w")
f = theano.function([x], (x * w)[T.argmax(x)] + T.sqr(x), updates=[(w, w + x)], mode=theano.Mode(linker="llvm"))
f([1.0, 1.0, 1.0])
with open(sys.argv[1], "wb") as file:
    pickle.dump(f, file)
"""

READER = """
import pickle, sys, theano
with open(sys.argv[1], "rb") as file:
    f = pickle.load(file)
print(f([2.0, 1.0, 1.0]).tolist(), f.get_shared()[0].get_value().tolist())
print("llvmlite" in sys.modules, "theano.rewrite.passes" in sys.modules)
try:
    f([1.0, 2.0])
except ValueError as error:
    print([line.strip() for line in str(error).splitlines() if "made at" in line][-1])
"""


def run(program, path, flags):
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), THEANO_FLAGS=flags)
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def test_another_process_reads_finished_code_or_compiles_the_rewritten_graph(tmp_path):
    path = tmp_path / "f.pkl"
    run(WRITER, path, f"compiledir={tmp_path}")
    first = run(READER, path, f"compiledir={tmp_path}")
    assert first[1] == "False False"
    other = tmp_path / "other"
    for flags, knows_llvm in [
        (f"compiledir={other}", "True False"),  # nothing is kept there
        (f"compiledir={other}", "False False"),  # what was compiled is
        (f"compiledir={other},openmp=True", "True False"),  # code for other settings is not taken
        (f"compiledir={other},openmp=True", "False False"),
        (f"compiledir={other},reoptimize_unpickled_function=True", "True True"),
    ]:
        lines = run(READER, path, flags)
        assert lines[0] == first[0] == "[6.0, 3.0, 3.0] [3.0, 3.0, 4.0]"
        assert lines[1] == knows_llvm, flags
        assert "<string>:7" in lines[2]  # the line of the writer


def test_two_dumps_of_one_function_are_equal():
    inputs, outputs, updates, _ = training_step()
    f = theano.function(inputs, outputs, updates=updates)
    assert pickle.dumps(f, 4) == pickle.dumps(f, 4)


def test_what_cannot_be_pickled_names_the_function():
    local = theano.as_op(itypes=[T.dscalar], otypes=[T.dscalar])(lambda x: x)
    x = T.dscalar("x")
    f = theano.function([x], local(x), name="stays here")
    with pytest.raises((pickle.PicklingError, AttributeError)) as error:
        pickle.dumps(f)
    assert 'while pickling the graph of the function "stays here"' in error.value.__notes__
    assert copy.deepcopy(f)(2.0) == 2.0


# -- copies: which containers, values and variables are one ----------------------------------------------------------------


def accumulating():
    x, a, s = T.dscalars("x", "a", "s")
    inputs = [x, theano.In(a, value=1.0), theano.In(s, value=0.0, update=s + a * x, mutable=True)]
    return (x, a, s), theano.function(inputs, s + a * x)


def test_a_copy_shares_defaults_but_no_containers_and_no_states():
    (x, a, s), f = accumulating()
    g = copy.copy(f)
    for variable in (x, a, s):
        assert g.container[variable].storage is not f.container[variable].storage
    assert g.value[a] is f.value[a]
    assert g.value[s] is not f.value[s] and g.value[s] == f.value[s]
    assert f(2, 1) == g(2)
    assert f(2, 1) == g(2)
    f(1, 2)
    assert f(1, 2) != g(1, 2)


def test_a_deep_copy_shares_nothing():
    (x, a, s), f = accumulating()
    f.trust_input = True
    memo = {}
    xs = [copy.deepcopy(v, memo) for v in (x, a, s)]
    g = copy.deepcopy(f, memo)
    assert g.trust_input and g.unpack_single
    for old, new in zip((x, a, s), xs):
        assert g.container[new].storage is not f.container[old].storage
        assert g.container[new].value == f.container[old].value
    assert g.value[xs[1]] is not f.value[a]
    assert f(2) == g(2)


@pytest.mark.parametrize("duplicate", [copy.deepcopy, lambda things: pickle.loads(pickle.dumps(things, -1))])
def test_functions_that_share_a_container_share_one_after_copying_both(duplicate):
    (x, a, s), f = accumulating()
    inputs = [x, theano.In(a, value=1.0), theano.In(s, value=f.container[s], update=s - a * x, mutable=True)]
    g = theano.function(inputs, s + a * x)
    f(1.0)
    assert g[s] == 1.0
    f2, g2, s2, x2 = duplicate([f, g, s, x])
    assert g2.container[s2].storage is f2.container[s2].storage
    assert x2 is not x and x2 in f2.finder
    f2(2.0)
    assert g2[s2] == 3.0 and g[s] == f[s] == 1.0
    g2(0.5)
    assert f2[s2] == 2.5
    f2[s2] = 7.0
    assert g2[s2] == 7.0


def test_a_copy_of_a_function_with_implicit_input_keeps_the_container():
    a, x = T.dscalars("a", "x")
    h = theano.function([theano.In(a, value=0.0)], a)
    f = theano.function([x, theano.In(a, value=h.container[a], implicit=True)], x + a)
    memo = {}
    ac = copy.deepcopy(a, memo)
    hc, fc = copy.deepcopy(h, memo), copy.deepcopy(f, memo)
    h[a], hc[ac] = 1.0, 2.0
    assert f[a] == 1.0 and fc[ac] == 2.0


def test_keys_of_outputs_survive():
    x = T.dvector("x")
    f = theano.function([x], {"squares": x**2, "sum": x.sum()})
    for g in (copy.copy(f), copy.deepcopy(f), pickle.loads(pickle.dumps(f))):
        found = g([2.0, 3.0])
        assert found["squares"].tolist() == [4.0, 9.0] and found["sum"] == 5.0


def test_a_class_that_holds_functions_is_pickled_and_copied():
    holder = Holder()
    holder.step(2.0)
    for twin in (copy.deepcopy(holder), pickle.loads(pickle.dumps(holder))):
        assert twin.total() == 2.0
        twin.step(3.0)
        assert twin.total() == twin.state.get_value() == 5.0
    assert holder.total() == 2.0


class Holder:
    """A model: functions that share a state."""

    def __init__(self):
        x = T.dscalar("x")
        self.state = theano.shared(0.0, "state")
        self.step = theano.function([x], [], updates=[(self.state, self.state + x)])
        self.total = theano.function([], self.state)


def test_a_variable_and_its_line_survive():
    x = T.dmatrix("x")
    y = T.dot(x, x)
    z = pickle.loads(pickle.dumps(y, -1))
    assert str(z.origin) == str(y.origin) and z.origin.line == y.origin.line
    assert str(z.owner.inputs[0].origin) == str(x.origin)
    assert copy.deepcopy(z).origin == z.origin


# -- what programs of old call ---------------------------------------------------------------------------------------------


def test_a_dumped_call_makes_the_same_function(tmp_path):
    x = T.dvector("x")
    x.tag.test_value = np.ones(2)
    s = theano.shared(1.0, "s")
    path = tmp_path / "call.pkl"
    theano.function_dump(str(path), [theano.In(x, name="values")], x * s, updates=[(s, s + 1)], name="dumped")
    with open(path, "rb") as file:
        f = theano.function(**pickle.load(file))
    assert f(values=[1.0, 2.0]).tolist() == [1.0, 2.0] and f([1.0, 2.0]).tolist() == [2.0, 4.0]
    assert f.name == "dumped" and s.get_value() == 1.0
    assert not hasattr(f.maker.inputs[0].variable.tag, "test_value")


def test_arrays_apart_from_a_pickle(tmp_path):
    from theano.misc.pkl_utils import dump, load

    shared = np.arange(3.0)
    first, second = theano.shared(np.eye(2), "W"), theano.shared(np.ones(2), "W")
    path = tmp_path / "model.zip"
    with open(path, "wb") as file:
        dump([first, second, shared, shared, theano.function([], first.sum())], file)
    assert sorted(np.load(path).keys()) == ["W", "W_2", "array_0", "pkl"]
    with open(path, "rb") as file:
        w, v, a, b, f = load(file)
    assert a is b and a.tolist() == [0.0, 1.0, 2.0]
    assert v.get_value().tolist() == [1.0, 1.0]
    w.set_value(np.full((2, 2), 3.0))
    assert f() == 12.0


@pytest.mark.parametrize("copies", [True, False])
def test_a_graph_is_rebuilt_and_its_shared_variables_are_collected(copies):
    x, y = T.dscalars("x", "y")
    s, t = theano.shared(2.0, "s"), theano.shared(3.0, "t")
    t.default_update = t + 1
    inputs, outputs, (clone_d, updates, pairs, shared) = theano.compile.rebuild_collect_shared(
        [x * y * s, x], inputs=[x], replace={y: t}, updates=[(s, s + x)], copy_inputs_over=copies
    )
    assert (inputs[0] is x) == copies and set(shared) == {s, t} and set(updates) == {s, t}
    assert clone_d[x] is inputs[0] and [v for v, _ in pairs] == list(updates)
    if copies:
        assert outputs[0].eval({x: 1.0}) == 6.0 and updates[s].eval({x: 1.0}) == 3.0
