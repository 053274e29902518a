"""Names of Theano 1.0.5 (inventory.tsv): each is there, with a signature that takes the calls written for it, unless
docs/compatibility.md says what became of it."""

from __future__ import annotations

import csv
import importlib
import inspect
import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "compatibility.md"

with open(HERE / "inventory.tsv", encoding="utf-8", newline="") as file:
    ROWS = [tuple(row) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
NAMES = {f"{module}.{name}": signature for module, name, signature in ROWS}


def table() -> dict[str, str]:
    """From the names in the document's tables to "adapted", "absent" or "not yet"; one that ends in .* stands for many."""
    found: dict[str, str] = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"\| (.*) \| (adapted|absent|not yet) \| (.+) \|", line)
        if match is not None:
            found.update(dict.fromkeys(re.findall(r"`([^`]+)`", match[1]), match[2]))
    return found


TABLE = table()


def fate(name: str) -> str:
    """ "same", or what the document says of this name, or of all names in its module."""
    module = name
    while name not in TABLE and "." in module:
        module = module.rpartition(".")[0]
        if f"{module}.*" in TABLE:
            return "in part"
    return TABLE.get(name, "same")


def object_named(name: str) -> object:
    """The object under a dotted name; LookupError where there is none."""
    parts = name.split(".")
    for k in range(len(parts) - 1, 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:k]))
        except ModuleNotFoundError:
            continue
        try:
            for part in parts[k:]:
                found = getattr(found, part)
        except AttributeError:
            break
        return found
    raise LookupError(name)


def exists(name: str) -> bool:
    try:
        object_named(name)
    except LookupError:
        return False
    return True


def takes_the_calls_of(ours: inspect.Signature, theirs: inspect.Signature) -> bool:
    """Whether parameters have the old names, order and defaults; more may follow, if they need not be given."""
    old, new = list(theirs.parameters.values()), list(ours.parameters.values())
    if any(p.kind is p.VAR_POSITIONAL for p in (*old, *new[:1])):
        return True
    if len(new) < len(old):
        return False
    for position, (a, b) in enumerate(zip(old, new)):
        is_self = position == 0 and (a.name == "self" or b.name == "self")
        same_default = a.default is b.default or a.default == b.default or a.default in (..., a.empty)
        if not is_self and (a.name != b.name or not same_default):
            return False
    return all(
        p.default is not p.empty or p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in new[len(old) :]
    )


def parsed(signature: str) -> inspect.Signature:
    scope: dict = {"inf": float("inf")}
    exec(f"def f{signature}: pass", scope)
    return inspect.signature(scope["f"])


@pytest.mark.parametrize("module", list(dict.fromkeys(row[0] for row in ROWS)))
def test_every_name_is_there_or_the_document_says_why_not(module: str) -> None:
    names = [f"{m}.{n}" for m, n, _ in ROWS if m == module]
    missing = [name for name in names if fate(name) in ("same", "adapted") and not exists(name)]
    assert not missing, f"say in {DOCUMENT.name} what became of {missing}"
    found = [name for name in names if fate(name) == "absent" and exists(name)]
    assert not found, f"{DOCUMENT.name} calls absent what is there: {found}"


@pytest.mark.parametrize("module", list(dict.fromkeys(row[0] for row in ROWS if row[2])))
def test_every_function_takes_the_calls_that_were_written_for_it(module: str) -> None:
    for m, n, signature in ROWS:
        name = f"{m}.{n}"
        if m != module or not signature or fate(name) != "same":
            continue
        try:
            ours = inspect.signature(object_named(name))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue  # an exception class has none
        assert takes_the_calls_of(ours, parsed(signature)), f"{name}{signature} has become {ours}"


def test_the_document_speaks_only_of_names_of_the_inventory() -> None:
    for name in TABLE:
        beginning = name.removesuffix("*")
        assert name in NAMES or any(n.startswith(beginning) for n in NAMES if name.endswith(".*")), name
