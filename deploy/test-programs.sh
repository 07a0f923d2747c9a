#!/usr/bin/env bash
# Programs that tests drive and Python packages do not bring: Chromium, PostgreSQL, the age tool.
# On a Debian-like machine they are installed from the distribution; elsewhere this says what to install.
set -euo pipefail

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if command -v apt-get >/dev/null; then
  run=()
  [ "$(id -u)" -eq 0 ] || run=(sudo -n)
  export DEBIAN_FRONTEND=noninteractive
  if "${run[@]}" apt-get update -qq && "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    exit 0
  fi
fi
echo "Tests need these programs, which could not be installed here: ${missing[*]}." >&2
echo "Install them with your system's package manager and run make test again." >&2
exit 1
