"""Where the values of flags come from: the variable THEANO_FLAGS and the files called .theanorc."""

from typing import Any
from typing import Iterable
from typing import Mapping

class TheanoConfigWarning(Warning):
    """Something odd in THEANO_FLAGS or in a .theanorc file."""
    @classmethod
    def warn(cls, message: str, stacklevel: int = 0) -> None:
        """Warn as from the caller's caller, ``stacklevel`` further up."""
class Settings:
    """The texts given for flags from outside: in THEANO_FLAGS, and in files where that says nothing."""
    environment: Any
    files: Any
    def __init__(self, environ: Mapping[str, str]) -> None: ...
    def find(self, fullname: str) -> tuple[str, str] | None:
        """The text given for the flag, and where."""
    def warn_of_unknown(self, known: Iterable[str]) -> None:
        """One warning that names all settings of flags that do not exist, with the nearest ones that do."""
def parse_config_string(config_string: str, issue_warnings: bool = True) -> dict[str, str]:
    """``a=b,c.d=e`` as a dict. The last of several values of one name counts."""
def split_at_commas(text: str) -> list[str]:
    """The parts of ``text``, without the quotation marks and backslashes that guard commas."""
def config_files_from_theanorc(environ: Mapping[str, str] = ...) -> list[str]:
    """The files that may hold flags; a later one counts more."""
def read_files(paths: Iterable[str], environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Text and file of each name, as in name_in_file. ``%(user)s`` and the like are filled in."""
def name_in_file(fullname: str) -> str:
    """The flag's name as files have it: capitals do not count after the section."""
def did_you_mean(name: str, known: Iterable[str]) -> str:
    """`` (did you mean 'nearest'?)`` with the known name nearest to ``name``, or ''."""
