#!/bin/sh
# Make sure that there is a Chromium for the browser tests.
# Debian's package as root; Playwright's own build elsewhere.
set -eu

for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if [ -n "${STAGEBOOK_CHROMIUM:-}" ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null
else
  "$1" -m playwright install chromium
fi
