"""Parameters in .npz and .safetensors files: what comes back, and what is refused."""

import io
import json
import os
import pickle
import struct
import zipfile

import numpy as np
import pytest

import theano
import theano.tensor as T
from theano.saving import DamagedFile

SUFFIXES = ("npz", "safetensors")
DTYPES = [
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64",
    "complex64",
]  # fmt: skip


@pytest.fixture(params=SUFFIXES)
def path(request, tmp_path):
    return tmp_path / f"model.{request.param}"


def assert_same(found, expected):
    assert type(found) is type(expected) or isinstance(found, np.ndarray)
    if isinstance(expected, dict):
        assert list(found) == list(expected)
        for key in expected:
            assert_same(found[key], expected[key])
    elif isinstance(expected, (list, tuple)):
        assert len(found) == len(expected)
        for a, b in zip(found, expected):
            assert_same(a, b)
    elif expected is None:
        assert found is None
    else:
        assert found.dtype == np.asarray(expected).dtype and found.shape == np.shape(expected)
        assert np.array_equal(found, expected, equal_nan=found.dtype.kind in "fc")


@pytest.mark.parametrize(
    "values",
    [
        [np.arange(6.0).reshape(2, 3), np.float32(2.5), np.zeros((0, 4), "int8"), np.array(7)],
        {"layers": [{"W": np.eye(2), "b": np.ones(2, "float32")}, {"W": np.eye(3), "b": None}], "epoch": 3},
        ((np.ones(3),), [], {}),
        np.array([1.0, np.nan, -np.inf]),
        {"a é": np.arange(12).reshape(3, 4).T, "turned": np.arange(6.0)[::-2]},
        {"big endian": np.arange(3, dtype=">f8")},
    ],
    ids=["list", "nested", "tuples", "array", "strides", "order"],
)
def test_what_is_saved_is_loaded(path, values):
    theano.save(path, values)
    found = theano.load(path)
    if isinstance(values, dict) and "big endian" in values:
        values = {"big endian": np.arange(3.0)}
    assert_same(found, values)


@pytest.mark.parametrize("dtype", DTYPES)
def test_every_dtype(path, dtype):
    array = np.array([0, 1, 1]).astype(dtype)
    theano.save(path, {"x": array})
    assert_same(theano.load(path), {"x": array})


def test_shared_variables_are_filled_from_a_file(path):
    def parameters(k):
        return {"W": theano.shared(np.full((2, 3), k), "W"), "b": [theano.shared(np.full(3, k, "float32"), "b")]}

    old, new = parameters(1.0), parameters(2.0)
    x = T.dvector("x")
    f = theano.function([x], T.dot(x, new["W"]) + new["b"][0])
    theano.save(path, old)
    theano.load(path, into=new)
    assert f([1.0, 1.0]).tolist() == [3.0, 3.0, 3.0]


def test_values_that_do_not_fit_change_nothing(path):
    theano.save(path, [np.ones(2), np.ones(3)])
    first = theano.shared(np.zeros(2), "first")
    second = theano.shared(np.zeros(3, "float32"), "second")
    with pytest.raises(TypeError, match=r"1 in the file, float64 of shape \(3,\), does not fit second, TensorType"):
        theano.load(path, into=[first, second])
    assert first.get_value().tolist() == [0.0, 0.0]
    with pytest.raises(ValueError, match="needs the form that was saved: not in the file"):
        theano.load(path, into={"first": first})


def test_a_number_is_loaded_into_a_shared_number(path):
    epoch = theano.shared(0, "epoch")
    theano.save(path, 5)
    theano.load(path, into=epoch)
    assert epoch.get_value() == 5


def test_numpy_reads_the_archive(tmp_path):
    theano.save(tmp_path / "m.npz", {"W": np.eye(2)})
    with np.load(tmp_path / "m.npz") as archive:
        assert archive["W"].tolist() == [[1.0, 0.0], [0.0, 1.0]]


@pytest.mark.parametrize("savez", [np.savez, np.savez_compressed])
def test_archives_of_numpy_are_read(tmp_path, savez):
    savez(tmp_path / "m.npz", b=np.arange(3), a=np.asfortranarray(np.arange(6.0).reshape(2, 3)))
    found = theano.load(tmp_path / "m.npz")
    assert list(found) == ["a", "b"] and found["a"].tolist() == [[0, 1, 2], [3, 4, 5]]


