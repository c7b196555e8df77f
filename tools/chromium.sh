#!/bin/sh
# Print the path of a Chromium for the browser tests, installing Debian's package where that is possible.
#
# First MINOTAUR_CHROMIUM, then the usual names on the PATH: Chromium without windows before all others, because it is
# the same engine and a window for each context is a third of what the tests compute. Only root on a system with apt-get
# installs anything; everyone else is told what to do. Standard output holds the path and nothing else.
set -eu

usable() {
    "$1" --version >/dev/null 2>&1
}

find_chromium() {
    if [ -n "${MINOTAUR_CHROMIUM:-}" ]; then
        usable "$MINOTAUR_CHROMIUM" && echo "$MINOTAUR_CHROMIUM" && return 0
        echo "MINOTAUR_CHROMIUM names $MINOTAUR_CHROMIUM, which doesn't start." >&2
        exit 1
    fi
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        path=$(command -v "$name") || continue
        usable "$path" && echo "$path" && return 0
    done
    return 1
}

find_chromium && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing chromium for the browser tests (apt-get)" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -q
        # Both: the shell is quicker, and takes no pushes.
        apt-get install -q -y --no-install-recommends chromium-headless-shell chromium ||
            apt-get install -q -y --no-install-recommends chromium
    } >&2 </dev/null || true
    find_chromium && exit 0
fi

echo "The browser tests need Chromium. Install it (Debian: apt-get install chromium-headless-shell) or set MINOTAUR_CHROMIUM to its path." >&2
exit 1
