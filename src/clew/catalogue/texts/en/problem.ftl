## What somebody may be called.

name-too-long = That name is too long for the table: { $most } characters at most.

## What goes wrong before a server is asked.

problem-page = Something went wrong on this page. Load it again and carry on: nothing is lost.
problem-wait = That was very fast. Try again in { $count } seconds.
