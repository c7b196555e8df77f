"""Every bound of the stores, and what happens when it is reached."""

from __future__ import annotations

ENDED_LISTED_MS = 3_600_000
"""A node's life that ended longer ago, and holds nothing, is listed no more; its number is not given again."""

CONNECT_TIMEOUT_S = 3.0
"""A database that did not let us in by then can't be reached: ``Busy``."""

STATEMENT_TIMEOUT_MS = 4_000
"""PostgreSQL gives up and undoes a statement that lasts longer (it waits for a lock): ``Busy``."""

ANSWER_TIMEOUT_S = 5.0
"""A connection silent for so long in a statement is given up: ``OutcomeUnknown`` where it writes, else ``Busy``.

Longer than the statement's own timeout, so that a living server has the first word, and a definite one.
"""

QUEUE_TIMEOUT_S = 5.0
"""A statement that found no free connection by then was not sent: ``Busy``."""

COMMIT_CONNECTIONS = 1
"""For commits, which one committer sends one after another; so nothing else holds them up."""

ORDER_CONNECTIONS = 2
"""For everything else that writes: beats, claims, transfers, users."""

READ_CONNECTIONS = 3

KEEPALIVE_IDLE_S = 2
KEEPALIVE_INTERVAL_S = 1
KEEPALIVE_COUNT = 3
"""How a server finds out that a peer has vanished without a word, within some 5 s: then its locks are free."""

LIFELINE_WAIT_S = 10.0
"""A lifeline's lock is waited for so long at once, then again: a server that fell silent is noticed."""

LIFELINE_BEAT_S = 2.0
"""A holder that hears nothing from the server sees so often that it is still there; else it takes the line up anew."""

LIFELINE_LOOK_S = 0.25
"""A watcher of a line that nobody holds looks again so often."""

LIFELINE_CONFIRM_S = 0.1
"""A line that was cut is looked at once more after so long, and believed cut if it still is.

Time for a server that is going to take the watcher with it, and for a holder that lost a connection to come back.
"""

LIFELINE_RETRY_S = 0.05
"""Pause before a connection that broke is opened again."""

MIGRATION_LOCK_MS = 500
"""A migration that does not get a table by then gives up, with nothing changed: whatever comes after it, commits and
leases among it, waits behind it, and somebody who reads for an hour must not stop everybody's play."""

ARCHIVE_ENTRIES_MAX = 20_000
ARCHIVE_BYTES_MAX = 16_777_216
"""A longer journal, or one whose entries come to more, is never compacted, and no record is inflated beyond."""

WAL_KEPT_BYTES = 33_554_432
"""SQLite's write-ahead log is cut back to this once its content is in the database, however large it had become."""

WAL_WARN_BYTES = 67_108_864
"""A larger one can't be emptied because somebody reads, or it is being written faster than it is emptied: a warning,
and one more each time it has doubled. Once a second its content is brought into the database beside play; where that
reached its end, it is cut back."""

WAL_CUT_WAIT_MS = 50
"""Commits wait so long at most for the log to be cut back, and not again for ``WAL_CUT_EVERY_S``."""
WAL_CUT_EVERY_S = 10.0

FOUND_DEAD_WITHIN_MS = 1_500
"""A life that beat so shortly before its process was found gone is taken to have served until then: its line broke in
that moment. One that was silent for longer had stood still before it died, nobody knows since when.
"""
