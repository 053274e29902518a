"""Functions of theano.compile.pfunc and function_module that programs of old call by themselves."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any

from theano.compile import In, SharedVariable, SymbolicOutput, function, shared
from theano.compile.rebuild import checked_update, checked_updates, default_update
from theano.graph import Variable
from theano.graph.walk import ancestors, clone_with_replacements
from theano.legacy.adapters.pickled_arrays import StripPickler

FUNCTION_PARAMETERS = (
    "inputs", "outputs", "mode", "updates", "givens", "no_default_updates", "accept_inplace", "name",
    "rebuild_strict", "allow_input_downcast", "profile", "on_unused_input",
)  # fmt: skip


def function_dump(
    filename: str,
    inputs: Sequence[Any],
    outputs: Any = None,
    mode: Any = None,
    updates: Any = None,
    givens: Any = None,
    no_default_updates: Any = False,
    accept_inplace: bool = False,
    name: str | None = None,
    rebuild_strict: bool = True,
    allow_input_downcast: bool | None = None,
    profile: Any = None,
    on_unused_input: str | None = None,
    extra_tag_to_remove: str | None = None,
) -> None:
    """Pickle the arguments of ``theano.function``, so that somebody else can make the same function:

    >>> import pickle, tempfile, theano, theano.tensor as T
    >>> x = T.dscalar("x")
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     function_dump(file.name, [x], x**2)
    ...     f = theano.function(**pickle.load(file))
    >>> f(3.0)
    array(9.)
    """
    values = (
        inputs, outputs, mode, updates, givens, no_default_updates, accept_inplace, name, rebuild_strict,
        allow_input_downcast, profile, on_unused_input,
    )  # fmt: skip
    arguments = dict(zip(FUNCTION_PARAMETERS, values, strict=True))
    with open(filename, "wb") as file:
        StripPickler(file, protocol=-1, extra_tag_to_remove=extra_tag_to_remove).dump(arguments)


def orig_function(
    inputs: Sequence[Any],
    outputs: Any,
    mode: Any = None,
    accept_inplace: bool = False,
    name: str | None = None,
    profile: Any = None,
    on_unused_input: str | None = None,
    output_keys: Sequence[str] | None = None,
) -> Any:
    """``theano.function`` of inputs whose updates and values stand in ``In``."""
    if output_keys is not None:
        outputs = dict(zip(output_keys, outputs, strict=True))
    return function(
        inputs,
        outputs,
        mode=mode,
        accept_inplace=accept_inplace,
        name=name,
        profile=profile,
        on_unused_input=on_unused_input,
    )


def iter_over_pairs(pairs: Any) -> Iterable[tuple[Any, Any]]:
    """The pairs of a dict, or ``pairs`` itself."""
    return pairs.items() if isinstance(pairs, Mapping) else pairs


def load_back(mod: str, name: str) -> Any:
    """The object called ``name`` in the module ``mod``."""
    return getattr(import_module(mod), name)


def rebuild_collect_shared(
    outputs: Any,
    inputs: Sequence[Any] | None = None,
    replace: Any = None,
    updates: Any = None,
    rebuild_strict: bool = True,
    copy_inputs_over: bool = True,
    no_default_updates: Any = False,
) -> tuple[list[Any], Any, list[Any]]:
    """Copy a graph with replacements made, and find the shared variables in it and their updates.

    Parameters
    ----------
    outputs
        A variable or Out, a list or a dict of them, or None.
    inputs
        Variables or Ins.
    replace, updates
        Dicts or lists of pairs.
    copy_inputs_over
        Leaves stay the same variables; otherwise they are copied too.
    no_default_updates
        As in ``theano.function``.

    Returns
    -------
    inputs, outputs
        In the new graph, in the form that was given.
    [clone_d, update_d, update_expr, shared_inputs]
        The map from old variables to new ones; new values of shared variables as a dict, and as a list of pairs;
        the shared variables.
    """
    wanted = checked_updates(updates)
    replaced = {old: new if isinstance(new, Variable) else shared(new) for old, new in iter_over_pairs(replace or {})}
    given = list(inputs or [])
    variables = [i.variable if isinstance(i, In) else i for i in given]
    environment: dict[Variable, Variable] = {v: v if copy_inputs_over else v.clone() for v in variables}
    results = _flat(outputs)
    shared_inputs: dict[SharedVariable, None] = {}
    pending = [*(o.variable if isinstance(o, SymbolicOutput) else o for o in results), *wanted.values()]
    blockers: set[Variable] = set(replaced) | set(variables)
    pending += ancestors(list(replaced.values()))
    while pending:
        found = [v for v in ancestors(pending, blockers) if isinstance(v, SharedVariable) and v not in shared_inputs]
        pending = []
        for v in found:
            if v in shared_inputs or v in replaced:
                continue
            shared_inputs[v] = None
            default = default_update(v, no_default_updates)
            if v not in wanted and default is not None:
                wanted[v] = default
                pending.append(default)
    shared_inputs.update(dict.fromkeys(wanted))
    substitutes, clone_d = clone_with_replacements(
        list(replaced.values()), environment, copy_inputs=not copy_inputs_over, rebuild_strict=rebuild_strict
    )
    clone_d = {**environment, **clone_d, **dict(zip(replaced, substitutes, strict=True))}

    def cloned(expressions: Sequence[Variable]) -> list[Variable]:
        nonlocal clone_d
        copies, clone_d = clone_with_replacements(
            expressions, clone_d, copy_inputs=not copy_inputs_over, rebuild_strict=rebuild_strict
        )
        return copies

    def output(result: Any) -> Any:
        if isinstance(result, SymbolicOutput):
            return SymbolicOutput(cloned([result.variable])[0], borrow=result.borrow)
        return cloned([result])[0]

    new_outputs = _in_the_form_of(outputs, output)
    update_d = {target: checked_update(target, cloned([e])[0]) for target, e in wanted.items()}
    new_inputs: list[Any] = []
    for i, variable in zip(given, variables, strict=True):
        if isinstance(i, In):
            i = copy.copy(i)
            i.variable = clone_d[variable]
            new_inputs.append(i)
        else:
            new_inputs.append(clone_d[variable])
    return new_inputs, new_outputs, [clone_d, update_d, list(update_d.items()), list(shared_inputs)]


def _flat(outputs: Any) -> list[Any]:
    if outputs is None:
        return []
    if isinstance(outputs, Mapping):
        return list(outputs.values())
    return list(outputs) if isinstance(outputs, (list, tuple)) else [outputs]


def _in_the_form_of(outputs: Any, of_one: Callable[[Any], Any]) -> Any:
    if outputs is None:
        return []
    if isinstance(outputs, Mapping):
        return {key: of_one(output) for key, output in outputs.items()}
    return [of_one(o) for o in outputs] if isinstance(outputs, (list, tuple)) else of_one(outputs)
