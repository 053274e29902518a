"""Where the values of flags come from: the variable THEANO_FLAGS and the files called .theanorc."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class TheanoConfigWarning(Warning):
    """Something odd in THEANO_FLAGS or in a .theanorc file."""

    @classmethod
    def warn(cls, message: str, stacklevel: int = 0) -> None:
        """Warn as from the caller's caller, ``stacklevel`` further up."""
        import warnings

        warnings.warn(message, cls, stacklevel=stacklevel + 3)


class Settings:
    """The texts given for flags from outside: in THEANO_FLAGS, and in files where that says nothing."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environment = parse_config_string(environ.get("THEANO_FLAGS", ""))
        self.files = read_files(config_files_from_theanorc(environ), environ)

    def find(self, fullname: str) -> tuple[str, str] | None:
        """The text given for the flag, and where."""
        if fullname in self.environment:
            return self.environment[fullname], "THEANO_FLAGS"
        return self.files.get(name_in_file(fullname))

    def warn_of_unknown(self, known: Iterable[str]) -> None:
        """One warning that names all settings of flags that do not exist, with the nearest ones that do."""
        in_files = {name_in_file(name) for name in known}
        unknown = [(name, "THEANO_FLAGS") for name in self.environment if name not in known]
        unknown += [(name, path) for name, (_, path) in self.files.items() if name not in in_files]
        if unknown:
            told = [f"'{name}' in {origin}{did_you_mean(name, known)}" for name, origin in unknown]
            TheanoConfigWarning.warn("There is no such flag: " + ", ".join(told), stacklevel=2)


def parse_config_string(config_string: str, issue_warnings: bool = True) -> dict[str, str]:
    """``a=b,c.d=e`` as a dict. The last of several values of one name counts.

    Blanks around names and values do not. A comma inside ``'...'`` or ``"..."`` or after a backslash belongs
    to the value.
    """
    settings = {}
    for part in filter(None, map(str.strip, split_at_commas(config_string))):
        name, equals, value = part.partition("=")
        if equals:
            settings[name.strip()] = value.strip()
        elif issue_warnings:
            TheanoConfigWarning.warn(f"'{part}' in THEANO_FLAGS has no value and is ignored", stacklevel=4)
    return settings


def split_at_commas(text: str) -> list[str]:
    """The parts of ``text``, without the quotation marks and backslashes that guard commas."""
    parts, quote, escaped = [""], "", False
    for i, letter in enumerate(text):
        if escaped:
            parts[-1] += letter
            escaped = False
        elif text[i : i + 2] in ("\\,", "\\'", '\\"'):  # any other backslash is part of a Windows path
            escaped = True
        elif quote:
            if letter == quote:
                quote = ""
            else:
                parts[-1] += letter
        elif letter in "'\"":
            quote = letter
        elif letter == ",":
            parts.append("")
        else:
            parts[-1] += letter
    if quote:
        raise ValueError(f"The quotation mark {quote} is not closed in THEANO_FLAGS={text}")
    return parts


def config_files_from_theanorc(environ: Mapping[str, str] = os.environ) -> list[str]:
    """The files that may hold flags; a later one counts more."""
    default = "~/.theanorc" if sys.platform != "win32" else f"~/.theanorc{os.pathsep}~/.theanorc.txt"
    return [os.path.expanduser(path) for path in environ.get("THEANORC", default).split(os.pathsep) if path]


def read_files(paths: Iterable[str], environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Text and file of each name, as in name_in_file. ``%(user)s`` and the like are filled in."""
    present = [path for path in paths if os.path.isfile(path)]
    if not present:
        return {}
    import configparser  # 10 ms that most programs need not spend

    known = ("USER", "HOME", "LSCRATCH", "TMPDIR", "TEMP", "TMP")
    variables = {name: environ.get(name, "").replace("%", "%%") for name in known} | {"PID": str(os.getpid())}
    settings = {}
    for path in present:
        parser = configparser.ConfigParser(variables)
        parser.read(path, encoding="utf-8")
        for section in parser.sections():
            for option in parser.options(section):
                if option in parser.defaults():
                    continue
                try:
                    text = parser.get(section, option)
                except configparser.InterpolationError:  # a % of its own, as in compiledir_format
                    text = parser.get(section, option, raw=True)
                name = option if section == "global" else f"{section}.{option}"
                settings[name] = text, path
    return settings


def name_in_file(fullname: str) -> str:
    """The flag's name as files have it: capitals do not count after the section."""
    section, dot, option = fullname.rpartition(".")
    return section + dot + option.lower()


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`` (did you mean 'nearest'?)`` with the known name nearest to ``name``, or ''."""
    import difflib

    wanted, plain = name.casefold(), {other.casefold(): other for other in known}
    ending = "." + wanted.rpartition(".")[2]
    near = [folded for folded in plain if folded == wanted]
    near += [folded for folded in plain if ("." + folded).endswith(ending)]
    near += difflib.get_close_matches(wanted, plain, n=1)
    return f" (did you mean '{plain[near[0]]}'?)" if near else ""
