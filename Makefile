# Everything runs in a virtual environment of its own, made on first use.
PYTHON ?= python3
ENVIRONMENT := .venv
INSTALLED := $(ENVIRONMENT)/.installed

.PHONY: train test sweep stress test-browser lint docs bench clean

train: $(INSTALLED)  ## the trivial training example
	$(ENVIRONMENT)/bin/python examples/trivial_training.py

test: $(INSTALLED)  ## all tests, on two processes
	$(ENVIRONMENT)/bin/python -m pytest -n 2

sweep: $(INSTALLED)  ## random programs, loops, indices, rewrites: other ones, twenty times as many; every case of every op
	SWEEP=20 $(ENVIRONMENT)/bin/python -m pytest -n 2 tests/llvm tests/rewrite tests/control_flow tests/ops tests/benchmarks

stress: $(INSTALLED)  ## 64 processes that compile at once, killed processes, damaged caches, 1,000 functions made and deleted
	STRESS=1 $(ENVIRONMENT)/bin/python -m pytest -n 0 -v tests/stress

test-browser: $(INSTALLED)  ## pages of graphs in a headless Chromium: search, folding, zoom, clicks
	$(ENVIRONMENT)/bin/python tests/browser/check_pages.py

lint: $(INSTALLED)
	$(ENVIRONMENT)/bin/pip install -q ruff mypy
	$(ENVIRONMENT)/bin/ruff check src tests benchmarks docs examples stubs
	$(ENVIRONMENT)/bin/mypy

docs: $(INSTALLED)  ## the documentation site, in build/site
	$(ENVIRONMENT)/bin/pip install -q -e ".[docs]"
	$(ENVIRONMENT)/bin/python -m sphinx -E -a -W --keep-going -q -b html docs build/site

bench:  ## side by side with NumPy, PyTensor, JAX and PyTorch; installs them on first use
	$(PYTHON) -m benchmarks

$(INSTALLED): pyproject.toml
	test -x $(ENVIRONMENT)/bin/python || $(PYTHON) -m venv $(ENVIRONMENT)
	$(ENVIRONMENT)/bin/pip install -q -e ".[test]"
	touch $(INSTALLED)

clean:
	rm -rf $(ENVIRONMENT) build dist src/*.egg-info
