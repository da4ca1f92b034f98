# Everything a clone needs: the targets make their own virtual environment and ask for nothing in between.
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

VENV   := .venv
PYTHON := $(VENV)/bin/python
JOBS   ?= 2
ARGS   ?=
runtime := $(VENV)/.runtime-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
develop := $(VENV)/.develop-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)

.PHONY: help run test test-quick check format messages bench backup restore lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

run: $(runtime) ## the portal with its worker, scheduler and demo data; HOST and PORT (127.0.0.1:8000), Ctrl-C stops all
	@$(PYTHON) -m ops.run

test: $(develop) ## the short suite on SQLite, then the whole one on a private PostgreSQL and Redis; ARGS="-k word"
	@command -v $${PORTAL_CHROMIUM:-chromium} chromium-browser google-chrome >/dev/null || \
		{ echo "Chromium is missing: install the package chromium, or name a browser in PORTAL_CHROMIUM."; exit 1; }
	@$(PYTHON) -m ops.translations compile
	@failed=0; \
	$(PYTHON) -m ops.services --only-redis -- $(PYTHON) -m pytest -n $(JOBS) -m embedded $(ARGS) || failed=1; \
	$(PYTHON) -m ops.services --fsync-off -- $(PYTHON) -m pytest -n $(JOBS) $(ARGS) || failed=1; \
	exit $$failed

test-quick: $(develop) ## the short suite on SQLite only
	@$(PYTHON) -m ops.translations compile
	@$(PYTHON) -m ops.services --only-redis -- $(PYTHON) -m pytest -n $(JOBS) -m embedded $(ARGS)

check: $(develop) ## format, lint, types, imports, migrations, translations, deployment settings, templates, security
	@$(PYTHON) -m ops.check

format: $(develop) ## write the code the way `make check` wants it
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

messages: $(develop) ## collect new sentences into locale/*/LC_MESSAGES/django.po
	@$(PYTHON) -m ops.translations collect

bench: $(develop) ## the benchmark: prints the table of docs/performance.md, keeps it as JSON under var/bench/
	@$(PYTHON) -m ops.services -- $(PYTHON) -m tests.bench $(ARGS)

backup: $(runtime) ## one archive of database, files and keys under var/backups/; FILE= for another place
	@$(PYTHON) -m ops.backup make $(FILE)

restore: $(runtime) ## put an archive back: FILE=var/backups/....tar; FORCE=1 replaces what is there
	@test -n "$(FILE)" || { echo "Say which archive: make restore FILE=var/backups/...tar"; exit 2; }
	@$(PYTHON) -m ops.backup restore $(FILE) $(if $(FORCE),--force)

lock: $(develop) ## resolve requirements*.in to exact versions
	@$(VENV)/bin/uv pip compile -q --no-header --no-annotate --python-version 3.11.2 -o requirements.txt requirements.in
	@$(VENV)/bin/uv pip compile -q --no-header --no-annotate --python-version 3.11.2 -o requirements-dev.txt requirements-dev.in

clean: ## remove the virtual environment and the caches; var/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

$(PYTHON):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed."; exit 1; }
	@python3 -m venv $(VENV) || { echo "Install the package python3-venv, then try again."; rm -rf $(VENV); exit 1; }
	@$(VENV)/bin/pip install --quiet uv || echo "Going on with pip."

$(runtime): requirements.txt | $(PYTHON)
	@echo "Installing what the portal needs ..."
	@$(call install,requirements.txt)
	@rm -f $(VENV)/.runtime-*; touch $@

$(develop): $(runtime) requirements-dev.txt
	@echo "Installing what tests and checks need ..."
	@$(call install,requirements-dev.txt)
	@rm -f $(VENV)/.develop-*; touch $@

install = $(VENV)/bin/uv pip install --quiet --python $(PYTHON) -r $(1) || $(VENV)/bin/pip install --quiet -r $(1)
