"""Every bound of the runtime, and what happens when it is reached."""

from __future__ import annotations

MAILBOX_MAX = 256
"""Commands waiting for one session; one more is refused with ``Busy``."""

TURN_MAX = 64
"""Commands decided in one turn, so in one commit; the others wait for the next turn."""

BATCH_MAX = 512
"""Sessions' parts in one transaction; the others wait for the next."""

ANSWERS_MAX = 32
"""Answers kept for each player; the command of an older one is refused with ``command_forgotten``."""

FORGOTTEN_MAX = 480
"""Command ids kept for each player beyond those, to tell a late repeat from a new command. Past it a repeat is new."""

COMMAND_ID_CHARS_MAX = 64
"""Longer command ids never reach the runtime: the edge refuses them."""

SNAPSHOT_ENTRIES_MAX = 256
"""Entries journaled since the last snapshot; a new one is taken then, so that loading a session stays short."""

ANSWER_WAIT_S = 10.0
"""A command not answered by then gets ``Busy``: the store is down or stuck."""

STORE_RETRY_FIRST_S = 0.05
STORE_RETRY_LAST_S = 1.0
"""Pauses between attempts at a store that is busy: doubling from the first to the last."""

RESTART_FIRST_S = 0.1
"""Pause before a crashed session's restart; doubled for each crash within ``CRASH_WINDOW_S``."""

CRASHES_MAX = 5
CRASH_WINDOW_S = 60.0
"""So many crashes of one session within the window quarantine it."""

REASON_CHARS_MAX = 300
"""What is kept of the error that put a session out of service; the rest is in the log."""

DEADLINE_SLICE = 16
"""Deadlines fired before the loop gets its turn; the rest fire in its next pass."""

DEADLINE_CHECK_S = 1.0
"""The longest sleep of the deadline clock, so a leap of the wall clock is noticed within it."""

CLOSED_KEPT_MAX = 64
"""Closed sessions kept readable in memory; the one not looked at for longest leaves."""

JOURNAL_PAGE_MAX = 512
"""Journal entries read at once; ask again after the last for more."""

LIST_PAGE_MAX = 100
"""Sessions listed at once; follow the cursor for more."""

CLAIM_BATCH = 500
"""Sessions claimed at once: one transaction, one progress report."""

LEASE_RENEW_S = 1.0
LEASE_MS = 5_000
"""A node says each ``LEASE_RENEW_S`` that it lives; silent for ``LEASE_MS``, its sessions may be claimed."""

STOP_GRACE_S = 3.0
"""Time for commands in progress when the host stops; those not done by then are answered ``Busy``."""

BUS_BODY_BYTES_MAX = 900_000
"""A larger message is never sent: brokers refuse a megabyte. What may grow is sent in several, or read elsewhere."""
