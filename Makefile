# Two commands do everything: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
PYTHON := .venv/bin/python -W ignore
# Two at a time; the tests of one file stay together, because they share what is dear to set up (not those with the model,
# most of which are the conversations of one file).
PYTEST := $(PYTHON) -m pytest -q -n 2 --dist loadfile
export RASA_TELEMETRY_ENABLED := false
# Compiled once instead of at every start: ten seconds of TensorFlow and Rasa.
unexport PYTHONDONTWRITEBYTECODE
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: help setup run chat train check lint test test-fast bench evaluate lock

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup:  ## create the environment
	@scripts/setup.sh

run: setup  ## install, build, train if needed, start; prints the address
	@$(PYTHON) -m bot run

chat: setup  ## talk to the bot in the terminal
	@$(PYTHON) -m bot chat

train: setup  ## train the model, whether needed or not
	@$(PYTHON) -m bot train --force

check: setup  ## check all data: catalogue, training data, responses
	@$(PYTHON) -m bot check

lint: setup  ## ruff and mypy
	@.venv/bin/ruff check .
	@.venv/bin/mypy

# The set-up of the tests installs PostgreSQL, so that no test may be left out for want of it.
test test-fast: export NAVIGATOR_TEST_POSTGRES ?= required

test: setup-tests lint check test-fast  ## everything: style, data, tests, tests with a browser, tests with the model
	@$(PYTEST) -m "browser and not model"
	@$(PYTHON) -m bot train
	@$(PYTEST) --dist load -m "model and not browser"
	@$(PYTHON) -m pytest -q -m "model and browser"

test-fast: setup-tests  ## the tests that need neither a browser nor the trained model
	@$(PYTEST) -m "not browser and not model"

.PHONY: setup-tests
setup-tests:
	@scripts/setup.sh --system

.PHONY: screenshots
screenshots: setup-tests  ## make the pictures of the documentation from the running bot
	@$(PYTHON) -m tests.browser.screenshots
	@$(PYTHON) -m tests.browser.workbench_screenshots

evaluate: setup  ## measure understanding on the held-out sentences
	@$(PYTHON) -m bot evaluate

bench: setup  ## measure the speed of queries, questions and workbench, compare ways to understand and with stock Rasa; takes two hours
	@$(PYTHON) -m benchmarks.bench_catalogue
	@$(PYTHON) -m benchmarks.bench_next_question
	@$(PYTHON) -m benchmarks.bench_workbench
	@$(PYTHON) -m benchmarks.bench_understanding
	@$(PYTHON) -m benchmarks.bench_serving

.PHONY: sbom audit
sbom: setup  ## list all packages with versions and checksums (CycloneDX): var/sbom.json
	@mkdir -p var
	@PATH="$$PWD/.tools/bin:$$PATH" uvx --python .venv/bin/python --from cyclonedx-bom==7.5.0 cyclonedx-py requirements \
		--pyproject pyproject.toml --output-format JSON --output-file var/sbom.json requirements.lock 2>/dev/null
	@echo "var/sbom.json"

audit: setup  ## compare all packages with known holes; needs the network
	@PATH="$$PWD/.tools/bin:$$PATH" uvx --python .venv/bin/python pip-audit==2.10.1 --require-hashes --disable-pip \
		-r requirements.lock

lock:  ## compile requirements.lock anew from pyproject.toml
	@uv pip compile pyproject.toml --extra dev --python-version 3.10 --no-header --generate-hashes --no-emit-index-url -q -o requirements.lock
