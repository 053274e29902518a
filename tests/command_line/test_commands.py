"""``python -m theano`` and ``theano-cache``: what they print, what they do to the folder, how they end."""

import importlib
import os
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import numpy as np
import pytest

import theano
from theano.backends.llvm import cache
from theano.command_line import main, theano_cache
from theano.configuration import config

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The cache folder, with three sound functions in it."""
    monkeypatch.setitem(vars(config), "compiledir", str(tmp_path / "compiled"))
    for name in ("aa", "bb", "cc"):
        cache.write(name, name.encode() * 1000, [], [np.arange(3.0)])
    return Path(cache.folder())


def names(folder):
    return sorted(os.listdir(folder))


def damage(path):
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def leave_unfinished(folder, age):
    path = folder / f"{cache.UNFINISHED}{age}"
    path.write_bytes(b"half of it")
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_info_counts_functions_and_bytes(folder, capsys):
    assert main(["cache", "info"]) == 0
    size = sum(path.stat().st_size for path in folder.iterdir())
    place, counted = capsys.readouterr().out.splitlines()
    assert place == str(folder) and counted.startswith(f"3 functions, {size / 1e6:.1f} MB of")


@pytest.mark.parametrize("action", ["info", "verify", "clear"])
def test_a_folder_that_is_not_there_is_empty(tmp_path, monkeypatch, capsys, action):
    monkeypatch.setitem(vars(config), "compiledir", str(tmp_path / "nowhere"))
    assert main(["cache", action]) == 0
    assert "0 f" in capsys.readouterr().out and not (tmp_path / "nowhere").exists()


def test_clear_deletes_all_but_what_is_being_written(folder):
    leave_unfinished(folder, 10_000)
    fresh = leave_unfinished(folder, 0)
    assert main(["cache", "clear"]) == 0
    assert names(folder) == [fresh.name]


def test_verify_is_content_with_sound_functions_and_deletes_what_was_never_finished(folder, capsys):
    leave_unfinished(folder, 10_000)
    fresh = leave_unfinished(folder, 0)
    assert main(["cache", "verify"]) == 0
    assert capsys.readouterr().out.splitlines() == ["1 unfinished file deleted", "all 3 functions sound"]
    assert names(folder) == [fresh.name, "aa", "bb", "cc"]


@pytest.mark.parametrize(
    "spoil", [damage, lambda path: path.write_bytes(b""), lambda path: path.chmod(0o666)]
)
def test_verify_tells_of_damage_and_removes_it_when_asked(folder, capsys, spoil):
    spoil(folder / "bb")
    assert main(["cache", "verify"]) == 1
    first, second, _ = capsys.readouterr().out.splitlines()
    assert first == f"damaged: {folder / 'bb'}" and second == "2 of 3 functions are sound"
    assert names(folder) == ["aa", "bb", "cc"]
    assert main(["cache", "verify", "--remove"]) == 0
    assert names(folder) == ["aa", "cc"] and main(["cache", "verify"]) == 0


def test_a_function_that_another_process_deletes_meanwhile_is_not_damaged(folder, monkeypatch, capsys):
    def read_late(key):
        os.unlink(folder / key)

    monkeypatch.setattr(cache, "read", read_late)
    assert main(["cache", "verify"]) == 0
    assert "damaged" not in capsys.readouterr().out and names(folder) == []


def test_deleting_what_is_gone_is_no_error(folder, monkeypatch):
    from theano.command_line import cache_folder

    found = cache_folder.files()
    for path in folder.iterdir():
        path.unlink()
    monkeypatch.setattr(cache_folder, "files", lambda: found)
    assert main(["cache", "clear"]) == 0


def test_folders_below_are_left_alone(folder):
    (folder / "kept").mkdir()
    assert main(["cache", "verify"]) == main(["cache", "clear"]) == 0
    assert names(folder) == ["kept"]


@pytest.mark.parametrize(
    "command",
    [["nonsense"], ["cache"], ["cache", "nonsense"], ["--nonsense"], ["bench", "--libraries", "abacus"]],
    ids=" ".join,
)
def test_what_is_not_understood_ends_with_2_and_says_why(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(command)
    told = capsys.readouterr().err
    assert stopped.value.code == 2 and "error: " in told and told.startswith("usage: python -m theano")


@pytest.mark.parametrize(
    "command",
    ["", "cache", "cache info", "cache clear", "cache verify", "bench"],
    ids=lambda text: text or "theano",
)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([*command.split(), "--help"])
    assert stopped.value.code == 0 and f"usage: python -m theano {command}".strip() in capsys.readouterr().out


def test_verifying_and_clearing_while_others_write(folder):
    program = """
