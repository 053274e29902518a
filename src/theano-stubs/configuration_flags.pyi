"""Every flag of ``theano.config``: one row a flag, with its values, its meaning and what depends on it."""

from theano.configuration_values import ConfigParam
from typing import Any

class Flag:
    """A row of the table."""
    def __init__(self, fullname: str, param: ConfigParam, doc: str, *, affects_code: bool = False, no_effect: str = '', not_yet: str = '') -> None: ...
    @property
    def remark(self) -> str:
        """What a reader must know beside the meaning: why the flag changes nothing, or changes nothing yet."""
    def accept(self, value: object) -> object:
        """The value to be kept when ``value`` is given; ValueError if there is none."""
    @property
    def default(self) -> object:
        """The value when nothing is set."""
    affects_code: Any
    doc: Any
    fullname: Any
    no_effect: Any
    not_yet: Any
    param: Any
