# Stagebook. `make serve` shows the playbook, `make test` tests everything; both set up all they need.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
RUNS ?= 20
TESTS ?= -m browser tests
MINUTES ?= 10
# Tests in a browser wait half of the time: one runs more than there are processors.
WORKERS ?= $(shell expr 1 + $$(getconf _NPROCESSORS_ONLN))
MODULE ?= generator/stagebook/scoring/ladder.py
VENV := .venv
BIN := $(VENV)/bin
QUIZ := generator/quiz
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Tests start Python some hundred times: without kept bytecode, each start compiles all modules again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve build test test-all lint types unit coverage flakes mutations mutants workbooks pictures sites nginx lighthouse fuzz \
  check format quiz golden bench bench-portfolio kills engines lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(VENV)/site ## Serve the default playbook at http://127.0.0.1:8000, reloading on every edit
	$(BIN)/mkdocs serve --livereload --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/site ## Build the site into site/
	$(BIN)/mkdocs build --strict

test: $(VENV)/dev $(QUIZ)/node_modules/.stamp $(VENV)/browsers ## Lint, check types and run the tests of every change: some five minutes
	@$(MAKE) --no-print-directory --jobs 2 check
	STAGEBOOK_EXAMPLES=few $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m "not long"

test-all: $(VENV)/dev $(QUIZ)/node_modules/.stamp $(VENV)/browsers ## Run every test, also on more pages, browsers and examples: a quarter of an hour
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

lint: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Lint both languages, spelling and the rubrics
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/codespell
	$(BIN)/stagebook check --strict rubrics/*.yml rubrics/gallery/*.yml
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(QUIZ) run --silent check

types: $(VENV)/dev ## Check the types of the Python code and of its tests
	$(BIN)/mypy

unit: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Run the fast tests of both languages: about a minute, no browser
	STAGEBOOK_EXAMPLES=few $(BIN)/python -m pytest -q -n auto --dist worksteal -m "not browser and not slow"

coverage: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Run the fast tests and print which lines they run, in both languages
	STAGEBOOK_JS_COVERAGE=build/quiz.lcov \
	  $(BIN)/python -m pytest -q -n auto --dist worksteal -m "not browser and not slow" --cov=stagebook
	@$(BIN)/python tools/rooms.py build/quiz.lcov

flakes: $(VENV)/dev $(QUIZ)/node_modules/.stamp $(VENV)/browsers ## Run the browser tests RUNS times over under load; stop at the first failure
	$(BIN)/python tools/flakes.py --runs $(RUNS) -- $(TESTS)

mutations: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Break the product in ways that matter; a fast test must notice each
	$(BIN)/python tools/mutations.py

mutants: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Change MODULE in every small way; list what no fast test notices
	$(BIN)/python tools/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(MODULE)

workbooks: $(VENV)/dev ## Recalculate scoring sheets in LibreOffice, which must be installed
	STAGEBOOK_OFFICE=1 $(BIN)/python -m pytest -q -rs -n 0 tests/workbook/test_formulas.py

pictures: $(VENV)/dev $(VENV)/browsers ## Take the pictures of the first page and the gallery again, and draw the icons
	PYTHONPATH=tests/support $(BIN)/python tools/gallery.py
	PYTHONPATH=tests/support $(BIN)/python tools/icons.py

sites: $(VENV)/dev $(VENV)/browsers ## Build the written site with MkDocs, ProperDocs and Zensical, and take its quiz
	STAGEBOOK_SITES=1 $(BIN)/python -m pytest -q -rs -n 0 tests/site/test_site_engines.py

nginx: $(VENV)/dev ## Try the configuration of the container in nginx, which must be installed
	$(BIN)/python -m pytest -q -rs -n 0 tests/site/test_nginx.py

lighthouse: $(VENV)/dev $(VENV)/browsers ## Ask Lighthouse about home, a stage, a play and the quiz: some ten minutes
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=tests/support $(BIN)/python benchmarks/lighthouse.py --assert

fuzz: $(VENV)/dev ## Fuzz the readers of rubrics, overlays, assessments and links, MINUTES each
	PYTHONPATH=tests/support $(BIN)/python tools/fuzz.py --minutes $(MINUTES)

check: types lint ## Lint, check types and the rubrics: seconds, no browser

format: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Format Python and JavaScript
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(QUIZ) run --silent format

quiz: $(VENV)/dev $(QUIZ)/node_modules/.stamp ## Bundle the quiz's script and styles
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(QUIZ) run --silent build

golden: $(VENV)/dev ## Rewrite the expected files of the tests; look at the diff
	$(BIN)/stagebook schema -o rubrics/schema.json
	$(BIN)/stagebook schema --overlay -o rubrics/overlay.schema.json
	$(BIN)/python tools/reference.py
	$(BIN)/python -m pytest -q tests/checks tests/site/test_pages.py tests/report --update-golden

bench: $(VENV)/dev $(VENV)/browsers $(QUIZ)/node_modules/.stamp ## Measure speed and size against peers
	$(BIN)/python benchmarks/build.py --assert
	$(BIN)/python benchmarks/overlays.py --assert
	$(BIN)/python benchmarks/scoring.py --assert
	$(BIN)/python benchmarks/quiz.py --assert
	$(BIN)/python benchmarks/prose.py --assert
	$(BIN)/python benchmarks/adaptive.py --assert

bench-portfolio: $(VENV)/dev ## Measure how fast a portfolio is made, and how it grows: some minutes
	$(BIN)/python benchmarks/portfolio.py --assert

kills: $(VENV)/dev ## Kill a hundred builds and writes at random moments: some minutes
	STAGEBOOK_KILLS=100 $(BIN)/python -m pytest -q -s -n 0 tests/site/test_kills.py

engines: $(VENV)/dev ## Compare Spark and Dask with one machine, cell by cell; needs Java
	$(BIN)/python -m pip install --quiet -e '.[engines]'
	$(BIN)/python -m pytest -q tests/engines

lock: $(VENV)/dev ## Pin the newest versions of everything
	$(BIN)/uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --upgrade --custom-compile-command "make lock" \
	  --quiet --output-file requirements/site.txt
	$(BIN)/uv pip compile pyproject.toml requirements/build.in --extra dev --universal \
	  --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" \
	  --constraint requirements/site.txt --quiet --output-file requirements/dev.txt

clean: ## Remove everything that can be made again
	rm -rf $(VENV) build dist site $(QUIZ)/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage

$(VENV)/made:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Stagebook needs Python 3.11 or newer; set PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV) || \
	  { echo "Python's venv is missing; on Debian: apt-get install python3-venv" >&2; exit 1; }
	touch $@

$(VENV)/site: $(VENV)/made requirements/site.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/dev: $(VENV)/made requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/site

$(VENV)/browsers: $(VENV)/dev tools/browsers.sh
	tools/browsers.sh $(BIN)/python
	touch $@

$(QUIZ)/node_modules/.stamp: $(VENV)/dev $(QUIZ)/package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(QUIZ) ci --loglevel=error --no-audit --no-fund
	touch $@
