# Two commands are enough: make run, make test. Everything they need they set up themselves.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PORT ?= 8501
# Processes of make serve; tests at the same time.
WORKERS ?= 2
# Byte code is kept: without it every process of the tests compiles all modules again.
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet

.PHONY: help run serve test test-all test-fast test-geo test-pages test-browser lint bench bench-load boundaries row-counts index-results messages slide-template settings screenshots clean

help: ## list these targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.run ## serve the atlas on http://localhost:8501 (PORT= changes it)
	$(VENV)/bin/streamlit run app.py --server.port $(PORT)

serve: $(VENV)/.serve ## serve it from several processes at one address (WORKERS= PORT=)
	@exec $(PYTHON) -m deploy.serve --workers "$(WORKERS)" --port "$(PORT)"

test: $(VENV)/.test lint ## run everything: style and types, geo, pages, a real browser
	@$(PYTHON) tests/chromium.py
	$(PYTHON) -m pytest -n $(WORKERS) --dist worksteal -m "not timed"
	$(PYTHON) -m pytest -m timed

test-all: export ATLAS_ALL_CASES = 1
test-all: test ## as test, with every combination of the largest products

test-fast: $(VENV)/.test ## geo and pages, without a browser and without what is slow
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile -m "not timed and not slow" geo tests/geo tests/pages

test-geo: $(VENV)/.test ## only the fast, pure tests
	$(PYTHON) -m pytest -n $(WORKERS) tests/geo geo

test-pages: $(VENV)/.test ## only the pages, without a browser
	$(PYTHON) -m pytest tests/pages

test-browser: $(VENV)/.test ## only the tests in a real Chromium
	@$(PYTHON) tests/chromium.py
	$(PYTHON) -m pytest -n $(WORKERS) tests/browser

lint: $(VENV)/.test ## style and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/biome check --error-on-warnings .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-logo

bench: $(VENV)/.test ## measure beside an empty page and a stock map; the table goes into README
	@$(PYTHON) tests/chromium.py
	$(PYTHON) -m tests.bench.run --write

bench-load: $(VENV)/.test ## measure many readers at once; the table goes into README
	$(PYTHON) -m tests.bench.load --workers $(WORKERS) --write

boundaries: $(VENV)/.test ## build data/boundaries from its pinned inputs
	$(PYTHON) data/boundaries/build.py

row-counts: $(VENV)/.run ## write the row counts of the tables into data/datapackage.json
	$(PYTHON) data/row_counts.py

index-results: $(VENV)/.test ## write the results of the index on record again, and show what moved
	$(PYTHON) -m tests.geo.index.results
	@git --no-pager diff --stat tests/geo/index/results.json

messages: $(VENV)/.run ## collect the texts of the code into data/texts, and print what lacks a translation
	$(PYTHON) data/messages.py

slide-template: $(VENV)/.run ## build geo/slides/template.pptx: slide master, layouts and theme
	$(PYTHON) -m geo.slides.build_template

settings: $(VENV)/.run ## write docs/settings.md from the tables of settings and limits
	$(PYTHON) -m data.settings_document

screenshots: $(VENV)/.test ## every page in both languages at three sizes, into .build/screenshots
	@$(PYTHON) tests/chromium.py
	$(PYTHON) -m tests.browser.screenshots

clean: ## remove what these targets made
	rm -rf $(VENV) .build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@for python in python3 python3.13 python3.12 python3.11; do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then echo "The atlas needs Python 3.11 or later: install it and try again."; exit 1; fi; \
	if ! $$found -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "This Python has no venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; fi; \
	$$found -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.txt
	$(PIP) install -r requirements.txt
	@touch $@

$(VENV)/.serve: $(VENV)/.run requirements-serve.txt
	$(PIP) install -r requirements-serve.txt
	@touch $@

$(VENV)/.test: $(VENV)/.serve requirements-dev.txt
	$(PIP) install -r requirements-dev.txt
	@touch $@
