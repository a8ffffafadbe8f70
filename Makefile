# `make` lists the targets. Everything is installed into .venv, from requirements-dev.lock; what only runs the simulator
# needs requirements.lock, whose packages are the same ones.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What `make lock` passes on to uv; `make lock LOCK_FLAGS=--upgrade` takes the newest versions.
LOCK_FLAGS ?=
# What `make bench` is asked for: `make bench BENCH_FLAGS="--years 2"`; --help tells what there is.
BENCH_FLAGS ?=
# The page is built where there is npm; all else works without.
NPM := $(shell command -v npm 2>/dev/null)
PAGE := $(if $(NPM),page,no-page)
WEB := simulator/page/built

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup page compare picture test guard lint docs bench coverage baseline notebooks lock hostile mutated soak audit clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.installed $(PAGE)  ## make .venv from the lock, install the project into it, and build the page

page: $(WEB)/page.css $(WEB)/govuk-frontend.min.js  ## bring GOV.UK Frontend by npm and build the page of inspectsim serve

compare: $(VENV)/.installed  ## compare the frameworks for England; results go to results/england-2006
	$(BIN)/inspectsim compare --out results/england-2006

picture: compare  ## draw the picture of the README anew
	mkdir -p docs/images
	cp results/england-2006/charts/found.png docs/images/found.png

# The page is built while packages are installed, and lint runs beside compiling: each keeps one core busy at most. Of
# tests in one file, the same worker runs all, so that what they share is made once; long files begin first, in the
# order of tests/conftest.py, which xdist would otherwise put by the number of their tests.
test:  ## run every check: lint, then the tests
	@$(MAKE) --no-print-directory -j2 setup lint compiled
	$(BIN)/pytest -n logical --dist loadfile --no-loadscope-reorder

# Compiled before the tests, beside lint: each of their workers would do it for itself, and every command that they start
# would read all modules anew where Python is told to keep no bytecode.
.PHONY: compiled
compiled: $(VENV)/.installed
	@$(BIN)/python -m compileall -q simulator
	@rm -rf build/compiled
	@$(BIN)/inspectsim compare tests/data/small.toml --replications 1 --out build/compiled >/dev/null

guard: compiled  ## after a change that is to move nothing: compare all that is put out with what `make guard-save` kept
	$(BIN)/python -m tests.guard check

.PHONY: guard-save
guard-save: compiled
	$(BIN)/python -m tests.guard save

lint: $(VENV)/.installed  ## check style, types, the direction of imports and the wording
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy --strict
	$(BIN)/lint-imports
	$(BIN)/python -m tests.style

docs: $(VENV)/.installed  ## build the docs as a site into site/; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

bench: setup  ## measure speed and memory (a quarter of an hour, on a quiet machine) and write docs/performance.md
	$(BIN)/python -m tests.benchmarks $(BENCH_FLAGS)

coverage: setup  ## fit to records made from known values twenty times over (an hour), and store how often sets cover them
	OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m docs.generators.coverage
	$(BIN)/python -m docs.generators.validation > docs/validation.md

baseline: setup  ## store the results that tests/back compares with anew; say in CHANGELOG.md what moved and why
	$(BIN)/python tests/back/test_baseline.py
	$(BIN)/python -m simulator.page.ready_answer

notebooks: setup  ## run the notebooks and store them with what they show
	$(BIN)/python tests/functional/test_notebooks.py

# What runs is chosen among what develops, so that both have the same versions.
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-annotate --no-emit-index-url --custom-compile-command "make lock" --quiet

lock: $(BIN)/python  ## write requirements.lock and requirements-dev.lock anew from pyproject.toml
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet uv
	$(COMPILE) --group dev $(LOCK_FLAGS) --output-file requirements-dev.lock
	rm -f requirements.lock
	$(COMPILE) --constraint requirements-dev.lock --output-file requirements.lock

hostile: setup  ## send the page 100,000 hostile requests, with headers (an hour or so)
	HOSTILE_EXAMPLES=33334 $(BIN)/pytest -q tests/functional/test_page_hostile.py

mutated: setup  ## read 1,000 damaged files, and run those that are taken, each within a limit of time (minutes)
	$(BIN)/python -m tests.mutated 1000

soak: setup  ## visit the page for ten minutes: ask, cancel, read and send nonsense all the time
	$(BIN)/python -m tests.soak 600

audit: $(BIN)/python  ## ask the data base of OSV what is known of vulnerabilities in locked packages (seconds)
	$(BIN)/python -m tests.audit

clean:  ## remove .venv, caches and build output (not the results)
	rm -rf $(VENV) node_modules $(WEB) build dist site
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find simulator tests docs notebooks -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "inspectsim needs Python 3.11 or newer, and there is no '$(PYTHON)' here." >&2; \
		echo "Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "inspectsim needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name a newer one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "'$(PYTHON) -m venv' failed; on Debian and Ubuntu it needs the package python3-venv." >&2; exit 1; }

# Packages as locked; again when the lock changes.
$(VENV)/.locked: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# The project itself, linked and not copied; again when its metadata or its version changes.
$(VENV)/.installed: $(VENV)/.locked pyproject.toml simulator/version.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m pip check --disable-pip-version-check || { \
		echo "pyproject.toml and requirements-dev.lock disagree: run make lock." >&2; exit 1; }
	@touch $@

# Packages of the page as locked; npm writes the file when it is done.
node_modules/.package-lock.json: package.json package-lock.json .npmrc
	@command -v npm >/dev/null || { \
		echo "The page is built with npm, which is not here: install Node.js 18 or newer." >&2; exit 1; }
	npm ci --omit=optional --ignore-scripts --no-fund --no-audit
	@touch $@

$(WEB)/page.css: simulator/page/page.scss node_modules/.package-lock.json
	@mkdir -p $(WEB)
	node_modules/.bin/sass --no-source-map --style=compressed --load-path=node_modules $< $@

$(WEB)/govuk-frontend.min.js: node_modules/.package-lock.json
	@mkdir -p $(WEB)
	{ echo '/*! GOV.UK Frontend, (C) Crown Copyright, MIT License: /static/govuk-frontend-licence.txt */'; \
		cat node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.js; } > $@

.PHONY: no-page
no-page:
	@echo "The page (inspectsim serve) is left out: it is built with npm, which is not here. All else works;"
	@echo "install Node.js and run make page to have it."
