#!/usr/bin/env bash
# Reads a release's catalogue with CKAN's own parser: tests/harvest/ckan.sh RELEASE
# ckanext-dcat is AGPL: it is in an environment of its own here, and nothing of it is shipped.
set -euo pipefail
here=$(dirname "$0")
venv=$(mktemp -d)
trap 'rm -rf "$venv"' EXIT
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check \
  "ckan[requirements]==2.12.*" "ckanext-dcat==2.4.*" ckanext-scheming geomet
"$venv/bin/python" -W ignore "$here/read_by_ckan.py" "${1:?name a release}"
