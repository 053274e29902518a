"""Flags as the descriptors that programs find in 1.0.5's list of them, to read and to set flags by their full names."""

from __future__ import annotations

from collections.abc import Iterator

from theano.configuration import accept_change, config


class ConfigVariable:
    """A flag of theano.config: ``variable.__get__(True, None)`` is its value, ``variable.__set__(None, value)`` sets it."""

    def __init__(self, fullname: str) -> None:
        self.fullname = fullname

    def __get__(self, cls: object, type_: object, delete_key: bool = False) -> object:
        return config._section_of(self.fullname)[self.fullname.rpartition(".")[2]]

    def __set__(self, cls: object, value: object) -> None:
        place = config._section_of(self.fullname)
        place[self.fullname.rpartition(".")[2]] = accept_change(config._flags[self.fullname], value)


class ConfigVariables:
    """All flags, those that a program has added too."""

    def __iter__(self) -> Iterator[ConfigVariable]:
        return map(ConfigVariable, config._flags)

    def __len__(self) -> int:
        return len(config._flags)


_config_var_list = ConfigVariables()
