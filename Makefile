# The two commands of a newcomer are `make demo` and `make test`; all commands work in .venv.
PYTHON ?= python3
PORT ?= 8000
CORPUS ?= ../shared/corpus
BIN := .venv/bin

# The SPARQL editor (YASGUI) is bundled where npm is there; without it the plain form stays.
NPM := $(shell command -v npm 2>/dev/null)
EDITOR := $(if $(NPM),api/static/editor/editor.js)

.PHONY: help editor demo test check format bench corpus wheel lock clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/installed: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit("juesuan needs Python 3.11 or newer: make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

api/static/editor/editor.js: editor/package.json editor/package-lock.json editor/editor.js editor/editor.css
	cd editor && { timeout 60 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent build; } || echo "the SPARQL editor isn't built: the plain form stays"

editor: $(EDITOR) ## bundle the SPARQL editor of /sparql (needs npm)

samples/truth.jsonl: .venv/installed $(wildcard kg/sample/*.py kg/sample/*.toml kg/sample/*/*)
	$(BIN)/juesuan sample --units 3 --years 2 --seed 2023 --errors 2 --out samples/reports --truth $@

demo: .venv/installed samples/truth.jsonl $(EDITOR) ## build the sample reports, say what was found, serve them
	$(BIN)/juesuan build samples/reports --out dumps/demo
	$(BIN)/juesuan audit samples/reports || test $$? -eq 1
	@echo "serving http://127.0.0.1:$(PORT)/ (Ctrl-C stops it)"
	$(BIN)/juesuan serve dumps/demo --port $(PORT)

test: .venv/installed ## run every test
	$(BIN)/python -m pytest -n auto

check: .venv/installed ## lint, format, types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

corpus: .venv/installed ## build the five real reports
	$(BIN)/juesuan build $(CORPUS) --out dumps/corpus

bench: .venv/installed ## how fast, against something run beside it
	$(BIN)/python tests/bench.py
	$(BIN)/python tests/bench_names.py
	$(BIN)/python tests/bench_server.py
	$(BIN)/python tests/bench_audit.py

wheel: .venv/installed $(EDITOR) ## a wheel, in dist/
	$(BIN)/python -m build --wheel

lock: .venv/installed ## write requirements.lock anew
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --quiet --generate-hashes --group pyproject.toml:dev pyproject.toml -o requirements.lock --custom-compile-command "make lock"

clean: ## remove all that was made
	rm -rf .venv dist editor/node_modules api/static/editor dumps/demo dumps/corpus samples/reports samples/truth.jsonl
