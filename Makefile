# Stretchsite's commands. `make` alone lists them. Everything works in a fresh clone, in any order, as often as wanted.

PORT ?= 8000
# The browser for the browser stories; found or installed when not named.
CHROME ?=
# What pytest is to run, and how: make test ARGS="tests/clinical -k floor"
ARGS ?=
# Two at a time: on two cores a third only waits.
WORKERS ?= 2

VENV := .venv/bin/python
MANAGE := $(VENV) manage.py
# One lock for every platform and every Python from 3.11 on, naming no place the files come from.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

export CHROME
export PORT
# Settings of another project in one's shell are not meant for this one.
unexport DJANGO_SETTINGS_MODULE

.DEFAULT_GOAL := help
.PHONY: help run test test-whole test-postgres lint format lock schema figures bench bench-scale first-paint rehearse mutation soak round-trip foreign-drafts clean site-environment developer-environment

help: ## List these commands
	@echo "Stretchsite: make <command>"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '  %-15s %s\n' "$$name" "$$text"; done

run: ## Set up the site with its starter library, and serve it on http://127.0.0.1:8000/ (PORT=8001 for another port)
	@echo "1/6 Installing what the site needs (a minute or two the first time)"
	@$(MAKE) --no-print-directory site-environment
	@$(VENV) -m tools.free_port "$(PORT)"
	@echo "2/6 Bringing the database up to date"
	@$(MANAGE) migrate --verbosity 0
	@echo "3/6 Setting up pages, groups and permissions"
	@$(MANAGE) setup_site
	@echo "4/6 Loading the starter library"
	@$(MANAGE) load_library library/starter --publish --keep-edited
	@echo "5/6 Making the accounts for development"
	@$(MANAGE) development_accounts
	@echo "6/6 Serving the site, with a worker for its mail, which is printed here. Ctrl-C stops both."
	@echo ""
	@echo "    for readers   http://127.0.0.1:$(PORT)/"
	@echo "    for writers   http://127.0.0.1:$(PORT)/admin/"
	@echo ""
	@$(MANAGE) run_tasks --parent $$$$ & exec $(MANAGE) runserver 127.0.0.1:$(PORT)

test: ## Run all tests on SQLite, with the browser stories; of wide tables a sample (ARGS="tests/clinical -k floor" for some)
	@echo "1/3 Installing what the site and its tests need (a minute or two the first time)"
	@$(MAKE) --no-print-directory developer-environment
	@echo "2/3 Looking for a browser"
	@STRETCHSITE_BROWSER="$$($(VENV) -m tools.find_browser)" && export STRETCHSITE_BROWSER && unset DATABASE_URL && \
	echo "3/3 Running the tests" && \
	if [ -n "$$STRETCHSITE_BROWSER" ]; then \
		$(VENV) -m pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder $(ARGS); \
	else \
		$(VENV) -m pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder -m "not browser" $(ARGS); outcome=$$?; \
		echo "NO BROWSER: the browser stories were NOT run (see above)."; exit $$outcome; \
	fi

test-whole: ## The same with every case of the wide tables, of which make test tries a sample (some minutes more)
	@$(MAKE) --no-print-directory test ARGS="--whole $(ARGS)"

test-postgres: developer-environment ## Run the tests without a browser on PostgreSQL, on a throw-away server (but for what needs no database)
	@$(VENV) tools/with_postgres.py $(VENV) -m pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder -m "not browser and not slow" --ignore=tests/figures/engine --ignore=tests/tooling $(ARGS)

# The types take as long as all else together, so they are checked on a core of their own meanwhile, and told last.
lint: developer-environment ## Check style, types, layers, templates, migrations and settings
	@types=$$(mktemp); $(VENV) -m mypy >"$$types" 2>&1 & mypy=$$!; trap 'kill $$mypy' INT TERM; \
	echo "style" && $(VENV) -m ruff check . && \
	echo "format" && $(VENV) -m ruff format --check . && \
	echo "layers" && .venv/bin/lint-imports --no-logo && \
	echo "templates" && $(VENV) -m djlint --lint --quiet templates && \
	echo "migrations" && $(MANAGE) makemigrations --check --dry-run && \
	echo "settings for development" && $(MANAGE) check --fail-level WARNING && \
	echo "settings for production" && \
	DJANGO_SETTINGS_MODULE=stretchsite.settings.production \
	SECRET_KEY="$$($(VENV) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	SHARE_LINK_KEYS="$$($(VENV) -c 'import secrets; print(secrets.token_urlsafe(60))')" \
	ALLOWED_HOSTS=stretch.example BASE_URL=https://stretch.example DATABASE_URL=sqlite://:memory: JOURNAL_FILE=journal \
	$(MANAGE) check --deploy --fail-level WARNING; others=$$?; \
	wait $$mypy; outcome=$$?; echo "types"; cat "$$types"; rm -f "$$types"; \
	[ $$others -eq 0 ] && exit $$outcome; exit $$others

