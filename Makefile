# make demo · make test · make lint · make docs · make snap · make bench
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint docs snap bench clean
.DEFAULT_GOAL := demo

.venv/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "twiceshy needs Python 3.11 or newer; try: make PYTHON=python3.12"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

demo: .venv/.installed
	@$(BIN)/python demo/demo.py

test: .venv/.installed
	$(BIN)/python -m pytest -q

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/twiceshy lint

docs: .venv/.installed
	$(BIN)/python docs/generate.py

snap: .venv/.installed
	TWICESHY_SNAP=1 $(BIN)/python -m pytest -q tests/test_format_cases.py tests/rules tests/evidence tests/test_docs.py tests/test_reference.py

bench: .venv/.installed
	$(BIN)/python bench/run.py

clean:
	rm -rf .venv
