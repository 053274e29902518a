"""theano.config: values and checks on writing, change_flags, flags of one's own, the page in docs."""

import copy
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from theano import configuration
from theano.configuration import (
    AddConfigVar,
    FixedFlagError,
    TheanoConfigParser,
    change_flags,
    compilation_key,
    config,
    fetch_val_for_key,
    flag_table,
    numpy_error_settings,
    thread_count,
)
from theano.configuration_flags import FLAGS
from theano.configuration_sources import TheanoConfigWarning
from theano.configuration_values import BoolParam, ConfigParam, EnumStr, FloatParam, IntParam, StrParam

PAGE = Path(__file__).parent.parent / "docs" / "configuration.md"


def value_of(config: TheanoConfigParser, fullname: str) -> object:
    value: object = config
    for part in fullname.split("."):
        value = getattr(value, part)
    return value


@pytest.fixture
def fresh(tmp_path):
    """Make a configuration from given THEANO_FLAGS and texts of files, of which the last counts most."""

    def make(flags: str = "", *files: str) -> TheanoConfigParser:
        paths = []
        for i, text in enumerate(files):
            paths.append(tmp_path / f"{i}.theanorc")
            paths[-1].write_text(text, encoding="utf-8")
        return TheanoConfigParser(
            {"THEANO_FLAGS": flags, "THEANORC": os.pathsep.join(map(str, paths)), "USER": "ada"}
        )

    return make


# Reading


@pytest.mark.parametrize("flag", FLAGS, ids=lambda flag: flag.fullname)
def test_every_flag_has_its_default_and_accepts_it_as_text(flag, fresh):
    if flag.fullname != "compiledir":  # computed
        assert value_of(fresh(), flag.fullname) == flag.default
    assert flag.accept(str(flag.default)) == flag.default


@pytest.mark.parametrize(
    "name, default",
    [
        ("floatX", "float64"),
        ("mode", "Mode"),
        ("linker", "cvm"),
        ("cxx", ""),
        ("threads", 0),
        ("cache", True),
        ("cache_max_bytes", 1 << 30),
        ("DebugMode.check_py", True),
        ("scan.allow_gc", False),
        ("optdb.max_use_ratio", 8.0),
        ("vm.lazy", None),
        ("base_compiledir", os.path.expanduser("~/.theano")),
    ],
)
def test_defaults(name, default, fresh):
    value = value_of(fresh(), name)
    assert value == default and type(value) is type(default)


def test_a_value_is_a_plain_attribute_of_the_instance():
    assert vars(config)["floatX"] == config.floatX
    assert not hasattr(TheanoConfigParser, "floatX") and "__getattr__" not in dir(TheanoConfigParser)


def test_reading_an_unknown_flag():
    with pytest.raises(AttributeError) as caught:
        config.no_such_flag  # noqa: B018
    assert str(caught.value) == "'TheanoConfigParser' object has no attribute 'no_such_flag'"


def test_printing_shows_meaning_and_value(fresh):
    text = str(fresh("scan.debug=1").scan)
    assert "scan.debug [True, False]\n    Doc:   more output about scan" in text and "\n    Value: True\n" in text
    assert "floatX" not in text
    assert all(f"\n{flag.fullname}" in "\n" + str(config) for flag in FLAGS)


def test_compiledir_is_computed_from_its_parts(fresh):
    assert fresh("base_compiledir=/base,compiledir_format=v%(python_version)s").compiledir == os.path.join(
        os.path.abspath("/base"), "v" + ".".join(map(str, sys.version_info[:3]))
    )
    every_key = ",".join(f"%({key})s" for key in configuration.COMPILEDIR_KEYS)
    assert np.__version__ in fresh(f"compiledir_format='{every_key}'").compiledir
    assert fresh("compiledir=~/here").compiledir == os.path.expanduser("~/here")


# Writing


@pytest.mark.parametrize(
    "name, given, kept",
    [
        ("floatX", "32", "float32"),
        ("floatX", 16, "float16"),
        ("allow_gc", "0", False),
        ("allow_gc", 1, True),
        ("allow_gc", np.False_, False),
        ("traceback.limit", "12", 12),
        ("traceback.limit", np.int64(-1), -1),
        ("traceback.limit", 4.0, 4),
        ("optdb.position_cutoff", "inf", float("inf")),
        ("optimizer", None, "None"),
        ("dnn.enabled", False, "False"),
        ("vm.lazy", "None", None),
        ("vm.lazy", "True", True),
        ("unittests.rseed", 12, "12"),
        ("linker", "llvm", "llvm"),
        ("mode", "jax", "jax"),
        ("cxx", "g++", "g++"),
    ],
)
def test_values_are_converted(name, given, kept, fresh):
    config = fresh()
    section, _, attribute = name.rpartition(".")
    setattr(value_of(config, section) if section else config, attribute, given)
    value = value_of(config, name)
    assert value == kept and type(value) is type(kept)


