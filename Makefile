# Two commands are enough: `make run` and `make test`. Nothing but Python >= 3.11, git and make is needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
RUFF_PATHS := xogql tests alembic bench examples
OLD_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHONS ?= python3.11 python3.12 python3.13
PYTHON ?= $(shell for each in python3 python3.13 python3.12 python3.11; do \
	$$each -c '$(OLD_ENOUGH)' 2>/dev/null && echo $$each && break; done)
COMPILE := uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group build

.PHONY: help
help: ## what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | sort | expand -t 14

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "xogql needs Python 3.11 or later (make PYTHON=/path/to/python)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q xogql
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: setup
setup: $(VENV)/.dev ## the locked environment, with the tools of development

GRAPHIQL := xogql/web/graphiql/index.html
$(GRAPHIQL): $(shell find web/graphiql -name node_modules -prune -o -type f -print) | $(VENV)/.run
	@echo "Bundling GraphiQL ..."
	@cd web/graphiql && $(abspath $(BIN))/bun install --silent --frozen-lockfile --production && $(abspath $(BIN))/bun build.ts

PAGE := xogql/web/page/index.html
$(PAGE): $(shell find web/page \( -name node_modules -o -name generated -o -name tests \) -prune -o -type f -print) schema.graphql | $(VENV)/.run
	@echo "Building the page ..."
	@cd web/page && $(abspath $(BIN))/bun install --silent --frozen-lockfile --production && $(abspath $(BIN))/bun run --bun --silent generate && $(abspath $(BIN))/bun build.ts

.PHONY: web
web: $(PAGE) $(GRAPHIQL) ## build the page and GraphiQL (done by the first `make run`)

.PHONY: run
run: $(VENV)/.run ## serve the game: embedded Postgres, migrations, GraphQL (XOGQL_PORT=9000 make run)
	-@$(MAKE) --silent web
	@exec $(BIN)/xogql serve

.PHONY: demo
demo: $(VENV)/.run ## two players play a whole game and the conversation is printed
	@exec $(BIN)/xogql demo

.PHONY: test
test: $(VENV)/.dev $(PAGE) $(GRAPHIQL) ## all tests, or some: make test k=feed
	$(BIN)/python -m pytest $(if $(k),-k '$(k)') $(args)

.PHONY: test-all
test-all: ## all tests on each of Python 3.11, 3.12, 3.13 that is present
	@for each in $(PYTHONS); do if $$each -c '' 2>/dev/null; then \
		echo "== $$each"; $(MAKE) test VENV=.venv-$$(basename $$each) PYTHON=$$each || exit 1; fi; done

.PHONY: check
check: $(VENV)/.dev ## formatting, lint, types, layers, schema freshness
	$(BIN)/ruff format --check $(RUFF_PATHS)
	$(BIN)/ruff check $(RUFF_PATHS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd web/graphiql && $(abspath $(BIN))/bun install --silent --frozen-lockfile && $(abspath $(BIN))/bun run --bun --silent check
	cd web/page && $(abspath $(BIN))/bun install --silent --frozen-lockfile && $(abspath $(BIN))/bun run --bun --silent generate && $(abspath $(BIN))/bun run --bun --silent check
	$(BIN)/xogql schema | diff schema.graphql -

.PHONY: screenshots
screenshots: $(VENV)/.dev $(PAGE) ## pictures of the page for docs/page, of games that are played for them
	$(BIN)/python -m tests.browser.screenshots docs/page

.PHONY: bench
bench: $(VENV)/.dev ## measure, one table a benchmark, or some: make bench b=moves
	$(BIN)/python -m bench $(b) $(args)

.PHONY: faults
faults: $(VENV)/.dev ## break servers, connections and Postgres while games go on, and check that nothing is lost
	$(BIN)/python -m tests.faults $(args)

.PHONY: fuzz
fuzz: $(VENV)/.dev ## attack a server for as long as you like: make fuzz n=10000
	$(BIN)/python -m tests.fuzz --examples $(or $(n),1000)

.PHONY: simulate
simulate: $(VENV)/.dev ## thousands of seeds of the feed under a virtual clock: make simulate n=5000
	$(BIN)/python -m tests.simulation --seeds $(or $(n),5000)

.PHONY: audit
audit: $(VENV)/.dev ## look up known weaknesses of what is locked (needs the network)
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uvx pip-audit==2.10.1 --strict --disable-pip --require-hashes -r requirements.lock

.PHONY: fix
fix: $(VENV)/.dev ## format and mend what ruff can mend
	$(BIN)/ruff format $(RUFF_PATHS)
	$(BIN)/ruff check --fix $(RUFF_PATHS)

.PHONY: schema
schema: $(VENV)/.run ## write schema.graphql anew
	$(BIN)/xogql schema > schema.graphql

.PHONY: migration
migration: $(VENV)/.dev ## a new, empty migration: make migration m="add a table"
	$(BIN)/alembic revision -m '$(m)'

.PHONY: lock
lock: $(VENV)/.dev ## resolve the dependencies anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/$(COMPILE) -o requirements.lock --upgrade
	$(BIN)/$(COMPILE) --group dev -o requirements-dev.lock --upgrade
