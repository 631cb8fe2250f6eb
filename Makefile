# What can be done here; `make help` lists it.
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export PORT
# Compiled code is kept, whatever the shell says: without it every start of Python takes twice as long and more.
export PYTHONDONTWRITEBYTECODE :=
LANGUAGES := bg et lv
CATALOGUES := $(LANGUAGES:%=src/twinhall/locale/%/LC_MESSAGES/django.mo)
TESTS ?= tests
WORKERS ?= auto
SECONDS ?= 600

.PHONY: help install demo demo-reset serve bench test fuzz check check-types check-rest strings format lock
.DEFAULT_GOAL := help

help: ## list what can be done
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

install: .venv/installed $(CATALOGUES) ## make .venv with everything from uv.lock

.venv/installed: pyproject.toml uv.lock
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || { echo "Fetching uv …"; $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	@echo "Installing what uv.lock names …"
	@VIRTUAL_ENV= $(BIN)/uv sync --frozen --quiet
	@touch $@

%.mo: %.po | .venv/installed
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

demo: install ## a register of real facts on this machine: http://127.0.0.1:8000/ (WORLD=folder: its tables as well)
	@$(BIN)/twinhall demo $(if $(WORLD),--world "$(WORLD)")

demo-reset: install ## throw the demo's database away and start anew
	@rm -f var/twinhall.sqlite3 var/twinhall.sqlite3-wal var/twinhall.sqlite3-shm
	@$(BIN)/twinhall demo

serve: install ## serve the database that is there
	@$(BIN)/twinhall serve

bench: install ## measure: serving, the graph of ties, with WORLD=folder loading (docs/measuring.md)
	@VIRTUAL_ENV= $(BIN)/uv sync --frozen --quiet --extra bench
	@$(BIN)/twinhall bench serve
	@$(BIN)/twinhall bench graph $(wildcard $(WORLD)/network-konect-sister-cities-2017.csv.gz)
	@$(if $(WORLD),$(BIN)/twinhall bench load "$(WORLD)")

test: install ## run every test (DATABASE_URL chooses the database; TESTS and WORKERS narrow it)
	@$(BIN)/pytest $(TESTS) -n $(WORKERS) --dist worksteal

fuzz: install ## throw broken pages at the reader for ten minutes (SECONDS)
	@VIRTUAL_ENV= $(BIN)/uv sync --frozen --quiet --group fuzz
	@$(BIN)/python tools/fuzz.py --seconds $(SECONDS)

check: install ## ruff, mypy, import contracts, templates, strings, migrations
	@$(MAKE) --no-print-directory --jobs 2 --keep-going check-types check-rest

check-types: ## mypy alone
	$(BIN)/mypy

check-rest: ## all of `check` but mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet src/twinhall
	$(BIN)/python tools/strings.py --check
	$(BIN)/twinhall makemigrations --check --dry-run --verbosity 0

strings: .venv/installed ## bring the catalogues up to date with the strings in the source
	$(BIN)/python tools/strings.py

format: .venv/installed ## format and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/installed ## bring uv.lock up to date with pyproject.toml
	VIRTUAL_ENV= $(BIN)/uv lock
