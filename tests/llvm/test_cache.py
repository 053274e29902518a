"""The disk cache: what is kept, what is refused, and that a warm start needs no LLVM."""

import os
import subprocess
import sys

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.backends.llvm import cache

PROGRAM = """
import sys
import numpy as np
import theano, theano.tensor as T
x = T.dvector("x")
w = theano.shared(np.arange(3.0), "w")
f = theano.function([x], (x * w).sum(), updates=[(w, w + x)], mode=theano.Mode(linker="llvm"))
print(f([1.0, 1.0, 1.0]), f([1.0, 1.0, 1.0]), "llvmlite" in sys.modules)
try:
    f([1.0, 2.0])
except ValueError as error:
    print(str(error).splitlines()[0])
"""


CALLING_BACK = """
import sys
import numpy as np
import theano, theano.tensor as T
if "warm" in sys.argv:
    from theano.backends.llvm import machine
    machine.object_code = None
x, k = T.dmatrix("x"), T.lvector("k")
w = theano.shared(np.arange(12.0).reshape(4, 3), "w")
y = T.tanh(T.dot(x, T.sort(w, axis=0))[k]) + T.argsort(x, axis=1).sum()
cost = T.sqr(y).sum() / T.exp(w).max(axis=1).prod()
g = T.grad(cost, w)
f = theano.function([x, k], [cost, y], updates=[(w, w - 0.1 * T.sort(g, axis=1))], mode=theano.Mode(linker="llvm"))
for _ in range(2):
    print([value.sum() for value in f(np.eye(4), [3, 0, -1])], w.get_value().sum())
try:
    f(np.eye(4), [7])
except IndexError as error:
    print(str(error).splitlines()[0])
"""


def run(folder, program=PROGRAM, *arguments, **variables):
    environment = dict(os.environ, THEANO_FLAGS=f"compiledir={folder}", PYTHONPATH=os.pathsep.join(sys.path))
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env=environment | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def files(folder):
    return sorted((folder / "native").iterdir())


def test_a_second_process_takes_finished_code_and_imports_no_llvm(tmp_path):
    cold, warm = run(tmp_path), run(tmp_path)
    assert cold[0] == "3.0 6.0 True"
    assert warm[0] == "3.0 6.0 False"
    assert cold[1] == warm[1] == "Input dimension mis-match. (input[0].shape[0] = 2, input[1].shape[0] = 3)"


def test_what_python_performs_is_found_again_in_a_second_process(tmp_path):
    cold = run(tmp_path, CALLING_BACK, PYTHONHASHSEED="1")
    assert len(files(tmp_path)) == 1 and len(cold) == 3
    assert run(tmp_path, CALLING_BACK, "warm", PYTHONHASHSEED="2") == cold


def test_the_order_of_hashes_leaves_no_trace_in_code(tmp_path):
    contents = []
    for seed in "123":
        folder = tmp_path / seed
        run(folder, CALLING_BACK, PYTHONHASHSEED=seed)
        (path,) = files(folder)
        contents.append((path.name, path.read_bytes()))
    assert contents[0] == contents[1] == contents[2]


def test_a_damaged_file_is_made_anew(tmp_path):
    run(tmp_path)
    (path,) = files(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert run(tmp_path)[0] == "3.0 6.0 True"
    assert run(tmp_path)[0] == "3.0 6.0 False"


def test_a_file_that_others_may_write_is_not_trusted(tmp_path):
    run(tmp_path)
    (path,) = files(tmp_path)
    path.chmod(0o666)
    assert run(tmp_path)[0] == "3.0 6.0 True"


def test_the_folder_belongs_to_the_user_alone(tmp_path):
    run(tmp_path)
    assert (tmp_path / "native").stat().st_mode & 0o777 == 0o700


def key_of(outputs, **keywords):
    mode = theano.Mode(linker="py")
    f = theano.function([], outputs, mode=mode, **keywords)
    return cache.key_of(f.maker.task)


def test_equal_graphs_have_one_key_and_other_constants_another():
    def built(number):
        return [T.exp(T.constant(np.full(3, number)))]

    assert key_of(built(2.0)) == key_of(built(2.0)) != key_of(built(3.0))


def test_a_users_own_op_is_not_kept():
    @theano.as_op(itypes=[], otypes=[T.dscalar])
    def one():
        return np.array(1.0)

    assert key_of([one()]) is None


@pytest.mark.parametrize("kind", ["image", "head"])
def test_what_was_written_is_read(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(cache, "folder", lambda: str(tmp_path))
    constants = [np.arange(6.0).reshape(2, 3), np.array([1, 2], "int8")]
    cache.write("key", b"code", [("state", 0), ("constant", 1)], constants)
    image, wanted, arrays = cache.read("key")
    assert image == b"code" and wanted == [("state", 0), ("constant", 1)]
    for array, expected in zip(arrays, constants):
        assert array.dtype == expected.dtype and np.array_equal(array, expected)
    path = tmp_path / "key"
    path.write_bytes(path.read_bytes()[: 20 if kind == "head" else -1])
    assert cache.read("key") is None


def test_what_was_not_used_for_longest_makes_room(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: str(tmp_path))
    for age, name in enumerate(["11", "22", "33", "44"]):  # the first is the youngest
        cache.write(name, bytes(1000), [], [])
        used = written = 1e9 - 1000 * age
        os.utime(tmp_path / name, (1e9 + 1 if name == "33" else used, written))
    with theano.change_flags(cache_max_bytes=4500):
        cache.write(cache.PRUNING_PREFIX, bytes(1000), [], [])
    assert sorted(os.listdir(tmp_path)) == ["00", "11", "22", "33"]
    with theano.change_flags(cache_max_bytes=2500):
        cache.write(cache.PRUNING_PREFIX, bytes(1000), [], [])
    assert sorted(os.listdir(tmp_path)) == ["00", "33"]


def test_what_cannot_be_put_in_place_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: str(tmp_path))
    (tmp_path / "key").mkdir()  # no file can take its name
    cache.write("key", bytes(1000), [], [])
    assert os.listdir(tmp_path) == ["key"] and cache.read("key") is None
