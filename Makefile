# Two commands do everything: `make run` and `make test`. The rest is for people who work on the code.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DIRECTORY_HOME ?= var
SIZES ?= 20000,250000
export PORT DIRECTORY_HOME

.PHONY: help run demo test lint types unit browser whooshes fast bench lock places clean

help: ## Show what each command does.
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: $(VENV)/.run ## Install, migrate, import the starter listings, publish, and serve http://127.0.0.1:8000.
	$(BIN)/directory serve --prepare

demo: $(VENV)/.run ## Serve a copy of its own in var-demo with fictional advertisers, to see how paid placement is told.
	DIRECTORY_HOME=var-demo $(BIN)/directory demo
	DIRECTORY_HOME=var-demo DIRECTORY_ADVERTISING=yes DIRECTORY_OWNER="A demonstration" DIRECTORY_FUNDERS="nobody" \
	  $(BIN)/directory serve --prepare

test: $(VENV)/.test ## Install what the tests need, then run ruff, mypy, pytest, and the engine on the other Whooshes and compiled.
	@scripts/ensure-chromium
	$(MAKE) --no-print-directory lint types unit whooshes fast

lint: $(VENV)/.test ## Check style and format.
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.test ## Check types.
	$(BIN)/mypy

unit: $(VENV)/.test ## Run every test, browsers too.
	$(BIN)/pytest -n 2 --dist loadfile

whooshes: $(VENV)-whoosh-2.7.4/.done $(VENV)-whoosh-whoosh3/.done ## Run the engine's tests on the other distributions of Whoosh.
	$(VENV)-whoosh-2.7.4/bin/pytest -q tests/index/engine
	$(VENV)-whoosh-whoosh3/bin/pytest -q tests/index/engine

fast: $(VENV)-fast/.done ## Run the engine's tests with its loops compiled by numba (the extra `fast`).
	$(VENV)-fast/bin/pytest -q tests/index/engine

bench: build/bench/.done ## Measure the engine beside its peers and write docs/performance.md; takes long.
	build/bench/bin/python -m bench --sizes $(SIZES) $(if $(FEDERAL),--federal $(FEDERAL))
	build/bench/bin/python -m bench render

lock: ## Rewrite the lock files from requirements/*.in (needs uv).
	for name in run test fast sso engine-2.7.4 engine-whoosh3; do \
	  uv pip compile -q --generate-hashes --no-header --python-version 3.11 --universal requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Remove the virtual environment and everything that was built; the data in $(DIRECTORY_HOME) stays.
	rm -rf $(VENV) $(VENV)-whoosh-* $(VENV)-fast build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.x")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)-whoosh-%/.done: requirements/engine-%.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(VENV)-fast/.done: requirements/run.txt requirements/test.txt requirements/fast.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes $(addprefix -r ,$^)
	@touch $@

build/bench/.done: requirements/run.txt requirements/fast.txt bench/requirements.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt -r requirements/fast.txt
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements.txt
	@touch $@
