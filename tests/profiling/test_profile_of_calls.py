"""Times of compiled functions: counted by their own code, for steps, loops within loops and long programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano import ProfileStats
from theano.tensor.nnet import conv2d

NATIVE, PYTHON = theano.Mode("llvm", "fast_run"), theano.Mode("py", "fast_run")
BACK_ENDS = pytest.mark.parametrize("mode", [NATIVE, PYTHON], ids=["llvm", "python"])


def quiet(**options: Any) -> ProfileStats:
    return ProfileStats(atexit_print=False, **options)


def profiled(inputs: list, outputs: Any, mode: Any = NATIVE, **options: Any) -> Callable[..., Any]:
    return theano.function(inputs, outputs, mode=mode, profile=quiet(), **options)


def ops_of(step: Any) -> set[str]:
    return {str(node.op).partition("{")[0] for node in step.nodes}


def training_step(mode: Any) -> tuple[Any, Any]:
    x = T.dmatrix("x")
    w = theano.shared(np.full((8, 3), 0.1), "w")
    cost = T.sqr(T.tanh(T.dot(x, w))).sum()
    return theano.function([x], cost, updates=[(w, w - 0.1 * T.grad(cost, w))], mode=mode, profile=quiet()), w


@BACK_ENDS
def test_calls_and_steps_are_counted_and_values_are_the_same(mode: Any) -> None:
    f, w = training_step(mode)
    plain_w = theano.shared(np.full((8, 3), 0.1))
    x = T.dmatrix("x")
    cost = T.sqr(T.tanh(T.dot(x, plain_w))).sum()
    plain = theano.function([x], cost, updates=[(plain_w, plain_w - 0.1 * T.grad(cost, plain_w))], mode=mode)
    given = np.ones((5, 8))
    for _ in range(7):
        assert f(given) == plain(given)
    assert np.array_equal(w.get_value(), plain_w.get_value())
    assert f.profile.fct_callcount == 7
    steps = f.profile.steps()
    assert steps and all(step.calls == 7 and step.seconds >= 0 for step in steps)
    assert 0 < sum(step.seconds for step in steps) <= f.profile.fct_call_time


@BACK_ENDS
def test_each_node_of_the_graph_has_a_time_and_an_own_line(mode: Any) -> None:
    f, _ = training_step(mode)
    f(np.ones((5, 8)))
    times = f.profile.apply_time
    shown = {node for node in f.maker.fgraph.apply_nodes if "DimShuffle" not in str(node.op)}
    assert shown <= set(times)
    assert all(node.origin.file == __file__ for node in times)
    assert sum(times.values()) == pytest.approx(sum(s.seconds for s in f.profile.steps()))
    assert sum(f.profile.op_time().values()) == pytest.approx(sum(times.values()))
    assert sum(f.profile.class_nodes().values()) == len(times)
    assert set(f.profile.class_impl().values()) == {"C " if mode is NATIVE else "Py"}


def test_work_of_a_product_is_known() -> None:
    x, w = T.dmatrices("x", "w")
    f = profiled([x, w], T.dot(x, w))
    f(np.ones((30, 40)), np.ones((40, 50)))
    (step,) = f.profile.steps()
    assert (step.kind, step.operations) == ("BLAS", 2 * 30 * 40 * 50)
    assert (step.read, step.written) == (8 * (30 * 40 + 40 * 50), 8 * 30 * 50)


def test_a_loop_counts_what_it_goes_to() -> None:
    x, rows = T.dmatrix("x"), T.lvector("rows")
    f = profiled([x, rows], T.exp(x[rows]) + 1)
    f(np.ones((1000, 4)), [3, 5])
    step = f.profile.steps()[-1]
    assert step.read == 8 * 2 * 4 + 8 * 2  # two rows, not all of the matrix
    assert step.written == 8 * 2 * 4
    assert step.operations == 2 * 2 * 4


def test_a_fused_loop_names_all_that_is_computed_in_it() -> None:
    x = T.dvector("x")
    f = profiled([x], T.exp(T.tanh(x) * 2).sum())
    f(np.ones(10))
    (step,) = f.profile.steps()
    assert [str(node.op).partition("{")[2].partition(",")[0] for node in step.nodes[:3]] == ["tanh", "mul", "exp"]
    assert "Sum" in ops_of(step)


def test_the_steps_of_a_loop_are_counted_within_it() -> None:
    x = T.dmatrix("x")
    outputs, _ = theano.scan(lambda row, s: T.tanh(row + T.dot(s, x[:4].T)), x, T.zeros(4))
    f = profiled([x], outputs[-1])
    f(np.ones((9, 4)))
    f(np.ones((6, 4)))
    steps = f.profile.steps()
    (loop,) = (k for k, step in enumerate(steps) if step.kind == "scan")
    inner = [step for step in steps if step.within == loop]
    assert steps[loop].calls == 2
    assert inner and all(step.calls == 15 for step in inner)
    assert sum(step.seconds for step in inner) <= steps[loop].seconds
    assert not any(step.within > loop for step in steps)


def test_a_branch_counts_what_is_taken() -> None:
    x, c = T.dvector("x"), T.bscalar("c")
    f = profiled([c, x], theano.ifelse.ifelse(c, T.exp(x).sum(), T.dot(x, x)))
    for given in (1, 1, 0):
        f(given, np.ones(100))
    steps = f.profile.steps()
    (branch,) = (k for k, step in enumerate(steps) if step.kind == "branch")
    assert steps[branch].calls == 3
    assert sorted(step.calls for step in steps if step.within == branch) == [1, 2]


def test_a_long_program_counts_each_of_its_steps() -> None:
    x, w = T.dmatrix("x"), theano.shared(np.eye(4) * 0.5)
    y = x
    for k in range(40):
        y = T.tanh(T.dot(y, w) + k)
    f = profiled([x], y)
    for _ in range(3):
        f(np.ones((6, 4)))
    steps = f.profile.steps()
    products = [step for step in steps if step.kind == "BLAS"]
    assert len(products) == 40
    assert all(step.calls == 3 and step.operations == 3 * 2 * 6 * 4 * 4 for step in products)
    assert all(step.written == 3 * 8 * 6 * 4 for step in products)
    lines = {node.origin.line for step in steps for node in step.nodes}
    assert lines == {test_a_long_program_counts_each_of_its_steps.__code__.co_firstlineno + 4}


def test_what_python_performs_is_a_step_of_its_own() -> None:
    @theano.as_op([T.dvector], [T.dvector])
    def reversed_twice(x: np.ndarray) -> np.ndarray:
        return x[::-1][::-1].copy()

    x = T.dvector("x")
    f = profiled([x], T.exp(reversed_twice(x)))
    f(np.ones(5))
    kinds = {step.kind for step in f.profile.steps()}
    assert kinds == {"python", "loop"}
    assert sorted(f.profile.op_impl().values()) == ["C ", "Py"]


def test_a_convolution_tells_which_way_it_is_computed() -> None:
    x, k = T.tensor4("x", "float32"), T.tensor4("k", "float32")
    f = profiled([x, k], conv2d(x, k))
    f(np.ones((2, 3, 12, 12), "float32"), np.ones((4, 3, 3, 3), "float32"))
    (step,) = (step for step in f.profile.steps() if step.kind == "convolution")
    told = "image (2, 3, 12, 12)  kernel (4, 3, 3, 3)  top (2, 4, 10, 10): "
    assert step.note.startswith(told)
    assert theano.compile.convolutions.explain_convolutions(
        f, np.ones((2, 3, 12, 12), "float32"), np.ones((4, 3, 3, 3), "float32")
    ).endswith(step.note.removeprefix(told))
    assert step.operations == 2 * (2 * 4 * 10 * 10) * (3 * 3 * 3)


def test_memory_is_that_of_temporaries_and_outputs() -> None:
    x = T.dmatrix("x")
    f = profiled([x], T.dot(T.dot(x, x), x))
    f(np.ones((16, 16)))
    total = f.profile.total()
    assert total.room == 8 * 16 * 16
    assert total.output_bytes == 8 * 16 * 16


@BACK_ENDS
def test_the_first_call_can_be_left_out(mode: Any) -> None:
    with theano.change_flags({"profiling.ignore_first_call": True}):
        f, _ = training_step(mode)
    for _ in range(4):
        f(np.ones((5, 8)))
    assert f.profile.fct_callcount == 3
    assert {step.calls for step in f.profile.steps()} == {3}


@BACK_ENDS
def test_calls_alone_can_be_timed(mode: Any) -> None:
    x = T.dvector("x")
    f = theano.function([x], T.exp(x), mode=mode, profile=quiet(flag_time_thunks=False))
    f([1.0])
    f([1.0])
    assert f.profile.fct_callcount == 2
    assert f.profile.steps() == []
    assert f.profile.to_dict()["steps"] == []


@BACK_ENDS
def test_a_failed_call_does_not_count(mode: Any) -> None:
    x, k = T.dvector("x"), T.lscalar("k")
    f = profiled([x, k], x[k] * 2, mode)
    f([1.0], 0)
    with pytest.raises(IndexError):
        f([1.0], 5)
    assert f.profile.fct_callcount == 1


def test_one_profile_may_be_given_to_several_functions() -> None:
    x = T.dvector("x")
    both = quiet(message="both")
    f, g = (theano.function([x], y, mode=NATIVE, profile=both) for y in (T.exp(x), T.tanh(x).sum()))
    f([1.0])
    g([1.0])
    g([1.0])
    assert both.fct_callcount == 3
    assert [step.calls for step in both.steps()] == [1, 2]
    both.reset()
    assert both.fct_callcount == 0


def test_the_time_in_all_calls_counts_each_function_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theano.profiling.at_exit, "_printed", [])
    monkeypatch.setattr(theano.profiling.at_exit, "_counted", [])
    x = T.dvector("x")
    f = profiled([x], T.exp(x))
    f([1.0])
    f.profile.sources *= 2  # as in the sum of all profiles
    file = StringIO()
    f.profile.summary_globals(file)
    seconds = f.profile.sources[0][1].total().seconds
    assert file.getvalue().startswith(f"Time in all calls of profiled functions {seconds:e}s")


def test_a_copy_may_have_a_profile_of_its_own() -> None:
    x = T.dvector("x")
    f = theano.function([x], x * 2, mode=NATIVE)
    assert f.profile is None
    g = f.copy(profile=quiet())
    g([1.0])
    assert g.profile.fct_callcount == 1 and f.profile is None


def test_the_flag_gives_every_function_a_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theano.profiling.at_exit, "_printed", [])
    x = T.dvector("x")
    with theano.change_flags(profile=True):
        f = theano.function([x], x * 2, name="doubled")
        g = theano.function([x], x * 2, profile=False)
    f([1.0])
    assert f.profile.message == "doubled" and f.profile.fct_callcount == 1
    assert g.profile is None
    assert theano.profiling.totals().calls >= f.profile.fct_call_time


def test_finished_code_from_the_disk_is_timed_too(tmp_path: Any) -> None:
    x = T.dvector("x")

    def made() -> Any:
        return theano.function([x], T.exp(x).sum(), mode=NATIVE, profile=quiet())

    made()
    f = made()
    f([1.0, 2.0])
    (step,) = f.profile.steps()
    assert (step.calls, ops_of(step)) == (1, {"Elemwise", "Sum"})


def test_code_that_is_not_measured_has_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    from theano.backends.llvm import link

    texts = []
    plain = link._emit

    def emit(task: Any) -> Any:
        found = plain(task)
        texts.append(str(found[0]))
        return found

    monkeypatch.setattr(link, "_emit", emit)
    x = T.dvector("x")
    with theano.change_flags(cache=False):
        theano.function([x], T.exp(x).sum(), mode=NATIVE)
        profiled([x], T.exp(x).sum())
    off, on = texts
    assert "profile" not in off and "clock_gettime" not in off
    assert "profile_count" in on


def test_json_tells_lines_and_shares(tmp_path: Any) -> None:
    f, _ = training_step(NATIVE)
    f(np.ones((5, 8)))
    path = tmp_path / "profile.json"
    f.profile.to_json(path)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["calls"] == 1
    node = found["steps"][0]["nodes"][0]
    assert node["file"] == __file__ and "T.dot(x, w)" in node["source"]
    for step in found["steps"]:
        assert sum(node["share"] for node in step["nodes"]) == pytest.approx(1)


def test_total_times_include_what_is_needed() -> None:
    f, _ = training_step(NATIVE)
    f(np.ones((5, 8)))
    own, whole = f.profile.apply_time, f.profile.compute_total_times()
    for node, seconds in own.items():
        above = [v.owner for v in node.inputs if v.owner in own]
        assert whole[node] >= seconds
        assert all(whole[node] >= whole[other] for other in above)


@BACK_ENDS
def test_the_summary_has_the_tables_of_old(mode: Any) -> None:
    f, _ = training_step(mode)
    for _ in range(2):
        f(np.ones((5, 8)))
    file = StringIO()
    with theano.change_flags(profile_memory=True, **{"profiling.min_peak_memory": True}):
        f.profile.summary(file, n_ops_to_print=2, n_apply_to_print=2)
    text = file.getvalue()
    for part in ("Function profiling", "Time in 2 calls to Function.__call__", "Class\n-----", "Ops\n---", "Apply\n-----",
                 "Steps\n-----", "Max peak memory with current setting", "Minimum peak over all orders",
                 "Theano Optimizer time", "remaining"):  # fmt: skip
        assert part in text, part
    assert "[test_profile_of_calls.py:" in text
    f.profile.line_width = 30
    file = StringIO()
    f.profile.summary_ops(file)
    assert max(map(len, file.getvalue().splitlines())) <= 30


def test_a_registered_printer_is_called() -> None:
    from theano.profiling import summary

    seen = []
    theano.compile.profiling.register_profiler_printer(lambda *given: seen.append(given))
    f, _ = training_step(NATIVE)
    f(np.ones((5, 8)))
    file = StringIO()
    f.profile.summary(file)
    summary._printers.pop()
    ((message, compile_time, call_time, times, native, sizes, where),) = seen
    assert (message, where) == (f.profile.message, file)
    assert compile_time > 0 and call_time > 0
    assert set(times) == set(native) == set(sizes)


def test_the_lowest_peak_is_found_over_all_orders() -> None:
    from theano.backends.timing import TimedStep
    from theano.profiling.summary import least_peak

    x = T.dvector("x")
    large = [T.exp(x + k) for k in range(2)]
    small = [y.sum() for y in large]
    final = small[0] + small[1]
    steps = [TimedStep("loop", (v.owner,), calls=1, written=n) for v, n in zip(large, (100, 100), strict=True)]
    steps += [TimedStep("loop", (v.owner,), calls=1, written=1) for v in (*small, final)]
    assert least_peak(steps) == 102  # not 201: each large one is summed before the next is made
    assert least_peak(steps * 8) is None


def test_threads_count_all_of_their_calls() -> None:
    from threading import Thread

    x = T.dvector("x")
    f = profiled([x], T.exp(x).sum())
    given = np.ones(50_000)
    threads = [Thread(target=lambda: [f(given) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert f.profile.fct_callcount == 200
    assert [step.calls for step in f.profile.steps()] == [200]
