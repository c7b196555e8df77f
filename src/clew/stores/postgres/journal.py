"""Making sessions, committing to them and reading them, in PostgreSQL: one statement, one round trip each.

A batch travels as arrays, one for each column. A session's row is looked up with ``= ANY (ARRAY[…])``, which the
planner can answer from the index and in no other way: the plan is the same however little it knows of the table.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from clew.sessions.faults import NeedsOperator
from clew.sessions.ids import GameId, Millis
from clew.sessions.records import (
    Creation,
    NewSession,
    Part,
    Snapshot,
    Stored,
    StoredEntry,
    Verdict,
)
from clew.stores.archive import Archive, page_of
from clew.stores.kinds import RAISED, kept_version
from clew.stores.postgres.faults import is_unmigrated
from clew.stores.postgres.pools import PostgresPools
from clew.stores.postgres.rows import ENTRY, STORED_WITH_TAIL, TAIL, now, read_entry, read_stored
from clew.stores.text import storable

_APPENDED: Final = """
appended AS (
    INSERT INTO game_events (game_id, seq, epoch, recorded_at, event)
    SELECT e.game_id, e.seq, e.epoch, e.recorded_at, e.event::json
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
        AS e (game_id, seq, epoch, recorded_at, event)
    JOIN written AS w ON w.game_id = e.game_id
)"""

_SEATED: Final = """
seated AS (
    INSERT INTO player_game_session_summaries AS old
        (game_session_id, user_id, player_id, player_status, inserted_at, updated_at)
    SELECT w.id, q.user_id, q.player_id, q.player_status, q.at, q.at
    FROM unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[])
        AS q (game_id, user_id, player_id, player_status, at)
    JOIN written AS w ON w.game_id = q.game_id
    ON CONFLICT (game_session_id, player_id) DO UPDATE
    SET user_id = excluded.user_id, player_status = excluded.player_status, updated_at = excluded.updated_at
)
SELECT game_id FROM written"""

_APPEND_AND_SEAT: Final = f"{_APPENDED}, {_SEATED}"

_GIVE_UP_APPEND_AND_SEAT: Final = f"""
given_up AS (
    DELETE FROM player_game_session_summaries AS old
    USING unnest($24::text[], $25::text[]) AS g (game_id, player_id), written AS w
    WHERE w.game_id = g.game_id AND old.game_session_id = w.id AND old.player_id = g.player_id
    RETURNING old.id
), {_APPENDED}, {_SEATED.replace("ON CONFLICT", "WHERE (SELECT count(*) FROM given_up) >= 0 ON CONFLICT")}"""
"""Whoever gave up a seat may have sat down in another, and has one row in each session: so it is counted first what was
deleted, and then inserted."""


def _committing(rest: str) -> str:
    """The statement that moves the rows of a batch on, and does the ``rest`` for those that were ``written``."""
    return f"""
