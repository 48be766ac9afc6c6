# `make` alone lists the targets. PYTHON=python3.13 picks another Python; VENV=folder another environment.
PYTHON ?= python3
VENV ?= .venv
LOCK := requirements/python$(shell $(PYTHON) -c "import sys; print('3.11' if sys.version_info < (3, 12) else '3.13')").txt
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := scenarios/experiments/ways-to-close-a-gap.yaml

PAGES := tests/cli/test_papers.py tests/charts/test_any_fonts.py tests/report/test_formats.py tests/report/test_browser.py tests/page/test_firefox.py tests/page/test_tables_in_browsers.py tests/page/test_place_files.py tests/page/test_accessibility.py tests/page/test_opened.py tests/page/test_changed.py tests/page/test_explored.py tests/page/test_lever_ends_in_browser.py tests/page/test_pictures_in_browser.py tests/page/test_story_in_browser.py tests/docs/test_page_picture.py tests/docs/test_how_to_papers.py tests/docs/test_tutorial.py tests/docs/test_findings.py tests/docs/test_shipped_experiment.py tests/docs/test_site.py tests/docs/test_commands.py tests/scenario/workbook/test_libreoffice.py tests/notebooks
FAULTS := tests/faults
CLUSTER := tests/execution/test_kills.py tests/execution/test_long_use.py tests/execution/test_cluster.py
ECOSYSTEM := tests/ecosystem
PICTURES := tests/charts/test_every_chart.py tests/charts/test_layout.py tests/charts/test_information_chart.py tests/page/test_pictures.py tests/page/test_drawing.py
DECISIONS := tests/execution/test_deciding.py tests/execution/test_deciding_own_levers.py tests/cli/test_decide.py tests/report/test_decision.py tests/analysis/test_information.py tests/analysis/test_value_of_information.py tests/execution/test_sensitivity.py tests/cli/test_sensitivity.py tests/analysis/test_sensitivity_indices.py tests/execution/test_worked_out.py
EXTREMES := tests/scenario/test_limits.py tests/scenario/test_document.py tests/experiment/test_limits.py tests/fuzz tests/results/test_repair.py tests/cli/test_look_first.py tests/cli/test_names_in_other_encodings.py tests/cli/test_removed_results.py tests/cli/test_surroundings.py
ENGINES := tests/model/test_edited_source.py tests/parity/test_uncompiled.py tests/portable/test_parity.py
PACKAGE := tests/package tests/supply_chain/test_sbom.py
PROPERTIES := tests/scenario/test_any_file.py tests/scenario/test_writing.py tests/scenario/workbook/test_round_trips.py tests/scenario/workbook/test_any_workbook.py tests/experiment/test_any_experiment.py tests/survey/test_any_file.py tests/model/test_made_up_places.py tests/parity/test_engines.py tests/workshop/test_kit.py
KILLS := tests/execution/test_kills.py::test_killed_at_any_moment_it_ends_the_same

.DEFAULT_GOAL := help
.PHONY: help setup demo test pictures decisions extremes pages cluster faults ecosystem solara engines properties fuzz docs package dist sbom notebooks surroundings verify workbooks claims soak benchmark benchmark-page lint format tables schema golden lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 26

setup: $(READY)  ## create the environment from the lock, and the type checker of the page's scripts if npm is there
	@if ! command -v npm > /dev/null; then echo "npm was not found: the types of the page's scripts are not checked here"; \
	  elif [ ! node_modules/.package-lock.json -nt package-lock.json ]; then npm ci --silent --no-audit --no-fund; fi

$(READY): $(LOCK) pyproject.toml
	@$(PYTHON) -c "import sys; sys.exit(0 if sys.version_info >= (3, 11) else 'Python 3.11 or newer is needed; try make PYTHON=python3.13')"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)  ## run six ways to close the gap of Mid and South Essex, draw the charts and write the board paper (two minutes)
	$(BIN)/trustsim batch $(DEMO)
	$(BIN)/trustsim chart results/ways-to-close-a-gap
	$(BIN)/trustsim report results/ways-to-close-a-gap

test: $(READY)  ## run the test suite, without what has a target of its own (three minutes)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(addprefix --ignore ,$(PICTURES) $(DECISIONS) $(EXTREMES) $(PAGES) $(CLUSTER) $(FAULTS) $(ECOSYSTEM) $(ENGINES) $(PACKAGE))

pictures: $(READY)  ## draw every chart and the page's pictures, and measure what is on them (a minute)
	$(BIN)/python -m pytest -n auto --dist loadfile $(PICTURES)

decisions: $(READY)  ## search for levers to pull, rank assumptions, and value what can be found out (a minute)
	$(BIN)/python -m pytest -n auto --dist loadfile $(DECISIONS)

extremes: $(READY)  ## try the largest inputs, damaged results, odd folders and machines, and what once failed in make fuzz (a minute)
	$(BIN)/python -m pytest -n auto --dist loadfile $(EXTREMES)

pages: $(READY)  ## test papers, workbooks, notebooks, the tutorial, findings and the page in LibreOffice and browsers (five minutes)
	$(BIN)/python -m pytest -n auto --dist loadfile $(PAGES)

cluster: $(READY)  ## run batches that are killed, interrupted, out of disk or run for long, and on a dask cluster whose workers are killed (a minute)
	$(BIN)/python -m pytest $(CLUSTER)

