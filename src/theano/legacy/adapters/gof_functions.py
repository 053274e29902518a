"""Small functions of theano.gof.utils and theano.gof.op that clients of Theano 1.0.5 import."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

from theano.configuration import config
from theano.graph import Variable
from theano.graph.op import get_test_value


class object2:
    """The base of graph classes in Theano 1.0.5, for its ``__ne__``."""

    def __ne__(self, other: object) -> bool:
        return not self == other


def hashtype(self: object) -> int:
    """A hash of the class of ``self``: two ops without attributes are equal when their classes are."""
    t = type(self)
    return hash(t.__name__) ^ hash(t.__module__)


def memoize(f: Callable[..., Any]) -> Callable[..., Any]:
    """``f``, computed once for each tuple of arguments."""
    known: dict[Hashable, Any] = {}

    @wraps(f)
    def remembering(*args: Any, **kwargs: Any) -> Any:
        key = (args, tuple(sorted(kwargs.items())))
        if key not in known:
            known[key] = f(*args, **kwargs)
        return known[key]

    return remembering


def uniq(seq: Iterable[Any]) -> list[Any]:
    """The elements of ``seq``, each once, in order, compared by identity."""
    seen: dict[int, Any] = {}
    for x in seq:
        seen.setdefault(id(x), x)
    return list(seen.values())


def unique(x: Sequence[Any]) -> bool:
    """Whether no element of ``x`` occurs twice."""
    return len(set(x)) == len(x)


def difference(seq1: Sequence[Any], seq2: Iterable[Any]) -> list[Any]:
    """The elements of ``seq1`` that are not in ``seq2``, in order."""
    left_out = list(seq2)
    return [x for x in seq1 if x not in left_out]


def remove(predicate: Callable[[Any], bool], coll: Iterable[Any]) -> list[Any]:
    """The elements for which ``predicate`` is false."""
    return [x for x in coll if not predicate(x)]


def hist(coll: Iterable[Hashable]) -> dict[Any, int]:
    """How often each element occurs."""
    counts: dict[Any, int] = {}
    for x in coll:
        counts[x] = counts.get(x, 0) + 1
    return counts


def flatten(a: Any) -> list[Any]:
    """The leaves of nested tuples, lists and sets."""
    leaves: list[Any] = []
    stack = [a]
    while stack:
        thing = stack.pop()
        if isinstance(thing, (tuple, list, set)):
            stack += reversed(list(thing))
        else:
            leaves.append(thing)
    return leaves


def from_return_values(values: Any) -> list[Any]:
    """What a function returned, as a list."""
    return list(values) if isinstance(values, (list, tuple)) else [values]


def to_return_values(values: Sequence[Any]) -> Any:
    """A list as a function returns it: the only element of a list of one."""
    return values[0] if len(values) == 1 else values


def toposort(prereqs_d: Mapping[Any, Iterable[Any]]) -> list[Any]:
    """The keys of ``prereqs_d``, each after its prerequisites.  ValueError when that is impossible."""
    waiting = {key: set(before) for key, before in prereqs_d.items()}
    order: list[Any] = []
    while waiting:
        ready = [key for key, before in waiting.items() if not before & waiting.keys()]
        if not ready:
            raise ValueError("not a directed acyclic graph: some prerequisites wait for each other")
        order += ready
        for key in ready:
            del waiting[key]
    return order


def give_variables_names(variables: Iterable[Variable]) -> list[Variable]:
    """Name the variables that have no name, or one that another has: ``<op>_<number>``; returned as a list."""
    variables = list(variables)
    taken: set[str] = set()
    for position, v in enumerate(variables):
        if v.name is None or v.name in taken:
            v.name = f"{v.owner.op if v.owner is not None else 'Variable'}_{position}"
        taken.add(v.name)
    return variables


def hash_from_code(msg: str | bytes) -> str:
    """The hash of a text or of bytes, in hexadecimal digits."""
    return hashlib.sha256(msg.encode() if isinstance(msg, str) else msg).hexdigest()


def hash_from_file(file_path: str) -> str:
    """The hash of a file's content."""
    with open(file_path, "rb") as file:
        return hash_from_code(file.read())


def add_tag_trace(thing: Any, user_line: int | None = None) -> Any:
    """``thing`` as it is: every variable remembers anyway where it was made, see ``Variable.origin``."""
    return thing


def get_variable_trace_string(v: Variable) -> str:
    """A sentence about where ``v`` was made; empty when that is not known."""
    return f"Variable made at {v.origin}\n" if getattr(v, "origin", None) is not None else ""


def get_debug_values(*args: Any) -> list[tuple]:
    """[the test values of ``args``], or [] when test values are off or one is missing.

    For loops: ``for a, b in get_debug_values(x, y): ...``.  AttributeError with ``compute_test_value="raise"`` when
    one is missing.
    """
    if config.compute_test_value == "off":
        return []
    values = []
    for position, v in enumerate(args):
        try:
            values.append(get_test_value(v))
        except AttributeError:
            if config.compute_test_value == "raise":
                raise AttributeError(
                    f"Argument {position} ('{v}') in get_debug_values has no test value."
                ) from None
            return []
    return [tuple(values)]


def missing_test_message(msg: str) -> None:
    """Tell of a missing test value as ``config.compute_test_value`` says.  AttributeError where it is "raise"."""
    if config.compute_test_value in ("raise", "pdb"):
        raise AttributeError(msg)
    if config.compute_test_value == "warn":
        warnings.warn(msg, stacklevel=2)


def debug_error_message(msg: str) -> None:
    """Tell of wrong test values.  ValueError unless ``config.compute_test_value`` says to warn or ignore."""
    if config.compute_test_value in ("off", "ignore", "warn"):
        missing_test_message(msg)
    else:
        raise ValueError(f"compute_test_value: {msg}")


def debug_assert(condition: Any, msg: str | None = None) -> None:
    """Check a condition on test values.  AssertionError where it fails and test values are on."""
    if config.compute_test_value != "off" and not condition:
        raise AssertionError(msg or "debug_assert failed")
