"""``theano.function``: from symbolic inputs and outputs to a function of values."""

from __future__ import annotations

import sys
import time
import warnings
from collections.abc import Sequence
from typing import Any

from theano.compile.arguments import In, SymbolicOutput, as_input, as_output
from theano.compile.compiled import Function
from theano.compile.container import Container
from theano.compile.maker import FunctionMaker
from theano.compile.mode import Mode, get_mode
from theano.compile.profile import profile_for
from theano.compile.rebuild import Pairs, Rebuilt, rebuild
from theano.compile.shared import SharedVariable
from theano.compile.unkept import unkept_updates_are_expected, warn_of_unkept_updates
from theano.configuration import config
from theano.graph import FunctionGraph, MissingInputError, UnusedInputError, Variable
from theano.graph.collection import paused_collection
from theano.graph.hooks import set_hook
from theano.graph.origin import PACKAGE_FOLDER
from theano.graph.walk import ancestors
from theano.legacy import old_names


def function(
    inputs: Sequence[Any],
    outputs: Any = None,
    mode: str | Mode | None = None,
    updates: Pairs = None,
    givens: Pairs = None,
    no_default_updates: bool | Sequence[SharedVariable] = False,
    accept_inplace: bool = False,
    name: str | None = None,
    rebuild_strict: bool = True,
    allow_input_downcast: bool | None = None,
    profile: Any = None,
    on_unused_input: str | None = None,
) -> Function:
    """Compile a graph into a function of values.

    Parameters
    ----------
    inputs
        Variables, or ``In(variable, ...)`` with a default, a name or an update of its own.
    outputs
        A variable or ``Out(variable, borrow)``: the function returns an array.  A list or tuple of them: it returns
        a list.  A dict from names to them: it returns a dict.  None: it returns [].
    mode
        A Mode or the name of one: how the function is compiled.
    updates
        New values of shared variables, as a dict or pairs ``(shared, expression)``.  All expressions see the values
        before the call; all updates take place after everything has been computed, or none.
    givens
        Replacements in the graph, as a dict or pairs ``(old, new)``; made all at once, in updates too.
    no_default_updates
        True leaves out the default updates of shared variables; a list, those of the variables in it.
    name
        How the function is called in messages; by default the file and line of the caller.
    rebuild_strict
        Replacements of ``givens`` must be of the type of what they replace; otherwise ops are applied anew.
    allow_input_downcast
        True accepts arguments that lose precision, False not even a Python float for a float32 scalar.
    profile
        True, a message, or a ``ProfileStats``: count and time calls, steps and compiling, and print that when Python
        ends; ``f.profile`` has it.  By default ``config.profile``.
    on_unused_input
        "raise", "warn" or "ignore" where an input is needed by nothing; by default ``config.on_unused_input``.
    accept_inplace
        Without effect: ops that overwrite their inputs are given copies.

    Raises
    ------
    TypeError
        When inputs, outputs or updates are not of their kinds or types.
    MissingInputError
        When the graph needs a variable that has no value.
    UnusedInputError
        When an input is given twice or needed by nothing.
    """
    if not isinstance(inputs, (list, tuple)):
        raise TypeError(
            f"function(inputs, ...) needs a list of variables, even for a single one; found {inputs!r}"
        )
    if not isinstance(no_default_updates, (bool, list, tuple, set)):
        raise TypeError(
            f"no_default_updates is True, False or a list of shared variables; found {no_default_updates!r}"
        )
    name = _callers_line() if name is None else str(name)
    mode = get_mode(mode)
    unused = _checked_choice(on_unused_input)
    arguments = [as_input(parameter, allow_input_downcast) for parameter in inputs]
    _refuse_duplicates(arguments)
    results, keys = _outputs(outputs)
    with paused_collection():
        rebuilt = rebuild(
            [i.variable for i in arguments],
            [o.variable for o in results],
            updates,
            givens,
            {k: i.update for k, i in enumerate(arguments) if i.update is not None},
            no_default_updates,
            rebuild_strict,
        )
        warn_of_unkept_updates(
            "this function", [o.variable for o in results], rebuilt.expressions, rebuilt.shared, no_default_updates
        )
        passed = [k for k, i in enumerate(arguments) if i.update is None and not isinstance(i.value, Container)]
        kept = [k for k in range(len(arguments)) if k not in set(passed)]
        graph = _graph(rebuilt, arguments, passed, kept, unused)
        states = [
            In(
                variable,
                name=variable.name,
                value=variable.container,
                update=rebuilt.expressions.get(variable),
                mutable=variable in rebuilt.expressions,
                shared=True,
            )
            for variable in rebuilt.shared
        ]
        place = {variable: len(kept) + k for k, variable in enumerate(rebuilt.shared)}
        return FunctionMaker(
            graph=graph,
            inputs=[*arguments, *states],
            arguments=passed,
            states=[*kept, *range(len(arguments), len(arguments) + len(states))],
            updates=[*[kept.index(k) for k in rebuilt.own_updates], *[place[v] for v in rebuilt.updates]],
            outputs=results,
            mode=mode,
            name=name,
            output_keys=keys,
            unpack_single=keys is None and outputs is not None and not isinstance(outputs, (list, tuple)),
            return_none=outputs is None,
            on_unused_input=unused,
            profile=profile_for(profile, name),
            accept_inplace=accept_inplace,
        ).create()


