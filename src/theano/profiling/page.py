"""A profile as a page: a flame chart of calls and one of compiling, and tables, in one file that asks for no other."""

from __future__ import annotations

import json
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from theano.profiling.export import as_dict

if TYPE_CHECKING:
    from theano.profiling.stats import ProfileStats

POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"  # a browser loads nothing else


def page(profile: ProfileStats) -> str:
    """HTML with style, program and numbers inside; the numbers are those of ``profile.to_dict()``, in the element
    ``profile``."""
    title = f"Profile of {profile.message}" if profile.message else "Profile"
    return document(title, _asset("page.css"), f"""\
<header><h1>{escape(title)}</h1><p id="totals"></p><ul id="tips"></ul></header>
<noscript>Charts and tables are drawn by JavaScript; ProfileStats.summary prints the same as text.</noscript>
<section><h2>Calls</h2><p id="legend"></p><div id="calls" class="chart"></div></section>
<section><h2>Compiling</h2><div id="compile" class="chart"></div></section>
<section><h2>Tables</h2><nav id="views"></nav><div class="wide"><table id="table"></table></div></section>
<div id="hover" role="tooltip" hidden></div>
<script type="application/json" id="profile">{embedded(as_dict(profile))}</script>
<script>
{_asset("page.js")}</script>""")  # fmt: skip


def document(title: str, style: str, body: str) -> str:
    """A page that needs nothing beside itself, and gets nothing."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def _asset(name: str) -> str:
    return files("theano.profiling").joinpath(name).read_text(encoding="utf-8")


def embedded(value: object) -> str:
    """JSON in which no name can end the element around it, or begin another."""
    text = json.dumps(value, allow_nan=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
