# Tadbir. Every command here works on a fresh machine with only Python 3.11+ (with venv) and make.
# `make` alone lists the commands.

PYTHON ?= $(shell sh tools/python.sh)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
# Tests run on all cores; one file stays on one core. `make test PYTEST="-n 0 -x"` for one core, first failure.
PYTEST ?= -n auto --dist loadfile
# The long ones are few and unlike: whoever is free takes them from the other. What measures time runs alone afterwards.
PROOF  ?= -n auto --dist worksteal
SHELL  := /bin/sh
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help env env-test demo test proof lint format types layers messages check-messages bench pictures lock check clean

help:  ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' Makefile

# --- environment -------------------------------------------------------------------------------------------

env: $(VENV)/.run-ready  ## the environment in .venv, from the lock file, every package checked by its hash

env-test: $(VENV)/.test-ready

$(VENV)/.run-ready: requirements/build.lock requirements/run.lock pyproject.toml
	@if ! $(BIN)/python -m pip --version >/dev/null 2>&1; then \
	    python="$(PYTHON)"; \
	    [ -n "$$python" ] || exit 1; \
	    echo "Making $(VENV) with $$python"; \
	    rm -rf $(VENV) && "$$python" -m venv $(VENV); \
	fi
	@echo "Installing what requirements/run.lock names (a few minutes the first time)"
	@$(PIP) install -qq --require-hashes -r requirements/build.lock -r requirements/run.lock
	@$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: $(VENV)/.run-ready requirements/test.lock
	@echo "Installing what requirements/test.lock names"
	@$(PIP) install -qq --require-hashes -r requirements/test.lock
	@touch $@

# --- use ---------------------------------------------------------------------------------------------------

demo: env  ## a demonstration council with fictional people, in your browser
	@$(BIN)/tadbir demo

# --- checks ------------------------------------------------------------------------------------------------

test: env-test  ## all tests but the long ones; about ten minutes on two slow cores
	@TADBIR_CHROMIUM="$$(sh tools/chromium.sh)"; export TADBIR_CHROMIUM; \
	$(BIN)/python -m pytest -m "not proof" $(PYTEST)
	@echo "Again on PostgreSQL: the ground and one journey"
	@TADBIR_TEST_ENGINE=postgres $(BIN)/python -m pytest -m "postgres and not proof and not browser" $(PYTEST) || \
	{ code=$$?; [ $$code = 5 ] && [ "$(origin PYTEST)" != file ] && echo "None of the tests you chose runs on PostgreSQL"; }

proof: env-test  ## the long evidence: kills, the century, foreign verifiers; says what it could not run
	@TADBIR_CHROMIUM="$$(sh tools/chromium.sh)"; export TADBIR_CHROMIUM; \
	TADBIR_VNU="$$(sh tools/vnu.sh)"; export TADBIR_VNU; \
	sh tools/present.sh; \
	$(BIN)/python -m pytest -m "proof and not alone" $(PROOF); code=$$?; \
	echo "Now what measures time, with the machine to itself"; \
	$(BIN)/python -m pytest -m alone || code=$$?; exit $$code

lint: env-test  ## ruff: style, security, names, layout
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

format: env-test  ## lay out the code, order imports and mend what ruff can mend safely
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: env-test  ## mypy
	@$(BIN)/mypy

layers: env-test  ## a layer imports, extends, loads and links only what stands below it
	@$(BIN)/lint-imports
	@$(BIN)/python -m tools.layers

messages: env-test  ## collect translatable texts into the .po files and compile them
	@$(BIN)/python -m tools.messages

check-messages: env-test  ## fail on a missing Arabic or French text
	@$(BIN)/python -m tools.messages --check

check: lint types layers check-messages test  ## everything that must be green before a change is offered

# --- evidence ----------------------------------------------------------------------------------------------

bench: env-test  ## the budgets beside measurements, and django-helpdesk in the same run
	@$(BIN)/python -m tools.bench

pictures: env-test  ## pictures of the key pages, Arabic and French, phone and desktop
	@TADBIR_CHROMIUM="$$(sh tools/chromium.sh)"; export TADBIR_CHROMIUM; \
	$(BIN)/python -m tools.pictures

# --- upkeep ------------------------------------------------------------------------------------------------

COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

lock: env-test  ## lock the dependencies again; UPGRADE=1 takes newer versions
	@$(COMPILE) $(if $(UPGRADE),--upgrade) requirements/build.in -o requirements/build.lock
	@$(COMPILE) $(if $(UPGRADE),--upgrade) requirements/run.in -o requirements/run.lock
	@$(COMPILE) $(if $(UPGRADE),--upgrade) -c requirements/run.lock requirements/test.in -o requirements/test.lock

clean:  ## remove the environment and everything built; never the data
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
