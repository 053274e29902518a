"""What a back end is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, NamedTuple

from theano.backends.timing import Profile
from theano.data_classes import dataclass
from theano.graph import FunctionGraph


class Identity(NamedTuple):
    """What finished code is known by on every machine.

    content         hash of the graph as the user wrote it, of the rewrites asked for, and of how values are handed over
    rewritten_with  hash of the version and settings that have rewritten it, or will; they may change what code says
    """

    content: str
    rewritten_with: str


@dataclass(eq=False)
class Task:
    """One function to make.

    fgraph     the graph, not rewritten; its inputs are the arguments, then the states; its outputs what is
               returned, then the new values of states
    rewriting  what identifies ``rewrite`` among all ways to rewrite
    rewrite    brings a graph into the form that back ends like; a back end that finds finished code for this very
               graph never calls it
    arguments  how many of the inputs are arguments of a call
    states     for each other input the one-element list that holds its value: a shared variable's storage, read
               and exchanged at every call
    returned   how many of the outputs are returned
    updates    for each other output the position in ``states`` of what it replaces
    single     return the only output bare, not in a list
    convert    convert(k, value): argument k brought into its type, or the exception that tells the user why not
    irregular  irregular(*args, **kwargs): takes calls whose arguments are not just the inputs in order
    name       how the function is called in messages and profiles
    borrowed   outputs that may share memory with states or arguments: positions
    mutable    arguments that may be overwritten: positions
    strict     arguments that must be arrays of the very dtype: positions
    allow_gc   drop intermediate values when they are not needed any more
    fuses      carry out chains of elementwise operations in one loop
    watched    somebody wants to see the rewriting, so it is done even where finished code is kept
    profile    None, or who wants to know times: see ``timing``
    identity   under what finished code of this graph is kept, once known: what a copy or a pickle of a function tells,
               so that its graph need not be read
    """

    fgraph: FunctionGraph
    rewrite: Callable[[FunctionGraph], None]
    arguments: int
    states: tuple[list, ...]
    returned: int
    updates: tuple[int, ...]
    single: bool
    convert: Callable[[int, Any], Any]
    irregular: Callable[..., Any]
    name: str = "function"
    borrowed: frozenset[int] = frozenset()
    mutable: frozenset[int] = frozenset()
    strict: frozenset[int] = frozenset()
    rewriting: str = ""
    allow_gc: bool = True
    fuses: bool = True
    watched: bool = False
    profile: Profile | None = None
    identity: Identity | None = field(default=None, init=False)
    _is_rewritten: bool = field(default=False, init=False)

    def rewritten(self) -> FunctionGraph:
        """The graph after rewriting, which happens once."""
        if not self._is_rewritten:
            self.rewrite(self.fgraph)
            self._is_rewritten = True
        return self.fgraph


# A back end is a function of a Task: it returns a callable that takes the arguments in order (anything that
# ``convert`` can take), and returns a list of arrays, or the bare one when ``single``.  All updates take place
# after everything has been computed without error, or none does.
BackEnd = Callable[[Task], Callable[..., Any]]
