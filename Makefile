# Needs git, make and Python 3.11 or later; everything else goes into .venv.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
CONSTRAINTS := --constraint constraints.txt
SCENARIO ?= scenarios/iran-2026
LIMIT ?= --time-limit 60

.PHONY: help plan test slow check format bench bench-classic bench-smoke wheel clean

help:  ## list what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

plan: $(VENV)/.user  ## set up and plan SCENARIO; print the summary, write out/
	@mkdir -p out
	$(BIN)/movplan plan $(SCENARIO) -o out/plan.json --picture out/plan.svg $(LIMIT)

test: $(VENV)/.developer  ## set up and run the tests
	$(BIN)/python -m pytest -n 2

slow: $(VENV)/.developer  ## run the tests that take minutes
	$(BIN)/python -m pytest -m slow

check: $(VENV)/.developer  ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict
	$(BIN)/lint-imports

format: $(VENV)/.developer  ## put the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.developer  ## measure against the peers (SIZE= METHOD= SEEDS=; takes long)
	$(BIN)/python -m benchmarks $(if $(SIZE),--size $(SIZE)) $(if $(METHOD),--method $(METHOD)) $(if $(SEEDS),--seeds $(SEEDS)) $(BENCH)

bench-classic: $(VENV)/.developer  ## plan classic cases, beside HiGHS (BENCH=--class=packing for some)
	$(BIN)/python -m benchmarks.classic $(BENCH)

bench-smoke: $(VENV)/.developer  ## see that the measuring itself works
	$(BIN)/python -m benchmarks --smoke

wheel: $(VENV)/.developer  ## build the wheel into dist/
	rm -rf dist
	$(PIP) wheel --no-deps --wheel-dir dist .

clean:  ## remove what was made
	rm -rf $(VENV) out dist build

# pip 25.1 is the first that knows dependency groups; the pin is in constraints.txt.
$(VENV)/.pip: constraints.txt
	@echo "Setting up $(VENV) (once; takes a minute)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade $(CONSTRAINTS) pip
	@touch $@

$(VENV)/.user: $(VENV)/.pip pyproject.toml
	@$(PIP) install $(CONSTRAINTS) --editable .
	@$(BIN)/python -m movplan.optimiser.annealing
	@touch $@

$(VENV)/.developer: $(VENV)/.user
	@$(PIP) install $(CONSTRAINTS) --group dev --editable ".[service]"
	@touch $@
