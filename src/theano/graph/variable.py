"""Variable, Constant and Apply: the nodes of an expression graph.

    Apply.inputs  -> Variables that an op takes
    Apply.outputs -> Variables that it gives; each knows its ``owner`` and ``index``

Nodes are compared by identity, as programs written for Theano expect.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from theano.configuration import config
from theano.graph.origin import Origin, RecordedOrigin, current_origin, recorded

if TYPE_CHECKING:
    from theano.graph.op import Op
    from theano.graph.type import Type


Kind = TypeVar("Kind", bound="Type")  # what annotations may say of a variable: Variable[TensorType]


class Scratchpad:
    """Free attributes of a node: ``x.tag.test_value = ...``."""

    def __str__(self) -> str:
        return "scratchpad" + str(self.__dict__)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...

    def info(self) -> None:
        print(f"<theano.gof.utils.scratchpad instance at {id(self)}>")
        for name, value in self.__dict__.items():
            print(f"  {name}: {value}")


class Node:
    """What variables and applications have in common: a tag, made when first asked for."""

    _tag: Scratchpad | None = None

    @property
    def tag(self) -> Scratchpad:
        tag = self._tag
        if tag is None:
            tag = self._tag = Scratchpad()
        return tag

    @tag.setter
    def tag(self, tag: Scratchpad) -> None:
        self._tag = tag


class Variable(Node, Generic[Kind]):
    """A symbolic value.

    type   the Type of the values it stands for
    owner  the Apply that computes it, or None
    index  its position in ``owner.outputs``
    name   how it is printed, or None
    """

    name: str | None

    def __init__(
        self, type: Kind, owner: Apply | None = None, index: int | None = None, name: str | None = None
    ) -> None:
        if name is not None and not isinstance(name, str):
            raise TypeError("name must be a string", name)
        self.type = type
        self.owner = owner
        self.index = int(index) if index is not None else None
        self.name = name
        self._origin: Origin | RecordedOrigin | None = current_origin() if owner is None else None

    @property
    def origin(self) -> Origin | RecordedOrigin | None:
        """Where the user made this variable."""
        return self.owner.origin if self.owner is not None else self._origin

    def clone(self) -> Variable:
        """A variable of the same type and name without an owner."""
        copy = self.__class__(self.type, None, None, self.name)
        copy._origin = self.origin
        if self._tag is not None:
            copy.tag.__dict__.update(self._tag.__dict__)
        return copy

    def get_parents(self) -> list[Node]:
        return [self.owner] if self.owner is not None else []

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        if self.owner is not None:
            op = self.owner.op
            if self.index == getattr(op, "default_output", None):
                return f"{op}.out"
            return f"{op}.{self.index}"
        return f"<{self.type}>"

    def __repr__(self) -> str:
        """Its text; under the flag ``print_test_value`` also its test value."""
        if not config.print_test_value:
            return str(self)
        from theano.graph.op import get_test_value

        try:
            return f"{self}\n{get_test_value(self)!r}"
        except AttributeError:
            return str(self)

    def _repr_html_(self) -> str | None:
        """What Jupyter shows: a picture of the expression."""
        from theano.pictures.notebook import html_of

        return html_of(self)

    def _repr_svg_(self) -> str | None:
        from theano.pictures.notebook import svg_of

        return svg_of(self)

    def eval(self, inputs_to_values: dict | None = None) -> Any:
        """The value of this expression, given values for the inputs it needs; compiled once for each set of them.

        Raises TypeError when a key is not a variable, MissingInputError when an input has no value.
        """
        from theano.graph.hooks import compile_for_eval

        inputs_to_values = {} if inputs_to_values is None else inputs_to_values
        cache = self.__dict__.setdefault("_fn_cache", {})
        inputs = tuple(sorted(inputs_to_values.keys(), key=id))
        if inputs not in cache:
            cache[inputs] = compile_for_eval(inputs, self)
        return cache[inputs](*[inputs_to_values[variable] for variable in inputs])

    def __getstate__(self) -> dict:
        state = self.__dict__.copy()
        state.pop("_fn_cache", None)
        state["_origin"] = recorded(self._origin)
        if self._tag is not None and not config.pickle_test_value:
            tag = state["_tag"] = Scratchpad()
            tag.__dict__.update((name, v) for name, v in self._tag.__dict__.items() if name != "test_value")
        return state


class Constant(Variable[Kind]):
    """A variable whose value is known.  ``data`` must not be changed."""

    def __init__(self, type: Kind, data: Any, name: str | None = None) -> None:
        super().__init__(type, None, None, name)
        self.data = type.filter(data)

    @property
    def value(self) -> Any:
        return self.data

    def signature(self) -> Any:
        """Equal for constants that may stand for each other."""
        return (self.type, self.data)

    def equals(self, other: object) -> bool:
        return isinstance(other, Constant) and self.signature() == other.signature()

    def clone(self) -> Constant:
        copy = self.__class__(self.type, self.data, self.name)
        copy._origin = self._origin
        return copy

    def __str__(self) -> str:
        if self.name is not None:
            return self.name
        text = str(self.data)
        if len(text) > 20:
            text = text[:10].strip() + ".." + text[-10:].strip()
        return f"{type(self).__name__}{{{text}}}"


class Apply(Node):
    """The application of an op to inputs.  Lists, not tuples, because the rewriting engine exchanges inputs."""

    def __init__(self, op: Op, inputs: Sequence[Variable], outputs: Sequence[Variable]) -> None:
        if not isinstance(inputs, (list, tuple)):
            raise TypeError("The inputs of an Apply must be a list or tuple")
        if not isinstance(outputs, (list, tuple)):
            raise TypeError("The output of an Apply must be a list or tuple")
        for variable in inputs:
            if not isinstance(variable, Variable):
                raise TypeError(f"The 'inputs' argument to Apply must contain Variable instances, not {variable}")
        self.op = op
        self.inputs: list[Variable] = list(inputs)
        self.outputs: list[Variable] = list(outputs)
        self.origin: Origin | RecordedOrigin | None = current_origin()
        for position, output in enumerate(self.outputs):
            if not isinstance(output, Variable):
                raise TypeError(f"The 'outputs' argument to Apply must contain Variable instances, not {output}")
            if output.owner is None:
                output.owner = self
                output.index = position
                output._origin = None
            elif output.owner is not self or output.index != position:
                raise ValueError("All output variables passed to Apply must belong to it.")

    def run_context(self) -> None:
        return None

    @property
    def nin(self) -> int:
        return len(self.inputs)

    @property
    def nout(self) -> int:
        return len(self.outputs)

    @property
    def out(self) -> Variable:
        """The only output, or the op's default one."""
        return self.default_output()

    def default_output(self) -> Variable:
        chosen = getattr(self.op, "default_output", None)
        if chosen is None:
            if len(self.outputs) == 1:
                return self.outputs[0]
            raise AttributeError(f"{self.op}.default_output should be an output index.")
        return self.outputs[chosen]

    def clone(self) -> Apply:
        """The same application with outputs of its own."""
        return self.clone_with_new_inputs(self.inputs, strict=False)

    def clone_with_new_inputs(self, inputs: Sequence[Variable], strict: bool = True) -> Apply:
        """The op applied to other inputs.

        With ``strict`` inputs must be of the old types (or convertible to them), and the outputs keep their
        types; otherwise ``make_node`` is asked anew when a type changed.
        """
        from theano.graph.origin import inherited_origin

        inputs = list(inputs)
        remake = False
        for position, (new, old) in enumerate(zip(inputs, self.inputs, strict=True)):
            if new is not old and new.type != old.type:
                if strict:
                    inputs[position] = old.type.filter_variable(new)
                else:
                    remake = True
        with inherited_origin(self.origin):
            if remake:
                node = self.op.make_node(*inputs)
            else:
                node = Apply(self.op, inputs, [output.clone() for output in self.outputs])
        if self._tag is not None:
            node.tag.__dict__.update(self._tag.__dict__)
        return node

    def get_parents(self) -> list[Node]:
        return list(self.inputs)

    def __getstate__(self) -> dict:
        state = self.__dict__.copy()
        state["origin"] = recorded(self.origin)
        return state

    def __str__(self) -> str:
        return f"{self.op}({', '.join(str(i) for i in self.inputs)})"

    def __repr__(self) -> str:
        return str(self)
