"""theano.gof.utils of Theano 1.0.5."""

from collections.abc import Callable
from collections.abc import Hashable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from theano.graph import Scratchpad
from theano.graph import Variable
from typing import Any

__all__ = ['MethodNotDefined', 'add_tag_trace', 'config', 'difference', 'flatten', 'from_return_values', 'get_variable_trace_string', 'give_variables_names', 'hash_from_code', 'hash_from_file', 'hashtype', 'hist', 'memoize', 'object2', 'remove', 'scratchpad', 'to_return_values', 'toposort', 'uniq', 'unique']
from theano.graph import MethodNotDefined as MethodNotDefined
def add_tag_trace(thing: Any, user_line: int | None = None) -> Any:
    """``thing`` as it is: every variable remembers anyway where it was made, see ``Variable.origin``."""
from theano.configuration import config as config
def difference(seq1: Sequence[Any], seq2: Iterable[Any]) -> list[Any]:
    """The elements of ``seq1`` that are not in ``seq2``, in order."""
def flatten(a: Any) -> list[Any]:
    """The leaves of nested tuples, lists and sets."""
def from_return_values(values: Any) -> list[Any]:
    """What a function returned, as a list."""
from theano.gof.fg import get_variable_trace_string as get_variable_trace_string
def give_variables_names(variables: Iterable[Variable]) -> list[Variable]:
    """Name the variables that have no name, or one that another has: ``<op>_<number>``; returned as a list."""
def hash_from_code(msg: str | bytes) -> str:
    """The hash of a text or of bytes, in hexadecimal digits."""
def hash_from_file(file_path: str) -> str:
    """The hash of a file's content."""
from theano.gof import hashtype as hashtype
def hist(coll: Iterable[Hashable]) -> dict[Any, int]:
    """How often each element occurs."""
def memoize(f: Callable[..., Any]) -> Callable[..., Any]:
    """``f``, computed once for each tuple of arguments."""
from theano import object2 as object2
def remove(predicate: Callable[[Any], bool], coll: Iterable[Any]) -> list[Any]:
    """The elements for which ``predicate`` is false."""
scratchpad = Scratchpad
def to_return_values(values: Sequence[Any]) -> Any:
    """A list as a function returns it: the only element of a list of one."""
def toposort(prereqs_d: Mapping[Any, Iterable[Any]]) -> list[Any]:
    """The keys of ``prereqs_d``, each after its prerequisites.  ValueError when that is impossible."""
def uniq(seq: Iterable[Any]) -> list[Any]:
    """The elements of ``seq``, each once, in order, compared by identity."""
def unique(x: Sequence[Any]) -> bool:
    """Whether no element of ``x`` occurs twice."""