def test_the_layout_of_safetensors(tmp_path):
    theano.save(tmp_path / "m.safetensors", {"b": np.array([1, 2], "int8"), "W": np.array([[1.5]], "float32")})
    content = (tmp_path / "m.safetensors").read_bytes()
    size = int.from_bytes(content[:8], "little")
    head = json.loads(content[8 : 8 + size])
    assert size % 8 == 0
    assert head["W"] == {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]}
    assert head["b"] == {"dtype": "I8", "shape": [2], "data_offsets": [4, 6]}
    assert content[8 + size :] == struct.pack("<f2b", 1.5, 1, 2)


def written(path, head, content=b""):
    text = head if isinstance(head, bytes) else json.dumps(head).encode()
    path.write_bytes(len(text).to_bytes(8, "little") + text + content)


def test_files_of_other_programs_are_read(tmp_path):
    path = tmp_path / "m.safetensors"
    head = {
        "z": {"dtype": "BF16", "shape": [2], "data_offsets": [0, 4]},
        "a.weight": {"dtype": "F16", "shape": [], "data_offsets": [4, 6]},
        "__metadata__": {"format": "pt"},
    }
    written(path, head, struct.pack("<HHe", 0x3F80, 0xC020, 0.5))
    found = theano.load(path)
    assert list(found) == ["a.weight", "z"]
    assert found["z"].tolist() == [1.0, -2.5] and found["z"].dtype == "float32"
    weight = theano.shared(np.zeros((), "float16"))
    theano.load(path, into={"z": theano.shared(np.zeros(2, "float32")), "a": {"weight": weight}})
    assert weight.get_value() == 0.5


ONE = {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}


@pytest.mark.parametrize(
    ("head", "content", "trouble"),
    [
        (b"not json", b"", "its head is no JSON dict"),
        (b"[1]", b"", "its head is no JSON dict"),
        (b"\xff{}", b"", "its head is no JSON dict"),
        (b'{"a":1,"a":2}', b"", "a name stands twice"),
        ({"a": 1}, b"", "does not tell dtype, shape and place"),
        ({"a": {**ONE, "dtype": "F8_E4M3"}}, bytes(4), "is of the dtype 'F8_E4M3'"),
        ({"a": {**ONE, "shape": [2]}}, bytes(4), "cannot have 4 bytes"),
        ({"a": {**ONE, "shape": [-1]}}, bytes(4), "impossible lengths"),
        ({"a": {**ONE, "shape": [1.0]}}, bytes(4), "impossible lengths"),
        ({"a": {**ONE, "shape": [True]}}, bytes(4), "impossible lengths"),
        ({"a": {**ONE, "shape": [0, 1 << 61], "data_offsets": [0, 0]}}, b"", "impossible lengths"),
        ({"a": {**ONE, "data_offsets": [4, 0]}}, bytes(4), "impossible lengths"),
        ({"a": ONE, "b": ONE}, bytes(4), "'b' begins at 0, where 4 bytes are taken"),
        ({"a": {**ONE, "data_offsets": [4, 8]}}, bytes(8), "'a' begins at 4, where 0 bytes are taken"),
        ({"a": ONE}, bytes(3), "arrays of 4 bytes in 3"),
        ({"a": ONE}, bytes(5), "arrays of 4 bytes in 5"),
        ({"a": {"dtype": "BOOL", "shape": [1], "data_offsets": [0, 1]}}, b"\x02", "neither 0 nor 1"),
        ({"__metadata__": {"theano_tree": 1}}, b"", "no dict of texts"),
        ({"__metadata__": {"theano_tree": "{"}}, b"", "no JSON"),
        ({"__metadata__": {"theano_tree": '{"list": ["a"]}'}}, b"", "speak of 'a', which is not there"),
        ({"__metadata__": {"theano_tree": "null"}, "a": ONE}, bytes(4), "stand in no list or dict"),
        ({"__metadata__": {"theano_tree": '["a", "a"]'}, "a": ONE}, bytes(4), "speak of"),
    ],
)
def test_a_changed_head_is_refused(tmp_path, head, content, trouble):
    path = tmp_path / "m.safetensors"
    written(path, head, content)
    with pytest.raises(DamagedFile, match=trouble) as error:
        theano.load(path)
    assert str(error.value).startswith(str(path))


