# What a newcomer needs, with nothing installed but Python 3.11 or newer, pip and make.
#   make demo PORT=8000 HOST=127.0.0.1 RESET=1      make test ARGS="tests/core -x" REQUIRE_BROWSER=1
#   make bench SIZES=1000,10000                     make lint
# DATABASE_URL and REDIS_URL make the same commands use real servers.

PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= logical

.PHONY: help demo test bench lint lock clean
.DEFAULT_GOAL := help

help: ## these lines
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s%s\n", $$1, $$2}' Makefile

demo: $(VENV)/.installed ## the whole portal on this machine: PORT=, HOST=, RESET=1
	@exec $(BIN)/python -m local.demo

test: $(VENV)/.installed ## all tests: REQUIRE_BROWSER=1, ARGS=
	@$(BIN)/python -m pytest -n $(JOBS) --dist worksteal --create-db $(ARGS)

bench: $(VENV)/.installed ## the benchmarks: SIZES=1000,10000,100000
	@$(BIN)/python -m bench

lint: $(VENV)/.installed ## every static check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 5.2 {} +
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile
	bash -n .ci/run
	$(BIN)/python manage.py makemigrations --check --dry-run
	env $(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

# Settings of production with values that only have to be well formed.
PRODUCTION := DJANGO_SETTINGS_MODULE=config.settings.prod ALLOWED_HOSTS=portal.example SITE_URL=https://portal.example \
	SECRET_KEY=lint-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	DATABASE_URL=postgresql://portal:secret@127.0.0.1/portal REDIS_URL=redis://127.0.0.1/0

lock: ## renew requirements.lock after a change of pyproject.toml (UPGRADE=1 takes newer versions)
	$(BIN)/pip-compile $(if $(UPGRADE),--upgrade) --all-extras --strip-extras --allow-unsafe --generate-hashes \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
		--output-file=requirements.lock pyproject.toml

clean: ## removes the environment and, with it, everything under var/
	@$(if $(wildcard $(BIN)/python),$(BIN)/python -m local.clean)
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.installed: requirements.lock
	@$(if $(PYTHON),,echo "Potrzebny jest Python 3.11 lub nowszy: zainstaluj go albo podaj PYTHON=/ścieżka/do/pythona" >&2; exit 1)
	@echo "Instaluję pakiety w $(VENV)…"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes --only-binary=:all: -r requirements.lock
	@touch $@
