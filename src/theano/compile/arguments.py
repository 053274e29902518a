"""In and Out: how an argument of a function is taken, and how a result is handed back."""

from __future__ import annotations

from typing import Any

from theano.compile.container import Container
from theano.compile.shared import SharedVariable
from theano.graph import Constant, Variable


class SymbolicInput:
    """An argument of a compiled function.

    variable        what it stands for in the graph
    name            its keyword; the variable's name unless told
    update          an expression whose value it takes after each call
    mutable         the function may overwrite the caller's array
    strict          take arrays of exactly the type, convert nothing
    allow_downcast  True takes values that lose precision, False none; None only Python floats for floatX scalars
    implicit        not given at calls: the function keeps the value
    """

    def __init__(
        self,
        variable: Variable,
        name: str | None = None,
        update: Variable | None = None,
        mutable: bool | None = None,
        strict: bool = False,
        allow_downcast: bool | None = None,
        autoname: bool = True,
        implicit: bool | None = False,
    ) -> None:
        if not isinstance(variable, Variable):
            raise TypeError(
                f"In(variable) needs a Theano variable, found {variable!r} of type {type(variable).__name__}"
            )
        if name is not None and not isinstance(name, str):
            raise TypeError(f"In(name=...) needs a string, found {name!r}")
        if update is not None:
            update = _checked_update(variable, update)
        self.variable = variable
        self.name = variable.name if autoname and name is None else name
        self.update = update
        self.mutable = (update is not None) if mutable is None else mutable
        self.strict = strict
        self.allow_downcast = allow_downcast
        self.implicit = implicit

    @property
    def updates_itself(self) -> bool:
        """Whether there is an update; the expression may be one that has not been read yet."""
        return self.update is not None

    def __str__(self) -> str:
        return f"In({self.variable} -> {self.update})" if self.update is not None else f"In({self.variable})"

    def __repr__(self) -> str:
        return str(self)


def _checked_update(variable: Variable, update: Any) -> Variable:
    try:
        return variable.type.filter_variable(update)
    except TypeError as reason:
        raise TypeError(
            f"In({variable}, update={update}): an update must be of the type of its input, {variable.type}. {reason}"
        ) from None


class In(SymbolicInput):
    """An argument with what concerns its value besides.

    value   the default: the argument may be left out at calls.  With ``update`` it is what the first call sees
    borrow  the function may keep the caller's array between calls; implied by ``mutable``
    shared  the variable is a shared one, and ``value`` its container
    """

    def __init__(
        self,
        variable: Variable,
        name: str | None = None,
        value: Any = None,
        update: Variable | None = None,
        mutable: bool | None = None,
        strict: bool = False,
        allow_downcast: bool | None = None,
        autoname: bool = True,
        implicit: bool | None = None,
        borrow: bool | None = None,
        shared: bool = False,
    ) -> None:
        if mutable and borrow is False:
            raise AssertionError(
                f"In({variable}, mutable=True, borrow=False) contradicts itself: an array that may be overwritten is "
                "borrowed. Leave borrow out."
            )
        if isinstance(value, SharedVariable):
            value = value.container
        if implicit is None:
            implicit = isinstance(value, Container)
        super().__init__(variable, name, update, mutable, strict, allow_downcast, autoname, implicit)
        self.value = value
        self.borrow = True if self.mutable and borrow is None else borrow
        self.shared = shared


class Param(In):
    """The older form of In: ``default`` for ``value``."""

    def __init__(
        self,
        variable: Variable,
        default: Any = None,
        name: str | None = None,
        mutable: bool = False,
        strict: bool = False,
        allow_downcast: bool | None = None,
        implicit: bool | None = None,
        borrow: bool | None = None,
    ) -> None:
        super().__init__(
            variable,
            name=name,
            value=default,
            mutable=mutable,
            strict=strict,
            allow_downcast=allow_downcast,
            implicit=implicit,
            borrow=borrow,
        )


class SymbolicOutput:
    """A result of a compiled function.

    borrow  it may share memory with a shared variable, or be overwritten by the next call
    """

    def __init__(self, variable: Variable, borrow: bool = False) -> None:
        self.variable = variable
        self.borrow = borrow

    def __str__(self) -> str:
        return f"Out({self.variable},{self.borrow})"

    def __repr__(self) -> str:
        return str(self)


Out = SymbolicOutput


def as_input(parameter: Any, allow_downcast: bool | None = None) -> In:
    """What stands in a function's list of inputs, as an In.

    A tuple is an old short form: ``(variable, value)``, ``(name, variable)`` or ``(name, variable, value)``.
    """
    match parameter:
        case Constant():
            raise TypeError(f"A constant cannot be an input of a function: {parameter}", parameter)
        case SharedVariable():
            raise TypeError(
                f"Cannot use a shared variable ({parameter}) as explicit input. Consider substituting a non-shared "
                "variable via the `givens` parameter\n"
                "    Its value is read at each call; to pass another one: function([x], ..., givens={shared: x})"
            )
        case Variable():
            return In(parameter, mutable=False, allow_downcast=allow_downcast)
        case In():
            if allow_downcast is not None and parameter.allow_downcast is None:
                parameter.allow_downcast = allow_downcast
            return parameter
        case SymbolicInput():
            return In(
                parameter.variable,
                name=parameter.name,
                update=parameter.update,
                mutable=parameter.mutable,
                strict=parameter.strict,
                allow_downcast=parameter.allow_downcast if allow_downcast is None else allow_downcast,
                autoname=False,
                implicit=parameter.implicit,
            )
        case (str() as name, Variable() as variable):
            return In(variable, name=name, allow_downcast=allow_downcast)
        case (str() as name, Variable() as variable, value):
            return In(variable, name=name, value=value, allow_downcast=allow_downcast)
        case (Variable() as variable, value):
            return In(variable, value=value, allow_downcast=allow_downcast)
    raise TypeError(
        f"Unknown parameter type: {type(parameter)}\n"
        "    An input of a function is a variable or theano.In(variable, ...)"
    )


def as_output(result: Any) -> SymbolicOutput:
    """What stands in a function's list of outputs, as an Out."""
    if isinstance(result, SymbolicOutput):
        result, borrow = result.variable, result.borrow
        if isinstance(result, Variable):
            return SymbolicOutput(result, borrow)
    if isinstance(result, Variable):
        return SymbolicOutput(result)
    raise TypeError(
        f"Outputs must be theano Variable or Out instances. Received {result} of type {type(result)}\n"
        "    A number or an array is made a variable by theano.tensor.as_tensor_variable"
    )
