# One command each; the first one makes .venv by itself. PYTHON chooses the interpreter (3.11 or newer).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# what `make bench` measures; smaller: make bench BENCH='--records 1000'
BENCH ?= --records 10000 --commits 2000 --small 1000
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve check test lint bench lock clean help
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

site: $(VENV)/.ready  ## build the site into site/
	$(BIN)/qloop build
	@echo "site/index.html  |  make serve -> http://127.0.0.1:8000/"

serve: $(VENV)/.ready  ## build, serve on 127.0.0.1:8000 and follow changes
	$(BIN)/qloop serve

check: $(VENV)/.ready  ## every diagnostic of the archive
	$(BIN)/qloop check --strict

test: $(VENV)/.ready-dev  ## all tests (browser tests need Chromium from your distribution)
	$(BIN)/python -m pytest

lint: $(VENV)/.ready-dev  ## ruff, mypy --strict, the archive's own check
	$(BIN)/ruff check generator tests benchmarks hooks
	$(BIN)/ruff format --check generator tests benchmarks hooks
	$(BIN)/mypy
	$(BIN)/qloop check --strict

bench: $(VENV)/.ready-dev  ## measure check and builds beside plain mkdocs, see benchmarks/README.md
	$(BIN)/python benchmarks/run.py $(BENCH)

lock: $(VENV)/.ready-dev  ## renew the lock files (hashes, no addresses)
	sh scripts/lock.sh $(BIN)

clean:  ## remove what was built (not .venv)
	rm -rf site .qloop dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "qloop needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "python3 has no venv module; on Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 2; }

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
