# `make run` and `make test` set up whatever they need.
.PHONY: setup run test check clean

setup:
	@deploy/setup.sh run

run: setup
	@.venv/bin/hopthu up

test: check
	@deploy/test-programs.sh
	.venv/bin/pytest
	cd web && PATH="$$PWD/../.tools/bin:$$PATH" npm run --silent test

check:
	@deploy/setup.sh test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	cd web && PATH="$$PWD/../.tools/bin:$$PATH" npm run --silent check

clean:
	rm -rf .venv .tools web/node_modules web/dist build .pytest_cache .mypy_cache .ruff_cache
