# `make run` and `make test` set up whatever they need.
.PHONY: setup run test check crash bench pictures clean
# Tests start the product a hundred times: it may keep what it compiled.
unexport PYTHONDONTWRITEBYTECODE

setup:
	@deploy/setup.sh run

run: setup
	@.venv/bin/hopthu up

test: check
	@deploy/test-programs.sh
	cd web && PATH="$$PWD/../.tools/bin:$$PATH" npm run --silent test
	.venv/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder

check:
	@deploy/setup.sh test
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	cd web && PATH="$$PWD/../.tools/bin:$$PATH" npm run --silent check

# The power goes thirty times while people write and send; in `make test` it goes three times.
crash:
	@deploy/setup.sh test
	.venv/bin/pytest --kills 30 tests/integration/test_kill.py tests/unit/run/test_rotating.py tests/unit/run/test_backing.py

# Every benchmark, into docs/figures.json and the README; best on a machine that does nothing else.
bench:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	@mkdir -p build
	@.venv/bin/hopthu bench all --json > build/figures.json || test -s build/figures.json
	@mv build/figures.json docs/figures.json
	@.venv/bin/python -m bench.readme

# Every page and state, at both sizes, light and dark, into docs/pictures.
pictures:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	@.venv/bin/python tests/pictures.py

clean:
	rm -rf .venv .tools web/node_modules web/dist build .pytest_cache .mypy_cache .ruff_cache
