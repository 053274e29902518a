"""Pages of the reference, written from the objects themselves when the site is built."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docstrings import markdown

from stubs.modules import public_names
from theano import tensor
from theano.graph import Op, Type
from theano.scalar.function import ScalarFunction
from theano.tensor import Elemwise, TensorType, TensorVariable

FOLDER = Path(__file__).parents[1] / "generated"
DUNDERS = ("__call__", "__getitem__")  # special methods that are told of


@dataclass(frozen=True)
class Page:
    """A page of the reference."""

    title: str
    modules: tuple[str, ...]
    groups: tuple[
        tuple[str, tuple[str, ...]], ...
    ] = ()  # headings, and the files whose functions stand under them

    @property
    def file(self) -> str:
        """The page's name in its folder."""
        return self.modules[0].replace(".", "_")


TENSOR_GROUPS = (
    ("Variables", ("type", "constant", "variable", "transfer", "scalar_conversion")),
    ("Making arrays", ("alloc", "window", "io")),
    ("Functions of elements", ("elemwise", "elementwise")),
    ("Sums and other reductions", ("reduction", "extremum", "truth", "statistics", "cumulative")),
    ("Shapes", ("shape", "dimshuffle", "rebroadcast", "join", "repeat", "diagonal")),
    ("Indexing", ("indexing", "advanced", "subtensor", "nonzero", "choose", "permutation")),
    ("Products", ("dot", "hint")),
    ("Sorting and searching", ("sort", "search")),
    ("What is known before values are", ("static_value",)),
    ("Making variables", ("constructors",)),
)

PAGES = (
    Page("theano", ("theano",)),
    Page("Tensors: theano.tensor", ("theano.tensor",), TENSOR_GROUPS),
    Page("Neural networks: theano.tensor.nnet", ("theano.tensor.nnet", "theano.tensor.nnet.neighbours",
         "theano.tensor.nnet.conv3d2d", "theano.tensor.nnet.ctc", "theano.tensor.nnet.bn", "theano.tensor.nnet.blocksparse")),
    Page("Pooling and signals: theano.tensor.signal", ("theano.tensor.signal.pool", "theano.tensor.signal.conv")),
    Page("Linear algebra", ("theano.tensor.nlinalg", "theano.tensor.slinalg")),
    Page("Fourier transforms", ("theano.tensor.fft",)),
    Page("Gradients: theano.gradient", ("theano.gradient",)),
    Page("Loops and choices", ("theano.scanning", "theano.ifelse", "theano.scan_module")),
    Page("Random numbers", ("theano.random", "theano.tensor.shared_randomstreams", "theano.sandbox.rng_mrg")),
    Page("Optimizers", ("theano.optimizers",)),
    Page("Sparse matrices: theano.sparse", ("theano.sparse",)),
    Page("Lists: theano.typed_list", ("theano.typed_list",)),
    Page("Compiling: theano.compile", ("theano.compile", "theano.compile.nanguardmode", "theano.compile.debugmode", "theano.compile.monitormode", "theano.compile.convolutions")),
    Page("Saving: theano.saving", ("theano.saving",)),
    Page("Profiling: theano.profiling", ("theano.profiling",)),
    Page("Pictures: theano.d3viz", ("theano.d3viz", "theano.pictures")),
    Page("Extension: theano.extension", ("theano.extension",)),
    Page("Printing: theano.printing", ("theano.printing",)),
    Page("Configuration: theano.configuration", ("theano.configuration",)),
    Page("Graphs: theano.graph", ("theano.graph", "theano.gof")),
    Page("Functions of numbers: theano.scalar", ("theano.scalar",)),
)  # fmt: skip


def pages() -> dict[str, str]:
    """The text of each page of the reference, by its file name."""
    told: dict[int, str] = {}
    texts = {page.file: page_text(page, told) for page in PAGES}
    listed = "\n".join(page.file for page in PAGES)
    texts["index"] = (
        "# Reference\n\nMade from the docstrings of the package.  An object that stands under several names is told of "
        f"under one.\n\n```{{toctree}}\n:maxdepth: 1\n\n{listed}\n```\n"
    )
    return texts