def test_a_head_longer_than_the_file_is_refused(tmp_path):
    path = tmp_path / "m.safetensors"
    path.write_bytes((1 << 60).to_bytes(8, "little") + b"{}")
    with pytest.raises(DamagedFile, match="a head of 1152921504606846976 bytes in a file of 10"):
        theano.load(path)


def test_a_file_that_is_cut_off_is_refused_at_every_length(path):
    values = {"a": np.arange(5.0), "b": [np.ones(2, "int8")]}
    theano.save(path, values)
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        with pytest.raises(DamagedFile):
            theano.load(path)


def test_a_changed_byte_is_refused_or_does_no_harm(path):
    """Some bytes of both formats say nothing about the arrays, as the dates in .npz."""
    theano.save(path, {"W": np.arange(4.0)})
    content = path.read_bytes()
    refused = 0
    for place in range(len(content)):
        for bit in (0, 5, 7):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            path.write_bytes(changed)
            try:
                found = theano.load(path)
            except DamagedFile:
                refused += 1
            else:
                assert found["W"].tolist() == [0.0, 1.0, 2.0, 3.0]
    assert refused / (3 * len(content)) > {".npz": 0.5, ".safetensors": 0.9}[path.suffix]


class Danger:
    """What unpickling would carry out."""

    def __reduce__(self):
        return os.mkdir, ("carried out",)


def test_no_object_is_unpickled(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    np.savez(tmp_path / "m.npz", a=np.array([Danger()], object))
    with pytest.raises(DamagedFile, match="'a' is an array of object, and only numbers are read"):
        theano.load(tmp_path / "m.npz")
    (tmp_path / "p.npz").write_bytes(pickle.dumps(Danger()))
    with pytest.raises(DamagedFile, match="no archive"):
        theano.load(tmp_path / "p.npz")
    assert not (tmp_path / "carried out").exists()


def test_lengths_in_an_archive_are_checked_before_memory_is_taken(tmp_path):
    head = io.BytesIO()
    np.lib.format.write_array_header_1_0(head, {"descr": "<f8", "fortran_order": False, "shape": (1 << 50,)})
    with zipfile.ZipFile(tmp_path / "m.npz", "w") as archive:
        archive.writestr("a.npy", head.getvalue() + bytes(8))
    with pytest.raises(DamagedFile, match="cannot have 8 bytes"):
        theano.load(tmp_path / "m.npz")


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({1: np.ones(2)}, TypeError, "names must be strings, found 1"),
        ({"a": "text"}, TypeError, "a is a str: parameters are arrays"),
        ({"a": np.array(["text"])}, TypeError, "only arrays of numbers"),
        ({"a": {"b": 1}, "a.b": 2}, ValueError, r"two values would be called 'a\.b'"),
        ([T.dscalar("x")], TypeError, "0 is a TensorVariable"),
    ],
)
def test_what_is_no_parameter_is_refused_and_leaves_no_file(path, values, error, message):
    with pytest.raises(error, match=message):
        theano.save(path, values)
    assert list(path.parent.iterdir()) == []


def test_a_dtype_that_safetensors_lacks_is_named(tmp_path):
    with pytest.raises(TypeError, match=r"x is of complex128, which \.safetensors does not have; \.npz does"):
        theano.save(tmp_path / "m.safetensors", {"x": np.ones(2, complex)})
    theano.save(tmp_path / "m.npz", {"x": np.ones(2, complex)})
    assert list(tmp_path.iterdir()) == [tmp_path / "m.npz"]


def test_other_suffixes_are_refused(tmp_path):
    with pytest.raises(ValueError, match=r"files called \.npz or \.safetensors"):
        theano.save(tmp_path / "m.pkl", [])


def test_the_old_file_stays_until_the_new_one_is_whole(path, monkeypatch):
    theano.save(path, [np.ones(2)])
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("no space")))
    with pytest.raises(OSError, match="no space"):
        theano.save(path, [np.zeros(2)])
    assert_same(theano.load(path), [np.ones(2)])
    assert list(path.parent.iterdir()) == [path]
