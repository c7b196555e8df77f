# The one front door. People and CI call the same targets; `make` alone lists them.
#
# Work is remembered in stamp files inside .venv and each node_modules, so a second run starts in seconds and removing
# such a folder is enough to begin again.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

PYTHON ?=
ARGS ?=
BENCH ?= *
WORKERS ?= 2

# A test run starts hundreds of processes of ours; none of them is to compile all that it imports anew.
export PYTHONDONTWRITEBYTECODE :=

VENV := .venv
BIN := $(VENV)/bin
NODE := "$(CURDIR)/tools/node.sh"
NPM := $(NODE) npm
STATIC := src/minotaur/web/static
PAGE_STATIC := src/clew/web/static

VENV_MADE := $(VENV)/.made
LOCKED := $(VENV)/.locked
PACKAGE := $(VENV)/.package
UI_LOCKED := ui/node_modules/.locked
CLIENT_LOCKED := clients/ts/node_modules/.locked
PAGE_LOCKED := clients/page/node_modules/.locked
UI_BUILT := $(STATIC)/index.html
PAGE_BUILT := $(PAGE_STATIC)/index.html

# Folders are sources too: removing a file changes its folder's time.
UI_SOURCES := $(shell find ui/src ui/public ui/static clients/ts/src clients/parts 2>/dev/null | tr ' ' '?') \
	$(wildcard ui/index.html ui/*.config.ts ui/*.config.js ui/tsconfig*.json)
PAGE_SOURCES := $(shell find clients/page/src clients/page/public clients/ts/src clients/parts 2>/dev/null | tr ' ' '?') \
	$(wildcard clients/page/index.html clients/page/*.config.ts clients/page/*.config.js clients/page/tsconfig*.json)
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
CLEW := wheels/clew
# The runtime is no requirement to be locked: it is built from here.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-emit-package clew
TOGETHER := $(MAKE) --no-print-directory --keep-going $(if $(filter output-sync,$(.FEATURES)),--output-sync=target) -j2

# An environment remembers the folder it was made in and the interpreter it was made from: moved or broken, it is stale.
$(shell [ -x $(BIN)/python ] && [ "$$(cat $(VENV_MADE) 2>/dev/null)" = "$$(pwd)" ] || rm -f $(VENV_MADE))

##@ Play

.PHONY: serve
serve: setup ## Build what is missing and serve the game: make serve ARGS="--port 9000"
	$(BIN)/minotaur serve $(ARGS)

.PHONY: setup
setup: $(PACKAGE) $(UI_BUILT) $(PAGE_BUILT) ## Make .venv from the hashed locks, and build the UI and the page of any game

.PHONY: cluster
cluster: setup ## Three nodes, PostgreSQL and NATS on this machine, behind one port
	$(BIN)/minotaur cluster $(ARGS)

##@ Change

.PHONY: test
test: check $(UI_BUILT) $(PAGE_BUILT) ## Everything CI runs: check, the browser side's tests, all Python tests (ARGS="tests/rules -k noise")
	@$(TOGETHER) test-client test-page test-ui
	@chromium=$$(tools/chromium.sh) && set -x && \
	MINOTAUR_CHROMIUM="$$chromium" MINOTAUR_HYPOTHESIS=ci $(if $(ARGS),$(BIN)/python -m pytest -n $(WORKERS) $(ARGS),tools/test-python.sh $(WORKERS))

.PHONY: firefox
firefox: setup ## The journeys that are made in every browser, in Firefox
	MINOTAUR_FIREFOX="$$(tools/firefox.sh)" $(BIN)/python -m pytest tests/browser -m every_browser -k firefox $(ARGS)

.PHONY: check
check: $(PACKAGE) $(UI_LOCKED) $(CLIENT_LOCKED) $(PAGE_LOCKED) ## Format, lint, types and import contracts, in under a minute
	@$(TOGETHER) check-types check-format check-lint check-layers check-client check-page check-ui

.PHONY: fix
fix: $(PACKAGE) $(UI_LOCKED) $(CLIENT_LOCKED) $(PAGE_LOCKED) ## Format everything and mend what the linter can mend
	$(BIN)/ruff check --quiet --fix . || true
	$(BIN)/ruff format .
	cd clients/ts && $(NPM) run --silent format
	cd clients/page && $(NPM) run --silent format
	cd ui && $(NPM) run --silent format

.PHONY: wire
wire: $(PACKAGE) ## Write the UI's wire types from the server's
	$(BIN)/python tools/wire_schema.py

.PHONY: chaos
chaos: $(PACKAGE) ## The long chaos tests: servers and engines killed, stopped, cut off under load
	$(BIN)/python -m pytest tests/chaos -m long -s -o faulthandler_timeout=1800 $(ARGS)

.PHONY: long
long: $(PACKAGE) $(UI_BUILT) $(PAGE_BUILT) ## What else `make test` has no time for: wider forms of what it proves
	chromium=$$(tools/chromium.sh) && MINOTAUR_CHROMIUM="$$chromium" \
	$(BIN)/python -m pytest tests --ignore tests/chaos -m long -o faulthandler_timeout=1800 $(ARGS)

.PHONY: search
search: $(PACKAGE) ## New examples for every property and model, a thousand each, for hours (ARGS="-k notation")
	MINOTAUR_HYPOTHESIS=long $(BIN)/python -m pytest tests -n $(WORKERS) -m "hypothesis and not long" \
	-o faulthandler_timeout=14400 $(ARGS)

.PHONY: bench
bench: $(PACKAGE) ## All benchmarks, or one: make bench BENCH=commands
	@set -e; for script in bench/$(BENCH).py; do \
		name=$$(basename "$$script" .py); [ "$$name" = __init__ ] && continue; \
		echo "== bench.$$name"; $(BIN)/python -m "bench.$$name" $(ARGS); \
	done

.PHONY: peers
peers: $(PACKAGE) ## Us beside others who serve rooms, in turn: speed, promises, what a kill costs (ARGS="--only ours,starlette")
	$(BIN)/python -m bench.peers $(ARGS)

.PHONY: balance
balance: $(PACKAGE) ## Whether the rules are balanced: ten thousand games of bots of each kind against the goals of RULES
	$(BIN)/python -m bench.balance $(ARGS)

##@ Release

.PHONY: wheel
wheel: $(PACKAGE) $(UI_BUILT) $(PAGE_BUILT) ## Build dist/*.whl: the runtime and the game, each with its pages inside
	$(BIN)/python -m build --wheel --no-isolation --outdir dist $(CLEW)
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

.PHONY: lock
lock: $(PACKAGE) ## Compile the hashed locks anew (ARGS=--upgrade for newer versions)
	$(COMPILE) $(ARGS) --output-file requirements/runtime.txt pyproject.toml
	$(COMPILE) $(ARGS) --constraint requirements/runtime.txt --group dev --output-file requirements/dev.txt pyproject.toml
	$(COMPILE) $(ARGS) --constraint requirements/dev.txt --group build --output-file requirements/build.txt
	$(COMPILE) $(ARGS) --constraint requirements/dev.txt --output-file bench/peers/requirements.txt bench/peers/requirements.in
	cd bench/peers && $(NPM) install --package-lock-only --ignore-scripts --loglevel=error

.PHONY: clean
clean: ## Remove everything that was made here; games in the data folder stay
	rm -rf $(VENV) ui/node_modules clients/ts/node_modules clients/ts/dist clients/page/node_modules $(STATIC) $(PAGE_STATIC) dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests tools bench examples -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

# --- the parts of check and test -------------------------------------------------------------------------------------

.PHONY: check-format check-lint check-types check-layers check-client check-page check-ui test-client test-page test-ui

check-format:
	$(BIN)/ruff format --quiet --check .

check-lint:
	$(BIN)/ruff check --quiet .

check-types:
	$(NODE) ui/node_modules/.bin/pyright

check-layers:
	$(BIN)/lint-imports --no-logo

check-client:
	cd clients/ts && $(NPM) run --silent format:check && $(NPM) run --silent check

check-page:
	cd clients/page && $(NPM) run --silent format:check && $(NPM) run --silent check

check-ui:
	cd ui && $(NPM) run --silent format:check && $(NPM) run --silent check

test-client: $(CLIENT_LOCKED)
	cd clients/ts && $(NPM) test --silent && $(NPM) run --silent build

test-page: $(PAGE_LOCKED)
	cd clients/page && $(NPM) test --silent

test-ui: $(UI_LOCKED)
	cd ui && $(NPM) test --silent

# --- what is made once -----------------------------------------------------------------------------------------------

$(VENV_MADE):
	tools/make-venv.sh $(VENV) $(PYTHON)
	@pwd > $@

$(LOCKED): requirements/dev.txt $(VENV_MADE)
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(PACKAGE): pyproject.toml $(CLEW)/pyproject.toml $(LOCKED)
	$(PIP) install --no-deps --no-build-isolation --editable $(CLEW) --editable .
	@touch $@

$(UI_LOCKED): ui/package.json ui/package-lock.json | $(LOCKED)
	cd ui && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(CLIENT_LOCKED): clients/ts/package.json clients/ts/package-lock.json | $(LOCKED)
	cd clients/ts && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE_LOCKED): clients/page/package.json clients/page/package-lock.json | $(LOCKED)
	cd clients/page && $(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE_BUILT): $(PAGE_SOURCES) $(PAGE_LOCKED)
	cd clients/page && $(NPM) run --silent build
	@touch $@

$(UI_BUILT): $(UI_SOURCES) $(UI_LOCKED)
	cd ui && $(NPM) run --silent build
	@touch $@
