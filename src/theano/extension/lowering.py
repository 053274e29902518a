"""``register_lowering``: an op of the user's as a formula of index expressions, which is fused with its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from theano.backends.llvm.lower import registry
from theano.graph import Apply, Op
from theano.loops.definitions import Definition, Fold, Pointwise, Requirement
from theano.loops.expressions import Axis, Carried, Expression, axes_of, expression
from theano.scalar.function import ScalarOp

Lowering = Callable[..., Any]


def register_lowering(kind: type) -> Callable[[Lowering], Lowering]:
    """Decorator: how ops of the class ``kind`` become loops.

    For an Op the function gets the op, the application, and its operands, of which it reads elements, ``x[i, j]``, and
    lengths, ``x.shape``.  It returns what ``pointwise`` or ``fold`` make, a list of those for several outputs, or None:
    then ``perform`` is called after all.  For a scalar op it gets the op and the numbers, and returns the number, or
    several.

    Functions compiled from then on use it.  TypeError for what is no class of ops; ValueError for an op of this package.

    ::

        @theano.extension.register_lowering(AXPBOp)
        def _(op, node, x):
            return pointwise(node, x.shape, lambda *index: op.a * x[index] + op.b)
    """
    if not (isinstance(kind, type) and issubclass(kind, Op)):
        raise TypeError(f"register_lowering takes a class of ops, found {kind!r}")
    if kind.__module__.startswith("theano."):
        raise ValueError(
            f"{kind.__name__} is an op of Theano, which knows how it is computed: derive a class from it"
        )

    def register(function: Lowering) -> Lowering:
        if issubclass(kind, ScalarOp):
            registry.scalar_lowerings[kind] = function
        else:
            registry.lower.register(kind)(_checked(function))
        return function

    return register


def pointwise(
    node: Apply,
    shape: Sequence[Any],
    element: Callable[..., Any],
    output: int = 0,
    requirements: Sequence[Requirement] = (),
) -> Pointwise:
    """out[i, j, ...] = element(i, j, ...), brought to the dtype of the output.

    shape         lengths: integers, or expressions made of operands' lengths
    output        which output of the application it is
    requirements  what must hold first, see ``lengths_agree``
    """
    return registry.pointwise(node, shape, element, output, requirements=tuple(requirements))


def fold(
    node: Apply,
    shape: Sequence[Any],
    extents: Sequence[Any],
    initial: Any,
    step: Callable[..., Any],
    output: int = 0,
    requirements: Sequence[Requirement] = (),
) -> Definition:
    """out[i, ...] = what ``initial`` has become after all steps: carried = step(carried, i, ..., k, ...).

    shape    lengths of the output
    extents  lengths of the axes k, ... that are gone through for each element
    initial  a number, or a function of the indices of the output
    step     a function of what is carried, the indices of the output, and those of the extents

    It is carried in the dtype of the output.
    """
    dtype = node.outputs[output].type.dtype  # type: ignore[attr-defined]
    ndim = len(shape)
    begin = initial(*axes_of(ndim)) if callable(initial) else initial
    axes = tuple(Axis(k) for k in range(ndim + len(extents)))
    following = expression(step(Carried(0, dtype), *axes))
    return Fold(
        dtype,
        tuple(map(expression, shape)),
        extents=tuple(map(expression, extents)),
        initial=(registry.converted(expression(begin), dtype),),
        following=(registry.converted(following, dtype),),
        requirements=tuple(requirements),
        origin=node,
    )


def lengths_agree(node: Apply, left: Any, right: Any, message: str) -> Requirement:
    """A requirement: ValueError(message) at run time where two lengths differ; "{left}" and "{right}" stand for them."""
    return Requirement(expression(left), expression(right), message, node)


def _checked(function: Lowering) -> Lowering:
    """The function, with an error that names the op where it returns something else than it must."""

    def lower(op: Op, node: Apply, *operands: Definition) -> Any:
        made = function(op, node, *operands)
        if made is None:
            return None
        several = list(made) if isinstance(made, (list, tuple)) else [made]
        if len(several) != len(node.outputs):
            raise _problem(node, f"gives {len(several)} results for {len(node.outputs)} outputs")
        for k, (definition, v) in enumerate(zip(several, node.outputs, strict=True)):
            if not isinstance(definition, Definition):
                raise _problem(
                    node, f"gives {_kind_of(definition)} for output {k}, not what pointwise or fold make"
                )
            if (definition.dtype, definition.ndim) != (v.type.dtype, v.type.ndim):  # type: ignore[attr-defined]
                found = f"{definition.dtype} of {definition.ndim} dimensions"
                raise _problem(node, f"gives output {k} as {found}, but its type is {v.type}")
        return several

    return lower


def _kind_of(thing: Any) -> str:
    return "an index expression" if isinstance(thing, Expression) else f"a {type(thing).__name__}"


def _problem(node: Apply, text: str) -> TypeError:
    made = f"\n    {node}, made at {node.origin}" if node.origin is not None else ""
    return TypeError(f"the lowering of {type(node.op).__name__} {text}{made}")
