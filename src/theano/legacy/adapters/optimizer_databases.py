"""Databases of optimizers, as programs for Theano 1.0.5 register theirs: by name, position and tags.

``optdb`` stands for this project's list of passes.  What is registered in it is a step among them; what is registered in
``optdb["canonicalize"]``, and in the other books of rules, is a rule of that book.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

from theano.compile import mode
from theano.graph import FunctionGraph
from theano.legacy.adapters.adapted_rules import adapted_rule
from theano.legacy.adapters.local_optimizers import LocalOptGroup, LocalOptimizer
from theano.legacy.adapters.navigators import EquilibriumOptimizer, TopoOptimizer
from theano.legacy.adapters.optimizers import Optimizer, SeqOptimizer
from theano.rewrite import registered
from theano.rewrite.engine import RuleBook
from theano.rewrite.passes import LEVELS, PASSES, selection_of
from theano.rewrite.registered import Selection, Step, TaggedRule


class Query(mode.Query):
    """What is asked for: ``Query(include=["fast_run"])`` makes a ``theano.compile.mode.Query``.

    include              levels and tags; the first level found is that of the query
    require, exclude     tags
    position_cutoff      only what stands before this position
    extra_optimizations  pairs (optimizer, position)
    """

    def __new__(  # type: ignore[misc]
        cls,
        include: Sequence[str],
        require: Sequence[str] | None = None,
        exclude: Sequence[str] | None = None,
        subquery: Any = None,
        position_cutoff: float = math.inf,
        extra_optimizations: Sequence[tuple[Any, float]] | None = None,
    ) -> mode.Query:
        tags = [include] if isinstance(include, str) else list(include)
        level = next((tag for tag in tags if tag in LEVELS), "None")
        rest = tuple(tag for tag in tags if tag != level)
        query = mode.Query(level, rest, tuple(exclude or ()), tuple(require or ()), position_cutoff)
        return query.register(*extra_optimizations or ())


def _selection(query: mode.Query) -> Selection:
    return selection_of(query.level, query.exclude, query.include, query.require)


def _query(selection: Selection) -> mode.Query:
    """A query by tags alone."""
    return mode.Query("None", tuple(selection.include), tuple(selection.exclude), tuple(selection.require))


def as_query(tags: Sequence[Any]) -> mode.Query:
    """``query("+fast_run", "-inplace", "&stable")``, or the only argument, a Query.  ValueError for another sign."""
    if tags and isinstance(tags[0], mode.Query):
        if len(tags) > 1:
            raise TypeError(
                "If the first argument to query is a Query, there should be no other arguments.", tags
            )
        return tags[0]
    if any(tag[0] not in "+&-" for tag in tags):
        raise ValueError("All tags must start with one of the following characters: '+', '&' or '-'", tags)
    signed = {sign: [tag[1:] for tag in tags if tag[0] == sign] for sign in "+&-"}
    return Query(include=signed["+"], require=signed["&"], exclude=signed["-"])  # type: ignore[return-value]


class DB:
    """Optimizers and databases by name, each with tags; its own name, and that of its class, are tags too."""

    name: str | None = None

    def __init__(self) -> None:
        self._objects: dict[str, Any] = {}
        self._tags: dict[str, set[str]] = {}

    def register(self, name: str, obj: Any, *tags: str, **kwargs: Any) -> None:
        """Enter ``obj``.

        use_db_name_as_tag  keyword: the name of this database is a tag of it as well

        Raises ValueError where the name is taken, TypeError for what is no optimizer.
        """
        if not isinstance(obj, (DB, Optimizer, LocalOptimizer)):
            raise TypeError("Object cannot be registered in OptDB", obj)
        if name in self:
            raise ValueError(
                "The name of the object cannot be an existing tag or the name of another existing object.",
                obj,
                name,
            )
        if kwargs.get("use_db_name_as_tag", True) and self.name is not None:
            tags = (*tags, self.name)
        obj.name = name
        self._objects[name] = obj
        self._tags[name] = {name, type(obj).__name__, *tags}

    def add_tags(self, name: str, *tags: str) -> None:
        """Let the object called ``name`` be selected by these tags too."""
        self[name]
        self._tags[name].update(tags)

    def remove_tags(self, name: str, *tags: str) -> None:
        """Let it not be selected by them any more."""
        self[name]
        self._tags[name].difference_update(tags)

    def selected(self, query: mode.Query) -> dict[str, Any]:
        """The objects that a query takes, by name; of a database among them what it gives for the same query."""
        selection = _selection(query)
        found = {name: obj for name, obj in self._objects.items() if selection.takes(self._tags[name])}
        return {name: obj.query(query) if isinstance(obj, DB) else obj for name, obj in found.items()}

    def query(self, *tags: Any, **kwtags: Any) -> Any:
        """The optimizer made of what the tags select: "+a" any of these, "&a" all of these, "-a" none of these."""
        return self.assembled(as_query(tags))

    def assembled(self, query: mode.Query) -> Any:
        """The selected objects as one."""
        return list(self.selected(query).values())

    def __getitem__(self, name: str) -> Any:
        if name not in self._objects:
            raise KeyError(f"Nothing found for '{name}'")
        return self._objects[name]

    def __contains__(self, name: str) -> bool:
        return name in self._objects

    def print_summary(self, stream: Any = sys.stdout) -> None:
        """Write names and tags."""
        print(f"{type(self).__name__} {self.name or ''}", file=stream)
        for name, tags in self._tags.items():
            print(f"  {name}: {', '.join(sorted(tags))}", file=stream)


class EquilibriumDB(DB):
    """Optimizers applied together until none applies."""

    def __init__(self, ignore_newtrees: bool = True, tracks_on_change_inputs: bool = False) -> None:
        super().__init__()
        self.ignore_newtrees = ignore_newtrees
        self.tracks_on_change_inputs = tracks_on_change_inputs
        self._final: set[str] = set()
        self._cleanup: set[str] = set()

    def register(self, name: str, obj: Any, *tags: str, **kwtags: Any) -> None:
        """As ``DB.register``; ``final_opt`` and ``cleanup`` let a global one be applied after each round."""
        final, cleanup = kwtags.pop("final_opt", False), kwtags.pop("cleanup", False)
        super().register(name, obj, *tags, **kwtags)
        if final:
            self._final.add(name)
        if cleanup:
            self._cleanup.add(name)

    def assembled(self, query: mode.Query) -> EquilibriumOptimizer:
        found = self.selected(query)
        return EquilibriumOptimizer(
            [obj for name, obj in found.items() if name not in self._final | self._cleanup],
            final_optimizers=[obj for name, obj in found.items() if name in self._final],
            cleanup_optimizers=[obj for name, obj in found.items() if name in self._cleanup],
        )


class SequenceDB(DB):
    """Optimizers applied one after the other, in the order of their positions."""

    def __init__(self, failure_callback: Callable = SeqOptimizer.warn) -> None:
        super().__init__()
        self.__position__: dict[str, float] = {}
        self.failure_callback = failure_callback

    def register(self, name: str, obj: Any, position: float, *tags: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().register(name, obj, *tags, **kwargs)
        self.__position__[name] = float(position)

    def assembled(self, query: mode.Query) -> SeqOptimizer:
        found = self.selected(query)
        cutoff, position = query.position_cutoff, self.__position__
        names = sorted((name for name in found if position[name] < cutoff), key=lambda n: (position[n], n))
        return SeqOptimizer(*[found[name] for name in names], failure_callback=self.failure_callback)


class LocalGroupDB(DB):
    """Local optimizers tried in turn, in the order of their positions: "first", numbers, "last"."""

    def __init__(
        self, apply_all_opts: bool = False, profile: bool = False, local_opt: type = LocalOptGroup
    ) -> None:
        super().__init__()
        self.apply_all_opts, self.profile, self.local_opt = apply_all_opts, profile, local_opt
        self.__position__: dict[str, float] = {}

    def register(self, name: str, obj: Any, *tags: str, **kwargs: Any) -> None:
        position = kwargs.pop("position", "last")
        super().register(name, obj, *tags, **kwargs)
        known = self.__position__.values()
        if position == "last":
            position = max(known, default=0) + 1
        elif position == "first":
            position = min(known, default=0) - 1
        self.__position__[name] = float(position)

    def assembled(self, query: mode.Query) -> Any:
        found = self.selected(query)
        names = sorted(found, key=lambda n: (self.__position__[n], n))
        return self.local_opt(
            *[found[name] for name in names], apply_all_opts=self.apply_all_opts, profile=self.profile
        )


class TopoDB(DB):
    """What another database gives, a local optimizer, tried once on every node."""

    def __init__(
        self,
        db: DB,
        order: str = "in_to_out",
        ignore_newtrees: bool = False,
        failure_callback: Callable | None = None,
    ) -> None:
        super().__init__()
        self.db, self.order, self.ignore_newtrees, self.failure_callback = (
            db,
            order,
            ignore_newtrees,
            failure_callback,
        )

    def assembled(self, query: mode.Query) -> TopoOptimizer:
        return TopoOptimizer(self.db.query(query), self.order, self.ignore_newtrees, self.failure_callback)


class ProxyDB(DB):
    """Another database under a name of its own, for a second place in a SequenceDB."""

    def __init__(self, db: DB) -> None:
        if not isinstance(db, DB):
            raise TypeError("db must be a DB", db)
        super().__init__()
        self.db = db

    def assembled(self, query: mode.Query) -> Any:
        return self.db.query(query)


# -- this project's passes ---------------------------------------------------------------------------------------------


class _Book(EquilibriumDB):
    """One of the books of rules: what is registered joins its rules."""

    def __init__(self, name: str, position: float) -> None:
        super().__init__()
        self.name = name
        self._position = position

    def register(self, name: str, obj: Any, *tags: str, **kwtags: Any) -> None:
        super().register(name, obj, *tags, **kwtags)
        assert self.name is not None
        if isinstance(obj, LocalOptimizer):
            rule = TaggedRule(adapted_rule(obj, name), frozenset(self._tags[name] - {name, self.name}))
            registered.RULES.setdefault(self.name, []).append(rule)
        else:
            registered.STEPS[name] = _step(name, obj, self._position, self._tags[name])


class _Passes(SequenceDB):
    """The list of passes, which a program's own steps may join."""

    def __init__(self) -> None:
        super().__init__()
        self._books = {
            one.name: _Book(one.name, one.position) for one in PASSES if isinstance(one.does, RuleBook)
        }
        self.__position__.update({one.name: one.position for one in PASSES})

    def register(self, name: str, obj: Any, position: float, *tags: str, **kwargs: Any) -> None:  # type: ignore[override]
        super().register(name, obj, position, *tags, **kwargs)
        registered.STEPS[name] = _step(name, obj, float(position), self._tags[name])

    def add_tags(self, name: str, *tags: str) -> None:
        super().add_tags(name, *tags)
        registered.STEPS[name] = _step(name, self[name], self.__position__[name], self._tags[name])

    def remove_tags(self, name: str, *tags: str) -> None:
        super().remove_tags(name, *tags)
        registered.STEPS[name] = _step(name, self[name], self.__position__[name], self._tags[name])

    def assembled(self, query: mode.Query) -> Any:
        return _Rewriter(query)

    def __getitem__(self, name: str) -> Any:
        if name in self._books:
            return self._books[name]
        if name in _OTHER_BOOKS and name not in self._objects:
            self.register(name, EquilibriumDB(), _OTHER_BOOKS[name], "fast_run", "fast_compile")
        return super().__getitem__(name)

    def __contains__(self, name: str) -> bool:
        return name in self.__position__