faults: $(READY)  ## disturb batches by every kind of fault, twice, and stop other commands (five minutes)
	$(BIN)/python -m pytest -n auto $(FAULTS)

ecosystem: $(READY)  ## use the tools that researchers bring, as their own documents say (two minutes)
	$(BIN)/python -m pytest -n auto --dist loadfile $(ECOSYSTEM)

solara:  ## try the page in Mesa's user interface, in an environment of its own, which is kept (a minute)
	$(PYTHON) -m venv $(VENV)-solara
	$(VENV)-solara/bin/python -m pip install --quiet --editable '.[solara]' pytest hypothesis
	$(VENV)-solara/bin/python -m pytest tests/ecosystem/test_solara.py

engines: $(READY)  ## compare the compiled engine with itself uncompiled and with the page's, and compile it from an edited source (a minute)
	$(BIN)/python -m pytest -n auto $(ENGINES)

properties: $(READY)  ## try four times as many made-up places, files and workbooks as `make test` does (a minute)
	TRUSTSIM_WORKBOOKS=60 $(BIN)/python -m pytest -n auto --dist loadfile --hypothesis-profile thorough $(PROPERTIES)

fuzz: $(READY)  ## give commands 20,000 inputs changed at random, and 2,000 damaged folders of results (two hours); CASES=500 SEED=1
	$(BIN)/python -m tests.fuzz --cases $(or $(CASES),20000) --seed $(or $(SEED),1)

docs: $(READY)  ## write the documents as a site to site/, to open site/index.html
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

package: $(READY)  ## build the wheel and use it in an empty environment, outside the repository; read the bill of materials (three minutes)
	$(BIN)/python -m pytest $(PACKAGE)

dist: $(READY)  ## build the wheel and the source distribution into dist/; the same commit gives the same bytes
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) $(BIN)/python -m build --no-isolation --outdir dist .

sbom: $(READY)  ## write the bill of materials (CycloneDX) into dist/; `make sbom STAMPED=1` gives it a serial number and a time
	$(BIN)/python -m tests.supply_chain.sbom dist $(if $(STAMPED),--stamped)

notebooks: $(READY)  ## run the notebooks in full and keep their outputs (three minutes)
	$(BIN)/python -m tests.notebooks.execute

surroundings: $(READY)  ## write papers, charts, tables and pages under 24 languages, time zones, fonts and so on, and compare bytes (half an hour)
	$(BIN)/python -m tests.surroundings

verify: $(READY)  ## test claims and patterns over hundreds of replicates, and that claims and parity fail without their mechanism (eight minutes)
	$(BIN)/python -m pytest tests/verification tests/docs/test_findings.py tests/portable -m verification -s

workbooks: $(READY)  ## read 2,000 spoilt workbooks (five minutes)
	TRUSTSIM_WORKBOOKS=2000 $(BIN)/python -m pytest tests/scenario/workbook/test_any_workbook.py -n auto

claims: $(READY)  ## write the tables of docs/claims.md and docs/patterns.md from a run (a minute)
	$(BIN)/python -m pytest tests/verification --ignore tests/verification/test_mutations.py -m verification -s --write-documents

soak: $(READY)  ## disturb batches by every kind of fault, kill one two hundred times, and print what was lost (an hour)
	$(BIN)/python -m tests.faults.soak
	TRUSTSIM_KILLS=200 $(BIN)/python -m pytest $(KILLS) -s

benchmark: $(READY)  ## time engines, scale, commands, batches, papers and long use; print the tables of RESULTS.md (15 minutes)
	$(BIN)/python benchmarks/engines.py
	$(BIN)/python benchmarks/scale.py
	$(BIN)/python benchmarks/commands.py
	$(BIN)/python benchmarks/batches.py
	$(BIN)/python benchmarks/papers.py
	$(BIN)/python benchmarks/long_use.py

benchmark-page: $(READY)  ## measure the page in a browser: size, start, moves and memory (five minutes)
	$(BIN)/python benchmarks/page.py

lint: $(READY)  ## check style, format, types, import contracts and dependencies
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports --no-cache
	$(BIN)/deptry --no-ansi simulation
	@if [ -d node_modules ]; then npm run --silent check; \
	  else echo "node_modules was not found: the types of the page's scripts are not checked; make setup installs it"; fi

format: $(READY)  ## format the code
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

tables: schema  ## write the tables of levers, parameters, columns, typical values and licences into docs, and the schemas, from the code
	$(BIN)/python -m tests.docs.tables
	$(BIN)/python -m tests.supply_chain.licences

schema: $(READY)  ## write scenarios/schema.json and experiment-schema.json from the code
	$(BIN)/trustsim schema > scenarios/schema.json
	$(BIN)/trustsim schema --experiment > scenarios/experiment-schema.json

golden: $(READY)  ## rewrite the golden trajectories; say why in the changelog
	$(BIN)/python -m tests.golden.regenerate

lock: $(READY)  ## rewrite the locks from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	for version in 3.11 3.13; do $(BIN)/uv pip compile --quiet pyproject.toml --extra dev --upgrade --generate-hashes --no-header \
	  --no-annotate --no-emit-index-url --no-emit-find-links --python-version $$version -o requirements/python$$version.txt; done

clean:  ## remove the environment, the site and caches (results stay)
	rm -rf $(VENV) $(VENV)-solara node_modules site .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info
