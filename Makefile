# `make run` and `make test` set up whatever they need.
.PHONY: setup run test check crash chaos fuzz year bench pictures clean
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

# The power goes ROUNDS times, on SQLite and on PostgreSQL, while people write, send, read and answer. TABLE=file.md keeps
# what was found.
ROUNDS ?= 60
crash:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	.venv/bin/pytest -n 2 --dist loadgroup --no-loadscope-reorder tests/crash --rounds $(ROUNDS) \
		--commit "$$(git rev-parse --short HEAD)" $(if $(TABLE),--table $(TABLE))

# A year of a province, 80 wards and 20,000 tips: every reminder exactly once, however often the process is killed. STORY=file
# tells one ward's weeks, PAGE=docs/YEAR.md keeps the figures.
WARDS ?= 80
TIPS ?= 20000
KILLS ?= 50
year:
	@deploy/setup.sh test
	.venv/bin/pytest tests/scenario --wards $(WARDS) --tips $(TIPS) --kills $(KILLS) $(if $(STORY),--story $(STORY)) $(if $(PAGE),--page $(PAGE))

# Every benchmark, into docs/figures.json and the README; best on a machine that does nothing else. SOAK: minutes of soak.
SOAK ?= 5
bench:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	@mkdir -p build
	@.venv/bin/hopthu bench all --soak $(SOAK) --json > build/figures.json || test -s build/figures.json
	@mv build/figures.json docs/figures.json
	@.venv/bin/python -m bench.readme

# Faults at every await, full disks, locked databases, clocks that jump. SEEDS: samples of faults drawn for every act of a
# conversation that does everything; 0 takes every fault there is, for which PIECE=3/12 takes the third of twelve pieces.
SEEDS ?= 8
PIECE ?= 1/1
chaos:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	.venv/bin/pytest --seeds $(SEEDS) --piece $(PIECE) tests/chaos

# What nobody would send: bent updates, frames and bodies (MUTATIONS, together), conversations made up against a model
# (EXAMPLES), bytes no key sealed (SECONDS). FIRST is the seed: the same seed sends the same.
MUTATIONS ?= 20000
EXAMPLES ?= 500
SECONDS ?= 600
FIRST ?= 1
fuzz:
	@deploy/setup.sh fuzz
	.venv/bin/pytest -n 2 --dist load tests/fuzz --mutations $(MUTATIONS) --examples $(EXAMPLES) --seconds $(SECONDS) \
		--first $(FIRST)

# Every page and state, at both sizes, light and dark, into docs/pictures.
pictures:
	@deploy/setup.sh test
	@deploy/test-programs.sh
	@.venv/bin/python tests/pictures.py

clean:
	rm -rf .venv .tools web/node_modules web/dist build .pytest_cache .mypy_cache .ruff_cache
