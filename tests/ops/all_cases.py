"""Every case of every table, ``cases_*.py`` beside this file."""

from __future__ import annotations

import importlib
from pathlib import Path

from case import Case

CASES: list[Case] = [
    case
    for path in sorted(Path(__file__).parent.glob("cases_*.py"))
    for case in importlib.import_module(path.stem).CASES
]
