"""What ``python -m theano`` says of the installation, and its checks."""

import numpy as np
import pytest

import theano
from theano.command_line import installation, self_test
from theano.configuration import config


@pytest.mark.parametrize("name", self_test.CHECKS)
def test_every_check_passes(name, backend):
    with theano.change_flags(linker=backend):
        self_test.CHECKS[name]()


def test_what_fails_is_named_and_the_others_are_carried_out(monkeypatch, capsys):
    ran = []

    def bad():
        raise ValueError("this one is broken")

    checks = {"good": lambda: ran.append(1), "bad": bad, "last": lambda: ran.append(2)}
    monkeypatch.setattr(self_test, "CHECKS", checks)
    assert self_test.self_test() == 1 and ran == [1, 2]
    told = capsys.readouterr().out
    assert "FAILED    bad" in told and "ValueError: this one is broken" in told
    assert told.splitlines()[-1] == "1 of 3 checks failed"
    del checks["bad"]
    assert self_test.self_test() == 0 and capsys.readouterr().out.splitlines()[-1] == "all 2 checks passed"


def test_a_wrong_result_is_a_failure():
    with pytest.raises(AssertionError):
        self_test.assert_close(np.array([1.0, 2.0]), [1.0, 2.0001])


def test_a_folder_in_which_nothing_can_be_kept_is_told(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")  # no folder can be made below it
    monkeypatch.setitem(vars(config), "compiledir", str(tmp_path / "file"))
    with pytest.raises(AssertionError, match="cannot be kept in"):
        self_test.CHECKS["finished code on disk, taken by a pickled function"]()


def test_flags_of_the_default_are_not_told():
    with theano.change_flags({"floatX": "float32", "scan.allow_gc": not config.scan.allow_gc}):
        told = list(installation._flags())
    assert "floatX=float32" in told and f"scan.allow_gc={not config.scan.allow_gc}" in told
    assert not any(line.startswith(("floatX", "scan.allow_gc")) for line in installation._flags())


def test_the_libraries_that_numpy_and_scipy_brought_answer_with_their_threads():
    paths = installation._loaded_libraries("openblas")
    for path in paths:
        assert installation._ask(path, "no_such_name", int) is None
    told = list(installation._blas())
    assert len(told) == 1 + len(paths) and all("threads, code for" in line for line in told[1:])
