"""Who holds what, in SQLite."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from clew.sessions.bounds import EPOCH_MAX, STATE_BYTES_MAX
from clew.sessions.ids import GameId, Kind, Millis, Owner
from clew.sessions.kinds import Reads
from clew.sessions.records import Holding, RowVersion, Stored, Verdict
from clew.stores.kinds import KIND, RAISED, kept_reads
from clew.stores.sqlite.sessions import load_rows, state_bytes
from clew.stores.sqlite.work import SqlitePart, Transaction, reading, writing
from clew.stores.text import storable

_OPEN = "game_status IN ('lobby', 'active')"
_NEXT_EPOCH = f"min(epoch, {EPOCH_MAX}) + 1"

_KEEP_CLOCK = (
    " clock_offset_ms = coalesce(s.clock_offset_ms, (SELECT n.clock_offset_ms FROM nodes AS n WHERE n.owner = s.owner))"
)
"""With each change of owner, and as it falls asleep: until a commit, the times are told by the clock of who wrote last,
as it was then."""

_BY_OWNER = "game_session_summaries AS s INDEXED BY ix_sessions_open_owner"
"""Asked for by name: without it SQLite takes the index of the statuses, and with it every row of each open game."""

UNHELD = f"""
WITH RECURSIVE owners (owner) AS (
    SELECT min(s.owner) FROM {_BY_OWNER} WHERE s.{_OPEN} AND s.owner > ''
    UNION ALL
    SELECT (SELECT min(s.owner) FROM {_BY_OWNER} WHERE s.{_OPEN} AND s.owner > owners.owner)
    FROM owners WHERE owner IS NOT NULL
), lost (owner) AS (
    SELECT owner FROM owners WHERE owner IS NOT NULL AND owner <> :asker
    AND owner NOT IN (SELECT owner FROM nodes WHERE lease_expires_at > :now)
), unheld (id) AS (
    SELECT s.id FROM {_BY_OWNER} WHERE s.{_OPEN} AND s.owner IS NULL
    UNION ALL
    SELECT s.id FROM {_BY_OWNER} WHERE s.{_OPEN} AND s.owner IN (SELECT owner FROM lost)
)"""
"""The owners are leapt through on the index, one step each: what the living hold is never read."""

AWAKE = f"SELECT game_id FROM game_session_summaries WHERE owner = ? AND {_OPEN} AND asleep = false"
"""Equal to false, and not merely not true: so it is found in the index, past all that sleep."""

DUE = f"""
SELECT id FROM game_session_summaries INDEXED BY ix_sessions_sleepers
WHERE asleep AND owner = ? AND sleeps_until < ? AND {_OPEN} ORDER BY sleeps_until, id LIMIT ?"""

_AT_THEIR_PLACES = f"""FROM (
    SELECT json_extract(value, '$[0]') AS game_id, json_extract(value, '$[1]') AS epoch,
    json_extract(value, '$[2]') AS seq FROM json_each(:versions)
) AS p WHERE s.game_id = p.game_id AND s.epoch = p.epoch AND s.seq = p.seq AND +s.owner = :owner AND +s.{_OPEN}
RETURNING game_id"""
"""The signs keep SQLite from the indexes of owners and statuses: by either it would read, for each place, all that the
owner holds, and hold up every commit meanwhile (14 s for 200 among 100,000)."""

TRANSFER = (
    "UPDATE game_session_summaries AS s SET owner = :target, epoch = s.epoch + 1, asleep = false,"
    f"{_KEEP_CLOCK} {_AT_THEIR_PLACES}"
)
PUT_TO_SLEEP = (
    f"UPDATE game_session_summaries AS s SET asleep = true, sleeps_until = s.wake_at,{_KEEP_CLOCK} {_AT_THEIR_PLACES}"
)


class SqliteOwnership(SqlitePart):
    """``Ownership`` in SQLite."""

    @reading
    def count_claimable(self, inside: Transaction, owner: Owner, reads: Reads | None) -> dict[Kind, int]:
        wanted, values = _is_read(reads)
        # Materialized: SQLite would else sort the columns that the kind is told from, and so read them of each row.
        rows = inside.connection.execute(
            f"{UNHELD}, counted (kind) AS MATERIALIZED ("
            f"SELECT {KIND} FROM unheld JOIN game_session_summaries AS s USING (id) WHERE {wanted}"
            ") SELECT kind, count(*) FROM counted GROUP BY kind",
            {"asker": owner, "now": inside.now, **values},
        )
        return dict(rows.fetchall())

    @writing
    def claim(
        self, inside: Transaction, owner: Owner, reads: Reads, limit: int, only: GameId | None = None
    ) -> list[Stored]:
        """A state that is too large comes last, and alone: SQLite writes a row anew whatever changes in it, which for
        50 MB takes as long as claiming thousands.
        """
        if not _alive(owner, inside):
            return []
        # Over before anything of theirs is taken: one that was only silent finds that out with its next beat, and not
        # by a write.
        inside.connection.execute(
            "UPDATE nodes SET lease_expires_at = 0 WHERE owner <> ? AND lease_expires_at > 0 AND lease_expires_at <= ?"
            f" AND EXISTS (SELECT 1 FROM game_session_summaries AS s WHERE s.owner = nodes.owner AND s.{_OPEN})",
            (owner, inside.now),
        )
        wanted, values = _is_read(reads)
        # Before the update: behind it a row says only who has it now.
        lost_by: dict[int, Owner | None] = dict(
            inside.connection.execute(
                f"{UNHELD} SELECT id, owner FROM unheld JOIN game_session_summaries AS s USING (id)"
                f" WHERE (:only IS NULL OR game_id = :only) AND {wanted} LIMIT :limit",
                {
                    "asker": owner,
                    "now": inside.now,
                    "only": None if only is None else storable(only),
                    "limit": limit,
                    **values,
                },
            ).fetchall()
        )
        ids = [row_id for row_id in lost_by if state_bytes(row_id, inside.connection) <= STATE_BYTES_MAX] or list(
            lost_by
        )[:1]
        inside.connection.execute(
            f"UPDATE game_session_summaries AS s SET owner = ?, epoch = {_NEXT_EPOCH}, asleep = false,"
            " unowned_since = coalesce(unowned_since, (SELECT renewed_at FROM nodes WHERE nodes.owner = s.owner), ?),"
            f"{_KEEP_CLOCK} WHERE id IN ({','.join(map(str, ids))})",
            (owner, inside.now),
        )
        claimed = zip(ids, load_rows(ids, inside.now, inside.connection), strict=True)
        return [replace(stored, claimed_from=lost_by[row_id]) for row_id, stored in claimed]

    @writing
    def refence(self, inside: Transaction, game_id: GameId, owner: Owner, epoch: int) -> bool:
        changed = inside.connection.execute(
            "UPDATE game_session_summaries SET epoch = epoch + 1 WHERE game_id = ? AND owner = ? AND epoch = ?",
            (game_id, owner, epoch),
        )
        return changed.rowcount == 1

    @reading
    def holding(self, inside: Transaction, game_id: GameId) -> Holding | None:
        row = inside.connection.execute(
            f"SELECT {KIND}, game_status, state_version - {RAISED}, owner FROM game_session_summaries AS s"
            " WHERE game_id = ?",
            (storable(game_id),),
        ).fetchone()
        return None if row is None else Holding(*row, alive=_alive(row[3], inside))

    @reading
    def held_by(self, inside: Transaction, owner: Owner) -> list[GameId]:
        rows = inside.connection.execute(
            AWAKE,
            (owner,),
        )
        return [game_id for (game_id,) in rows]

    @writing
    def release(self, inside: Transaction, owner: Owner) -> int:
        released = inside.connection.execute(
            "UPDATE game_session_summaries AS s SET owner = NULL, epoch = epoch + 1, asleep = false,"
            f" unowned_since = coalesce(unowned_since, ?),{_KEEP_CLOCK} WHERE owner = ? AND {_OPEN}",
            (inside.now, owner),
        )
        return released.rowcount

    @writing
    def transfer(
        self, inside: Transaction, owner: Owner, target: Owner, versions: Sequence[RowVersion]
    ) -> list[Verdict]:
        # In one transaction with the update: a target that ends behind it is claimed from like any owner.
        able = inside.connection.execute(
            "SELECT 1 FROM nodes WHERE owner = ? AND lease_expires_at > ? AND NOT draining", (target, inside.now)
        ).fetchone()
        if able is None:
            return [Verdict.FENCED for _ in versions]
        moved = inside.connection.execute(TRANSFER, {"owner": owner, "target": target, "versions": _packed(versions)})
        return _verdicts(versions, moved.fetchall())

    @writing
    def put_to_sleep(self, inside: Transaction, owner: Owner, versions: Sequence[RowVersion]) -> list[Verdict]:
        asleep = inside.connection.execute(PUT_TO_SLEEP, {"owner": owner, "versions": _packed(versions)})
        return _verdicts(versions, asleep.fetchall())

    @writing
    def wake(self, inside: Transaction, owner: Owner, wake_before: Millis, limit: int) -> list[Stored]:
        ids = [
            row_id
            for (row_id,) in inside.connection.execute(
                DUE,
                (owner, wake_before, limit),
            )
        ]
        # Awake from here on, though the caller may never take them in: then its memory and the store differ, and it
        # looks.
        inside.connection.execute(
            f"UPDATE game_session_summaries SET asleep = false WHERE id IN ({','.join(map(str, ids))})"
        )
        return load_rows(ids, inside.now, inside.connection)

    @writing
    def quarantine(self, inside: Transaction, game_id: GameId, owner: Owner, reason: str, now: Millis) -> None:
        inside.connection.execute(
            "UPDATE game_session_summaries SET quarantined_from = game_status, game_status = 'quarantined',"
            " quarantine_reason = ?, wake_at = NULL, updated_at = ?"
            " WHERE game_id = ? AND owner = ? AND game_status IN ('lobby', 'active')",
            (storable(reason), now, game_id, owner),
        )

    @writing
    def put_back(self, inside: Transaction, game_id: GameId, *, only_quarantined: bool = False) -> bool:
        which = "" if only_quarantined else "'lobby', 'active', "
        changed = inside.connection.execute(
            f"UPDATE game_session_summaries AS s SET owner = NULL, epoch = {_NEXT_EPOCH}, asleep = false,"
            " unowned_since = coalesce(unowned_since, ?), game_status = coalesce(quarantined_from, game_status),"
            f"{_KEEP_CLOCK}, quarantined_from = NULL, quarantine_reason = NULL"
            f" WHERE game_id = ? AND game_status IN ({which}'quarantined')",
            (inside.now, storable(game_id)),
        )
        return changed.rowcount == 1


def _is_read(reads: Reads | None) -> tuple[str, Mapping[str, object]]:
    """The condition on a row that such a node reads it, and its values; of a kind that is not here it is unknown."""
    if reads is None:
        return "true", {}
    kept = enumerate(kept_reads(reads).items())
    values = {f"{name}{nth}": value for nth, pair in kept for name, value in zip(("kind", "newest"), pair, strict=True)}
    cases = " ".join(f"WHEN :kind{nth} THEN :newest{nth}" for nth in range(len(reads)))
    return f"state_version <= CASE {KIND} {cases} END", values


def _alive(owner: Owner | None, inside: Transaction) -> bool:
    row = inside.connection.execute(
        "SELECT 1 FROM nodes WHERE owner = ? AND lease_expires_at > ?", (owner, inside.now)
    ).fetchone()
    return row is not None


def _packed(versions: Sequence[RowVersion]) -> str:
    return msgspec.json.encode([(version.game_id, version.epoch, version.seq) for version in versions]).decode()


def _verdicts(versions: Sequence[RowVersion], done: Sequence[tuple[GameId]]) -> list[Verdict]:
    ids = {game_id for (game_id,) in done}
    return [Verdict.COMMITTED if version.game_id in ids else Verdict.FENCED for version in versions]
