# Comity: `make setup` prepares, `make run` answers an example and serves, `make ask FROM=FRA TO=USA MEASURE=preservation` asks.
PYTHON ?= python3
VENV := .venv
COMITY := $(VENV)/bin/comity

# Modules are compiled when first imported and kept: without this every process would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup build run ask test lint bench docs clean

help:  ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

setup: $(VENV)/.ready  ## create .venv with everything the other targets need

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Comity needs Python 3.11 or newer; name one with PYTHON=..."; exit 2; }
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing into $(VENV) (about a minute the first time) ..."
	@$(VENV)/bin/python -m pip install --quiet --no-compile --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

build: setup  ## build the release from the packaged fact tables (does nothing when it is up to date)
	@$(COMITY) build

run: build  ## build, print the answer to one example question, then serve until stopped
	@$(COMITY) path FRA USA --measure preservation --urgent
	@$(COMITY) serve

ask: build  ## answer one question: FROM=FRA TO=USA MEASURE=preservation [OFFENCE= ON= FLAGS=]
	@test -n "$(FROM)" && test -n "$(TO)" && test -n "$(MEASURE)" || { echo "make ask FROM=FRA TO=USA MEASURE=preservation"; exit 2; }
	@$(COMITY) path "$(FROM)" "$(TO)" --measure "$(MEASURE)" $(if $(OFFENCE),--offence "$(OFFENCE)") $(if $(ON),--on "$(ON)") $(FLAGS)

lint: setup  ## style and types
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy

test: lint  ## the whole suite
	@$(VENV)/bin/pytest -n 3 --dist loadgroup

bench: build  ## repeatable measurements, printed as figures and ratios
	@$(VENV)/bin/python -m benchmarks

docs: setup  ## the ontology as an HTML document, and what is generated from it
	@mkdir -p build
	@$(VENV)/bin/python -m ontologies.shapes
	@$(VENV)/bin/python -m ontologies.context
	@$(VENV)/bin/python -m ontologies.document build/ontology.html
	@$(VENV)/bin/python -m ontologies.dictionary
	@$(VENV)/bin/python -m graph.stores.neo4j.drawing
	@$(VENV)/bin/python -m graph.stores.neo4j.perspective
	@$(VENV)/bin/python -m typer comity.py utils docs --name comity --output docs/commands.md
	@$(VENV)/bin/python -m locales.texts

clean:  ## remove the environment, the data directory and build outputs
	@rm -rf $(VENV) .comity build *.egg-info
