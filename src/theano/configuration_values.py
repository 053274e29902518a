"""What values a flag of ``theano.config`` can take: the kinds of Theano 1.0.5 under their names.

The three files called configuration are loaded with the first line of every program, so they stay clear of
``typing`` and ``dataclasses``, whose import takes longer than all of their own work.
"""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[..., bool]
    Convert = Callable[[object], object]


class ConfigParam:
    """The default of a flag and the rule for its values.

    default         a value, or a function of no arguments that returns one
    filter          function of a text or value, gives the value to be kept; raises ValueError with the reason
    allow_override  whether the flag can be changed after import
    choices         what `filter` lets through, in words
    """

    def __init__(
        self,
        default: object,
        filter: Convert | None = None,
        allow_override: bool = True,
        choices: str = "",
    ) -> None:
        self.default = default
        self.filter = filter
        self.allow_override = allow_override
        self.choices = choices

    def accept(self, value: object, name: str) -> object:
        """The value to be kept when ``value`` is given to the flag ``name``; ValueError if there is none."""
        if self.filter is None:
            return value
        try:
            return self.filter(value)
        except (TypeError, ValueError) as error:
            reason = f'Invalid value ("{value}") for configuration variable "{name}". {error}'
            raise ValueError(reason) from None


class TypedParam(ConfigParam):
    """Values that ``mytype`` makes and ``is_valid`` approves."""

    def __init__(
        self,
        default: object,
        mytype: Convert,
        is_valid: Check | None = None,
        allow_override: bool = True,
        choices: str = "",
    ) -> None:
        self.mytype, self.is_valid = mytype, is_valid
        super().__init__(default, self._convert, allow_override, choices)

    def _convert(self, value: object) -> object:
        converted = self.mytype(value)
        if self.is_valid is not None and not self.is_valid(converted):
            raise ValueError(f"Valid options are {self.choices}" if self.choices else "It is not allowed")
        return converted


class EnumStr(ConfigParam):
    """One of several strings; ``convert`` may first map other spellings to these."""

    def __init__(
        self,
        default: str,
        *options: str,
        allow_override: bool = True,
        convert: Convert | None = None,
    ) -> None:
        self.all = (default, *options)
        self.convert = convert
        super().__init__(default, self._choose, allow_override, ", ".join(map(repr, self.all)))

    def _choose(self, value: object) -> object:
        text = str(value if self.convert is None else self.convert(value))
        if text not in self.all:
            raise ValueError(f"Valid options are {self.all}")
        return text


class ModeParam(EnumStr):
    """The name of a mode, or a Mode object."""

    def _choose(self, value: object) -> object:
        # By name: the class itself is made long after the flags.
        if any(base.__name__ == "Mode" for base in type(value).__mro__):
            return value
        return super()._choose(value)


class DeviceParam(ConfigParam):
    """One of some names, or one that begins with cuda or opencl."""

    def __init__(self, default: str, *options: str, allow_override: bool = True) -> None:
        self.all = (default, *options)
        choices = ", ".join([*map(repr, self.all), "cuda...", "opencl..."])
        super().__init__(default, self._choose, allow_override, choices)

    def _choose(self, value: object) -> object:
        if value in self.all or str(value).startswith(("cuda", "opencl")):
            return value
        if str(value).startswith("gpu"):
            raise ValueError("The devices called gpu are gone: write cuda for gpu")
        raise ValueError(f"Valid options are {self.all} and names that begin with cuda or opencl")


def BoolParam(default: bool, is_valid: Check | None = None, allow_override: bool = True) -> TypedParam:
    """True or False, which may be written 1 or 0 too."""
    return TypedParam(default, as_boolean, is_valid, allow_override, "True, False")


def IntParam(
    default: int, is_valid: Check | None = None, allow_override: bool = True, choices: str = ""
) -> TypedParam:
    """A whole number."""
    return TypedParam(default, _integer, is_valid, allow_override, choices)


def FloatParam(
    default: float, is_valid: Check | None = None, allow_override: bool = True, choices: str = ""
) -> TypedParam:
    """A real number; inf and nan are numbers here."""
    return TypedParam(default, _number, is_valid, allow_override, choices)


def StrParam(
    default: str, is_valid: Check | None = None, allow_override: bool = True, choices: str = ""
) -> TypedParam:
    """Any text."""
    return TypedParam(default, str, is_valid, allow_override, choices)


def as_boolean(value: object) -> bool:
    match str(value).lower():
        case "true" | "1":
            return True
        case "false" | "0":
            return False
    raise ValueError("Valid options are True and False")


def _integer(value: object) -> int:
    try:
        number: int = int(value)  # type: ignore[call-overload]
    except (TypeError, ValueError, OverflowError):
        raise ValueError("An integer is needed") from None
    if not isinstance(value, str) and number != value:
        raise ValueError("An integer is needed")
    return number


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise ValueError("A number is needed") from None


def floatX_convert(value: object) -> object:
    """64 -> 'float64', and so for 32 and 16."""
    return f"float{value}" if str(value) in ("64", "32", "16") else value


def filter_base_compiledir(path: object) -> str:
    """The path with ``~`` and environment variables filled in."""
    return os.path.abspath(os.path.expandvars(os.path.expanduser(str(path))))


def filter_compiledir(path: object) -> str:
    """As filter_base_compiledir; '' asks for the computed folder."""
    return filter_base_compiledir(path) if path else ""


COMPILEDIR_KEYS = (
    *("gxx_version", "hostname", "numpy_version", "platform", "processor"),
    *("python_bitwidth", "python_int_bitwidth", "python_version", "short_platform", "theano_version"),
)


def filter_compiledir_format(template: object) -> str:
    """The template, if every ``%(key)s`` in it is a known key."""
    try:
        str(template) % dict.fromkeys(COMPILEDIR_KEYS, "")
    except KeyError as error:
        raise ValueError(f"{error} is not one of the keys {', '.join(COMPILEDIR_KEYS)}") from None
    return str(template)


def filter_contexts(text: object) -> str:
    """``name->device`` pairs joined by ';'."""
    if any(pair.count("->") != 1 for pair in str(text).split(";") if pair.strip()):
        raise ValueError("Pairs name->device, joined by ';', are needed")
    return str(text)


def filter_vm_lazy(value: object) -> bool | None:
    """None, True or False, also as text."""
    return None if value in (None, "None") else as_boolean(value)


def good_seed_param(seed: str) -> bool:
    """Whether the text is a whole number or 'random'."""
    return seed == "random" or seed.lstrip("-").isdecimal()


def is_valid_check_preallocated_output_param(text: str) -> bool:
    """Whether all of the parts between ':' name a kind of preallocated output."""
    kinds = ("initial", "previous", "c_contiguous", "f_contiguous", "strided", "wrong_size", "ALL", "")
    return all(part in kinds for part in text.split(":"))


def only(value: object, remedy: str) -> Convert:
    """A filter for obsolete flags: only ``value`` passes."""

    def check(given: object) -> object:
        if str(given) != str(value):
            raise ValueError(remedy)
        return value

    return check


def is_positive(number: int) -> bool:
    return number > 0


def is_not_negative(number: int) -> bool:
    return number >= 0
