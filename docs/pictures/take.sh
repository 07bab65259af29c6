#!/usr/bin/env bash
# Takes the README's pictures anew, of the sample release that `make demo` builds; needs chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
address=http://127.0.0.1:8799
.venv/bin/juesuan serve dumps/demo --port 8799 &
trap 'kill %1' EXIT
curl --silent --retry 60 --retry-connrefused --retry-delay 1 --fail "$address/readyz" > /dev/null
unit=$(curl --silent "$address/api/units?limit=1" | .venv/bin/python -c \
  'import json, sys; print(json.load(sys.stdin)["items"][0]["id"])')

picture() { # NAME HEIGHT PATH: a page as a browser shows it
  chromium --headless=new --no-sandbox --disable-gpu --hide-scrollbars --window-size="1200,$2" \
    --screenshot="docs/pictures/$1.png" "$address$3"
}
picture report 900 "/report/$unit/2023?lang=en&part=S09"
picture unit 1600 "/unit/$unit?lang=en"
