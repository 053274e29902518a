"""What values a flag of ``theano.config`` can take: the kinds of Theano 1.0.5 under their names."""

from typing import Any

class ConfigParam:
    """The default of a flag and the rule for its values."""
    default: object
    filter: Any
    allow_override: bool
    choices: str
    def __init__(self, default: object, filter: Any = None, allow_override: bool = True, choices: str = '') -> None: ...
    def accept(self, value: object, name: str) -> object:
        """The value to be kept when ``value`` is given to the flag ``name``; ValueError if there is none."""
class TypedParam(ConfigParam):
    """Values that ``mytype`` makes and ``is_valid`` approves."""
    mytype: Any
    is_valid: Any
    def __init__(self, default: object, mytype: Any, is_valid: Any = None, allow_override: bool = True, choices: str = '') -> None: ...
class EnumStr(ConfigParam):
    """One of several strings; ``convert`` may first map other spellings to these."""
    all: Any
    convert: Any
    def __init__(self, default: str, *options: str, allow_override: bool = True, convert: Any = None) -> None: ...
class ModeParam(EnumStr):
    """The name of a mode, or a Mode object."""
class DeviceParam(ConfigParam):
    """One of some names, or one that begins with cuda or opencl."""
    all: Any
    def __init__(self, default: str, *options: str, allow_override: bool = True) -> None: ...
def BoolParam(default: bool, is_valid: Any = None, allow_override: bool = True) -> TypedParam:
    """True or False, which may be written 1 or 0 too."""
def IntParam(default: int, is_valid: Any = None, allow_override: bool = True, choices: str = '') -> TypedParam:
    """A whole number."""
def FloatParam(default: float, is_valid: Any = None, allow_override: bool = True, choices: str = '') -> TypedParam:
    """A real number; inf and nan are numbers here."""
def StrParam(default: str, is_valid: Any = None, allow_override: bool = True, choices: str = '') -> TypedParam:
    """Any text."""
def as_boolean(value: object) -> bool: ...
def floatX_convert(value: object) -> object:
    """64 -> 'float64', and so for 32 and 16."""
def filter_base_compiledir(path: object) -> str:
    """The path with ``~`` and environment variables filled in."""
def filter_compiledir(path: object) -> str:
    """As filter_base_compiledir; '' asks for the computed folder."""
def filter_compiledir_format(template: object) -> str:
    """The template, if every ``%(key)s`` in it is a known key."""
def filter_contexts(text: object) -> str:
    """``name->device`` pairs joined by ';'."""
def filter_vm_lazy(value: object) -> bool | None:
    """None, True or False, also as text."""
def good_seed_param(seed: str) -> bool:
    """Whether the text is a whole number or 'random'."""
def is_valid_check_preallocated_output_param(text: str) -> bool:
    """Whether all of the parts between ':' name a kind of preallocated output."""
def only(value: object, remedy: str) -> Any:
    """A filter for obsolete flags: only ``value`` passes."""
def is_positive(number: int) -> bool: ...
def is_not_negative(number: int) -> bool: ...
