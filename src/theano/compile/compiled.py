"""Function: what ``theano.function`` returns."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from theano.compile.arguments import In
from theano.compile.container import Container
from theano.compile.profile import profile_for
from theano.compile.shared import SharedVariable
from theano.graph import FunctionGraph, Variable

if TYPE_CHECKING:
    from theano.compile.calling import Caller
    from theano.compile.maker import FunctionMaker


class Function:
    """A compiled function.  ``f(...)`` takes the inputs by position or by name.

    Every function is the only instance of a class of its own, whose ``__call__`` is the native code.

    maker        what it was made of; ``f.maker.fgraph`` is the graph after rewriting
    fn           the back end's callable
    trust_input  kept for old programs; checking arguments costs next to nothing here, so they always are
    """

    def __init__(self, maker: FunctionMaker, caller: Caller) -> None:
        self.maker = maker
        self.name = maker.name
        self.fn = caller.native
        self.trust_input = False
        self.profile = maker.profile
        self.unpack_single = maker.unpack_single
        self.return_none = maker.return_none
        self.output_keys = maker.output_keys
        self.outputs = maker.outputs
        self.n_returned_outputs = len(maker.outputs)
        self.nodes_with_inner_function: list = []
        self._caller = caller

    # -- values of inputs and states ---------------------------------------------------------------------------------

    def __getitem__(self, key: Any) -> Any:
        """The value of an input with a default, or of a state: by name, variable or place."""
        return self._caller.containers[self._caller.position(key)].value

    def __setitem__(self, key: Any, value: Any) -> None:
        """Set it: an argument for the next call, a state from now on."""
        self._caller.set(key, value)

    def __contains__(self, key: Any) -> bool:
        return key in self._caller.finder

    @property
    def value(self) -> Values:
        """Values of inputs: ``f.value['y']``."""
        return Values(self, lambda container: container.value)

    @property
    def container(self) -> Values:
        """Containers of inputs: ``f.container['y'].value``."""
        return Values(self, lambda container: container)

    @property
    def input_storage(self) -> list[Container]:
        return self._caller.containers

    @property
    def output_storage(self) -> list[Container]:
        """One empty container for each output: results belong to the caller, the function keeps none."""
        return [Container(output.variable, [None]) for output in self.maker.outputs]

    @property
    def finder(self) -> dict[Any, Container]:
        """Containers by name and by variable."""
        containers = self._caller.containers
        return {key: containers[k] for key, k in self._caller.finder.items() if k >= 0}

    @property
    def inv_finder(self) -> dict[Container, In]:
        return dict(zip(self._caller.containers, self.maker.inputs, strict=True))

    @property
    def defaults(self) -> list[tuple[bool, bool, Any]]:
        """(must be given, comes back after a call, default) of each input."""
        return list(zip(self.maker.required, self.maker.refeed, self._caller.defaults, strict=True))

    @property
    def indices(self) -> list[tuple[In, list[int], list[In]]]:
        return self.maker.indices

    def get_shared(self) -> list[SharedVariable]:
        """The shared variables that calls read or update."""
        return [given.variable for given in self.maker.inputs if given.shared]  # type: ignore[misc]

    # -- many calls --------------------------------------------------------------------------------------------------

    def run(
        self,
        n: int,
        *args: Any,
        index: Any = None,
        cut: Mapping[Any, Any] | None = None,
        batch_size: int | None = None,
        start: int = 0,
        stack: bool = False,
        callback: Callable[[int, Any], Any] | None = None,
        every: int | None = None,
        progress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Call the function ``n`` times, in native code.

        Parameters
        ----------
        args, kwargs
            The inputs, as for one call; those of ``index`` and ``cut`` are left out.
        index
            An int64 0-d input, by variable or name: it is ``start`` in the first call, and one more in each further one.
        cut
            Inputs with arrays of which each call is given the next ``batch_size`` rows; after the last full batch comes
            the first again.
        stack
            Return the results of all calls, each output with a new first axis.
        callback
            ``callback(calls made, results of the last one)``, after every ``every`` calls and after the last.
        progress
            Show a bar, with rich or tqdm if one of them is installed.

        Returns
        -------
        The results of the last call, or with ``stack`` of all; None where ``n`` is 0.

        Raises
        ------
        What a call raises; and KeyboardInterrupt after Ctrl-C, between two calls.  Updates of the calls made before hold.

        Examples
        --------
        >>> import theano, theano.tensor as T
        >>> w, i = theano.shared(1.0), T.lscalar("i")
        >>> f = theano.function([i], w, updates=[(w, w * 2 + i)])
        >>> f.run(4, index=i, stack=True).tolist()
        [1.0, 2.0, 5.0, 12.0]
        """
        from theano.compile.running import run  # needs a native part, which few programs do

        return run(
            self._caller, n, args, kwargs, index, cut, batch_size, start, stack, callback, every, progress
        )

    # -- what old programs call --------------------------------------------------------------------------------------

    def free(self) -> None:
        """Give back the memory that calls leave to the next one; functions share it."""
        from theano.backends.llvm.arena import (
            release,  # with all of that back end, which a program may not need
        )

        release()

    def sync_shared(self) -> None:
        """Wait until shared variables hold their values: they do when a call returns."""

    # -- copies ------------------------------------------------------------------------------------------------------

    def copy(
        self,
        share_memory: bool = False,
        swap: dict[Any, SharedVariable] | None = None,
        delete_updates: bool = False,
        name: str | None = None,
        profile: Any = None,
    ) -> Function:
        """Another function of the same graph and the same shared variables.

        Parameters
        ----------
        swap
            Shared variables, or their names, with others of the same type that take their places.
        delete_updates
            Leave out all updates.
        name
            Its name; by default the same.
        share_memory
            Without effect: memory between calls is not kept.

        Raises
        ------
        ValueError
            When a shared variable to be swapped is not used here.
        TypeError
            When its substitute is of another type.
        """
        maker = self.maker
        graph = maker.task.fgraph
        if delete_updates:
            graph = FunctionGraph(graph.inputs, graph.outputs[: len(maker.outputs)])
        elif not maker.task._is_rewritten:
            graph = graph.clone()
        inputs = [copy.copy(given) for given in maker.inputs]
        containers = [
            given.value
            if given.shared
            else Container(
                given.variable,
                copy.deepcopy(container.storage) if given.mutable else list(container.storage),
                name=given.name,
            )
            for given, container in zip(inputs, self._caller.containers, strict=True)
        ]
        for k, substitute in self._swapped(swap or {}).items():
            inputs[k].variable, inputs[k].name, inputs[k].value = (
                substitute,
                substitute.name,
                substitute.container,
            )
            containers[k] = substitute.container
        if delete_updates:
            for given in inputs:
                given.update = None if given.shared else given.update
        twin = replace(
            maker,
            graph=graph,
            inputs=inputs,
            updates=[] if delete_updates else maker.updates,
            name=maker.name if name is None else name,
            profile=profile_for(profile, name or maker.name),
            is_rewritten=maker.task._is_rewritten,
            identity=None if delete_updates else maker.task.identity,
        )
        for given, old, new in zip(inputs, self._caller.containers, containers, strict=True):
            if not given.shared:
                new.strict, new.allow_downcast = old.strict, old.allow_downcast
        made = twin.create(containers)
        made.trust_input = self.trust_input
        return made

    def _swapped(self, swap: dict[Any, SharedVariable]) -> dict[int, SharedVariable]:
        """Substitutes by position among the inputs."""
        found: dict[int, SharedVariable] = {}
        for old, new in swap.items():
            places = [
                k
                for k, given in enumerate(self.maker.inputs)
                if given.shared and (given.variable is old or (isinstance(old, str) and given.name == old))
            ]
            if not places:
                raise ValueError(
                    f"SharedVariable: {getattr(old, 'name', old)} not found\n    The function does not use it."
                )
            if not isinstance(new, SharedVariable) or new.type != self.maker.inputs[places[0]].variable.type:
                raise TypeError(
                    f"copy(swap={{{old}: {new}}}) needs a shared variable of {self.maker.inputs[places[0]].variable.type}"
                    f", found {getattr(new, 'type', new)}"
                )
            found[places[0]] = new
        return found

    def __copy__(self) -> Function:
        return self.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> Function | None:
        # imported here and below, as few programs copy functions or keep them
        from theano.compile.pickling import deep_copied

        return deep_copied(self, memo)

    def __reduce_ex__(self, protocol: Any) -> tuple:
        from theano.compile.pickling import reduced

        return reduced(self, int(protocol))

    def __repr__(self) -> str:
        return f"<theano.compile.function_module.Function object at {id(self):#x}>"

    def _repr_html_(self) -> str | None:
        """What Jupyter shows: a picture of the graph that is carried out."""
        from theano.pictures.notebook import html_of

        return html_of(self)

    def _repr_svg_(self) -> str | None:
        from theano.pictures.notebook import svg_of

        return svg_of(self)


class Values:
    """Something about each input of a function, by name, variable or place."""

    def __init__(self, function: Function, read: Any) -> None:
        self._function = function
        self._read = read

    def __getitem__(self, key: str | Variable | int) -> Any:
        caller = self._function._caller
        return self._read(caller.containers[caller.position(key)])

    def __setitem__(self, key: str | Variable | int, value: Any) -> None:
        self._function[key] = value

    def __contains__(self, key: object) -> bool:
        return key in self._function

    def __len__(self) -> int:
        return len(self._function.input_storage)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._function._caller.finder)
