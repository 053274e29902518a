"""Mode: how a function is made, that is by which back end and after which rewrites."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from theano.backends.interface import BackEnd
from theano.backends.timing import Profile
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import Apply, FunctionGraph
from theano.graph.origin import stacklevel
from theano.legacy import old_names

if TYPE_CHECKING:
    from theano.rewrite.registered import Selection, Step


@dataclass(frozen=True)
class Linker:
    """A way to carry out a graph; old names of linkers stand for a back end and a choice about memory.

    back_end  the folder of ``theano.backends`` that does it
    allow_gc  drop intermediate values as soon as possible; None follows ``config.allow_gc``
    """

    back_end: str
    allow_gc: bool | None = None

    def load(self) -> BackEnd:
        """The back end itself, imported when it is needed first."""
        return import_module(f"theano.backends.{self.back_end}").compile_task


@dataclass(frozen=True)
class Query:
    """Which rewrites are done: a level, and names of passes and rules added, left out, or required of every one.

    position_cutoff  only passes before this position are done
    more             steps of the program's own, done besides
    """

    level: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    require: tuple[str, ...] = ()
    position_cutoff: float = math.inf
    more: tuple[Step, ...] = ()

    def rewriter(self, profile: Profile | None = None) -> Callable[[FunctionGraph], None]:
        """The function that rewrites a graph in this way, and tells ``profile`` of the time."""

        def rewrite(graph: FunctionGraph) -> None:
            # imported on first use: a warm start rewrites nothing
            from theano.rewrite.passes import Conditions, rewriter

            conditions = Conditions(
                on_error=_react_to_fault,
                on_shape_error=_react_to_shape_fault,
                max_use_ratio=config.optdb.max_use_ratio,
                position_cutoff=min(config.optdb.position_cutoff, self.position_cutoff),
                test_values=config.compute_test_value_opt,
                phases=None if profile is None else profile.phases,
                times_rules=profile is not None and profile.times_rules,
            )
            names = (self.exclude, self.include, self.require)
            rewriter(self.level, *names, conditions, self.more)(graph)

        return rewrite

    def including(self, *tags: str) -> Query:
        """This one with the rewrites so named besides."""
        return replace(self, include=(*self.include, *tags))

    def excluding(self, *tags: str) -> Query:
        """This one without the rewrites so named."""
        return replace(self, exclude=(*self.exclude, *tags))

    def requiring(self, *tags: str) -> Query:
        """This one, with those rewrites only that carry all these names."""
        return replace(self, require=(*self.require, *tags))

    def register(self, *optimizations: tuple[Any, float]) -> Query:
        """This one with steps of the program's own: pairs of an object with ``optimize(fgraph)`` and its position."""
        from theano.rewrite.registered import Step

        steps = [
            Step(str(getattr(optimizer, "name", optimizer)), position, frozenset(), _optimize(optimizer))
            for optimizer, position in optimizations
        ]
        return replace(self, more=(*self.more, *steps))

    @property
    def has_own_rules(self) -> bool:
        """Whether rewrites take part that the program has registered: no name tells what they do."""
        from theano.rewrite.registered import any_registered

        return bool(self.more) or any_registered()

    @property
    def fuses(self) -> bool:
        """Whether chains of elementwise operations become one loop."""
        return bool(config.tensor.local_elemwise_fusion) and not _FUSION.intersection(self.exclude)


def _optimize(optimizer: Any) -> Callable[[FunctionGraph, Selection], object]:
    return lambda fgraph, selection: optimizer.optimize(fgraph)


_FUSION = frozenset(("fusion", "elemwise_fusion", "local_elemwise_fusion"))  # its names in 1.0.5


def _react_to_fault(problem: Exception, rule: Any, node: Apply | None) -> None:
    """What the flag ``on_opt_error`` asks for when a rule raises, or a program's own step."""
    match config.on_opt_error:
        case "raise":
            raise problem
        case "pdb":
            import pdb

            pdb.post_mortem(problem.__traceback__)
            raise problem
        case "warn":
            made = f", made at {node.origin}" if node is not None and node.origin is not None else ""
            warnings.warn(
                f"The rewrite {rule.name} failed on {node or 'the graph'}{made}, and was passed over: "
                f"{type(problem).__name__}: {problem}",
                RuntimeWarning,
                stacklevel(),
            )


