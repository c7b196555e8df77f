"""Whether what is stored of a session can be what a node stored: before it is read, and after.

Not noticed: a change that makes of one state another that this very session could be in (docs/decisions/0081).
"""

from __future__ import annotations

from clew.sessions.bounds import ENTRY_BYTES_MAX, EPOCH_MAX, STATE_BYTES_MAX, TAIL_ENTRIES_MAX
from clew.sessions.faults import TooNew, Unreadable
from clew.sessions.flaws import Flaw
from clew.sessions.records import Stored, StoredEntry, Summary


def refuse_size(stored: Stored) -> None:
    """Raises ``Unreadable`` where a store gave less than there is. Asked first: nothing else is worth a look then."""
    if stored.state_bytes > STATE_BYTES_MAX or len(stored.state) > STATE_BYTES_MAX:
        raise Unreadable(Flaw.SIZE, f"the state has more than {STATE_BYTES_MAX} bytes, which no node writes")
    for entry in stored.tail:
        refuse_large_entry(entry)
    if len(stored.tail) > TAIL_ENTRIES_MAX:
        many = f"more than {TAIL_ENTRIES_MAX} entries follow the snapshot after entry {stored.snapshot_seq}"
        raise Unreadable(Flaw.JOURNAL, many)


def refuse_large_entry(entry: StoredEntry) -> None:
    """Raises ``Unreadable`` for an entry of which a store gave its beginning only."""
    if len(entry.body) > ENTRY_BYTES_MAX:
        raise Unreadable(Flaw.SIZE, f"entry {entry.seq} has more than {ENTRY_BYTES_MAX} bytes, which no node writes")


def refuse_version(what: str, version: int, newest: int) -> None:
    """Raises ``TooNew`` for a version later than this release's newest, ``Unreadable`` for one that never was."""
    if version > newest:
        raise TooNew(what, version, newest)
    if version < 1:
        raise Unreadable(Flaw.VERSION, f"{what} version {version} never was; this release reads 1 to {newest}")


def refuse_other_seq(seq: int, said: int | None) -> None:
    """Raises ``Unreadable`` where a snapshot is after another entry than its row says; None: it does not say."""
    if said is not None and said != seq:
        raise Unreadable(Flaw.ROW, f"it says the state is after entry {seq}, the state says after {said}")


def refuse_row(stored: Stored) -> None:
    """Raises ``Unreadable`` where the numbers of a row can't all be right."""
    if not 0 <= stored.snapshot_seq <= stored.seq:
        raise Unreadable(Flaw.ROW, f"a snapshot after entry {stored.snapshot_seq} of {stored.seq}")
    if not 1 <= stored.epoch <= EPOCH_MAX:
        raise Unreadable(Flaw.ROW, f"epoch {stored.epoch} was never given")


def refuse_players(summary: Summary) -> None:
    """Raises ``Unreadable`` where two have one seat, one has two, or an id is none that a database can keep."""
    seats = [player.player_id for player in summary.players]
    users = [player.user_id for player in summary.players if player.user_id is not None]
    if len({*seats}) < len(seats) or len({*users}) < len(users):
        raise Unreadable(Flaw.STATE, "it seats somebody twice, or two in one seat")
    if any("\0" in name for name in (*seats, *users)):
        raise Unreadable(Flaw.STATE, "it seats somebody whose id is none")


def refuse_contradiction(stored: Stored, summary: Summary) -> None:
    """Raises ``Unreadable`` where the state after the whole journal is not what the row says of it."""
    status = stored.quarantined_from if stored.game_status == "quarantined" else stored.game_status
    if (status, stored.latest_round) != (summary.game_status, summary.latest_round):
        raise Unreadable(
            Flaw.ROW,
            f"it says {status or 'not what it was'}, round {stored.latest_round};"
            f" the state says {summary.game_status}, round {summary.latest_round}",
        )
