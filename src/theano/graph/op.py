"""Op: what an operation on variables must say about itself."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from typing import Any

from theano.configuration import config
from theano.graph.errors import GradientNotDefined, MethodNotDefined
from theano.graph.origin import stacklevel
from theano.graph.variable import Apply, Constant, Variable


class Op:
    """Base of all ops.

    make_node(*inputs)                 the Apply of this op to inputs; checks them and infers output types
    perform(node, inputs, outputs)     the NumPy meaning: sets ``outputs[i][0]``
    infer_shape(node, shapes)          shapes of the outputs from those of the inputs; also on index expressions
    L_op(inputs, outputs, cotangents)  reverse mode; or the older ``grad(inputs, cotangents)``
    R_op(inputs, tangents)             forward mode; derived from L_op where it is missing
    connection_pattern(node)           [input][output] -> whether a gradient flows
    branches(node)                     of an op that uses some inputs under a condition only: see ``theano.graph.guard``
    __props__                          names of the attributes that make two instances equal
    params_type                        the Type of what ``get_params(node)`` gives, which ``perform`` gets as ``params``
    prepare_node, make_thunk           called once for each application, see below
    held                               positions of operands on whose memory the results hold: ``perform`` is given arrays
                                       that nobody else has

    An op is immutable.  A frozen dataclass gets identity from its fields, another class from ``__props__``.
    """

    __props__: tuple[str, ...]
    default_output: int | None = None
    params_type: Any = None
    view_map: dict[int, list[int]] = {}
    destroy_map: dict[int, list[int]] = {}
    held: tuple[int, ...] = ()

    # Theano 1.0.5 let an op declare its types instead of writing make_node.
    itypes: Sequence[Any]
    otypes: Sequence[Any]

    def make_node(self, *inputs: Any) -> Apply:
        itypes, otypes = getattr(self, "itypes", None), getattr(self, "otypes", None)
        if itypes is None or otypes is None:
            raise NotImplementedError(f"{self}: give make_node, or both itypes and otypes")
        if len(inputs) != len(itypes):
            raise ValueError(f"We expected {len(itypes)} inputs but got {len(inputs)}.")
        inputs = tuple(
            i if isinstance(i, Variable) else t.make_constant(t.filter(i)) for i, t in zip(inputs, itypes, strict=True)
        )
        for position, (given, wanted) in enumerate(zip(inputs, itypes, strict=True)):
            if given.type != wanted:
                raise TypeError(
                    f"We expected inputs of types '{list(itypes)}' but got types '{[i.type for i in inputs]}' "
                    f"(input {position} of {self})"
                )
        return Apply(self, inputs, [t() for t in otypes])

    def __call__(self, *inputs: Any, **kwargs: Any) -> Any:
        """Apply the op: its only or default output, else the list of outputs (always with ``return_list``)."""
        return_list = kwargs.pop("return_list", False)
        name = kwargs.pop("name", None)
        node = self.make_node(*inputs, **kwargs)
        if config.compute_test_value != "off":
            compute_test_value(node)
        outputs = node.outputs
        if name is not None and len(outputs) == 1:
            outputs[0].name = name
        if self.default_output is not None:
            chosen = outputs[self.default_output]
            return [chosen] if return_list else chosen
        if return_list or len(outputs) != 1:
            return list(outputs)
        return outputs[0]

    def perform(self, node: Apply, inputs: Sequence[Any], outputs: Sequence[list], params: Any = None) -> None:
        raise MethodNotDefined(f"{type(self).__name__} does not define perform(node, inputs, outputs)")

    def get_params(self, node: Apply) -> Any:
        """What ``perform`` is given as ``params``, where the op has a ``params_type``: by default the op itself."""
        return self

    def prepare_node(self, node: Apply, storage_map: Any, compute_map: Any, impl: str | None) -> None:
        """Called once before an application is carried out; ``impl`` is "py", what ``perform`` is here."""

    def make_thunk(
        self, node: Apply, storage_map: Any, compute_map: Any, no_recycling: Any, impl: str | None = None
    ) -> Callable[[], Any]:
        """A function that carries out the application: from and to the cells that ``storage_map`` tells."""
        self.prepare_node(node, storage_map, compute_map, "py")
        return self.make_py_thunk(node, storage_map, compute_map, no_recycling)

    def make_py_thunk(
        self, node: Apply, storage_map: Any, compute_map: Any, no_recycling: Any, debug: bool = False
    ) -> Callable[[], Any]:
        """The thunk of ``perform``."""
        given, made = [storage_map[v] for v in node.inputs], [storage_map[v] for v in node.outputs]
        params = () if self.params_type is None else (self.params_type.filter(self.get_params(node)),)

        def thunk() -> None:
            self.perform(node, [cell[0] for cell in given], made, *params)
            for v in node.outputs:
                compute_map[v][0] = True

        thunk.inputs, thunk.outputs, thunk.lazy = given, made, False  # type: ignore[attr-defined]
        return thunk

    def do_constant_folding(self, node: Apply) -> bool:
        """Whether an application to constants may be computed once, while rewriting."""
        return True

    def L_op(self, inputs: Sequence[Variable], outputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        """Cotangents of the inputs.  Falls back on ``grad(inputs, cotangents)``."""
        return self.grad(inputs, cotangents)

    def grad(self, inputs: Sequence[Variable], cotangents: Sequence[Variable]) -> list:
        raise GradientNotDefined(f"{self} has no gradient: give L_op(inputs, outputs, cotangents)")

    @classmethod
    def defines_gradient(cls) -> bool:
        """Whether the class, or one between it and Op, gives L_op or grad."""
        return cls.L_op is not Op.L_op or cls.grad is not Op.grad

    def _identity(self) -> tuple | None:
        names = getattr(self, "__props__", None)
        return None if names is None else (type(self), *[getattr(self, name) for name in names])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other):
            return False
        identity = self._identity()
        return identity is not None and identity == other._identity()  # type: ignore[attr-defined]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        identity = self._identity()
        return object.__hash__(self) if identity is None else hash(identity)

    def _props(self) -> tuple:
        return tuple(getattr(self, name) for name in getattr(self, "__props__", ()))

    def _props_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in getattr(self, "__props__", ())}

    def __str__(self) -> str:
        names = getattr(self, "__props__", None)
        if not names:
            return type(self).__name__
        return f"{type(self).__name__}{{{', '.join(f'{name}={getattr(self, name)!r}' for name in names)}}}"

    def __repr__(self) -> str:
        return str(self)


PureOp = Op


def get_test_value(v: Any) -> Any:
    """The test value of a variable, or the data of a constant.

    Raises AttributeError when there is none, TypeError when it is not of the variable's type.
    """
    if not isinstance(v, Variable):
        return v
    if isinstance(v, Constant):
        return v.data
    container = getattr(v, "container", None)
    if container is not None:
        return v.get_value(borrow=True, return_internal_type=True)  # type: ignore[attr-defined]
    value = v.tag.test_value
    try:
        return v.type.filter(value)
    except TypeError as problem:
        raise TypeError(
            f"For compute_test_value, one input test value does not have the requested type.\n"
            f"    {v} of type {v.type}{_place(v)}\n"
            f"The error when converting the test value to that variable type:\n{problem}"
        ) from None


def compute_test_value(node: Apply) -> None:
    """Compute the outputs of a new node from the test values of its inputs.

    ``config.compute_test_value`` says what a missing one causes: nothing ("ignore"), a warning ("warn"), a ValueError
    ("raise"), a ValueError after a debugger has shown the place ("pdb").  An error of the computation itself is always
    raised, and so ends at the user's line that applies the op.
    """
    from theano.graph.performing import perform_node  # it asks whether methods are those of Op

    setting = config.compute_test_value
    try:
        values = _test_values(node)
        if values is not None:
            for output, value in zip(node.outputs, perform_node(node, values), strict=True):
                output.tag.test_value = value
    except Exception:
        if setting == "pdb":
            import pdb

            pdb.post_mortem()
        raise


def _test_values(node: Apply) -> list[Any] | None:
    """The test values of a node's inputs; None where one is missing and that is no error."""
    values = []
    for position, variable in enumerate(node.inputs):
        try:
            values.append(get_test_value(variable))
        except AttributeError:
            message = (
                f"Cannot compute test value: input {position} ({variable}) of Op {node} missing default value.\n"
                f"    {variable} of type {variable.type}{_place(variable)}"
            )
            match config.compute_test_value:
                case "ignore":
                    return None
                case "warn":
                    warnings.warn(f"Warning, {message}", stacklevel=stacklevel())
                    return None
            raise ValueError(message) from None
    return values


def _place(variable: Variable) -> str:
    return f", made at {variable.origin}" if variable.origin is not None else ""