WITH part AS MATERIALIZED (
    SELECT * FROM unnest($11::text[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[],
        $17::text[]) AS p (game_id, epoch, after_seq, last_seq, wake_at, recorded_at, owner)
), shot AS MATERIALIZED (
    SELECT * FROM unnest($18::text[], $19::text[], $20::int[], $21::int[], $22::text[], $23::bool[])
        AS p (game_id, game_status, latest_round, state_version, game_state, public)
), whole AS MATERIALIZED (
    SELECT part.*, shot.game_id AS shot_of, game_status, latest_round, state_version, game_state,
        public
    FROM part LEFT JOIN shot ON shot.game_id = part.game_id
), written AS (
    UPDATE game_session_summaries AS s
    SET seq = p.last_seq, wake_at = p.wake_at, updated_at = p.recorded_at, unowned_since = NULL, asleep = false,
        clock_offset_ms = NULL,
        snapshot_seq = CASE WHEN p.shot_of IS NULL THEN s.snapshot_seq ELSE p.last_seq END,
        game_status = coalesce(p.game_status, s.game_status), latest_round = coalesce(p.latest_round, s.latest_round),
        state_version = coalesce(p.state_version + {RAISED}, s.state_version),
        game_state = coalesce(p.game_state::json, s.game_state), public = coalesce(p.public, s.public)
    FROM whole AS p
    WHERE s.game_id = ANY (ARRAY[p.game_id]) AND s.epoch = p.epoch AND s.seq = p.after_seq AND s.owner = p.owner
    RETURNING s.id, s.game_id
), {rest}"""


_COMMIT: Final = _committing(_APPEND_AND_SEAT)
_COMMIT_GIVING_UP: Final = _committing(_GIVE_UP_APPEND_AND_SEAT)
"""One for each: a batch in which nobody gives up a seat, as nearly all are, should not pay for it."""

_CREATE: Final = f"""
WITH written AS (
    INSERT INTO game_session_summaries (game_id, join_code, game_status, latest_round, state_version, seq, snapshot_seq,
        owner, epoch, wake_at, inserted_at, updated_at, game_state, made_by, made_from,
        kind, follows, public)
    SELECT game_id, join_code, game_status, latest_round, state_version, seq, seq, owner, 1, wake_at, at, at,
        game_state::json, made_by, made_from, kind, follows, public
    FROM unnest($11::text[], $12::text[], $13::text[], $14::int[], $15::int[], $16::bigint[], $17::text[],
        $18::bigint[], $19::bigint[], $20::text[], $21::text[], $22::text[], $23::text[], $24::text[], $25::bool[])
        WITH ORDINALITY
        AS p (game_id, join_code, game_status, latest_round, state_version, seq, owner, wake_at, at, game_state,
            made_by, made_from, kind, follows, public, place)
    ORDER BY place
    ON CONFLICT DO NOTHING
    RETURNING id, game_id
), {_APPEND_AND_SEAT}"""

_FOLLOWED: Final = """
SELECT follows FROM game_session_summaries WHERE follows = ANY ($1::text[]) AND game_status <> 'canceled'"""

_JOURNAL: Final = f"""
SELECT entries AS seq, format AS epoch, NULL::bigint AS recorded_at, NULL::text AS event, body FROM game_archives
WHERE game_id = $1 AND entries > $2::bigint
UNION ALL (
    SELECT {ENTRY}, NULL FROM game_events AS e WHERE game_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3
)
ORDER BY seq"""
"""One statement, so that nobody sees the moment between: the record and the entries after it, or else the entries."""

_ENTRIES: Final = f"""
SELECT {ENTRY}, NULL FROM game_events AS e WHERE game_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3"""

_LOAD: Final = f"""
SELECT {STORED_WITH_TAIL}, {now("$2")} FROM game_session_summaries AS s {TAIL} WHERE s.game_id = $1"""


class PostgresJournal:
    """``Journal`` in PostgreSQL."""

    def __init__(self, pools: PostgresPools) -> None:
        self._pools = pools

    async def create(self, sessions: Sequence[NewSession]) -> list[Creation]:
        summaries = [new.snapshot.summary for new in sessions]
        rows = await self._pools.commits.write(
            _CREATE,
            *_journals([(new.game_id, 1, 0, new.recorded_at, new.entries) for new in sessions]),
            *_seats([(new.game_id, new.recorded_at, new.snapshot) for new in sessions]),
            [new.game_id for new in sessions],
            [new.join_code for new in sessions],
            [summary.game_status for summary in summaries],
            [summary.latest_round for summary in summaries],
            [kept_version(new.kind, new.snapshot.state_version) for new in sessions],
            [len(new.entries) for new in sessions],
            [new.owner for new in sessions],
            [new.wake_at for new in sessions],
            [new.recorded_at for new in sessions],
            [new.snapshot.state.decode() for new in sessions],
            [new.maker.user_id for new in sessions],
            [new.maker.origin for new in sessions],
            [new.kind for new in sessions],
            [summary.follows for summary in summaries],
            [summary.public for summary in summaries],
        )
        made = {game_id for (game_id,) in rows}
        following = [new.snapshot.summary.follows for new in sessions if new.game_id not in made]
        # Read after the attempt: called off in between, it is told as the code's fault, and another attempt gets in.
        asked = await self._pools.commits.read(_FOLLOWED, following) if any(following) else ()
        followed = {follows for (follows,) in asked}
        return [
            Creation.CREATED
            if new.game_id in made
            else Creation.FOLLOWED
            if new.snapshot.summary.follows in followed
            else Creation.JOIN_CODE_TAKEN
            for new in sessions
        ]

    async def commit(self, parts: Sequence[Part]) -> list[Verdict]:
        changed = [(part, part.snapshot) for part in parts if part.snapshot is not None]
        given_up = [(part.game_id, seat) for part, _ in changed for seat in part.given_up]
        rows = await self._pools.commits.write(
            _COMMIT_GIVING_UP if given_up else _COMMIT,
            *_journals([(part.game_id, part.epoch, part.after_seq, part.recorded_at, part.entries) for part in parts]),
            *_seats([(part.game_id, part.recorded_at, snapshot) for part, snapshot in changed]),
            [part.game_id for part in parts],
            [part.epoch for part in parts],
            [part.after_seq for part in parts],
            [part.last_seq for part in parts],
            [part.wake_at for part in parts],
            [part.recorded_at for part in parts],
            [part.owner for part in parts],
            [part.game_id for part, _ in changed],
            [snapshot.summary.game_status for _, snapshot in changed],
            [snapshot.summary.latest_round for _, snapshot in changed],
            [snapshot.state_version for _, snapshot in changed],
            [snapshot.state.decode() for _, snapshot in changed],
            [snapshot.summary.public for _, snapshot in changed],
            *(_columns(given_up, 2) if given_up else ()),
        )
        applied = {game_id for (game_id,) in rows}
        return [Verdict.COMMITTED if part.game_id in applied else Verdict.FENCED for part in parts]

    async def load(self, game_id: GameId) -> Stored | None:
        rows = await self._pools.reads.read(_LOAD, storable(game_id), self._pools.at())
        return read_stored(rows[0]) if rows else None

    async def probe(self) -> None:
        await self._pools.commits.read("SELECT 1")

    async def entries(self, game_id: GameId, after: int, limit: int) -> list[StoredEntry]:
        try:
            rows = await self._pools.reads.read(_JOURNAL, storable(game_id), after, limit)
        except NeedsOperator as fault:
            if not is_unmigrated(fault):
                raise
            # An operator looks at a database before it is migrated: it has no records yet.
            rows = await self._pools.reads.read(_ENTRIES, storable(game_id), after, limit)
        archives = [Archive(entries, form, bytes(body)) for entries, form, *_, body in rows if body is not None]
        later = [read_entry(row[:-1]) for row in rows if row[-1] is None]
        if not archives:
            return later
        return await asyncio.to_thread(page_of, game_id, archives[0], later, after, limit)


def _journals(journals: Sequence[tuple[GameId, int, int, Millis, tuple[bytes, ...]]]) -> tuple[list[object], ...]:
    """The columns of the entries to append."""
    rows = [
        (game_id, seq, epoch, recorded_at, body.decode())
        for game_id, epoch, after_seq, recorded_at, bodies in journals
        for seq, body in enumerate(bodies, after_seq + 1)
    ]
    return _columns(rows, 5)


def _seats(snapshots: Sequence[tuple[GameId, Millis, Snapshot]]) -> tuple[list[object], ...]:
    """The columns of the players' rows."""
    rows = [
        (game_id, player.user_id, player.player_id, player.player_status, at)
        for game_id, at, snapshot in snapshots
        for player in snapshot.summary.players
    ]
    return _columns(rows, 5)


def _columns(rows: Sequence[tuple[object, ...]], width: int) -> tuple[list[object], ...]:
    return tuple([row[column] for row in rows] for column in range(width))