@pytest.mark.parametrize(
    "name, given",
    [
        ("allow_gc", 2),
        ("allow_gc", None),
        ("traceback.limit", 2.5),
        ("traceback.limit", "2.5"),
        ("traceback.limit", float("inf")),
        ("traceback.limit", []),
        ("optdb.max_use_ratio", "many"),
        ("mode", 3),
        ("linker", "gcc"),
        ("DebugMode.check_strides", 3),
    ],
)
def test_a_refused_value_changes_nothing(name, given):
    before = value_of(config, name)
    section, _, attribute = name.rpartition(".")
    with pytest.raises(ValueError, match=f'Invalid value .* for configuration variable "{name}"'):
        setattr(value_of(config, section) if section else config, attribute, given)
    assert value_of(config, name) == before


def test_a_mode_object_is_a_mode(fresh):
    class Mode:
        """Stands for theano.Mode, which is known by its name."""

    class SpecialMode(Mode):
        pass

    config, mode = fresh(), SpecialMode()
    config.mode = mode
    assert config.mode is mode


def test_flags_read_once_cannot_be_set():
    with pytest.raises(FixedFlagError) as caught:
        config.base_compiledir = "elsewhere"
    assert str(caught.value) == (
        "Can't change the value of this config parameter after initialization!\n"
        "Set it before the program starts: THEANO_FLAGS=base_compiledir=elsewhere"
    )
    with pytest.raises(FixedFlagError):
        config.compiledir = "elsewhere"


@pytest.mark.parametrize(
    "section, name, hint",
    [
        ("", "flootX", "(did you mean 'floatX'?)"),
        ("", "check_py", "(did you mean 'DebugMode.check_py'?)"),
        ("scan", "allowgc", "(did you mean 'scan.allow_gc'?)"),
        ("", "scan", "to be set (it is a section of flags: allow_gc, allow_output_prealloc, debug)"),
    ],
)
def test_writing_an_unknown_flag(section, name, hint):
    owner = value_of(config, section) if section else config
    with pytest.raises(AttributeError) as caught:
        setattr(owner, name, 1)
    assert str(caught.value) == f"'{type(owner).__name__}' object has no attribute '{name}' {hint}"


def test_flags_cannot_be_deleted():
    with pytest.raises(AttributeError, match="'floatX' cannot be deleted: flags always have a value"):
        del config.floatX


# change_flags


def test_change_flags_around_a_block():
    before = config.floatX, config.scan.allow_gc
    with change_flags({"scan.allow_gc": "1"}, floatX="float32"):
        assert (config.floatX, config.scan.allow_gc) == ("float32", True)
        with config.change_flags([("floatX", "float16")]):
            assert (config.floatX, config.scan.allow_gc) == ("float16", True)
        assert config.floatX == "float32"
    assert (config.floatX, config.scan.allow_gc) == before


def test_change_flags_around_a_function_that_calls_itself():
    @change_flags(**{"floatX": "float16", "DebugMode.patience": 2})
    def f(n):
        """Doc."""
        assert (config.floatX, config.DebugMode.patience) == ("float16", 2)
        inner = f(n - 1) if n else []
        assert config.floatX == "float16"
        return [*inner, n]

    before = config.floatX, config.DebugMode.patience
    assert f(3) == [0, 1, 2, 3] and f.__doc__ == "Doc." and f.__name__ == "f"
    assert (config.floatX, config.DebugMode.patience) == before


def test_change_flags_restores_after_an_exception():
    before = config.floatX
    with pytest.raises(KeyError), change_flags(floatX="float16"):
        raise KeyError
    assert config.floatX == before


@pytest.mark.parametrize(
    "wrong, error",
    [
        ({"exception_verbosity": "loud"}, ValueError),
        ({"no_such_flag": 1}, AttributeError),
        ({"scan": 1}, AttributeError),
        ({"compiledir": "x"}, FixedFlagError),
    ],
)
def test_a_refused_change_changes_nothing(wrong, error):
    before = config.floatX
    with pytest.raises(error), change_flags({"floatX": "float16", **wrong}):
        pass
    assert config.floatX == before


