"""One module, function, class or object as the text of a stub."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from stubs import exceptions
from stubs.annotations import Context, Imports, parameter, result, translated
from stubs.modules import PLAIN, Modules, home
from theano.graph import Op
from theano.tensor import Elemwise

INDENT = "    "
OPERATORS = frozenset(
    """__init__ __call__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __len__ __enter__ __exit__ __bool__
    __eq__ __hash__ __abs__ __neg__ __pos__ __invert__ __lt__ __le__ __gt__ __ge__ __divmod__ __rdivmod__ __int__
    __float__ __index__ __or__ __ror__ __and__ __rand__ __xor__ __rxor__ __ior__""".split()
) | {
    f"__{side}{name}__"
    for side in ("", "r")
    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul", "div")
}


def module_text(module: str, names: dict[str, Any], modules: Modules) -> str:
    """The stub of a module."""
    children = sorted(m.rpartition(".")[2] for m in modules if m.rpartition(".")[0] == module)
    imports = Imports(module, modules, frozenset([*names, *children]))
    body = [exceptions.BEFORE[module].strip()] if module in exceptions.BEFORE else []
    for child in children:
        if child not in names and not child.startswith("_"):
            body.append(f"from {module} import {child} as {child}")
    listed = [n for n in getattr(sys.modules.get(module), "__all__", ()) if n in {*names, *children, module}]
    if listed:
        body.append(f"__all__ = {listed!r}")
    if module in listed:  # from theano import theano
        body.append(f"import {module} as {module}")
    for name, value in names.items():
        body += declaration(name, value, imports)
    document = _first_line(sys.modules[module].__doc__ if module in sys.modules else None)
    lines = [*([f'"""{document}"""', ""] if document else []), *imports.lines(), "", *body]
    return "\n".join(lines).rstrip("\n") + "\n"


def declaration(name: str, value: Any, imports: Imports) -> list[str]:
    """What a stub says of one name of its module."""
    place = home(value, name, imports.modules)
    if place is not None and place != (imports.module, name):
        module, original = place
        if module == imports.module:
            return [f"{name} = {original}"]
        if original != name:
            return [f"{name} = {imports.of(module, original)}"]
        return [f"from {module} import {name} as {name}"]  # exported, because it says "as" the same
    special = exceptions.DECLARATIONS.get(f"{imports.module}.{name}")
    if special is not None:
        return _by_hand(special, imports)
    if inspect.isclass(value):
        return class_text(name, value, imports)
    if isinstance(value, Elemwise):
        return elemwise_text(name, value, imports)
    if callable(value) and not isinstance(value, types.BuiltinFunctionType) and _signature(value) is not None:
        if inspect.isfunction(value) or hasattr(value, "__wrapped__"):
            return function_text(name, value, _context(value, imports))
    if isinstance(value, Op) and type(value).__name__ in exceptions.GIVE_A_TENSOR:
        return op_text(name, value, imports)
    return [f"{name}: {_kind(value, imports)}"]


def _by_hand(text: str, imports: Imports) -> list[str]:
    """A declaration of ``exceptions``: names in braces are imported."""
    for word, module in exceptions.WORDS.items():
        if "{" + word + "}" in text:
            text = text.replace("{" + word + "}", imports.of(module, word))
    return [line for line in textwrap.dedent(text).strip().splitlines()]


def _context(function: Any, imports: Imports) -> Context:
    module = getattr(function, "__module__", "") or ""
    names = getattr(inspect.unwrap(function), "__globals__", None) or vars(sys.modules.get(module, types))
    return Context(imports, names, tensor_result=module.startswith(exceptions.OF_TENSORS))


def _kind(value: Any, imports: Imports) -> str:
    """The type of an object."""
    any_ = imports.of("typing", "Any")
    if type(value) in PLAIN:
        inside = {list: f"[{any_}]", dict: f"[{any_}, {any_}]", set: f"[{any_}]", frozenset: f"[{any_}]"}
        inside[tuple] = f"[{any_}, ...]"
        return imports.of("builtins", type(value).__name__) + inside.get(type(value), "")
    place = home(type(value), type(value).__name__, imports.modules)
    return any_ if place is None else imports.of(*place)


def _signature(value: Any) -> inspect.Signature | None:
    try:
        return inspect.signature(value)
    except (TypeError, ValueError):
        return None


def _first_line(document: str | None) -> str:
    """The first sentence or line of a docstring, fit to stand in quotes."""
    text = inspect.cleandoc(document or "").partition("\n\n")[0].replace("\n", " ")
    return text.replace("\\", "\\\\").replace('"""', "'''").rstrip('"') if len(text) < 400 else ""


def _body(document: str | None, indent: str) -> list[str]:
    text = _first_line(document)
    return [f'{indent}"""{text}"""'] if text else [f"{indent}..."]


