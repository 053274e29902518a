"""The documentation site: ``make docs`` builds it into build/site."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent / "_extensions"), str(Path(__file__).parents[1])]

import theano  # noqa: E402

project = "Theano"
author = "the authors of this package"
version = release = theano.__version__
extensions = ["myst_parser", "built_pages"]
exclude_patterns = ["_extensions"]
html_theme = "furo"
html_title = f"Theano {release}"
html_static_path: list[str] = []
html_show_copyright = False
myst_heading_anchors = 3
nitpicky = False
highlight_language = "python"
add_module_names = True
toc_object_entries = False
