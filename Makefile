# The palette of commands; .ci/run calls the same ones. Needs Python >= 3.11, make and git.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/tool/bin/uv

.PHONY: demo test test-postgresql check fix bench bench-planning bench-delivery chaos oracle zones corpus mutants docs wheel clean setup
.DEFAULT_GOAL := test

setup: $(VENV)/.ready ## install what the project needs into .venv

$(VENV)/.ready: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Convener needs Python 3.11 or newer; try: make PYTHON=python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(UV) || { $(PYTHON) -m venv $(VENV)/tool && $(VENV)/tool/bin/pip install --quiet uv==$(UV_VERSION); }
	@UV_PROJECT_ENVIRONMENT=$(VENV) $(UV) sync --quiet --locked --compile-bytecode --all-extras --all-groups --python $(BIN)/python
	@touch $@

demo: setup ## play a whole programme on a virtual clock
	$(BIN)/convener demo

test: setup ## all tests
	$(BIN)/python -m pytest -n auto --dist worksteal

test-postgresql: setup ## all tests on PostgreSQL, and those of the daemon and of delivery with workers too
	$(BIN)/python tests/postgresql.py -n auto --dist worksteal
	$(BIN)/python tests/postgresql.py --workers -n auto --dist worksteal tests/unit/engines tests/unit/daemon tests/unit/operations tests/integration

chaos: setup ## kill it at every step, break its disk, its server and its clock, and count what arrived; SECONDS=3600 for longer
	$(BIN)/python -m tests.chaos $(if $(SECONDS),--seconds $(SECONDS))

check: setup ## lint, types and import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/mypy tests/typing
	$(BIN)/pyright
	$(BIN)/pyright -p tests/typing
	$(BIN)/lint-imports

fix: setup ## format and mend what a tool can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: setup ## figures, beside their peers
	$(BIN)/python bench/run.py

bench-planning: setup ## pods and dates against reference instances and peers; about an hour
	$(BIN)/python bench/planning/run.py

bench-delivery: setup ## the ledger, the wire and the queues it is compared with; about twenty minutes
	$(BIN)/python bench/delivery/run.py

oracle: setup ## our conditions against official CEL, and bugs put in on purpose
	$(BIN)/python bench/oracle.py

zones: setup ## every time zone, every change of its clock from 2025 to 2030
	$(BIN)/python -m pytest -n auto tests/unit/decide/test_transitions.py

corpus: setup ## every broken file, told the same by check and by the daemon
	$(BIN)/python -m pytest -n auto tests/unit/rulesets/test_corpus.py tests/unit/operations/test_corpus.py

mutants: setup ## change the shipped rules bit by bit; their tests must notice
	$(BIN)/convener test --coverage --mutate

docs: setup ## write the generated reference pages
	$(BIN)/python docs/generate.py

wheel: setup ## build, and run the tests against the built wheel with the sources away
	bash tests/packaging/wheel.sh

clean: ## remove everything that can be made again
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
