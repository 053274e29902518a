"""The benchmarks' workloads and worker, with NumPy as the only peer."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import starts
from benchmarks.__main__ import left_out, parse
from benchmarks.client import Client, PeerFailed
from benchmarks.peers import PEERS, Peer, own_variables
from benchmarks.timing import Plan, check
from benchmarks.worker import Session, serve
from benchmarks.workloads import WORKLOADS
from benchmarks.workloads.workload import Workload, reference
from tests.sweep import FACTOR

IN_A_SWEEP = {"lenet batch 500"} if FACTOR == 1 else set()  # NumPy takes eight seconds for it

SMALL = [
    pytest.param(workload, case, id=f"{workload.name} {case.label}")
    for workload in WORKLOADS.values()
    for case in workload.cases
    if case.is_quick and f"{workload.name} {case.label}" not in IN_A_SWEEP
]


@pytest.mark.parametrize(("workload", "case"), SMALL)
def test_reference_is_finite_and_the_same_every_time(workload, case):
    first, second = reference(workload, case), reference(workload, case)
    assert len(first) == case.checked_calls
    assert all(np.isfinite(value).all() for value in first)
    check(second, first, tolerance=case.tolerance)


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=WORKLOADS)
def test_every_builder_belongs_to_a_peer_and_every_compiled_label_to_a_case(workload):
    assert set(workload.builders) <= set(PEERS)
    assert [workload.case(label).label for label in workload.compiled] == list(workload.compiled)
    assert len({case.label for case in workload.cases}) == len(workload.cases)


def test_compile_times_are_taken_of_the_peers_that_compile():
    compilers = {peer.name for peer in PEERS.values() if peer.is_compiler}
    assert compilers == {"theano", "pytensor", "jax", "torch_compile"}


def test_seed_step_closes_four_fifths_of_the_gap():
    workload = WORKLOADS["seed_step"]
    np.testing.assert_allclose(reference(workload, workload.case("lists")), [0.8, 80.16, 96.032], rtol=1e-14)


@pytest.mark.parametrize("name", ["mlp_step", "compile_deep", "optimizers"])
def test_training_steps_lower_the_cost(name):
    workload = WORKLOADS[name]
    costs = reference(workload, workload.cases[0])
    assert costs[0] > costs[1] > costs[2]


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (np.zeros(3), "shape"),
        (np.zeros(2, "float32"), "dtype"),
        (np.array([1.0, 2.1]), "error"),
        (np.array([1.0, np.nan]), "error"),
    ],
)
def test_wrong_results_are_refused(found, reason):
    with pytest.raises(PeerFailed, match=f"wrong result: {reason}"):
        check([found], [np.array([1.0, 2.0])], tolerance=1e-3)


def test_small_errors_are_accepted():
    check([np.array([1e-9, 2.0])], [np.array([0.0, 2.0])], tolerance=1e-8)


def ask(*requests: dict[str, object], peer: str = "numpy") -> list[dict[str, object]]:
    """The answers of a worker that runs here."""
    answers = io.StringIO()
    serve(Session(PEERS[peer], threads=1), io.StringIO("\n".join(map(json.dumps, requests))), answers)
    return [json.loads(line) for line in answers.getvalue().splitlines()]


def test_worker_prepares_calibrates_times_and_finishes(tmp_path):
    results = tmp_path / "results.npz"
    hello, built, chosen, timed, finished = ask(
        {"do": "hello"},
        {"do": "prepare", "workload": "seed_step", "case": "arrays", "results": str(results)},
        {"do": "calibrate", "batch_seconds": 0.001},
        {"do": "time", "calls": 3},
        {"do": "finish"},
    )
    assert set(hello) == {"import_seconds"}
    assert set(built) == {"build_seconds", "resident_bytes", "peak_bytes"}
    assert chosen["arguments"] == "numpy arrays"
    assert set(timed) == {"seconds"}
    assert set(finished) == {"peak_bytes"}
    with np.load(results) as arrays:
        workload = WORKLOADS["seed_step"]
        check(list(arrays.values()), reference(workload, workload.case("arrays")), tolerance=0)


def test_what_a_peer_raises_is_its_answer_and_the_worker_goes_on():
    failed, again = ask({"do": "prepare", "workload": "none", "case": "", "results": None}, {"do": "finish"})
    assert failed == {"failure": "KeyError: 'none'"}
    assert set(again) == {"peak_bytes"}


def test_what_slows_down_a_single_peer_is_not_handed_on(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("OPENBLAS_CORETYPE", "Haswell")
    monkeypatch.setenv("HOME", "/here")
    assert own_variables()["HOME"] == "/here" and "OPENBLAS_CORETYPE" not in own_variables()
    assert "PYTHONDONTWRITEBYTECODE" not in own_variables()


def test_a_missing_environment_is_named_with_the_command_that_makes_it(tmp_path: Path):
    with pytest.raises(PeerFailed, match=r"no environment nowhere: python -m benchmarks\.environments"):
        Client(Peer("nobody", "nowhere", ()), threads=1, cache=tmp_path, patience=1.0)


def test_a_peer_that_takes_too_long_is_left_out_of_larger_cases(monkeypatch):
    asked = []

    class SlowClient:
        """A worker whose every compilation takes a minute."""

        def __init__(self, peer, threads, cache, patience):
            self.name = peer.name

        def ask(self, do, workload="", case="", results=""):
            if do == "prepare":
                asked.append((self.name, case))
                np.savez(results)
            return {"build_seconds": 60.0 if self.name == "jax" else 0.1, "resident_bytes": None, "peak_bytes": None}

        def close(self):
            pass

    monkeypatch.setattr(starts, "Client", SlowClient)
    monkeypatch.setattr(starts, "reference", lambda workload, case: [])
    monkeypatch.setattr(starts, "check", lambda *given: None)
    first, second = WORKLOADS["compile_deep"].compiled[:2]
    monkeypatch.setitem(vars(WORKLOADS["compile_deep"]), "compiled", (first, second))

    def is_deep(workload, case):
        return workload.name == "compile_deep"

    tables = list(starts.time_compiles(["theano", "jax"], 1, Plan(rounds=2), is_deep))
    assert [case for name, case in asked if name == "jax"] == [first] * 2  # cold and warm, once each
    assert [case for name, case in asked if name == "theano"] == [first] * 4 + [second] * 4
    assert tables[-1][1].failure == f"left out: {first} took 60 s"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sed_step"], "no such workload: sed_step"),
        (["--peers", "numpy,cupy"], "no such peer: cupy"),
        (["--threads", "100000"], "100000 threads asked for"),
    ],
)
def test_unknown_names_are_refused(arguments, message, capsys):
    with pytest.raises(SystemExit):
        parse(arguments)
    assert message in capsys.readouterr().err


def test_options_are_read():
    options = parse(["gemm", "--threads", "1", "--peers", "numpy,jax", "--rounds", "2", "--quick"])
    assert (options.workloads, options.threads, options.peers) == (["gemm"], (1,), ("numpy", "jax"))
    assert (options.rounds, options.quick) == (2, True)


def test_long_cases_run_only_when_asked_for():
    for workload in WORKLOADS.values():
        assert any(case.is_wanted(quick=False, long=False) for case in workload.cases)
        assert not any(case.is_quick and case.is_long for case in workload.cases)
        assert all(case.is_wanted(quick=False, long=True) for case in workload.cases)
    taken = [case.label for case in WORKLOADS["long_chain"].cases if case.is_wanted(quick=False, long=False)]
    assert taken == ["1000 nodes"]
    assert parse(["--threads", "1", "--long"]).long
    assert not parse(["--threads", "1"]).long


@pytest.mark.parametrize(
    ("arguments", "reasons"),
    [
        (["compile_deep", "--cases", "800"], ["compile_deep 800 layers: --long takes it in"]),
        (["compile", "--cases", "deep 800"], ["compile_deep 800 layers: --long takes it in"]),
        (["compile_deep", "--cases", "800", "--long"], []),
        (["elemwise_chain", "--cases", "p float64 1e7", "--quick"], ["elemwise_chain cheap float64 1e7: not with --quick"]),
        (["compile_deep"], []),
    ],
)
def test_a_case_that_is_named_and_does_not_run_is_told(arguments, reasons):
    assert left_out(parse(["--threads", "1", *arguments])) == reasons


def slopes_by_differences(workload: Workload, label: str, name: str) -> np.ndarray:
    """Central differences of the reference's first number, by each entry of an input."""
    parameters = workload.case(label).parameters
    slopes = []
    for k in range(workload.inputs(parameters)[name].size):
        values = []
        for step in (1e-6, -1e-6):
            inputs = workload.inputs(parameters)
            inputs[name].flat[k] += step
            prepared = workload.builders["numpy"](np, parameters, inputs)
            values.append(prepared.to_numpy(prepared.call(*prepared.arguments["numpy arrays"]))[0])
        slopes.append((values[0] - values[1]) / 2e-6)
    return np.array(slopes)


@pytest.mark.parametrize("label", ["flat 919 rows", "separate 919 rows"])
def test_the_log_density_has_the_gradient_written_out(label):
    workload = WORKLOADS["pymc_logp"]
    (found,) = reference(workload, workload.case(label))
    np.testing.assert_allclose(found[1:], slopes_by_differences(workload, label, "point"), rtol=1e-4, atol=1e-4)
