#!/bin/sh
# All Python tests, in two runs side by side: tools/test-python.sh "PYTEST WITH ITS OPTIONS"
#
# Tests of whole processes and of pages wait more than they compute. They run at the usual priority, and what they leave
# of the processor goes to all others, which run at a lower one: so a promise in milliseconds is timed as if alone. Their
# output comes when they are done; the exit status is 0 where both runs went well.
set -u

waiting="tests/browser tests/chaos tests/clew/cli tests/clew/local tests/packaging"

# Tests whose files are nowhere named run among the others.
others=$(printf -- ' --ignore=%s' $waiting)
told=$(mktemp)
nice -n 5 $1 $others >"$told" 2>&1 &
beside=$!
trap 'kill "$beside" 2>/dev/null; rm -f "$told"' EXIT
trap 'exit 130' INT TERM

$1 $waiting
first=$?
wait "$beside"
second=$?
cat "$told"
[ "$first" = 0 ] && [ "$second" = 0 ]
