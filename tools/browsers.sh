#!/bin/sh
# Make sure that there are a Chromium and a Firefox for the browser tests.
# Debian's packages as root; elsewhere Playwright's own Chromium, and a Firefox that is there already.
set -eu

have() {
  for name; do
    if command -v "$name" >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

missing=
if [ -z "${STAGEBOOK_CHROMIUM:-}" ] && ! { have chromium-headless-shell && have chromium; }; then
  missing="chromium chromium-headless-shell"
fi
if [ -z "${STAGEBOOK_FIREFOX:-}" ] && ! have firefox-esr firefox; then
  missing="$missing firefox-esr"
fi
if [ -z "$missing" ]; then exit 0; fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  apt-get install -y -qq --no-install-recommends fonts-liberation $missing >/dev/null
  exit 0
fi
case "$missing" in *chromium*)
  have chromium chromium-browser google-chrome || "$1" -m playwright install chromium
  ;;
esac
case "$missing" in *firefox*)
  echo "Firefox is missing: install it (on Debian: apt-get install firefox-esr)," >&2
  echo "or set STAGEBOOK_FIREFOX=/path/to/firefox" >&2
  exit 1
  ;;
esac
