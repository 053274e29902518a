"""Calls whose arguments are not just the inputs in order: keywords, defaults, values set beforehand, named results."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from theano.compile.arguments import In
from theano.compile.container import Container
from theano.compile.shared import native_array
from theano.graph import Variable


class Caller:
    """Arranges the arguments of one compiled function, calls it, and arranges its results.

    inputs      of the function, those of shared variables at the end
    containers  the value of each: the default of an argument, the state of an input that updates itself
    arguments   positions of the inputs that native code takes as arguments; the others are its states
    keys        names of the results when they are returned in a dict
    single      native code returns the only result bare
    native      the back end's callable; set once it is made
    """

    native: Callable[..., Any]

    def __init__(
        self,
        name: str,
        inputs: Sequence[In],
        containers: Sequence[Container],
        arguments: Sequence[int],
        keys: Sequence[str] | None,
        single: bool,
    ) -> None:
        self.name = name
        self.inputs = list(inputs)
        self.containers = list(containers)
        self.arguments = list(arguments)
        self.keys = keys
        self.single = single
        self.positional = [k for k, i in enumerate(inputs) if not i.implicit and not i.shared]
        self.defaults = [
            None if i.updates_itself or i.shared else c.value
            for i, c in zip(inputs, containers, strict=True)
        ]
        self.set_beforehand: set[int] = set()
        self.finder = _finder(inputs)

    @property
    def is_regular(self) -> bool:
        """Whether a call is nothing but its arguments in order, so that native code may take it alone."""
        plain = [k for k in self.positional if self.inputs[k].value is None]
        return self.keys is None and plain == self.arguments

    def position(self, key: Any) -> int:
        """Of the input with this name, this variable, or at this place."""
        if isinstance(key, int):
            return range(len(self.inputs))[key]
        found = self.finder.get(key)
        if found is None:
            raise TypeError(f"Unknown input or state: {key}. {self._described_inputs()}")
        if found == AMBIGUOUS:
            raise TypeError(
                f"Ambiguous name: {key} - please use the variable, or the place among the inputs, instead"
            )
        return found

    def set(self, key: Any, value: Any) -> None:
        """Give the value that the next call, or from now on a state, takes."""
        k = self.position(key)
        self._hold(k, self.containers[k].filter(value))
        if not self.inputs[k].shared:
            self.set_beforehand.add(k)

    def convert(self, argument: int, value: Any) -> Any:
        """``value`` in the type of an argument; the exception says which argument, what was found, and the mend."""
        k = self.arguments[argument]
        given = self.inputs[k]
        try:
            return given.variable.type.filter(value, strict=given.strict, allow_downcast=given.allow_downcast)
        except (TypeError, ValueError) as reason:
            kind = TypeError if isinstance(reason, TypeError) else ValueError
            raise kind(self._bad_argument(k, value, reason)) from None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        subset = kwargs.pop("output_subset", None)
        given = self.given(args, kwargs)
        held = {k: self.containers[k].storage[0] for k in given if k not in self.arguments}
        values = [self.value(k, given) for k in self.arguments]
        self.hold_states(given)
        try:
            results = self.native(*values)
        except BaseException:
            for k, value in held.items():
                self.containers[k].storage[0] = value
            raise
        self.forget_set_beforehand()
        return self.arranged(results, subset)

    def hold_states(self, given: dict[int, Any]) -> None:
        """Put what is given for inputs that update themselves in the places of their values."""
        for k in given:
            if k not in self.arguments:
                self._hold(k, self._converted_state(k, given[k]))

    def forget_set_beforehand(self) -> None:
        """Values that were set for the next call have been used."""
        for k in self.set_beforehand & set(self.arguments):
            self.containers[k].storage[0] = self.defaults[k]
        self.set_beforehand.clear()

    def given(
        self, args: Sequence[Any], kwargs: Mapping[str, Any], already: Mapping[int, Any] | None = None
    ) -> dict[int, Any]:
        """Arguments by position among the inputs; what is ``already`` given does not count among ``args``."""
        already = already or {}
        positional = [k for k in self.positional if k not in already]
        if len(args) > len(positional):
            raise TypeError(
                "Too many parameter passed to theano function\n"
                f'    "{self.name}" was given {len(args)} by position. {self._described_inputs()}'
            )
        given = {**already, **dict(zip(positional, args, strict=False))}
        for name, value in kwargs.items():
            k = self.position(name)
            if self.inputs[k].shared:
                raise TypeError(
                    f"{name} is a shared variable, no input: give its value by {name}.set_value(...)"
                )
            if k in given:
                raise TypeError(f'Multiple values for input {name} of theano function "{self.name}"')
            given[k] = value
        for k in self.positional:
            if k not in given and self.inputs[k].value is None and k not in self.set_beforehand:
                missing = self.inputs[k].name or f"the one at index {k}, {self.inputs[k].variable}"
                raise TypeError(f"Missing required input: {missing}\n    {self._described_inputs()}")
        return given

    def value(self, k: int, given: dict[int, Any]) -> Any:
        if k in given:
            return given[k]
        value = self.containers[k].storage[0]
        return copy.deepcopy(value) if self.inputs[k].mutable else value

    def _converted_state(self, k: int, value: Any) -> Any:
        try:
            return self.containers[k].filter(value)
        except (TypeError, ValueError) as reason:
            kind = TypeError if isinstance(reason, TypeError) else ValueError
            raise kind(self._bad_argument(k, value, reason)) from None

    def _hold(self, k: int, value: Any) -> None:
        """Keep a value of ours, as updates may be written into it."""
        if isinstance(value, np.ndarray):
            value = native_array(value, copy=True)
        self.containers[k].storage[0] = value

    def arranged(self, results: Any, subset: Sequence[Any] | None = None) -> Any:
        """Results as the function returns them; those of ``subset`` alone where it is given."""
        if subset is not None:
            results = [results] if self.single else results
            chosen = [self.keys.index(o) if self.keys and isinstance(o, str) else o for o in subset]
            if self.keys is None:
                return [results[k] for k in chosen]
            return {self.keys[k]: results[k] for k in chosen}
        return results if self.keys is None else dict(zip(self.keys, results, strict=True))

    def _described_inputs(self) -> str:
        """``The function has 2 named inputs (x, y), and 1 unnamed input.``"""
        listed = [i for i in self.inputs if not i.shared]
        named = [i.name for i in listed if i.name]
        parts = [f"{len(named)} named input{'s' * (len(named) != 1)} ({', '.join(named)})"] if named else []
        unnamed = len(listed) - len(named)
        if unnamed or not named:
            parts.append(f"{unnamed} unnamed input{'s' * (unnamed != 1)} (to be passed by position)")
        return f"The function has {' and '.join(parts)}."

    def _bad_argument(self, k: int, value: Any, reason: Exception) -> str:
        variable = self.inputs[k].variable
        shown = self.inputs[k].name or "the input"
        made = f", made at {variable.origin}" if variable.origin is not None else ""
        why = reason.args[0] if reason.args and isinstance(reason.args[0], str) else str(reason)
        extra = [str(a) for a in reason.args[1:] if isinstance(a, tuple)]
        return (
            f'Bad input argument to theano function with name "{self.name}" at index {k} (0-based).\n'
            f"    {shown} is of {variable.type}{made}\n"
            f"    found {_described(value)}\n"
            f"    {' '.join([why, *extra])}"
        )


AMBIGUOUS = -1


def _finder(inputs: Sequence[In]) -> dict[Any, int]:
    """Positions of inputs by variable and by name."""
    finder: dict[Any, int] = {}
    for k, given in enumerate(inputs):
        finder[given.variable] = k
        if given.name is not None:
            finder[given.name] = AMBIGUOUS if given.name in finder else k
    return finder


def _described(value: Any) -> str:
    if isinstance(value, np.ndarray):
        kind = "array" if type(value) is np.ndarray else type(value).__name__
        return f"{kind} of {value.dtype.name}, shape {value.shape}"
    if isinstance(value, Variable):
        return f"the symbolic variable {value}"
    text = repr(value)
    return f"{type(value).__name__} {text if len(text) <= 60 else text[:50] + ' ...'}"
