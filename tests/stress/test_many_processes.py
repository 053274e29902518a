"""Many processes that compile the same functions from an empty cache at once, some of them killed or stopped."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from compiling import LONG, environment, kept

PROCESSES, FUNCTIONS = (64, 50) if LONG else (4, 5)
PROGRAM = Path(__file__).with_name("compiling.py")

FORKING = """
import os, sys
sys.path.insert(0, sys.argv[1])
import theano, theano.tensor
from compiling import compile_and_check
children = []
for _ in range(int(sys.argv[2])):
    child = os.fork()
    if child == 0:
        code = 1
        try:
            compile_and_check(int(sys.argv[3]))
            code = 0
        finally:
            os._exit(code)
    children.append(child)
print([os.waitpid(child, 0)[1] for child in children])
"""

DYING = """
import os, signal, sys, tempfile
sys.path.insert(0, sys.argv[1])
from compiling import compile_and_check
import theano
from theano.backends.llvm import cache
def die(*arguments, **keywords):
    os.kill(os.getpid(), getattr(signal, sys.argv[3]))
if sys.argv[2] == "compiling":
    from theano.backends.llvm import machine
    machine.optimise = die
elif sys.argv[2] == "writing":
    def half(handle, mode):
        os.write(handle, b"half of a file")
        die()
    os.fdopen = half
else:
    os.replace = die
compile_and_check(1)
"""


def start(folder: Path, count: int = FUNCTIONS) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, PROGRAM, str(count)], env=environment(folder), stdout=subprocess.PIPE, text=True
    )


def start_dying(folder: Path, moment: str, with_signal: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", DYING, str(PROGRAM.parent), moment, with_signal], env=environment(folder)
    )


def finish(process: subprocess.Popen) -> None:
    assert process.communicate()[0] == "ok\n" and process.returncode == 0


def require_sound(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the cache has its digest."""
    from theano.backends.llvm import cache

    monkeypatch.setattr(cache, "folder", lambda: str(folder / "native"))
    assert all(cache.read(path.name) is not None for path in kept(folder))


def test_processes_that_are_started_at_once_share_one_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for process in [start(tmp_path) for _ in range(PROCESSES)]:
        finish(process)
    assert len(kept(tmp_path)) == FUNCTIONS
    assert sorted((tmp_path / "native").iterdir()) == kept(tmp_path)  # neither locks nor unfinished files
    require_sound(tmp_path, monkeypatch)


def test_processes_that_are_forked_share_one_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FORKING, str(PROGRAM.parent), str(PROCESSES), str(FUNCTIONS)],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[-2] == str([0] * PROCESSES), done.stderr
    assert sorted((tmp_path / "native").iterdir()) == kept(tmp_path) and len(kept(tmp_path)) == FUNCTIONS
    require_sound(tmp_path, monkeypatch)


@pytest.mark.parametrize("moment", ["compiling", "writing", "renaming"])
def test_a_process_that_is_killed_leaves_a_usable_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    assert start_dying(tmp_path, moment, "SIGKILL").wait() == -signal.SIGKILL
    assert not (tmp_path / "native").exists() or kept(tmp_path) == []
    finish(start(tmp_path, 1))
    assert len(kept(tmp_path)) == 1
    require_sound(tmp_path, monkeypatch)


def test_nobody_waits_for_a_process_that_is_stopped_while_it_writes(tmp_path: Path) -> None:
    stopped = start_dying(tmp_path, "renaming", "SIGSTOP")
    try:
        while not (tmp_path / "native").exists() or not any((tmp_path / "native").iterdir()):
            assert stopped.poll() is None
            time.sleep(0.01)
        finish(start(tmp_path, 1))
        assert stopped.poll() is None and len(kept(tmp_path)) == 1
    finally:
        stopped.kill()
        stopped.wait()


@pytest.mark.parametrize("seed", range(20 if LONG else 1))
def test_processes_that_are_killed_at_any_moment_leave_a_usable_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    moments = random.Random(seed)
    for _ in range(8 if LONG else 2):
        process = start(tmp_path)
        time.sleep(moments.uniform(0.2, 1.0))
        process.kill()
        process.communicate()
    finish(start(tmp_path))
    assert len(kept(tmp_path)) == FUNCTIONS
    require_sound(tmp_path, monkeypatch)


def flipped(content: bytes, others: bytes) -> bytes:
    changed = bytearray(content)
    for position in range(7, len(changed), 97):
        changed[position] ^= 0x40
    return bytes(changed)


DAMAGES = {
    "bytes flipped": flipped,
    "first byte flipped": lambda content, others: bytes([content[0] ^ 1]) + content[1:],
    "last byte flipped": lambda content, others: content[:-1] + bytes([content[-1] ^ 1]),
    "truncated": lambda content, others: content[: len(content) // 2],
    "only a digest": lambda content, others: content[:32],
    "longer": lambda content, others: content + b"\0",
    "empty": lambda content, others: b"",
    "that of another function": lambda content, others: others,
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[Path, bytes]]:
    """A cache of two functions, and what its files hold."""
    folder = tmp_path_factory.mktemp("filled")
    finish(start(folder, 2))
    return folder, {path: path.read_bytes() for path in kept(folder)}


def test_tampered_files_are_noticed_and_made_anew(
    filled: tuple[Path, dict[Path, bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from theano.backends.llvm import cache

    folder, contents = filled
    monkeypatch.setattr(cache, "folder", lambda: str(folder / "native"))
    (path, content), (_, others) = contents.items()
    for damage, change in DAMAGES.items():
        path.write_bytes(change(content, others))
        assert cache.read(path.name) is None, damage
    for other, sound in contents.items():
        other.write_bytes(flipped(sound, b""))
    finish(start(folder, 2))
    assert {path: path.read_bytes() for path in kept(folder)} == contents
