#!/bin/sh
# All Python tests, in two runs side by side, on as many cores as are named: tools/test-python.sh 2
#
# Tests of whole processes and of pages wait more than they compute, so one more of them than there are cores runs beside
# as many of all others as there are. The others' output comes when both are done; the exit status is 0 where both went
# well.
set -u

pytest=".venv/bin/python -m pytest"
# One after another is given to whoever is free, the longest first: so no long one is left when all others are done.
waiting="tests/chaos tests/browser tests/packaging tests/clew/cli tests/clew/local"
as_they_come="--dist load --maxschedchunk 1"

told=$(mktemp)
# shellcheck disable=SC2046,SC2086
$pytest -n "$1" --dist worksteal $(printf -- ' --ignore=%s' $waiting) >"$told" 2>&1 &
others=$!
trap 'kill "$others" 2>/dev/null; rm -f "$told"' EXIT
trap 'exit 130' INT TERM

# shellcheck disable=SC2086
$pytest -n "$(($1 + 1))" $as_they_come $waiting
first=$?
wait "$others"
second=$?
cat "$told"
[ "$first" = 0 ] && [ "$second" = 0 ]
