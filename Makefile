# Two commands do everything: `make run` and `make test`. The rest is for people who work on the code.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DIRECTORY_HOME ?= var
SIZES ?= 20000,250000
# Processes that share the tests: as many as there are processors, at most four, for each opens a browser.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$((n > 4 ? 4 : n)))
# The engine's tests run again with each of these: two other distributions of Whoosh, and numba (the extra `fast`).
ENGINES := engine-2.7.4 engine-whoosh3 engine-fast
PIP := -m pip install --quiet --disable-pip-version-check
export PORT DIRECTORY_HOME

.PHONY: help run demo test chromium beside lint types unit whooshes fast bench lock clean $(ENGINES)

help: ## Show what each command does.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## Install, migrate, import the starter listings, publish, and serve http://127.0.0.1:8000.
	$(BIN)/directory serve --prepare

demo: $(VENV)/.run ## Serve a copy of its own in var-demo with fictional advertisers, to see how paid placement is told.
	DIRECTORY_HOME=var-demo $(BIN)/directory demo
	DIRECTORY_HOME=var-demo DIRECTORY_ADVERTISING=yes DIRECTORY_OWNER="A demonstration" DIRECTORY_FUNDERS="nobody" \
	  $(BIN)/directory serve --prepare

test: ## Install what the tests need, then run ruff, pytest, and beside it mypy and the engine on the other Whooshes and compiled.
	@$(MAKE) --no-print-directory -j 2 --output-sync=target $(VENV)/.test chromium
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory -j 2 unit beside

chromium:
	@scripts/ensure-chromium

beside: # What keeps the processors busy where the browsers wait; each prints what it has to say when it has ended.
	@$(MAKE) --no-print-directory --output-sync=target types $(ENGINES)

lint: $(VENV)/.test ## Check style and format.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## Check types.
	$(BIN)/mypy

unit: $(VENV)/.test ## Run every test, browsers too.
	$(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

whooshes: engine-2.7.4 engine-whoosh3 ## Run the engine's tests on the other distributions of Whoosh.

fast: engine-fast ## Run the engine's tests with its loops compiled by numba (the extra `fast`).

$(ENGINES): %: $(VENV)-%/.done
	$(VENV)-$@/bin/pytest -q -p no:cacheprovider tests/index/engine

bench: build/bench/.done ## Measure the engine beside its peers and write docs/performance.md; takes long.
	build/bench/bin/python -m bench --sizes $(SIZES) $(if $(FEDERAL),--federal $(FEDERAL))
	build/bench/bin/python -m bench render

lock: ## Rewrite the lock files from requirements/*.in (needs uv).
	for name in run test fast sso $(ENGINES); do \
	  uv pip compile -q --generate-hashes --no-header --python-version 3.11 --universal requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Remove the virtual environment and everything that was built; the data in $(DIRECTORY_HOME) stays.
	rm -rf $(VENV) $(VENV)-engine-* build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python $(PIP) --require-hashes -r requirements/run.txt
	$(BIN)/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(BIN)/python $(PIP) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)-engine-%/.done: requirements/engine-%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python $(PIP) --require-hashes -r $<
	@touch $@

build/bench/.done: requirements/run.txt requirements/fast.txt bench/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python $(PIP) --require-hashes -r requirements/run.txt -r requirements/fast.txt
	$(@D)/bin/python $(PIP) -r bench/requirements.txt
	@touch $@
