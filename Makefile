# `make run` and `make test` set up whatever they need.
.PHONY: setup run test check pictures clean

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

# Every page and state, at both sizes, light and dark, into docs/pictures.
pictures:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	@.venv/bin/python tests/pictures.py

clean:
	rm -rf .venv .tools web/node_modules web/dist build .pytest_cache .mypy_cache .ruff_cache