def page_text(page: Page, told: dict[int, str]) -> str:
    """A page; objects in ``told`` stand on an earlier one, by the name there."""
    parts = [f"# {page.title}"]
    for module in page.modules:
        found = __import__(module, fromlist=["_"])
        names = {n: v for n, v in public_names(found).items() if not _is_plain(v)}
        parts.append(markdown(found.__doc__))
        if module != page.modules[0]:
            parts[-1:] = [f"## {module}", parts[-1]]
        parts += _groups(module, names, page.groups, told)
    return "\n\n".join(filter(None, parts)) + "\n"


def _is_plain(value: Any) -> bool:
    return not callable(value) and not isinstance(value, Type) and type(value).__module__ == "builtins"


def _groups(
    module: str, names: dict[str, Any], groups: Iterable[tuple[str, tuple[str, ...]]], told: dict[int, str]
) -> list[str]:
    parts: list[str] = []
    left = dict(names)
    for title, files in groups:
        chosen = {n: v for n, v in left.items() if _file_of(v) in files and not inspect.isclass(v)}
        left = {n: v for n, v in left.items() if n not in chosen}
        parts += [f"## {title}", *_entries(module, chosen, told)]
    functions = {n: v for n, v in left.items() if not inspect.isclass(v)}
    classes = {n: v for n, v in left.items() if inspect.isclass(v)}
    heads = bool(groups) or bool(functions and classes)
    for title, chosen in (("Further functions" if groups else "Functions", functions), ("Classes", classes)):
        if chosen:
            parts += [f"{'##' if groups or module in PAGES_FIRST else '###'} {title}"] if heads else []
            parts += _entries(module, chosen, told)
    return parts


PAGES_FIRST = frozenset(page.modules[0] for page in PAGES)


def _file_of(value: Any) -> str:
    if isinstance(value, TensorType):
        return "constructors"
    module = getattr(value, "__module__", None) or type(value).__module__
    return module.rpartition(".")[2]


def _entries(module: str, names: dict[str, Any], told: dict[int, str]) -> list[str]:
    """Entries for objects that are new, then a list of those that stand elsewhere, and the types of tensors as one."""
    entries, elsewhere = [], []
    constructors = [n for n, v in names.items() if _file_of(v) == "constructors"]
    for name, value in sorted(
        names.items(), key=lambda item: (item[0].endswith("Constant"), item[0].lower())
    ):
        if name in constructors:
            continue
        own = getattr(value, "__name__", name)
        if id(value) not in told and own != name and names.get(own) is value:
            elsewhere.append(f"* `{module}.{name}`: see {{py:obj}}`{module}.{own}`")
            continue
        if id(value) in told:
            if told[id(value)] != f"{module}.{name}":
                elsewhere.append(f"* `{module}.{name}`: see {{py:obj}}`{told[id(value)]}`")
            continue
        told[id(value)] = f"{module}.{name}"
        entries.append(entry(f"{module}.{name}", value, told))
    if constructors:
        listed = "\n                 ".join(f"{module}.{name}(...)" for name in sorted(constructors))
        said = inspect.cleandoc(sys.modules["theano.tensor.constructors"].__doc__ or "").replace(
            "\n", "\n   "
        )
        entries.insert(0, f"```{{eval-rst}}\n.. py:function:: {listed}\n\n   {said}\n```")
    return entries + (["\n".join(elsewhere)] if elsewhere else [])


