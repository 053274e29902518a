"""OpFromGraph: a graph as one op, whose derivatives may be given by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from theano.gradient.forward import Rop
from theano.gradient.reverse import grad
from theano.gradient.types import DisconnectedType, NullType, disconnected_type
from theano.graph import Apply, Variable
from theano.graph.inner_graph import InnerGraph
from theano.graph.subgraph import io_connection_pattern
from theano.graph.test_values import only_of_results
from theano.graph.walk import clone_with_replacements

Override = Any  # "default", a callable, an OpFromGraph, a variable of DisconnectedType or NullType; or a list of those


class OpFromGraph(InnerGraph):
    """outputs = graph(inputs), an op that is used as any other.

    Parameters
    ----------
    inputs, outputs
        The graph.  Shared variables in it need not be given.
    inline
        Accepted: the graph is always written out when a function is compiled.
    lop_overrides
        In place of the gradient: a function (inputs, outputs, output_grads) -> cotangents, or a list with, for each
        input, such a function of a single cotangent, "default", or a variable of DisconnectedType or NullType.
    grad_overrides
        The same without ``outputs``.  Only one of the two may be given.
    rop_overrides
        In place of forward mode: a function (inputs, eval_points) -> tangents, or a list with one for each output.
    connection_pattern
        [input][output] -> whether a gradient flows, where it is not what the graph says.
    name
        How the op is printed.

    Examples
    --------
    >>> import theano, theano.tensor as T
    >>> x, y = T.scalars("x", "y")
    >>> op = OpFromGraph([x, y], [x * y], grad_overrides=[lambda i, g: g[0] * 100, "default"])
    >>> f = theano.function([x, y], T.grad(op(x, y), [x, y]), on_unused_input="ignore")
    >>> [float(d) for d in f(2, 3)]
    [100.0, 2.0]
    """

    def __init__(
        self,
        inputs: Sequence[Variable],
        outputs: Sequence[Variable],
        inline: bool = False,
        lop_overrides: Override = "default",
        grad_overrides: Override = "default",
        rop_overrides: Override = "default",
        connection_pattern: list[list[bool]] | None = None,
        name: str | None = None,
        **kwargs: Any,
    ) -> None:
        if not isinstance(outputs, (list, tuple)):
            raise TypeError(f"outputs must be list, got {type(outputs)}")
        if kwargs:
            raise TypeError(f"{', '.join(sorted(kwargs))} not allowed in OpFromGraph: put them into its graph")
        super().__init__(inputs, outputs)
        self.is_inline = inline
        self.name = name
        self._given_pattern = connection_pattern
        self.lop_overrides = self.grad_overrides = "default"
        if not _is_default(lop_overrides):
            if not _is_default(grad_overrides):
                raise ValueError("lop_overrides and grad_overrides are mutually exclusive: give one of them")
            self.set_lop_overrides(lop_overrides)
        else:
            self.set_grad_overrides(grad_overrides)
        self.set_rop_overrides(rop_overrides)

    # -- what the user says about derivatives --------------------------------------------------------------------------

    def set_lop_overrides(self, lop_overrides: Override) -> None:
        """Set the functions (inputs, outputs, output_grads) that stand for the gradient."""
        self.lop_overrides, self.grad_overrides = lop_overrides, "default"
        self._cotangents = self._as_list(lop_overrides, lambda f: f, len(self.local_inputs) - len(self.shared_inputs))

    def set_grad_overrides(self, grad_overrides: Override) -> None:
        """Set the functions (inputs, output_grads) that stand for the gradient."""
        self.grad_overrides, self.lop_overrides = grad_overrides, "default"
        self._cotangents = self._as_list(
            grad_overrides, lambda f: partial(_without_outputs, f), len(self.local_inputs) - len(self.shared_inputs)
        )

    def set_rop_overrides(self, rop_overrides: Override) -> None:
        """Set the functions (inputs, eval_points) that stand for forward mode."""
        self.rop_overrides = rop_overrides
        self._tangents = self._as_list(rop_overrides, lambda f: f, len(self.local_outputs))

    def _as_list(self, given: Override, adapted: Callable[[Any], Any], n: int) -> Any:
        """A function of all, or a list with one entry for each: functions in the form that L_op and R_op call."""
        if _is_default(given):
            return ["default"] * n
        if isinstance(given, (list, tuple)):
            if len(given) > n:
                raise ValueError(f"{self}: {len(given)} overrides were given for {n} variables")
            filled = [*given, *["default"] * (n - len(given))]
            return [adapted(entry) if callable(entry) else self._checked(entry) for entry in filled]
        if not callable(given):
            raise TypeError(f"{self}: an override is a function, 'default' or a list of them, found {given!r}")
        return adapted(given)

    def _checked(self, entry: Any) -> Any:
        if _is_default(entry) or (isinstance(entry, Variable) and isinstance(entry.type, (DisconnectedType, NullType))):
            return entry
        raise TypeError(
            f"{self}: an override of one variable is a function, 'default' or a variable of DisconnectedType or NullType, "
            f"found {entry!r}"
        )

    # -- derivatives ---------------------------------------------------------------------------------------------------

    def connection_pattern(self, node: Apply | None = None) -> list[list[bool]]:
        """[input][output] -> whether a gradient flows; an input with a gradient of its own counts for all outputs."""
        if self._given_pattern is not None:
            shared = [[True] * len(self.local_outputs)] * (len(self.local_inputs) - len(self._given_pattern))
            return [*self._given_pattern, *shared]
        pattern = io_connection_pattern(self.local_inputs, self.local_outputs)
        overrides = self._cotangents
        for position in range(len(self.local_inputs) - len(self.shared_inputs)):
            entry = overrides[position] if isinstance(overrides, list) else overrides
            if callable(entry) or (isinstance(entry, Variable) and isinstance(entry.type, NullType)):
                pattern[position] = [True] * len(self.local_outputs)
            elif isinstance(entry, Variable):
                pattern[position] = [False] * len(self.local_outputs)
        return pattern

    def L_op(
        self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
    ) -> list[Any]:
        overrides = self._cotangents
        own = list(inputs)[: len(inputs) - len(self.shared_inputs)]
        rest = self._default_cotangents(inputs, cotangents) if self.shared_inputs or _some_default(overrides) else []
        if not isinstance(overrides, list):
            given = overrides(own, list(outputs), list(cotangents))
            given = list(given) if isinstance(given, (list, tuple)) else [given]
            if len(given) != len(own):
                raise ValueError(f"{self}: the override gave {len(given)} cotangents for {len(own)} inputs")
            return [*given, *rest[len(own) :]]
        found: list[Any] = []
        for position, entry in enumerate(overrides):
            if _is_default(entry):
                found.append(rest[position])
            elif isinstance(entry, Variable):
                found.append(entry)
            else:
                found.append(entry(own, list(outputs), list(cotangents)))
        return [*found, *rest[len(own) :]]

    @only_of_results
    def _default_cotangents(self, inputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list[Variable]:
        """Those of the inner graph, written out on ``inputs``."""
        seeds = {
            v: d for v, d in zip(self.local_outputs, cotangents, strict=True) if not isinstance(d.type, DisconnectedType)
        }
        if not seeds:
            return [disconnected_type() for _ in inputs]
        places = {v: d.type() for v, d in seeds.items()}
        inner = grad(
            None,
            self.local_inputs,
            disconnected_inputs="ignore",
            known_grads=places,
            return_disconnected="disconnected",
            null_gradients="return",
        )
        return self._written_out(inner, inputs, {places[v]: d for v, d in seeds.items()})

    def R_op(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Any]:
        overrides = self._tangents
        rest = self._default_tangents(inputs, tangents) if _some_default(overrides) else []
        own = len(inputs) - len(self.shared_inputs)
        arguments = list(inputs)[:own], list(tangents)[:own]
        if not isinstance(overrides, list):
            given = overrides(*arguments)
            return list(given) if isinstance(given, (list, tuple)) else [given]
        return [
            rest[k] if _is_default(entry) else None if isinstance(entry, Variable) else entry(*arguments)
            for k, entry in enumerate(overrides)
        ]

    @only_of_results
    def _default_tangents(self, inputs: Sequence[Variable], tangents: Sequence[Variable | None]) -> list[Any]:
        given = [(own, t) for own, t in zip(self.local_inputs, tangents, strict=True) if t is not None]
        places = {own: t.type() for own, t in given}
        inner = Rop(
            self.local_outputs,
            list(places),
            list(places.values()),
            disconnected_outputs="ignore",
            return_disconnected="disconnected",
        )
        return self._written_out(inner, inputs, {places[own]: t for own, t in given})

    def _written_out(
        self, inner: Sequence[Variable], inputs: Sequence[Variable], given: dict[Variable, Variable]
    ) -> list[Variable]:
        """Expressions of the inner graph on outer variables."""
        return clone_with_replacements(inner, {**dict(zip(self.local_inputs, inputs, strict=True)), **given})[0]

    def get_lop_op(self) -> OpFromGraph:
        """The gradient as an op: (inputs, outputs, output_grads) -> cotangents of the inputs that have one."""
        inputs, outputs = [v.type() for v in self.local_inputs], [v.type() for v in self.local_outputs]
        cotangents = [v.type() for v in self.local_outputs]
        own = len(inputs) - len(self.shared_inputs)
        found = self.L_op([*inputs[:own], *self.shared_inputs], outputs, cotangents)[:own]
        return OpFromGraph([*inputs[:own], *outputs, *cotangents], [v for v in found if _has_values(v)])

    def get_rop_op(self) -> OpFromGraph:
        """Forward mode as an op: (inputs, eval_points) -> tangents of the outputs that have one."""
        own = len(self.local_inputs) - len(self.shared_inputs)
        inputs, tangents = ([v.type() for v in self.local_inputs[:own]] for _ in range(2))
        found = self.R_op([*inputs, *self.shared_inputs], [*tangents, *[None] * len(self.shared_inputs)])
        return OpFromGraph([*inputs, *tangents], [v for v in found if _has_values(v)])

    def __str__(self) -> str:
        return f"{self.name or type(self).__name__}{{inline={self.is_inline}}}"


def _without_outputs(
    f: Callable[..., Any], inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]
) -> Any:
    """An override of the gradient called as one that is given the outputs too."""
    return f(inputs, cotangents)


def _is_default(override: Any) -> bool:
    return override is None or (isinstance(override, str) and override == "default")


def _some_default(overrides: Any) -> bool:
    return isinstance(overrides, list) and any(_is_default(entry) for entry in overrides)


def _has_values(v: Any) -> bool:
    return isinstance(v, Variable) and not isinstance(v.type, (DisconnectedType, NullType))
