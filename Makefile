# Two commands matter: `make run` and `make test`. `make help` lists the rest.
PYTHON ?= python3
SETUP = $(PYTHON) -m backend.setup
ifdef PORT
export PORT
endif
ifdef WORKERS
export WORKERS
endif
.DEFAULT_GOAL := help
.PHONY: help run dev test check audit load erase index token secret work replay evaluate bench types lock clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: ## start the shop: installs, builds, seeds, indexes what changed, then serves (PORT=8000)
	@$(SETUP) run

test: ## install what the tests need and run backend, frontend and browser tests (ARGS="-k name")
	@$(SETUP) test $(ARGS)

dev: ## serve with reload on both sides
	@$(SETUP) dev

check: ## format, lint, types, import layers, secrets
	@$(SETUP) check

audit: ## known holes in the locked packages, by the advisories of PyPI and npm (needs both)
	@$(SETUP) audit

load: ## fill a shop: STORE=folder or DOCS=file, TENANT=slug
	@$(SETUP) cli load $(if $(STORE),--store $(STORE)) $(if $(DOCS),--docs $(DOCS)) --tenant "$(TENANT)"

erase: ## take a whole shop away, records, files and index: TENANT=slug YES=1
	@$(SETUP) cli erase --tenant "$(TENANT)" $(if $(YES),--yes)

index: ## rebuild the passage index (TENANT=slug for one shop)
	@$(SETUP) cli index $(if $(TENANT),--tenant $(TENANT))

token: ## a short-lived staff token for scripts: ROLE=support|supervisor|admin TENANT=slug
	@$(SETUP) cli token --role $(or $(ROLE),support) --tenant $(or $(TENANT),techpro)

secret: ## the secret that signs a shop's customer tokens and inbound calls: TENANT=slug (ROTATE=1 makes a new one)
	@$(SETUP) cli secret --tenant $(or $(TENANT),techpro) $(if $(ROTATE),--rotate)

work: ## send webhooks and mails in a process of its own (with BACKGROUND=worker on the server)
	@$(SETUP) cli work

replay: ## run recorded tasks against a store: TASKS=path STORE=path
	@$(SETUP) cli replay --tasks $(TASKS) --store $(STORE)

evaluate: ## score every part on evaluation data, fails below a floor: DATA=folder ONLY=part
	@$(SETUP) cli evaluate $(if $(ONLY),--only $(ONLY)) $(if $(DATA),--data $(DATA))

bench: ## measure speed and memory, each figure beside its ruler: DATA=folder ONLY=part
	@$(SETUP) cli bench $(if $(ONLY),--only $(ONLY)) $(if $(DATA),--data $(DATA))

types: ## describe the HTTP surface in frontend/openapi.json and derive the pages' types from it
	@.venv/bin/python -c 'import json, pathlib; from backend.main import create_app; pathlib.Path("frontend/openapi.json").write_text(json.dumps(create_app().openapi(), indent=1) + "\n")'
	@cd frontend && npm run types

lock: ## pin what pyproject.toml asks for
	.venv/bin/python -m piptools compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host -o requirements.lock pyproject.toml
	.venv/bin/python -m piptools compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --extra test -c requirements.lock -o requirements-test.lock pyproject.toml
	sed -i 's/^torch==\(.*\)+cpu/torch==\1/' requirements.lock requirements-test.lock # the CPU build's local tag exists only where it was resolved

clean: ## remove what was built; data, secrets and the environment stay
	rm -rf frontend/.next frontend/out vector_store/*/ var/models var/stamps.json .pytest_cache .mypy_cache .ruff_cache