def _callers_line() -> str:
    """``file:line`` of the user's call."""
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(PACKAGE_FOLDER):
        frame = frame.f_back
    return f"{frame.f_code.co_filename}:{frame.f_lineno}"


def _checked_choice(on_unused_input: str | None) -> str:
    choice = config.on_unused_input if on_unused_input is None else on_unused_input
    if choice not in ("raise", "warn", "ignore"):
        raise ValueError(
            f"Invalid value for keyword on_unused_input of theano.function: {choice!r}.\n"
            "    Valid values are 'raise', 'warn' and 'ignore'."
        )
    return choice


def _refuse_duplicates(arguments: Sequence[In]) -> None:
    first: dict[Variable, int] = {}
    for k, given in enumerate(arguments):
        before = first.setdefault(given.variable, k)
        if before != k:
            raise UnusedInputError(
                f"Variable {given.variable} is used twice in inputs to theano.function, at indices {before} and {k}.  "
                "This would result in values provided for it being ignored. Please do not duplicate variables in the "
                "inputs list."
            )


def _outputs(outputs: Any) -> tuple[list[SymbolicOutput], list[str] | None]:
    """Outputs as a list, and their names if they come in a dict."""
    if outputs is None:
        return [], None
    if isinstance(outputs, dict):
        for key in outputs:
            if not isinstance(key, str):
                raise TypeError(
                    f"Names of outputs must be strings, found {key!r} of type {type(key).__name__}"
                )
        keys = sorted(outputs)
        return [as_output(outputs[key]) for key in keys], keys
    if isinstance(outputs, (list, tuple)):
        return [as_output(output) for output in outputs], None
    return [as_output(outputs)], None


def _graph(
    rebuilt: Rebuilt, arguments: Sequence[In], passed: Sequence[int], kept: Sequence[int], unused: str
) -> FunctionGraph:
    """The rebuilt graph as a FunctionGraph, when all that it needs is there and all that is given is needed."""
    expressions = [*rebuilt.outputs, *rebuilt.own_updates.values(), *rebuilt.updates.values()]
    inputs = [
        *(rebuilt.inputs[k] for k in passed),
        *(rebuilt.inputs[k] for k in kept),
        *rebuilt.shared_inputs,
    ]
    if unused != "ignore":
        needed = set(ancestors(expressions, rebuilt.inputs))
        for k in passed:
            if rebuilt.inputs[k] not in needed:
                _react_to_unused(k, arguments[k], unused)
    try:
        return FunctionGraph(inputs, expressions, clone=False)
    except MissingInputError as error:
        raise MissingInputError(error.args[0]) from None


def _react_to_unused(k: int, given: In, unused: str) -> None:
    made = f", made at {given.variable.origin}" if given.variable.origin is not None else ""
    message = (
        "theano.function was asked to create a function computing outputs given certain inputs, but the provided "
        f"input variable at index {k} is not part of the computational graph needed to compute the outputs: "
        f"{given.variable}.\n"
        f"    It is of {given.variable.type}{made}. To allow it, pass on_unused_input='warn' or 'ignore'."
    )
    if unused == "raise":
        raise UnusedInputError(message)
    warnings.warn(message, stacklevel=4)


def _compile_for_eval(
    inputs: Sequence[Variable], output: Any, mode: str | Mode | None = None, on_unused_input: str | None = None
) -> Function:
    with unkept_updates_are_expected():
        return function(list(inputs), output, mode=mode, on_unused_input=on_unused_input)


set_hook("compile_for_eval", _compile_for_eval)
IMPORTED_AT = time.time()  # seconds since 1970


__getattr__ = old_names(__name__)
