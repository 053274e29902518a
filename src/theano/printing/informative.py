"""min_informative_str: what a variable is, in terms of variables that have names."""

from __future__ import annotations

from typing import Any

from theano.printing.tree import letters


def min_informative_str(
    obj: Any, indent_level: int = 0, _prev_obs: dict[Any, str] | None = None, _tag_generator: Any = None
) -> str:
    """``obj`` as a tree that ends at variables with names; what occurs again is called by its letter.

    indent_level  how many blanks stand before the first line

    Examples
    --------
    >>> import theano.tensor as T
    >>> x = T.scalar("x")
    >>> y = T.exp(x)
    >>> print(min_informative_str(y * y))
    A. Elemwise{mul,no_inplace}
     B. Elemwise{exp,no_inplace}
      C. x
     <B>
    """
    seen: dict[Any, str] = {} if _prev_obs is None else _prev_obs
    lines = []
    stack = [(obj, indent_level)]
    while stack:
        v, level = stack.pop()
        if v in seen:
            lines.append(f"{' ' * level}<{seen[v]}>")
            continue
        seen[v] = letters(len(seen))
        owner = None if v.name is not None else v.owner
        lines.append(f"{' ' * level}{seen[v]}. {v if owner is None else owner.op}")
        if owner is not None:
            stack += [(i, level + 1) for i in reversed(owner.inputs)]
    return "\n".join(lines)
