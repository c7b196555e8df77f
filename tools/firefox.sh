#!/bin/sh
# Print the path of a Firefox for the journeys that are made in every browser, installing Debian's package where that is
# possible.
#
# First MINOTAUR_FIREFOX, then the usual names on the PATH. Only root on a system with apt-get installs anything.
set -eu

find_firefox() {
    for name in ${MINOTAUR_FIREFOX:-} firefox-esr firefox; do
        path=$(command -v "$name") || continue
        "$path" --version >/dev/null 2>&1 && echo "$path" && return 0
    done
    return 1
}

find_firefox && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing firefox-esr for the browser tests (apt-get)" >&2
    export DEBIAN_FRONTEND=noninteractive
    {
        apt-get update -q
        apt-get install -q -y --no-install-recommends firefox-esr
    } >&2 </dev/null || true
    find_firefox && exit 0
fi

echo "There is no Firefox. Install it (Debian: apt-get install firefox-esr) or set MINOTAUR_FIREFOX to its path." >&2
exit 1
