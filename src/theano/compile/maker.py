"""FunctionMaker: from a private graph and what is known about its inputs and outputs to a callable Function."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import field
from typing import Any

from theano.backends.interface import Identity, Task
from theano.backends.timing import phase_of
from theano.compile.arguments import In, SymbolicOutput, as_input, as_output
from theano.compile.calling import Caller
from theano.compile.compiled import Function
from theano.compile.container import Container
from theano.compile.mode import Linker, Mode
from theano.configuration import config
from theano.data_classes import dataclass
from theano.graph import FunctionGraph


@dataclass(eq=False)
class FunctionMaker:
    """What a function is made of.  ``create()`` makes it.

    graph            between plain variables: inputs are the arguments, then the states; outputs what is returned,
                     then new values of states
    inputs           of the function, then one for each shared variable
    arguments        positions among ``inputs`` of what is passed at each call
    states           positions of the others: inputs that update themselves, shared variables
    updates          for each output after the returned ones, the position in ``states`` of what it replaces
    outputs          as given
    mode             how it is compiled
    name             how it is called in messages
    output_keys      names of the outputs where they were given in a dict
    unpack_single    the only output is returned bare
    return_none      the outputs were given as None
    on_unused_input  what was done about inputs that nothing needs
    profile          None, or the ProfileStats that wants to know times
    is_rewritten     the graph has been rewritten already
    identity         under what finished code is kept, where that is known
    """

    graph: FunctionGraph
    inputs: list[In]
    arguments: list[int]
    states: list[int]
    updates: list[int]
    outputs: list[SymbolicOutput]
    mode: Mode
    name: str
    output_keys: list[str] | None = None
    unpack_single: bool = False
    return_none: bool = False
    on_unused_input: str = "raise"
    profile: Any = None
    is_rewritten: bool = False
    identity: Identity | None = None
    accept_inplace: bool = False
    function_builder: type[Function] = Function
    task: Task = field(init=False, repr=False)

    def create(
        self, input_storage: Sequence[Any] | None = None, trustme: bool = False, storage_map: Any = None
    ) -> Function:
        """The function; ``input_storage`` gives containers for all inputs, by default those that the inputs tell.

        ``trustme`` and ``storage_map`` are accepted: nothing is checked here, and memory between calls is not kept.
        """
        containers = (
            [_container(given) for given in self.inputs] if input_storage is None else list(input_storage)
        )
        caller = Caller(
            self.name, self.inputs, containers, self.arguments, self.output_keys, self.unpack_single
        )
        times_rules = self.profile is not None and self.profile.times_rules
        has_own_rules = not self.is_rewritten and self.mode.optimizer.has_own_rules
        self.task = Task(
            fgraph=self.graph,
            rewrite=self.mode.optimizer.rewriter(self.profile),
            arguments=len(self.arguments),
            states=tuple(containers[k].storage for k in self.states),
            returned=len(self.outputs),
            updates=tuple(self.updates),
            single=self.unpack_single,
            convert=caller.convert,
            irregular=caller,
            name=self.name,
            borrowed=frozenset(k for k, output in enumerate(self.outputs) if output.borrow),
            mutable=frozenset(n for n, k in enumerate(self.arguments) if self.inputs[k].mutable),
            rewriting="" if self.is_rewritten or has_own_rules else repr(self.mode.optimizer),
            strict=frozenset(n for n, k in enumerate(self.arguments) if self.inputs[k].strict),
            allow_gc=self.mode.allow_gc,
            fuses=self.mode.optimizer.fuses,
            watched=config.optimizer_verbose or config.compute_test_value_opt != "off" or times_rules,
            profile=self.profile,
        )
        self.task.identity, self.task._is_rewritten = self.identity, self.is_rewritten
        self.mode.prepare(self.task)
        with nullcontext() if self.profile is None else self.profile.making(self.task):
            if has_own_rules:
                with phase_of(self.profile, "rewrite"):
                    self.task.rewritten()  # finished code is then found by what the rules made
            caller.native = self.mode.compile(self.task)
        # A builtin, or a callable object, is no descriptor: as a class's __call__ it is entered by f(x) directly.
        entry = caller.native if caller.is_regular else caller
        kind = type(
            "Function", (self.function_builder,), {"__call__": staticmethod(entry), "__module__": __name__}
        )
        return kind(self, caller)

    @staticmethod
    def wrap_in(input: Any) -> In:
        """What an entry of the list of inputs stands for: a variable, an In, a pair of one and its value."""
        return as_input(input)

    @staticmethod
    def wrap_out(output: Any) -> SymbolicOutput:
        """What an entry of the list of outputs stands for: a variable or an Out."""
        return as_output(output)

    @staticmethod
    def expand_in(sinput: In, rinputs: Sequence[Any]) -> tuple[In, list[In]]:
        """An input and all that it stands for: itself."""
        return sinput, [sinput]

    @property
    def fgraph(self) -> FunctionGraph:
        """The graph that is carried out, after rewriting."""
        return self.task.rewritten()

    @property
    def linker(self) -> Linker:
        return self.mode.linker

    @property
    def indices(self) -> list[tuple[In, list[int], list[In]]]:
        """Each input with its position and itself, as programs of old read it."""
        return [(given, [k], [given]) for k, given in enumerate(self.inputs)]

    @property
    def expanded_inputs(self) -> list[In]:
        return self.inputs

    @property
    def required(self) -> list[bool]:
        """For each input whether a call must give it."""
        return [given.value is None for given in self.inputs]

    @property
    def refeed(self) -> list[bool]:
        """For each input whether its default comes back after a call."""
        return [
            given.value is not None and not given.updates_itself and not given.shared for given in self.inputs
        ]


def _container(given: In) -> Container:
    """The container of an input: that of its shared variable, or a new one with the default."""
    if isinstance(given.value, Container):
        return given.value
    container = Container(
        given.variable, [None], strict=given.strict, allow_downcast=given.allow_downcast, name=given.name
    )
    container.value = given.value
    return container