import sys
from theano.backends.llvm import cache
cache.folder = lambda: sys.argv[1]
print(flush=True)
for k in range(10_000):
    cache.write(f"{k % 50:02x}", bytes(1000), [], [])
"""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src")}
    command = [sys.executable, "-c", program, str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        try:
            for _ in range(20):
                assert main(["cache", "verify"]) == main(["cache", "info"]) == 0
                assert main(["cache", "clear"]) == 0
        finally:
            writer.kill()  # in the middle of a file, as likely as not
    assert main(["cache", "verify"]) == 0


# -- the script of 1.0.5 ---------------------------------------------------------------------------------------------------


def test_the_old_script_is_an_entry_point():
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["scripts"]
    module, _, name = scripts["theano-cache"].partition(":")
    assert getattr(importlib.import_module(module), name) is theano_cache


@pytest.mark.parametrize("command, flag", [([], "compiledir"), (["basecompiledir"], "base_compiledir")])
def test_the_old_script_prints_folders(folder, capsys, command, flag):
    assert theano_cache(command) == 0
    assert capsys.readouterr().out.strip() == getattr(config, flag)


def test_the_old_script_lists_and_clears(folder, capsys):
    assert theano_cache(["list"]) == 0
    listed = capsys.readouterr().out
    assert all(str(folder / name) in listed for name in ("aa", "bb", "cc"))
    assert theano_cache(["clear"]) == 0 and names(folder) == []


def test_the_old_script_cleans_up(folder):
    damage(folder / "aa")
    leave_unfinished(folder, 10_000)
    assert theano_cache(["cleanup"]) == 0 and names(folder) == ["bb", "cc"]


@pytest.mark.parametrize("others", [False, True])
def test_the_old_script_purges_what_is_ours(folder, others):
    if others:
        (folder.parent / "diary").write_text("dear")
    assert theano_cache(["purge"]) == 0
    assert not folder.exists() and folder.parent.exists() == others


def test_the_old_script_unlocks_and_helps(folder, capsys):
    assert theano_cache(["unlock"]) == 0 and names(folder) == ["aa", "bb", "cc"]
    assert theano_cache(["help"]) == 0
    helped = capsys.readouterr().out
    assert all(name in helped for name in ("list", "cleanup", "clear", "purge", "basecompiledir", "unlock"))
    with pytest.raises(SystemExit) as stopped:
        theano_cache(["nonsense"])
    assert stopped.value.code == 2


# -- as programs -----------------------------------------------------------------------------------------------------------


def started(*arguments, flags=""):
    environment = {**os.environ, "PYTHONPATH": str(PROJECT / "src"), "THEANO_FLAGS": flags}
    command = [sys.executable, *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_the_module_is_a_program(tmp_path):
    done = started("-m", "theano", "--no-test", flags=f"base_compiledir={tmp_path},floatX=float32")
    assert done.returncode == 0, done.stderr
    titles = [line.split()[0] for line in done.stdout.splitlines() if not line.startswith(" ")]
    assert titles == [
        "theano",
        "python",
        "packages",
        "system",
        "processor",
        "BLAS",
        "cache",
        "devices",
        "flags",
    ]
    assert "floatX=float32, set in THEANO_FLAGS" in done.stdout and theano.__version__ in done.stdout


def test_a_reader_may_stop_early(tmp_path):
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT / "src"),
        "THEANO_FLAGS": f"base_compiledir={tmp_path}",
    }
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "theano", "cache", "info"]
    done = subprocess.run(
        command, env=environment, stdout=writing, stderr=subprocess.PIPE, text=True, check=False
    )
    os.close(writing)
    assert done.returncode == 1 and done.stderr == ""


def test_importing_theano_does_not_import_its_commands():
    done = started("-c", "import sys, theano; print([n for n in sys.modules if 'command_line' in n])")
    assert done.stdout.strip() == "[]"
