# Everything there is to do with Phoenix, in commands that explain themselves: `make help`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
DATA_DIR ?= var
ARGS ?=
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
VENDOR := static/vendor/openpgp
DATA := $(abspath $(patsubst ~/%,$(HOME)/%,$(DATA_DIR)))
export PATH := $(CURDIR)/$(BIN):$(PATH)

# Set-up leaves a mark beside what it made, so that it is done once, and again when what it depends on changes.
ENVIRONMENT := $(VENV)/.made-in$(subst /,-,$(CURDIR))
PACKAGES := $(VENV)/.packages
DEV_PACKAGES := $(VENV)/.packages-dev
NODE := $(VENV)/.node
LIBRARIES := node_modules/.package-lock.json
DEV_LIBRARIES := node_modules/puppeteer-core/package.json
STATIC := staticfiles/staticfiles.json
STATIC_SOURCES := $(shell find static -path static/vendor -prune -o -print)

PIP = $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check --require-hashes --requirement
NOT_FETCHED = { echo "$(1) could not be fetched; the reason stands above. Then run the same command again." >&2; exit 1; }
TEST_SETTINGS = export DJANGO_SETTINGS_MODULE=config.settings.test PHOENIX_TEST_DIR=$$(mktemp -d); \
	trap 'rm -rf "$$PHOENIX_TEST_DIR"' EXIT

# Each worker takes one file after the other; tests/conftest.py says how many there are, and why browser tests stay last.
SHARED := --numprocesses auto --dist loadfile --no-loadscope-reorder

.PHONY: help run codes test check format lock bench clean

help: ## say what can be done here
	@echo "Phoenix. What you can do here:"
	echo
	awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile
	echo
	echo "What you can say with it:"
	echo
	echo "  PORT=8000        where the site listens; its mailbox takes the port 25 above"
	echo "  DATA_DIR=var     where the demonstration keeps its database, media, keys and mailbox"
	echo "  ARGS=            more words for pytest, uv or the bench: make test ARGS=\"-k seal -x\""
	echo "  DATABASE_URL=    another database than SQLite"
	echo "  PYTHON=python3   which Python 3.11 makes the environment"

run: $(STATIC) ## set up what is missing, then start the demonstration; Ctrl-C stops it
	@if ! [[ "$(PORT)" =~ ^[0-9]{1,5}$$ ]] || (($(PORT) < 1 || $(PORT) > 65510)); then
		echo "PORT must be a number from 1 to 65510, for example: make run PORT=8100" >&2; exit 1
	fi
	export DJANGO_SETTINGS_MODULE=config.settings.demo DATA_DIR="$(DATA)"
	export PHOENIX_PORT="$(PORT)" PHOENIX_BIND="127.0.0.1:$(PORT)"
	exec python manage.py demo

test: $(DEV_PACKAGES) $(DEV_LIBRARIES) $(STATIC) ## run all tests, in a real browser too; brings what they need
	@$(call need,chromium,a browser,chromium fonts-liberation)
	$(call need,chromium-headless-shell,a browser without windows,chromium-headless-shell)
	$(call need,firefox-esr,another browser,firefox-esr)
	$(call need,gpg,GnuPG,gnupg)
	$(TEST_SETTINGS)
	pytest $(SHARED) $(ARGS)

check: $(DEV_PACKAGES) ## look at layout, mistakes, types, templates, import walls and migrations
	@$(TEST_SETTINGS)
	wrong=0
	look() {
		local what=$$1 since=$$SECONDS out; shift
		if out=$$("$$@" 2>&1); then
			printf '  good   %-11s %2d s\n' "$$what" $$((SECONDS - since))
		else
			wrong=$$((wrong + 1))
			printf '  WRONG  %-11s %2d s\n%s\n\n' "$$what" $$((SECONDS - since)) "$$out"
		fi
	}
	look layout ruff format --check
	look mistakes ruff check --quiet --output-format concise
	look types mypy
	look templates djlint --lint --quiet templates
	look walls env PYTHONPATH=site:. lint-imports
	look migrations python manage.py makemigrations --check --dry-run
	if ((wrong)); then
		echo "$$wrong of 6 found something to put right; layout and simple mistakes: make format" >&2; exit 1
	fi

format: $(DEV_PACKAGES) ## put right what a program can: layout, order of imports, simple mistakes
	@ruff check --fix --exit-zero
	ruff format

