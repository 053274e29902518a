"""The text of a module, as that of two: what LLVM is to optimise, and what only hands on work, the *glue*.

Functions with the attribute ``optnone`` are glue.  LLVM translates modules, not functions, with more or less care: its
quick translation takes a fifth of the time, and the code that it makes takes some nanoseconds more.  What one half needs
of the other is *hidden*: seen by the linker, and by nobody after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from llvmlite import ir

MENTIONED = re.compile(r'@"([^"]*)"')


def make_glue(function: ir.Function) -> None:
    """Spend none of LLVM's time on a function that does little besides what it calls, or is called rarely."""
    for attribute in ("noinline", "optnone"):
        function.attributes.add(attribute)


def halves_of(module: ir.Module) -> tuple[str, str]:
    """The text of all that is not glue, and of the glue, which is empty where there is none."""
    texts = {name: str(value) for name, value in module.globals.items()}
    is_glue = {name: "optnone" in getattr(value, "attributes", ()) for name, value in module.globals.items()}
    glue, other = ({name: text for name, text in texts.items() if is_glue[name] == part} for part in (True, False))
    head, foot = _head(module), "\n".join(map(str, module.metadata))
    if not glue:
        return "\n".join([head, *texts.values(), foot]), ""
    of_glue, of_others = (_mentioned(half.values()) for half in (glue, other))

    def half(own: dict[str, str], mentioned: set[str], elsewhere: set[str]) -> str:
        definitions = [_seen(text) if name in elsewhere else text for name, text in own.items()]
        foreign = [name for name in texts if name in mentioned and name not in own]
        declarations = [_declaration(module.globals[name], texts[name]) for name in foreign]
        return "\n".join([head, *definitions, *declarations, foot])

    return half(other, of_others, of_glue), half(glue, of_glue, of_others)


def _head(module: ir.Module) -> str:
    return f'target triple = "{module.triple}"\ntarget datalayout = "{module.data_layout}"\n'


def _mentioned(texts: Iterable[str]) -> set[str]:
    return {name for text in texts for name in MENTIONED.findall(text)}


def _seen(text: str) -> str:
    """A definition that the other half can refer to."""
    return text.replace("internal ", "hidden ", 1) if _is_inner(text) else text


def _is_inner(text: str) -> bool:
    return re.match(r'(define|@"[^"]*" =) internal ', text) is not None


def _declaration(value: ir.GlobalValue, text: str) -> str:
    """What refers to a definition in the other half; of what neither half defines the same."""
    if isinstance(value, ir.Function):
        if not value.blocks:
            return text
        return re.sub("^define (internal )?", "declare hidden " if _is_inner(text) else "declare ", text.partition("{")[0])
    kind = "constant" if value.global_constant else "global"
    return f'@"{value.name}" = external {"hidden " if _is_inner(text) else ""}{kind} {value.value_type}'