format: developer-environment ## Format the code, and mend what can be mended safely
	@$(VENV) -m ruff check --fix-only .
	@$(VENV) -m ruff format .

lock: developer-environment ## Make the lock files anew of requirements*.txt; releases stay as they are (ARGS=--upgrade for the newest)
	@$(LOCK) $(ARGS) --output-file requirements.lock requirements.txt
	@$(LOCK) $(ARGS) --output-file requirements-dev.lock --constraints requirements.lock requirements-dev.txt

schema: developer-environment ## Write to docs what is made from the code: the JSON Schemas, and what each module is
	@$(VENV) -m tools.write_library_schema
	@$(VENV) -m tools.write_figure_schema
	@$(VENV) -m tools.write_sheet_schema
	@$(VENV) -m tools.write_module_table

figures: site-environment ## Draw every pose on contact sheets (light, dark, grey) in contact_sheet, and check them
	@$(VENV) -m tools.contact_sheet

bench: developer-environment ## Measure the main pages beside an empty view, and how soon a withdrawal is seen, on SQLite and on PostgreSQL (six minutes)
	@$(VENV) -m tools.bench

bench-scale: developer-environment ## Let a site grow from 1,000 to 20,000 exercises and measure how it answers (ARGS="1000 100000 postgres" for others; ten minutes)
	@$(VENV) -m tools.bench_scale $(ARGS)

first-paint: developer-environment ## Measure how soon a slow phone shows the main pages, and what they weigh (two minutes; needs a browser)
	@STRETCHSITE_BROWSER="$$($(VENV) -m tools.find_browser)" $(VENV) -m tools.first_paint

rehearse: site-environment ## Perform the deployment guide: installed, upgraded, lost and restored, behind nginx (some minutes; ARGS=--short for less)
	@$(VENV) -m tools.rehearse $(ARGS)

soak: developer-environment ## Let many write at once, kill processes while they write, stop the database, type while the editor saves, and count what is lost (an hour)
	@$(VENV) -m tools.soak
	@$(VENV) -m tools.soak.standstill
	@STRETCHSITE_BROWSER="$$($(VENV) -m tools.find_browser)" $(VENV) -m tools.soak.autosave

round-trip: developer-environment ## Load, export, load and export the starter library and 200 made at random, on SQLite and PostgreSQL, and compare every byte (an hour)
	@$(VENV) -m tools.round_trip $(ARGS)
	@$(VENV) tools/with_postgres.py $(VENV) -m tools.round_trip $(ARGS)

foreign-drafts: developer-environment ## Upload 60 exercises in each shape of other projects, and count what is no draft that says what it lacks (some minutes)
	@$(VENV) -m tools.foreign_drafts $(ARGS)
	@$(VENV) tools/with_postgres.py $(VENV) -m tools.foreign_drafts $(ARGS)

mutation: developer-environment ## Change the safety rules and the publish gate one small thing at a time, and count what the tests notice (seven minutes)
	@rm -f mutants/ready.sqlite3
	@$(VENV) -m mutmut run --max-children $(WORKERS)
	@$(VENV) -m mutmut results

clean: ## Remove what the tools leave behind; the database and uploaded files stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis mutants static_collected
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Dependencies are installed again only when what is locked has changed.
site-environment: .venv/.site-installed
	@:

developer-environment: .venv/.developer-installed
	@:

.venv/.site-installed: requirements.lock tools/make_environment.sh
	@tools/make_environment.sh
	@$(VENV) -m pip install -qq --require-hashes --requirement requirements.lock
	@touch $@

.venv/.developer-installed: requirements.lock requirements-dev.lock tools/make_environment.sh
	@tools/make_environment.sh
	@$(VENV) -m pip install -qq --require-hashes --requirement requirements-dev.lock
	@touch .venv/.site-installed $@