def entry(name: str, value: Any, told: dict[int, str]) -> str:
    """The directive that tells of one object."""
    if inspect.isclass(value):
        return class_entry(name, value, told)
    document = getattr(value, "__doc__", "") or ""
    if isinstance(value, ScalarFunction):
        return _directive("function", name + signature_text(value.body, skip=("xp",)), document)
    if isinstance(value, Elemwise):
        body = getattr(value.scalar_op, "body", None) or getattr(value.scalar_op, "impl", None)
        return _directive("function", name + signature_text(body, skip=("xp", "self")), document)
    if isinstance(value, Op):
        return _directive("function", name + signature_text(value.make_node), document)
    if callable(value) and not isinstance(value, Type):
        return _directive("function", name + signature_text(value), document)
    return _directive("data", name, document)


def _directive(kind: str, head: str, document: str, ticks: int = 5, more: Iterable[str] = ()) -> str:
    fence = "`" * ticks
    return "\n\n".join([f"{fence}{{py:{kind}}} {head}", *filter(None, [markdown(document), *more]), fence])


def class_entry(name: str, kind: type, told: dict[int, str]) -> str:
    """A class with its own public methods and properties, and those of bases that have no entry of their own."""
    members = []
    hidden = [b for b in kind.__mro__[1:] if b.__module__.startswith("theano") and b.__name__.startswith("_")]
    hidden = [base for base in hidden if told.setdefault(id(base), name) == name]
    for member, value in [item for owner in (kind, *hidden) for item in vars(owner).items()]:
        if member.startswith("_") and member not in DUNDERS:
            continue
        function = value.__func__ if isinstance(value, (staticmethod, classmethod)) else value
        if isinstance(value, property):
            members.append(_directive("property", member, value.__doc__ or ""))
        elif inspect.isfunction(function) and (function.__doc__ or not issubclass(kind, Op)):
            head = member + signature_text(function, skip=("self", "cls"))
            same = (
                f"``theano.tensor.{member}`` of this variable." if stands_for_a_function(kind, member) else ""
            )
            members.append(_directive("method", head, function.__doc__ or same))
    head = name + ("" if issubclass(kind, BaseException) else signature_text(kind))
    bases = [b for b in kind.__bases__ if b is not object and b not in hidden]
    shown = [f"`{told.get(id(b)) or f'{b.__module__}.{b.__name__}'}`" for b in bases]
    public = [s for b, s in zip(bases, shown, strict=True) if not b.__name__.startswith("_")]
    of = f"Inherits from {', '.join(public)}." if public else ""
    of += "".join(f" Has the methods of {s}." for s in shown if s not in public)
    return _directive("class", head, kind.__doc__ or "", 6, [of, *members])


def stands_for_a_function(kind: type, member: str) -> bool:
    """Whether the method stands for a function of theano.tensor."""
    return issubclass(kind, TensorVariable) and hasattr(tensor, member)


def signature_text(function: Any, skip: tuple[str, ...] = ()) -> str:
    """``(x, axis=None)``, without annotations; what has no signature takes ``(...)``."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return "(...)"
    written = [
        p.replace(annotation=p.empty, default=_Shown(p.default) if p.default is not p.empty else p.empty)
        for p in signature.parameters.values()
        if p.name not in skip
    ]
    return str(inspect.Signature(written))


@dataclass(frozen=True)
class _Shown:
    """A default as a reference shows it: without addresses of objects."""

    value: Any

    def __repr__(self) -> str:
        if isinstance(self.value, Callable) or " at 0x" in repr(self.value):  # type: ignore[arg-type]
            return getattr(self.value, "__name__", "...")
        return re.sub(r"\s+", " ", repr(self.value))


def undocumented() -> list[str]:
    """Public functions and classes of the reference that have no docstring."""
    return [
        f"{module}.{name}"
        for page in PAGES
        for module in page.modules
        for name, value in public_names(__import__(module, fromlist=["_"])).items()
        if not _is_plain(value) and not (getattr(value, "__doc__", None) or "").strip()
    ]


def write() -> None:
    """Write the pages that are new or have changed."""
    for name, text in pages().items():
        path = FOLDER / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
