"""Names of theano.compile.debugmode: a debugprint that tells more, and what is left of the old implementation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from theano.graph import Apply, Op, Variable
from theano.printing.tree import Root, Tree, handed_over


def debugprint(
    r: Any,
    prefix: str = "",
    depth: int = -1,
    done: dict[Any, str] | None = None,
    print_type: bool = False,
    file: Any = None,
    print_destroy_map: bool = False,
    print_view_map: bool = False,
    order: Sequence[Apply] | None = None,
    ids: str = "CHAR",
    stop_on_name: bool = False,
    prefix_child: str | None = None,
    scan_ops: Any = None,
    profile: Any = None,
    scan_inner_to_outer_inputs: Mapping[Variable, Variable] | None = None,
    smap: Mapping[Variable, Sequence[Any]] | None = None,
    used_ids: dict[Any, str] | None = None,
    print_clients: bool = False,
) -> Any:
    """Print a variable or an application as ``theano.printing.debugprint`` does; return the file.

    prefix                              stands before each line
    order                               applications, whose places in it are told
    print_destroy_map, print_view_map   tell ``d={output: [inputs]}`` and ``v={output: [inputs]}``
    smap                                cells with values of variables, which are told
    The others are as there, or are accepted for old programs.
    """
    roots = list(r.outputs) if isinstance(r, Apply) else [r]
    tree = Tree(
        depth,
        print_type,
        ids,
        stop_on_name,
        done={} if done is None else done,
        used_ids={} if used_ids is None else used_ids,
        print_storage=smap is not None,
        users={},
        prints_destroy_map=print_destroy_map,
        prints_view_map=print_view_map,
        outer_of=scan_inner_to_outer_inputs or {},
        values={v: cell[0] for v, cell in (smap or {}).items()},
    )
    places = {node: place for place, node in enumerate(order or ())}
    text = "".join(f"{prefix}{line}\n" for line in tree.lines([Root(v, places) for v in roots]))
    return handed_over(text, file)


class DataDestroyed:
    """Stood, in 1.0.5, for values that an op had overwritten."""


data_destroyed = DataDestroyed()
default_make_thunk = [Op.make_thunk]
