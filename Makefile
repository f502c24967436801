# Everything is run from here; `make help` says what there is.
# HOST, PORT, DATABASE_URL and the other settings come from the environment: PORT=8001 make run

.PHONY: help run test curator bench check format coverage clean

VENV ?= .venv
export VENV
PY = "$(VENV)/bin/python"
ARGS =

help: ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | while read -r name what; do printf 'make %-9s %s\n' "$$name" "$$what"; done

run: ## serve the site at http://localhost:8000
	@sh scripts/venv.sh run && exec $(PY) -m scripts.serve

test: ## run every test: on SQLite, on TEST_POSTGRES_URL where given, in a browser where found
	@sh scripts/venv.sh run test && exec $(PY) -m scripts.run_tests $(ARGS)

curator: ## make somebody a curator of the site
	@sh scripts/venv.sh run && $(PY) -m scripts.prepare database && exec $(PY) manage.py make_curator $(ARGS)

bench: ## measure the speed of the main pages and writes
	@sh scripts/venv.sh run && exec $(PY) -m benchmarks.run $(ARGS)

check: ## lint, formats, types, migrations
	@sh scripts/venv.sh run test && exec sh scripts/check.sh

format: ## put Python and templates into their format
	@sh scripts/venv.sh run test && sh scripts/check.sh format

coverage: ## run the tests on SQLite and say which branches they miss
	@sh scripts/venv.sh run test && exec $(PY) -m scripts.run_tests --cov --cov-report=term $(ARGS)

clean: ## remove the virtual environment and caches; var/ with the database stays
	rm -rf -- "$(VENV)" .mypy_cache .pytest_cache .ruff_cache .hypothesis htmlcov .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf -- {} +
