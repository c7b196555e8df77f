#!/bin/sh
# Make the virtual environment of this checkout: tools/make-venv.sh FOLDER [PYTHON]
#
# Takes PYTHON if it is named, else the first suitable interpreter on the PATH. Says in one sentence what to do when
# there is none, or when the venv module is not complete (Debian ships it as a package of its own).
set -eu

folder=$1
wanted=${2:-}

suits() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=
if [ -n "$wanted" ]; then
    if suits "$wanted"; then python=$wanted; fi
else
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if suits "$candidate"; then python=$candidate; break; fi
    done
fi
if [ -z "$python" ]; then
    found=$("${wanted:-python3}" --version 2>/dev/null || echo "no ${wanted:-python3}")
    echo "Minotaur needs Python 3.11 or newer, and here is $found. Install one, or name it: make PYTHON=/path/to/python3.11" >&2
    exit 1
fi

if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    echo "$python can't make a virtual environment: its venv or ensurepip module is missing." >&2
    echo "On Debian or Ubuntu: apt-get install python$version-venv" >&2
    exit 1
fi

"$python" -m venv --clear "$folder"
