"""``theano.config``: the flags, where their values come from, and how they are changed.

A value comes from where ``configuration_sources`` looks, else from the table in ``configuration_flags``.
It is a plain attribute of an instance, so that reading costs nothing; ``__setattr__`` checks what is written.
"""

from __future__ import annotations

import os
import sys

from theano.configuration_flags import FLAGS, Flag
from theano.configuration_sources import Settings, config_files_from_theanorc, did_you_mean, name_in_file
from theano.configuration_values import COMPILEDIR_KEYS, ConfigParam

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType
    from typing import Any, TypeVar

    Function = TypeVar("Function", bound=Callable[..., object])
    Settable = Mapping[str, object] | Iterable[tuple[str, object]]


class FixedFlagError(Exception):
    """Assignment to a flag that is read only once."""


class ConfigSection:
    """Flags as attributes. Sections, such as ``config.scan``, are attributes of the section around them."""

    __slots__ = ("__dict__", "_flags", "_prefix")  # beside __dict__, which holds values and sections alone

    _flags: dict[str, Flag]
    _prefix: str

    def __init__(self, flags: dict[str, Flag], prefix: str) -> None:
        object.__setattr__(self, "_flags", flags)
        object.__setattr__(self, "_prefix", prefix)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def __setattr__(self, name: str, value: object) -> None:
        flag = self._flags.get(self._prefix + name)
        if flag is None:
            missing = f"'{type(self).__name__}' object has no attribute '{name}'"
            raise AttributeError(missing + self._hint(name))
        self.__dict__[name] = accept_change(flag, value)

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"'{self._prefix}{name}' cannot be deleted: flags always have a value")

    def __copy__(self) -> ConfigSection:
        """Itself: flags belong to the process, and have one value."""
        return self

    def __deepcopy__(self, memo: object) -> ConfigSection:
        return self

    def __str__(self) -> str:
        """Each flag of the section with its meaning and its value."""
        flags = [flag for name, flag in sorted(self._flags.items()) if name.startswith(self._prefix)]
        return "\n".join(self._described(flag) for flag in flags)

    def _described(self, flag: Flag) -> str:
        value = self
        for part in flag.fullname.removeprefix(self._prefix).split("."):
            value = getattr(value, part)
        inert = f" ({flag.remark.replace('**', '')})" if flag.remark else ""
        choices = f" [{flag.param.choices}]" if flag.param.choices else ""
        return f"{flag.fullname}{choices}\n    Doc:   {flag.doc}{inert}\n    Value: {value}\n"

    def _hint(self, name: str) -> str:
        if isinstance(self.__dict__.get(name), ConfigSection):
            return f" to be set (it is a section of flags: {', '.join(vars(self.__dict__[name]))})"
        return did_you_mean(self._prefix + name, self._flags)


class TheanoConfigParser(ConfigSection):
    """All flags, as read from the environment variables and files of the moment."""

    __slots__ = ("_settings",)

    _settings: Settings

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        super().__init__({}, "")
        object.__setattr__(self, "_settings", Settings(environ))
        for flag in FLAGS:
            self._add(flag)
        self._settings.warn_of_unknown(self._flags)

    def change_flags(self, args: Settable = (), **kwargs: object) -> FlagChange:
        """As the function change_flags."""
        return FlagChange(self, {**dict(args), **kwargs})

    @property
    def compiledir(self) -> str:
        """The cache folder of this platform. Nothing is made on disk here."""
        given: str = self.__dict__["compiledir"]
        return given or os.path.join(self.base_compiledir, self.compiledir_format % MachineFacts())

    def _add(self, flag: Flag) -> None:
        """Make the flag an attribute, with the value that is set for it."""
        given = self._settings.find(flag.fullname)
        try:
            value = flag.default if given is None else flag.accept(given[0])
        except ValueError as error:
            if given is None:
                raise
            raise ValueError(f"{error}\nIt was set in {given[1]}") from None
        *sections, name = flag.fullname.split(".")
        place, prefix = self.__dict__, ""
        for section in sections:
            prefix += section + "."
            if section not in place:
                place[section] = ConfigSection(self._flags, prefix)
            elif not isinstance(place[section], ConfigSection):
                raise AttributeError(f"'{prefix[:-1]}' is a flag, so '{flag.fullname}' cannot be one")
            place = place[section].__dict__
        if name in place:
            raise AttributeError(f"The name '{flag.fullname}' is already taken")
        place[name] = value
        self._flags[flag.fullname] = flag

    def _section_of(self, fullname: str) -> dict[str, object]:
        place = self.__dict__
        for section in fullname.split(".")[:-1]:
            place = place[section].__dict__
        return place


def accept_change(flag: Flag, value: object) -> object:
    """The value to be kept when ``value`` is assigned to the flag in a running program."""
    if not flag.param.allow_override:
        raise FixedFlagError(
            "Can't change the value of this config parameter after initialization!\n"
            f"Set it before the program starts: THEANO_FLAGS={flag.fullname}={value}"
        )
    return flag.accept(value)