def function_text(name: str, function: Any, context: Context, indent: str = "", of: str = "") -> list[str]:
    """``def name(...)`` with its docstring's first line."""
    signature = _signature(function)
    assert signature is not None
    returned = exceptions.RESULTS.get(f"{of or context.imports.module}.{name}")
    if returned is None:
        returned = result(signature.return_annotation, context)
    else:
        returned = "\n".join(_by_hand(returned, context.imports))
    if name in ("__init__", "__setitem__", "__delitem__"):
        returned = "None"
    if name == "__hash__":
        returned = context.imports.of("builtins", "int")
    head = f"{indent}def {name}({parameters(signature, context, bool(indent))}) -> {returned}:"
    is_ours = (getattr(function, "__module__", None) or "").startswith("theano")
    body = _body(function.__doc__ if is_ours else None, indent + INDENT)
    return [head + " ..."] if body[-1].endswith("...") else [head, *body]


def parameters(signature: inspect.Signature, context: Context, is_method: bool = False) -> str:
    """The parameters of a function, with types and the defaults that can be written."""
    written, only_by_name, only_by_place = [], False, False
    for p in signature.parameters.values():
        if only_by_place and p.kind is not p.POSITIONAL_ONLY:
            written.append("/")
        only_by_place = p.kind is p.POSITIONAL_ONLY
        if p.kind is p.KEYWORD_ONLY and not only_by_name:
            written.append("*")
        only_by_name = only_by_name or p.kind in (p.KEYWORD_ONLY, p.VAR_POSITIONAL)
        if is_method and p.name in ("self", "cls") and not written:
            written.append(p.name)
            continue
        stars = {p.VAR_POSITIONAL: "*", p.VAR_KEYWORD: "**"}.get(p.kind, "")
        kind = parameter(p.annotation, p.name, context, required=p.default is p.empty and not stars)
        written.append(f"{stars}{p.name}: {_widened(kind, p.default, context)}{_default(p.default)}")
    if only_by_place:
        written.append("/")
    return ", ".join(written)


def _widened(kind: str, default: Any, context: Context) -> str:
    """The type with that of the default added, where the sources are loose: ``full_matrices: bool = 1``."""
    if default is None and kind != context.any and "None" not in kind:
        return f"{kind} | None"
    if type(default) is int and kind == context.imports.of("builtins", "bool"):
        return f"{kind} | {context.imports.of('builtins', 'int')}"
    return kind


def _default(value: Any) -> str:
    if value is inspect.Parameter.empty:
        return ""
    simple = value is None or type(value) in (bool, int, float, str)
    return f" = {value!r}" if simple and repr(value) not in ("inf", "-inf", "nan") else " = ..."


def elemwise_text(name: str, op: Elemwise, imports: Imports) -> list[str]:
    """An elementwise function: its arity and the parameters' names are those of its function of numbers."""
    body = getattr(op.scalar_op, "body", None) or getattr(op.scalar_op, "impl", None)
    names = [p for p in (inspect.signature(body).parameters if body else ()) if p not in ("xp", "self")]
    like, tensor = imports.of("theano._types", "TensorLike"), imports.of("theano.tensor", "TensorVariable")
    nin = op.scalar_op.nin
    if nin < 0:
        arguments = f"*operands: {like}"
    else:
        names = names if len(names) == nin else [f"x{k}" for k in range(nin)]
        arguments = ", ".join(f"{n}: {like}" for n in names) + ", /"
    returned = tensor if op.scalar_op.nout == 1 else f"{imports.of('builtins', 'list')}[{tensor}]"
    return [f"def {name}({arguments}) -> {returned}:", *_body(op.__doc__, INDENT)]


def op_text(name: str, op: Op, imports: Imports) -> list[str]:
    """An op of one result, used as a function: its parameters are those of ``make_node``."""
    context = Context(imports, vars(sys.modules[type(op).__module__]), tensor_result=True)
    signature = inspect.signature(op.make_node)
    tensor = imports.of("theano.tensor", "TensorVariable")
    return [f"def {name}({parameters(signature, context)}) -> {tensor}:", *_body(type(op).__doc__, INDENT)]