def _react_to_shape_fault(problem: Exception, node: Apply) -> None:
    """What the flag ``on_shape_error`` asks for when an op's ``infer_shape`` raises."""
    if config.on_shape_error == "raise":
        raise problem
    warnings.warn(
        f"Failed to infer_shape from Op {node.op}, so its result is computed where its shape is asked for: "
        f"{type(problem).__name__}: {problem}",
        RuntimeWarning,
        stacklevel(),
    )


predefined_linkers: dict[str, Linker] = {
    "llvm": Linker("llvm"),
    "jax": Linker("jax"),
    "python": Linker("python"),
    "py": Linker("python"),
    "c": Linker("llvm"),
    "c|py": Linker("llvm"),
    "vm": Linker("llvm"),
    "cvm": Linker("llvm"),
    "c|py_nogc": Linker("llvm", allow_gc=False),
    "vm_nogc": Linker("llvm", allow_gc=False),
    "cvm_nogc": Linker("llvm", allow_gc=False),
}

predefined_optimizers: dict[str | None, Query] = {
    None: Query("None"),
    **{
        level: Query(level)
        for level in (
            "None", "merge", "o1", "o2", "o3", "o4", "fast_compile", "stabilize", "fast_run", "fast_run_stable",
            "unsafe",
        )
    },
}  # fmt: skip

OPT_NONE = predefined_optimizers["None"]
OPT_MERGE = predefined_optimizers["merge"]
OPT_FAST_COMPILE = predefined_optimizers["fast_compile"]
OPT_STABILIZE = predefined_optimizers["stabilize"]
OPT_FAST_RUN = predefined_optimizers["fast_run"]
OPT_FAST_RUN_STABLE = predefined_optimizers["fast_run_stable"]
OPT_O2 = predefined_optimizers["o2"]
OPT_O3 = predefined_optimizers["o3"]
OPT_UNSAFE = predefined_optimizers["unsafe"]


class Mode:
    """A back end and a level of rewriting.

    linker     a name of ``predefined_linkers``, a Linker, or None for ``config.linker``
    optimizer  a name of ``predefined_optimizers``, a Query, what ``optdb.query`` gives, an Optimizer that is to do all
               rewriting, None for no rewriting, "default" for ``config.optimizer``

    ``including``, ``excluding`` and ``requiring`` give modes that differ in named rewrites; a mode never changes.

    call_time, fn_time  stay 0: the time of calls is measured for functions with a profile, and told by it
    """

    call_time = 0.0
    fn_time = 0.0

    def __init__(self, linker: str | Linker | None = None, optimizer: str | Query | None = "default") -> None:
        linker = config.linker if linker is None else linker
        optimizer = config.optimizer if optimizer == "default" else optimizer
        self.provided_linker = linker
        self.provided_optimizer = optimizer
        self.linker = linker if isinstance(linker, Linker) else _named(predefined_linkers, linker, "linker")
        self.optimizer = _query_of(optimizer)

    def get_linker_optimizer(
        self, linker: str | Linker | None, optimizer: str | Query | None
    ) -> tuple[Linker, Query]:
        """The Linker and the Query that two arguments of Mode stand for."""
        made = Mode(linker, optimizer)
        return made.linker, made.optimizer

    def including(self, *tags: str) -> Mode:
        """This mode with the rewrites so named besides."""
        return self._with(self.optimizer.including(*tags))

    def excluding(self, *tags: str) -> Mode:
        """This mode without the rewrites so named."""
        return self._with(self.optimizer.excluding(*tags))

    def requiring(self, *tags: str) -> Mode:
        """This mode, with those rewrites only that carry all these names."""
        return self._with(self.optimizer.requiring(*tags))

    def register(self, *optimizations: tuple[Any, float]) -> Mode:
        """This mode with steps of the program's own, see ``Query.register``."""
        return self._with(self.optimizer.register(*optimizations))

    def clone(self, link_kwargs: dict | None = None, optimizer: Any = "", **kwargs: Any) -> Mode:
        """A copy, with another ``optimizer`` unless that is "", and with ``link_kwargs`` (``allow_gc``) exchanged."""
        twin = Mode(self.linker, self.optimizer if optimizer == "" else optimizer)
        allow_gc = (link_kwargs or {}).get("allow_gc", self.linker.allow_gc)
        twin.linker = replace(self.linker, allow_gc=allow_gc)
        twin.provided_linker, twin.provided_optimizer = self.provided_linker, self.provided_optimizer
        twin.__class__ = self.__class__
        return twin

    def prepare(self, task: Any) -> None:
        """Called before a Task's graph is rewritten: modes that watch rewriting begin here."""

    def compile(self, task: Any) -> Callable[..., Any]:
        """Hand a Task to the back end.  Modes that check or watch what is computed do their part here."""
        return self.linker.load()(task)

    @property
    def allow_gc(self) -> bool:
        return bool(config.allow_gc if self.linker.allow_gc is None else self.linker.allow_gc)

    def _with(self, query: Query) -> Mode:
        twin = self.clone()
        twin.optimizer = query
        return twin

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), self.linker, self.optimizer))

    def __str__(self) -> str:
        return f"Mode({self.provided_linker!r}, {self.provided_optimizer!r})"

    __repr__ = __str__