# Flags of one's own


def test_added_flags_take_their_values_from_the_sources(fresh):
    with pytest.warns(TheanoConfigWarning, match=r"ours\.speed"):
        config = fresh("ours.speed=fast,ours.inner.n=3", "[ours]\nratio = 0.5\n")
    AddConfigVar("ours.speed", "how fast", EnumStr("slow", "fast"), root=config)
    AddConfigVar("ours.ratio", "a ratio", FloatParam(1.0, lambda x: x > 0), root=config)
    AddConfigVar("ours.inner.n", "a count", IntParam(1), root=config, in_c_key=False)
    AddConfigVar("ours_too", "a switch", BoolParam(False), root=config)
    AddConfigVar("ours.computed", "text", StrParam(lambda: "made"), root=config)
    AddConfigVar("ours.free", "anything", ConfigParam((), filter=tuple, allow_override=False), root=config)
    assert (config.ours.speed, config.ours.ratio, config.ours.inner.n) == ("fast", 0.5, 3)
    assert config.ours_too is False
    assert (config.ours.computed, config.ours.free) == ("made", ())
    with pytest.raises(ValueError, match=r'Invalid value \("-1"\) for configuration variable "ours\.ratio"'):
        config.ours.ratio = -1
    with pytest.raises(FixedFlagError):
        config.ours.free = [1]
    key = dict(compilation_key(config))
    assert key["ours.speed"] == "fast" and "ours.inner.n" not in key


def test_a_name_is_taken_once(fresh):
    config = fresh()
    with pytest.raises(AttributeError, match="The name 'floatX' is already taken"):
        AddConfigVar("floatX", "", BoolParam(True), root=config)
    with pytest.raises(AttributeError, match=r"'floatX' is a flag, so 'floatX\.sub' cannot be one"):
        AddConfigVar("floatX.sub", "", BoolParam(True), root=config)
    with pytest.raises(AttributeError, match="The name 'scan' is already taken"):
        AddConfigVar("scan", "", BoolParam(True), root=config)


def test_fetching_the_text_of_a_flag(monkeypatch):
    monkeypatch.setitem(configuration.THEANO_FLAGS_DICT, "ours.text", "x")
    assert fetch_val_for_key("ours.text", delete_key=True) == "x"
    with pytest.raises(KeyError):
        fetch_val_for_key("ours.text")


# What other rooms ask


def test_the_compilation_key_follows_flags_that_change_code_only():
    key, text = compilation_key(), configuration.get_config_hash()
    hash(key)
    with change_flags(floatX="float32", threads=1, exception_verbosity="high"):
        assert compilation_key() == key
    changes = {
        "optimizer": "o1", "tensor.local_elemwise_fusion": False, "linker": "py", "allow_gc": False, "openmp": True
    }  # fmt: skip
    for change in changes.items():
        with change_flags([change]):
            assert compilation_key() != key and configuration.get_config_hash() != text


def test_flags_without_effect_do_not_change_code():
    assert not [flag.fullname for flag in FLAGS if flag.affects_code and flag.no_effect]


def test_the_number_of_threads(fresh):
    assert thread_count(fresh("threads=3"), {"OMP_NUM_THREADS": "2"}) == 3
    assert thread_count(fresh(), {"OMP_NUM_THREADS": "2,1"}) == 2
    for unusable in ({}, {"OMP_NUM_THREADS": "0"}, {"OMP_NUM_THREADS": "many"}):
        assert 1 <= thread_count(fresh(), unusable) <= os.cpu_count()


def test_settings_for_seterr(fresh):
    assert numpy_error_settings(fresh()) == {"all": "ignore"}
    assert numpy_error_settings(fresh("numpy.seterr_all=None,numpy.seterr_over=warn")) == {"over": "warn"}


# The page


def test_the_page_holds_the_table_that_the_flags_make():
    text = PAGE.read_text(encoding="utf-8")
    assert text[text.index("| flag |") :] == flag_table()


def test_a_copy_of_the_flags_is_the_flags():
    """Programs keep a copy and assign it to theano.config again; a flag has one value in a process."""
    assert copy.copy(config) is config
    assert copy.deepcopy({"config": config})["config"] is config
