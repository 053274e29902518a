"""From what the user wrote to a private graph: givens made, updates collected, shared variables made plain inputs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from theano.compile.shared import SharedVariable, shared
from theano.data_classes import dataclass
from theano.graph import Variable
from theano.graph.walk import ancestors, clone_with_replacements

Pairs = Mapping[Any, Any] | Iterable[Sequence[Any]] | None


@dataclass
class Rebuilt:
    """A graph of its own, between plain variables.

    inputs        stand for the user's inputs, in order
    outputs       the user's outputs
    shared        shared variables that occur or are updated, in order of appearance
    shared_inputs what stands for each
    expressions   updates of shared variables as the user wrote them, explicit and default ones
    updates       new values of shared variables, in the same order
    own_updates   new values of inputs that update themselves, by position; from ``input_updates``
    """

    inputs: list[Variable]
    outputs: list[Variable]
    shared: list[SharedVariable] = field(default_factory=list)
    shared_inputs: list[Variable] = field(default_factory=list)
    expressions: dict[SharedVariable, Variable] = field(default_factory=dict)
    updates: dict[SharedVariable, Variable] = field(default_factory=dict)
    own_updates: dict[int, Variable] = field(default_factory=dict)


def rebuild(
    inputs: Sequence[Variable],
    outputs: Sequence[Variable],
    updates: Pairs = None,
    givens: Pairs = None,
    input_updates: Mapping[int, Variable] | None = None,
    no_default_updates: bool | Sequence[SharedVariable] = False,
    rebuild_strict: bool = True,
) -> Rebuilt:
    """Copy the graph of ``outputs`` and of all updates.

    All replacements take place at once: an expression that stands for another one is itself left as it is.
    """
    wanted = checked_updates(updates)
    replaced = checked_givens(givens, inputs)
    input_updates = input_updates or {}
    stand_in: dict[Variable, Variable] = {v: v.clone() for v in inputs}
    result = Rebuilt([stand_in[v] for v in inputs], [])

    def collect(expressions: Iterable[Variable], blockers: Iterable[Variable]) -> None:
        """Find shared variables, and those in the default updates of these, and so on."""
        pending = list(expressions)
        while pending:
            for v in ancestors(pending, blockers):
                if isinstance(v, SharedVariable) and v not in stand_in and v not in replaced_keys:
                    found.append(v)
                    stand_in[v] = plain(v)
            pending = []
            while found:
                v = found.pop(0)
                result.shared.append(v)
                default = default_update(v, no_default_updates)
                if v not in wanted and default is not None:
                    wanted[v] = default
                    pending.append(default)

    found: list[SharedVariable] = []
    replaced_keys: set[Variable] = set()
    collect(replaced.values(), ())  # these are not themselves replaced
    substitutes, _ = clone_with_replacements(list(replaced.values()), stand_in, rebuild_strict=rebuild_strict)
    replaced_keys = set(replaced)
    blockers = replaced_keys | set(inputs)
    collect([*outputs, *wanted.values(), *input_updates.values()], blockers)
    for v in wanted:
        if v not in stand_in:
            result.shared.append(v)
            stand_in[v] = plain(v)
    result.shared_inputs = [stand_in[v] for v in result.shared]
    environment = {**stand_in, **dict(zip(replaced, substitutes, strict=True))}
    result.expressions = wanted
    everything = [*outputs, *wanted.values(), *input_updates.values()]
    copies, _ = clone_with_replacements(everything, environment, rebuild_strict=rebuild_strict)
    result.outputs = copies[: len(outputs)]
    result.updates = {
        v: checked_update(v, new) for v, new in zip(wanted, copies[len(outputs) :], strict=False)
    }
    result.own_updates = dict(zip(input_updates, copies[len(outputs) + len(wanted) :], strict=True))
    return result


def plain(cell: SharedVariable) -> Variable:
    """An ordinary variable of the type and name of a shared one."""
    variable = cell.type.make_variable(cell.name)
    variable._origin = cell._origin
    return variable


def default_update(target: SharedVariable, without: bool | Sequence[SharedVariable]) -> Variable | None:
    """The update that a shared variable brings along, unless it is switched off."""
    if without is True or (not isinstance(without, bool) and target in without):
        return None
    expression = getattr(target, "default_update", None)
    return None if expression is None else checked_update(target, expression)


def checked_update(target: SharedVariable, expression: Any) -> Variable:
    """``expression`` as a new value of ``target``: exactly of its type, or a number that fits."""
    try:
        return target.type.filter_variable(expression, allow_convert=False)
    except TypeError as reason:
        found = getattr(expression, "type", None)
        if found is None:
            raise TypeError(
                f"The update of {target} by {expression!r} is no value of {target.type}: {reason}"
            ) from None
        same_dtype = getattr(found, "dtype", None) == getattr(target.type, "dtype", None)
        same_ndim = getattr(found, "ndim", None) == getattr(target.type, "ndim", None)
        hint = "give an expression of the same number of dimensions"
        if same_ndim:
            hint = f"cast it: theano.tensor.cast(update, {getattr(target.type, 'dtype', None)!r})"
        if same_ndim and same_dtype:
            hint = "make the broadcast patterns equal, with theano.tensor.unbroadcast or theano.tensor.addbroadcast"
        made = getattr(expression, "origin", None)
        raise TypeError(
            "An update must have the same type as the original shared variable: "
            f"{target} has {target.type}, its update {expression} has {found}"
            + (f" (made at {made})" if made is not None else "")
            + f".\n    hint: {hint}"
        ) from None


def checked_updates(updates: Pairs) -> dict[SharedVariable, Variable]:
    """The updates given to a function, by shared variable."""
    pairs = _pairs(updates)
    if pairs is None:
        raise ValueError(
            "The updates parameter must be an OrderedDict/dict or a list of lists/tuples with 2 elements\n"
            f"    from shared variables to expressions; found {updates!r}"
        )
    checked: dict[SharedVariable, Variable] = {}
    for target, expression in pairs:
        if not isinstance(target, SharedVariable):
            raise TypeError("update target must be a SharedVariable", target)
        if target in checked:
            raise ValueError(
                "this shared variable already has an update expression", (target, checked[target])
            )
        checked[target] = checked_update(target, expression)
    return checked


def checked_givens(givens: Pairs, inputs: Sequence[Variable]) -> dict[Variable, Variable]:
    """The replacements given to a function; values become shared variables."""
    pairs = _pairs(givens)
    if pairs is None:
        raise ValueError(
            "givens must be a dict from variables to what stands for them, or a list of pairs (old, new); "
            f"found {givens!r}"
        )
    given_inputs = set(inputs)
    checked: dict[Variable, Variable] = {}
    for old, new in pairs:
        if not isinstance(old, Variable):
            raise TypeError(f"givens: only a variable can be replaced, found {old!r}", old)
        if old in given_inputs:
            raise RuntimeError(
                f"You are trying to replace variable '{old}' through the `givens` parameter, but this variable is an "
                "input to your function. Replacing inputs is currently forbidden because it has no effect. One way to "
                "modify an input `x` to a function evaluating f(x) is to define a new input `y` and use "
                "`theano.function([y], f(x), givens={x: g(y)})`. Another solution consists in using `theano.clone`, "
                "e.g. like this: `theano.function([x], theano.clone(f(x), replace={x: g(x)}))`."
            )
        if old in checked:
            raise ValueError(f"givens replaces {old} twice")
        checked[old] = new if isinstance(new, Variable) else shared(new)
    return checked


def _pairs(given: Pairs) -> list[Sequence[Any]] | None:
    """A dict, or a list of pairs, as a list of pairs; None when it is neither."""
    if given is None:
        return []
    if isinstance(given, Mapping):
        return list(given.items())
    if not isinstance(given, Iterable) or isinstance(given, (str, Variable)):
        return None
    pairs = list(given)
    return pairs if all(isinstance(p, (list, tuple)) and len(p) == 2 for p in pairs) else None


def clone(
    output: Any,
    replace: Pairs = None,
    strict: bool = True,
    share_inputs: bool = True,
    copy_inputs: bool | None = None,
) -> Any:
    """A copy of an expression, or of a list of them, with some variables exchanged for others.

    Parameters
    ----------
    output
        A variable, or a list of them.
    replace
        What to exchange: a dict, or a list of pairs (old, new).
    strict
        Replacements must be of the type of what they replace; otherwise ops are applied anew.
    share_inputs
        Whether leaf variables stay the same; otherwise they are copied too.  ``copy_inputs`` is its older name.

    Returns
    -------
    The copy: a variable, or a list where a list was given.
    """
    keep_leaves = share_inputs if copy_inputs is None else copy_inputs
    pairs = _pairs(replace)
    if pairs is None:
        raise ValueError(
            "replace is neither a dictionary, list, tuple or None ! The value provided is "
            f"{replace},of type {type(replace)}\n    clone takes a dict or a list of pairs (old, new)"
        )
    exchanged: dict[Variable, Variable] = {}
    for old, new in pairs:
        new = new if isinstance(new, Variable) else shared(new)
        exchanged[old] = old.type.filter_variable(new) if strict else new
    outputs = list(output) if isinstance(output, (list, tuple)) else [output]
    copies, _ = clone_with_replacements(
        outputs, exchanged, copy_inputs=not keep_leaves, rebuild_strict=strict
    )
    return copies if isinstance(output, (list, tuple)) else copies[0]