# books of 1.0.5 for which this project has no rules: they are made when a program asks for them
_OTHER_BOOKS = {"useless": 0.6, "uncanonicalize": 3.0, "specialize_device": 48.6}


class _Rewriter(Optimizer):
    """All passes that a query asks for."""

    def __init__(self, query: mode.Query) -> None:
        self.query = query

    def apply(self, fgraph: FunctionGraph, *args: Any, **kwargs: Any) -> None:
        self.query.rewriter()(fgraph)


def _step(name: str, obj: Any, position: float, tags: set[str]) -> Step:
    def does(fgraph: FunctionGraph, selection: Selection) -> None:
        (obj.query(_query(selection)) if isinstance(obj, DB) else obj).optimize(fgraph)

    return Step(name, position, frozenset(tags), does)


optdb = _Passes()


def _registration(book: str, *usual: str) -> Callable:
    """The function that registers local optimizers in a book, with these tags besides those it is given."""

    def register(lopt: Any, *tags: str, **kwargs: Any) -> Any:
        """Register a local optimizer; also a decorator, plain or with tags: ``@register("fast_compile")``."""
        if isinstance(lopt, str):
            return lambda inner: register(inner, lopt, *tags, **kwargs)
        name = kwargs.pop("name", None) or lopt.__name__
        optdb[book].register(name, lopt, *usual, *tags, **kwargs)
        return lopt

    register.__name__ = register.__qualname__ = f"register_{book}"
    return register


register_useless = _registration("useless", "fast_run", "fast_compile")
register_canonicalize = _registration("canonicalize", "fast_run")
register_stabilize = _registration("stabilize", "fast_run")
register_specialize = _registration("specialize", "fast_run")
register_uncanonicalize = _registration("uncanonicalize", "fast_run")
register_specialize_device = _registration("specialize_device", "fast_run")
