"""Annotations of the sources, as they can stand in a stub."""

from __future__ import annotations

import ast
import builtins
import collections.abc
import inspect
import re
import sys
import types
import typing
from dataclasses import dataclass, field
from typing import Any

from stubs.modules import Modules, home

# Names of parameters that become variables by themselves, where the sources say Any.
TENSOR_PARAMETERS = frozenset(
    """x y z a b c m v A B M X W h p n t s inp input input1 input2 input3 arr condition cond ift iff indices weights
    coding_dist true_dist output target pred actual gamma beta mean std var low high loc scale lower upper cost
    activations images kernels filters then_branch else_branch value1 value2 min max other right exponent base
    prediction alpha ten4 neibs minval maxval start stop step avg r theta y_idx fill_value val axis1 axis2 lower_bound
    upper_bound multiplier sparse_A dense_B choices a_min a_max""".split()
)


@dataclass
class Imports:
    """The imports that a stub turns out to need."""

    module: str
    modules: Modules
    own_names: frozenset[str]
    wanted: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # module -> (name, as)
    plain: set[str] = field(default_factory=set)  # import this

    def of(self, module: str, name: str) -> str:
        """How to write ``name`` of ``module`` here."""
        if module == self.module:
            return name
        if module == "builtins":
            if name in self.own_names:  # this stub has a function of that name
                self.plain.add("builtins")
                return f"builtins.{name}"
            return name
        taken = {
            w for other, names in self.wanted.items() if other != module for _, w in names
        } | self.own_names
        written = name if name not in taken else f"_{module.rpartition('.')[2]}_{name}"
        self.wanted.setdefault(module, set()).add((name, written))
        return written

    def lines(self) -> list[str]:
        """The import statements."""
        found = [f"import {name}" for name in sorted(self.plain)]
        for module, names in sorted(self.wanted.items()):
            for name, written in sorted(names):
                found.append(f"from {module} import {name}" + ("" if name == written else f" as {written}"))
        return found


@dataclass(frozen=True)
class Context:
    """Where an annotation stands."""

    imports: Imports
    names: dict[str, Any]  # of the module whose source has the annotation
    tensor_result: bool = False  # Variable and Any mean TensorVariable in results

    @property
    def any(self) -> str:
        return self.imports.of("typing", "Any")


def parameter(annotation: Any, name: str, context: Context, required: bool) -> str:
    """The type of a parameter."""
    written = translated(annotation, context)
    if (
        context.tensor_result
        and required
        and name in TENSOR_PARAMETERS
        and written in (context.any, "Variable")
    ):
        return context.imports.of("theano._types", "TensorLike")
    return written


def result(annotation: Any, context: Context) -> str:
    """The type of what a function returns."""
    if annotation is inspect.Signature.empty:
        return context.any
    written = translated(annotation, context)
    if not context.tensor_result:
        return written
    tensor = context.imports.of("theano.tensor", "TensorVariable")
    if written == context.any:
        return tensor
    variable = context.imports.of("theano.graph", "Variable")
    return re.sub(rf"\b{variable}\b", tensor, written)


def translated(annotation: Any, context: Context) -> str:
    """An annotation, an object or the text of one, in the words of this stub; what it does not know is Any."""
    if annotation is inspect.Parameter.empty:
        return context.any
    if annotation is None or annotation is type(None):
        return "None"
    try:
        if isinstance(annotation, typing.ForwardRef):
            annotation = annotation.__forward_arg__
        if not isinstance(annotation, str):
            return _named(annotation, context)
        return _written(ast.parse(annotation, mode="eval").body, context)
    except (_Unknown, SyntaxError):
        return context.any


class _Unknown(Exception):
    """No stub has this."""


def _written(tree: ast.expr, context: Context) -> str:
    match tree:
        case ast.Constant(value=None):
            return "None"
        case ast.Constant(value=str(text)):
            return _written(ast.parse(text, mode="eval").body, context)
        case ast.Constant(value=value):
            return "..." if value is ... else repr(value)
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            sides = [translated(ast.unparse(side), context) for side in (left, right)]
            return context.any if context.any in sides else " | ".join(sides)
        case ast.Name() | ast.Attribute():
            kind = _value(tree, context)
            bare = "" if typing.get_args(kind) else _ARGUMENTS.get(getattr(kind, "__name__", ""), "")
            return _named(kind, context) + bare.format(context.any)
        case ast.Subscript(value=base, slice=arguments):
            kind = _value(base, context)
            if inspect.isclass(kind) and kind.__module__.startswith("theano"):
                return _named(kind, context)  # no class of ours is generic in the stubs
            of = arguments.elts if isinstance(arguments, ast.Tuple) else [arguments]
            if kind is typing.Literal:
                return f"{_named(kind, context)}[{ast.unparse(arguments)}]"
            inside = ", ".join(_argument(argument, context) for argument in of)
            return f"{_named(kind, context)}[{inside}]"
    raise _Unknown(ast.unparse(tree))


def _argument(tree: ast.expr, context: Context) -> str:
    if isinstance(tree, ast.List):
        return "[" + ", ".join(translated(ast.unparse(e), context) for e in tree.elts) + "]"
    if isinstance(tree, ast.Constant) and tree.value is ...:
        return "..."
    return translated(ast.unparse(tree), context)


def _value(tree: ast.expr, context: Context) -> Any:
    if isinstance(tree, ast.Name):
        for names in (context.names, vars(builtins), vars(typing), vars(collections.abc)):
            if tree.id in names:
                return names[tree.id]
    if isinstance(tree, ast.Attribute):
        owner = _value(tree.value, context)
        if hasattr(owner, tree.attr):
            return getattr(owner, tree.attr)
    raise _Unknown(ast.unparse(tree))


# What a generic class is of, where the sources do not say.
_ARGUMENTS = {
    **dict.fromkeys(
        ("list", "set", "frozenset", "type", "Sequence", "Iterable", "Iterator", "Collection"), "[{0}]"
    ),
    **dict.fromkeys(("dict", "Mapping"), "[{0}, {0}]"),
    "tuple": "[{0}, ...]",
    "Callable": "[..., {0}]",
}


def _named(value: Any, context: Context) -> str:
    """A class or special form by its name."""
    imports = context.imports
    if isinstance(value, typing.TypeVar) or isinstance(value, types.ModuleType):
        raise _Unknown(str(value))
    if value in (None, type(None)):
        return "None"
    module, name = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if value is Any:
        return imports.of("typing", "Any")
    if isinstance(value, str):
        return translated(value, context)
    if isinstance(value, (types.UnionType, types.GenericAlias)) or hasattr(value, "__args__"):
        return translated(str(value).replace("typing.", ""), context)  # an alias
    if name is None or module is None:
        raise _Unknown(str(value))
    if module.startswith("theano"):
        place = home(value, name, imports.modules)
        if place is None:
            raise _Unknown(name)
        return imports.of(*place)
    if getattr(sys.modules.get(module), name, None) is not value:
        raise _Unknown(name)
    if module == "numpy" or module.startswith("numpy."):
        parts = module.split(".")
        above = [".".join(parts[:k]) for k in range(1, len(parts) + 1)]
        module = next(
            m for m in above if getattr(sys.modules[m], name, None) is value
        )  # where NumPy tells of it
        imports.plain.add(module)
        return f"{module}.{name}"
    if module not in ("builtins", "typing", "collections.abc", "types"):
        raise _Unknown(name)
    return imports.of(module, name)
