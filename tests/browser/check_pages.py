"""Pages of graphs in a headless Chromium: ``python tests/browser/check_pages.py [FOLDER FOR SCREENSHOTS]``.

A page gets the script ``graph_checks.js`` behind its own, which does what a reader does and writes what it finds into
the page.  Needs Chromium or Chrome; $BROWSER_PROGRAM names another program.
"""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from theano.ifelse import ifelse

import theano
import theano.tensor as T
from theano.pictures import graph_page

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=4000")
SCRIPT = Path(__file__).with_name("graph_checks.js")


def browser() -> str:
    """The program; SystemExit where there is none."""
    for name in (os.environ.get("BROWSER_PROGRAM"), *PROGRAMS):
        found = name and shutil.which(name)
        if found:
            return found
    raise SystemExit(f"none of {', '.join(PROGRAMS)} is installed; set BROWSER_PROGRAM to one")


def profiled_function() -> theano.compile.Function:
    """With a loop, an op made of a graph, and a choice; called, so that there are times."""
    x = T.dmatrix("x")
    w = theano.shared(np.ones((3, 2)), "w")
    a = T.dscalar("a")
    softly = theano.OpFromGraph([a], [T.log1p(T.exp(a))], name="softly")
    states, _ = theano.scan(lambda s: T.tanh(s * w.sum()), n_steps=3, outputs_info=x.sum(), name="steps")
    cost = softly(states[-1]) + T.dot(x, w).mean()
    cost = ifelse(T.gt(cost, 1e6), cost * 0.5, T.sin(cost) + 1)
    profile = theano.ProfileStats(atexit_print=False)
    f = theano.function(
        [x], cost, updates=[(w, w - T.grad(cost, w))], profile=profile, name="train </script>"
    )
    f(np.ones((4, 3)))
    return f


def run(program: str, page: Path, *options: str, size: str = "1500,950") -> str:
    command = [program, *OPTIONS, f"--window-size={size}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def with_script(page: str, script: str) -> str:
    return page.replace("</body>", f"<script>\n{script}</script>\n</body>")


def check(program: str, page: str, folder: Path, size: str) -> list[str]:
    """What the script found wrong."""
    path = folder / "checked.html"
    path.write_text(with_script(page, SCRIPT.read_text(encoding="utf-8")), encoding="utf-8")
    document = run(program, path, "--dump-dom", size=size)
    found = re.search(r'<pre id="report">(.*?)</pre>', document, re.DOTALL)
    if found is None:
        return ["the script did not end"]
    report = json.loads(html.unescape(found[1]))
    print(f"{size}: {len(report['checks'])} groups of checks, {len(report['failures'])} failures")
    return report["failures"]


def shoot(program: str, page: str, folder: Path) -> None:
    """Screenshots of the page as it opens, with all unfolded, by time, and before rewriting."""
    steps = {"opened": "", "unfolded": 'document.getElementById("unfold_all").click();'}
    steps["times"] = 'document.getElementById("time").click(); document.getElementById("fit").click();'
    steps["before"] = 'document.getElementById("before").click();'
    for name, script in steps.items():
        path = folder / f"{name}.html"
        path.write_text(with_script(page, script), encoding="utf-8")
        run(program, path, f"--screenshot={folder / f'{name}.png'}")


def main() -> int:
    program, page = browser(), graph_page(profiled_function())
    with tempfile.TemporaryDirectory() as folder:
        failures = [f for size in ("1500,950", "900,700") for f in check(program, page, Path(folder), size)]
    for text in failures:
        print(text)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
        shoot(program, page, Path(sys.argv[1]).resolve())
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