lock: $(DEV_PACKAGES) $(NODE) ## pin anew after a change of requirements*.in or package.json; to the newest: ARGS=--upgrade
	@for name in requirements requirements-dev requirements-node; do
		echo "$$name.txt …"
		UV_CUSTOM_COMPILE_COMMAND="make lock" uv pip compile --quiet --generate-hashes --no-emit-index-url \
			--no-emit-find-links --python-version 3.11 $(ARGS) "$$name.in" --output-file "$$name.txt"
	done
	echo "package-lock.json …"
	npm install --package-lock-only --loglevel=error >/dev/null
	if grep -qE '^--|://' requirements*.txt || grep -q '"resolved"' package-lock.json; then
		echo "A lock file names an address. Take it out: a lock must not say where packages come from." >&2; exit 1
	fi

codes: $(PACKAGES) ## print the code that each account of the demonstration needs to sign in now
	@export DJANGO_SETTINGS_MODULE=config.settings.demo DATA_DIR="$(DATA)" PHOENIX_PORT="$(PORT)"
	python manage.py demo_codes

bench: $(STATIC) ## measure what a page costs the server, beside a server that only sends it
	@python tests/bench/page_cost.py $(ARGS)
	python tests/bench/report_cost.py

clean: ## remove what set-up made; never what is in DATA_DIR
	@rm -rf $(VENV) node_modules static/vendor staticfiles .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find home resources reporting site tests -name __pycache__ -type d -prune -exec rm -rf {} +

# --- Set-up, step by step ------------------------------------------------------------------------------------------

# An environment that was made by hand is kept; one that was moved here with the folder does not work and is made anew.
$(ENVIRONMENT):
	@is_311() { "$$@" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null; }
	if ! is_311 $(BIN)/python || ! grep -qs "^#!$(CURDIR)/$(BIN)/python" $(BIN)/pip; then
		for python in "$(PYTHON)" python3.11 /usr/bin/python3 ""; do
			if [ -n "$$python" ] && is_311 "$$python"; then break; fi
		done
		if [ -z "$$python" ]; then
			echo "Phoenix needs Python 3.11 with its venv module. On Debian 12: apt-get install python3-venv" >&2
			echo "Elsewhere install Python 3.11, then name it: make run PYTHON=/path/to/python3.11" >&2; exit 1
		fi
		echo "Environment …"
		"$$python" -m venv --clear $(VENV)
	fi
	touch $@

$(PACKAGES): requirements.txt $(ENVIRONMENT)
	@echo "Python packages (the first time about a minute) …"
	$(PIP) $< || $(call NOT_FETCHED,The packages)
	touch $@

$(DEV_PACKAGES): requirements-dev.txt $(PACKAGES)
	@echo "Python packages for development …"
	$(PIP) $< || $(call NOT_FETCHED,The packages)
	touch $@

$(NODE): requirements-node.txt $(ENVIRONMENT)
	@if ! npm --version >/dev/null 2>&1 || ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then
		echo "Node (none of version 20 or newer is here) …"
		$(PIP) $< || $(call NOT_FETCHED,Node)
	fi
	touch $@

$(LIBRARIES): package.json package-lock.json .npmrc $(NODE)
	@echo "Browser libraries …"
	npm ci --omit=dev --loglevel=error --no-progress >/dev/null || $(call NOT_FETCHED,The browser libraries)
	touch $@

# Who changes the lock file gets $(LIBRARIES) anew, without these; then these are fetched again.
$(DEV_LIBRARIES): $(LIBRARIES)
	@echo "What drives Firefox …"
	npm ci --loglevel=error --no-progress >/dev/null || $(call NOT_FETCHED,What drives Firefox)
	touch $(LIBRARIES) $@

# The comments that name source maps go: collectstatic would look for the maps, and readers do not need them.
$(VENDOR)/LICENSE: $(LIBRARIES)
	@rm -rf static/vendor
	mkdir -p $(VENDOR)
	for file in node_modules/openpgp/dist/lightweight/*.min.mjs; do
		sed '/^\/\/# sourceMappingURL=/d' "$$file" > "$(VENDOR)/$${file##*/}"
	done
	cp node_modules/openpgp/LICENSE $@
	touch $@

$(STATIC): $(PACKAGES) $(VENDOR)/LICENSE $(STATIC_SOURCES) site/config/settings/production.py
	@echo "Static files …"
	PHOENIX_SECRET_KEY=collectstatic PHOENIX_CODE_WORDS_PEPPER=collectstatic DJANGO_SETTINGS_MODULE=config.settings.production \
		python manage.py collectstatic --noinput --verbosity 0
	touch $@

# need(program, what it is, Debian packages): installs it where that is allowed, else says what to type.
define need
if ! command -v $(1) >/dev/null; then
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
		echo "Debian packages: $(3) …"
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq -y --no-install-recommends $(3) </dev/null >/dev/null || true
	fi
	if ! command -v $(1) >/dev/null; then
		echo "The tests need $(2), as the program $(1). Type: sudo apt-get install $(3)" >&2; exit 1
	fi
fi
endef
