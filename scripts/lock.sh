#!/bin/sh
# Write both lock files anew from pyproject.toml. The locks carry hashes but no addresses, so that
# whoever installs may use their own mirror.
set -eu
cd "$(dirname "$0")/.."
UV=${TURVAVERKKO_VAR:-var}/tools/bin/uv
compile="$UV pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11"
$compile -o requirements.lock "$@"
$compile --extra dev -o requirements-dev.lock "$@"
