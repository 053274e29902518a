"""Functions that rewrites for Theano 1.0.5 call: what made a variable, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from theano.graph import Apply, Variable
from theano.graph.origin import inherited_origin


def check_chain(r: Any, *chain: Any) -> bool:
    """Whether ``r`` is made by these ops, or classes of ops, each applied to the first input being the next one's result."""
    if isinstance(r, Apply):
        r = r.outputs[0]
    for wanted in chain:
        node = r.owner
        if node is None:
            return False
        if not (isinstance(node.op, wanted) if isinstance(wanted, type) else node.op == wanted):
            return False
        r = node.inputs[0] if node.inputs else None
    return r is not None


def copy_stack_trace(from_var: Any, to_var: Any) -> Any:
    """``to_var`` as it is: what a rewrite makes has the origin of what it replaces."""
    return to_var


def inherit_stack_trace(from_var: Any) -> inherited_origin:
    """Give what is made in the ``with`` block the origin of a variable, or of the first of several."""
    first = from_var[0] if isinstance(from_var, (list, tuple)) else from_var
    return inherited_origin(first.origin)


def pre_constant_merge(vars: Sequence[Variable]) -> list[Variable]:
    """``vars`` as they are: a FunctionGraph merges equal constants."""
    return list(vars)
