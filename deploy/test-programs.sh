#!/usr/bin/env bash
# Programs that tests drive and Python packages do not bring: Chromium, PostgreSQL; nginx where it is to be had.
# On a Debian-like machine they are installed from the distribution; elsewhere this says what to install.
set -euo pipefail
cd "$(dirname "$0")/.."

nginx_there() { command -v nginx >/dev/null || [ -x .tools/nginx/usr/sbin/nginx ]; }

# An nginx that is only asked about deploy/nginx.conf: unpacked, not installed, for an installed one would be started.
unpack_nginx() {
  command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 0
  local folder package
  folder=$(mktemp -d)
  (cd "$folder" && apt-get -qq -o APT::Sandbox::User=root download nginx nginx-common) >/dev/null 2>&1 || true
  for package in "$folder"/*.deb; do
    if [ -f "$package" ]; then dpkg-deb -x "$package" .tools/nginx; fi
  done
  rm -rf "$folder"
}

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || missing+=(chromium)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || missing+=(postgresql)
if [ ${#missing[@]} -eq 0 ]; then
  nginx_there || unpack_nginx
  exit 0
fi

if command -v apt-get >/dev/null; then
  run=()
  [ "$(id -u)" -eq 0 ] || run=(sudo -n)
  export DEBIAN_FRONTEND=noninteractive
  if "${run[@]}" apt-get update -qq && "${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    nginx_there || unpack_nginx
    exit 0
  fi
fi
echo "Tests need these programs, which could not be installed here: ${missing[*]}." >&2
echo "Install them with your system's package manager and run make test again." >&2
exit 1