def class_text(name: str, kind: type, imports: Imports) -> list[str]:
    """A class: its bases that have stubs, attributes, methods."""
    bases = [home(base, base.__name__, imports.modules) for base in kind.__bases__ if base not in (object,)]
    written = [imports.of(*place) for place in bases if place is not None]
    written += [
        imports.of("builtins", b.__name__)
        for b in kind.__bases__
        if issubclass(b, BaseException) and b.__module__ == "builtins"
    ]
    for base in kind.__bases__:
        if base in exceptions.GENERIC_BASES:
            any_ = imports.of("typing", "Any")
            arguments = f"[{any_}, {any_}]" if issubclass(base, dict) else f"[{any_}]"
            written.append(imports.of(base.__module__, base.__name__) + arguments)
    lines = [f"class {name}({', '.join(written)}):" if written else f"class {name}:"]
    text = _first_line(kind.__doc__)
    if text:
        lines.append(f'{INDENT}"""{text}"""')
    before = len(lines)
    key = f"{imports.module}.{name}"
    if key in exceptions.MEMBERS:
        lines += [INDENT + line if line else "" for line in _by_hand(exceptions.MEMBERS[key], imports)]
    context = Context(
        imports,
        vars(sys.modules[kind.__module__]),
        tensor_result=kind.__module__.startswith(exceptions.OF_TENSORS),
    )
    given = {line.split("(")[0].split(":")[0].split()[-1] for line in lines[before:] if line.strip()}
    inherited = {n for base in kind.__mro__[1:] for n in vars(base)}
    for attribute, annotation in _attributes(kind):
        if attribute not in given and attribute not in vars(kind) and attribute not in inherited:
            given.add(attribute)
            lines.append(f"{INDENT}{attribute}: {translated(annotation, context)}")
    getattr(kind, "__init__")  # noqa: B009  (that of a data class is made when it is asked for)
    # Special methods by name: which of them a dataclass makes first depends on Python's version.
    special = sorted(member for member in vars(kind) if member.startswith("__"))
    others = [member for member in vars(kind) if member not in special]
    for member in dict.fromkeys([*(m for m in special if m == "__init__"), *others, *special]):
        value = vars(kind)[member]
        if member in given or (member.startswith("_") and member not in OPERATORS):
            continue
        lines += member_text(member, value, kind, context, key)
    if len(lines) == before:
        lines[-1 if text else 0] += "" if text else " ..."
    return lines


def member_text(name: str, value: Any, kind: type, context: Context, of: str) -> list[str]:
    """A method, property or attribute of a class."""
    if name in exceptions.FREE_METHODS and issubclass(kind, exceptions.FREE_CLASSES):
        if any(name in vars(base) for base in kind.__mro__[1:]):
            return []  # as in the base class
        any_ = context.any
        return [
            f"{INDENT}def {name}(self, *args: {any_}, **kwargs: {any_}) -> {any_}:",
            *_body(value.__doc__, 2 * INDENT),
        ]
    if isinstance(value, (staticmethod, classmethod)):
        decorator = f"{INDENT}@{type(value).__name__}"
        return [decorator, *function_text(name, value.__func__, context, INDENT, of)]
    if isinstance(value, property):
        getter = function_text(name, value.fget, context, INDENT, of)
        lines = [f"{INDENT}@property", *getter]
        if value.fset is not None:
            lines += [
                f"{INDENT}@{name}.setter",
                f"{INDENT}def {name}(self, value: {context.any}) -> None: ...",
            ]
        return lines
    if name in ("__eq__", "__ne__", "equals"):
        bool_, object_ = (context.imports.of("builtins", word) for word in ("bool", "object"))
        return [f"{INDENT}def {name}(self, other: {object_}) -> {bool_}: ..."]
    if name == "__hash__" and (value is None or issubclass(kind, (list, dict, set))):
        return []
    if inspect.isfunction(value):
        if value.__name__ != name and value.__name__ in vars(kind):
            return [f"{INDENT}{name} = {value.__name__}"]
        return function_text(name, value, context, INDENT, of)
    if any(name in vars(base) for base in kind.__mro__[1:]):
        return []  # another value of an inherited attribute
    annotation = inspect.get_annotations(kind).get(name)
    written = translated(annotation, context) if annotation is not None else _attribute_kind(value, context)
    return [f"{INDENT}{name}: {written}"]


def _attribute_kind(value: Any, context: Context) -> str:
    if isinstance(value, (bool, str)):
        return context.imports.of("builtins", type(value).__name__)
    return context.any


@cache
def _classes(module: str) -> dict[str, ast.AST]:
    """The classes at the top of a module's source."""
    path = getattr(sys.modules[module], "__file__", None)
    body = ast.parse(Path(path).read_text(encoding="utf-8")).body if path else []
    return {statement.name: statement for statement in body if isinstance(statement, ast.ClassDef)}


def _attributes(kind: type) -> Iterator[tuple[str, Any]]:
    """Attributes that a class declares, or sets in its methods, with their annotations."""
    yield from ((n, a) for n, a in inspect.get_annotations(kind).items() if not n.startswith("_"))
    for method in ast.walk(_classes(kind.__module__).get(kind.__qualname__, ast.Pass())):
        if not isinstance(method, ast.FunctionDef):
            continue
        given = {a.arg: ast.unparse(a.annotation) for a in method.args.args if a.annotation is not None}
        for node in ast.walk(method):
            targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
            for target in targets if isinstance(node, (ast.Assign, ast.AnnAssign)) else []:
                for place in target.elts if isinstance(target, ast.Tuple) else [target]:
                    if not (isinstance(place, ast.Attribute) and isinstance(place.value, ast.Name)):
                        continue
                    if place.value.id != "self" or place.attr.startswith("_"):
                        continue
                    annotation: Any = inspect.Parameter.empty
                    if isinstance(node, ast.AnnAssign):
                        annotation = ast.unparse(node.annotation)
                    elif isinstance(node.value, ast.Name) and target is place:
                        annotation = given.get(node.value.id, annotation)
                    yield place.attr, annotation
