"""Where values of flags come from: THEANO_FLAGS, files called .theanorc, and what is said of mistakes."""

import os
import subprocess
import sys
import warnings

import pytest

from theano.configuration import TheanoConfigParser
from theano.configuration_sources import TheanoConfigWarning, config_files_from_theanorc, parse_config_string


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


def test_the_environment_counts_more_than_files_and_later_files_more_than_earlier_ones(fresh):
    first = "[global]\nfloatX = float16\nallow_gc = False\nthreads = 3\n"
    second = "[global]\nfloatX = float32\nallow_gc = 1\n[scan]\nallow_gc = true\n"
    config = fresh("floatX=float64", first, second)
    assert (config.floatX, config.threads) == ("float64", 3)
    assert config.allow_gc and config.scan.allow_gc


def test_flags_are_split_at_commas_stripped_and_the_last_one_counts(fresh):
    config = fresh(" floatX = float32 ,, DebugMode.check_py=0,floatX=16")
    assert config.floatX == "float16" and config.DebugMode.check_py is False


@pytest.mark.parametrize(
    "text, settings",
    [
        ("", {}),
        ("a=", {"a": ""}),
        ("a=b=c", {"a": "b=c"}),
        ("a='b,c',d=e", {"a": "b,c", "d": "e"}),
        ('"a=b,c",d=e', {"a": "b,c", "d": "e"}),
        (r"a=b\,c,d=e", {"a": "b,c", "d": "e"}),
        (r"a=C:\Users\new", {"a": r"C:\Users\new"}),
        ('a="it\'s"', {"a": "it's"}),
    ],
)
def test_text_of_flags(text, settings):
    assert parse_config_string(text) == settings


def test_a_quotation_mark_must_be_closed():
    with pytest.raises(ValueError, match="The quotation mark ' is not closed in THEANO_FLAGS=a='b"):
        parse_config_string("a='b,c=d")


def test_a_flag_without_value_is_told_of():
    with pytest.warns(TheanoConfigWarning, match="'floatX' in THEANO_FLAGS has no value and is ignored"):
        assert parse_config_string("floatX, a=b") == {"a": "b"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert parse_config_string("floatX", issue_warnings=False) == {}


def test_files_ignore_capitals_of_options_and_fill_in_names(fresh):
    config = fresh("", "[global]\nFLOATx = float32\ncontexts = %(user)s->cuda0\n[gcc]\ncxxflags = -O%\n")
    assert config.floatX == "float32" and config.contexts == "ada->cuda0"
    assert config.gcc.cxxflags == "-O%"


def test_sections_with_two_dots(fresh):
    config = fresh("dnn.conv.algo_fwd=fft", "[dnn.conv]\nprecision = float32\n")
    assert (config.dnn.conv.algo_fwd, config.dnn.conv.precision) == ("fft", "float32")
    assert config.dnn.enabled == "auto"


def test_where_files_are_looked_for():
    assert config_files_from_theanorc({"THEANORC": f"a{os.pathsep}~/b"}) == ["a", os.path.expanduser("~/b")]
    assert os.path.expanduser("~/.theanorc") in config_files_from_theanorc({})


def test_one_warning_names_unknown_flags_and_the_nearest_known(fresh):
    with pytest.warns(TheanoConfigWarning) as caught:
        fresh("floatx=float32,check_py=0,xyzzy=1", "[scn]\nallow_gcc = True\n")
    assert len(caught) == 1
    message = str(caught[0].message)
    assert message.startswith(
        "There is no such flag: 'floatx' in THEANO_FLAGS (did you mean 'floatX'?), "
        "'check_py' in THEANO_FLAGS (did you mean 'DebugMode.check_py'?), 'xyzzy' in THEANO_FLAGS, "
        "'scn.allow_gcc' in "
    )
    assert message.endswith("0.theanorc (did you mean 'scan.allow_gc'?)")


@pytest.mark.parametrize(
    "flag, value, reason",
    [
        ("floatX", "float33", "Valid options are ('float64', 'float32', 'float16')"),
        ("allow_gc", "maybe", "Valid options are True and False"),
        ("threads", "two", "An integer is needed"),
        ("threads", "-1", "Valid options are 0 or more"),
        ("optdb.max_use_ratio", "x", "A number is needed"),
        ("device", "gpu0", "The devices called gpu are gone: write cuda for gpu"),
        ("dnn.conv.workmem", "small", "It is obsolete: set dnn.conv.algo_fwd"),
    ],
)
def test_an_invalid_value_in_the_environment(flag, value, reason, fresh):
    with pytest.raises(ValueError) as caught:
        fresh(f"{flag}={value}")
    message = f'Invalid value ("{value}") for configuration variable "{flag}". {reason}'
    assert str(caught.value) == message + "\nIt was set in THEANO_FLAGS"


@pytest.mark.parametrize(
    "flags",
    [
        "compiledir_format=%(nothing)s",
        "contexts=cuda0",
        "unittests.rseed=x",
        "gpuarray.sync=True",
        "experimental.local_alloc_elemwise=False",
        "DebugMode.check_preallocated_output=all",
        "vm.lazy=2",
    ],
)
def test_flags_with_rules_of_their_own_refuse(flags, fresh):
    name = flags.partition("=")[0]
    with pytest.raises(ValueError, match=f'for configuration variable "{name}"'):
        fresh(flags)


def test_an_invalid_value_in_a_file_names_the_file(fresh):
    with pytest.raises(ValueError, match=r'configuration variable "floatX".*\nIt was set in .*0\.theanorc'):
        fresh("", "[global]\nfloatX = float33\n")


def test_import_reads_the_environment_and_creates_nothing(tmp_path):
    (tmp_path / ".theanorc").write_text("[scan]\nallow_gc = True\n")
    program = (
        "import sys, warnings; warnings.simplefilter('error');"
        "from theano.configuration import config;"
        "print(config.floatX, config.scan.allow_gc, config.compiledir)"
    )
    environment = dict(os.environ, THEANO_FLAGS="floatX=float32", PYTHONPATH=os.pathsep.join(sys.path))
    environment |= dict.fromkeys(("HOME", "USERPROFILE"), str(tmp_path))
    environment.pop("THEANORC", None)
    command = [sys.executable, "-c", program]
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    floatX, allow_gc, compiledir = printed.split()
    assert (floatX, allow_gc) == ("float32", "True") and compiledir.startswith(str(tmp_path / ".theano"))
    assert [path.name for path in tmp_path.iterdir()] == [".theanorc"]