def _query_of(optimizer: Any) -> Query:
    """The Query that an ``optimizer`` of Mode stands for."""
    if isinstance(optimizer, Query):
        return optimizer
    if isinstance(getattr(optimizer, "query", None), Query):
        return optimizer.query
    if hasattr(optimizer, "optimize"):
        return OPT_NONE.register((optimizer, 0.0))
    return _named(predefined_optimizers, optimizer, "optimizer")


def _named(table: dict, name: Any, what: str) -> Any:
    try:
        return table[name]
    except (KeyError, TypeError):
        known = ", ".join(sorted(str(key) for key in table))
        raise KeyError(f"{name!r} is no {what}; there are {known}") from None


FAST_COMPILE = Mode("python", "fast_compile")
FAST_RUN = Mode("cvm", "fast_run")

predefined_modes: dict[str, Mode] = {
    "FAST_COMPILE": FAST_COMPILE,
    "FAST_RUN": FAST_RUN,
    "llvm": Mode("llvm", "fast_run"),
    "jax": Mode("jax", "fast_run"),
    "python": Mode("python", "fast_run"),
}

_MODULES = {"DebugMode": "theano.compile.debugmode", "NanGuardMode": "theano.compile.nanguardmode"}  # imported when the mode of that name is asked for


def get_mode(orig_string: str | Mode | None) -> Mode:
    """The mode of this name; None is the one that the flags tell.

    Raises ValueError for an unknown name.
    """
    name = config.mode if orig_string is None else orig_string
    if not isinstance(name, str):
        return name
    if name == "Mode":
        mode = Mode(config.linker, config.optimizer)
    else:
        name = "DebugMode" if name == "DEBUG_MODE" else name
        if name in _MODULES and name not in predefined_modes:
            predefined_modes[name] = getattr(import_module(_MODULES[name]), name)()
        if name not in predefined_modes:
            known = ", ".join(sorted({*predefined_modes, *_MODULES}))
            raise ValueError(
                f"No predefined mode exist for string: {name}\n"
                f"    There are {known}, and theano.Mode(linker, optimizer)"
            )
        mode = predefined_modes[name]
    if orig_string is not None and orig_string != config.mode:
        return mode
    for names, change in (
        (config.optimizer_excluding, Mode.excluding),
        (config.optimizer_including, Mode.including),
        (config.optimizer_requiring, Mode.requiring),
    ):
        if names:
            mode = change(mode, *names.split(":"))
    return mode


def get_default_mode() -> Mode:
    """The mode of functions that are given none: what the flags mode, linker and optimizer tell."""
    return get_mode(None)


def register_mode(name: str, mode: Mode) -> None:
    """Let ``mode=name`` be understood.  ValueError when the name is taken."""
    if name in predefined_modes:
        raise ValueError(f"Mode name already taken: {name}")
    predefined_modes[name] = mode


def register_linker(name: str, linker: Linker) -> None:
    """Let ``Mode(linker=name)`` be understood.  ValueError when the name is taken."""
    if name in predefined_linkers:
        raise ValueError(f"Linker name already taken: {name}")
    predefined_linkers[name] = linker


def register_optimizer(name: str, opt: Query) -> None:
    """Let ``Mode(optimizer=name)`` be understood.  ValueError when the name is taken."""
    if name in predefined_optimizers:
        raise ValueError(f"Optimizer name already taken: {name}")
    predefined_optimizers[name] = opt


_old_names = old_names(__name__)


def __getattr__(name: str) -> object:
    if name == "instantiated_default_mode":
        return get_default_mode()
    return _old_names(name)
