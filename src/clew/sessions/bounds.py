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

ENTRIES_PER_ROUND_MAX = 64
"""Entries that one player's commands add to a session's journal in one round, unless an operator says otherwise. Past
it, what they only say anew is refused with ``too_many_changes``; a refusal, or what changes nothing, is answered and
not written; what is left to them is written still, which each can do once more."""

COMMAND_ID_CHARS_MAX = 64
"""Longer command ids never reach the runtime: the edge refuses them."""

SNAPSHOT_ENTRIES_MAX = 256
"""Entries journaled since the last snapshot; a new one is taken then, so that loading a session stays short."""

TAIL_ENTRIES_MAX = 1_024
"""Entries after a snapshot. A node leaves fewer than ``SNAPSHOT_ENTRIES_MAX``: more is a flaw, and no more are read."""

STATE_BYTES_MAX = 1024 * 1024
ENTRY_BYTES_MAX = 256 * 1024
"""A stored state, and an entry. Ours have 100 kB (of which 75 kB are the answers of eight players) and 4 kB at most. A
larger one is never written: the command that would make it is a crash. A larger one that is found is a flaw, and a
store gives no more than its beginning."""

HEAD_BYTES = 1024
"""What a store gives of a state that is too large, for an operator to see what it is."""

EPOCH_MAX = 2**62
"""No session changes hands so often. A row that says so is flawed, and a claim raises its epoch no further."""

ANSWER_WAIT_S = 10.0
"""A command not answered by then gets ``Busy``: the store is down or stuck."""

STORE_RETRY_FIRST_S = 0.05
STORE_RETRY_LAST_S = 1.0
"""Pauses between attempts at a store that is busy: doubling from the first to the last."""

NEEDS_OPERATOR_RETRY_S = 5.0
"""Who asked a store that only an operator can mend may ask again after so long."""

STORE_REMINDER_S = 300.0
"""A store that goes on failing is logged again after so long; of each fault in between nothing but a count is kept."""

STORE_FLICKER_S = 4.0
"""A fault that was logged within ``STORE_REMINDER_S`` and had passed is logged anew once it lasts for so long."""

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

PRESENCE_GRACE_S = 6.0
"""Who was here so short a time ago is here yet: a reconnect, a reload and a game that changes its node take less. Less
than ``WAKE_AHEAD_MS``, so that of a session that slept it is known by its deadline that nobody is."""

CLOSED_KEPT_MAX = 64
"""Closed sessions kept readable in memory; the one not looked at for longest leaves."""

JOURNAL_PAGE_MAX = 512
"""Journal entries read at once; ask again after the last for more."""

LIST_PAGE_MAX = 100
"""Sessions listed at once; follow the cursor for more."""

LEAF_PAGE_MAX = 200
"""Whole sessions read at once by who leafs through all of them; ask again after the last for more."""

CLAIM_BATCH = 250
"""Sessions claimed at once: one transaction, one progress report. Two batches are on their way at a time, stored and in
memory, and what that takes at its highest the process keeps: with 500 it was 4 KiB for each of 2,500 games."""

LEASE_RENEW_S = 1.0
LEASE_MS = 5_000
"""A node says each ``LEASE_RENEW_S`` that it lives; silent for ``LEASE_MS``, its sessions may be claimed."""

STOP_GRACE_S = 3.0
"""Time for commands in progress when the host stops; those not done by then are answered ``Busy``."""

BUS_BODY_BYTES_MAX = 900_000
"""A larger message is never sent: brokers refuse a megabyte. What may grow is sent in several, or read elsewhere."""

LEASE_TRUST_S = 4.0
"""A node that could not renew its lease for so long, by its own clock, tells nobody anything until it could."""

TIMER_EARLY_S = 0.01
"""What a timer is set later than what it waits for: an event loop's may come a moment early."""

FIT_HEARD_WITHIN_S = 3.0
"""A node that can't ask the store counts on those that said over the bus so lately, as with each beat, that they are
fit."""

FIT_FOR_S = 2.5
"""And that have said so for as long, beat after beat. Where the store was away for all, one reaches it first again: in
this time the others do, who try with each tick."""

LACK_CHARS_MAX = 300
"""What a node says of what it lacks; the rest is in its log."""

OUTAGE_LOGGED_FIRST_S = 10.0
OUTAGE_LOGGED_LAST_S = 600.0
"""What fails again and again is logged as it begins, after so long, and at intervals doubling from the first to the
last."""

CLAIM_SHARE = 100
"""Sessions claimed at once from a dead node, so that all survivors get some, and the first answer again soon."""

CLAIM_AFTER_LAPSE_S = 2.0
"""A node whose own lease had run out leaves the others so long to renew theirs, before it takes over what is theirs:
after an outage of the store all leases have run out, and who comes first must not take everything."""

HANDOFF_BATCH = 50
HANDOFF_BYTES_MAX = 600_000
"""Sessions handed over in one transaction and one message; those that don't fit the message are read from the store."""

HANDOFF_STILL_S = 1.0
"""How long a session may take to finish its commit before it is handed over; else it is tried again, after others."""

HANDOFF_TRIES_MAX = 5
HANDOFF_PAUSE_S = 0.1
"""How often a session that could not go is tried again, and the pause before; then it is left for whoever claims it."""

TAKE_WITHIN_S = 1.0
"""How long the next owner may take to confirm what it was handed; after that it reads the store."""

DEPARTED_KEPT_MAX = 20_000
DEPARTED_FRESH_S = 5.0
"""Sessions given away that a node remembers, and says so long where they went; later it asks the store."""

