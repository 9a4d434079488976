# Needs make and Python 3.11, 3.12 or 3.13. Everything else goes into .venv, once.

EXAMPLE ?= tacoma-mtss
# Of `make bench`: what is run, and further words for it (ASK="--quick", ASK="--xhstt DIR").
PARTS ?= proofs schools budget peers growth xhstt screen kills damage
ASK ?=
PYTHON ?= python3.13 python3.12 python3.11 python3
POSTGRESQL := /usr/lib/postgresql/*/bin
VENV := .venv
BIN := $(VENV)/bin
# Three processes on two cores: the tests of the screen mostly wait. What takes minutes is run by `make bench`.
# Compiled modules are kept, whatever the environment says: hundreds of processes would compile all anew.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder
UV := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run ui test cover lint bench clean lock system

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.run-ready ## plan the example district (another: make run EXAMPLE=name)
	@$(BIN)/planner solve --example $(EXAMPLE) -o plans/$(EXAMPLE)

ui: $(VENV)/.run-ready ## open the screen in a browser
	@$(BIN)/planner ui

test: system $(VENV)/.dev-ready ## run every test that does not take minutes
	$(PYTEST) -m "not slow"

cover: system $(VENV)/.dev-ready ## run the same tests and say which lines none of them reaches (half as long again)
	$(PYTEST) -m "not slow" --cov --cov-fail-under=85

lint: $(VENV)/.dev-ready ## check style, types and imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.dev-ready ## run the slow proofs, then every benchmark (some: make bench PARTS="growth xhstt")
	$(if $(filter proofs,$(PARTS)),$(PYTEST) -n 0 -m slow)
	$(if $(filter-out proofs,$(PARTS)),$(BIN)/python -m tests.benchmarks --parts $(filter-out proofs,$(PARTS)) $(ASK))

system: ## install what tests need beside Python: PostgreSQL and Chromium, where they are missing and apt-get may
	@wanted=; \
	command -v initdb >/dev/null 2>&1 || ls $(POSTGRESQL)/initdb >/dev/null 2>&1 || wanted="$$wanted postgresql"; \
	command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted="$$wanted chromium"; \
	test -n "$$wanted" || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true >/dev/null 2>&1; then as="sudo -n"; else as=nobody; fi; \
	if [ "$$as" != nobody ] && command -v apt-get >/dev/null 2>&1; then \
		echo "Installing$$wanted (apt-get) ..."; \
		$$as apt-get -qq update && \
		$$as env DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends $$wanted >/dev/null && exit 0; \
	fi; \
	echo "Tests of a shared store and of the screen need$$wanted; without it they are skipped (in CI: fail)." >&2; \
	echo "On Debian or Ubuntu: sudo apt install$$wanted" >&2

lock: ## choose anew which versions the container installs (needs uv)
	sed -n 's/^requires = \["\(.*\)"\]/\1/p' pyproject.toml | $(or $(UV),uv) pip compile --quiet pyproject.toml - \
		--python-version 3.12 --python-platform linux --upgrade --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links -o container-lock.txt

clean: ## remove caches and build output (plans/ and .venv stay)
	rm -rf build dist htmlcov .coverage .coverage.* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name $(VENV) -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +

# ---- The environment: a stamp in .venv says that what pyproject.toml asks for is there.

# A .venv whose Python was removed or upgraded away is made and filled anew.
$(shell test -x $(BIN)/python || rm -f $(VENV)/.run-ready $(VENV)/.dev-ready)

$(VENV)/.run-ready: pyproject.toml $(BIN)/python
	@$(call install,-e .)
	@$(compile)
	@touch $@

$(VENV)/.dev-ready: pyproject.toml $(BIN)/python
	@$(call install,-e '.[dev]')
	@$(collect) & $(compile) || exit 1; wait
	@touch $@ $(VENV)/.run-ready

# Beside the compiler, on another core: tests are read once, so that their processes find them compiled.
collect = env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest --collect-only -qq >/dev/null 2>&1

# Once, here: the first solve must not wait for a compiler.
compile = echo "Compiling what builds the first plan (half a minute) ..."; \
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m solver.timetable.construct.compile_all

# uv brings its own installer, so it needs no pip in .venv.
ifneq ($(UV),)
venv_options := --without-pip
install = echo "Installing the planner and what it needs (uv) ..."; "$(UV)" pip install --quiet --python $(BIN)/python $(1)
else
needs := import ensurepip; ensurepip.version()
install = echo "Installing the planner and what it needs (pip, about a minute) ..."; \
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null || exit 1; \
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check $(1)
endif

# A name on the PATH may be a launcher without a Python behind it, so each candidate is run, not only looked up.
$(BIN)/python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 || continue; \
		found=$$python; \
		"$$python" -c '$(needs)' >/dev/null 2>&1 || continue; \
		echo "Making $(VENV) with $$("$$python" --version) ..."; \
		exec "$$python" -m venv --clear $(venv_options) $(VENV); \
	done; \
	if [ -n "$$found" ]; then \
		echo "$$found cannot make a virtual environment: its 'ensurepip' is missing." >&2; \
		echo "On Debian or Ubuntu: sudo apt install python3-venv. Or install uv. Then run make again." >&2; \
	else \
		echo "The planner needs Python 3.11, 3.12 or 3.13. Tried without finding one: $(PYTHON)." >&2; \
		echo "Install one, or say where it is: make PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 1
