# make demo    a whole centre on this machine: server, kiosk, board, operators and visitors
# make test    every check, in the order of their cost; stops at the first that fails
#
# Both set everything up by themselves. A fresh Debian or Ubuntu needs only git, make and Python 3.11, 3.12 or 3.13.
# Whatever the set-up has to say goes to stderr: stdout belongs to the program (make demo ARGS="--json" | jq .).

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test quick bench lock install role ready
# A set-up that was interrupted begins anew: half a .venv would look like a whole one.
.DELETE_ON_ERROR:

ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SAY := >&2 echo "cherha set-up:"

help:
	@sed -n 's/^# //p' Makefile | head -2

demo: ready
	@.ci/system-packages demo
	@$(BIN)/cherha demo $(ARGS)

test: ready
	@.ci/system-packages test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist worksteal -m "not window and not browser and not load"
	$(BIN)/pytest -m window
	$(BIN)/pytest -m browser
	$(BIN)/pytest -m load

# Seconds instead of minutes: what a change to the rules or to a page of text needs.
quick: ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 3 --dist worksteal -m "not window and not browser and not load"

# Every promise of speed, measured on this machine as a ratio; some five minutes (ARGS=--quick: one).
bench: ready
	@$(BIN)/python -m benchmarks $(ARGS)

# Every Python package in the versions of requirements.lock; again only when the lock or pyproject.toml changed.
ready: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/python
	@$(SAY) "installing the Python packages of requirements.lock into .venv (about a minute)"
	@$(PIP) install -qq -r requirements.lock >&2
	@$(PIP) install -qq --no-deps --no-build-isolation -e . >&2
	@touch $@
	@$(SAY) "ready"

.venv/bin/python:
	@python=$$(.ci/find-python) && $(SAY) "making .venv with $$python" && "$$python" -m venv --clear .venv >&2

# One machine of a hall: only what its role needs. make install ROLE=kiosk|board|server
install: role .venv/bin/python
	@.ci/system-packages $(ROLE)
	@$(SAY) "installing what a $(ROLE) needs into .venv"
	@$(PIP) install -qq -c requirements.lock -e ".[$(ROLE)]" >&2
	@$(SAY) "ready: .venv/bin/cherha $(if $(filter server,$(ROLE)),serve,$(ROLE)) --help"

role:
	@case "$(ROLE)" in kiosk|board|server) ;; *) $(SAY) "which role? make install ROLE=kiosk|board|server"; exit 2 ;; esac

# The newest versions that pyproject.toml allows. macOS is left out: it would add some 160 packages of a speech bridge.
lock: ready
	@$(PIP) install -qq uv >&2
	@$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --upgrade \
		--no-header --no-annotate --no-emit-index-url --quiet -o .venv/resolved.txt
	@{ echo "# make lock wrote this from pyproject.toml: Linux and Windows, Python 3.11 to 3.13, every role and the tests."; \
		grep -v "sys_platform == 'darwin'" .venv/resolved.txt; } > requirements.lock
	@$(SAY) "wrote requirements.lock: $$(grep -c == requirements.lock) packages"