REBALANCE_SLACK = 1.2
REBALANCE_MIN = 20
REBALANCE_BATCH = 50
REBALANCE_CALM_BEATS = 5
"""A node with more than the slack times its fair share, and this many above it, gives one batch a beat to the least
loaded; not before all nodes have been of one release, and none came or went, for so many beats."""

SLEEP_AFTER_S = 60.0
SLEEP_AHEAD_MS = 300_000
SLEEP_BATCH = 200
"""A session that nobody watched or asked for so long, and whose deadline is that far, leaves memory; so many a beat."""

WAITING_RETRY_S = 5.0
"""Who asks for a session that waits for a newer release may ask again after so long."""

NEWER_RELEASES_LOOK_BEATS = 15
"""A node counts the sessions that wait for a newer release once in so many beats."""

FORGET_LOOK_BEATS = 60
FORGET_BATCH = 100
"""A host strikes lives of nodes that ended long ago off the record once in so many beats, so many at a time."""

WAKE_AHEAD_MS = 10_000
WAKE_BATCH = 200
"""Sleeping sessions are read back so long before their deadline, so many a beat."""

COMPACT_BATCH = 20
COMPACT_ROUND_S = 0.2
COMPACT_EVERY_S = 1.0
COMPACT_IDLE_S = 60.0
"""So many journals at most are compacted each ``COMPACT_EVERY_S``, and none is begun once that took so long; where all
were done, they are looked for again after ``COMPACT_IDLE_S``."""

COMPACT_CALM_S = 600.0
"""Nothing is compacted before this life, and all living nodes being of one release, have lasted so long."""

USERS_BATCH = 500
USERS_EVERY_S = 2.0
USERS_AGAIN_S = 6 * 60 * 60.0
"""So many users are looked at each ``USERS_EVERY_S``, whether they are to be forgotten; once all were, again after
``USERS_AGAIN_S``."""

RECKON_EVERY_S = 2.0
RECKON_BATCH = 50
RECKON_WINDOW = 1000
"""So many sessions at most are reckoned of each kind each ``RECKON_EVERY_S``, in the order of their ends among the
``RECKON_WINDOW`` that were made first."""

BOARD_RATED_MIN = 5
"""Rated sessions in a month without which nobody stands on its board. The index of the board is made for it."""

ROUTE_WAIT_S = 10.0
"""How long a command looks for its session's owner before its player hears ``Busy``."""

ROUTE_TRY_S = 2.0
"""How long one owner may take to answer before it is asked again, or its successor is."""

ROUTE_PAUSE_FIRST_S = 0.02
ROUTE_PAUSE_LAST_S = 0.25
"""Pauses between looking for an owner: doubling from the first to the last, cut short by news of one."""

STANDINGS_BATCH = 500
"""Sessions compared at once with a store that may have come back older than it was."""

PAST_READ_MAX = 500
"""Sessions of a lost life of which a node reads what others have written since; of more it compares the number."""

SETBACKS_NOTED_MAX = 1_000
"""Sessions set back that a node has yet to note in the store; beyond that they are in the log alone."""

ROUTES_MAX = 50_000
"""Owners remembered; of a session beyond that the store is asked."""

LEDGER_TICK_S = 0.25
PAUSE_S = 0.5
"""A node looks at its clocks each tick, and with every turn. Not having looked for ``PAUSE_S`` it did not run: all that
time is unserved. Shorter stalls are a busy loop, and count as served."""

PROBE_S = 0.2
"""A store that was not heard of for so long is probed with the next tick, while any deadline is told: an outage is
dated back to what was heard last. One that is away is tried with each tick, not with each beat: it ends once it is
heard of."""

STORE_SLOW_S = 0.75
"""A store that takes so long to answer is away since it was last heard of. Where the answer before was as slow, it is
so only from here on: what is waited for less counts as served, and of a store that is so slow for good something must
be, or no round would end by time."""

CLOCK_STEP_MIN_MS = 100
"""A wall clock that moved against the monotonic one by so much was set. Less is the noise of reading two clocks, and
adds up until it is more."""

CREDIT_MIN_MS = 1_000
"""Unserved time is given back once it comes to so much, in one piece or in several within a round."""

GIVE_BACK_BATCH = 64
"""So many sessions at once are given back what they are owed, and no more until the committer has taken these: a batch
too large to be written in time would be the next that all are owed. Twice as many, up to ``BATCH_MAX``, after each
write that is slow all the same."""

GIVE_BACK_REST_S = 1.0
GIVE_BACK_REST_MAX_S = 30.0
"""Between two passes in which all that are owed are given it back: doubling from the first to the last while unserved
time goes on, which adds up meanwhile. A deadline that comes in that time is moved first, whatever the rest."""

AFTER_UNSERVED_MS = 750
"""What a round still lasts, at the least, once unserved time is given back: for what waited outside to come in. With
the time until an outage is known to be over it stays within the second that a round may be too long."""

EVIDENCE_S = 0.5
"""A round is ended only where the store was heard of so lately; else it is asked first."""

DEADLINE_AHEAD_SLACK_MS = 2_000
"""A deadline that is read from the store lies so much further ahead than its round is long, at the most: what takeovers
and ``AFTER_UNSERVED_MS`` may have added. One further ahead was set by a wrong clock, and is put right."""

CLOCK_OFFSET_WARN_S = 2.0
"""A node whose clock is further from the store's says so, once until it is well again."""

TERMS_KEPT_MAX = 32
"""Terms whose marks a session keeps; of older ones nothing can be said any more (``terms``)."""

CLOCK_ROUND_TRIP_MAX_S = 0.5
"""A renewal that took longer says too little of when it was answered: the clocks are compared with the next."""