class FlagChange:
    """Other values for some flags: inside a ``with`` block, or inside each call of a decorated function.

    All values are checked here, so that a wrong one changes nothing. The old values come back at the end,
    also after an exception. Flags belong to the process: other threads see the change too.
    """

    def __init__(self, config: TheanoConfigParser, values: Mapping[str, object]) -> None:
        self._config = config
        self._new: dict[str, object] = {}
        self._old: list[dict[str, object]] = []  # a stack, as one change may be entered again inside itself
        for fullname, value in values.items():
            if fullname not in config._flags:
                hint = did_you_mean(fullname, config._flags)
                raise AttributeError(f"'TheanoConfigParser' object has no attribute '{fullname}'{hint}")
            self._new[fullname] = accept_change(config._flags[fullname], value)

    def __enter__(self) -> None:
        self._old.append({name: self._place(name)[name.rpartition(".")[2]] for name in self._new})
        self._write(self._new)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._write(self._old.pop())

    def __call__(self, function: Function) -> Function:
        import functools

        @functools.wraps(function)
        def with_flags(*args: Any, **kwargs: Any) -> object:
            with self:
                return function(*args, **kwargs)

        return with_flags  # type: ignore[return-value]

    def _place(self, fullname: str) -> dict[str, object]:
        return self._config._section_of(fullname)

    def _write(self, values: dict[str, object]) -> None:
        for fullname, value in values.items():
            self._place(fullname)[fullname.rpartition(".")[2]] = value


class MachineFacts:
    """Values for the keys of compiledir_format, each found out when it is asked for."""

    def __getitem__(self, key: str) -> str:
        match key:
            case "processor":
                return machine_name().machine
            case "platform":
                import platform

                return platform.platform()
            case "short_platform":
                system = machine_name()
                release = ".".join(system.release.split(".")[:2])
                return f"{getattr(system, 'sysname', None) or system.system}-{release}-{system.machine}"
            case "python_version":
                return ".".join(map(str, sys.version_info[:3]))
            case "python_bitwidth" | "python_int_bitwidth":
                return str(sys.maxsize.bit_length() + 1)
            case "hostname":
                import platform

                return platform.node()
            case "numpy_version":
                import numpy

                return numpy.__version__
            case "theano_version":
                return str(getattr(sys.modules["theano"], "__version__", ""))
            case "gxx_version":
                return ""  # no compiler takes part
        raise KeyError(f"{key} is not one of {', '.join(COMPILEDIR_KEYS)}")


def machine_name() -> Any:
    """System, release and machine.  Every start asks, and ``platform`` takes as long as reading a function."""
    if hasattr(os, "uname"):
        return os.uname()
    import platform

    return platform.uname()


config = TheanoConfigParser()


class change_flags(FlagChange):
    """Other values of some flags for a while.

    ::

        with theano.change_flags(floatX="float32"):
            x = T.matrix()

        @theano.change_flags({"scan.allow_gc": True}, cast_policy="numpy+floatX")
        def build(): ...
    """

    def __init__(self, args: Settable = (), **kwargs: object) -> None:
        super().__init__(config, {**dict(args), **kwargs})


def AddConfigVar(
    name: str, doc: str, configparam: ConfigParam, root: TheanoConfigParser = config, in_c_key: bool = True
) -> None:
    """Make a flag of one's own, with the value that THEANO_FLAGS or a file sets for it.

    ``in_c_key`` tells whether functions compiled under another value are other functions.
    """
    root._add(Flag(name, configparam, doc, affects_code=in_c_key))


# Names of Theano 1.0.5 that programs read.
THEANO_FLAGS = os.environ.get("THEANO_FLAGS", "")
THEANO_FLAGS_DICT = config._settings.environment
config_files = config_files_from_theanorc()


def fetch_val_for_key(key: str, delete_key: bool = False) -> str:
    """The text that THEANO_FLAGS or a file sets for the flag ``key``; KeyError if none does."""
    given = config._settings.find(key)
    if given is None:
        raise KeyError(key)
    if delete_key:
        config._settings.environment.pop(key, None)
        config._settings.files.pop(name_in_file(key), None)
    return given[0]


def compilation_key(config: TheanoConfigParser = config) -> tuple[tuple[str, object], ...]:
    """Names and values of the flags that change what a graph is compiled to.

    Not the mode, which is the caller's to add; not floatX, as dtypes are in the graph; nothing read at run
    time. What is added with AddConfigVar is there unless in_c_key is False.
    """
    names = sorted(name for name, flag in config._flags.items() if flag.affects_code)
    return tuple((name, config._section_of(name)[name.rpartition(".")[2]]) for name in names)


def get_config_hash() -> str:
    """compilation_key as a short text."""
    import hashlib

    return hashlib.sha256(repr(compilation_key()).encode()).hexdigest()


def thread_count(config: TheanoConfigParser = config, environ: Mapping[str, str] = os.environ) -> int:
    """How many threads may share a loop: the flag, else OMP_NUM_THREADS, else the cores of this process."""
    if config.threads:
        return int(config.threads)
    # A list in OMP_NUM_THREADS is by level of nesting, the outermost first.
    wanted = environ.get("OMP_NUM_THREADS", "").split(",")[0].strip()
    if wanted.isdecimal() and int(wanted) > 0:
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def numpy_error_settings(config: TheanoConfigParser = config) -> dict[str, Any]:
    """Arguments of np.seterr that the flags numpy.seterr_* ask for."""
    wanted = {name.removeprefix("seterr_"): value for name, value in vars(config.numpy).items()}
    return {name: value for name, value in wanted.items() if value != "None"}


def flag_table(flags: Iterable[Flag] = FLAGS) -> str:
    """All flags as a Markdown table, in the order of their names."""
    lines = ["| flag | default | values | changes later | meaning here |", "|---|---|---|---|---|"]
    for flag in sorted(flags, key=lambda flag: flag.fullname.casefold()):
        values = flag.param.choices.replace("|", "\\|")
        later = "yes" if flag.param.allow_override else "no"
        meaning = f"{flag.doc}; {flag.remark}" if flag.remark else flag.doc
        row = (f"`{flag.fullname}`", f"`{shown_default(flag)}`", values, later, meaning)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def shown_default(flag: Flag) -> str:
    """The default as one would write it, before the machine's folders are filled in."""
    default = flag.param.default
    return "''" if default == "" else str(default)
